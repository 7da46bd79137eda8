//! Sessions: who is signed in, by the SHA-256 of their cookie's secret.

use domain::{AccountId, Email, Language, MemberId, MemberRole, WorkspaceId, WorkspaceSettings};
use time::OffsetDateTime;

use crate::error::StoreError;
use crate::tx::Tx;
use crate::value::args;

/// One browser that is signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Session {
    pub account: AccountId,
    pub workspace: WorkspaceId,
    pub member: MemberId,
    pub created_at: OffsetDateTime,
    pub seen_at: OffsetDateTime,
    pub expires_at: OffsetDateTime,
}

/// A session with all that a page says of who is signed in.
#[derive(Clone, Debug, PartialEq)]
pub struct Opened {
    pub session: Session,
    pub name: String,
    pub role: MemberRole,
    pub email: Option<Email>,
    pub language: Option<Language>,
    pub workspace_name: String,
    pub settings: WorkspaceSettings,
}

/// Keeps a new session; `digest` is the SHA-256 of its secret, in hexadecimal. Then `tx` is in
/// its workspace.
///
/// # Errors
/// `Invalid` where the account or the member is not there.
pub async fn insert(tx: &mut Tx, digest: &str, session: &Session) -> Result<(), StoreError> {
    tx.run(
        "INSERT INTO sessions (digest, account_id, workspace_id, member_id, created_at, seen_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        args![
            digest,
            session.account,
            session.workspace,
            session.member,
            session.created_at,
            session.seen_at,
            session.expires_at,
        ],
    )
    .await?;
    tx.enter(session.workspace).await
}

/// The session of a secret, where it has not ended; then `tx` is in its workspace.
///
/// # Errors
/// Where it can't be read.
pub async fn open(tx: &mut Tx, digest: &str, now: OffsetDateTime) -> Result<Option<Opened>, StoreError> {
    let row = tx
        .first(
            "SELECT sessions.account_id, sessions.workspace_id, member_id, sessions.created_at,
               sessions.seen_at, expires_at, members.name AS name, role, email, language,
               workspaces.name AS workspace_name, settings
             FROM sessions
             JOIN members ON members.workspace_id = sessions.workspace_id AND members.id = member_id
             JOIN accounts ON accounts.id = sessions.account_id
             JOIN workspaces ON workspaces.id = sessions.workspace_id
             WHERE digest = $1 AND expires_at > $2 AND removed_at IS NULL",
            args![digest, now],
        )
        .await?;
    let Some(row) = row else { return Ok(None) };
    let session = Session {
        account: row.parsed("account_id")?,
        workspace: row.parsed("workspace_id")?,
        member: row.parsed("member_id")?,
        created_at: row.time("created_at")?,
        seen_at: row.time("seen_at")?,
        expires_at: row.time("expires_at")?,
    };
    tx.enter(session.workspace).await?;
    Ok(Some(Opened {
        session,
        name: row.get("name")?,
        role: row.parsed("role")?,
        email: row.parsed_option("email")?,
        language: row.parsed_option("language")?,
        workspace_name: row.get("workspace_name")?,
        settings: row.json("settings")?,
    }))
}

/// Notes that a session was used, and when it ends now.
///
/// # Errors
/// Where it can't be written.
pub async fn seen(
    tx: &mut Tx,
    digest: &str,
    now: OffsetDateTime,
    expires_at: OffsetDateTime,
) -> Result<(), StoreError> {
    tx.run(
        "UPDATE sessions SET seen_at = $2, expires_at = $3 WHERE digest = $1",
        args![digest, now, expires_at],
    )
    .await?;
    Ok(())
}

/// Goes over to another workspace of the same account.
///
/// # Errors
/// `Invalid` where the member is not in that workspace.
pub async fn switch(
    tx: &mut Tx,
    digest: &str,
    workspace: WorkspaceId,
    member: MemberId,
) -> Result<(), StoreError> {
    tx.run(
        "UPDATE sessions SET workspace_id = $2, member_id = $3 WHERE digest = $1",
        args![digest, workspace, member],
    )
    .await?;
    Ok(())
}

/// Ends one session; one that has ended already is as wanted.
///
/// # Errors
/// Where it can't be written.
pub async fn end(tx: &mut Tx, digest: &str) -> Result<(), StoreError> {
    tx.run("DELETE FROM sessions WHERE digest = $1", args![digest]).await?;
    Ok(())
}

/// Ends all sessions of an account but one; without one, all.
///
/// # Errors
/// Where it can't be written.
pub async fn end_of_account(tx: &mut Tx, account: AccountId, but: Option<&str>) -> Result<(), StoreError> {
    tx.run(
        "DELETE FROM sessions WHERE account_id = $1 AND digest <> $2",
        args![account, but.unwrap_or_default()],
    )
    .await?;
    Ok(())
}

/// Ends a member's sessions in this workspace.
///
/// # Errors
/// Where it can't be written.
pub async fn end_of_member(tx: &mut Tx, member: MemberId) -> Result<(), StoreError> {
    tx.run("DELETE FROM sessions WHERE workspace_id = $1 AND member_id = $2", args![tx.workspace(), member])
        .await?;
    Ok(())
}

/// Forgets the sessions that have ended by themselves.
///
/// # Errors
/// Where it can't be written.
pub async fn sweep(tx: &mut Tx, now: OffsetDateTime) -> Result<(), StoreError> {
    tx.run("DELETE FROM sessions WHERE expires_at <= $1", args![now]).await?;
    Ok(())
}
