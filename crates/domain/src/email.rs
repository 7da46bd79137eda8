//! An email address, as a person signs in with it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// An email address in small letters, at most 254 characters.
///
/// Only what every address has is asked for, a name, an `@` and a place: whether it can be
/// reached shows when somebody writes to it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Email(String);

#[derive(Debug, Error, PartialEq, Eq)]
#[error("this is no email address; it looks like name@example.org")]
pub struct NotAnEmail;

/// The longest that mail is delivered to, in bytes (RFC 5321, 4.5.3.1.3).
const LONGEST: usize = 254;

impl Email {
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands before the `@`.
    #[must_use]
    pub fn local_part(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(local, _)| local)
    }
}

impl FromStr for Email {
    type Err = NotAnEmail;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim().to_lowercase();
        let (local, place) = text.rsplit_once('@').ok_or(NotAnEmail)?;
        let wrong = |c: char| c.is_whitespace() || c.is_control();
        if local.is_empty() || place.is_empty() || text.len() > LONGEST || text.contains(wrong) {
            return Err(NotAnEmail);
        }
        if local.contains('@') || place.starts_with('.') || place.ends_with('.') {
            return Err(NotAnEmail);
        }
        Ok(Self(text))
    }
}

impl TryFrom<String> for Email {
    type Error = NotAnEmail;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Email> for String {
    fn from(email: Email) -> Self {
        email.0
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::{Email, NotAnEmail};

    #[test]
    fn an_address_is_kept_in_small_letters_without_blanks_around_it() {
        let email: Email = " Ada.Lovelace@Example.ORG ".parse().unwrap();
        assert_eq!(email.as_str(), "ada.lovelace@example.org");
        assert_eq!(email.local_part(), "ada.lovelace");
    }

    #[test]
    fn what_is_no_address_is_refused() {
        let long = format!("{}@example.org", "a".repeat(250));
        for wrong in
            ["", "ada", "@example.org", "ada@", "a b@example.org", "a@b@c.org", "a@.org", "a@org.", &long]
        {
            assert_eq!(wrong.parse::<Email>(), Err(NotAnEmail), "{wrong}");
        }
    }
}
