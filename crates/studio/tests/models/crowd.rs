//! Sixty-four carousels at once against one budget, with answers that are slow, fail, or do not say
//! what they cost: the ledger never passes the limit.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use domain::{MicroUsd, Mode, State};
use model_server::Reply;
use store::money::{Scope, budgets, ledger, open_reservations};
use studio::Surroundings;
use tokio::sync::oneshot;

use crate::bench::Bench;
use crate::script;

const CAROUSELS: usize = 64;
const LIMIT: MicroUsd = MicroUsd(1_200_000);

/// A mixed lot, the same in each run.
fn mishap(n: u64, good: Reply) -> Reply {
    let mixed = n.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40;
    let late = Duration::from_millis(mixed % 120);
    match mixed % 8 {
        0 => Reply::error(500, "server_error"),
        1 => good.without_cost().latency(late),
        2 => good.without_usage().latency(late),
        3 => good.cost("0").latency(late),
        4 => good.cut_after(40),
        5 => Reply::chat("I am sorry, I can't."),
        _ => good.latency(late),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_ledger_never_passes_the_limit() {
    let calls = AtomicU64::new(0);
    let bench = Bench::answering(move |asked| {
        Some(mishap(calls.fetch_add(1, Ordering::SeqCst), script::good(asked)))
    })
    .await;
    bench.limit(None, Some(LIMIT.0)).await;
    let mut carousels = vec![];
    for _ in 0..CAROUSELS {
        carousels.push(bench.create(Mode::Fast, true).await.id);
    }
    let (stop, stopped) = oneshot::channel::<()>();
    let worker = tokio::spawn({
        let studio = bench.studio.clone();
        async move { studio.work(async { stopped.await.unwrap() }).await }
    });
    let mut over_budget = 0;
    for id in carousels {
        over_budget += usize::from(settled(&bench, id).await.contains("budget of the day"));
    }
    stop.send(()).unwrap();
    worker.await.unwrap();
    bench.studio.settled().await;

    let store = bench.store().await;
    let now = Surroundings::real().now();
    let open = open_reservations(&store, now + Duration::from_secs(60), 10).await.unwrap();
    assert!(open.is_empty(), "{open:?}");
    let mut tx = store.read(bench.actor.workspace).await.unwrap();
    let span = now - Duration::from_secs(3_600)..now + Duration::from_secs(60);
    let entries = ledger::page(&mut tx, &span, None, 100_000).await.unwrap();
    let spent: MicroUsd = entries.iter().map(|entry| entry.cost).sum();
    assert!(spent <= LIMIT, "{spent} of {LIMIT}");
    assert!(spent > MicroUsd(LIMIT.0 / 2), "the budget was tried: {spent}");
    assert!(over_budget > 0, "it was not enough for all");
    assert_eq!(entries.len(), bench.server.asked().len(), "every call has its row");
    let standing = budgets::standings(&mut tx, None, &entries[0].period).await.unwrap();
    let day = standing.iter().find(|standing| standing.scope == Scope::Day).unwrap();
    assert_eq!((day.spent, day.reserved), (spent, MicroUsd::ZERO), "the counter is the ledger's sum");
}

/// Waits until nothing happens without a person; the reason where it failed.
async fn settled(bench: &Bench, id: domain::CarouselId) -> String {
    loop {
        let work = bench.studio.read_carousel(bench.actor, id).await.unwrap();
        match work.carousel.progress.state {
            State::Generating { .. } => tokio::time::sleep(Duration::from_millis(50)).await,
            State::Failed { reason, .. } => return reason,
            _ => return String::new(),
        }
    }
}
