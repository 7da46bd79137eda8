//! Who signs in, who is a member, and what is shared, with a real database and a clock that is set.

#![allow(clippy::panic, reason = "the bench fails its test")]

mod bench;
mod first_visit;
mod invitations;
mod links;
mod members;
mod roles;
mod sessions;
mod sign_in;
mod tokens;
mod workspace;
