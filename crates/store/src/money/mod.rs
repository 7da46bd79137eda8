//! What model calls may cost and did cost: budgets, the counters that enforce them, and the ledger.
//!
//! Before an attempt its worst case is reserved in the counters of its carousel, day and month; after it the
//! reservation makes room for a row of the ledger. Write both on [`crate::Store::write_durable`], one attempt a
//! transaction, so that two transactions can't wait for each other.
//!
//! Purposes, modes, tiers, bases and outcomes are the caller's words. So are days and months: keys such as
//! `2026-11-23` and `2026-11`, by the workspace's own clocks.

mod accounts;
pub mod answers;
pub mod budgets;
pub mod costs;
mod forecast;
pub mod ledger;

use domain::{CarouselId, MicroUsd};

pub use accounts::{OverLimit, Reservation, Reserved, open_reservations, release, reserve, settle};
pub use budgets::Budgets;
pub use forecast::{Alike, Past, past};
pub use ledger::Entry;

domain::named_enum! {
    /// What a limit is for.
    pub enum Scope ("scope of a budget") {
        Carousel = "carousel",
        Day = "day",
        Month = "month",
    }
}

/// In which day and month something counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    pub day: String,
    pub month: String,
}

/// How much of a limit is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    pub scope: Scope,
    /// `None` is no limit.
    pub limit: Option<MicroUsd>,
    pub spent: MicroUsd,
    /// By attempts that are under way.
    pub reserved: MicroUsd,
}

impl Standing {
    /// Spent and reserved together.
    #[must_use]
    pub fn taken(&self) -> MicroUsd {
        self.spent + self.reserved
    }

    /// What may still be reserved; `None` where there is no limit.
    #[must_use]
    pub fn left(&self) -> Option<MicroUsd> {
        self.limit.map(|limit| MicroUsd(limit.0.saturating_sub(self.taken().0).max(0)))
    }

    /// Whether this much of the limit is taken, in percent; never without a limit.
    #[must_use]
    pub fn has_reached(&self, percent: u8) -> bool {
        let reached =
            |limit: MicroUsd| i128::from(self.taken().0) * 100 >= i128::from(limit.0) * i128::from(percent);
        self.limit.is_some_and(reached)
    }
}

/// The counters that something counts in, in the order in which all transactions lock them.
fn pots(carousel: Option<CarouselId>, period: &Period) -> Vec<(Scope, String)> {
    let carousel = carousel.map(|id| (Scope::Carousel, id.to_string()));
    let rest = [(Scope::Day, period.day.clone()), (Scope::Month, period.month.clone())];
    carousel.into_iter().chain(rest).collect()
}

/// What came from outside, as both databases can keep it: PostgreSQL's text has no NUL.
fn clean(text: &str) -> String {
    text.replace('\0', "\u{fffd}")
}
