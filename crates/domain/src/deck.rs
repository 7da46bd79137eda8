//! The slides of a carousel as they are to be rendered, put together from the approved stages.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::carousel::Format;
use crate::content::{
    Block, Copy, FactSource, FontPair, Hook, Layout, Outline, Palette, Research, Role, ThemeName, Visual,
    limits,
};
use crate::ids::AssetId;
use crate::language::Language;

/// One slide, with every word that is on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Slide {
    pub role: Role,
    pub layout: Layout,
    pub headline: String,
    /// Running text; on the cover the hook's subline.
    pub body: Option<String>,
    pub block: Option<Block>,
    pub call_to_action: Option<String>,
    /// Where the slide's figure is from, in small type.
    pub source_note: Option<String>,
    pub picture: Option<AssetId>,
}

/// The slides of a carousel with their looks: all that the renderer needs, beside the files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Deck {
    pub format: Format,
    pub language: Language,
    pub theme: ThemeName,
    pub palette: Palette,
    pub fonts: FontPair,
    /// Who speaks, in the slides' margin: `@name`, or nothing.
    pub signature: Option<String>,
    pub logo: Option<AssetId>,
    pub slides: Vec<Slide>,
}

/// The approved contents that a deck is made of.
#[derive(Clone, Copy, Debug)]
pub struct Approved<'a> {
    pub research: &'a Research,
    pub outline: &'a Outline,
    pub copy: &'a Copy,
    /// Without one the copy's own first headline stands.
    pub hook: Option<&'a Hook>,
}

impl Deck {
    /// Puts the approved words into the looks of a visual variant.
    #[must_use]
    pub fn assemble(approved: Approved<'_>, visual: &Visual, format: Format, language: Language) -> Self {
        let last = approved.copy.slides.len().saturating_sub(1);
        let slides = approved.copy.slides.iter().enumerate().map(|(n, words)| {
            let role = approved.outline.slides.get(n).map_or(Role::Point, |slide| slide.role);
            let source_note = words.facts.iter().find_map(|id| approved.research.fact(id)).and_then(|fact| {
                let FactSource::Url { url, title } = &fact.source else { return None };
                matches!(words.block, Some(Block::Stat { .. } | Block::Quote { .. }))
                    .then(|| shortened(title.as_deref().unwrap_or(url), limits::SOURCE_NOTE))
            });
            let mut slide = Slide {
                role,
                layout: visual.layouts.get(n).copied().unwrap_or(Layout::Text),
                headline: words.headline.clone(),
                body: words.body.clone(),
                block: words.block.clone(),
                call_to_action: (n == last).then(|| approved.copy.call_to_action.clone()),
                source_note,
                picture: visual.backgrounds.get(n).copied().flatten(),
            };
            if let (0, Some(hook)) = (n, approved.hook) {
                slide.headline.clone_from(&hook.headline);
                slide.body.clone_from(&hook.subline);
                slide.block = None;
            }
            slide
        });
        Self {
            format,
            language,
            theme: visual.theme.clone(),
            palette: visual.palette,
            fonts: visual.fonts.clone(),
            signature: None,
            logo: None,
            slides: slides.collect(),
        }
    }
}

/// The text, cut at a word with an ellipsis where it is longer than `most` characters.
fn shortened(text: &str, most: usize) -> String {
    let text = text.trim();
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let cut: String = text.chars().take(most.saturating_sub(1)).collect();
    let at_word = cut.rfind(char::is_whitespace).map_or(cut.as_str(), |end| &cut[..end]);
    format!("{}…", at_word.trim_end())
}

crate::named_enum! {
    /// What is checked on a rendered slide.
    pub enum CheckKind ("check") {
        Overflow = "overflow",
        Contrast = "contrast",
        MissingGlyph = "missing_glyph",
        SmallestSize = "smallest_size",
        PictureTooSmall = "picture_too_small",
        SafeArea = "safe_area",
    }
}

/// One check of one slide, passed or failed, with what was measured and the mend.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Check {
    /// From 1.
    pub slide: usize,
    pub kind: CheckKind,
    pub passed: bool,
    /// What was measured and its limit: a ratio, pixels, or a count, by the kind.
    pub measured: f64,
    pub limit: f64,
    /// A sentence: what was seen, and where it failed, the mend.
    pub message: String,
}
