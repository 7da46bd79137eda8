//! Members: who belongs to a workspace, in which role.

use domain::{AccountId, Email, MemberId, MemberRole, WorkspaceId};
use time::OffsetDateTime;

use crate::error::{StoreError, found};
use crate::row::Row;
use crate::tx::Tx;
use crate::value::args;

/// A person in a workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    pub id: MemberId,
    pub name: String,
    pub role: MemberRole,
    /// `None` where nobody signs in as this member: the command line's owner.
    pub account: Option<AccountId>,
    pub email: Option<Email>,
    /// Member since then.
    pub since: OffsetDateTime,
    /// Signed in at the last, to the hour.
    pub seen_at: Option<OffsetDateTime>,
}

/// One of the workspaces that a person is a member of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    pub workspace: WorkspaceId,
    pub workspace_name: String,
    pub member: MemberId,
    pub name: String,
    pub role: MemberRole,
}

/// Keeps a new member; the email is the account's and not kept here.
///
/// # Errors
/// `Conflict::Exists` where the id is taken, or the account is a member already.
pub async fn insert(tx: &mut Tx, member: &Member) -> Result<(), StoreError> {
    tx.run(
        "INSERT INTO members (workspace_id, id, name, role, account_id, created_at, seen_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        args![
            tx.workspace(),
            member.id,
            &member.name,
            member.role,
            member.account,
            member.since,
            member.seen_at,
        ],
    )
    .await?;
    Ok(())
}

/// The members who were not removed, oldest first.
///
/// # Errors
/// Where they can't be read.
pub async fn list(tx: &mut Tx) -> Result<Vec<Member>, StoreError> {
    let rows = tx
        .all(
            "SELECT members.id, name, role, account_id, email, members.created_at, seen_at FROM members
             LEFT JOIN accounts ON accounts.id = account_id
             WHERE workspace_id = $1 AND removed_at IS NULL ORDER BY members.created_at, members.id",
            args![tx.workspace()],
        )
        .await?;
    rows.iter().map(from_row).collect()
}

/// One member who was not removed.
///
/// # Errors
/// `NotFound` where there is no such member.
pub async fn get(tx: &mut Tx, id: MemberId) -> Result<Member, StoreError> {
    tx.first(
        "SELECT members.id, name, role, account_id, email, members.created_at, seen_at FROM members
         LEFT JOIN accounts ON accounts.id = account_id
         WHERE workspace_id = $1 AND members.id = $2 AND removed_at IS NULL",
        args![tx.workspace(), id],
    )
    .await?
    .map(|row| from_row(&row))
    .unwrap_or_else(|| Err(StoreError::not_found("member", id)))
}

/// The workspaces that an account is a member of, the first one first.
///
/// # Errors
/// Where they can't be read.
pub async fn of_account(tx: &mut Tx, account: AccountId) -> Result<Vec<Membership>, StoreError> {
    let rows = tx
        .all(
            "SELECT workspaces.id AS workspace, workspaces.name AS workspace_name, members.id AS member,
               members.name AS name, role
             FROM members JOIN workspaces ON workspaces.id = workspace_id
             WHERE account_id = $1 AND removed_at IS NULL ORDER BY members.created_at, members.id",
            args![account],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Membership {
                workspace: row.parsed("workspace")?,
                workspace_name: row.get("workspace_name")?,
                member: row.parsed("member")?,
                name: row.get("name")?,
                role: row.parsed("role")?,
            })
        })
        .collect()
}

/// Lets an account sign in as this member, under a name.
///
/// # Errors
/// `NotFound` where there is no such member.
pub async fn attach(tx: &mut Tx, id: MemberId, account: AccountId, name: &str) -> Result<(), StoreError> {
    let changed = tx
        .run(
            "UPDATE members SET account_id = $3, name = $4
             WHERE workspace_id = $1 AND id = $2 AND removed_at IS NULL",
            args![tx.workspace(), id, account, name],
        )
        .await?;
    found(changed, "member", id)
}

/// Gives a member another role.
///
/// # Errors
/// `NotFound` where there is no such member.
pub async fn set_role(tx: &mut Tx, id: MemberId, role: MemberRole) -> Result<(), StoreError> {
    let changed = tx
        .run(
            "UPDATE members SET role = $3 WHERE workspace_id = $1 AND id = $2 AND removed_at IS NULL",
            args![tx.workspace(), id, role],
        )
        .await?;
    found(changed, "member", id)
}

/// Removes a member; what they did stays in the history.
///
/// # Errors
/// `NotFound` where there is no such member.
pub async fn remove(tx: &mut Tx, id: MemberId, now: OffsetDateTime) -> Result<(), StoreError> {
    let changed = tx
        .run(
            "UPDATE members SET removed_at = $3 WHERE workspace_id = $1 AND id = $2 AND removed_at IS NULL",
            args![tx.workspace(), id, now],
        )
        .await?;
    found(changed, "member", id)
}

/// Notes that a member was here.
///
/// # Errors
/// `NotFound` where there is no such member.
pub async fn seen(tx: &mut Tx, id: MemberId, now: OffsetDateTime) -> Result<(), StoreError> {
    let changed = tx
        .run(
            "UPDATE members SET seen_at = $3 WHERE workspace_id = $1 AND id = $2",
            args![tx.workspace(), id, now],
        )
        .await?;
    found(changed, "member", id)
}

fn from_row(row: &Row) -> Result<Member, StoreError> {
    Ok(Member {
        id: row.parsed("id")?,
        name: row.get("name")?,
        role: row.parsed("role")?,
        account: row.parsed_option("account_id")?,
        email: row.parsed_option("email")?,
        since: row.time("created_at")?,
        seen_at: row.time_option("seen_at")?,
    })
}
