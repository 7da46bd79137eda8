//! A model writes every stage, and every call is in the ledger with its raw answer.

use domain::{MicroUsd, Mode, Stage, State, WrittenBy};
use store::money::answers;

use crate::bench::Bench;
use crate::script;

#[tokio::test(flavor = "multi_thread")]
async fn all_six_stages_are_written_by_the_model_and_paid_once() {
    let bench = Bench::new().await;
    let done = bench.work(&bench.create(Mode::Fast, true).await).await;
    assert_eq!(done.progress.state, State::Ready, "{:?}", done.progress.state);
    let mut cost = MicroUsd::ZERO;
    for stage in Stage::ALL {
        let variants = bench.variants(&done, *stage).await;
        assert_eq!(variants.len(), stage.strategies().len(), "{stage}");
        for variant in variants {
            assert!(
                matches!(&variant.written_by, WrittenBy::Model { model, .. } if model == "small"),
                "{stage}"
            );
            cost += variant.cost;
        }
    }
    let asked = bench.server.asked();
    assert_eq!(asked.len(), 5 * 3 + 10, "one call a variant");
    let ledger = bench.ledger(done.id).await;
    assert_eq!(ledger.len(), asked.len());
    assert_eq!(ledger.iter().map(|entry| entry.cost).sum::<MicroUsd>(), cost);
    assert_eq!(cost, MicroUsd(25_000));
    assert!(ledger.iter().all(|entry| entry.mode.as_deref() == Some("fast") && entry.outcome == "answered"));
    let research = ledger.iter().find(|entry| entry.purpose == "research").unwrap();
    let mut tx = bench.store().await.read(bench.actor.workspace).await.unwrap();
    let raw = answers::get(&mut tx, research.attempt).await.unwrap().unwrap();
    assert_eq!(raw.raw.as_deref(), Some(script::answer(Stage::Research)), "word for word");
    assert_eq!((raw.carousel, raw.problem), (Some(done.id), None));
    let exported = bench.studio.export(bench.actor, done.id, &bench.folder.path().join("out")).await.unwrap();
    assert_eq!(exported.report.cost_micro_usd, cost);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_candidates_of_a_round_are_asked_for_at_the_same_time() {
    let bench =
        Bench::answering(|asked| Some(script::good(asked).latency(std::time::Duration::from_millis(300))))
            .await;
    bench.work(&bench.create(Mode::Fast, false).await).await;
    assert_eq!(bench.server.most_at_once(), 3);
}
