//! The life of an attempt in the accounts: reserved, then settled or released.

use domain::{CarouselId, MicroUsd, WorkspaceId};
use time::OffsetDateTime;
use uuid::Uuid;

use super::{Entry, Period, Scope, budgets, ledger, pots};
use crate::database::Store;
use crate::error::StoreError;
use crate::row::Row;
use crate::tx::Tx;
use crate::value::args;

/// What a counter holds at most, where no limit is set: so none can overflow.
const NO_LIMIT: MicroUsd = MicroUsd(i64::MAX);

/// What an attempt may cost at most, before it is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reservation {
    pub attempt: Uuid,
    /// The same for all attempts of one call.
    pub call: Uuid,
    pub carousel: Option<CarouselId>,
    pub period: Period,
    pub purpose: String,
    /// Of the carousel, as its forecast is asked for.
    pub mode: Option<String>,
    pub tier: Option<String>,
    pub model: String,
    /// 0 or more.
    pub worst: MicroUsd,
    pub at: OffsetDateTime,
}

/// Whether an attempt may be made.
#[must_use]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reserved {
    Granted,
    /// Nothing was reserved.
    Refused(OverLimit),
}

/// The limit that an attempt could pass; of several the one with the least left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OverLimit {
    pub scope: Scope,
    pub limit: MicroUsd,
    /// What is neither spent nor reserved of it.
    pub left: MicroUsd,
}

/// Takes the worst case of an attempt out of what is left of the carousel, the day and the month: out of all or
/// none. What costs nothing is never refused.
///
/// # Errors
/// `Conflict::Exists` where the attempt is reserved already, `Invalid` where its worst case is below zero: drop
/// the transaction.
pub async fn reserve(tx: &mut Tx, reservation: &Reservation) -> Result<Reserved, StoreError> {
    note(tx, reservation).await?;
    let limits = budgets::get(tx).await?;
    let worst = reservation.worst;
    let mut taken = vec![];
    for (scope, key) in pots(reservation.carousel, &reservation.period) {
        if take(tx, scope, &key, worst, limits.limit(scope).unwrap_or(NO_LIMIT)).await? {
            taken.push((scope, key));
            continue;
        }
        forget(tx, reservation.attempt).await?;
        for (scope, key) in taken {
            book(tx, scope, &key, MicroUsd::ZERO, worst).await?;
        }
        return tightest(tx, reservation).await.map(Reserved::Refused);
    }
    Ok(Reserved::Granted)
}

/// Puts a row into the ledger, and its cost in the place of what was reserved for it. An attempt that was settled
/// before changes nothing and gives `false`; one that was never reserved counts all the same.
///
/// A row counts in the day and month of its reservation, where it has one.
///
/// # Errors
/// `Invalid` where the cost is below zero: drop the transaction.
pub async fn settle(tx: &mut Tx, entry: &Entry) -> Result<bool, StoreError> {
    let held = forget(tx, entry.attempt).await?;
    let period = held.as_ref().map_or(&entry.period, |held| &held.period);
    let is_new = ledger::insert(tx, entry, period).await?;
    let spent = if is_new { entry.cost } else { MicroUsd::ZERO };
    let (carousel, reserved) =
        held.as_ref().map_or((entry.carousel, MicroUsd::ZERO), |held| (held.carousel, held.worst));
    for (scope, key) in pots(carousel, period) {
        book(tx, scope, &key, spent, reserved).await?;
    }
    Ok(is_new)
}

/// Gives a reservation back, where nothing was sent; `false` where there is none.
///
/// # Errors
/// Where it can't be written.
pub async fn release(tx: &mut Tx, attempt: Uuid) -> Result<bool, StoreError> {
    let Some(held) = forget(tx, attempt).await? else { return Ok(false) };
    for (scope, key) in pots(held.carousel, &held.period) {
        book(tx, scope, &key, MicroUsd::ZERO, held.worst).await?;
    }
    Ok(true)
}

