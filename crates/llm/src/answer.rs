//! What comes back from a call: the answer, and every attempt that was made for it with its raw text.

use domain::MicroUsd;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::purse::LedgerRow;

/// A page that the provider's web search says an answer rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    pub url: String,
    pub title: Option<String>,
    /// As the search found it; outside text, never to be believed.
    pub excerpt: Option<String>,
}

/// A valid answer.
#[derive(Clone, PartialEq)]
pub struct Answer {
    /// Without reasoning, fences and sentences around it.
    pub text: String,
    /// The text as JSON that follows the schema; `None` for a call without one.
    pub value: Option<Value>,
    pub citations: Vec<Citation>,
    /// The model that answered, as the provider says it.
    pub model: String,
    /// In the order in which they were made; the last one gave the answer.
    pub attempts: Vec<Attempt>,
}

impl Answer {
    /// The answer as a type of the caller's.
    ///
    /// # Errors
    /// Where the type asks for more than the schema did, or there was no schema.
    pub fn parse<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        serde_json::from_value(self.value.clone().unwrap_or_default())
    }

    /// Of all attempts together.
    #[must_use]
    pub fn cost(&self) -> MicroUsd {
        self.attempts.iter().map(|attempt| attempt.row.cost).sum()
    }
}

/// One request that was sent, with what came of it.
#[derive(Clone, PartialEq, Eq)]
pub struct Attempt {
    /// As it stands in the ledger.
    pub row: LedgerRow,
    /// What the model wrote, word for word; `None` where it wrote nothing.
    pub raw: Option<String>,
    /// Why it was no answer.
    pub problem: Option<String>,
}

impl std::fmt::Debug for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut shown = f.debug_struct("Answer");
        shown.field("model", &self.model).field("attempts", &self.attempts).finish_non_exhaustive()
    }
}

/// Without what the model wrote: it never reaches a log.
impl std::fmt::Debug for Attempt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Attempt")
            .field("row", &self.row)
            .field("problem", &self.problem)
            .finish_non_exhaustive()
    }
}
