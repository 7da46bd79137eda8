//! What is known of the topic: facts with their sources, questions, ideas.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Problem, check_count, check_length};

/// The name by which later stages refer to a fact: `f1`, `f2`, ...
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct FactId(pub String);

/// Where a fact is from: the page, or the sentence of the person's own text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum FactSource {
    Sentence { text: String },
    Url { url: String, title: Option<String> },
}

/// One statement that a slide may make.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    pub id: FactId,
    /// The statement, a whole sentence, with its figures and units.
    pub claim: String,
    pub source: FactSource,
    /// When it was so, as the source says it: `2024`, `March 2025`.
    pub date: Option<String>,
    /// Nobody has found it in its source: a page says so beside it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unconfirmed: bool,
}

/// The content of a research variant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Research {
    /// The one thing the carousel is about, in a sentence.
    pub angle: String,
    pub facts: Vec<Fact>,
    /// What the audience would ask.
    pub questions: Vec<String>,
    /// What could be shown rather than told.
    pub visual_ideas: Vec<String>,
    /// The sources read, as a person would cite them.
    pub sources: Vec<String>,
}

impl Research {
    #[must_use]
    pub fn fact(&self, id: &FactId) -> Option<&Fact> {
        self.facts.iter().find(|fact| fact.id == *id)
    }

    pub(super) fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        check_length(&mut problems, "angle", &self.angle, 400);
        check_count(&mut problems, "facts", self.facts.len(), 1..=60);
        for (n, fact) in self.facts.iter().enumerate() {
            check_length(&mut problems, format!("facts[{n}].claim"), &fact.claim, 600);
            if fact.id.0.trim().is_empty() {
                problems.push(Problem::new(format!("facts[{n}].id"), "is empty"));
            }
            let (FactSource::Sentence { text } | FactSource::Url { url: text, .. }) = &fact.source;
            if text.trim().is_empty() {
                problems.push(Problem::new(format!("facts[{n}].source"), "is empty"));
            } else if let FactSource::Url { url, .. } = &fact.source
                && !["https://", "http://"].iter().any(|scheme| url.starts_with(scheme))
            {
                // It becomes a link on a page.
                let message = "is not an address that starts with https:// or http://";
                problems.push(Problem::new(format!("facts[{n}].source"), message));
            }
            if self.facts[..n].iter().any(|earlier| earlier.id == fact.id) {
                problems.push(Problem::new(format!("facts[{n}].id"), "is used by an earlier fact"));
            }
        }
        problems
    }
}
