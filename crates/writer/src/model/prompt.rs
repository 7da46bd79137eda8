//! The prompts: files in `prompts`, filled with typed inputs, so that a missing one does not compile.
//!
//! What is the same for all variants of a stage comes first, byte for byte; outside text is [`Fenced`].

use askama::Template;
use domain::content::limits;
use domain::{Stage, Strategy};
use llm::Message;

use super::fence::Fenced;
use super::material::{self, Material};
use super::{schema, version};
use crate::brief::StageBrief;
use crate::draft::WriteError;

/// Between the material and the task: models without a way to take two messages of one side in a row
/// get their turns.
const READ: &str = "I have read the material. What is the task?";

#[derive(Template)]
#[template(path = "instructions.md")]
struct Instructions<'a> {
    stage: Stage,
    /// With its code: `German (de)`.
    language: &'a str,
    slides: usize,
    most_facts: usize,
    has_article: bool,
    may_search: bool,
}

#[derive(Template)]
#[template(path = "task.md")]
struct Task<'a> {
    stage: Stage,
    /// What the strategy asks for.
    manner: &'a str,
    feedback: Option<Fenced>,
    avoid: Option<Fenced>,
}

#[derive(Template)]
#[template(path = "rewrite.md")]
struct Rewrite {
    reasons: Fenced,
}

#[derive(Template)]
#[template(path = "mend.md")]
struct Mend {
    problems: Fenced,
}

/// All messages of a stage under a strategy.
pub(super) fn messages(
    brief: &StageBrief,
    strategy: Strategy,
    may_search: bool,
) -> Result<Vec<Message>, WriteError> {
    let stage = strategy.stage();
    let material = Material::of(brief, stage);
    let language = material::language(brief.language);
    let instructions = Instructions {
        stage,
        language: &language,
        slides: brief.slides.get(),
        most_facts: schema::most_facts(brief.slides.get()),
        has_article: brief.article.is_some(),
        may_search,
    };
    let task = Task {
        stage,
        manner: version::manner(strategy).trim_end(),
        feedback: brief.feedback.as_deref().and_then(Fenced::of),
        avoid: Fenced::of(&material::avoided(brief)),
    };
    Ok(vec![
        Message::system(filled(&instructions)?),
        Message::user(filled(&material)?).stable(),
        Message::assistant(READ),
        Message::user(filled(&task)?),
    ])
}

/// What goes back with a draft that is not good enough.
pub(super) fn rewrite(reasons: &[String]) -> Result<Message, WriteError> {
    let reasons = Fenced::of(&lines(reasons)).or_else(|| Fenced::of("it is not good enough"));
    let Some(reasons) = reasons else { return Err(broken("no reason")) };
    Ok(Message::user(filled(&Rewrite { reasons })?))
}

/// What goes back with an answer that breaks rules which the schema can't say.
pub(super) fn mend(problems: &[String]) -> Result<Message, WriteError> {
    let Some(problems) = Fenced::of(&lines(problems)) else { return Err(broken("no problem")) };
    Ok(Message::user(filled(&Mend { problems })?))
}

fn lines(sentences: &[String]) -> String {
    sentences.iter().map(|one| format!("- {one}")).collect::<Vec<_>>().join("\n")
}

fn filled(template: &impl Template) -> Result<String, WriteError> {
    template.render().map(|text| text.trim().to_owned()).map_err(|error| broken(&error.to_string()))
}

/// Filling a template into memory does not fail; a person would be told all the same.
fn broken(reason: &str) -> WriteError {
    let message = format!("the prompt could not be put together ({reason}); please report it");
    WriteError::Unavailable { message, retryable: false }
}
