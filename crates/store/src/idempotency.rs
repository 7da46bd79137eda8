//! Answers that are kept for a day, so that a repeated request gets the first one's.

use domain::MemberId;
use time::{Duration, OffsetDateTime};

use crate::error::StoreError;
use crate::tx::Tx;
use crate::value::args;

/// How long an answer is kept.
const KEPT: Duration = Duration::hours(24);

/// No request runs longer: one that was not answered by then died with its process.
const LONGEST: Duration = Duration::minutes(10);

/// How a request with a key stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Begun {
    /// It is the first with this key, and has to be finished or forgotten.
    New,
    /// The first one with this key still runs.
    Running,
    /// The first one with this key never ended: nobody knows how far it came.
    CutOff,
    /// It was answered before, with this HTTP status and body.
    Done { status: u16, body: String },
    /// The key was used for another request.
    OtherRequest,
}

/// Begins a request with a member's key; `digest` is the SHA-256 of what it asks.
///
/// # Errors
/// Where it can't be written.
pub async fn begin(
    tx: &mut Tx,
    member: MemberId,
    key: &str,
    digest: &str,
    now: OffsetDateTime,
) -> Result<Begun, StoreError> {
    tx.run("DELETE FROM idempotency WHERE created_at <= $1", args![now - KEPT]).await?;
    let made = tx
        .run(
            "INSERT INTO idempotency (workspace_id, member_id, key, digest, created_at)
             VALUES ($1, $2, $3, $4, $5) ON CONFLICT (workspace_id, member_id, key) DO NOTHING",
            args![tx.workspace(), member, key, digest, now],
        )
        .await?;
    if made == 1 {
        return Ok(Begun::New);
    }
    let row = tx
        .first(
            "SELECT digest, status, body, created_at FROM idempotency
             WHERE workspace_id = $1 AND member_id = $2 AND key = $3",
            args![tx.workspace(), member, key],
        )
        .await?;
    // Forgotten between the two statements: the caller tries again.
    let row = row.ok_or(StoreError::Busy)?;
    if row.get::<String>("digest")? != digest {
        return Ok(Begun::OtherRequest);
    }
    let (status, body): (Option<i64>, Option<String>) = (row.get("status")?, row.get("body")?);
    Ok(match (status.and_then(|status| u16::try_from(status).ok()), body) {
        (Some(status), Some(body)) => Begun::Done { status, body },
        _ if row.time("created_at")? <= now - LONGEST => Begun::CutOff,
        _ => Begun::Running,
    })
}

/// Keeps the answer of a request that was begun.
///
/// # Errors
/// Where it can't be written.
pub async fn finish(
    tx: &mut Tx,
    member: MemberId,
    key: &str,
    status: u16,
    body: &str,
) -> Result<(), StoreError> {
    tx.run(
        "UPDATE idempotency SET status = $4, body = $5
         WHERE workspace_id = $1 AND member_id = $2 AND key = $3",
        args![tx.workspace(), member, key, u32::from(status), body],
    )
    .await?;
    Ok(())
}

/// Forgets a request that failed, so that it may be tried again with the same key.
///
/// # Errors
/// Where it can't be written.
pub async fn forget(tx: &mut Tx, member: MemberId, key: &str) -> Result<(), StoreError> {
    tx.run(
        "DELETE FROM idempotency WHERE workspace_id = $1 AND member_id = $2 AND key = $3",
        args![tx.workspace(), member, key],
    )
    .await?;
    Ok(())
}
