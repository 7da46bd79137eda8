//! The contents of variants from all sides: what is refused, what the schemas say, what becomes of them.

#![allow(clippy::unwrap_used, clippy::panic, reason = "what a helper can't do fails its test")]

mod deck;
mod problems;
mod samples;
mod schemas;
