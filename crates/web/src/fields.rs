//! A variant's content as form fields and back: one way for every stage, so that editing needs
//! no form of its own for each.
//!
//! A field is a place in the content's JSON (`/slides/0/headline`). What comes back is put into
//! the original at those places; studio then checks the whole against the stage's schema.

use domain::content::{Block, limits};
use domain::{Content, content::Copy};
use serde_json::Value;

/// How a field is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Line,
    Text,
    /// One entry a line.
    List,
    Color,
    /// One of the themes.
    Theme,
    /// One of the layouts.
    Layout,
}

/// One field of the form.
#[derive(Clone, Debug)]
pub(crate) struct Field {
    /// A JSON pointer into the content, which is the field's name too.
    pub(crate) at: String,
    /// The key of its label in the catalogue.
    pub(crate) label: &'static str,
    pub(crate) kind: Kind,
    pub(crate) value: String,
    /// The most characters; 0 where nothing limits them. For a list, of each entry.
    pub(crate) most: usize,
}

impl Field {
    /// Which of the facts it is, as people count; `None` where there is only one of its name.
    pub(crate) fn number(&self) -> Option<usize> {
        let (place, _) = self.at.strip_prefix("/facts/")?.split_once('/')?;
        place.parse::<usize>().ok().map(|place| place + 1)
    }
}

/// Fields that belong together: a slide, or what concerns the whole.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    /// The slide, from 1; `None` for the whole.
    pub(crate) slide: Option<usize>,
    pub(crate) fields: Vec<Field>,
}

impl Group {
    /// Its fields are small enough to stand side by side.
    pub(crate) fn has_colors(&self) -> bool {
        self.fields.iter().any(|field| field.kind == Kind::Color)
    }
}

/// The fields of a content, in the order of reading.
pub(crate) fn groups(content: &Content) -> Vec<Group> {
    let json = content.to_json();
    let form = Form { json: &json };
    let whole = |fields| Group { slide: None, fields };
    match content {
        Content::Research(research) => {
            let mut fields = vec![form.field("/angle", "field-angle", Kind::Text, 400)];
            fields.extend(
                (0..research.facts.len())
                    .map(|n| form.field(&format!("/facts/{n}/claim"), "field-fact", Kind::Text, 600)),
            );
            fields.push(form.field("/questions", "research-questions", Kind::List, 0));
            fields.push(form.field("/visual_ideas", "research-ideas", Kind::List, 0));
            vec![whole(fields)]
        }
        Content::Outline(outline) => per_slide(outline.slides.len(), |n| {
            vec![
                form.field(&format!("/slides/{n}/working_title"), "field-title", Kind::Line, 120),
                form.field(&format!("/slides/{n}/key_message"), "field-message", Kind::Text, 600),
            ]
        }),
        Content::Copy(copy) => copy_groups(copy, &form),
        Content::Hook(_) => vec![whole(vec![
            form.field("/headline", "field-headline", Kind::Text, limits::HEADLINE),
            form.field("/subline", "field-subline", Kind::Text, limits::SUBLINE),
        ])],
        Content::Visual(visual) => {
            let mut fields = vec![form.field("/theme", "field-theme", Kind::Theme, 0)];
            let colors = ["background", "surface", "text", "muted", "accent", "on_accent"];
            let labels = [
                "color-background",
                "color-surface",
                "color-text",
                "color-muted",
                "color-accent",
                "color-on-accent",
            ];
            fields.extend(
                colors
                    .iter()
                    .zip(labels)
                    .map(|(color, label)| form.field(&format!("/palette/{color}"), label, Kind::Color, 0)),
            );
            let layouts = per_slide(visual.layouts.len(), |n| {
                vec![form.field(&format!("/layouts/{n}"), "field-layout", Kind::Layout, 0)]
            });
            std::iter::once(whole(fields)).chain(layouts).collect()
        }
        Content::Caption(caption) => {
            let fields = vec![
                form.field("/caption", "field-caption", Kind::Text, limits::CAPTION),
                form.field("/hashtags", "field-hashtags", Kind::List, 60),
                form.field("/first_comment", "field-comment", Kind::Text, limits::CAPTION),
            ];
            let alt = per_slide(caption.alt_text.len(), |n| {
                vec![form.field(&format!("/alt_text/{n}"), "alt-text", Kind::Text, limits::ALT_TEXT)]
            });
            std::iter::once(whole(fields)).chain(alt).collect()
        }
    }
}

