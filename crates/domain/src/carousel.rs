//! A carousel: what was asked for, and how far it is.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use thiserror::Error;
use time::OffsetDateTime;

use crate::content::ThemeName;
use crate::ids::{CarouselId, ProfileId};
use crate::language::Language;
use crate::state::Progress;

/// How many slides a carousel has: 2 to 10 (Instagram's API takes at most 10).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct SlideCount(u8);

impl JsonSchema for SlideCount {
    fn schema_name() -> Cow<'static, str> {
        "SlideCount".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "integer", "minimum": 2, "maximum": 10 })
    }
}

#[derive(Debug, Error, PartialEq, Eq)]
#[error("a carousel has 2 to 10 slides, not {0}")]
pub struct NotASlideCount(u8);

impl SlideCount {
    #[must_use]
    pub fn get(self) -> usize {
        usize::from(self.0)
    }
}

impl Default for SlideCount {
    fn default() -> Self {
        Self(8)
    }
}

impl TryFrom<u8> for SlideCount {
    type Error = NotASlideCount;

    fn try_from(count: u8) -> Result<Self, Self::Error> {
        if (2..=10).contains(&count) { Ok(Self(count)) } else { Err(NotASlideCount(count)) }
    }
}

impl From<SlideCount> for u8 {
    fn from(count: SlideCount) -> Self {
        count.0
    }
}

impl fmt::Display for SlideCount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

crate::named_enum! {
    /// The shape of a slide, width to height.
    pub enum Format ("format") {
        Portrait = "4x5",
        Square = "1x1",
        Tall = "3x4",
        Story = "9x16",
    }
}

impl Format {
    /// Width and height in pixels.
    #[must_use]
    pub const fn size(self) -> (u32, u32) {
        match self {
            Self::Portrait => (1080, 1350),
            Self::Square => (1080, 1080),
            Self::Tall => (1080, 1440),
            Self::Story => (1080, 1920),
        }
    }
}

crate::named_enum! {
    /// How much work goes into a carousel.
    pub enum Mode ("mode") {
        Fast = "fast",
        Balanced = "balanced",
        Thorough = "thorough",
    }
}

crate::named_enum! {
    /// Who is to write a carousel.
    #[derive(Default)]
    pub enum WriterChoice ("choice of writer") {
        /// A model where one is connected, else the offline writer.
        #[default]
        Auto = "auto",
        /// The writer that needs no key and no network, whatever is connected.
        Offline = "offline",
    }
}

crate::named_enum! {
    /// How a source text is written.
    pub enum SourceKind ("kind of source") {
        Markdown = "markdown",
        Html = "html",
        Plain = "plain",
    }
}

/// The person's own text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Source {
    pub kind: SourceKind,
    pub text: String,
    /// The address that it was fetched from.
    pub url: Option<String>,
    /// The file's name, without its folder.
    pub name: Option<String>,
}

/// What was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Brief {
    pub topic: Option<String>,
    pub source: Option<Source>,
    pub slides: SlideCount,
    pub format: Format,
    /// The language of the carousel.
    pub language: Language,
    /// The theme that was asked for; without one the variants show several.
    pub theme: Option<ThemeName>,
    pub mode: Mode,
    #[serde(default)]
    pub writer: WriterChoice,
    /// Approves the top-ranked variant of every stage by itself.
    pub autopilot: bool,
    pub profile: Option<ProfileId>,
}

/// One post in the making.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Carousel {
    pub id: CarouselId,
    /// What it is called in lists: the topic, else the article's title.
    pub title: String,
    pub brief: Brief,
    pub progress: Progress,
    #[serde(with = "time::serde::rfc3339")]
    pub created_at: OffsetDateTime,
    #[serde(with = "time::serde::rfc3339")]
    pub updated_at: OffsetDateTime,
    /// Since when it is kept out of the library.
    #[serde(with = "time::serde::rfc3339::option", default)]
    pub archived_at: Option<OffsetDateTime>,
}
