//! What only SQLite says.

/// Takes the one write lock at the start, so that a transaction never fails half-way for want of it.
/// A power cut may take the last commits back; a killed process doesn't.
pub(crate) const BEGIN_WRITE: &str = "PRAGMA synchronous = NORMAL; BEGIN IMMEDIATE";

/// The same, but the commit waits for the disk.
pub(crate) const BEGIN_DURABLE: &str = "PRAGMA synchronous = FULL; BEGIN IMMEDIATE";

pub(crate) const BEGIN_READ: &str = "BEGIN";

/// `$1` now, `$2` lane, `$3` carousel, `$4` worker, `$5` end of the lease.
pub(crate) const CLAIM: &str = "
    UPDATE jobs SET state = 'running', attempts = attempts + 1, lease = lease + 1, worker = $4, lease_until = $5
     WHERE (workspace_id, id) = (
         SELECT workspace_id, id FROM jobs
         WHERE ((state = 'queued' AND run_at <= $1) OR (state = 'running' AND lease_until <= $1))
           AND ($2 IS NULL OR lane = $2) AND ($3 IS NULL OR carousel_id = $3)
         ORDER BY run_at, seq LIMIT 1
     ) RETURNING *";
