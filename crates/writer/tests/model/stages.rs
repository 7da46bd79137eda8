//! Every stage is written from realistic answers to valid, typed content, and says who wrote it.

use domain::content::{Block, FactSource, Layout};
use domain::{Content, MicroUsd, Mode, Stage, Strategy, WrittenBy};
use model_server::Reply;
use serde_json::json;

use crate::bench::{Bench, answer, brief_at};

async fn written(stage: Stage) -> Content {
    let bench = Bench::new().await;
    bench.server.reply(Reply::chat(answer(stage)));
    bench.write(&brief_at(stage), stage.strategies()[0]).await.unwrap().content
}

#[tokio::test]
async fn every_strategy_of_every_stage_becomes_a_valid_draft() {
    for stage in Stage::ALL {
        for strategy in stage.strategies() {
            let bench = Bench::new().await;
            bench.server.reply(Reply::chat(answer(*stage)).model("one-1122"));
            let draft = bench.write(&brief_at(*stage), *strategy).await.unwrap();
            assert_eq!(draft.content.stage(), *stage);
            assert_eq!(draft.content.problems(5), vec![]);
            assert_eq!((draft.cost, bench.purse.spent()), (MicroUsd(1_000), MicroUsd(1_000)));
            let WrittenBy::Model { model, prompt_version, seed } = draft.written_by else { panic!() };
            assert_eq!(model, "one-1122");
            let (name, digest) = prompt_version.split_once('@').unwrap();
            assert_eq!(name, format!("{stage}/{strategy}"));
            assert!(digest.len() == 8 && digest.bytes().all(|byte| byte.is_ascii_hexdigit()), "{digest}");
            let asked = &bench.server.asked()[0].body;
            assert_eq!(asked["seed"], json!(seed), "what is kept is what was sent");
            assert_eq!(asked["session_id"], json!("00000000-0000-0000-0000-00000000000b"));
            assert_eq!(asked["response_format"]["json_schema"]["strict"], json!(true), "{stage}");
        }
    }
}

#[tokio::test]
async fn research_keeps_where_each_fact_is_from() {
    let Content::Research(research) = written(Stage::Research).await else { panic!() };
    let ids: Vec<&str> = research.facts.iter().map(|fact| fact.id.0.as_str()).collect();
    assert_eq!(ids, ["f1", "f2", "f3", "f4", "f5"]);
    let FactSource::Sentence { text } = &research.facts[1].source else { panic!() };
    assert_eq!(text, "Bread from yeast alone is stale after two.");
    assert_eq!(research.facts[3].date.as_deref(), Some("2023"));
    assert_eq!(research.facts[4].date, None, "an empty text is none");
    assert_eq!(research.sources, ["Why bread keeps longer with sourdough (bread.md)"]);
}

#[tokio::test]
async fn copy_keeps_its_blocks_and_facts() {
    let Content::Copy(copy) = written(Stage::Copy).await else { panic!() };
    assert!(matches!(copy.slides[2].block, Some(Block::Stat { .. })));
    assert!(
        matches!(&copy.slides[3].block, Some(Block::Bullets { items, numbered_from: Some(1) }) if items.len() == 3)
    );
    assert_eq!(copy.slides[2].facts[0].0, "f4");
}

#[tokio::test]
async fn looks_are_of_what_is_on_offer() {
    let Content::Visual(visual) = written(Stage::Visual).await else { panic!() };
    let offer = &brief_at(Stage::Visual).themes[1];
    assert_eq!((&visual.theme, visual.palette), (&offer.name, offer.palettes[1]));
    use Layout::{Bullets, CallToAction, Cover, Stat, Text};
    assert_eq!(visual.layouts, [Cover, Text, Stat, Bullets, CallToAction]);
}

#[tokio::test]
async fn hashtags_are_words_each_once() {
    let Content::Caption(caption) = written(Stage::Caption).await else { panic!() };
    let tags: Vec<&str> = caption.hashtags.iter().map(|tag| tag.0.as_str()).collect();
    assert_eq!(tags, ["Sourdough", "breadbaking", "HomeBaking", "Starter"]);
    assert_eq!(caption.first_comment, None);
    assert_eq!(caption.alt_text.len(), 5);
}

#[tokio::test]
async fn the_mode_decides_how_strong_a_model_is_asked() {
    let rows = [
        (Mode::Fast, Stage::Copy, "small"),
        (Mode::Balanced, Stage::Copy, "one"),
        (Mode::Thorough, Stage::Copy, "large"),
        (Mode::Balanced, Stage::Caption, "small"),
        (Mode::Thorough, Stage::Caption, "one"),
    ];
    for (mode, stage, model) in rows {
        let bench = Bench::new().await;
        bench.server.reply(Reply::chat(answer(stage)));
        let mut brief = brief_at(stage);
        brief.mode = mode;
        bench.write(&brief, stage.strategies()[0]).await.unwrap();
        assert_eq!(bench.server.asked()[0].model(), model, "{mode} {stage}");
    }
}

#[tokio::test]
async fn a_server_that_knows_no_schema_is_told_it_in_words() {
    for stage in Stage::ALL {
        let bench = Bench::plain().await;
        bench.server.reply(Reply::chat(format!("Here it is:\n```json\n{}\n```", answer(*stage))));
        bench.write(&brief_at(*stage), stage.strategies()[0]).await.unwrap();
        let asked = &bench.server.asked()[0].body;
        assert_eq!(asked["response_format"], json!(null));
        assert!(asked["messages"][0]["content"].as_str().unwrap().contains("\"properties\""), "{stage}");
    }
}

#[tokio::test]
async fn the_same_draft_is_asked_for_in_the_same_way() {
    let bench = Bench::new().await;
    bench.server.rule(|_| Some(Reply::chat(answer(Stage::Hook))));
    let mut brief = brief_at(Stage::Hook);
    for _ in 0..2 {
        bench.write(&brief, Strategy::Question).await.unwrap();
    }
    brief.round = 2;
    bench.write(&brief, Strategy::Question).await.unwrap();
    let asked = bench.server.asked();
    assert_eq!(asked[0].body, asked[1].body);
    assert_ne!(asked[0].body["seed"], asked[2].body["seed"], "another round is another draft");
}
