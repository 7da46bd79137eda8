//! The language of a text, as its ISO 639-1 code.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A language by its two-letter ISO 639-1 code, lower case: `en`, `de`, `ar`.
///
/// Any code is accepted: a language without word lists still works, with what
/// needs none.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Language([u8; 2]);

impl JsonSchema for Language {
    fn schema_name() -> Cow<'static, str> {
        "Language".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": "^[a-z]{2}$" })
    }
}

#[derive(Debug, Error, PartialEq, Eq)]
#[error("`{0}` is not a language code; use two letters, such as en or de")]
pub struct NotALanguage(String);

impl Language {
    pub const ENGLISH: Self = Self(*b"en");
    pub const GERMAN: Self = Self(*b"de");
    pub const SPANISH: Self = Self(*b"es");
    pub const FRENCH: Self = Self(*b"fr");
    pub const ITALIAN: Self = Self(*b"it");
    pub const PORTUGUESE: Self = Self(*b"pt");

    #[must_use]
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("en")
    }

    /// Whether lines of this language run from right to left.
    #[must_use]
    pub fn is_right_to_left(&self) -> bool {
        matches!(&self.0, b"ar" | b"he" | b"fa" | b"ur" | b"yi" | b"ps" | b"dv" | b"ug")
    }
}

impl FromStr for Language {
    type Err = NotALanguage;

    fn from_str(code: &str) -> Result<Self, Self::Err> {
        match code.trim().to_ascii_lowercase().as_bytes() {
            [a, b] if a.is_ascii_lowercase() && b.is_ascii_lowercase() => Ok(Self([*a, *b])),
            _ => Err(NotALanguage(code.to_owned())),
        }
    }
}

impl TryFrom<String> for Language {
    type Error = NotALanguage;

    fn try_from(code: String) -> Result<Self, Self::Error> {
        code.parse()
    }
}

impl From<Language> for String {
    fn from(language: Language) -> Self {
        language.code().to_owned()
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Language({})", self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::Language;

    #[test]
    fn a_code_is_two_letters_in_any_case() {
        assert_eq!("DE".parse(), Ok(Language::GERMAN));
        assert_eq!(
            "deutsch".parse::<Language>().unwrap_err().to_string(),
            "`deutsch` is not a language code; use two letters, such as en or de"
        );
        assert!("é".parse::<Language>().is_err());
    }
}
