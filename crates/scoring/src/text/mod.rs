//! What is read off a text before anything is judged: its language, sentences, words and figures.

mod figures;
mod language;
mod lexicon;
mod numbers;
mod syllables;
mod units;

pub(crate) use figures::figures_and_number_words;
pub use figures::{Figure, FigureKind, figures};
pub use language::detect_language;
pub use lexicon::{Lexicon, Numbers, WordList, lexicon};
pub use syllables::syllables;
pub use units::{is_stop_word, sentences, stem, words};

#[cfg(test)]
mod figure_tests;
#[cfg(test)]
mod tests;
