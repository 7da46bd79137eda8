//! The first visit makes the owner's account, and the workspace where there is none yet.

use domain::Email;
use store::accounts::{self, Account};
use store::installation;

use super::names;
use super::passwords::Password;
use super::sign_in::SignedIn;
use crate::error::StudioError;
use crate::studio::Studio;

/// Who comes first.
#[derive(Clone, Debug)]
pub struct NewOwner {
    pub name: String,
    pub workspace_name: String,
    /// Email and password come both, or neither: then it is tried alone on this machine.
    pub email: Option<Email>,
    pub password: Option<Password>,
}

impl Studio {
    /// Whether somebody was here before.
    ///
    /// # Errors
    /// Where the database can't be read.
    pub async fn has_account(&self) -> Result<bool, StudioError> {
        let mut tx = self.store.read_for_all().await?;
        Ok(!accounts::first_two(&mut tx).await?.is_empty())
    }

    /// Whether the only account has no password: its owner tries it alone on this machine.
    ///
    /// # Errors
    /// Where the database can't be read.
    pub async fn is_without_password(&self) -> Result<bool, StudioError> {
        let mut tx = self.store.read_for_all().await?;
        let accounts = accounts::first_two(&mut tx).await?;
        Ok(matches!(accounts.as_slice(), [alone] if alone.password_hash.is_none()))
    }

    /// A code that a server prints when it starts, and that the first visitor from elsewhere
    /// has to know.
    #[must_use]
    pub fn setup_code(&self) -> String {
        self.surroundings.secret()[..8].iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Makes the owner's account and signs them in. Whether one without a password may be made
    /// (on the same machine alone) is for the caller to say.
    ///
    /// # Errors
    /// `Taken` where there is an account already, `Invalid`.
    pub async fn create_owner(&self, new: NewOwner) -> Result<SignedIn, StudioError> {
        let name = names::accepted("name", &new.name)?;
        let workspace_name = names::accepted("workspace_name", &new.workspace_name)?;
        if self.has_account().await? {
            return Err(taken());
        }
        let password_hash = match (&new.email, new.password) {
            (Some(email), Some(password)) => {
                password.accept(email, &name)?;
                Some(self.hash(password).await?)
            }
            (None, None) => None,
            (None, Some(_)) => return Err(StudioError::invalid("email", ALONE_OR_BOTH)),
            (Some(_), None) => return Err(StudioError::invalid("password", ALONE_OR_BOTH)),
        };
        let home = self.owner().await?;
        let account = Account {
            id: self.surroundings.account_id(),
            email: new.email,
            password_hash,
            language: None,
            created_at: self.surroundings.now(),
        };
        let mut tx = self.store.write(home.workspace).await?;
        let id = account.id.to_string();
        if installation::keep_first(&mut tx, installation::FIRST_ACCOUNT, &id).await? != id {
            return Err(taken());
        }
        accounts::insert(&mut tx, &account).await?;
        store::members::attach(&mut tx, home.member, account.id, &name).await?;
        let mut workspace = store::workspaces::get(&mut tx).await?;
        workspace.name = workspace_name;
        store::workspaces::set(&mut tx, &workspace).await?;
        self.note(&mut tx, home, "create_owner", None, None).await?;
        let signed_in = self.open_session(&mut tx, account.id).await?;
        tx.commit().await?;
        Ok(signed_in)
    }
}

fn taken() -> StudioError {
    StudioError::Taken("this studio has an owner already; sign in, or ask them for an invitation".to_owned())
}

const ALONE_OR_BOTH: &str = "is missing; give email and password both, or neither to try it alone";
