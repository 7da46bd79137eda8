//! The pages of the workspace through the front door: profiles, members, tokens, settings, the
//! account and the record, with a real database and the real renderer.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod browser;
mod costs;
#[path = "../common/ledger.rs"]
mod ledger;
mod people;
mod profiles;
