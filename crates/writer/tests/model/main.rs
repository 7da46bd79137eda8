//! The model writer through its front door, against a scripted model server over HTTP.

#![allow(clippy::unwrap_used, clippy::panic, reason = "what a helper can't do fails its test")]

#[path = "../common/mod.rs"]
mod common;

mod bench;
mod hostile;
mod mending;
mod prompts;
mod rewriting;
mod searching;
mod stages;
mod trouble;
