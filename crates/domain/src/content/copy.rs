//! The words on the slides.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{FactId, Problem, check_count, check_length, limits};

/// What a slide shows beside its headline and body; at most one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Block {
    /// A list; numbered from here where the order matters, as in steps.
    Bullets {
        items: Vec<String>,
        numbered_from: Option<u32>,
    },
    /// One big figure and what it counts.
    Stat {
        value: String,
        label: String,
    },
    Quote {
        text: String,
        attribution: Option<String>,
    },
    Code {
        language: Option<String>,
        code: String,
    },
    Comparison {
        left_title: String,
        left: Vec<String>,
        right_title: String,
        right: Vec<String>,
    },
}

/// The words of one slide.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CopySlide {
    pub headline: String,
    pub body: Option<String>,
    pub block: Option<Block>,
    /// The facts of the approved research that these words rest on.
    pub facts: Vec<FactId>,
}

/// The content of a copy variant: as many slides as the outline, in its order.
///
/// The first slide's headline stands until the hook stage replaces it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Copy {
    pub slides: Vec<CopySlide>,
    /// What the reader is asked to do, on the last slide and nowhere else.
    pub call_to_action: String,
}

impl Block {
    fn problems(&self, at: &str, problems: &mut Vec<Problem>) {
        match self {
            Self::Bullets { items, numbered_from } => {
                if *numbered_from == Some(0) {
                    problems.push(Problem::new(format!("{at}.numbered_from"), "counts from 1"));
                }
                check_count(problems, format!("{at}.items"), items.len(), limits::BULLETS);
                check_items(problems, &format!("{at}.items"), items, limits::BULLET);
            }
            Self::Stat { value, label } => {
                check_length(problems, format!("{at}.value"), value, limits::STAT_VALUE);
                check_length(problems, format!("{at}.label"), label, limits::STAT_LABEL);
            }
            Self::Quote { text, attribution } => {
                check_length(problems, format!("{at}.text"), text, limits::QUOTE);
                if let Some(who) = attribution {
                    check_length(problems, format!("{at}.attribution"), who, limits::ATTRIBUTION);
                }
            }
            Self::Code { code, .. } => {
                if code.trim().is_empty() {
                    problems.push(Problem::new(format!("{at}.code"), "is empty"));
                }
                let lines = code.lines().count();
                if lines > limits::CODE_LINES {
                    let message = format!("has {lines} lines; at most {} fit", limits::CODE_LINES);
                    problems.push(Problem::new(format!("{at}.code"), message));
                }
                for (n, line) in code.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
                    check_length(problems, format!("{at}.code line {}", n + 1), line, limits::CODE_LINE);
                }
            }
            Self::Comparison { left_title, left, right_title, right } => {
                for (side, title, items) in [("left", left_title, left), ("right", right_title, right)] {
                    check_length(problems, format!("{at}.{side}_title"), title, limits::SIDE_TITLE);
                    check_count(problems, format!("{at}.{side}"), items.len(), limits::SIDE_ITEMS);
                    check_items(problems, &format!("{at}.{side}"), items, limits::SIDE_ITEM);
                }
            }
        }
    }
}

fn check_items(problems: &mut Vec<Problem>, at: &str, items: &[String], most: usize) {
    for (n, item) in items.iter().enumerate() {
        check_length(problems, format!("{at}[{n}]"), item, most);
    }
}

impl Copy {
    pub(super) fn problems(&self, slides: usize) -> Vec<Problem> {
        let mut problems = Vec::new();
        check_count(&mut problems, "slides", self.slides.len(), slides..=slides);
        for (n, slide) in self.slides.iter().enumerate() {
            check_length(&mut problems, format!("slides[{n}].headline"), &slide.headline, limits::HEADLINE);
            let room = if slide.block.is_some() { limits::BODY_WITH_BLOCK } else { limits::BODY };
            if let Some(body) = &slide.body {
                check_length(&mut problems, format!("slides[{n}].body"), body, room);
            }
            if let Some(block) = &slide.block {
                block.problems(&format!("slides[{n}].block"), &mut problems);
            }
        }
        check_length(&mut problems, "call_to_action", &self.call_to_action, limits::CALL_TO_ACTION);
        problems
    }
}
