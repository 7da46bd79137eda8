//! The gateway through its front door, against a server that speaks every shape and error of the API on loopback.

#![allow(clippy::unwrap_used, reason = "what a helper can't do fails its test")]

mod answers;
mod bench;
mod cancelling;
mod embeddings;
mod errors;
mod images;
mod limits;
mod lookups;
mod money;
mod probing;
mod requests;
mod retries;
mod streams;
