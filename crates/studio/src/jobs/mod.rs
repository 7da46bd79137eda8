//! The bodies of queued work, and the worker that runs them.
//!
//! A job is plain data with a stable name; it may run twice, so each body looks at what is
//! stored before it does anything.

mod brief;
mod candidate;
mod failure;
pub(crate) mod generate_round;
mod improve;
mod judge;
mod serve;
mod worker;
pub(crate) mod write_one;

pub(crate) use failure::JobError;
pub use worker::Outcome;
