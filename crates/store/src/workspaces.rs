//! Workspaces: the one that a single person works in, names and settings.

use std::collections::BTreeMap;

use domain::{MemberId, WorkspaceId, WorkspaceSettings};
use time::OffsetDateTime;

use crate::database::Store;
use crate::error::{StoreError, found};
use crate::tx::Tx;
use crate::value::{args, json};

/// The workspace in which a single person's installation works, and that person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Home {
    pub workspace: WorkspaceId,
    pub owner: MemberId,
}

/// A person in a workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    pub id: MemberId,
    pub name: String,
}

/// The default workspace with its owner; made of `new` where there is none yet.
///
/// # Errors
/// Where it can't be read or made.
pub async fn ensure_default(
    store: &Store,
    new: Home,
    owner_name: &str,
    now: OffsetDateTime,
) -> Result<Home, StoreError> {
    let mut tx = store.read(new.workspace).await?;
    if let Some(home) = default(&mut tx).await? {
        return Ok(home);
    }
    drop(tx);
    let mut tx = store.write(new.workspace).await?;
    make(&mut tx, "default", new.owner, owner_name, now).await?;
    let home = default(&mut tx).await?;
    tx.commit().await?;
    home.ok_or_else(|| StoreError::not_found("workspace", "default"))
}

/// Makes the workspace that `tx` is in, with its owner, unless the slug is taken; it is named
/// after them. `false` where it was taken.
///
/// # Errors
/// `Conflict::Exists` where the id is taken.
pub async fn make(
    tx: &mut Tx,
    slug: &str,
    owner: MemberId,
    owner_name: &str,
    now: OffsetDateTime,
) -> Result<bool, StoreError> {
    let made = tx
        .run(
            "INSERT INTO workspaces (id, slug, name, created_at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (slug) DO NOTHING",
            args![tx.workspace(), slug, owner_name, now],
        )
        .await?;
    if made == 1 {
        tx.run(
            "INSERT INTO members (workspace_id, id, name, role, created_at) VALUES ($1, $2, $3, 'owner', $4)",
            args![tx.workspace(), owner, owner_name, now],
        )
        .await?;
    }
    Ok(made == 1)
}

async fn default(tx: &mut Tx) -> Result<Option<Home>, StoreError> {
    let row = tx
        .first(
            "SELECT workspaces.id AS workspace, members.id AS owner FROM workspaces
             JOIN members ON members.workspace_id = workspaces.id
             WHERE slug = 'default' AND role = 'owner' AND removed_at IS NULL
             ORDER BY members.created_at, members.id LIMIT 1",
            args![],
        )
        .await?;
    row.map(|row| Ok(Home { workspace: row.parsed("workspace")?, owner: row.parsed("owner")? })).transpose()
}

/// The names of all members, of those who were removed too, to say who did what.
///
/// # Errors
/// Where they can't be read.
pub async fn names(tx: &mut Tx) -> Result<BTreeMap<MemberId, String>, StoreError> {
    let rows = tx.all("SELECT id, name FROM members WHERE workspace_id = $1", args![tx.workspace()]).await?;
    rows.iter().map(|row| Ok((row.parsed("id")?, row.get("name")?))).collect()
}

/// A member, to say who did something.
///
/// # Errors
/// `NotFound` where the workspace has no such member.
pub async fn member(tx: &mut Tx, id: MemberId) -> Result<Member, StoreError> {
    let row = tx
        .first("SELECT id, name FROM members WHERE workspace_id = $1 AND id = $2", args![tx.workspace(), id])
        .await?
        .ok_or_else(|| StoreError::not_found("member", id))?;
    Ok(Member { id: row.parsed("id")?, name: row.get("name")? })
}

/// A workspace's name and settings.
#[derive(Clone, Debug, PartialEq)]
pub struct Workspace {
    pub name: String,
    pub settings: WorkspaceSettings,
}

/// The workspace that `tx` is in.
///
/// # Errors
/// `NotFound` where it was never made.
pub async fn get(tx: &mut Tx) -> Result<Workspace, StoreError> {
    let row = tx
        .first("SELECT name, settings FROM workspaces WHERE id = $1", args![tx.workspace()])
        .await?
        .ok_or_else(|| StoreError::not_found("workspace", tx.workspace()))?;
    Ok(Workspace { name: row.get("name")?, settings: row.json("settings")? })
}

/// Replaces its name and settings.
///
/// # Errors
/// `NotFound` where it was never made.
pub async fn set(tx: &mut Tx, new: &Workspace) -> Result<(), StoreError> {
    let changed = tx
        .run(
            "UPDATE workspaces SET name = $2, settings = $3 WHERE id = $1",
            args![tx.workspace(), &new.name, json(&new.settings)?],
        )
        .await?;
    found(changed, "workspace", tx.workspace())
}

/// Lets other transactions that want this lock wait until `tx` ends: for a rule about all
/// members together, which two changes at once could break.
///
/// # Errors
/// `NotFound` where it was never made.
pub async fn lock(tx: &mut Tx) -> Result<(), StoreError> {
    // A change of nothing: both databases hold the row for its writer.
    let held = tx.run("UPDATE workspaces SET slug = slug WHERE id = $1", args![tx.workspace()]).await?;
    found(held, "workspace", tx.workspace())
}
