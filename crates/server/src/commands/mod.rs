//! One command a file; each calls the operations that pages and the API call too.

pub(crate) mod completions;
pub(crate) mod doctor;
pub(crate) mod fonts;
pub(crate) mod new;
pub(crate) mod password;
mod pick;
pub(crate) mod serve;
mod summary;
pub(crate) mod themes;
pub(crate) mod token;

use std::path::Path;

use anyhow::Context;
use studio::{Actor, Studio, Surroundings};
use tracing_subscriber::EnvFilter;

use crate::models::ModelSettings;

/// Starts the log on standard error; without a filter nothing is logged.
pub(crate) fn start_log(filter: Option<&str>) {
    let Some(filter) = filter else { return };
    let filter = EnvFilter::try_new(filter).unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
}

/// Opens the studio to write in it: with the models that the environment connects.
async fn open_to_write(data: &Path) -> anyhow::Result<(Studio, Actor)> {
    let studio = open(data).await?;
    let owner = studio.owner().await?;
    let studio = ModelSettings::from_environment()?.connect(studio, owner).await?;
    Ok((studio, owner))
}

async fn open(data: &Path) -> anyhow::Result<Studio> {
    let opened = Studio::open(data, Surroundings::real()).await;
    opened.with_context(|| format!("with the data folder {}, which --data sets", data.display()))
}
