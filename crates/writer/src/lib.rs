//! A stage brief in, typed drafts out: reading a source text, and the offline
//! writer that needs no key, no network and no model.
//!
//! Whoever writes validates before returning: nothing downstream asks who wrote.

mod brief;
mod draft;
mod offline;
mod source;

pub use brief::{StageBrief, ThemeOffer};
pub use draft::{Draft, WriteError, Writer, Writing};
pub use offline::OfflineWriter;
pub use source::{Article, Passage, Section, Unreadable, decode, read_article, source_kind};
