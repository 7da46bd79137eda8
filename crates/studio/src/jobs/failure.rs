//! How an attempt of a job ends, if not well.

use llm::Reason;
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
    /// Will not go well by being tried again; the sentence is for the person.
    #[error("{reason}")]
    Fail {
        reason: String,
        /// Whether a person can mend it without changing what is asked for: raise a budget, put in a
        /// key, take another writer.
        mendable: bool,
    },
}

impl JobError {
    /// What would fail again as it was asked for.
    pub(crate) fn hopeless(reason: impl ToString) -> Self {
        Self::Fail { reason: reason.to_string(), mendable: false }
    }

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
        let reason = error.to_string();
        match error {
            // An answer that can't be used was paid for: the same is asked again only where a person asks.
            WriteError::Model(trouble) if matches!(trouble.reason, Reason::InvalidAnswer { .. }) => {
                Self::Fail { reason, mendable: true }
            }
            error if error.retryable() => Self::Retry(reason),
            error => Self::Fail { reason, mendable: matches!(error, WriteError::Model(_)) },
        }
    }
}
