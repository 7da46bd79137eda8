//! The first slide's words.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Problem, check_length, limits};

/// The content of a hook variant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Hook {
    pub headline: String,
    pub subline: Option<String>,
}

impl Hook {
    pub(super) fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        check_length(&mut problems, "headline", &self.headline, limits::HEADLINE);
        if let Some(subline) = &self.subline {
            check_length(&mut problems, "subline", subline, limits::SUBLINE);
        }
        problems
    }
}
