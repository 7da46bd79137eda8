//! Which statements have run on which database: debug builds note them, so that a
//! test can say which one never did.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

pub use crate::dialect::Dialect;

static EXECUTED: Mutex<BTreeSet<(Dialect, &'static str)>> = Mutex::new(BTreeSet::new());

pub(crate) fn note(dialect: Dialect, sql: &'static str) {
    if cfg!(debug_assertions) {
        EXECUTED.lock().unwrap_or_else(PoisonError::into_inner).insert((dialect, sql));
    }
}

/// Every statement that this process has executed.
#[must_use]
pub fn executed() -> BTreeSet<(Dialect, &'static str)> {
    EXECUTED.lock().unwrap_or_else(PoisonError::into_inner).clone()
}
