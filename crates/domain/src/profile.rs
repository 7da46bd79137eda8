//! A business profile: who speaks, to whom, in which voice and colours.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::content::{Color, FontPair, ThemeName};
use crate::ids::{AssetId, ProfileId};

/// Everything here may be empty: each field only makes the writing and the looks more fitting.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ProfileFields {
    pub name: String,
    pub industry: String,
    pub site: String,
    /// The Instagram name without its `@`, shown on the slides.
    pub handle: String,
    pub personality: Vec<String>,
    pub values: Vec<String>,
    /// Copy and hooks that they like, as examples.
    pub liked_copy: Vec<String>,
    pub liked_hooks: Vec<String>,
    pub words_to_avoid: Vec<String>,
    pub audience: String,
    pub pains: Vec<String>,
    pub goals: Vec<String>,
    pub topics: Vec<String>,
    pub competitors: Vec<String>,
    pub unique_points: Vec<String>,
    pub brand_color: Option<Color>,
    pub fonts: Option<FontPair>,
    pub logo: Option<AssetId>,
    pub theme: Option<ThemeName>,
}

/// A profile as it is stored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Profile {
    pub id: ProfileId,
    #[serde(flatten)]
    pub fields: ProfileFields,
}