/// What any workspace has reserved before a time and neither settled nor released, the oldest first: what died with
/// its process, where no attempt takes that long.
///
/// # Errors
/// Where it can't be read.
pub async fn open_reservations(
    store: &Store,
    before: OffsetDateTime,
    limit: u32,
) -> Result<Vec<(WorkspaceId, Reservation)>, StoreError> {
    let mut tx = store.read_for_all().await?;
    let rows = tx
        .all(
            "SELECT * FROM reservations WHERE reserved_at < $1 ORDER BY reserved_at, workspace_id, attempt LIMIT $2",
            args![before, limit],
        )
        .await?;
    rows.iter().map(|row| Ok((row.parsed("workspace_id")?, from_row(row)?))).collect()
}

async fn note(tx: &mut Tx, reservation: &Reservation) -> Result<(), StoreError> {
    tx.run(
        "INSERT INTO reservations
         (workspace_id, attempt, call_id, carousel_id, day, month, purpose, mode, tier, model, worst, reserved_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        args![
            tx.workspace(),
            reservation.attempt,
            reservation.call,
            reservation.carousel,
            &reservation.period.day,
            &reservation.period.month,
            &reservation.purpose,
            reservation.mode.as_deref(),
            reservation.tier.as_deref(),
            &reservation.model,
            reservation.worst,
            reservation.at,
        ],
    )
    .await?;
    Ok(())
}

/// Takes a reservation away, but not out of the counters yet.
async fn forget(tx: &mut Tx, attempt: Uuid) -> Result<Option<Reservation>, StoreError> {
    let row = tx
        .first(
            "DELETE FROM reservations WHERE workspace_id = $1 AND attempt = $2 RETURNING *",
            args![tx.workspace(), attempt],
        )
        .await?;
    row.as_ref().map(from_row).transpose()
}

/// Adds to a counter, if the sum stays within the limit: compared and added in one statement, on the row as the last
/// transaction left it. Where it refuses, PostgreSQL has locked the row all the same, so what is read of it after
/// that stays true.
async fn take(
    tx: &mut Tx,
    scope: Scope,
    key: &str,
    amount: MicroUsd,
    limit: MicroUsd,
) -> Result<bool, StoreError> {
    let changed = tx
        .run(
            "INSERT INTO spending (workspace_id, scope, key, spent, reserved)
             SELECT $1, $2, $3, 0, $4 WHERE $4 <= $5
             ON CONFLICT (workspace_id, scope, key) DO UPDATE SET reserved = spending.reserved + excluded.reserved
             WHERE excluded.reserved = 0 OR excluded.reserved <= $5 - spending.spent - spending.reserved",
            args![tx.workspace(), scope.name(), key, amount, limit],
        )
        .await?;
    Ok(changed == 1)
}

/// Puts what was spent in the place of what was reserved.
async fn book(
    tx: &mut Tx,
    scope: Scope,
    key: &str,
    spent: MicroUsd,
    reserved: MicroUsd,
) -> Result<(), StoreError> {
    tx.run(
        "INSERT INTO spending (workspace_id, scope, key, spent, reserved) VALUES ($1, $2, $3, $4, 0)
         ON CONFLICT (workspace_id, scope, key) DO UPDATE SET
             spent = spending.spent + excluded.spent, reserved = spending.reserved - $5",
        args![tx.workspace(), scope.name(), key, spent, reserved],
    )
    .await?;
    Ok(())
}

async fn tightest(tx: &mut Tx, reservation: &Reservation) -> Result<OverLimit, StoreError> {
    let standings = budgets::standings(tx, reservation.carousel, &reservation.period).await?;
    let over = standings.into_iter().map(|standing| OverLimit {
        scope: standing.scope,
        limit: standing.limit.unwrap_or(NO_LIMIT),
        left: standing.left().unwrap_or(MicroUsd(NO_LIMIT.0 - standing.taken().0)),
    });
    over.min_by_key(|over| over.left).ok_or(StoreError::Busy)
}

fn from_row(row: &Row) -> Result<Reservation, StoreError> {
    Ok(Reservation {
        attempt: row.parsed("attempt")?,
        call: row.parsed("call_id")?,
        carousel: row.parsed_option("carousel_id")?,
        period: Period { day: row.get("day")?, month: row.get("month")? },
        purpose: row.get("purpose")?,
        mode: row.get("mode")?,
        tier: row.get("tier")?,
        model: row.get("model")?,
        worst: row.money("worst")?,
        at: row.time("reserved_at")?,
    })
}
