//! How a workspace is set.

use serde::{Deserialize, Serialize};

use crate::Language;

/// The settings of a workspace; one that was never set has its default.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct WorkspaceSettings {
    /// Of the pages, for members who chose none themselves; without one, the browser's.
    pub language: Option<Language>,
    /// In which times are shown: an IANA name, `Europe/Berlin`.
    pub time_zone: String,
    /// The autopilot stops at a stage whose best variant scores less than this, 0 to 10.
    pub autopilot_floor: f64,
}

impl Default for WorkspaceSettings {
    fn default() -> Self {
        Self { language: None, time_zone: "UTC".to_owned(), autopilot_floor: 2.0 }
    }
}
