//! The queue: plain data under a stable name, queued on the transaction that caused it.
//!
//! A worker claims a job for the length of a lease, renews it at about a third of
//! that, and writes the outcome under the lease's number: a worker that was taken
//! for dead can't write any more. So a job may run twice and has to bear that.

mod backoff;
pub mod cron;
mod lease;
mod list;

pub use backoff::backoff;
pub use lease::{AfterFailure, ClaimFilter, Lease, Retry, claim, complete, fail, heartbeat, release, retry};
pub use list::{dead, forget_done, list, next_due, orphans, revive};

use domain::{CarouselId, JobId, WorkspaceId};
use time::OffsetDateTime;

use crate::error::StoreError;
use crate::row::Row;
use crate::tx::Tx;
use crate::value::{args, json};

domain::named_enum! {
    /// How far a job is.
    pub enum JobState ("state of a job") {
        Queued = "queued",
        Running = "running",
        Done = "done",
        /// Failed for good, or too often; kept until somebody revives it.
        Dead = "dead",
    }
}

/// A piece of work to be queued.
#[derive(Clone, Debug, PartialEq)]
pub struct NewJob {
    pub id: JobId,
    /// The line that it stands in: one for each slow outside service.
    pub lane: String,
    /// What is to be done; stays the same over versions, since old jobs bear it.
    pub name: String,
    /// Ids rather than objects: what they name is read afresh when the job runs.
    pub payload: serde_json::Value,
    pub carousel: Option<CarouselId>,
    /// A workspace never has two jobs of one key, not even after the first is done.
    pub dedupe_key: Option<String>,
    pub run_at: OffsetDateTime,
    /// 1 or more.
    pub max_attempts: u32,
}

/// A queued piece of work.
#[derive(Clone, Debug, PartialEq)]
pub struct Job {
    pub id: JobId,
    pub workspace: WorkspaceId,
    pub lane: String,
    pub name: String,
    pub payload: serde_json::Value,
    pub carousel: Option<CarouselId>,
    pub state: JobState,
    pub run_at: OffsetDateTime,
    /// How often it was begun; while it runs, the present attempt counts.
    pub attempts: u32,
    pub max_attempts: u32,
    pub last_error: Option<String>,
}

/// Queues a job on the caller's transaction. `false` where its dedupe key was used already.
///
/// # Errors
/// `Conflict` where the id is taken; `Invalid` where the carousel is not in this workspace.
pub async fn enqueue(tx: &mut Tx, job: &NewJob) -> Result<bool, StoreError> {
    let queued = tx
        .run(
            "INSERT INTO jobs (workspace_id, id, lane, name, payload, carousel_id, dedupe_key, state, run_at,
                               attempts, max_attempts, lease)
             VALUES ($1, $2, $3, $4, $5, $6, $7, 'queued', $8, 0, $9, 0)
             ON CONFLICT (workspace_id, dedupe_key) DO NOTHING",
            args![
                tx.workspace(),
                job.id,
                &job.lane,
                &job.name,
                json(&job.payload)?,
                job.carousel,
                job.dedupe_key.as_deref(),
                job.run_at,
                job.max_attempts,
            ],
        )
        .await?;
    Ok(queued == 1)
}

fn from_row(row: &Row) -> Result<Job, StoreError> {
    Ok(Job {
        id: row.parsed("id")?,
        workspace: row.parsed("workspace_id")?,
        lane: row.get("lane")?,
        name: row.get("name")?,
        payload: row.json("payload")?,
        carousel: row.parsed_option("carousel_id")?,
        state: row.parsed("state")?,
        run_at: row.time("run_at")?,
        attempts: row.count("attempts")?,
        max_attempts: row.count("max_attempts")?,
        last_error: row.get("last_error")?,
    })
}
