//! What only PostgreSQL says.

pub(crate) const BEGIN_WRITE: &str = "BEGIN";

/// One view of the data for the whole transaction, as SQLite gives it.
pub(crate) const BEGIN_READ: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

/// For the policies of row-level security; ends with the transaction.
pub(crate) const SET_WORKSPACE: &str = "SELECT set_config('app.workspace_id', $1, true)";

/// Any number does that nobody else takes; ends with the transaction.
pub(crate) const LOCK_MIGRATIONS: &str = "SELECT pg_advisory_xact_lock(7305424107)";

/// As SQLite's; rows that another worker is just taking are passed over.
pub(crate) const CLAIM: &str = "
    UPDATE jobs SET state = 'running', attempts = attempts + 1, lease = lease + 1, worker = $4, lease_until = $5
     WHERE (workspace_id, id) = (
         SELECT workspace_id, id FROM jobs
         WHERE ((state = 'queued' AND run_at <= $1) OR (state = 'running' AND lease_until <= $1))
           AND ($2 IS NULL OR lane = $2) AND ($3 IS NULL OR carousel_id = $3)
         ORDER BY run_at, seq LIMIT 1 FOR UPDATE SKIP LOCKED
     ) RETURNING *";
