//! One candidate of a round: content, who wrote it, what it cost, how it scores.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::content::Content;
use crate::ids::{CarouselId, MemberId, VariantId};
use crate::money::MicroUsd;
use crate::score::Score;
use crate::stage::{Stage, Strategy};

/// Who wrote a variant, in enough detail to explain and repeat it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum WrittenBy {
    /// The writer that needs no key and no network.
    Offline {
        version: String,
    },
    Model {
        model: String,
        prompt_version: String,
        seed: Option<i64>,
    },
    /// A person's edit of another variant.
    Person {
        member: Option<MemberId>,
        edited_from: VariantId,
    },
}

impl WrittenBy {
    /// A short name for lists: `offline`, the model's name, or `person`.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Offline { .. } => "offline",
            Self::Model { model, .. } => model,
            Self::Person { .. } => "person",
        }
    }
}

/// One candidate of a round.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Variant {
    pub id: VariantId,
    pub carousel: CarouselId,
    pub stage: Stage,
    /// 1 for the stage's first round.
    pub round: u32,
    /// The place within the round in which it was written, from 0.
    pub position: u32,
    pub strategy: Strategy,
    pub written_by: WrittenBy,
    pub content: Content,
    pub score: Score,
    pub cost: MicroUsd,
    #[serde(with = "time::serde::rfc3339")]
    pub created_at: OffsetDateTime,
}

/// A member's 1 to 5 stars.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Stars(u8);

impl JsonSchema for Stars {
    fn schema_name() -> Cow<'static, str> {
        "Stars".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "integer", "minimum": 1, "maximum": 5 })
    }
}

#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("a rating is 1 to 5 stars, not {0}")]
pub struct NotStars(u8);

impl TryFrom<u8> for Stars {
    type Error = NotStars;

    fn try_from(stars: u8) -> Result<Self, Self::Error> {
        if (1..=5).contains(&stars) { Ok(Self(stars)) } else { Err(NotStars(stars)) }
    }
}

impl From<Stars> for u8 {
    fn from(stars: Stars) -> Self {
        stars.0
    }
}

/// The longest feedback of a rating or rejection, in characters.
pub const FEEDBACK: usize = 500;

/// A member's opinion of a variant; the last one counts, earlier ones stay in the history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rating {
    pub variant: VariantId,
    pub member: MemberId,
    pub stars: Stars,
    pub feedback: Option<String>,
    #[serde(with = "time::serde::rfc3339")]
    pub rated_at: OffsetDateTime,
}
