//! A chat answer in pieces: put together to what a whole one would have been.

use serde_json::Value;

use super::chat::{self, Completion, Finished, Report, citations};
use super::failure::{Failure, FailureKind};
use super::{error, text};

/// An answer in the making.
#[derive(Debug, Default)]
pub(crate) struct Growing {
    text: String,
    refusal: String,
    reason: Option<String>,
    citations: Vec<crate::answer::Citation>,
    pub(crate) done: bool,
}

impl Growing {
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Takes one event; the status is 200 by now, so failures come as events too.
    pub(crate) fn push(&mut self, data: &str, report: &mut Report) -> Result<(), Failure> {
        if data.trim() == "[DONE]" {
            self.done = true;
            return Ok(());
        }
        let Ok(chunk) = serde_json::from_str::<Value>(data) else {
            return Err(self.broken("a piece of the answer is no JSON"));
        };
        report.learn(&chunk, data);
        if let Some(error) = chunk.get("error").filter(|error| !error.is_null()) {
            return Err(self.failed(error));
        }
        let choice = &chunk["choices"][0];
        let delta = &choice["delta"];
        self.text.push_str(&chat::content(&delta["content"]));
        self.refusal.push_str(delta["refusal"].as_str().unwrap_or_default());
        self.citations.extend(citations(&delta["annotations"]));
        self.reason = text(&choice["finish_reason"]).or(self.reason.take());
        if let Some(error) = choice.get("error").filter(|error| !error.is_null()) {
            return Err(self.failed(error));
        }
        Ok(())
    }

    /// The stream has ended: without a reason and without its mark it was cut off.
    pub(crate) fn finish(self) -> Result<Completion, Failure> {
        if self.reason.is_none() && !self.done {
            return Err(self.broken("the answer breaks off"));
        }
        chat::finish(&Finished {
            error: &Value::Null,
            reason: self.reason.as_deref(),
            refusal: (!self.refusal.is_empty()).then_some(self.refusal),
            text: self.text,
            citations: self.citations,
        })
    }

    pub(crate) fn broken(&self, message: &str) -> Failure {
        Failure::new(FailureKind::Broken, message).midway(self.written())
    }

    fn failed(&self, error: &Value) -> Failure {
        error::from_error(None, error).midway(self.written())
    }

    fn written(&self) -> Option<String> {
        (!self.text.is_empty()).then(|| self.text.clone())
    }
}
