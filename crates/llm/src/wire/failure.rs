//! What went wrong with one attempt, by what can be done about it.

use std::time::Duration;

use crate::purse::Outcome;

/// An attempt that gave no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Failure {
    pub(crate) kind: FailureKind,
    /// Of the HTTP answer, where it was one of failure.
    pub(crate) status: Option<u16>,
    /// As the provider worded it, without keys.
    pub(crate) message: String,
    /// When the provider says to come back.
    pub(crate) retry_after: Option<Duration>,
    /// What the provider says about trying again.
    pub(crate) retryable: Option<bool>,
    /// The limit is one of the key, not of a model.
    pub(crate) of_the_key: bool,
    /// Generation had begun: what was produced may have been billed.
    pub(crate) began: bool,
    /// What the model wrote, where it wrote something.
    pub(crate) raw: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum FailureKind {
    /// 400, 412, 413, 422: the same request will fail again.
    Rejected,
    Unauthorised,
    NoCredits,
    /// 403, or a refusal in the answer.
    Refused,
    /// 404: the model is gone, or nobody serves it as asked.
    NoModel,
    RateLimited,
    /// 500 and what else a server says of itself.
    Server,
    /// 502, 503, 529: down or overloaded.
    Unavailable,
    /// 408, 504, 524, or no answer in our own time.
    TimedOut,
    /// Nothing could be sent.
    Unreachable,
    /// The connection broke, or what came was no answer of this API.
    Broken,
    /// An answer that does not follow its schema, or is empty.
    Invalid,
    /// The output limit came first.
    CutShort,
    Cancelled,
}

impl Failure {
    pub(crate) fn new(kind: FailureKind, message: impl Into<String>) -> Self {
        let began = matches!(
            kind,
            FailureKind::TimedOut
                | FailureKind::Broken
                | FailureKind::Invalid
                | FailureKind::CutShort
                | FailureKind::Cancelled
        );
        let message = message.into();
        Self {
            kind,
            status: None,
            message,
            retry_after: None,
            retryable: None,
            of_the_key: false,
            began,
            raw: None,
        }
    }

    /// After some of the answer was there.
    pub(crate) fn midway(mut self, raw: Option<String>) -> Self {
        self.began = true;
        self.raw = raw.or(self.raw);
        self
    }

    pub(crate) fn with_raw(mut self, raw: impl Into<String>) -> Self {
        self.raw = Some(raw.into());
        self
    }

    pub(crate) fn outcome(&self) -> Outcome {
        match self.kind {
            FailureKind::Rejected => Outcome::Rejected,
            FailureKind::Unauthorised => Outcome::Unauthorised,
            FailureKind::NoCredits => Outcome::NoCredits,
            FailureKind::Refused => Outcome::Refused,
            FailureKind::NoModel => Outcome::NoModel,
            FailureKind::RateLimited => Outcome::RateLimited,
            FailureKind::Server | FailureKind::Unavailable => Outcome::Unavailable,
            FailureKind::TimedOut => Outcome::TimedOut,
            FailureKind::Unreachable => Outcome::Unreachable,
            FailureKind::Broken => Outcome::Broken,
            FailureKind::Invalid => Outcome::Invalid,
            FailureKind::CutShort => Outcome::CutShort,
            FailureKind::Cancelled => Outcome::Cancelled,
        }
    }

    /// Whether it speaks against the model's health.
    pub(crate) fn is_of_health(&self) -> bool {
        matches!(
            self.kind,
            FailureKind::Server
                | FailureKind::Unavailable
                | FailureKind::TimedOut
                | FailureKind::Unreachable
                | FailureKind::Broken
        )
    }
}
