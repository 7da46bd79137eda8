//! What every handler has at hand.

use std::sync::Arc;

use studio::Studio;
use tokio::sync::watch;

use crate::config::WebConfig;

/// The state of the router. Cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Web {
    pub(crate) studio: Studio,
    pub(crate) config: Arc<WebConfig>,
    /// Turns true when the server stops.
    pub(crate) stopping: watch::Receiver<bool>,
}
