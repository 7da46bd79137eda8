//! What the scripted model answers: to each task of the prompts what a good model would.

#![allow(dead_code, reason = "each file of tests uses its part")]

use std::fs;
use std::sync::LazyLock;

use domain::{Stage, Strategy};
use model_server::{Asked, Reply};

/// A text of five slides, which the answers are about.
pub(crate) const ARTICLE: &str = "# Why bread keeps longer with sourdough

Bread from sourdough stays fresh for five days. Bread from yeast alone is stale after two.

## What the acid does

Lactic acid slows the starch down as it turns back into crystals. In a trial of the bakers' school in \
Weinheim in 2023, loaves lost 31 % of their softness in three days, and loaves from yeast lost 58 %.

- Feed the starter twice before you bake.
- Let the dough rest for sixteen hours in the cold.
- Bake it until the crust is dark.

> Time is an ingredient that costs nothing.
";

pub(crate) const SLIDES: u8 = 5;

/// What each strategy's prompt says, by which a task is told.
static MANNERS: LazyLock<Vec<(Strategy, String)>> = LazyLock::new(|| {
    let manner = |strategy: &Strategy| {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../writer/prompts/strategy");
        let text = fs::read_to_string(format!("{folder}/{strategy}.md")).expect("the writer's prompts");
        (*strategy, text.trim().to_owned())
    };
    Strategy::ALL.iter().map(manner).collect()
});

static ANSWERS: LazyLock<Vec<(Stage, String)>> = LazyLock::new(|| {
    let answer = |stage: &Stage| {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../writer/tests/model/answers");
        (*stage, fs::read_to_string(format!("{folder}/{stage}.json")).expect("the writer's answers"))
    };
    Stage::ALL.iter().map(answer).collect()
});

/// The task of a question; `None` for one that is no stage's.
pub(crate) fn strategy(asked: &Asked) -> Option<Strategy> {
    let texts: Vec<String> = asked.body["messages"].as_array()?.iter().map(text).collect();
    let manner = MANNERS.iter().find(|(_, manner)| texts.iter().any(|text| text.contains(manner)))?;
    Some(manner.0)
}

/// Whether an earlier draft is to be made better.
pub(crate) fn is_rewrite(asked: &Asked) -> bool {
    asked.body["messages"].as_array().is_some_and(|messages| messages.len() > 4)
}

fn text(message: &serde_json::Value) -> String {
    let content = &message["content"];
    content.as_str().or_else(|| content[0]["text"].as_str()).unwrap_or_default().to_owned()
}

/// The answer to a stage.
pub(crate) fn answer(stage: Stage) -> &'static str {
    ANSWERS.iter().find(|(one, _)| *one == stage).map(|(_, text)| text.as_str()).expect("a stage")
}

/// The good answer to whatever is asked; a probe gets what it looks for.
pub(crate) fn good(asked: &Asked) -> Reply {
    match strategy(asked) {
        Some(strategy) => Reply::chat(answer(strategy.stage())),
        None => Reply::chat(r#"{"sign": "blue-7", "list": []}"#),
    }
}
