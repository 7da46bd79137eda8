//! What a score depends on beside the content itself.

use domain::content::{Copy, Hook, Outline, Research, ThemeName};
use domain::{Check, Language, ProfileFields};

/// What is known when a variant is scored: nothing here is fetched, and nothing has a clock.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    pub language: Language,
    /// How many slides were asked for.
    pub slides: usize,
    pub profile: &'a ProfileFields,
    /// The person's own text; may be empty.
    pub source_text: &'a str,
    /// What is approved so far.
    pub research: Option<&'a Research>,
    pub outline: Option<&'a Outline>,
    pub copy: Option<&'a Copy>,
    pub hook: Option<&'a Hook>,
    pub theme_asked: Option<&'a ThemeName>,
    /// The renderer's checks of this variant's slides, where they were made.
    pub checks: &'a [Check],
}
