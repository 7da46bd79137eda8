//! What a variant holds: one Rust type a stage, each with the JSON schema derived from it.
//!
//! The same schema is sent to a model, validates what comes back and is shown in
//! the API's documents. What a schema can't say (counts that depend on the
//! carousel, what fits on a slide, what is there twice) is said by [`Content::problems`].

mod caption;
mod copy;
mod hook;
pub mod limits;
mod outline;
mod research;
mod visual;

use std::fmt;

use schemars::{JsonSchema, schema_for};
use serde::{Deserialize, Serialize};

pub use caption::{Caption, Hashtag};
pub use copy::{Block, Copy, CopySlide};
pub use hook::Hook;
pub use outline::{Outline, OutlineSlide, Role};
pub use research::{Fact, FactId, FactSource, Research};
pub use visual::{Color, FontPair, Layout, NotAColor, Palette, ThemeName, Visual};

use crate::stage::Stage;

/// The typed content of a variant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "stage", content = "content", rename_all = "snake_case")]
pub enum Content {
    Research(Research),
    Outline(Outline),
    Copy(Copy),
    Hook(Hook),
    Visual(Visual),
    Caption(Caption),
}

/// What is wrong with a content, and where: `slides[2].headline`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Problem {
    pub field: String,
    pub message: String,
}

impl Problem {
    pub(crate) fn new(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self { field: field.into(), message: message.into() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.field, self.message)
    }
}

/// Why JSON is not a content of its stage.
#[derive(Debug, thiserror::Error)]
#[error("this is not the content of a {stage}: {reason}")]
pub struct NotThisContent {
    pub stage: Stage,
    pub reason: String,
}

impl Content {
    #[must_use]
    pub fn stage(&self) -> Stage {
        match self {
            Self::Research(_) => Stage::Research,
            Self::Outline(_) => Stage::Outline,
            Self::Copy(_) => Stage::Copy,
            Self::Hook(_) => Stage::Hook,
            Self::Visual(_) => Stage::Visual,
            Self::Caption(_) => Stage::Caption,
        }
    }

    /// Reads the bare content of a stage, without the tag.
    ///
    /// # Errors
    /// Where the JSON does not have the shape of that stage's content.
    pub fn from_json(stage: Stage, json: serde_json::Value) -> Result<Self, NotThisContent> {
        fn typed<T: for<'de> Deserialize<'de>>(json: serde_json::Value) -> serde_json::Result<T> {
            serde_json::from_value(json)
        }
        let content = match stage {
            Stage::Research => typed(json).map(Self::Research),
            Stage::Outline => typed(json).map(Self::Outline),
            Stage::Copy => typed(json).map(Self::Copy),
            Stage::Hook => typed(json).map(Self::Hook),
            Stage::Visual => typed(json).map(Self::Visual),
            Stage::Caption => typed(json).map(Self::Caption),
        };
        content.map_err(|error| NotThisContent { stage, reason: error.to_string() })
    }

    /// The bare content of the stage, without the tag.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        let json = match self {
            Self::Research(content) => serde_json::to_value(content),
            Self::Outline(content) => serde_json::to_value(content),
            Self::Copy(content) => serde_json::to_value(content),
            Self::Hook(content) => serde_json::to_value(content),
            Self::Visual(content) => serde_json::to_value(content),
            Self::Caption(content) => serde_json::to_value(content),
        };
        json.unwrap_or_default()
    }

    /// The JSON schema of a stage's content.
    #[must_use]
    pub fn schema(stage: Stage) -> serde_json::Value {
        let schema = match stage {
            Stage::Research => schema_for!(Research),
            Stage::Outline => schema_for!(Outline),
            Stage::Copy => schema_for!(Copy),
            Stage::Hook => schema_for!(Hook),
            Stage::Visual => schema_for!(Visual),
            Stage::Caption => schema_for!(Caption),
        };
        schema.into()
    }

    /// Everything that is wrong with this content in a carousel of `slides` slides,
    /// at once; empty where it may be stored and shown.
    #[must_use]
    pub fn problems(&self, slides: usize) -> Vec<Problem> {
        match self {
            Self::Research(content) => content.problems(),
            Self::Outline(content) => content.problems(slides),
            Self::Copy(content) => content.problems(slides),
            Self::Hook(content) => content.problems(),
            Self::Visual(content) => content.problems(slides),
            Self::Caption(content) => content.problems(slides),
        }
    }
}

/// A problem where `text` is empty or longer than `most` characters.
pub(crate) fn check_length(problems: &mut Vec<Problem>, field: impl Into<String>, text: &str, most: usize) {
    let length = text.chars().count();
    if text.trim().is_empty() {
        problems.push(Problem::new(field, "is empty"));
    } else if length > most {
        problems.push(Problem::new(field, format!("has {length} characters; at most {most} fit")));
    }
}

/// A problem where a list has fewer or more entries than the range allows.
pub(crate) fn check_count(
    problems: &mut Vec<Problem>,
    field: impl Into<String>,
    count: usize,
    allowed: std::ops::RangeInclusive<usize>,
) {
    if !allowed.contains(&count) {
        let (least, most) = (allowed.start(), allowed.end());
        let wanted = if least == most { least.to_string() } else { format!("{least} to {most}") };
        problems.push(Problem::new(field, format!("has {count} entries; {wanted} are needed")));
    }
}
