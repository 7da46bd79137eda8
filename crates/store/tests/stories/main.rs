//! Every public function of the store, in stories that run on both databases.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a story that can't go on has failed")]

mod support;

mod carousels;
mod choices;
mod crashes;
mod cron;
mod files;
mod jobs;
mod opening;
mod schema;
mod statements;
mod workspaces;

use support::Story;

/// All stories; the statements they execute are compared with the source.
fn all() -> impl Iterator<Item = &'static Story> {
    [
        carousels::ALL,
        choices::ALL,
        crashes::ALL,
        cron::ALL,
        files::ALL,
        jobs::ALL,
        schema::ALL,
        workspaces::ALL,
    ]
    .into_iter()
    .flatten()
}
