//! Models write: a studio with a real database and renderer, over real HTTP with a scripted model server.

#![allow(clippy::unwrap_used, clippy::panic, reason = "what is not as it must be fails the test")]

mod accounts;
mod bench;
mod crowd;
mod failing;
mod improving;
mod killed;
mod script;
mod stages;
