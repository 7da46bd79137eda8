//! Errors named after what the caller can do.

use std::time::Duration;

use domain::{Problem, Refusal, Right};
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
    /// The role does not include this right.
    #[error("your role may not {}; ask an owner of the workspace", to_do(*.0))]
    Forbidden(Right),
    /// Who asks has to sign in, anew or rightly; the sentence says how.
    #[error("{0}")]
    SignIn(&'static str),
    /// Tried too often.
    #[error("that was tried too often; try again in {}", wait(*retry_after))]
    TooMany { retry_after: Duration },
    /// A link or an invitation that was never made here; the sentence says what to check.
    #[error("{0}")]
    Unknown(&'static str),
    /// A link or an invitation that has ended; the sentence says whom to ask.
    #[error("{0}")]
    Gone(&'static str),
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

/// What a right is for, as a person says it.
fn to_do(right: Right) -> &'static str {
    match right {
        Right::Read => "see this",
        Right::Review => "rate, approve or reject",
        Right::Make => "make or change carousels, profiles and links",
        Right::Manage => "manage members, tokens and settings",
    }
}

/// Rounded up, so that whoever waits that long is let in.
fn wait(time: Duration) -> String {
    match time.as_secs().max(1) {
        1 => "a second".to_owned(),
        seconds @ 2..=90 => format!("{seconds} seconds"),
        seconds => format!("{} minutes", seconds.div_ceil(60)),
    }
}

impl From<StoreError> for StudioError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound { what, .. } => Self::NotFound(what),
            StoreError::Conflict(
                conflict @ (Conflict::Approved { .. } | Conflict::Progress { .. } | Conflict::Changed),
            ) => Self::Taken(conflict.to_string()),
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
