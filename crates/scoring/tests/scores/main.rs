//! Scores through the front door: every dimension by hand, real texts, and any text at all.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests may fail loudly")]

mod any_text;
mod distances;
mod figures;
mod hooks;
mod others;
mod samples;
