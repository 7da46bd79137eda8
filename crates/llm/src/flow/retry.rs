//! What comes after a failed attempt: wait and ask again, ask another model, show the model its mistake, or give up.

use std::time::Duration;

use crate::settings::Backoff;
use crate::wire::failure::{Failure, FailureKind};

/// What ran out of time is asked once more, and no oftener.
const MOST_TIMEOUTS: u32 = 2;

/// The next step of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// The same model after this time.
    Again(Duration),
    /// The next model of the tier, or the same after the time where there is no other.
    Other(Duration),
    /// The same model with its answer and what is wrong with it.
    Repair,
    GiveUp,
}

/// What is known when the next step is chosen.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Situation {
    /// Attempts on this model so far that failed without an answer, this one included.
    pub(crate) failed_here: u32,
    /// Attempts of the call that ran out of time, this one included: each may have been billed.
    pub(crate) timeouts: u32,
    /// The answer that failed was already a repaired one.
    pub(crate) repaired: bool,
    /// Uniform in 0..1.
    pub(crate) jitter: f64,
}

/// Chooses the next step; how many attempts are left is the caller's.
pub(crate) fn next(failure: &Failure, situation: Situation, backoff: &Backoff) -> Next {
    let wait = failure.retry_after.unwrap_or_else(|| backoff.wait(situation.failed_here, situation.jitter));
    // The provider knows better; but what its status forbids stays forbidden.
    let again = failure.retryable != Some(false);
    match failure.kind {
        FailureKind::Rejected
        | FailureKind::Unauthorised
        | FailureKind::NoCredits
        | FailureKind::Refused
        | FailureKind::Cancelled => Next::GiveUp,
        FailureKind::NoModel => Next::Other(wait),
        FailureKind::RateLimited if failure.of_the_key => Next::Again(wait),
        FailureKind::RateLimited | FailureKind::Unavailable => Next::Other(wait),
        FailureKind::TimedOut if situation.timeouts >= MOST_TIMEOUTS => Next::GiveUp,
        FailureKind::TimedOut => Next::Other(wait),
        FailureKind::Server | FailureKind::Broken | FailureKind::Unreachable => {
            if again && situation.failed_here < 2 { Next::Again(wait) } else { Next::Other(wait) }
        }
        FailureKind::Invalid | FailureKind::CutShort if situation.repaired => Next::Other(Duration::ZERO),
        FailureKind::Invalid | FailureKind::CutShort => Next::Repair,
    }
}

/// Whether the same model may be asked again after this.
pub(crate) fn may_ask_again(failure: &Failure) -> bool {
    failure.kind != FailureKind::NoModel && failure.retryable != Some(false)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Backoff, Failure, FailureKind, Next, Situation, next};

    const BACKOFF: Backoff = Backoff { first: Duration::from_secs(1), most: Duration::from_secs(8) };

    fn after(failure: &Failure, failed_here: u32) -> Next {
        next(
            failure,
            Situation { failed_here, timeouts: failed_here, repaired: false, jitter: 0.5 },
            &BACKOFF,
        )
    }

    #[test]
    fn what_will_fail_again_is_never_asked_again() {
        for kind in [
            FailureKind::Rejected,
            FailureKind::Unauthorised,
            FailureKind::NoCredits,
            FailureKind::Refused,
            FailureKind::Cancelled,
        ] {
            let advised = Failure { retryable: Some(true), ..Failure::new(kind, "") };
            assert_eq!(after(&advised, 1), Next::GiveUp, "{kind:?}");
        }
    }

    #[test]
    fn a_provider_that_says_when_is_believed() {
        let when = Some(Duration::from_secs(40));
        let busy = Failure { retry_after: when, ..Failure::new(FailureKind::RateLimited, "") };
        assert_eq!(after(&busy, 1), Next::Other(Duration::from_secs(40)));
        let key = Failure { of_the_key: true, ..busy };
        assert_eq!(after(&key, 1), Next::Again(Duration::from_secs(40)));
    }

    #[test]
    fn a_failing_server_is_asked_twice_and_then_another() {
        let failing = Failure::new(FailureKind::Server, "");
        assert_eq!(after(&failing, 1), Next::Again(Duration::from_millis(500)));
        assert_eq!(after(&failing, 2), Next::Other(Duration::from_secs(1)));
        let hopeless = Failure { retryable: Some(false), ..failing };
        assert_eq!(after(&hopeless, 1), Next::Other(Duration::from_millis(500)));
    }

    #[test]
    fn what_ran_out_of_time_is_asked_of_another_and_then_left() {
        let late = Failure::new(FailureKind::TimedOut, "");
        assert_eq!(after(&late, 1), Next::Other(Duration::from_millis(500)));
        assert_eq!(after(&late, 2), Next::GiveUp);
    }

    #[test]
    fn a_wrong_answer_is_repaired_once() {
        let wrong = Failure::new(FailureKind::Invalid, "");
        let repaired = Situation { failed_here: 0, timeouts: 0, repaired: true, jitter: 0.5 };
        assert_eq!(after(&wrong, 0), Next::Repair);
        assert_eq!(next(&wrong, repaired, &BACKOFF), Next::Other(Duration::ZERO));
    }

    #[test]
    fn waits_double_up_to_the_most_and_are_spread_from_nothing() {
        assert_eq!(BACKOFF.wait(1, 0.0), Duration::ZERO);
        assert_eq!(BACKOFF.wait(1, 1.0), Duration::from_secs(1));
        assert_eq!(BACKOFF.wait(3, 1.0), Duration::from_secs(4));
        assert_eq!(BACKOFF.wait(60, 1.0), Duration::from_secs(8));
        assert_eq!(BACKOFF.wait(u32::MAX, 0.5), Duration::from_secs(4));
    }
}
