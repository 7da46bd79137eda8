//! The end of a call that comes from outside: its deadline, or whoever cancels it.

use std::time::Duration;

use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

/// Why a call ends before its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stopped {
    Cancelled,
    Deadline,
}

/// When a call must end.
#[derive(Clone, Debug)]
pub(crate) struct Stop {
    by: Instant,
    deadline: Duration,
    cancel: CancellationToken,
}

impl Stop {
    pub(crate) fn new(deadline: Duration, cancel: CancellationToken) -> Self {
        // A deadline beyond the clock's range is a year.
        let year = Duration::from_secs(365 * 24 * 3600);
        Self { by: Instant::now() + deadline.min(year), deadline, cancel }
    }

    /// As the caller set it, from the beginning of the call.
    pub(crate) fn deadline(&self) -> Duration {
        self.deadline
    }

    pub(crate) fn left(&self) -> Duration {
        self.by.saturating_duration_since(Instant::now())
    }

    /// Whether it has ended already.
    pub(crate) fn stopped(&self) -> Option<Stopped> {
        if self.cancel.is_cancelled() {
            return Some(Stopped::Cancelled);
        }
        self.left().is_zero().then_some(Stopped::Deadline)
    }

    /// Runs something unless the end comes first.
    pub(crate) async fn or<T>(&self, work: impl Future<Output = T>) -> Result<T, Stopped> {
        tokio::select! {
            biased;
            () = self.cancel.cancelled() => Err(Stopped::Cancelled),
            done = work => Ok(done),
            () = tokio::time::sleep_until(self.by) => Err(Stopped::Deadline),
        }
    }
}
