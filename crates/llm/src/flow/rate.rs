//! How many requests a key sends in a time: a bucket of tokens that fills evenly, and that a provider can close.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Hands out moments at which to send.
///
/// It keeps one number, the moment at which the bucket is full again; so it never counts wrong, and those who
/// wait are spread evenly. Times are those of one clock that never goes back.
#[derive(Debug)]
pub(crate) struct Rate {
    /// Between two requests.
    gap: Duration,
    /// How long the bucket takes to fill.
    depth: Duration,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    full_at: Duration,
    closed_until: Duration,
}

impl Rate {
    /// `burst` requests at once, then `per_minute` evenly.
    pub(crate) fn new(per_minute: u32, burst: u32) -> Self {
        let gap = Duration::from_secs(60) / per_minute.max(1);
        Self { gap, depth: gap * (burst.max(1) - 1), state: Mutex::default() }
    }

    /// Takes one token; the request may be sent after this time.
    pub(crate) fn take(&self, now: Duration) -> Duration {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let begin = now.max(state.closed_until);
        let full_at = state.full_at.max(begin);
        state.full_at = full_at + self.gap;
        full_at.saturating_sub(self.depth).max(begin).saturating_sub(now)
    }

    /// Nothing is sent before: the provider said so.
    pub(crate) fn close_until(&self, until: Duration) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.closed_until = state.closed_until.max(until);
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::Rate;

    const fn seconds(n: u64) -> Duration {
        Duration::from_secs(n)
    }

    #[test]
    fn a_burst_passes_and_the_rest_is_spread() {
        let rate = Rate::new(60, 3);
        let waits: Vec<_> = (0..5).map(|_| rate.take(seconds(100)).as_secs()).collect();
        assert_eq!(waits, [0, 0, 0, 1, 2]);
        assert_eq!(rate.take(seconds(103)), seconds(0));
        assert_eq!(rate.take(seconds(103)), seconds(1));
        assert_eq!(rate.take(seconds(1_000)), seconds(0));
    }

    #[test]
    fn a_provider_can_close_it() {
        let rate = Rate::new(60, 2);
        rate.close_until(seconds(40));
        rate.close_until(seconds(10));
        assert_eq!(rate.take(seconds(5)), seconds(35));
        assert_eq!(rate.take(seconds(5)), seconds(35));
        assert_eq!(rate.take(seconds(5)), seconds(36), "not all of them at once when it opens");
        assert_eq!(rate.take(seconds(60)), seconds(0));
    }
}
