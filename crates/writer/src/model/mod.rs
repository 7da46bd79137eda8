//! The model writer: prompts over the gateway, and typed drafts out of what comes back.

mod fence;
mod forms;
mod material;
mod plan;
mod prompt;
mod research;
mod schema;
mod version;

use std::time::Duration;

use domain::{MicroUsd, Stage, Strategy, WrittenBy};
use llm::{Answer, Call, Failed, Gateway, Message, Payer, Purpose, Reason};

use crate::brief::StageBrief;
use crate::draft::{Draft, ModelTrouble, WriteError, Writer, Writing};
use plan::Plan;

/// Writes every stage by a model; the gateway says which, and what it may cost.
#[derive(Clone, Debug)]
pub struct ModelWriter {
    gateway: Gateway,
    /// Every call has at least so long.
    patience: Duration,
}

/// A draft that was made before, and why it must be made again.
#[derive(Clone, Copy)]
struct Again<'a> {
    draft: &'a Draft,
    reasons: &'a [String],
}

impl ModelWriter {
    #[must_use]
    pub fn new(gateway: Gateway) -> Self {
        Self { gateway, patience: Duration::ZERO }
    }

    /// The same writer for a slow server: each call has at least this long, all its attempts together.
    #[must_use]
    pub fn with_patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// One draft: a call, and one more where the answer breaks rules that its schema can't say.
    async fn compose(
        &self,
        brief: &StageBrief,
        strategy: Strategy,
        again: Option<Again<'_>>,
    ) -> Result<Draft, WriteError> {
        let stage = strategy.stage();
        if stage == Stage::Visual && brief.themes.is_empty() {
            return Err(WriteError::NoThemes);
        }
        let mut call = self.call(brief, strategy, again)?;
        let answer = self.ask(call.clone()).await?;
        let mut cost = answer.cost();
        let problems = match forms::read(stage, value(&answer), brief, &answer.citations) {
            Ok(read) => return Ok(draft(read, strategy, &call, &answer, cost)),
            Err(problems) => problems,
        };
        call.messages.push(Message::assistant(answer.text.clone()));
        call.messages.push(prompt::mend(&problems)?);
        let mended = self.ask(call.clone()).await?;
        cost += mended.cost();
        match forms::read(stage, value(&mended), brief, &answer.citations) {
            Ok(read) => Ok(draft(read, strategy, &call, &mended, cost)),
            Err(problems) => Err(trouble(Failed {
                reason: Reason::InvalidAnswer { problem: problems.join("; ") },
                attempts: mended.attempts,
            })),
        }
    }

    fn call(
        &self,
        brief: &StageBrief,
        strategy: Strategy,
        again: Option<Again<'_>>,
    ) -> Result<Call, WriteError> {
        let stage = strategy.stage();
        let plan = Plan::of(stage, brief.mode);
        let searches =
            stage == Stage::Research && brief.article.is_none() && self.gateway.capabilities().web_search;
        let mut messages = prompt::messages(brief, strategy, searches)?;
        let mut purpose = plan.purpose;
        if let Some(Again { draft, reasons }) = again {
            messages.push(Message::assistant(forms::answer_of(&draft.content, brief).to_string()));
            messages.push(prompt::rewrite(reasons)?);
            if stage == Stage::Copy {
                purpose = Purpose::Rewrite;
            }
        }
        let payer = Payer::new(brief.workspace, Some(brief.carousel));
        let mut call = Call::new(purpose, plan.tier, payer, messages, plan.output_limit)
            .schema(schema::schema(stage, brief)?)
            .deadline(plan.deadline.max(self.patience));
        call.seed = Some(seed(brief, strategy, again));
        call.session = Some(brief.carousel.to_string());
        call.web_search = searches.then(|| plan::search_results(brief.mode));
        Ok(call)
    }

    async fn ask(&self, call: Call) -> Result<Answer, WriteError> {
        self.gateway.ask(call).await.map_err(trouble)
    }
}

impl Writer for ModelWriter {
    fn write<'a>(&'a self, brief: &'a StageBrief, strategy: Strategy) -> Writing<'a> {
        Box::pin(self.compose(brief, strategy, None))
    }

    fn rewrite<'a>(
        &'a self,
        brief: &'a StageBrief,
        strategy: Strategy,
        draft: &'a Draft,
        reasons: &'a [String],
    ) -> Option<Writing<'a>> {
        Some(Box::pin(self.compose(brief, strategy, Some(Again { draft, reasons }))))
    }
}

fn value(answer: &Answer) -> serde_json::Value {
    answer.value.clone().unwrap_or_default()
}

fn draft(read: forms::Read, strategy: Strategy, call: &Call, answer: &Answer, cost: MicroUsd) -> Draft {
    let written_by = WrittenBy::Model {
        model: answer.model.clone(),
        prompt_version: version::version(strategy),
        seed: call.seed,
    };
    Draft { content: read.content, written_by, cost, notes: read.notes }
}

/// The same for the same draft of the same carousel, so that it can be repeated; 31 bits, which every
/// server takes.
fn seed(brief: &StageBrief, strategy: Strategy, again: Option<Again<'_>>) -> i64 {
    let round = brief.round.to_be_bytes();
    let reasons = again.map(|again| again.reasons).unwrap_or_default();
    let parts = [brief.carousel.0.as_bytes().as_slice(), round.as_slice(), strategy.name().as_bytes()];
    let digest = version::digest(parts.into_iter().chain(reasons.iter().map(String::as_bytes)));
    i64::try_from(digest >> 33).unwrap_or_default()
}

fn trouble(failed: Failed) -> WriteError {
    let written = failed.attempts.iter().rev().find(|attempt| attempt.raw.is_some());
    let row = written.or(failed.attempts.last()).map(|attempt| &attempt.row);
    let (call, attempt) = (row.map(|row| row.call), row.map(|row| row.attempt));
    WriteError::Model(Box::new(ModelTrouble { reason: failed.reason, call, attempt }))
}
