//! A chat answer, whole: read in the order in which it can be wrong.

use serde_json::Value;

use super::failure::{Failure, FailureKind};
use super::{error, text, usage};
use crate::answer::Citation;
use crate::money::Usage;

/// What an answer says about itself, before and besides its text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Report {
    pub(crate) status: Option<u16>,
    pub(crate) generation_id: Option<String>,
    pub(crate) model: Option<String>,
    pub(crate) provider: Option<String>,
    pub(crate) usage: Option<Usage>,
    /// What the model wrote, where it is whole.
    pub(crate) raw: Option<String>,
}

impl Report {
    /// Takes over what a body or chunk says; what was known and is not said again stays.
    pub(crate) fn learn(&mut self, body: &Value, raw: &str) {
        let known = |new: Option<String>, old: &mut Option<String>| {
            if new.is_some() {
                *old = new;
            }
        };
        known(text(&body["id"]), &mut self.generation_id);
        known(text(&body["model"]), &mut self.model);
        known(text(&body["provider"]), &mut self.provider);
        self.usage = usage::read(body, raw).or(self.usage);
    }
}

/// Text that a model wrote, complete as far as it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Completion {
    pub(crate) text: String,
    /// The output limit came before the end.
    pub(crate) cut_short: bool,
    pub(crate) citations: Vec<Citation>,
}

/// Reads the body of a 200: it may still be a failure, wholly or after some of the answer.
pub(crate) fn read(body: &str, report: &mut Report) -> Result<Completion, Failure> {
    // Some servers send white space while the model works.
    let parsed: Value = serde_json::from_str(body.trim()).map_err(|_| {
        Failure::new(FailureKind::Broken, "the answer ends in the middle, or is no JSON").with_raw(body)
    })?;
    report.learn(&parsed, body);
    if let Some(error) = parsed.get("error").filter(|error| !error.is_null()) {
        return Err(error::from_error(None, error));
    }
    let Some(choice) = parsed["choices"].get(0) else {
        return Err(Failure::new(FailureKind::Broken, "the answer has no choices").with_raw(body));
    };
    let message = &choice["message"];
    let citations = citations(&message["annotations"]);
    finish(&Finished {
        error: &choice["error"],
        reason: choice["finish_reason"].as_str(),
        refusal: text(&message["refusal"]),
        text: content(&message["content"]),
        citations,
    })
}

/// The end of an answer, whether it came whole or in pieces.
pub(crate) struct Finished<'a> {
    pub(crate) error: &'a Value,
    pub(crate) reason: Option<&'a str>,
    pub(crate) refusal: Option<String>,
    pub(crate) text: String,
    pub(crate) citations: Vec<Citation>,
}

/// Error, refusal, cut short, empty, and only then an answer.
pub(crate) fn finish(end: &Finished<'_>) -> Result<Completion, Failure> {
    let written = (!end.text.is_empty()).then(|| end.text.clone());
    if !end.error.is_null() {
        return Err(error::from_error(None, end.error).midway(written));
    }
    match end.reason {
        Some("error") => {
            return Err(Failure::new(FailureKind::Server, "the provider failed while it was answering")
                .midway(written));
        }
        Some("content_filter") => {
            return Err(Failure::new(FailureKind::Refused, "the provider's filter stopped the answer")
                .midway(written));
        }
        _ => {}
    }
    if let Some(refusal) = &end.refusal {
        return Err(Failure::new(FailureKind::Refused, refusal.clone()).midway(Some(refusal.clone())));
    }
    let cut_short = end.reason == Some("length");
    if end.text.trim().is_empty() {
        let failure = if cut_short {
            Failure::new(FailureKind::CutShort, "the output limit was used up before the answer began")
        } else {
            Failure::new(FailureKind::Invalid, "the answer is empty")
        };
        return Err(failure.with_raw(end.text.clone()));
    }
    Ok(Completion { text: end.text.clone(), cut_short, citations: end.citations.clone() })
}

/// Content is a text, or parts of which the texts count.
pub(crate) fn content(content: &Value) -> String {
    let parts = content.as_array().map_or(&[][..], Vec::as_slice);
    let texts = parts.iter().filter_map(|part| part["text"].as_str());
    content.as_str().map_or_else(|| texts.collect(), str::to_owned)
}

pub(crate) fn citations(annotations: &Value) -> Vec<Citation> {
    let all = annotations.as_array().map_or(&[][..], Vec::as_slice);
    let cited = all.iter().filter(|one| one["type"] == "url_citation").filter_map(|one| {
        let citation = &one["url_citation"];
        Some(Citation {
            url: text(&citation["url"])?,
            title: text(&citation["title"]),
            excerpt: text(&citation["content"]),
        })
    });
    cited.collect()
}
