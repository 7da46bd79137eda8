//! Clock, ids and randomness: what would make two runs differ comes in here.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use time::OffsetDateTime;
use uuid::Uuid;

/// What the gateway asks of the world outside, besides models, so that tests can set it.
#[derive(Clone)]
pub struct Surroundings {
    /// The time of day, for the ledger.
    pub clock: Arc<dyn Fn() -> OffsetDateTime + Send + Sync>,
    /// The time since some moment, never going back: for latencies, rests and rates.
    pub elapsed: Arc<dyn Fn() -> Duration + Send + Sync>,
    /// New ids, of calls and attempts.
    pub ids: Arc<dyn Fn() -> Uuid + Send + Sync>,
    /// Uniform in 0..1, to spread retries.
    pub jitter: Arc<dyn Fn() -> f64 + Send + Sync>,
}

impl Surroundings {
    /// The system's clocks, version 7 ids and the thread's random numbers.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is the one door through which they come in")]
    pub fn real() -> Self {
        let start = Instant::now();
        Self {
            clock: Arc::new(OffsetDateTime::now_utc),
            elapsed: Arc::new(move || start.elapsed()),
            ids: Arc::new(Uuid::now_v7),
            jitter: Arc::new(|| rand::Rng::random(&mut rand::rng())),
        }
    }

    pub(crate) fn now(&self) -> OffsetDateTime {
        (self.clock)()
    }

    pub(crate) fn elapsed(&self) -> Duration {
        (self.elapsed)()
    }

    pub(crate) fn id(&self) -> Uuid {
        (self.ids)()
    }

    pub(crate) fn jitter(&self) -> f64 {
        (self.jitter)().clamp(0.0, 1.0)
    }
}

impl fmt::Debug for Surroundings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Surroundings").finish_non_exhaustive()
    }
}
