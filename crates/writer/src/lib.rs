//! A stage brief in, typed drafts out: reading a source text, the offline writer
//! that needs no key, no network and no model, and the model writer over the gateway.
//!
//! Whoever writes validates before returning: nothing downstream asks who wrote.

mod brief;
mod draft;
mod model;
mod offline;
mod source;

pub use brief::{Learned, StageBrief, ThemeOffer};
pub use draft::{Draft, ModelTrouble, WriteError, Writer, Writing};
pub use model::ModelWriter;
pub use offline::{OfflineWriter, alt_texts};
pub use source::{Article, Passage, Section, Unreadable, decode, read_article, source_kind};
