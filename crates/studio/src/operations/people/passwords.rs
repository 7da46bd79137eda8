//! Passwords: which ones are taken, and how they are kept (argon2id, as a PHC string).

use std::fmt;

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params};
use domain::Email;

use crate::error::StudioError;

/// The length of a new password, in characters.
const SHORTEST: usize = 10;
const LONGEST: usize = 200;

/// The commonest passwords that are long enough, one a line, in small letters.
const COMMONEST: &str = include_str!("../../../data/common-passwords.txt");

/// A password as it was typed. It is shown nowhere.
#[derive(Clone)]
pub struct Password(String);

impl Password {
    #[must_use]
    pub fn new(typed: impl Into<String>) -> Self {
        Self(typed.into())
    }

    /// Whether a new password is good enough.
    pub(super) fn accept(&self, email: &Email, name: &str) -> Result<(), StudioError> {
        let refuse = |message: String| Err(StudioError::invalid("password", message));
        let length = self.0.chars().count();
        if length < SHORTEST {
            return refuse(format!("is shorter than {SHORTEST} characters; a sentence is easy to remember"));
        }
        if length > LONGEST {
            return refuse(format!("is longer than {LONGEST} characters"));
        }
        let plain = self.0.trim().to_lowercase();
        if [email.as_str(), email.local_part(), name.to_lowercase().trim()].contains(&plain.as_str()) {
            return refuse("is your name or email, which others know; choose another".to_owned());
        }
        if COMMONEST.lines().any(|common| common == plain) {
            return refuse("is one of the commonest passwords; choose another".to_owned());
        }
        Ok(())
    }

    /// Its hash. Takes tens of milliseconds and 19 MB: not on an async thread.
    pub(super) fn hash(&self, salt: &[u8]) -> Result<String, StudioError> {
        let hash: PasswordHash = Argon2::default()
            .hash_password_with_salt(self.0.as_bytes(), salt)
            .map_err(|error| StudioError::internal(&error))?;
        Ok(hash.to_string())
    }

    /// Whether it is the password of a hash. As slow as [`Password::hash`].
    pub(super) fn is_of(&self, hash: &str) -> bool {
        PasswordHash::new(hash)
            .is_ok_and(|hash| Argon2::default().verify_password(self.0.as_bytes(), &hash).is_ok())
    }
}

/// Whether a hash was made as a new one would be.
pub(super) fn is_up_to_date(hash: &str) -> bool {
    let Ok(hash) = PasswordHash::new(hash) else { return false };
    let Ok(params) = Params::try_from(&hash) else { return false };
    let cost = |params: &Params| (params.m_cost(), params.t_cost(), params.p_cost());
    hash.algorithm == Algorithm::Argon2id.ident() && cost(&params) == cost(&Params::DEFAULT)
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}
