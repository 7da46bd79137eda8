//! What is not good enough is written again, told why; the loops have bounds, and the best attempt stays.

use std::sync::atomic::{AtomicU32, Ordering};

use domain::{Content, MicroUsd, Mode, Stage, State};
use model_server::{Asked, Reply};
use serde_json::{Value, json};

use crate::bench::Bench;
use crate::script::{self, answer, is_rewrite, strategy};

/// The answer to a stage, changed.
fn changed(stage: Stage, change: impl FnOnce(&mut Value)) -> Reply {
    let mut value = serde_json::from_str(answer(stage)).unwrap();
    change(&mut value);
    Reply::chat(value.to_string())
}

fn stage(asked: &Asked) -> Option<Stage> {
    strategy(asked).map(domain::Strategy::stage)
}

fn thin() -> Reply {
    changed(Stage::Research, |value| value["facts"].as_array_mut().unwrap().truncate(1))
}

#[tokio::test(flavor = "multi_thread")]
async fn thin_research_is_deepened_once_and_both_calls_are_its_cost() {
    let bench = Bench::answering(|asked| (!is_rewrite(asked)).then(thin)).await;
    let carousel = bench.work(&bench.create(Mode::Balanced, false).await).await;
    let variants = bench.variants(&carousel, Stage::Research).await;
    for variant in &variants {
        let Content::Research(research) = &variant.content else { panic!() };
        assert_eq!((research.facts.len(), variant.cost), (5, MicroUsd(2_000)));
    }
    let again: Vec<Asked> = bench.server.asked().into_iter().filter(is_rewrite).collect();
    assert_eq!(again.len(), 3);
    assert!(again[0].last_message().contains("it has 1 facts"), "{}", again[0].last_message());
}

#[tokio::test(flavor = "multi_thread")]
async fn research_that_stays_thin_is_asked_for_no_third_time() {
    let bench = Bench::answering(|_| Some(thin())).await;
    let carousel = bench.work(&bench.create(Mode::Thorough, false).await).await;
    assert!(matches!(carousel.progress.state, State::AwaitingApproval { .. }));
    assert_eq!(bench.server.asked().len(), 3 * 2);
}

/// A figure that stands in no fact.
fn invented() -> Reply {
    changed(Stage::Copy, |value| {
        value["slides"][1]["body"] = json!("Our 4711 loaves prove that 97 % of them stay soft.");
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn copy_is_rewritten_with_its_exact_faults_as_often_as_the_mode_allows() {
    for (mode, most) in [(Mode::Fast, 1), (Mode::Balanced, 2), (Mode::Thorough, 4)] {
        let bench = Bench::answering(|asked| (stage(asked) == Some(Stage::Copy)).then(invented)).await;
        bench.written_up_to(mode, Stage::Copy).await;
        let asked = bench.server.asked();
        let copies: Vec<&Asked> = asked.iter().filter(|one| stage(one) == Some(Stage::Copy)).collect();
        assert_eq!(copies.len(), 3 * most, "{mode}");
        let mut told = copies.iter().filter(|one| is_rewrite(one));
        assert!(told.all(|one| one.last_message().contains("4711")), "{mode}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_best_attempt_is_kept_and_a_failed_one_loses_nothing() {
    static COPIES: AtomicU32 = AtomicU32::new(0);
    let bench = Bench::answering(|asked| match (stage(asked), is_rewrite(asked)) {
        (Some(Stage::Copy), false) => Some(invented()),
        (Some(Stage::Copy), true) if COPIES.fetch_add(1, Ordering::SeqCst) > 0 => {
            Some(Reply::error(403, "content_policy_violation"))
        }
        _ => None,
    })
    .await;
    let carousel = bench.written_up_to(Mode::Balanced, Stage::Copy).await;
    let variants = bench.variants(&carousel, Stage::Copy).await;
    assert_eq!(variants.len(), 3);
    let flagged = |n: usize| variants[n].score.flags.iter().filter(|flag| flag.name != "similar").count();
    assert!(flagged(0) < flagged(1), "the one that could be mended is the best");
    assert_eq!((variants[0].cost, variants[1].cost), (MicroUsd(2_000), MicroUsd(1_000)));
    let good = Content::from_json(Stage::Copy, variants[0].content.to_json()).unwrap();
    assert!(!good.to_json().to_string().contains("4711"));
    assert!(script::answer(Stage::Copy).contains("Stale is not the same as dry"));
}
