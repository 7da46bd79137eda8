//! Reading a text: language, sentences, figures, the dimensions of a score, and how far apart two texts are.
//!
//! Pure: the same input gives the same result on every machine. Word lists,
//! weights and the sentiment lexicon are data (`data/`); every value carries its evidence.

mod color;
mod context;
pub mod diversity;
mod measure;
mod pieces;
pub mod readability;
pub mod sentiment;
mod stages;
mod support;
pub mod text;
mod weights;

use domain::Score;
use domain::content::Content;

pub use context::Context;
pub use support::unsupported_figures;
pub use weights::{Weight, Weights, documented, weights};

/// Scores a variant: the dimensions of its stage, each 0 to 10 with evidence and
/// advice, and flags for what must be said whatever the score.
///
/// Pure: no clock, no network, no randomness.
#[must_use]
pub fn score(content: &Content, context: &Context<'_>) -> Score {
    let measures = stages::measures(content, context);
    Score::new(weights::weighed(content.stage(), measures), stages::flagged(content, context))
}
