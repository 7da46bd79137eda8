//! Leaves alone what keeps failing: after some failures in a row it rests, then one call tries it again.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// A breaker for each name; names are models, which the routing table bounds.
#[derive(Debug)]
pub(crate) struct Breakers {
    /// Failures in a row that open it.
    failures: u32,
    rest: Duration,
    states: Mutex<HashMap<String, State>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Closed {
        failures: u32,
    },
    Open {
        until: Duration,
    },
    /// One call is trying; the others count it as open until it is done.
    Trying,
}

/// How a call that was let through ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Health {
    Good,
    Bad,
    /// It says nothing: cancelled, or refused for a reason of its own.
    Unknown,
}

impl Breakers {
    pub(crate) fn new(failures: u32, rest: Duration) -> Self {
        Self { failures: failures.max(1), rest, states: Mutex::default() }
    }

    /// Lets a call through or not; whoever is let through tells how it ended by [`Self::ended`].
    pub(crate) fn let_through(&self, name: &str, now: Duration) -> bool {
        let mut states = self.states.lock().unwrap_or_else(PoisonError::into_inner);
        let state = states.entry(name.to_owned()).or_insert(State::Closed { failures: 0 });
        match state {
            State::Closed { .. } => true,
            State::Open { until } if *until <= now => {
                *state = State::Trying;
                true
            }
            State::Open { .. } | State::Trying => false,
        }
    }

    pub(crate) fn ended(&self, name: &str, health: Health, now: Duration) {
        let mut states = self.states.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(state) = states.get_mut(name) else { return };
        *state = match (*state, health) {
            (_, Health::Good) => State::Closed { failures: 0 },
            (State::Trying, Health::Bad) => State::Open { until: now + self.rest },
            // The next call may try at once.
            (State::Trying, Health::Unknown) => State::Open { until: now },
            (State::Closed { failures }, Health::Bad) if failures + 1 >= self.failures => {
                State::Open { until: now + self.rest }
            }
            (State::Closed { failures }, Health::Bad) => State::Closed { failures: failures + 1 },
            (other, _) => other,
        };
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Breakers, Health};

    const fn at(n: u64) -> Duration {
        Duration::from_secs(n)
    }

    #[test]
    fn failures_in_a_row_open_it_and_one_call_tries_again() {
        let breakers = Breakers::new(2, at(30));
        let fail = |now| breakers.ended("a", Health::Bad, at(now));
        assert!(breakers.let_through("a", at(0)));
        fail(0);
        assert!(breakers.let_through("a", at(1)));
        breakers.ended("a", Health::Good, at(1));
        fail(2);
        assert!(breakers.let_through("a", at(2)), "not in a row");
        fail(3);
        assert!(!breakers.let_through("a", at(4)));
        assert!(breakers.let_through("b", at(4)), "another is another");
        assert!(breakers.let_through("a", at(33)));
        assert!(!breakers.let_through("a", at(33)) && !breakers.let_through("a", at(99)), "one tries");
        fail(34);
        assert!(!breakers.let_through("a", at(63)));
        assert!(breakers.let_through("a", at(64)));
        breakers.ended("a", Health::Unknown, at(65));
        assert!(breakers.let_through("a", at(65)), "who said nothing leaves the try to the next");
        breakers.ended("a", Health::Good, at(66));
        assert!(breakers.let_through("a", at(66)) && breakers.let_through("a", at(66)));
    }
}
