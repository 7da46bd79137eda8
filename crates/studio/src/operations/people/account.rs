//! A person's own account: its password and its language.

use domain::{Email, Language};
use store::accounts::{self, Account};

use super::passwords::Password;
use super::secrets;
use super::session::ENDED;
use super::throttle::Trier;
use crate::error::StudioError;
use crate::studio::Studio;

/// A new password, and what it takes to set it.
#[derive(Clone, Debug)]
pub struct ChangePassword {
    /// The one until now; `None` where there was none.
    pub old: Option<Password>,
    pub new: Password,
    /// Another email to sign in with; needed with the first password.
    pub email: Option<Email>,
}

impl Studio {
    /// Changes the password of whoever is signed in, and ends all their other sessions.
    ///
    /// # Errors
    /// `Invalid` where the old one is wrong or the new one too weak; `Taken` where another
    /// account has the email; `TooMany` after too many wrong ones.
    pub async fn change_password(&self, secret: &str, change: ChangePassword) -> Result<(), StudioError> {
        let signed = self.session(secret).await?.ok_or(StudioError::SignIn(ENDED))?;
        let mut tx = self.store.read_for_all().await?;
        let account = accounts::get(&mut tx, signed.account).await?;
        drop(tx);
        self.check_old(&account, change.old.as_ref()).await?;
        let email = change.email.or(account.email);
        let email = email.ok_or_else(|| StudioError::invalid("email", "is missing; you sign in with it"))?;
        change.new.accept(&email, &signed.name)?;
        let hash = self.hash(change.new).await?;
        let mut tx = self.store.write(signed.actor.workspace).await?;
        accounts::set_password(&mut tx, account.id, &email, &hash).await.map_err(email_taken)?;
        store::sessions::end_of_account(&mut tx, account.id, Some(&secrets::digest(secret))).await?;
        self.note(&mut tx, signed.actor, "change_password", None, None).await?;
        Ok(tx.commit().await?)
    }

    async fn check_old(&self, account: &Account, old: Option<&Password>) -> Result<(), StudioError> {
        let Some(hash) = &account.password_hash else { return Ok(()) };
        let wrong = || StudioError::invalid("old", "is not your password until now; try again");
        let (Some(old), Some(email)) = (old, &account.email) else { return Err(wrong()) };
        // Whoever has got hold of a session may not guess on for ever; all of them count together,
        // and nobody who is not signed in counts among them.
        let here = Trier::Known(account.id.to_string());
        self.begin_attempt(email, &here)?;
        if !self.is_right(old, Some(hash)).await? {
            return Err(wrong());
        }
        self.forgive_attempt(email, &here);
        Ok(())
    }

    /// Sets the language of the pages for whoever is signed in; `None`: the browser's.
    ///
    /// # Errors
    /// `SignIn` where the session has ended.
    pub async fn set_language(&self, secret: &str, language: Option<Language>) -> Result<(), StudioError> {
        let signed = self.session(secret).await?.ok_or(StudioError::SignIn(ENDED))?;
        let mut tx = self.store.write(signed.actor.workspace).await?;
        accounts::set_language(&mut tx, signed.account, language).await?;
        Ok(tx.commit().await?)
    }

    /// Sets a password for whoever is locked out, and ends all their sessions. For the command
    /// line: who may use the data folder may do this. Gives the email to sign in with.
    ///
    /// # Errors
    /// `Unavailable` where there is no account yet, `Invalid` where there is none with the
    /// email or the password is too weak.
    pub async fn reset_password(&self, email: Option<Email>, new: Password) -> Result<Email, StudioError> {
        let mut tx = self.store.read_for_all().await?;
        let accounts = accounts::first_two(&mut tx).await?;
        let named = match &email {
            Some(email) => accounts::by_email(&mut tx, email).await?,
            None => None,
        };
        let account = match (named, accounts.as_slice()) {
            (_, []) => return Err(StudioError::Unavailable(NO_ACCOUNT.to_owned())),
            (Some(account), _) => account,
            // The one who tries it alone gets their first email and password.
            (None, [alone]) if email.is_none() || alone.email.is_none() => alone.clone(),
            (None, _) if email.is_some() => {
                return Err(StudioError::invalid("email", "is of no account here; check how it is written"));
            }
            (None, _) => return Err(StudioError::invalid("email", "is missing; say whose password it is")),
        };
        let memberships = store::members::of_account(&mut tx, account.id).await?;
        drop(tx);
        let email = email.or(account.email);
        let email = email.ok_or_else(|| StudioError::invalid("email", "is missing; you sign in with it"))?;
        new.accept(&email, memberships.first().map_or("", |membership| &membership.name))?;
        let hash = self.hash(new).await?;
        let mut tx = self.store.write_for_all().await?;
        accounts::set_password(&mut tx, account.id, &email, &hash).await.map_err(email_taken)?;
        store::sessions::end_of_account(&mut tx, account.id, None).await?;
        tx.commit().await?;
        for membership in memberships {
            let mut tx = self.store.write(membership.workspace).await?;
            self.note_of(&mut tx, None, None, "reset_password", &membership.name).await?;
            tx.commit().await?;
        }
        Ok(email)
    }
}

/// What a taken email is, to a person.
pub(super) fn email_taken(error: store::StoreError) -> StudioError {
    match error {
        store::StoreError::Conflict(store::Conflict::Exists) => {
            StudioError::Taken("another account has this email already; use another".to_owned())
        }
        other => other.into(),
    }
}

const NO_ACCOUNT: &str = "there is no account yet; start the studio and open its page to make one";
