//! Invitations to become a member, by the SHA-256 of the secret in their link.

use domain::{InvitationId, MemberId, MemberRole};
use time::OffsetDateTime;

use crate::error::{StoreError, found};
use crate::row::Row;
use crate::tx::Tx;
use crate::value::args;

/// An invitation, open or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    pub id: InvitationId,
    /// Whom it is for, in the inviter's words.
    pub name: String,
    pub role: MemberRole,
    pub invited_by: MemberId,
    pub created_at: OffsetDateTime,
    pub expires_at: OffsetDateTime,
    pub accepted_at: Option<OffsetDateTime>,
    pub revoked_at: Option<OffsetDateTime>,
}

/// An invitation with what the invited person sees of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub invitation: Invitation,
    pub inviter: String,
    pub workspace_name: String,
}

/// Keeps a new invitation.
///
/// # Errors
/// `Conflict::Exists` where the id or the digest is taken.
pub async fn insert(tx: &mut Tx, digest: &str, invitation: &Invitation) -> Result<(), StoreError> {
    tx.run(
        "INSERT INTO invitations (workspace_id, id, digest, name, role, invited_by, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        args![
            tx.workspace(),
            invitation.id,
            digest,
            &invitation.name,
            invitation.role,
            invitation.invited_by,
            invitation.created_at,
            invitation.expires_at,
        ],
    )
    .await?;
    Ok(())
}

/// The invitations that can still be accepted, the newest first.
///
/// # Errors
/// Where they can't be read.
pub async fn list_open(tx: &mut Tx, now: OffsetDateTime) -> Result<Vec<Invitation>, StoreError> {
    let rows = tx
        .all(
            "SELECT id, name, role, invited_by, created_at, expires_at, accepted_at, revoked_at FROM invitations
             WHERE workspace_id = $1 AND accepted_at IS NULL AND revoked_at IS NULL AND expires_at > $2
             ORDER BY created_at DESC, id DESC",
            args![tx.workspace(), now],
        )
        .await?;
    rows.iter().map(from_row).collect()
}

/// The invitation of a secret, open or not; then `tx` is in its workspace.
///
/// # Errors
/// Where it can't be read.
pub async fn find(tx: &mut Tx, digest: &str) -> Result<Option<Found>, StoreError> {
    let row = tx
        .first(
            "SELECT invitations.workspace_id, invitations.id, invitations.name, invitations.role, invited_by,
               invitations.created_at, expires_at, accepted_at, revoked_at, members.name AS inviter,
               workspaces.name AS workspace_name
             FROM invitations
             JOIN members ON members.workspace_id = invitations.workspace_id AND members.id = invited_by
             JOIN workspaces ON workspaces.id = invitations.workspace_id
             WHERE digest = $1",
            args![digest],
        )
        .await?;
    let Some(row) = row else { return Ok(None) };
    tx.enter(row.parsed("workspace_id")?).await?;
    Ok(Some(Found {
        invitation: from_row(&row)?,
        inviter: row.get("inviter")?,
        workspace_name: row.get("workspace_name")?,
    }))
}

/// Accepts an invitation; `false` where it was accepted or revoked before.
///
/// # Errors
/// Where it can't be written.
pub async fn accept(tx: &mut Tx, id: InvitationId, now: OffsetDateTime) -> Result<bool, StoreError> {
    let changed = tx
        .run(
            "UPDATE invitations SET accepted_at = $3
             WHERE workspace_id = $1 AND id = $2 AND accepted_at IS NULL AND revoked_at IS NULL",
            args![tx.workspace(), id, now],
        )
        .await?;
    Ok(changed == 1)
}

/// Takes an open invitation back.
///
/// # Errors
/// `NotFound` where there is no such open invitation.
pub async fn revoke(tx: &mut Tx, id: InvitationId, now: OffsetDateTime) -> Result<(), StoreError> {
    let changed = tx
        .run(
            "UPDATE invitations SET revoked_at = $3
             WHERE workspace_id = $1 AND id = $2 AND accepted_at IS NULL AND revoked_at IS NULL",
            args![tx.workspace(), id, now],
        )
        .await?;
    found(changed, "invitation", id)
}

fn from_row(row: &Row) -> Result<Invitation, StoreError> {
    Ok(Invitation {
        id: row.parsed("id")?,
        name: row.get("name")?,
        role: row.parsed("role")?,
        invited_by: row.parsed("invited_by")?,
        created_at: row.time("created_at")?,
        expires_at: row.time("expires_at")?,
        accepted_at: row.time_option("accepted_at")?,
        revoked_at: row.time_option("revoked_at")?,
    })
}
