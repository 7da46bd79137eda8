//! The steps of a profile as form fields, and what was typed as a change of the profile.

use std::collections::BTreeMap;

use domain::{ProfileFields, ProfileStep};
use serde_json::{Map, Value, json};

/// How a field is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Line,
    Text,
    /// One entry a line.
    List,
}

/// A field of a step; its label and hint stand in the catalogue under its name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
}

impl Field {
    /// Names in the catalogue have hyphens.
    pub(super) fn key(&self) -> String {
        self.name.replace('_', "-")
    }
}

/// The fields of a step that are words; looks are chosen otherwise.
pub(super) fn fields_of(step: ProfileStep) -> Vec<Field> {
    let (kind, names): (_, &[&str]) = match step {
        ProfileStep::Basics => (Kind::Line, &["name", "industry", "site", "handle"]),
        ProfileStep::Voice => {
            (Kind::List, &["personality", "values", "liked_copy", "liked_hooks", "words_to_avoid"])
        }
        ProfileStep::Strategy => (Kind::List, &["audience", "pains", "goals", "topics"]),
        ProfileStep::Position => (Kind::List, &["competitors", "unique_points"]),
        ProfileStep::Looks => (Kind::Line, &[]),
    };
    let field =
        |name: &&'static str| Field { name, kind: if *name == "audience" { Kind::Text } else { kind } };
    names.iter().map(field).collect()
}

/// What the fields hold, by their names; a list has one entry a line.
#[derive(Debug)]
pub(super) struct Values(BTreeMap<String, String>);

impl Values {
    pub(super) fn of(fields: &ProfileFields) -> Self {
        let mut values = BTreeMap::new();
        let json = serde_json::to_value(fields).unwrap_or_default();
        for (name, value) in json.as_object().into_iter().flatten() {
            match value {
                Value::String(text) => _ = values.insert(name.clone(), text.clone()),
                Value::Array(entries) => {
                    let lines: Vec<&str> = entries.iter().filter_map(Value::as_str).collect();
                    values.insert(name.clone(), lines.join("\n"));
                }
                // The two fonts have a field each.
                Value::Object(parts) => values.extend(
                    parts.iter().filter_map(|(part, text)| Some((part.clone(), text.as_str()?.to_owned()))),
                ),
                _ => {}
            }
        }
        Self(values)
    }

    /// The same with what was typed over it.
    pub(super) fn typed(mut self, typed: &[(String, String)]) -> Self {
        self.0.extend(typed.iter().cloned());
        self
    }

    pub(super) fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }
}

/// The change that a step's form asks for; fields that it does not hold stay as they are.
pub(super) fn patch(step: ProfileStep, typed: &[(String, String)]) -> Map<String, Value> {
    let text =
        |name: &str| typed.iter().find(|(typed, _)| typed == name).map(|(_, text)| text.trim().to_owned());
    if step == ProfileStep::Looks {
        return looks(text);
    }
    let changed = fields_of(step).into_iter().filter_map(|field| {
        let text = text(field.name)?;
        let value =
            if field.kind == Kind::List { json!(text.lines().collect::<Vec<_>>()) } else { json!(text) };
        Some((field.name.to_owned(), value))
    });
    changed.collect()
}

fn looks(text: impl Fn(&str) -> Option<String>) -> Map<String, Value> {
    let mut patch = Map::new();
    for name in ["brand_color", "theme"] {
        if let Some(text) = text(name) {
            patch.insert(name.to_owned(), if text.is_empty() { Value::Null } else { json!(text) });
        }
    }
    if let (Some(display), Some(body)) = (text("display"), text("text")) {
        // One font alone sets both.
        let one_of =
            |this: &str, other: &str| if this.is_empty() { other.to_owned() } else { this.to_owned() };
        let pair = json!({ "display": one_of(&display, &body), "text": one_of(&body, &display) });
        let is_chosen = !(display.is_empty() && body.is_empty());
        patch.insert("fonts".to_owned(), if is_chosen { pair } else { Value::Null });
    }
    patch
}

#[cfg(test)]
mod tests {
    use domain::{ProfileFields, ProfileStep};
    use serde_json::json;

    use super::{Values, fields_of, patch};

    fn typed(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
    }

    #[test]
    fn a_step_changes_its_own_fields_and_no_others() {
        let form =
            typed(&[("goals", "more guests\r\nfewer calls"), ("audience", " Parents "), ("name", "x")]);
        let change = patch(ProfileStep::Strategy, &form);
        assert_eq!(json!(change), json!({ "goals": ["more guests", "fewer calls"], "audience": "Parents" }));
    }

    #[test]
    fn looks_are_emptied_and_one_font_sets_both() {
        let form = typed(&[("brand_color", ""), ("theme", ""), ("display", "Inter"), ("text", "")]);
        let fonts = json!({ "display": "Inter", "text": "Inter" });
        let change = json!(patch(ProfileStep::Looks, &form));
        assert_eq!(change, json!({ "brand_color": null, "theme": null, "fonts": fonts }));
    }

    #[test]
    fn every_field_of_a_profile_is_in_a_step() {
        let json = serde_json::to_value(ProfileFields::default()).expect("a profile is JSON");
        let asked: Vec<_> =
            ProfileStep::ALL.iter().flat_map(|step| fields_of(*step)).map(|field| field.name).collect();
        for name in json.as_object().expect("an object").keys() {
            let is_looks = ["brand_color", "fonts", "logo", "theme"].contains(&name.as_str());
            assert_ne!(is_looks, asked.contains(&name.as_str()), "{name}");
        }
        assert_eq!(Values::of(&ProfileFields::default()).get("goals"), "");
    }
}
