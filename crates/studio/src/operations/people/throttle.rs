//! How often signing in may fail before it is refused for a while. Kept in memory alone:
//! a restart forgives, and a flood of made-up emails can't fill the database.

use std::collections::{HashMap, VecDeque};
use std::hash::Hash;
use std::net::IpAddr;

use domain::Email;
use time::{Duration, OffsetDateTime};

const WINDOW: Duration = Duration::minutes(15);
const OF_AN_EMAIL: usize = 5;
const OF_AN_ADDRESS: usize = 20;
/// How many emails and how many addresses are remembered.
const MOST: usize = 10_000;

/// The attempts of the last quarter of an hour.
#[derive(Debug, Default)]
pub(super) struct Throttle {
    emails: Attempts<Email>,
    addresses: Attempts<IpAddr>,
    known: Attempts<String>,
}

/// Who tries.
#[derive(Clone, Debug)]
pub(super) enum Trier {
    /// Whoever sits at this address.
    Anybody(IpAddr),
    /// A browser that was signed in to the account before, or is now: its failures count by
    /// themselves, so that no stranger's failures keep its owner out.
    Known(String),
}

impl Throttle {
    /// Counts an attempt as failed until it is forgiven, so that many at once count, too.
    ///
    /// Where there were too many, says how long to wait instead.
    pub(super) fn begin(&mut self, email: &Email, who: &Trier, now: OffsetDateTime) -> Result<(), Duration> {
        match who {
            Trier::Anybody(from) => self.begin_from(email, *from, now),
            Trier::Known(browser) => {
                self.known.check(browser, OF_AN_EMAIL, now)?;
                self.known.note(browser.clone(), now);
                Ok(())
            }
        }
    }

    /// The attempt went well.
    pub(super) fn forgive(&mut self, email: &Email, who: &Trier) {
        match who {
            Trier::Anybody(from) => self.forgive_from(email, *from),
            Trier::Known(browser) => _ = self.known.0.remove(browser),
        }
    }

    fn begin_from(&mut self, email: &Email, from: IpAddr, now: OffsetDateTime) -> Result<(), Duration> {
        self.emails.check(email, OF_AN_EMAIL, now)?;
        self.addresses.check(&network(from), OF_AN_ADDRESS, now)?;
        self.emails.note(email.clone(), now);
        self.addresses.note(network(from), now);
        Ok(())
    }

    /// The email's failures are forgotten, and of the address's this one alone, so that an
    /// attacker can't wash theirs off with an own account.
    fn forgive_from(&mut self, email: &Email, from: IpAddr) {
        self.emails.0.remove(email);
        if let Some(times) = self.addresses.0.get_mut(&network(from)) {
            times.pop_back();
        }
    }
}

/// One household has 2^64 addresses of IPv6, so they count as one.
fn network(from: IpAddr) -> IpAddr {
    match from.to_canonical() {
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            [a, b, c, d, 0, 0, 0, 0].into()
        }
        address => address,
    }
}

#[derive(Debug)]
struct Attempts<K>(HashMap<K, VecDeque<OffsetDateTime>>);

impl<K> Default for Attempts<K> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<K: Eq + Hash + Clone> Attempts<K> {
    fn check(&mut self, who: &K, limit: usize, now: OffsetDateTime) -> Result<(), Duration> {
        let Some(times) = self.0.get_mut(who) else { return Ok(()) };
        while times.front().is_some_and(|time| *time + WINDOW <= now) {
            times.pop_front();
        }
        match times.len().checked_sub(limit).and_then(|over| times.get(over)) {
            Some(first) => Err(*first + WINDOW - now),
            None => Ok(()),
        }
    }

    fn note(&mut self, who: K, now: OffsetDateTime) {
        if self.0.len() >= MOST && !self.0.contains_key(&who) {
            self.0.retain(|_, times| times.back().is_some_and(|time| *time + WINDOW > now));
            self.forget_quietest();
        }
        self.0.entry(who).or_default().push_back(now);
    }

    /// Where nothing has run out, one with the fewest failures gives way: not one under attack.
    fn forget_quietest(&mut self) {
        if self.0.len() < MOST {
            return;
        }
        let quietest = self.0.iter().min_by_key(|(_, times)| times.len()).map(|(who, _)| who.clone());
        quietest.map(|who| self.0.remove(&who));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> OffsetDateTime {
        OffsetDateTime::UNIX_EPOCH + Duration::seconds(seconds)
    }

    fn email(n: usize) -> Email {
        format!("p{n}@example.org").parse().unwrap()
    }

    #[test]
    fn the_sixth_failure_of_an_email_waits_until_the_first_is_a_quarter_of_an_hour_old() {
        let mut throttle = Throttle::default();
        for n in 0..5 {
            throttle.begin_from(&email(0), [10, 0, 0, n].into(), at(n.into())).unwrap();
        }
        let from = [10, 0, 0, 9].into();
        assert_eq!(throttle.begin_from(&email(0), from, at(10)), Err(WINDOW - Duration::seconds(10)));
        assert_eq!(throttle.begin_from(&email(1), from, at(10)), Ok(()));
        assert_eq!(throttle.begin_from(&email(0), from, at(900)), Ok(()));
        assert_eq!(throttle.begin_from(&email(0), from, at(900)), Err(Duration::seconds(1)));
    }

    #[test]
    fn twenty_failures_of_an_address_count_whatever_the_email_and_a_success_takes_one_back() {
        let mut throttle = Throttle::default();
        let within_a_household = |n: u16| IpAddr::from([0x2001, 0xdb8, 0, 1, n, 0, 0, 1]);
        for n in 0..20 {
            throttle.begin_from(&email(n.into()), within_a_household(n), at(0)).unwrap();
        }
        assert_eq!(throttle.begin_from(&email(99), within_a_household(99), at(0)), Err(WINDOW));
        throttle.forgive_from(&email(3), within_a_household(3));
        assert_eq!(throttle.begin_from(&email(99), within_a_household(99), at(0)), Ok(()));
        assert_eq!(throttle.begin_from(&email(99), within_a_household(99), at(0)), Err(WINDOW));
    }

    #[test]
    fn a_flood_fills_no_memory_and_frees_nobody_under_attack() {
        let mut attempts = Attempts::default();
        for _ in 0..5 {
            attempts.note(email(0), at(0));
        }
        for n in 1..MOST + 100 {
            attempts.note(email(n), at(0));
        }
        assert_eq!(attempts.0.len(), MOST);
        assert!(attempts.check(&email(0), 5, at(1)).is_err());
        attempts.note(email(MOST * 2), at(900));
        assert_eq!(attempts.0.len(), 1, "what has run out goes first");
    }
}
