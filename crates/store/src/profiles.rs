//! Business profiles: who speaks, to whom, in which voice and colours.

use domain::{Profile, ProfileId};
use time::OffsetDateTime;

use crate::error::{Conflict, StoreError};
use crate::row::Row;
use crate::tx::Tx;
use crate::value::{args, json};

/// Keeps a new profile.
///
/// # Errors
/// `Conflict` where the id is taken.
pub async fn insert(tx: &mut Tx, profile: &Profile, now: OffsetDateTime) -> Result<(), StoreError> {
    tx.run(
        "INSERT INTO profiles (workspace_id, id, fields, created_at, updated_at) VALUES ($1, $2, $3, $4, $4)",
        args![tx.workspace(), profile.id, json(&profile.fields)?, now],
    )
    .await?;
    Ok(())
}

/// Replaces a profile's fields, if it is still as the caller read it: of two changes at once,
/// one is refused.
///
/// # Errors
/// `Conflict::Changed` where somebody changed it since; `NotFound`.
pub async fn update(
    tx: &mut Tx,
    profile: &Profile,
    read_at: OffsetDateTime,
    now: OffsetDateTime,
) -> Result<(), StoreError> {
    let changed = tx
        .run(
            "UPDATE profiles SET fields = $3, updated_at = $4
             WHERE workspace_id = $1 AND id = $2 AND updated_at = $5",
            args![tx.workspace(), profile.id, json(&profile.fields)?, now, read_at],
        )
        .await?;
    if changed == 1 {
        return Ok(());
    }
    get(tx, profile.id).await?;
    Err(Conflict::Changed.into())
}

/// One profile.
///
/// # Errors
/// `NotFound` where there is no such profile.
pub async fn get(tx: &mut Tx, id: ProfileId) -> Result<Profile, StoreError> {
    tx.first("SELECT id, fields FROM profiles WHERE workspace_id = $1 AND id = $2", args![tx.workspace(), id])
        .await?
        .map(from_row)
        .unwrap_or_else(|| Err(StoreError::not_found("profile", id)))
}

/// When a profile was changed last.
///
/// # Errors
/// `NotFound` where there is no such profile.
pub async fn updated_at(tx: &mut Tx, id: ProfileId) -> Result<OffsetDateTime, StoreError> {
    tx.first("SELECT updated_at FROM profiles WHERE workspace_id = $1 AND id = $2", args![tx.workspace(), id])
        .await?
        .map(|row| row.time("updated_at"))
        .unwrap_or_else(|| Err(StoreError::not_found("profile", id)))
}

/// All profiles of the workspace, oldest first.
///
/// # Errors
/// Where they can't be read.
pub async fn list(tx: &mut Tx) -> Result<Vec<Profile>, StoreError> {
    let rows = tx
        .all(
            "SELECT id, fields FROM profiles WHERE workspace_id = $1 ORDER BY created_at, id",
            args![tx.workspace()],
        )
        .await?;
    rows.into_iter().map(from_row).collect()
}

fn from_row(row: Row) -> Result<Profile, StoreError> {
    Ok(Profile { id: row.parsed("id")?, fields: row.json("fields")? })
}
