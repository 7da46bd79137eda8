//! The schema of each stage's answer: derived from its type, with the lengths and counts of this carousel.
//!
//! The types leave lengths to [`Content::problems`]; a model is told them, and servers that
//! write by a grammar keep them.

use std::ops::RangeInclusive;

use domain::content::limits;
use domain::{Content, Stage};
use llm::Schema;
use schemars::schema_for;
use serde_json::{Value, json};

use super::{forms, research};
use crate::brief::StageBrief;
use crate::draft::WriteError;

/// Where a text stands, and its longest, in characters. `kind=stat` is the alternative of that kind.
const LENGTHS: [(Stage, &str, usize); 22] = [
    (Stage::Outline, "$defs/OutlineSlide/properties/working_title", 120),
    (Stage::Outline, "$defs/OutlineSlide/properties/key_message", 600),
    (Stage::Copy, "$defs/CopySlide/properties/headline", limits::HEADLINE),
    (Stage::Copy, "$defs/CopySlide/properties/body", limits::BODY),
    (Stage::Copy, "properties/call_to_action", limits::CALL_TO_ACTION),
    (Stage::Copy, "$defs/Block/oneOf/kind=bullets/properties/items/items", limits::BULLET),
    (Stage::Copy, "$defs/Block/oneOf/kind=stat/properties/value", limits::STAT_VALUE),
    (Stage::Copy, "$defs/Block/oneOf/kind=stat/properties/label", limits::STAT_LABEL),
    (Stage::Copy, "$defs/Block/oneOf/kind=quote/properties/text", limits::QUOTE),
    (Stage::Copy, "$defs/Block/oneOf/kind=quote/properties/attribution", limits::ATTRIBUTION),
    (
        Stage::Copy,
        "$defs/Block/oneOf/kind=code/properties/code",
        limits::CODE_LINES * (limits::CODE_LINE + 1),
    ),
    (Stage::Copy, "$defs/Block/oneOf/kind=code/properties/language", 20),
    (Stage::Copy, "$defs/Block/oneOf/kind=comparison/properties/left_title", limits::SIDE_TITLE),
    (Stage::Copy, "$defs/Block/oneOf/kind=comparison/properties/right_title", limits::SIDE_TITLE),
    (Stage::Copy, "$defs/Block/oneOf/kind=comparison/properties/left/items", limits::SIDE_ITEM),
    (Stage::Copy, "$defs/Block/oneOf/kind=comparison/properties/right/items", limits::SIDE_ITEM),
    (Stage::Hook, "properties/headline", limits::HEADLINE),
    (Stage::Hook, "properties/subline", limits::SUBLINE),
    (Stage::Caption, "properties/caption", limits::CAPTION),
    (Stage::Caption, "properties/first_comment", 300),
    (Stage::Caption, "$defs/Hashtag", 60),
    (Stage::Caption, "properties/alt_text/items", limits::ALT_TEXT),
];

/// Where a list stands, and how many entries it may have.
const COUNTS: [(Stage, &str, RangeInclusive<usize>); 3] = [
    (Stage::Copy, "$defs/Block/oneOf/kind=bullets/properties/items", limits::BULLETS),
    (Stage::Copy, "$defs/Block/oneOf/kind=comparison/properties/left", limits::SIDE_ITEMS),
    (Stage::Copy, "$defs/Block/oneOf/kind=comparison/properties/right", limits::SIDE_ITEMS),
];

/// Lists with an entry for each slide.
const OF_SLIDES: [(Stage, &str); 4] = [
    (Stage::Outline, "properties/slides"),
    (Stage::Copy, "properties/slides"),
    (Stage::Visual, "properties/layouts"),
    (Stage::Caption, "properties/alt_text"),
];

/// What the model is asked to follow, for this carousel.
pub(super) fn schema(stage: Stage, brief: &StageBrief) -> Result<Schema, WriteError> {
    Schema::new(stage.name(), source(stage, brief))
        .map_err(|error| WriteError::Unavailable { message: error.to_string(), retryable: false })
}

