//! Where a page of a list ended.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::value::micros;

/// A place in a list whose newest entries come first. As text it is opaque.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    at: i64,
    id: Uuid,
}

#[derive(Debug, Error, PartialEq, Eq)]
#[error("`{0}` is not a place in the list; begin at the first page")]
pub struct NotACursor(String);

impl Cursor {
    /// After the entry of this time and id.
    pub(crate) fn after(at: OffsetDateTime, id: Uuid) -> Self {
        Self { at: micros(at), id }
    }

    /// What the time and id of a page's entries are below. Without a cursor the page begins after what no entry can
    /// follow.
    pub(crate) fn below(after: Option<Self>) -> (i64, String) {
        after.map_or((i64::MAX, String::new()), |after| (after.at, after.id.to_string()))
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}{}", self.at, self.id.simple())
    }
}

impl FromStr for Cursor {
    type Err = NotACursor;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let read = || {
            let (time, id) = text.split_at_checked(16)?;
            let at = i64::from_be_bytes(u64::from_str_radix(time, 16).ok()?.to_be_bytes());
            let cursor = Self { at, id: id.parse().ok()? };
            // Only what we wrote, and not another way of writing the same.
            (cursor.to_string() == text).then_some(cursor)
        };
        read().ok_or_else(|| NotACursor(text.chars().take(60).collect()))
    }
}
