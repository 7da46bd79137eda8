//! How many calls run at once, who waits, and who is sent away.

use std::time::Duration;

use domain::WorkspaceId;
use futures::future::join_all;
use llm::{Call, Payer, Reason};
use model_server::Reply;
use uuid::Uuid;

use crate::bench::{Bench, GOOD, call, settings};

fn of_workspace(n: u128) -> Call {
    Call { payer: Payer::new(WorkspaceId(Uuid::from_u128(n)), None), ..call() }
}

fn slowly() -> Option<Reply> {
    Some(Reply::chat(GOOD).latency(Duration::from_millis(40)))
}

#[tokio::test]
async fn a_workspace_and_a_key_have_so_many_calls_at_once() {
    for (per_key, per_workspace, workspaces, most) in [(16, 3, 1, 3), (4, 3, 4, 4), (16, 8, 4, 16)] {
        let mut settings = settings();
        (settings.in_flight.per_key, settings.in_flight.per_workspace) = (per_key, per_workspace);
        let bench = Bench::with(settings).await;
        bench.server.rule(|_| slowly());
        let calls = (0..32).map(|n| bench.gateway.ask(of_workspace(n % workspaces)));
        assert!(join_all(calls).await.iter().all(Result::is_ok));
        assert!(bench.server.most_at_once() <= most, "{} at once", bench.server.most_at_once());
        assert!(bench.server.most_at_once() > 1, "they do run at the same time");
    }
}

#[tokio::test]
async fn the_line_is_bounded_and_who_finds_it_full_is_told() {
    let mut settings = settings();
    (settings.in_flight.per_key, settings.in_flight.waiting) = (1, 2);
    let bench = Bench::with(settings).await;
    bench.server.rule(|_| slowly());
    let results = join_all((0..8).map(|n| bench.gateway.ask(of_workspace(n)))).await;
    let busy =
        results.iter().filter(|result| result.as_ref().is_err_and(|failed| failed.reason == Reason::Busy));
    assert_eq!(busy.count(), 5);
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 3);
    assert_eq!(bench.purse.open(), 0);
}

#[tokio::test]
async fn a_workspace_that_waits_does_not_hold_up_another() {
    let mut settings = settings();
    (settings.in_flight.per_key, settings.in_flight.per_workspace) = (2, 1);
    let bench = Bench::with(settings).await;
    bench.server.rule(|asked| {
        let endless = asked.last_message().contains("endless");
        Some(if endless { Reply::chat("").latency(Duration::from_secs(3_600)) } else { Reply::chat(GOOD) })
    });
    let endless = |n: u32| {
        let messages = vec![llm::Message::user(format!("endless {n}"))];
        Call { messages, ..of_workspace(1) }
    };
    let stuck = join_all((0..4).map(|n| bench.gateway.ask(endless(n))));
    tokio::select! {
        _ = stuck => panic!("they are endless"),
        answer = bench.gateway.ask(of_workspace(2)) => assert!(answer.is_ok()),
    }
}
