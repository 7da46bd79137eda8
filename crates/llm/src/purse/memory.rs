//! A purse in memory that really enforces: for tests, and for programs without a database.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use domain::{CarouselId, MicroUsd, WorkspaceId};
use futures::future::{BoxFuture, FutureExt, ready};
use time::{Date, Month, OffsetDateTime};
use uuid::Uuid;

use super::{Claim, Heard, LedgerRow, OverBudget, Purse, PurseBroken, Refusal};

/// Limits; `None` is none. Days and months are those of UTC.
#[derive(Clone, Copy, Debug, Default)]
pub struct Limits {
    pub carousel: Option<MicroUsd>,
    pub day: Option<MicroUsd>,
    pub month: Option<MicroUsd>,
}

/// Keeps counters, open claims and the ledger in memory.
#[derive(Debug, Default)]
pub struct MemoryPurse {
    limits: Limits,
    accounts: Mutex<Accounts>,
}

#[derive(Debug, Default)]
struct Accounts {
    /// Spent and reserved together: this is the counter that enforces.
    taken: HashMap<Pot, i128>,
    open: HashMap<Uuid, Claim>,
    rows: Vec<LedgerRow>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Pot {
    Carousel(CarouselId),
    Day(WorkspaceId, Date),
    Month(WorkspaceId, i32, Month),
}

impl Pot {
    fn name(self) -> &'static str {
        match self {
            Self::Carousel(_) => "budget of this carousel",
            Self::Day(..) => "budget of the day",
            Self::Month(..) => "budget of the month",
        }
    }
}

impl MemoryPurse {
    #[must_use]
    pub fn new(limits: Limits) -> Self {
        Self { limits, accounts: Mutex::default() }
    }

    /// The ledger, in the order in which attempts were settled.
    #[must_use]
    pub fn rows(&self) -> Vec<LedgerRow> {
        self.accounts().rows.clone()
    }

    /// The sum of the ledger.
    #[must_use]
    pub fn spent(&self) -> MicroUsd {
        self.accounts().rows.iter().map(|row| row.cost).sum()
    }

    /// How many claims are neither settled nor released.
    #[must_use]
    pub fn open(&self) -> usize {
        self.accounts().open.len()
    }

    fn accounts(&self) -> MutexGuard<'_, Accounts> {
        self.accounts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn pots(&self, claim: &Claim) -> Vec<(Pot, MicroUsd)> {
        let OffsetDay { date, year, month } = OffsetDay::of(claim.at);
        let workspace = claim.payer.workspace;
        let carousel = claim.payer.carousel.map(Pot::Carousel).zip(self.limits.carousel);
        let day = self.limits.day.map(|limit| (Pot::Day(workspace, date), limit));
        let month = self.limits.month.map(|limit| (Pot::Month(workspace, year, month), limit));
        [carousel, day, month].into_iter().flatten().collect()
    }

    fn take(&self, claim: &Claim) -> Result<(), OverBudget> {
        let mut accounts = self.accounts();
        let pots = self.pots(claim);
        for (pot, limit) in &pots {
            let taken = accounts.taken.get(pot).copied().unwrap_or_default();
            let left = i128::from(limit.0) - taken;
            if i128::from(claim.worst.0) > left {
                return Err(OverBudget {
                    limit: pot.name().to_owned(),
                    of: *limit,
                    left: MicroUsd(i64::try_from(left.max(0)).unwrap_or(i64::MAX)),
                    worst: claim.worst,
                    raised_by: "the workspace's owner".to_owned(),
                });
            }
        }
        accounts.change(&pots, claim.worst.0.into());
        accounts.open.insert(claim.attempt, claim.clone());
        Ok(())
    }

    /// Puts what it cost in the place of what was reserved.
    fn close(&self, attempt: Uuid, row: Option<&LedgerRow>) {
        let mut accounts = self.accounts();
        let Some(claim) = accounts.open.remove(&attempt) else { return };
        let cost = row.map_or(0, |row| i128::from(row.cost.0));
        accounts.change(&self.pots(&claim), cost - i128::from(claim.worst.0));
        accounts.rows.extend(row.cloned());
    }
}

impl Accounts {
    fn change(&mut self, pots: &[(Pot, MicroUsd)], by: i128) {
        for (pot, _) in pots {
            *self.taken.entry(*pot).or_default() += by;
        }
    }
}

struct OffsetDay {
    date: Date,
    year: i32,
    month: Month,
}

impl OffsetDay {
    fn of(at: OffsetDateTime) -> Self {
        let date = at.to_offset(time::UtcOffset::UTC).date();
        Self { date, year: date.year(), month: date.month() }
    }
}

impl Purse for MemoryPurse {
    fn reserve<'a>(&'a self, claim: &'a Claim) -> BoxFuture<'a, Result<(), Refusal>> {
        ready(self.take(claim).map_err(Refusal::from)).boxed()
    }

    fn settle<'a>(&'a self, row: &'a LedgerRow, _: Heard<'a>) -> BoxFuture<'a, Result<(), PurseBroken>> {
        self.close(row.attempt, Some(row));
        ready(Ok(())).boxed()
    }

    fn release<'a>(&'a self, claim: &'a Claim) -> BoxFuture<'a, Result<(), PurseBroken>> {
        self.close(claim.attempt, None);
        ready(Ok(())).boxed()
    }
}
