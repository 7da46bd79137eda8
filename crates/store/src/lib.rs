//! Everything that is kept: SQLite or PostgreSQL, and the files beside it.
//!
//! The only crate with SQL. A transaction is only had from [`Store::read`] or
//! [`Store::write`] and belongs to one workspace; every statement names that
//! workspace in its `WHERE`. Statements are written once and run on both
//! databases; the few exceptions stand side by side in `dialect`.
//!
//! Times and ids come from the caller: this crate has no clock and no randomness.
//! Times are kept to the microsecond.

pub mod accounts;
pub mod approvals;
pub mod assets;
pub mod audit;
pub mod carousels;
mod cursor;
mod database;
mod dialect;
mod error;
mod files;
pub mod idempotency;
pub mod installation;
pub mod invitations;
pub mod jobs;
pub mod library;
pub mod links;
pub mod members;
pub mod money;
pub mod profiles;
pub mod ratings;
pub mod rejections;
mod row;
mod schema;
pub mod sessions;
#[doc(hidden)]
pub mod statements;
pub mod tokens;
mod tx;
mod value;
pub mod variants;
pub mod workspaces;

pub use database::Store;
pub use error::{Conflict, StoreError};
pub use files::{FileKey, FileName, Files, NotAFileName, PictureKind, Under};
pub use tx::Tx;
