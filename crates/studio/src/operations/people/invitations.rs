//! Invitations: a link by which somebody becomes a member.

use std::net::IpAddr;

use domain::{AccountId, Email, InvitationId, MemberRole, Right};
use store::Tx;
use store::accounts::{self, Account};
use store::invitations::{self, Found, Invitation};
use store::members::{self, Member, Membership};
use time::{Duration, OffsetDateTime};

use super::account::email_taken;
use super::passwords::Password;
use super::sign_in::SignedIn;
use super::{names, secrets};
use crate::error::StudioError;
use crate::studio::{Actor, Studio};

/// How long an invitation can be accepted.
const OPEN: Duration = Duration::days(7);

/// What the invited person sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvitationShown {
    pub workspace_name: String,
    pub inviter: String,
    /// Whom it is for, in the inviter's words.
    pub name: String,
    pub role: MemberRole,
    pub expires_at: OffsetDateTime,
}

/// What the invited person answers.
#[derive(Clone, Debug)]
pub struct Acceptance {
    pub name: String,
    pub email: Email,
    /// A new one, or that of the account which has the email already.
    pub password: Password,
    /// Where the request comes from, to count failures.
    pub from: IpAddr,
}

impl Studio {
    /// Invites somebody; the secret is for the address that they get, and not kept.
    ///
    /// # Errors
    /// `Forbidden` to all but owners; `Invalid` where the name is missing, or where the only
    /// account has no password: with a second one it could not sign in any more.
    pub async fn invite(
        &self,
        actor: Actor,
        name: &str,
        role: MemberRole,
    ) -> Result<(Invitation, String), StudioError> {
        actor.require(Right::Manage)?;
        let name = names::accepted("name", name)?;
        if self.is_without_password().await? {
            return Err(StudioError::invalid("password", PASSWORD_FIRST));
        }
        let now = self.surroundings.now();
        let invitation = Invitation {
            id: self.surroundings.invitation_id(),
            name,
            role,
            invited_by: actor.member,
            created_at: now,
            expires_at: now + OPEN,
            accepted_at: None,
            revoked_at: None,
        };
        let secret = secrets::text(&self.surroundings.secret());
        let mut tx = self.store.write(actor.workspace).await?;
        invitations::insert(&mut tx, &secrets::digest(&secret), &invitation).await?;
        let said = Some(format!("{}: {role}", invitation.name));
        self.note(&mut tx, actor, "invite", None, said).await?;
        tx.commit().await?;
        Ok((invitation, secret))
    }

    /// The invitations that can still be accepted, the newest first.
    ///
    /// # Errors
    /// `Forbidden` to all but owners.
    pub async fn invitations(&self, actor: Actor) -> Result<Vec<Invitation>, StudioError> {
        actor.require(Right::Manage)?;
        let mut tx = self.store.read(actor.workspace).await?;
        Ok(invitations::list_open(&mut tx, self.surroundings.now()).await?)
    }

    /// Takes an open invitation back.
    ///
    /// # Errors
    /// `Forbidden` to all but owners, `NotFound` where there is no such open invitation.
    pub async fn revoke_invitation(&self, actor: Actor, id: InvitationId) -> Result<(), StudioError> {
        actor.require(Right::Manage)?;
        let mut tx = self.store.write(actor.workspace).await?;
        invitations::revoke(&mut tx, id, self.surroundings.now()).await?;
        self.note(&mut tx, actor, "revoke_invitation", None, None).await?;
        Ok(tx.commit().await?)
    }

    /// What an invitation says, for the page on which it is accepted.
    ///
    /// # Errors
    /// `Unknown` where it is none of ours, `Gone` where it can't be accepted any more.
    pub async fn invitation(&self, secret: &str) -> Result<InvitationShown, StudioError> {
        let mut tx = self.store.read_for_all().await?;
        let found = self.open_invitation(&mut tx, secret).await?;
        Ok(InvitationShown {
            workspace_name: found.workspace_name,
            inviter: found.inviter,
            name: found.invitation.name,
            role: found.invitation.role,
            expires_at: found.invitation.expires_at,
        })
    }

