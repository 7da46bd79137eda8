//! The limits of a workspace, and how much of them is taken.

use std::collections::BTreeMap;

use domain::{CarouselId, MicroUsd};

use super::{Period, Scope, Standing};
use crate::error::StoreError;
use crate::row::Row;
use crate::tx::Tx;
use crate::value::args;

/// What a workspace may spend; `None` is no limit. By default there are none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budgets {
    /// Of each carousel by itself.
    pub carousel: Option<MicroUsd>,
    pub day: Option<MicroUsd>,
    pub month: Option<MicroUsd>,
    /// So much of a limit is worth a warning, 1 to 100 percent.
    pub warn_percent: u8,
}

impl Default for Budgets {
    fn default() -> Self {
        Self { carousel: None, day: None, month: None, warn_percent: 80 }
    }
}

impl Budgets {
    #[must_use]
    pub fn limit(&self, scope: Scope) -> Option<MicroUsd> {
        match scope {
            Scope::Carousel => self.carousel,
            Scope::Day => self.day,
            Scope::Month => self.month,
        }
    }
}

/// The workspace's limits.
///
/// # Errors
/// Where they can't be read.
pub async fn get(tx: &mut Tx) -> Result<Budgets, StoreError> {
    let row = tx
        .first(
            "SELECT carousel, day, month, warn_percent FROM budgets WHERE workspace_id = $1",
            args![tx.workspace()],
        )
        .await?;
    row.as_ref().map_or_else(|| Ok(Budgets::default()), from_row)
}

/// Sets the workspace's limits; what is spent already counts.
///
/// # Errors
/// `Invalid` where a limit is below zero, or the warning level not from 1 to 100.
pub async fn set(tx: &mut Tx, budgets: &Budgets) -> Result<(), StoreError> {
    tx.run(
        "INSERT INTO budgets (workspace_id, carousel, day, month, warn_percent) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (workspace_id) DO UPDATE SET
             carousel = excluded.carousel, day = excluded.day, month = excluded.month,
             warn_percent = excluded.warn_percent",
        args![tx.workspace(), budgets.carousel, budgets.day, budgets.month, u32::from(budgets.warn_percent),],
    )
    .await?;
    Ok(())
}

/// How much is taken in a day and month, and of a carousel where one is given.
///
/// # Errors
/// Where it can't be read.
pub async fn standings(
    tx: &mut Tx,
    carousel: Option<CarouselId>,
    period: &Period,
) -> Result<Vec<Standing>, StoreError> {
    let budgets = get(tx).await?;
    // Each scope with each key, so that SQLite looks up nine rows and doesn't read them all.
    let rows = tx
        .all(
            "SELECT scope, key, spent, reserved FROM spending
             WHERE workspace_id = $1 AND scope IN ('carousel', 'day', 'month') AND key IN ($2, $3, $4)",
            args![tx.workspace(), carousel, &period.day, &period.month],
        )
        .await?;
    let mut kept = BTreeMap::new();
    for row in rows {
        kept.insert((row.parsed("scope")?, row.get("key")?), (row.money("spent")?, row.money("reserved")?));
    }
    let standing = |pot: (Scope, String)| {
        let (spent, reserved) = kept.get(&pot).copied().unwrap_or_default();
        Standing { scope: pot.0, limit: budgets.limit(pot.0), spent, reserved }
    };
    Ok(super::pots(carousel, period).into_iter().map(standing).collect())
}

fn from_row(row: &Row) -> Result<Budgets, StoreError> {
    Ok(Budgets {
        carousel: row.money_option("carousel")?,
        day: row.money_option("day")?,
        month: row.money_option("month")?,
        // The table allows 1 to 100.
        warn_percent: u8::try_from(row.count("warn_percent")?).unwrap_or(100),
    })
}
