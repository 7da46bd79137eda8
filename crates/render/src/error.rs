//! What can go wrong, each as a sentence that says how to mend it.

use std::path::PathBuf;

use domain::AssetId;
use thiserror::Error;

/// Why nothing could be rendered at all.
#[derive(Debug, Error)]
pub enum RenderError {
    #[error("the carousel has no slides; give it at least one")]
    NoSlides,
    #[error("the carousel has {0} slides; at most {most} are rendered", most = crate::renderer::MOST_SLIDES)]
    TooManySlides(usize),
    #[error("there is no slide {slide}; the carousel has {slides}")]
    NoSuchSlide { slide: usize, slides: usize },
    #[error("there is no theme `{name}`; choose one of {known}")]
    UnknownTheme { name: String, known: String },
    #[error("the theme `{name}` can't be used: {reason}")]
    Theme { name: String, reason: String },
    #[error("the font {name} can't be used: {reason}")]
    Font { name: String, reason: String },
    #[error("{path} can't be read or written: {reason}")]
    File { path: PathBuf, reason: std::io::Error },
    /// A file that is one document of all slides can't leave a broken one out.
    #[error(transparent)]
    Slide(#[from] SlideError),
    #[error("the PDF can't be written: {0}")]
    Pdf(String),
}

/// Why one slide could not be rendered; the others are.
#[derive(Debug, Error)]
#[error("slide {slide}: {fault}")]
pub struct SlideError {
    /// From 1.
    pub slide: usize,
    pub fault: Fault,
}

/// What is wrong with a slide.
#[derive(Debug, Error)]
pub enum Fault {
    #[error("the {field} has {length} characters; at most {most} are laid out, so shorten it")]
    TooLong { field: &'static str, length: usize, most: usize },
    #[error("the {field} has {count} entries; at most {most} are laid out, so leave some out")]
    TooMany { field: &'static str, count: usize, most: usize },
    #[error("the picture {0} is not among the carousel's files; upload it again or take it off the slide")]
    NoSuchPicture(AssetId),
    #[error("the picture {id} can't be used: {reason}")]
    Picture { id: AssetId, reason: String },
    #[error("the theme's template for `{layout}` fails: {reason}")]
    Template { layout: String, reason: String },
    #[error("the slide can't be laid out: {0}")]
    Layout(String),
    #[error("the slide can't be encoded: {0}")]
    Encode(String),
}