    /// Makes the invited person a member, with a new account or the one that has the email,
    /// and signs them in.
    ///
    /// # Errors
    /// As [`Studio::invitation`]; `Invalid`; `SignIn` where the email's account has another
    /// password; `Taken` where it is a member already.
    pub async fn accept_invitation(
        &self,
        secret: &str,
        acceptance: Acceptance,
    ) -> Result<SignedIn, StudioError> {
        let name = names::accepted("name", &acceptance.name)?;
        let mut tx = self.store.read_for_all().await?;
        self.open_invitation(&mut tx, secret).await?;
        let is_known = accounts::by_email(&mut tx, &acceptance.email).await?.is_some();
        drop(tx);
        let Acceptance { email, password, from, .. } = acceptance;
        let new = if is_known { None } else { Some(self.new_account(&email, &password, &name).await?) };
        let account = match &new {
            Some(account) => account.id,
            None => self.account_of(&email, &password, &from.into()).await?.id,
        };
        let mut tx = self.store.write_for_all().await?;
        let found = self.open_invitation(&mut tx, secret).await?;
        let now = self.surroundings.now();
        if !invitations::accept(&mut tx, found.invitation.id, now).await? {
            return Err(StudioError::Gone(ACCEPTED)); // by another request, a moment ago
        }
        if let Some(account) = &new {
            accounts::insert(&mut tx, account).await.map_err(email_taken)?;
        }
        let membership = self.join(&mut tx, found, account, name).await?;
        let signed_in = self.open_session_in(&mut tx, account, membership).await?;
        tx.commit().await?;
        Ok(signed_in)
    }

    async fn new_account(
        &self,
        email: &Email,
        password: &Password,
        name: &str,
    ) -> Result<Account, StudioError> {
        password.accept(email, name)?;
        Ok(Account {
            id: self.surroundings.account_id(),
            email: Some(email.clone()),
            password_hash: Some(self.hash(password.clone()).await?),
            language: None,
            created_at: self.surroundings.now(),
        })
    }

    /// Makes an account a member of the invitation's workspace, which `tx` is in.
    async fn join(
        &self,
        tx: &mut Tx,
        found: Found,
        account: AccountId,
        name: String,
    ) -> Result<Membership, StudioError> {
        let now = self.surroundings.now();
        let (id, role) = (self.surroundings.member_id(), found.invitation.role);
        let member = Member {
            id,
            name: name.clone(),
            role,
            account: Some(account),
            email: None,
            since: now,
            seen_at: Some(now),
        };
        members::insert(tx, &member).await.map_err(member_already)?;
        let workspace = tx.workspace();
        let actor = Actor { workspace, member: id, role };
        self.note(tx, actor, "accept_invitation", None, Some(format!("{name}: {role}"))).await?;
        Ok(Membership { workspace, workspace_name: found.workspace_name, member: id, name, role })
    }

    /// The invitation of a secret, where it can be accepted; then `tx` is in its workspace.
    async fn open_invitation(&self, tx: &mut Tx, secret: &str) -> Result<Found, StudioError> {
        let found = invitations::find(tx, &secrets::digest(secret)).await?;
        let found = found.ok_or(StudioError::Unknown(UNKNOWN))?;
        let Invitation { accepted_at, revoked_at, expires_at, .. } = found.invitation;
        if accepted_at.is_some() {
            return Err(StudioError::Gone(ACCEPTED));
        }
        if revoked_at.is_some() {
            return Err(StudioError::Gone("this invitation was taken back; ask for a new one"));
        }
        if expires_at <= self.surroundings.now() {
            return Err(StudioError::Gone("this invitation is older than seven days; ask for a new one"));
        }
        Ok(found)
    }
}

fn member_already(error: store::StoreError) -> StudioError {
    match error {
        store::StoreError::Conflict(store::Conflict::Exists) => {
            StudioError::Taken("you are a member of this workspace already; sign in".to_owned())
        }
        other => other.into(),
    }
}

const UNKNOWN: &str = "this is no invitation of this studio; check that the whole address was copied";
const PASSWORD_FIRST: &str =
    "is missing: once somebody else is here, everybody signs in with one; set yours in your account first";
const ACCEPTED: &str = "this invitation was accepted already; sign in, or ask for a new one";
