//! How an attempt of a job ends, if not well.

use store::StoreError;
use thiserror::Error;
use tokio::task::JoinError;
use writer::WriteError;

use crate::error::StudioError;

/// How an attempt of a job ended, if not well.
#[derive(Debug, Error)]
pub(crate) enum JobError {
    /// May go well later.
    #[error("{0}")]
    Retry(String),
    /// Will never go well; the sentence is for the person.
    #[error("{0}")]
    Fail(String),
}

impl JobError {
    /// A body panicked: a mistake of ours, and it may go well the next time.
    pub(crate) fn broke(panic: &JoinError) -> Self {
        Self::Retry(StudioError::internal(panic).to_string())
    }
}

impl From<StoreError> for JobError {
    fn from(error: StoreError) -> Self {
        Self::Retry(StudioError::from(error).to_string())
    }
}

impl From<StudioError> for JobError {
    fn from(error: StudioError) -> Self {
        Self::Retry(error.to_string())
    }
}

impl From<WriteError> for JobError {
    fn from(error: WriteError) -> Self {
        if error.retryable() { Self::Retry(error.to_string()) } else { Self::Fail(error.to_string()) }
    }
}
