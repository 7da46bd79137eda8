//! Looking at the queue, and mending it by hand.

use domain::{CarouselId, JobId, WorkspaceId};
use time::OffsetDateTime;

use super::{ClaimFilter, Job, JobState, from_row};
use crate::database::Store;
use crate::error::{StoreError, found};
use crate::tx::Tx;
use crate::value::args;

/// The workspace's jobs in one state, in the order in which they were queued.
///
/// # Errors
/// Where they can't be read.
pub async fn list(tx: &mut Tx, state: JobState, limit: u32) -> Result<Vec<Job>, StoreError> {
    let rows = tx
        .all(
            "SELECT * FROM jobs WHERE workspace_id = $1 AND state = $2 ORDER BY seq LIMIT $3",
            args![tx.workspace(), state.name(), limit],
        )
        .await?;
    rows.iter().map(from_row).collect()
}

/// The workspace's jobs that were given up, with their last error.
///
/// # Errors
/// Where they can't be read.
pub async fn dead(tx: &mut Tx, limit: u32) -> Result<Vec<Job>, StoreError> {
    list(tx, JobState::Dead, limit).await
}

/// Queues a dead job again, with all its attempts.
///
/// # Errors
/// `NotFound` where there is no such dead job.
pub async fn revive(tx: &mut Tx, id: JobId, now: OffsetDateTime) -> Result<(), StoreError> {
    let changed = tx
        .run(
            "UPDATE jobs SET state = 'queued', attempts = 0, run_at = $3, finished_at = NULL
             WHERE workspace_id = $1 AND id = $2 AND state = 'dead'",
            args![tx.workspace(), id, now],
        )
        .await?;
    found(changed, "dead job", id)
}

/// Forgets the jobs that were done before a time, and with them their dedupe keys. Gives their number.
///
/// # Errors
/// Where it can't be written.
pub async fn forget_done(tx: &mut Tx, before: OffsetDateTime) -> Result<u64, StoreError> {
    tx.run(
        "DELETE FROM jobs WHERE workspace_id = $1 AND state = 'done' AND finished_at < $2",
        args![tx.workspace(), before],
    )
    .await
}

/// When the next job can be claimed, of any workspace: until then a worker may sleep, if
/// nothing is queued meanwhile. In the past where one is due; `None` where none is left.
///
/// # Errors
/// Where the queue can't be read.
pub async fn next_due(store: &Store, filter: ClaimFilter<'_>) -> Result<Option<OffsetDateTime>, StoreError> {
    let mut tx = store.read_for_all().await?;
    let row = tx
        .first(
            "SELECT MIN(CASE state WHEN 'queued' THEN run_at ELSE lease_until END) AS due FROM jobs
             WHERE state IN ('queued', 'running')
               AND ($1 IS NULL OR lane = $1) AND ($2 IS NULL OR carousel_id = $2)",
            args![filter.lane, filter.carousel],
        )
        .await?;
    row.map_or(Ok(None), |row| row.time_option("due"))
}

/// The carousels, of any workspace, that are being written by no job: theirs was given up
/// without a word. At most a hundred.
///
/// # Errors
/// Where they can't be read.
pub async fn orphans(store: &Store) -> Result<Vec<(WorkspaceId, CarouselId)>, StoreError> {
    let mut tx = store.read_for_all().await?;
    let rows = tx
        .all(
            "SELECT workspace_id, id FROM carousels
             WHERE state = 'generating' AND NOT EXISTS (
                 SELECT 1 FROM jobs WHERE jobs.workspace_id = carousels.workspace_id
                   AND jobs.carousel_id = carousels.id AND jobs.state IN ('queued', 'running'))
             LIMIT 100",
            args![],
        )
        .await?;
    rows.iter().map(|row| Ok((row.parsed("workspace_id")?, row.parsed("id")?))).collect()
}
