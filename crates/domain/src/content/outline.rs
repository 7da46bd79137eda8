//! The story in slides: what each is for, and what it says in one sentence.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{FactId, Problem, check_count, check_length};

crate::named_enum! {
    /// What a slide does in the story.
    pub enum Role ("role") {
        Hook = "hook",
        Context = "context",
        Point = "point",
        Proof = "proof",
        Example = "example",
        Summary = "summary",
        Cta = "cta",
    }
}

/// One slide of the story.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OutlineSlide {
    pub role: Role,
    pub working_title: String,
    /// What the reader knows after this slide, in a sentence.
    pub key_message: String,
    /// The facts of the approved research that this slide uses.
    pub facts: Vec<FactId>,
}

/// The content of an outline variant: the first slide is the hook, the last the call to action.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Outline {
    pub slides: Vec<OutlineSlide>,
}

impl Outline {
    pub(super) fn problems(&self, slides: usize) -> Vec<Problem> {
        let mut problems = Vec::new();
        check_count(&mut problems, "slides", self.slides.len(), slides..=slides);
        for (n, slide) in self.slides.iter().enumerate() {
            check_length(&mut problems, format!("slides[{n}].working_title"), &slide.working_title, 120);
            check_length(&mut problems, format!("slides[{n}].key_message"), &slide.key_message, 600);
        }
        if self.slides.first().is_some_and(|slide| slide.role != Role::Hook) {
            problems.push(Problem::new("slides[0].role", "the first slide is the hook"));
        }
        if self.slides.len() > 1 && self.slides.last().is_some_and(|slide| slide.role != Role::Cta) {
            let last = self.slides.len() - 1;
            problems.push(Problem::new(format!("slides[{last}].role"), "the last slide is the cta"));
        }
        problems
    }
}
