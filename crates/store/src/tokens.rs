//! Keys for programs that call the API, by the SHA-256 of their secret.

use domain::{MemberId, MemberRole, TokenId, WorkspaceId};
use time::OffsetDateTime;

use crate::error::{StoreError, found};
use crate::row::Row;
use crate::tx::Tx;
use crate::value::args;

/// A key, without its secret: that is shown once and not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    pub id: TokenId,
    /// What it is for, in its maker's words.
    pub name: String,
    /// The most that it may do; never more than its member may.
    pub scope: MemberRole,
    pub member: MemberId,
    pub created_at: OffsetDateTime,
    /// To the minute.
    pub last_used_at: Option<OffsetDateTime>,
}

/// A key that was shown, with whom it acts for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    pub token: Token,
    pub workspace: WorkspaceId,
    /// The member's role now.
    pub role: MemberRole,
}

/// Keeps a new key.
///
/// # Errors
/// `Conflict::Exists` where the id or the digest is taken.
pub async fn insert(tx: &mut Tx, digest: &str, token: &Token) -> Result<(), StoreError> {
    tx.run(
        "INSERT INTO tokens (workspace_id, id, digest, name, scope, member_id, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        args![tx.workspace(), token.id, digest, &token.name, token.scope, token.member, token.created_at],
    )
    .await?;
    Ok(())
}

/// The keys that were not revoked, the newest first: one member's, or without one all.
///
/// # Errors
/// Where they can't be read.
pub async fn list(tx: &mut Tx, member: Option<MemberId>) -> Result<Vec<Token>, StoreError> {
    let rows = tx
        .all(
            "SELECT id, name, scope, member_id, created_at, last_used_at FROM tokens
             WHERE workspace_id = $1 AND ($2 IS NULL OR member_id = $2) AND revoked_at IS NULL
             ORDER BY created_at DESC, id DESC",
            args![tx.workspace(), member],
        )
        .await?;
    rows.iter().map(from_row).collect()
}

/// The key of a secret, where neither it was revoked nor its member removed; then `tx` is in
/// its workspace.
///
/// # Errors
/// Where it can't be read.
pub async fn open(tx: &mut Tx, digest: &str) -> Result<Option<Shown>, StoreError> {
    let row = tx
        .first(
            "SELECT tokens.workspace_id, tokens.id, tokens.name, scope, member_id, tokens.created_at,
               last_used_at, role
             FROM tokens JOIN members ON members.workspace_id = tokens.workspace_id AND members.id = member_id
             WHERE digest = $1 AND revoked_at IS NULL AND removed_at IS NULL",
            args![digest],
        )
        .await?;
    let Some(row) = row else { return Ok(None) };
    let shown =
        Shown { token: from_row(&row)?, workspace: row.parsed("workspace_id")?, role: row.parsed("role")? };
    tx.enter(shown.workspace).await?;
    Ok(Some(shown))
}

/// Notes that a key was used.
///
/// # Errors
/// Where it can't be written.
pub async fn used(tx: &mut Tx, id: TokenId, now: OffsetDateTime) -> Result<(), StoreError> {
    tx.run(
        "UPDATE tokens SET last_used_at = $3 WHERE workspace_id = $1 AND id = $2",
        args![tx.workspace(), id, now],
    )
    .await?;
    Ok(())
}

/// Revokes a key: one of this member's, or without one any.
///
/// # Errors
/// `NotFound` where there is no such key that still counts.
pub async fn revoke(
    tx: &mut Tx,
    id: TokenId,
    member: Option<MemberId>,
    now: OffsetDateTime,
) -> Result<(), StoreError> {
    let changed = tx
        .run(
            "UPDATE tokens SET revoked_at = $4
             WHERE workspace_id = $1 AND id = $2 AND ($3 IS NULL OR member_id = $3) AND revoked_at IS NULL",
            args![tx.workspace(), id, member, now],
        )
        .await?;
    found(changed, "token", id)
}

/// Revokes all keys of a member.
///
/// # Errors
/// Where it can't be written.
pub async fn revoke_of_member(tx: &mut Tx, member: MemberId, now: OffsetDateTime) -> Result<(), StoreError> {
    tx.run(
        "UPDATE tokens SET revoked_at = $3 WHERE workspace_id = $1 AND member_id = $2 AND revoked_at IS NULL",
        args![tx.workspace(), member, now],
    )
    .await?;
    Ok(())
}

fn from_row(row: &Row) -> Result<Token, StoreError> {
    Ok(Token {
        id: row.parsed("id")?,
        name: row.get("name")?,
        scope: row.parsed("scope")?,
        member: row.parsed("member_id")?,
        created_at: row.time("created_at")?,
        last_used_at: row.time_option("last_used_at")?,
    })
}
