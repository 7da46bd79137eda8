//! The looks: theme, palette, fonts, and a layout per slide.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use super::{Block, Problem, check_count};
use crate::ids::AssetId;

crate::named_enum! {
    /// How a slide is set.
    pub enum Layout ("layout") {
        Cover = "cover",
        Text = "text",
        Bullets = "bullets",
        Stat = "stat",
        Quote = "quote",
        Code = "code",
        Image = "image",
        Comparison = "comparison",
        CallToAction = "call_to_action",
    }
}

impl Layout {
    /// The layout made for a slide with this block and no place of its own in the story.
    #[must_use]
    pub fn for_block(block: Option<&Block>) -> Self {
        match block {
            None => Self::Text,
            Some(Block::Bullets { .. }) => Self::Bullets,
            Some(Block::Stat { .. }) => Self::Stat,
            Some(Block::Quote { .. }) => Self::Quote,
            Some(Block::Code { .. }) => Self::Code,
            Some(Block::Comparison { .. }) => Self::Comparison,
        }
    }
}

/// The folder name of a theme: `modern_minimal`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct ThemeName(pub String);

impl fmt::Display for ThemeName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An opaque sRGB colour, written `#1a2b3c`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Color {
    pub red: u8,
    pub green: u8,
    pub blue: u8,
}

impl JsonSchema for Color {
    fn schema_name() -> Cow<'static, str> {
        "Color".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": "^#[0-9a-fA-F]{6}$" })
    }
}

#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("`{0}` is not a colour; write it as #1a2b3c")]
pub struct NotAColor(String);

impl Color {
    /// Relative luminance by WCAG 2.2, 0 (black) to 1 (white).
    #[must_use]
    pub fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let value = f64::from(channel) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)
    }

    /// Contrast ratio by WCAG 2.2, 1 (the same) to 21 (black on white).
    #[must_use]
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }
}

impl FromStr for Color {
    type Err = NotAColor;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let channel = |hex: &str, at: usize| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok();
        text.strip_prefix('#')
            .filter(|hex| hex.len() == 6 && hex.bytes().all(|byte| byte.is_ascii_hexdigit()))
            .and_then(|hex| {
                Some(Self { red: channel(hex, 0)?, green: channel(hex, 2)?, blue: channel(hex, 4)? })
            })
            .ok_or_else(|| NotAColor(text.to_owned()))
    }
}

impl TryFrom<String> for Color {
    type Error = NotAColor;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Color> for String {
    fn from(color: Color) -> Self {
        color.to_string()
    }
}

impl fmt::Display for Color {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

/// The colours of a carousel by what they are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Palette {
    pub background: Color,
    /// Cards and panels on the background.
    pub surface: Color,
    /// Text on background and surface.
    pub text: Color,
    /// Secondary text on background and surface.
    pub muted: Color,
    /// Emphasis: bars, figures, buttons.
    pub accent: Color,
    /// Text on the accent.
    pub on_accent: Color,
}

/// A family for headlines and one for running text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FontPair {
    pub display: String,
    pub text: String,
}

/// The content of a visual variant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Visual {
    pub theme: ThemeName,
    pub palette: Palette,
    pub fonts: FontPair,
    /// One a slide.
    pub layouts: Vec<Layout>,
    /// A picture behind or on a slide, one entry a slide.
    pub backgrounds: Vec<Option<AssetId>>,
}

impl Visual {
    pub(super) fn problems(&self, slides: usize) -> Vec<Problem> {
        let mut problems = Vec::new();
        check_count(&mut problems, "layouts", self.layouts.len(), slides..=slides);
        check_count(&mut problems, "backgrounds", self.backgrounds.len(), slides..=slides);
        problems
    }
}

#[cfg(test)]
mod tests {
    use super::Color;

    #[test]
    fn contrast_follows_wcag() {
        let color = |text: &str| text.parse::<Color>().unwrap();
        assert!((color("#000000").contrast(color("#ffffff")) - 21.0).abs() < 1e-9);
        // #767676 on white is the well-known darkest grey that just passes 4.5:1.
        assert!((color("#767676").contrast(color("#ffffff")) - 4.54).abs() < 0.005);
        assert!((color("#777777").contrast(color("#ffffff")) - 4.48).abs() < 0.005);
    }

    #[test]
    fn only_six_hex_digits_are_a_colour() {
        for wrong in ["red", "#fff", "#12345g", "#1234567", "url(x)", "#+1+2+3", "#é1234"] {
            assert!(wrong.parse::<Color>().is_err(), "{wrong}");
        }
        assert_eq!("#A1b2C3".parse::<Color>().unwrap().to_string(), "#a1b2c3");
    }
}
