//! Work that comes back by the calendar.
//!
//! Each tick queues one job under the dedupe key `name:tick`, so that several
//! processes may watch the same calendar. Ticks that passed while no process ran
//! are made up for once, not once each.

use std::str::FromStr;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use croner::Cron;
use domain::{JobId, WorkspaceId};
use time::OffsetDateTime;

use super::{NewJob, enqueue};
use crate::database::Store;
use crate::error::{StoreError, found};
use crate::row::Row;
use crate::tx::Tx;
use crate::value::{args, json, micros};

/// What comes back, and when.
#[derive(Clone, Debug, PartialEq)]
pub struct Schedule {
    /// One of a kind in its workspace.
    pub name: String,
    /// Five fields: minute, hour, day of month, month, day of week. `0 7 * * MON-FRI`.
    pub expression: String,
    /// Of the IANA database: `Europe/Berlin`, `UTC`.
    pub time_zone: String,
    pub lane: String,
    /// The name of the jobs that are queued.
    pub job: String,
    pub payload: serde_json::Value,
    pub max_attempts: u32,
}

/// Puts something on the calendar, in place of what had its name. Gives its first tick after `now`.
///
/// # Errors
/// `Invalid` where the expression or the time zone can't be read, or the time never comes.
pub async fn schedule(
    tx: &mut Tx,
    schedule: &Schedule,
    now: OffsetDateTime,
) -> Result<OffsetDateTime, StoreError> {
    let next = next_tick(&schedule.expression, &schedule.time_zone, now)?;
    tx.run(
        "INSERT INTO schedules
         (workspace_id, name, expression, time_zone, lane, job, payload, max_attempts, next_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         ON CONFLICT (workspace_id, name) DO UPDATE SET
             expression = excluded.expression, time_zone = excluded.time_zone, lane = excluded.lane,
             job = excluded.job, payload = excluded.payload, max_attempts = excluded.max_attempts,
             next_at = excluded.next_at",
        args![
            tx.workspace(),
            &schedule.name,
            &schedule.expression,
            &schedule.time_zone,
            &schedule.lane,
            &schedule.job,
            json(&schedule.payload)?,
            schedule.max_attempts,
            next,
        ],
    )
    .await?;
    Ok(next)
}

/// Takes something off the calendar; what is queued already stays.
///
/// # Errors
/// `NotFound` where nothing has this name.
pub async fn unschedule(tx: &mut Tx, name: &str) -> Result<(), StoreError> {
    let gone = tx
        .run("DELETE FROM schedules WHERE workspace_id = $1 AND name = $2", args![tx.workspace(), name])
        .await?;
    found(gone, "schedule", name)
}

/// When the next tick of any workspace is; in the past where one is due.
///
/// # Errors
/// Where the calendar can't be read.
pub async fn next_due(store: &Store) -> Result<Option<OffsetDateTime>, StoreError> {
    let mut tx = store.read_for_all().await?;
    let row = tx.first("SELECT MIN(next_at) AS due FROM schedules", args![]).await?;
    row.map_or(Ok(None), |row| row.time_option("due"))
}

/// Queues the job of every tick that is due, in every workspace. Gives how many were queued.
///
/// # Errors
/// Where the calendar can't be read, or a job not be queued; then none is.
pub async fn tick(
    store: &Store,
    now: OffsetDateTime,
    mut new_id: impl FnMut() -> JobId,
) -> Result<usize, StoreError> {
    let mut tx = store.write_for_all().await?;
    let due = tx
        .all(
            "SELECT workspace_id, name, expression, time_zone, lane, job, payload, max_attempts, next_at
             FROM schedules WHERE next_at <= $1 ORDER BY next_at, workspace_id, name",
            args![now],
        )
        .await?;
    let mut queued = 0;
    for row in due {
        let workspace: WorkspaceId = row.parsed("workspace_id")?;
        tx.enter(workspace).await?;
        queued += usize::from(tick_one(&mut tx, &row, now, new_id()).await?);
    }
    tx.commit().await?;
    Ok(queued)
}

async fn tick_one(tx: &mut Tx, row: &Row, now: OffsetDateTime, id: JobId) -> Result<bool, StoreError> {
    let name: String = row.get("name")?;
    let tick = row.time("next_at")?;
    let job = NewJob {
        id,
        lane: row.get("lane")?,
        name: row.get("job")?,
        payload: row.json("payload")?,
        carousel: None,
        dedupe_key: Some(format!("{name}:{}", micros(tick))),
        run_at: tick,
        max_attempts: row.count("max_attempts")?,
    };
    let queued = enqueue(tx, &job).await?;
    let next = next_tick(&row.get::<String>("expression")?, &row.get::<String>("time_zone")?, now)?;
    tx.run(
        "UPDATE schedules SET next_at = $4 WHERE workspace_id = $1 AND name = $2 AND next_at = $3",
        args![tx.workspace(), name, tick, next],
    )
    .await?;
    Ok(queued)
}

/// The first time after `now` that the expression names, by the clocks of that time zone.
fn next_tick(expression: &str, time_zone: &str, now: OffsetDateTime) -> Result<OffsetDateTime, StoreError> {
    let invalid = |what: &str, why: &dyn std::fmt::Display| {
        StoreError::Invalid(format!("`{what}` is not a schedule ({why}); write it like `0 7 * * MON-FRI`"))
    };
    let zone: Tz = time_zone.parse().map_err(|_| {
        StoreError::Invalid(format!("`{time_zone}` is not a time zone; write it like `Europe/Berlin`"))
    })?;
    let cron = Cron::from_str(expression).map_err(|error| invalid(expression, &error))?;
    let start = DateTime::<Utc>::from_timestamp(now.unix_timestamp(), 0)
        .ok_or_else(|| invalid(expression, &"the time is out of range"))?;
    let next = cron
        .find_next_occurrence(&start.with_timezone(&zone), false)
        .map_err(|error| invalid(expression, &error))?;
    OffsetDateTime::from_unix_timestamp(next.timestamp()).map_err(|error| invalid(expression, &error))
}
