//! Why a call gave no answer, named after what its caller can do; each is a sentence with the mend.

use std::time::Duration;

use thiserror::Error;

use crate::answer::Attempt;
use crate::flow::stop::Stopped;
use crate::purse::{OverBudget, PurseBroken};
use crate::wire::failure::{Failure, FailureKind};

/// A call without an answer, with every attempt that was made for it.
#[derive(Debug, Error)]
#[error("{reason}")]
pub struct Failed {
    pub reason: Reason,
    /// In the order in which they were made; their cost is spent.
    pub attempts: Vec<Attempt>,
}

impl Failed {
    /// The last that a model wrote, word for word.
    #[must_use]
    pub fn raw(&self) -> Option<&str> {
        self.attempts.iter().rev().find_map(|attempt| attempt.raw.as_deref())
    }
}

/// What stood in the way.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum Reason {
    /// A budget: a cheaper tier, the offline writer, or whoever may raise it.
    #[error(transparent)]
    OverBudget(#[from] OverBudget),
    #[error(transparent)]
    Purse(#[from] PurseBroken),
    #[error("The model provider does not accept the key ({said}); put in one that is valid.")]
    Unauthorised { said: String },
    #[error(
        "The account at the model provider has no credits left ({said}); buy some there, or raise the limit of the key."
    )]
    NoCredits { said: String },
    /// Moderation, a filter, or the model.
    #[error("The model provider refused this text ({said}); change the text, or choose another model.")]
    Refused { said: String },
    /// The same request would fail again: a fault of the prompt's length, or of this program.
    #[error(
        "The model provider can't take this request ({said}); shorten the text, or choose another model."
    )]
    Rejected { said: String },
    /// Every model of the tier, as often as it was sensible.
    #[error("No model answered ({said}); {}", come_back(*retry_after))]
    Unavailable { said: String, retry_after: Option<Duration> },
    /// Nothing was asked: the tier has no model.
    #[error("There is no model for {what}; choose one in the routing table.")]
    NoModel { what: String },
    /// An answer that can't be used, after the repair and the other models; [`Failed::raw`] has its text.
    #[error("The model's answer can't be used ({problem}); try again, or choose a stronger model.")]
    InvalidAnswer { problem: String },
    #[error("The call was cancelled.")]
    Cancelled,
    #[error("No answer came in the {} seconds that the call had; try again, or give it more time.", .after.as_secs_f32())]
    Deadline { after: Duration },
    #[error("Too many calls wait already; try again in a minute.")]
    Busy,
    /// What was asked can't be sent: a fault of the caller.
    #[error("This can't be asked of a model: {0}.")]
    Unsendable(String),
    /// A fault of this program.
    #[error("The call broke off by a fault of this program ({0}); please report it.")]
    Broke(String),
}

fn come_back(retry_after: Option<Duration>) -> String {
    match retry_after {
        Some(after) => format!("try again in {} seconds.", after.as_secs().max(1)),
        None => "try again in a minute, or choose other models.".to_owned(),
    }
}

impl Reason {
    /// What the last failure of a call means for its caller.
    pub(crate) fn of(failure: &Failure) -> Self {
        let said = failure.message.clone();
        match failure.kind {
            FailureKind::Rejected => Self::Rejected { said },
            FailureKind::Unauthorised => Self::Unauthorised { said },
            FailureKind::NoCredits => Self::NoCredits { said },
            FailureKind::Refused => Self::Refused { said },
            FailureKind::Invalid | FailureKind::CutShort => Self::InvalidAnswer { problem: said },
            FailureKind::Cancelled => Self::Cancelled,
            FailureKind::NoModel
            | FailureKind::RateLimited
            | FailureKind::Server
            | FailureKind::Unavailable
            | FailureKind::TimedOut
            | FailureKind::Unreachable
            | FailureKind::Broken => Self::Unavailable { said, retry_after: failure.retry_after },
        }
    }

    pub(crate) fn stopped(stopped: Stopped, deadline: Duration) -> Self {
        match stopped {
            Stopped::Cancelled => Self::Cancelled,
            Stopped::Deadline => Self::Deadline { after: deadline },
        }
    }
}
