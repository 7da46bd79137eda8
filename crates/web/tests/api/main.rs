//! The API through the front door: the real router on a port of this machine, a real
//! database, the offline writer.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod bench;
mod costs;
mod description;
#[path = "../common/ledger.rs"]
mod ledger;
mod roles;
mod rules;
mod way;
