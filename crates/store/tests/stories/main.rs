//! Every public function of the store, in stories that run on both databases.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a story that can't go on has failed")]

mod support;

mod carousels;
mod choices;
mod costs;
mod crashes;
mod cron;
mod files;
mod jobs;
mod library;
mod money;
mod opening;
mod people;
mod races;
mod schema;
mod sharing;
#[cfg(debug_assertions)]
mod statements;
mod workspaces;