fn copy_groups(copy: &Copy, form: &Form<'_>) -> Vec<Group> {
    let last = copy.slides.len().saturating_sub(1);
    per_slide(copy.slides.len(), |n| {
        let at = |name: &str| format!("/slides/{n}/{name}");
        let block = copy.slides[n].block.as_ref();
        let room = if block.is_some() { limits::BODY_WITH_BLOCK } else { limits::BODY };
        let mut fields = vec![
            form.field(&at("headline"), "field-headline", Kind::Line, limits::HEADLINE),
            form.field(&at("body"), "field-body", Kind::Text, room),
        ];
        let parts: &[(&str, &'static str, Kind, usize)] = match block {
            None => &[],
            Some(Block::Bullets { .. }) => &[("items", "field-bullets", Kind::List, limits::BULLET)],
            Some(Block::Stat { .. }) => &[
                ("value", "field-figure", Kind::Line, limits::STAT_VALUE),
                ("label", "field-counts", Kind::Text, limits::STAT_LABEL),
            ],
            Some(Block::Quote { .. }) => &[
                ("text", "field-quote", Kind::Text, limits::QUOTE),
                ("attribution", "field-attribution", Kind::Line, limits::ATTRIBUTION),
            ],
            Some(Block::Code { .. }) => &[("code", "field-code", Kind::Text, 0)],
            Some(Block::Comparison { .. }) => &[
                ("left_title", "field-left-title", Kind::Line, limits::SIDE_TITLE),
                ("left", "field-left", Kind::List, limits::SIDE_ITEM),
                ("right_title", "field-right-title", Kind::Line, limits::SIDE_TITLE),
                ("right", "field-right", Kind::List, limits::SIDE_ITEM),
            ],
        };
        fields.extend(
            parts.iter().map(|(part, label, kind, most)| {
                form.field(&at(&format!("block/{part}")), label, *kind, *most)
            }),
        );
        if n == last {
            fields.push(form.field("/call_to_action", "field-cta", Kind::Line, limits::CALL_TO_ACTION));
        }
        fields
    })
}

fn per_slide(count: usize, fields: impl Fn(usize) -> Vec<Field>) -> Vec<Group> {
    (0..count).map(|n| Group { slide: Some(n + 1), fields: fields(n) }).collect()
}

struct Form<'a> {
    json: &'a Value,
}

impl Form<'_> {
    fn field(&self, at: &str, label: &'static str, kind: Kind, most: usize) -> Field {
        let value = match self.json.pointer(at) {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Array(entries)) => {
                entries.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("\n")
            }
            _ => String::new(),
        };
        Field { at: at.to_owned(), label, kind, value, most }
    }
}

/// The original's JSON with what the form holds; names that are no field of it are passed over.
pub(crate) fn filled(original: &Content, form: &[(String, String)]) -> Value {
    let mut json = original.to_json();
    let fields: Vec<Field> = groups(original).into_iter().flat_map(|group| group.fields).collect();
    for (name, text) in form {
        let Some(field) = fields.iter().find(|field| field.at == *name) else { continue };
        let Some(place) = json.pointer_mut(&field.at) else { continue };
        // Browsers send line ends as two characters.
        let text = text.replace("\r\n", "\n");
        *place = match field.kind {
            Kind::List => text
                .lines()
                .map(str::trim)
                .filter(|line| !line.is_empty())
                .map(|line| entry(&field.at, line))
                .collect(),
            _ if text.trim().is_empty() => Value::Null,
            _ => Value::String(text.trim_end().to_owned()),
        };
        // What must be there is an empty text and not nothing, so that the sentence about it fits.
        if place.is_null() && !is_optional(&field.at) {
            *place = Value::String(String::new());
        }
    }
    json
}

/// A hashtag is kept without its `#`; in any other list it belongs to the words.
fn entry(at: &str, line: &str) -> Value {
    let line = if at == "/hashtags" { line.trim_start_matches('#') } else { line };
    Value::String(line.to_owned())
}

fn is_optional(at: &str) -> bool {
    ["/body", "/subline", "/attribution", "/first_comment"].iter().any(|end| at.ends_with(end))
}

#[cfg(test)]
mod tests {
    use domain::{Content, Stage};
    use serde_json::json;

    use super::{Field, Kind, filled, groups};

    fn copy() -> Content {
        let json = json!({
            "slides": [
                { "headline": "One", "body": "A body.", "block": null, "facts": [] },
                { "headline": "Two", "body": null, "facts": ["f1"],
                  "block": { "kind": "bullets", "items": ["a", "#1 of all"], "numbered_from": null } },
            ],
            "call_to_action": "Save this",
        });
        Content::from_json(Stage::Copy, json).unwrap()
    }

    #[test]
    fn an_untouched_form_gives_the_same_content() {
        let content = copy();
        let form: Vec<_> = groups(&content)
            .into_iter()
            .flat_map(|group| group.fields)
            .map(|field| (field.at, field.value.replace('\n', "\r\n")))
            .collect();
        assert_eq!(Content::from_json(Stage::Copy, filled(&content, &form)).unwrap(), content);
    }

    #[test]
    fn facts_are_numbered_as_people_count() {
        let field = |at: &str| Field {
            at: at.to_owned(),
            label: "field-fact",
            kind: Kind::Text,
            value: String::new(),
            most: 0,
        };
        assert_eq!(field("/facts/2/claim").number(), Some(3));
        assert_eq!(field("/angle").number(), None);
        assert_eq!(field("/slides/2/headline").number(), None);
    }

    #[test]
    fn what_is_typed_lands_in_its_place_and_nowhere_else() {
        let form = [
            ("/slides/1/block/items".to_owned(), "first\r\n\r\n second ".to_owned()),
            ("/slides/0/body".to_owned(), " ".to_owned()),
            ("/slides/1/facts".to_owned(), "forged".to_owned()),
            ("/slides/7/headline".to_owned(), "nowhere".to_owned()),
        ];
        let json = filled(&copy(), &form);
        assert_eq!(json["slides"][1]["block"]["items"], json!(["first", "second"]));
        assert_eq!(json["slides"][0]["body"], json!(null));
        assert_eq!(json["slides"][1]["facts"], json!(["f1"]));
        assert_eq!(json["slides"].as_array().unwrap().len(), 2);
    }
}
