//! The accounts bear what no provider should say, and what died with its process is settled.

use domain::{CarouselId, MicroUsd, Mode, State};
use llm::{Claim, Payer, Purpose, Tier};
use model_server::Reply;
use studio::{Studio, StudioError, Surroundings};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use crate::bench::{Bench, failure};
use crate::script;

#[tokio::test(flavor = "multi_thread")]
async fn absurd_figures_of_a_provider_break_no_counter() {
    let bench =
        Bench::answering(|asked| Some(script::good(asked).cost("1e300").tokens(u64::MAX / 4, u64::MAX / 4)))
            .await;
    let waiting = bench.work(&bench.create(Mode::Fast, false).await).await;
    assert!(matches!(waiting.progress.state, State::AwaitingApproval { .. }), "{:?}", waiting.progress.state);
    let ledger = bench.ledger(waiting.id).await;
    assert_eq!(ledger.len(), 3);
    assert!(ledger.iter().all(|entry| entry.cost > MicroUsd::ZERO && entry.tokens_in == u32::MAX));
    bench.limit(None, Some(1_000_000)).await;
    let refused = bench.work(&bench.create(Mode::Fast, false).await).await;
    assert!(failure(&refused).0.contains("budget of the day"), "they count");
}

fn claim(bench: &Bench, carousel: CarouselId, n: u128, at: OffsetDateTime) -> Claim {
    Claim {
        attempt: Uuid::from_u128(n),
        call: Uuid::from_u128(100 + n),
        payer: Payer::new(bench.actor.workspace, Some(carousel)),
        purpose: Purpose::Hook,
        tier: Some(Tier::Simple),
        model: "small".into(),
        worst: MicroUsd(7_000),
        at,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_attempt_that_died_is_settled_at_its_worst_case_and_one_under_way_is_left_alone() {
    let bench = Bench::new().await;
    let carousel = bench.create(Mode::Fast, false).await;
    let now = Surroundings::real().now();
    let purse = bench.studio.purse();
    for (n, at) in [(1, now - Duration::hours(1)), (2, now)] {
        purse.reserve(&claim(&bench, carousel.id, n, at)).await.unwrap();
    }
    assert_eq!(bench.studio.settle_abandoned().await.unwrap(), 1);
    assert_eq!(bench.studio.settle_abandoned().await.unwrap(), 0);
    let ledger = bench.ledger(carousel.id).await;
    assert_eq!(ledger.len(), 1);
    assert_eq!((ledger[0].cost, ledger[0].outcome.as_str()), (MicroUsd(7_000), "unknown"));
    assert_eq!((ledger[0].basis.as_str(), ledger[0].mode.as_deref()), ("worst_case", Some("fast")));
    let later = Surroundings::with(move || now + Duration::hours(1), || Uuid::from_u128(9), || 0.0);
    let studio = Studio::open(bench.folder.path(), later).await.unwrap();
    assert_eq!(studio.settle_abandoned().await.unwrap(), 1, "its time is over, too");
}

#[tokio::test(flavor = "multi_thread")]
async fn budgets_are_set_by_owners_and_make_sense() {
    let bench = Bench::new().await;
    let set = |budgets| bench.studio.set_budgets(bench.actor, budgets);
    let negative = studio::Budgets { day: Some(MicroUsd(-1)), ..Default::default() };
    assert!(matches!(set(negative).await, Err(StudioError::Invalid { .. })));
    let unclear = studio::Budgets { warn_percent: 0, ..Default::default() };
    assert!(matches!(set(unclear).await, Err(StudioError::Invalid { .. })));
    let good = studio::Budgets { month: Some(MicroUsd(5)), ..Default::default() };
    set(good).await.unwrap();
    assert_eq!(bench.studio.budgets(bench.actor).await.unwrap(), good);
    let editor = studio::Actor { role: domain::MemberRole::Editor, ..bench.actor };
    let refused = bench.studio.set_budgets(editor, good).await;
    assert!(matches!(refused, Err(StudioError::Forbidden(_))));
    let away = Bench::answering(|_| Some(Reply::error(402, "insufficient_credits"))).await;
    let failed = away.work(&away.create(Mode::Fast, false).await).await;
    assert!(failure(&failed).0.contains("has no credits left"));
}
