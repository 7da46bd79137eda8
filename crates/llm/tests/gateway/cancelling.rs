//! Calls that end early: cancelled, dropped, too late. What they may have cost is in the ledger all the same.

use std::time::Duration;

use futures::FutureExt;
use llm::{Basis, Call, CancellationToken, Outcome, Reason};
use model_server::Reply;
use tokio::sync::watch;

use crate::bench::{Bench, call, settings};

/// Never answered.
fn endless() -> Reply {
    Reply::chat("").latency(Duration::from_secs(3_600))
}

async fn asked(bench: &Bench, times: usize) {
    while bench.server.asked().len() < times {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

#[tokio::test]
async fn a_call_whose_future_is_dropped_is_settled_at_its_worst_case() {
    let bench = Bench::new().await;
    bench.server.rule(|_| Some(endless()));
    let mut waiting = Box::pin(bench.gateway.ask(call()));
    tokio::select! {
        answer = &mut waiting => panic!("{answer:?}"),
        () = asked(&bench, 1) => {}
    }
    drop(waiting);
    bench.gateway.settled().await;
    let row = &bench.purse.rows()[0];
    assert_eq!((row.outcome, row.basis, row.cost), (Outcome::Cancelled, Basis::WorstCase, row.reserved));
    assert_eq!((bench.purse.rows().len(), bench.purse.open()), (1, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn calls_dropped_at_any_moment_leave_nothing_open() {
    let bench = Bench::new().await;
    bench.server.rule(|_| Some(Reply::chat(crate::bench::GOOD).latency(Duration::from_millis(20))));
    let dropped =
        (0..60).map(|n| tokio::time::timeout(Duration::from_micros(n * 700), bench.gateway.ask(call())));
    futures::future::join_all(dropped).await;
    bench.gateway.settled().await;
    assert_eq!(bench.purse.open(), 0);
    assert!(bench.purse.rows().len() >= bench.server.asked().len(), "a row for all that was sent");
    assert!(bench.outcomes().contains(&Outcome::Cancelled));
}

#[tokio::test]
async fn a_carousel_that_is_cancelled_cancels_its_calls() {
    let bench = Bench::new().await;
    bench.server.rule(|_| Some(endless()));
    let cancel = CancellationToken::new();
    let calls = (0..3).map(|_| bench.gateway.ask(Call { cancel: cancel.clone(), ..call() }));
    let all = futures::future::join_all(calls);
    let cancelled = async {
        asked(&bench, 3).await;
        cancel.cancel();
    };
    let (results, ()) = futures::join!(all, cancelled);
    assert!(
        results.iter().all(|result| result.as_ref().is_err_and(|failed| failed.reason == Reason::Cancelled))
    );
    assert_eq!(bench.outcomes(), [Outcome::Cancelled; 3]);
}

#[tokio::test]
async fn a_call_does_not_cancel_its_neighbours() {
    let bench = Bench::new().await;
    let cancel = CancellationToken::new();
    bench.server.reply(Reply::chat(crate::bench::GOOD));
    bench.gateway.ask(Call { cancel: cancel.clone(), ..call() }).await.unwrap();
    assert!(!cancel.is_cancelled(), "the token is the caller's");
}

#[tokio::test]
async fn a_call_that_is_cancelled_before_it_is_sent_costs_nothing() {
    let bench = Bench::new().await;
    let cancel = CancellationToken::new();
    cancel.cancel();
    let failed = bench.gateway.ask(Call { cancel, ..call() }).await.unwrap_err();
    assert_eq!(failed.reason, Reason::Cancelled);
    assert_eq!((bench.server.asked().len(), bench.purse.rows().len(), bench.purse.open()), (0, 0, 0));
}

#[tokio::test]
async fn who_waits_in_line_leaves_it_when_cancelled() {
    let mut settings = settings();
    settings.in_flight.per_key = 1;
    let bench = Bench::with(settings).await;
    bench.server.rule(|_| Some(endless()));
    let mut first = Box::pin(bench.gateway.ask(call()));
    tokio::select! {
        answer = &mut first => panic!("{answer:?}"),
        () = asked(&bench, 1) => {}
    }
    let cancel = CancellationToken::new();
    let mut second = Box::pin(bench.gateway.ask(Call { cancel: cancel.clone(), ..call() }));
    assert!(second.as_mut().now_or_never().is_none());
    cancel.cancel();
    assert_eq!(second.await.unwrap_err().reason, Reason::Cancelled);
    assert_eq!(bench.server.asked().len(), 1);
    drop(first);
    bench.gateway.settled().await;
    assert_eq!(bench.purse.rows().len(), 1, "only what was sent is in the ledger");
}

#[tokio::test]
async fn a_deadline_ends_a_call_and_its_cost_is_not_lost() {
    let bench = Bench::new().await;
    bench.server.rule(|_| Some(endless()));
    let failed = bench.gateway.ask(call().deadline(Duration::from_millis(400))).await.unwrap_err();
    assert_eq!(failed.reason, Reason::Deadline { after: Duration::from_millis(400) });
    assert_eq!(
        failed.to_string(),
        "No answer came in the 0.4 seconds that the call had; try again, or give it more time."
    );
    let row = &bench.purse.rows()[0];
    assert_eq!((row.outcome, row.cost), (Outcome::TimedOut, row.reserved));
}

#[tokio::test]
async fn a_stream_that_is_dropped_keeps_the_id_to_look_it_up_by() {
    let bench = Bench::new().await;
    let first = "data: {\"choices\":[{\"delta\":{\"content\":\"Bre\"}}]}\n\n";
    bench.server.reply(Reply::pieces([first]).stall_after(first.len()).header("x-generation-id", "gen-42"));
    let (sender, mut text) = watch::channel(String::new());
    let mut waiting = Box::pin(bench.gateway.ask_watched(call(), sender));
    tokio::select! {
        answer = &mut waiting => panic!("{answer:?}"),
        seen = text.wait_for(|text| text == "Bre") => drop(seen.unwrap()),
    }
    drop(waiting);
    bench.gateway.settled().await;
    let row = &bench.purse.rows()[0];
    assert_eq!((row.generation_id.as_deref(), row.outcome), (Some("gen-42"), Outcome::Cancelled));
}
