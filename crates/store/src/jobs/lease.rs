//! The life of a claimed job: claim, heartbeat, and how it ended.

use std::time::Duration;

use domain::{CarouselId, JobId};
use time::OffsetDateTime;

use super::{Job, backoff, from_row};
use crate::database::Store;
use crate::error::{Conflict, StoreError};
use crate::tx::Tx;
use crate::value::args;

/// Which jobs a worker takes; by default all.
#[derive(Clone, Copy, Debug, Default)]
pub struct ClaimFilter<'a> {
    pub lane: Option<&'a str>,
    pub carousel: Option<CarouselId>,
}

/// The right to write a job's outcome, until another worker is given it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lease {
    pub job: JobId,
    number: i64,
}

/// What a worker says of a job that failed but may succeed later.
#[derive(Clone, Copy, Debug)]
pub struct Retry<'a> {
    /// Why, for the person who looks at the job.
    pub error: &'a str,
    /// 0 to 1, see [`backoff()`].
    pub jitter: f64,
}

/// What became of a failed job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AfterFailure {
    TriedAgainAt(OffsetDateTime),
    /// It had its last attempt.
    Dead,
}

/// What is written of a job whose last worker was killed.
const STOPPED: &str = "its worker stopped in the middle, at its last attempt";

/// Takes the job that is due longest, of any workspace, for the length of a lease.
///
/// A job whose lease has ended is due again; one that had its last attempt is set aside as dead.
///
/// # Errors
/// Where the queue can't be read or written.
pub async fn claim(
    store: &Store,
    filter: ClaimFilter<'_>,
    worker: &str,
    now: OffsetDateTime,
    lease: Duration,
) -> Result<Option<(Job, Lease)>, StoreError> {
    let mut tx = store.write_for_all().await?;
    let claimed = loop {
        let values = args![now, filter.lane, filter.carousel, worker, now + lease];
        let Some(row) = tx.first(tx.dialect().claim(), values).await? else { break None };
        let job = from_row(&row)?;
        let lease = Lease { job: job.id, number: row.get("lease")? };
        if job.attempts <= job.max_attempts {
            break Some((job, lease));
        }
        tx.enter(job.workspace).await?;
        fail(&mut tx, &lease, STOPPED, now).await?;
    };
    tx.commit().await?;
    Ok(claimed)
}

/// Renews a lease.
///
/// # Errors
/// `Conflict::LeaseLost` where another worker has the job, or it is gone: stop working on it.
pub async fn heartbeat(tx: &mut Tx, lease: &Lease, until: OffsetDateTime) -> Result<(), StoreError> {
    let changed = tx
        .run(
            "UPDATE jobs SET lease_until = $4
             WHERE workspace_id = $1 AND id = $2 AND lease = $3 AND state = 'running'",
            args![tx.workspace(), lease.job, lease.number, until],
        )
        .await?;
    held(changed, lease)
}

/// Marks a job as done; on the transaction that keeps its result, so that both are kept or neither.
///
/// # Errors
/// `Conflict::LeaseLost` as for [`heartbeat`]: drop the transaction.
pub async fn complete(tx: &mut Tx, lease: &Lease, now: OffsetDateTime) -> Result<(), StoreError> {
    let changed = tx
        .run(
            "UPDATE jobs SET state = 'done', finished_at = $4, lease_until = NULL, last_error = NULL
             WHERE workspace_id = $1 AND id = $2 AND lease = $3 AND state = 'running'",
            args![tx.workspace(), lease.job, lease.number, now],
        )
        .await?;
    held(changed, lease)
}

/// Queues a failed job again after a growing wait, or sets it aside as dead after its last attempt.
///
/// # Errors
/// `Conflict::LeaseLost` as for [`heartbeat`].
pub async fn retry(
    tx: &mut Tx,
    lease: &Lease,
    retry: Retry<'_>,
    now: OffsetDateTime,
) -> Result<AfterFailure, StoreError> {
    let row = tx
        .first(
            "SELECT attempts, max_attempts FROM jobs
             WHERE workspace_id = $1 AND id = $2 AND lease = $3 AND state = 'running'",
            args![tx.workspace(), lease.job, lease.number],
        )
        .await?
        .ok_or(Conflict::LeaseLost(lease.job))?;
    let attempts = row.count("attempts")?;
    if attempts >= row.count("max_attempts")? {
        fail(tx, lease, retry.error, now).await?;
        return Ok(AfterFailure::Dead);
    }
    let run_at = now + backoff(attempts, retry.jitter);
    let changed = tx
        .run(
            "UPDATE jobs SET state = 'queued', run_at = $4, last_error = $5, lease_until = NULL
             WHERE workspace_id = $1 AND id = $2 AND lease = $3 AND state = 'running'",
            args![tx.workspace(), lease.job, lease.number, run_at, retry.error],
        )
        .await?;
    held(changed, lease).map(|()| AfterFailure::TriedAgainAt(run_at))
}

/// Sets a job aside as dead: trying again would not help.
///
/// # Errors
/// `Conflict::LeaseLost` as for [`heartbeat`].
pub async fn fail(tx: &mut Tx, lease: &Lease, error: &str, now: OffsetDateTime) -> Result<(), StoreError> {
    let changed = tx
        .run(
            "UPDATE jobs SET state = 'dead', finished_at = $4, last_error = $5, lease_until = NULL
             WHERE workspace_id = $1 AND id = $2 AND lease = $3 AND state = 'running'",
            args![tx.workspace(), lease.job, lease.number, now, error],
        )
        .await?;
    held(changed, lease)
}

/// Gives a job back unfinished, when the worker is asked to stop: it is due at once, and
/// the attempt doesn't count.
///
/// # Errors
/// `Conflict::LeaseLost` as for [`heartbeat`].
pub async fn release(tx: &mut Tx, lease: &Lease) -> Result<(), StoreError> {
    let changed = tx
        .run(
            "UPDATE jobs SET state = 'queued', attempts = attempts - 1, lease_until = NULL
             WHERE workspace_id = $1 AND id = $2 AND lease = $3 AND state = 'running'",
            args![tx.workspace(), lease.job, lease.number],
        )
        .await?;
    held(changed, lease)
}

fn held(changed: u64, lease: &Lease) -> Result<(), StoreError> {
    if changed == 1 { Ok(()) } else { Err(Conflict::LeaseLost(lease.job).into()) }
}
