//! The session of a browser: who it is, going over to another workspace, signing out.

use domain::{AccountId, Email, Language, WorkspaceId, WorkspaceSettings};
use store::members::Membership;
use store::sessions::Opened;
use time::{Duration, OffsetDateTime};

use super::secrets;
use crate::error::StudioError;
use crate::studio::{Actor, Studio};

/// A session that is not used ends after this time ...
pub(super) const UNUSED: Duration = Duration::days(30);
/// ... and any session after this.
pub(super) const ABSOLUTE: Duration = Duration::days(90);
/// How exactly its last use is noted: not every page view writes.
const SEEN: Duration = Duration::hours(1);

/// Who is signed in, and where.
#[derive(Clone, Debug, PartialEq)]
pub struct Signed {
    pub actor: Actor,
    pub account: AccountId,
    /// The member's in this workspace.
    pub name: String,
    /// `None`: the owner who tries it alone, without a password.
    pub email: Option<Email>,
    /// The person's own choice for the pages.
    pub language: Option<Language>,
    pub workspace_name: String,
    pub settings: WorkspaceSettings,
}

impl Studio {
    /// Who is signed in with a secret; `None` where it has ended or never was.
    ///
    /// # Errors
    /// Where the database can't be used.
    pub async fn session(&self, secret: &str) -> Result<Option<Signed>, StudioError> {
        let (digest, now) = (secrets::digest(secret), self.surroundings.now());
        let mut tx = self.store.read_for_all().await?;
        let opened = store::sessions::open(&mut tx, &digest, now).await?;
        drop(tx);
        let Some(opened) = opened else { return Ok(None) };
        if now >= opened.session.seen_at + SEEN {
            self.seen(&digest, &opened, now).await?;
        }
        Ok(Some(signed(opened)))
    }

    async fn seen(&self, digest: &str, opened: &Opened, now: OffsetDateTime) -> Result<(), StudioError> {
        let session = &opened.session;
        let ends = (now + UNUSED).min(session.created_at + ABSOLUTE);
        let mut tx = self.store.write(session.workspace).await?;
        store::sessions::seen(&mut tx, digest, now, ends).await?;
        store::members::seen(&mut tx, session.member, now).await?;
        Ok(tx.commit().await?)
    }

    /// Ends a session; one that has ended already is as wanted.
    ///
    /// # Errors
    /// Where the database can't be written.
    pub async fn sign_out(&self, secret: &str) -> Result<(), StudioError> {
        let digest = secrets::digest(secret);
        let mut tx = self.store.write_for_all().await?;
        if let Some(opened) = store::sessions::open(&mut tx, &digest, self.surroundings.now()).await? {
            store::sessions::end(&mut tx, &digest).await?;
            self.note(&mut tx, signed(opened).actor, "sign_out", None, None).await?;
        }
        Ok(tx.commit().await?)
    }

    /// The workspaces that a person is a member of, the first one first.
    ///
    /// # Errors
    /// Where the database can't be read.
    pub async fn workspaces(&self, account: AccountId) -> Result<Vec<Membership>, StudioError> {
        let mut tx = self.store.read_for_all().await?;
        Ok(store::members::of_account(&mut tx, account).await?)
    }

    /// Lets a session go over to another of its person's workspaces.
    ///
    /// # Errors
    /// `NotFound` where they are no member there, `SignIn` where the session has ended.
    pub async fn switch_workspace(&self, secret: &str, to: WorkspaceId) -> Result<Actor, StudioError> {
        let digest = secrets::digest(secret);
        let mut tx = self.store.write_for_all().await?;
        let opened = store::sessions::open(&mut tx, &digest, self.surroundings.now()).await?;
        let opened = opened.ok_or(StudioError::SignIn(ENDED))?;
        let memberships = store::members::of_account(&mut tx, opened.session.account).await?;
        let membership = memberships.into_iter().find(|membership| membership.workspace == to);
        let membership = membership.ok_or(StudioError::NotFound("workspace"))?;
        store::sessions::switch(&mut tx, &digest, to, membership.member).await?;
        tx.commit().await?;
        Ok(Actor { workspace: to, member: membership.member, role: membership.role })
    }
}

fn signed(opened: Opened) -> Signed {
    let session = opened.session;
    Signed {
        actor: Actor { workspace: session.workspace, member: session.member, role: opened.role },
        account: session.account,
        name: opened.name,
        email: opened.email,
        language: opened.language,
        workspace_name: opened.workspace_name,
        settings: opened.settings,
    }
}

pub(super) const ENDED: &str = "your session has ended; sign in again";
