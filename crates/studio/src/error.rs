//! Errors named after what the caller can do.

use domain::{Problem, Refusal};
use render::RenderError;
use store::{Conflict, StoreError};
use thiserror::Error;

use crate::intake::IntakeError;

/// Why an operation did not happen; nothing of it was stored.
#[derive(Debug, Error)]
pub enum StudioError {
    #[error("there is no such {0} in this workspace")]
    NotFound(&'static str),
    /// What was handed in can't be used; each problem names its field.
    #[error("{}", problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Invalid { problems: Vec<Problem> },
    #[error(transparent)]
    Intake(#[from] IntakeError),
    /// Not possible in the state that the carousel is in.
    #[error("{refusal} (the carousel is {state})")]
    Conflict { refusal: Refusal, state: &'static str },
    /// Somebody else was first.
    #[error("{0}")]
    Taken(String),
    /// A slide is not fit to be shown; each sentence names it, with the mend.
    #[error("the slides are not ready to be taken out: {}", .0.join("; "))]
    Unfit(Vec<String>),
    /// Something outside is missing or full; the sentence says what to do.
    #[error("{0}")]
    Unavailable(String),
    /// Ours to mend; what it was is in the log, not for a person.
    #[error(
        "something went wrong inside Slidewright; nothing that was finished is lost. Run the same command \
         again, and with --log debug to see more"
    )]
    Internal,
}

impl StudioError {
    /// Logs a mistake of ours, where it is handled.
    pub(crate) fn internal(what: &dyn std::fmt::Display) -> Self {
        tracing::error!(%what, "internal error");
        Self::Internal
    }

    pub(crate) fn invalid(field: &str, message: impl Into<String>) -> Self {
        Self::Invalid { problems: vec![Problem { field: field.to_owned(), message: message.into() }] }
    }
}

impl From<StoreError> for StudioError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound { what, .. } => Self::NotFound(what),
            StoreError::Conflict(conflict @ (Conflict::Approved { .. } | Conflict::Progress { .. })) => {
                Self::Taken(conflict.to_string())
            }
            StoreError::Conflict(_) | StoreError::Invalid(_) | StoreError::Internal(_) => {
                Self::internal(&error)
            }
            _ => Self::Unavailable(error.to_string()),
        }
    }
}

impl From<RenderError> for StudioError {
    fn from(error: RenderError) -> Self {
        Self::Unavailable(error.to_string())
    }
}
