//! Reading a text: language, sentences, figures, the dimensions of a score, and how far apart two texts are.
//!
//! Pure: the same input gives the same result on every machine. Word lists,
//! weights and the sentiment lexicon are data (`data/`); every value carries its evidence.

pub mod text;
