//! The API through the front door: the real router on a port of this machine, a real
//! database, the offline writer.

#![allow(clippy::panic, reason = "the bench fails its test")]

mod bench;
mod description;
mod roles;
mod rules;
mod way;
