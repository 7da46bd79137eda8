//! What a writer hands back, and why it may not be able to.

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use domain::{Content, Language, MicroUsd, Problem, Stage, Strategy, WrittenBy};
use llm::Reason;
use thiserror::Error;
use uuid::Uuid;

use crate::brief::StageBrief;

/// A written variant before it is scored and stored.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// Passes [`Content::problems`] for the brief's number of slides.
    pub content: Content,
    pub written_by: WrittenBy,
    pub cost: MicroUsd,
    /// Sentences about what was skipped or done otherwise than asked.
    pub notes: Vec<String>,
}

/// A draft in the making.
pub type Writing<'a> = Pin<Box<dyn Future<Output = Result<Draft, WriteError>> + Send + 'a>>;

/// Whoever writes: the offline writer, or a model.
pub trait Writer: Send + Sync + fmt::Debug {
    /// Writes the stage that `strategy` belongs to, under that strategy.
    fn write<'a>(&'a self, brief: &'a StageBrief, strategy: Strategy) -> Writing<'a>;

    /// Writes the same again, told why the draft before is not good enough: each reason a sentence
    /// (what does not fit, what is below its floor, what is thin).
    ///
    /// `None` from a writer that would write the same again.
    fn rewrite<'a>(
        &'a self,
        brief: &'a StageBrief,
        strategy: Strategy,
        draft: &'a Draft,
        reasons: &'a [String],
    ) -> Option<Writing<'a>> {
        let _ = (brief, strategy, draft, reasons);
        None
    }

    /// Whether a topic alone is not enough: it knows nothing but what a text says.
    fn needs_text(&self) -> bool {
        false
    }
}

/// Why a model wrote nothing that can be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelTrouble {
    /// A sentence with the mend.
    pub reason: Reason,
    /// The call and its attempt with the last raw answer, as they stand in the ledger; `None` where
    /// nothing was asked.
    pub call: Option<Uuid>,
    pub attempt: Option<Uuid>,
}

/// Why nothing was written; each says what is wrong and the mend.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum WriteError {
    #[error(
        "the offline writer works from a text, and there is only a topic; give it an article (a file, an address or pasted text), or connect a model"
    )]
    NeedsSource,
    #[error(
        "the text is too short for {}; give a longer text{}",
        short(*.slides, *.sentences, *.needed, *.possible), fewer(*.possible)
    )]
    TooShort {
        slides: usize,
        sentences: usize,
        needed: usize,
        /// The most slides that this text has material for; `None` where not even 2.
        possible: Option<usize>,
    },
    #[error(
        "no whole sentence was found in the text; give a text written in sentences that end with a full stop"
    )]
    NoSentences,
    #[error(
        "the text says the same few words over and over, so there is nothing to tell; give a text with more to say"
    )]
    Repetitive,
    #[error(
        "the text is in the language `{article}` and the carousel is to be in `{asked}`; the offline writer can't translate: ask for `{article}`, or connect a model"
    )]
    OtherLanguage { article: Language, asked: Language },
    #[error("no theme is on offer; install a theme, or ask for one that exists")]
    NoThemes,
    #[error("the approved {missing} is missing, and the {stage} is written from it; approve it first")]
    NeedsStage { stage: Stage, missing: Stage },
    #[error("the draft of the {stage} broke a rule of its content ({}); write it again, or report the text that led to it", list(.problems))]
    Invalid { stage: Stage, problems: Vec<Problem> },
    #[error("{message}")]
    Unavailable {
        /// A sentence with the mend.
        message: String,
        retryable: bool,
    },
    #[error("{}", .0.reason)]
    Model(Box<ModelTrouble>),
}

impl ModelTrouble {
    /// Whether the same may succeed later: not where somebody must first raise a limit, mend the key or
    /// change the text.
    fn retryable(&self) -> bool {
        match &self.reason {
            Reason::Purse(_)
            | Reason::Unavailable { .. }
            | Reason::InvalidAnswer { .. }
            | Reason::Deadline { .. }
            | Reason::Busy => true,
            Reason::OverBudget(_)
            | Reason::Unauthorised { .. }
            | Reason::NoCredits { .. }
            | Reason::Refused { .. }
            | Reason::Rejected { .. }
            | Reason::NoModel { .. }
            | Reason::Cancelled
            | Reason::Unsendable(_)
            | Reason::Broke(_) => false,
        }
    }
}

/// Where not even the shortest carousel can be made, no number of slides is of interest.
fn short(slides: usize, sentences: usize, needed: usize, possible: Option<usize>) -> String {
    let counted = counted(sentences);
    match possible {
        Some(_) => format!("{slides} slides: it has {counted}, and {needed} are needed"),
        None => format!("a carousel: it has {counted}"),
    }
}

fn counted(sentences: usize) -> String {
    match sentences {
        1 => "1 sentence that can stand alone".to_owned(),
        many => format!("{many} sentences that can stand alone"),
    }
}

fn fewer(possible: Option<usize>) -> String {
    possible.map(|slides| format!(", or ask for {slides} slides")).unwrap_or_default()
}

fn list(problems: &[Problem]) -> String {
    problems.iter().map(Problem::to_string).collect::<Vec<_>>().join("; ")
}

impl WriteError {
    /// Whether the same request may succeed later without a change.
    #[must_use]
    pub fn retryable(&self) -> bool {
        match self {
            Self::Unavailable { retryable, .. } => *retryable,
            Self::Model(trouble) => trouble.retryable(),
            _ => false,
        }
    }
}
