//! What every handler has at hand.

use std::sync::Arc;

use axum::http::HeaderMap;
use studio::Studio;
use tokio::sync::watch;

use crate::config::WebConfig;
use crate::security;

/// The state of the router. Cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Web {
    pub(crate) studio: Studio,
    pub(crate) config: Arc<WebConfig>,
    /// Turns true when the server stops.
    pub(crate) stopping: watch::Receiver<bool>,
}

impl Web {
    /// How links that are sent to others begin: the address that was set, else the one that
    /// the browser asked.
    pub(crate) fn origin(&self, headers: &HeaderMap) -> String {
        let asked = || format!("http://{}", security::host(headers).unwrap_or("localhost"));
        self.config.origin().unwrap_or_else(asked)
    }
}
