//! What a writer is given for one stage: everything known so far, and nothing that it must fetch.

use domain::content::{Copy, FontPair, Hook, Outline, Palette, Research, ThemeName, Visual};
use domain::{CarouselId, Content, Format, Language, Mode, ProfileFields, SlideCount, WorkspaceId};
use uuid::Uuid;

use crate::source::Article;

/// A theme that a visual variant may choose, with what it ships.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThemeOffer {
    pub name: ThemeName,
    /// At least one.
    pub palettes: Vec<Palette>,
    pub fonts: FontPair,
}

/// What the workspace's ratings taught, for writers that can follow it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Learned {
    /// Each a sentence: what was liked and what was not.
    pub preferences: Vec<String>,
    /// Texts of this stage that did well, the best first.
    pub examples: Vec<String>,
}

/// The brief of one round of one stage.
///
/// The approved contents of earlier stages are there from their stage on; a stage whose
/// earlier stages are missing is written from the article alone.
#[derive(Clone, Debug)]
pub struct StageBrief {
    /// Whose money is spent, and on what.
    pub workspace: WorkspaceId,
    pub carousel: CarouselId,
    pub topic: Option<String>,
    pub article: Option<Article>,
    /// The address that the article was fetched from.
    pub source_url: Option<String>,
    /// The article's file name, without its folder.
    pub source_name: Option<String>,
    pub profile: ProfileFields,
    /// The language of the carousel.
    pub language: Language,
    pub slides: SlideCount,
    pub format: Format,
    pub mode: Mode,
    /// The theme that was asked for; without one the visual variants show several.
    pub theme: Option<ThemeName>,
    pub themes: Vec<ThemeOffer>,
    /// From 1; above 1 the earlier rounds were rejected.
    pub round: u32,
    pub research: Option<Research>,
    pub outline: Option<Outline>,
    pub copy: Option<Copy>,
    pub hook: Option<Hook>,
    pub visual: Option<Visual>,
    /// What the person said when rejecting the round before.
    pub feedback: Option<String>,
    /// The contents that were rejected, or that a new draft must differ from.
    pub avoid: Vec<Content>,
    pub learned: Learned,
}

impl StageBrief {
    /// A brief with an article and a language and the defaults for everything else; of nobody's workspace.
    #[must_use]
    pub fn new(article: Option<Article>, language: Language) -> Self {
        Self {
            workspace: WorkspaceId(Uuid::nil()),
            carousel: CarouselId(Uuid::nil()),
            topic: None,
            article,
            source_url: None,
            source_name: None,
            profile: ProfileFields::default(),
            language,
            slides: SlideCount::default(),
            format: Format::Portrait,
            mode: Mode::Balanced,
            theme: None,
            themes: Vec::new(),
            round: 1,
            research: None,
            outline: None,
            copy: None,
            hook: None,
            visual: None,
            feedback: None,
            avoid: Vec::new(),
            learned: Learned::default(),
        }
    }
}
