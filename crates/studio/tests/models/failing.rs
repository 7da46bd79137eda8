//! Refused, too dear, away: what could be written stays, and a person is told what can be done.

use domain::{Mode, Stage, State, Strategy, WriterChoice, WrittenBy};
use model_server::Reply;
use studio::{CarouselChange, Event, RetryWith};

use crate::bench::{Bench, failure};
use crate::script::strategy;

#[tokio::test(flavor = "multi_thread")]
async fn a_candidate_that_is_refused_does_not_lose_the_others() {
    let bench = Bench::answering(|asked| {
        (strategy(asked) == Some(Strategy::Fomo)).then(|| Reply::error(403, "content_policy_violation"))
    })
    .await;
    let mut events = bench.studio.subscribe();
    let carousel = bench.written_up_to(Mode::Fast, Stage::Hook).await;
    assert_eq!(carousel.progress.state, State::AwaitingApproval { stage: Stage::Hook, round: 1 });
    let hooks = bench.variants(&carousel, Stage::Hook).await;
    assert_eq!(hooks.len(), 9);
    assert!(hooks.iter().all(|hook| hook.strategy != Strategy::Fomo));
    let mut notes = vec![];
    while let Ok((_, event)) = events.try_recv() {
        if let Event::Note(note) = event {
            notes.push(note);
        }
    }
    let missing: Vec<&String> = notes.iter().filter(|note| note.contains("missing")).collect();
    assert_eq!(missing.len(), 1, "{notes:?}");
    assert!(missing[0].starts_with("the hook `fomo` is missing: "), "{}", missing[0]);
    let mut tx = bench.store().await.read(bench.actor.workspace).await.unwrap();
    let record = store::audit::of_carousel(&mut tx, carousel.id).await.unwrap();
    let kept = record.iter().find(|entry| entry.what == "candidate_missing").unwrap();
    assert_eq!(kept.from.as_deref(), Some("hook fomo 1"));
}

#[tokio::test(flavor = "multi_thread")]
async fn over_budget_says_which_limit_and_the_offline_writer_goes_on_for_nothing() {
    let bench = Bench::new().await;
    bench.limit(Some(50), None).await;
    let failed = bench.work(&bench.create(Mode::Balanced, true).await).await;
    let (reason, retryable) = failure(&failed);
    for words in ["budget of this carousel", "$0.000050", "an owner of the workspace", "offline writer"] {
        assert!(reason.contains(words), "{words}: {reason}");
    }
    assert!(retryable);
    assert!(bench.server.asked().is_empty(), "nothing was sent");
    assert_eq!(
        bench.studio.ways_to_retry(&failed),
        [RetryWith::Same, RetryWith::Cheaper, RetryWith::Offline]
    );
    let again = bench.studio.retry_with(bench.actor, failed.id, RetryWith::Offline).await.unwrap();
    assert_eq!(again.brief.writer, WriterChoice::Offline);
    let done = bench.work(&again).await;
    assert_eq!(done.progress.state, State::Ready);
    let research = bench.variants(&done, Stage::Research).await;
    assert!(research.iter().all(|variant| matches!(variant.written_by, WrittenBy::Offline { .. })));
    assert!(bench.ledger(done.id).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_raised_budget_and_a_cheaper_tier_both_go_on() {
    let bench = Bench::new().await;
    bench.limit(Some(50), None).await;
    let failed = bench.work(&bench.create(Mode::Balanced, false).await).await;
    let cheaper = bench.studio.retry_with(bench.actor, failed.id, RetryWith::Cheaper).await.unwrap();
    assert_eq!(cheaper.brief.mode, Mode::Fast);
    let failed = bench.work(&cheaper).await;
    assert_eq!(bench.studio.ways_to_retry(&failed), [RetryWith::Same, RetryWith::Offline]);
    bench.limit(Some(1_000_000), None).await;
    let again = bench.studio.retry(bench.actor, failed.id).await.unwrap();
    let waiting = bench.work(&again).await;
    assert!(matches!(waiting.progress.state, State::AwaitingApproval { .. }));
    assert!(bench.server.asked().iter().all(|asked| asked.model() == "small"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_is_not_valid_fails_at_once_in_a_sentence() {
    let bench = Bench::answering(|_| Some(Reply::error(401, "unauthorized"))).await;
    let (reason, retryable) = failure(&bench.work(&bench.create(Mode::Fast, true).await).await);
    assert!(reason.contains("does not accept the key"), "{reason}");
    assert!(retryable, "once there is another key");
}

#[tokio::test(flavor = "multi_thread")]
async fn archiving_ends_the_calls_of_a_carousel() {
    let bench = Bench::answering(|asked| {
        Some(crate::script::good(asked).latency(std::time::Duration::from_secs(3_000)))
    })
    .await;
    let carousel = bench.create(Mode::Fast, true).await;
    let archive = async {
        while bench.server.asked().len() < 3 {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
        let archived = CarouselChange::archived(true);
        bench.studio.change_carousel(bench.actor, carousel.id, archived, None).await.unwrap();
    };
    let (ended, ()) = tokio::join!(bench.work(&carousel), archive);
    assert!(failure(&ended).0.contains("was archived"));
    bench.studio.settled().await;
    let ledger = bench.ledger(carousel.id).await;
    assert_eq!(ledger.len(), 3);
    assert!(ledger.iter().all(|entry| entry.outcome == "cancelled" && entry.basis == "worst_case"));
    let retried = bench.studio.retry(bench.actor, carousel.id).await;
    assert!(retried.is_ok(), "it can be taken up again");
}
