//! What models cost: sums of a span, how much of the budgets is taken, what a stage will likely
//! cost, the ledger page by page, and what a model really said.

mod days;

use std::ops::Range;

use domain::{MicroUsd, Mode, Right, Stage};
use store::Tx;
pub use store::money::answers::RawAnswer;
pub use store::money::costs::{By, Sum};
use store::money::{Alike, answers, budgets, costs, ledger, past};
pub use store::money::{Entry as LedgerEntry, Past, Scope, Standing};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

pub use days::{Days, Month, NotAMonth};

use super::period::period;
use crate::error::StudioError;
use crate::operations::Cursor;
use crate::studio::{Actor, Studio};

/// So many of the last attempts say what the next one will likely cost.
const ALIKE: u32 = 200;
/// Most attempts of one page.
const MOST_ATTEMPTS: u32 = 1000;

/// What was spent on some days.
#[derive(Clone, Debug)]
pub struct Costs {
    pub days: Days,
    pub total: Sum,
    /// One list of sums for each kind that was asked for.
    pub by: Vec<Vec<Sum>>,
}

/// How much of the limits of this day and month is taken.
#[derive(Clone, Debug)]
pub struct Standings {
    /// So much of a limit is worth a warning, 1 to 100 percent.
    pub warn_percent: u8,
    /// The day's and the month's.
    pub of: Vec<Standing>,
}

impl Standings {
    /// Those that have reached the warning level.
    pub fn nearing(&self) -> impl Iterator<Item = Standing> {
        self.of.iter().copied().filter(|one| self.is_near(one))
    }

    #[must_use]
    pub fn is_near(&self, standing: &Standing) -> bool {
        standing.has_reached(self.warn_percent)
    }
}

/// A page of the ledger.
#[derive(Clone, Debug)]
pub struct LedgerPage {
    /// The newest first.
    pub entries: Vec<LedgerEntry>,
    /// Where the next page begins, if there is one.
    pub next: Option<Cursor>,
}

/// One attempt, with what the model said as long as its carousel is there.
#[derive(Clone, Debug)]
pub struct Attempt {
    pub entry: LedgerEntry,
    pub answer: Option<RawAnswer>,
}

impl Studio {
    /// This month, by the clocks of the workspace.
    ///
    /// # Errors
    /// Where the role may not see costs, or the database can't be read.
    pub async fn month(&self, actor: Actor) -> Result<Month, StudioError> {
        Ok(Month::of(self.today(actor).await?))
    }

    /// Today, by the clocks of the workspace.
    ///
    /// # Errors
    /// Where the role may not see costs, or the database can't be read.
    pub async fn today(&self, actor: Actor) -> Result<Date, StudioError> {
        actor.require(Right::Read)?;
        let mut tx = self.store.read(actor.workspace).await?;
        Ok(days::today(self.surroundings.now(), &zone(&mut tx).await?))
    }

    /// What was spent on these days, in sums of each kind.
    ///
    /// # Errors
    /// Where the role may not see costs, or the database can't be read.
    pub async fn costs(&self, actor: Actor, days: Days, by: &[By]) -> Result<Costs, StudioError> {
        actor.require(Right::Read)?;
        let mut tx = self.store.read(actor.workspace).await?;
        let span = days.span(&zone(&mut tx).await?);
        let total = costs::total(&mut tx, &span).await?;
        let mut lists = Vec::with_capacity(by.len());
        for kind in by {
            lists.push(costs::by(&mut tx, *kind, &span).await?);
        }
        Ok(Costs { days, total, by: lists })
    }

    /// How much of this day's and this month's budget is taken.
    ///
    /// # Errors
    /// Where the role may not see costs, or the database can't be read.
    pub async fn standings(&self, actor: Actor) -> Result<Standings, StudioError> {
        actor.require(Right::Read)?;
        let mut tx = self.store.read(actor.workspace).await?;
        let limits = budgets::get(&mut tx).await?;
        let warn_percent = limits.warn_percent;
        if limits.day.is_none() && limits.month.is_none() {
            return Ok(Standings { warn_percent, of: Vec::new() });
        }
        let period = period(self.surroundings.now(), &zone(&mut tx).await?);
        let mut of = budgets::standings(&mut tx, None, &period).await?;
        of.retain(|one| one.limit.is_some());
        Ok(Standings { warn_percent, of })
    }

    /// What a call of each stage cost before, of carousels in this mode or in any; stages that no
    /// model wrote yet are left out.
    ///
    /// # Errors
    /// Where the role may not see costs, or the database can't be read.
    pub async fn forecasts(
        &self,
        actor: Actor,
        mode: Option<Mode>,
    ) -> Result<Vec<(Stage, Past)>, StudioError> {
        actor.require(Right::Read)?;
        let mut tx = self.store.read(actor.workspace).await?;
        let mut known = Vec::new();
        for stage in Stage::ALL {
            let alike = Alike { purpose: stage.name(), mode: mode.map(Mode::name), tier: None };
            known.extend(past(&mut tx, alike, ALIKE).await?.map(|past| (*stage, past)));
        }
        Ok(known)
    }

    /// A page of at most `limit` attempts (1 to 1000) of these days, from after `after` on.
    ///
    /// # Errors
    /// Where the role may not see costs, or the database can't be read.
    pub async fn ledger(
        &self,
        actor: Actor,
        days: Days,
        after: Option<Cursor>,
        limit: u32,
    ) -> Result<LedgerPage, StudioError> {
        actor.require(Right::Read)?;
        let limit = limit.clamp(1, MOST_ATTEMPTS);
        let mut tx = self.store.read(actor.workspace).await?;
        let span: Range<OffsetDateTime> = days.span(&zone(&mut tx).await?);
        // One more than is shown tells whether there is a next page.
        let mut entries = ledger::page(&mut tx, &span, after, limit + 1).await?;
        let more = entries.len() > limit as usize;
        entries.truncate(limit as usize);
        let next = entries.last().filter(|_| more).map(Cursor::from);
        Ok(LedgerPage { entries, next })
    }

    /// An attempt with what the model said.
    ///
    /// # Errors
    /// `NotFound` where it is not in this workspace's ledger.
    pub async fn attempt(&self, actor: Actor, attempt: Uuid) -> Result<Attempt, StudioError> {
        actor.require(Right::Read)?;
        let mut tx = self.store.read(actor.workspace).await?;
        let entry = ledger::get(&mut tx, attempt).await?;
        let answer = answers::get(&mut tx, attempt).await?;
        Ok(Attempt { entry, answer })
    }
}

/// What the same tokens would have cost more on the reference model; below zero where they would
/// have cost less.
#[must_use]
pub fn saved(sum: &Sum) -> MicroUsd {
    MicroUsd(sum.reference_cost.0.saturating_sub(sum.compared_cost.0))
}

async fn zone(tx: &mut Tx) -> Result<String, StudioError> {
    Ok(store::workspaces::get(tx).await?.settings.time_zone)
}
