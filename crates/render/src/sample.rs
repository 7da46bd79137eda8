//! A carousel to look at: what `themes` previews and the benchmark renders.

use domain::content::{Block, Layout, Role};
use domain::{Deck, Format, Language, Slide};
use serde::Deserialize;

use crate::theme::Theme;

/// The words of the sample, one slide a layout; the contents and names are those of a deck.
const SAMPLE: &str = include_str!("../data/sample.json");

#[derive(Deserialize)]
struct Words {
    role: Role,
    layout: Layout,
    headline: String,
    body: Option<String>,
    block: Option<Block>,
    call_to_action: Option<String>,
    source_note: Option<String>,
}

/// A carousel of one slide a layout in a theme's default palette, without pictures.
#[must_use]
pub fn sample_deck(theme: &Theme, format: Format) -> Deck {
    let words: Vec<Words> = serde_json::from_str(SAMPLE).unwrap_or_default();
    let slides = words.into_iter().map(|words| Slide {
        role: words.role,
        layout: words.layout,
        headline: words.headline,
        body: words.body,
        block: words.block,
        call_to_action: words.call_to_action,
        source_note: words.source_note,
        picture: None,
    });
    Deck {
        format,
        language: Language::ENGLISH,
        theme: theme.name.clone(),
        palette: theme.palettes[0],
        fonts: theme.fonts.clone(),
        signature: Some("@slidewright".to_owned()),
        logo: None,
        slides: slides.collect(),
    }
}
