//! Signing in: a secret for a cookie, in exchange for a password.

use domain::{AccountId, Email};
use store::Tx;
use store::members::Membership;
use store::sessions::Session;

use super::known_browser::Visit;
use super::passwords::Password;
use super::secrets;
use super::session::{ABSOLUTE, UNUSED};
use crate::error::StudioError;
use crate::studio::{Actor, Studio};

/// Who is signed in now, with the secret that says so.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// For the cookie; only its digest is kept.
    pub secret: String,
    pub account: AccountId,
    pub actor: Actor,
    /// The member's.
    pub name: String,
}

impl Studio {
    /// Signs a person in, and ends the browser's `old` session where it has one.
    ///
    /// # Errors
    /// `SignIn` where email or password are wrong, `TooMany` after too many failures.
    pub async fn sign_in(
        &self,
        email: &Email,
        password: &Password,
        visit: impl Into<Visit>,
        old: Option<&str>,
    ) -> Result<SignedIn, StudioError> {
        let account = self.account_of(email, password, &visit.into()).await?;
        let mut tx = self.store.write_for_all().await?;
        if let Some(old) = old {
            store::sessions::end(&mut tx, &secrets::digest(old)).await?;
        }
        let signed_in = self.open_session(&mut tx, account.id).await?;
        tx.commit().await?;
        Ok(signed_in)
    }

    /// Signs the only person in who tries it alone, without a password. For visits from the
    /// same machine: the caller has to make sure of that.
    ///
    /// # Errors
    /// `SignIn` where there are more accounts, or the only one has a password.
    pub async fn sign_in_alone(&self) -> Result<SignedIn, StudioError> {
        let mut tx = self.store.write_for_all().await?;
        let accounts = store::accounts::first_two(&mut tx).await?;
        let [alone] = accounts.as_slice() else { return Err(StudioError::SignIn(NOT_ALONE)) };
        if alone.password_hash.is_some() {
            return Err(StudioError::SignIn(NOT_ALONE));
        }
        let signed_in = self.open_session(&mut tx, alone.id).await?;
        tx.commit().await?;
        Ok(signed_in)
    }

    /// Opens a session in the account's first workspace, and goes over to that.
    pub(super) async fn open_session(
        &self,
        tx: &mut Tx,
        account: AccountId,
    ) -> Result<SignedIn, StudioError> {
        let memberships = store::members::of_account(tx, account).await?;
        let first = memberships.into_iter().next().ok_or(StudioError::SignIn(NO_MEMBER))?;
        self.open_session_in(tx, account, first).await
    }

    /// Opens a session in one of the account's workspaces, and goes over to that.
    pub(super) async fn open_session_in(
        &self,
        tx: &mut Tx,
        account: AccountId,
        membership: Membership,
    ) -> Result<SignedIn, StudioError> {
        let now = self.surroundings.now();
        let secret = secrets::text(&self.surroundings.secret());
        let Membership { workspace, member, name, role, .. } = membership;
        let session = Session {
            account,
            workspace,
            member,
            created_at: now,
            seen_at: now,
            expires_at: now + UNUSED.min(ABSOLUTE),
        };
        store::sessions::sweep(tx, now).await?;
        store::sessions::insert(tx, &secrets::digest(&secret), &session).await?;
        store::members::seen(tx, member, now).await?;
        let actor = Actor { workspace, member, role };
        self.note(tx, actor, "sign_in", None, None).await?;
        Ok(SignedIn { secret, account, actor, name })
    }
}

const NOT_ALONE: &str = "this studio has accounts with passwords; sign in with your email and password";
const NO_MEMBER: &str = "you are no member of a workspace any more; ask an owner for an invitation";