fn source(stage: Stage, brief: &StageBrief) -> Value {
    let mut source = match stage {
        Stage::Research => schema_for!(research::ResearchAnswer).to_value(),
        Stage::Visual => schema_for!(forms::LooksAnswer).to_value(),
        other => Content::schema(other),
    };
    for (_, path, most) in LENGTHS.iter().filter(|(of, ..)| *of == stage) {
        set(&mut source, path, [("maxLength", json!(most))]);
        // What may be left out may be empty, too: it is left out then.
        if at(&mut source, path).is_some_and(|place| place["type"] == "string") {
            set(&mut source, path, [("minLength", json!(1))]);
        }
    }
    for (_, path, range) in COUNTS.iter().filter(|(of, ..)| *of == stage) {
        set(&mut source, path, [("minItems", json!(range.start())), ("maxItems", json!(range.end()))]);
    }
    let slides = json!(brief.slides.get());
    for (_, path) in OF_SLIDES.iter().filter(|(of, _)| *of == stage) {
        set(&mut source, path, [("minItems", slides.clone()), ("maxItems", slides.clone())]);
    }
    match stage {
        Stage::Research => {
            let most = json!(most_facts(brief.slides.get()));
            set(&mut source, "properties/facts", [("minItems", json!(1)), ("maxItems", most)]);
        }
        // More than five are cut down later; more than ten are no answer.
        Stage::Caption => set(&mut source, "properties/hashtags", [("maxItems", json!(10))]),
        Stage::Outline | Stage::Copy => name_facts(&mut source, brief),
        Stage::Visual => {
            let names: Vec<&str> = brief.themes.iter().map(|theme| theme.name.0.as_str()).collect();
            set(&mut source, "properties/theme", [("enum", json!(names))]);
        }
        Stage::Hook => {}
    }
    source
}

/// A few for each slide to choose from; more would only make the later prompts longer.
pub(super) fn most_facts(slides: usize) -> usize {
    (3 * slides).clamp(6, 24)
}

/// Only facts that are there can be named.
fn name_facts(source: &mut Value, brief: &StageBrief) {
    let facts = brief.research.iter().flat_map(|research| &research.facts);
    let ids: Vec<&str> = facts.map(|fact| fact.id.0.as_str()).collect();
    if !ids.is_empty() {
        set(source, "$defs/FactId", [("enum", json!(ids))]);
    }
}

fn set<const N: usize>(source: &mut Value, path: &str, keywords: [(&str, Value); N]) {
    let Some(place) = at(source, path).and_then(Value::as_object_mut) else { return };
    place.extend(keywords.into_iter().map(|(word, value)| (word.to_owned(), value)));
}

fn at<'a>(source: &'a mut Value, path: &str) -> Option<&'a mut Value> {
    path.split('/').try_fold(source, |place, step| match step.strip_prefix("kind=") {
        Some(kind) => {
            let is_it = |one: &&mut Value| one["properties"]["kind"]["const"] == kind;
            place.as_array_mut()?.iter_mut().find(is_it)
        }
        None => place.get_mut(step),
    })
}

#[cfg(test)]
mod tests {
    use domain::Language;

    use super::{COUNTS, LENGTHS, OF_SLIDES, at, source};
    use crate::brief::StageBrief;

    #[test]
    fn every_limit_has_its_place() {
        let brief = StageBrief::new(None, Language::ENGLISH);
        let lengths = LENGTHS.iter().map(|(stage, path, _)| (*stage, *path, "maxLength"));
        let counts = COUNTS.iter().map(|(stage, path, _)| (*stage, *path, "maxItems"));
        let slides = OF_SLIDES.iter().map(|(stage, path)| (*stage, *path, "maxItems"));
        for (stage, path, word) in lengths.chain(counts).chain(slides) {
            let mut source = source(stage, &brief);
            let place = at(&mut source, path).map(|place| place[word].is_u64());
            assert_eq!(place, Some(true), "{stage}: {path}");
        }
    }
}
