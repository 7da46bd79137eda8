//! A deck and its files in; JPEG, PNG, SVG and PDF out.
//!
//! Slides are laid out from HTML and CSS by `takumi`, in the process. There is no
//! network, no clock and no system font: the same deck, files and version give
//! the same bytes, whatever the number of threads. Everything here is
//! synchronous and busy; call it away from async threads.

mod builtin;
mod checks;
mod code;
mod coverage;
mod digest;
mod encode;
mod error;
#[cfg(test)]
mod escaping;
mod families;
mod fit;
mod fonts;
mod hyphens;
mod install;
mod page;
mod palette;
mod pdf;
mod picture;
mod placed;
mod renderer;
mod sample;
mod template;
mod theme;
mod unbroken;
mod unhyphen;
mod words;

pub use encode::Encoding;
pub use error::{Fault, RenderError, SlideError};
pub use families::{Added, add_fonts};
pub use install::add_theme;
pub use palette::palette_from_brand;
pub use picture::{PictureFacts, examine_picture};
pub use renderer::{Assets, Renderer};
pub use sample::{sample_deck, sample_picture};
pub use theme::{Smallest, Theme};
