//! How long a failed job waits before it is tried again.

use std::time::Duration;

/// The longest wait.
const MOST: Duration = Duration::from_secs(60 * 60);

/// 2^n seconds after the n-th attempt, at most an hour, of which `jitter` (0 to 1) takes up to
/// a half away, so that jobs that failed together don't all come back together.
#[must_use]
pub fn backoff(attempt: u32, jitter: f64) -> Duration {
    let full = Duration::from_secs(2_u64.saturating_pow(attempt)).min(MOST);
    let jitter = if jitter.is_finite() { jitter.clamp(0.0, 1.0) } else { 0.0 };
    full.mul_f64(1.0 - jitter / 2.0)
}

#[cfg(test)]
mod tests {
    use super::backoff;
    use std::time::Duration;

    #[test]
    fn the_wait_doubles_up_to_an_hour() {
        let seconds: Vec<_> = (1..=13).map(|attempt| backoff(attempt, 0.0).as_secs()).collect();
        assert_eq!(seconds, [2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 3600, 3600]);
        assert_eq!(backoff(u32::MAX, 0.0), Duration::from_secs(3600));
    }

    #[test]
    fn jitter_takes_at_most_half_and_nonsense_takes_nothing() {
        assert_eq!(backoff(3, 1.0), Duration::from_secs(4));
        assert_eq!(backoff(3, 0.5), Duration::from_secs(6));
        assert_eq!(backoff(3, 7.0), Duration::from_secs(4));
        assert_eq!(backoff(3, f64::NAN), Duration::from_secs(8));
    }
}
