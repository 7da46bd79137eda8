//! The model writer through its front door, against a scripted model server over HTTP.

#![allow(clippy::unwrap_used, reason = "what a helper can't do fails its test")]

#[path = "../common/mod.rs"]
mod common;

mod bench;
mod stages;
