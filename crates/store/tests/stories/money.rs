//! The accounts: what is reserved, settled, released and refused, and that nothing is counted twice.

use domain::{CarouselId, MemberId, MicroUsd};
use store::money::{
    self, Budgets, Entry, OverLimit, Period, Reservation, Reserved, Scope, Standing, answers, budgets, ledger,
};
use store::{Conflict, Store, StoreError, carousels, workspaces};

use crate::support::samples::AWKWARD;
use crate::support::{World, at, stories};

/// What an attempt of these stories may cost at most.
pub(crate) const WORST: MicroUsd = MicroUsd(1_000);

stories! {
    async fn an_attempt_is_settled_once(world) {
        let reservation = world.reservation(Some(world.carousel().await.id));
        assert_eq!(reserve(&world.store, world.home.workspace, &reservation).await, Reserved::Granted);
        let row = entry(&reservation, 700);
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..8 {
            let (store, workspace, row) = (world.store.clone(), world.home.workspace, row.clone());
            tasks.spawn(async move {
                let mut tx = store.write_durable(workspace).await.unwrap();
                let is_new = money::settle(&mut tx, &row).await.unwrap();
                tx.commit().await.unwrap();
                is_new
            });
        }
        assert_eq!(tasks.join_all().await.into_iter().filter(|is_new| *is_new).count(), 1);
        let spent = [(Scope::Carousel, 700, 0), (Scope::Day, 700, 0), (Scope::Month, 700, 0)];
        assert_eq!(taken(world, reservation.carousel).await, spent);
        let mut tx = world.write().await;
        assert!(!money::release(&mut tx, row.attempt).await.unwrap());
        assert_eq!(ledger::get(&mut tx, row.attempt).await.unwrap(), row);
        tx.commit().await.unwrap();
        assert_eq!(taken(world, reservation.carousel).await, spent);
    }

    async fn an_attempt_is_reserved_once_and_given_back_once(world) {
        let reservation = world.reservation(None);
        let mut tx = world.write().await;
        assert_eq!(money::reserve(&mut tx, &reservation).await.unwrap(), Reserved::Granted);
        tx.commit().await.unwrap();
        let mut tx = world.write().await;
        let error = money::reserve(&mut tx, &reservation).await.unwrap_err();
        assert!(matches!(error, StoreError::Conflict(Conflict::Exists)), "{error}");
        drop(tx);
        let mut tx = world.write().await;
        assert!(money::release(&mut tx, reservation.attempt).await.unwrap());
        assert!(!money::release(&mut tx, reservation.attempt).await.unwrap());
        tx.commit().await.unwrap();
        assert_eq!(taken(world, None).await, [(Scope::Day, 0, 0), (Scope::Month, 0, 0)]);
        assert!(everything(world).await.is_empty());
    }

    async fn a_refusal_names_the_tightest_limit_and_reserves_nothing(world) {
        let set = Budgets {
            carousel: Some(MicroUsd(2_000)),
            day: Some(MicroUsd(1_900)),
            month: Some(MicroUsd(1_300)),
            warn_percent: 50,
        };
        limits(world, set).await;
        let carousel = Some(CarouselId(world.uuid()));
        assert_eq!(ask(world, carousel, 1_000).await, Reserved::Granted);
        let refused = |scope, limit, left| {
            Reserved::Refused(OverLimit { scope, limit: MicroUsd(limit), left: MicroUsd(left) })
        };
        assert_eq!(ask(world, carousel, 1_500).await, refused(Scope::Month, 1_300, 300));
        assert_eq!(ask(world, carousel, 301).await, refused(Scope::Month, 1_300, 300));
        assert_eq!(ask(world, None, 301).await, refused(Scope::Month, 1_300, 300));
        assert_eq!(ask(world, Some(CarouselId(world.uuid())), 2_001).await, refused(Scope::Month, 1_300, 300));
        let counted = [(Scope::Carousel, 0, 1_000), (Scope::Day, 0, 1_000), (Scope::Month, 0, 1_000)];
        assert_eq!(taken(world, carousel).await, counted);
        assert_eq!(money::open_reservations(&world.store, at(1), 99).await.unwrap().len(), 1);

        limits(world, Budgets { day: Some(MicroUsd(1_200)), ..set }).await;
        assert_eq!(ask(world, carousel, 1_500).await, refused(Scope::Day, 1_200, 200));
        // A limit that was lowered below what is taken: nothing is left, but what costs nothing goes on.
        limits(world, Budgets { carousel: Some(MicroUsd(500)), ..set }).await;
        assert_eq!(ask(world, carousel, 1).await, refused(Scope::Carousel, 500, 0));
        assert_eq!(ask(world, carousel, 0).await, Reserved::Granted);
        assert_eq!(ask(world, None, 300).await, Reserved::Granted);
        limits(world, Budgets { day: Some(MicroUsd::ZERO), ..Default::default() }).await;
        let tomorrow = Period { day: "2026-11-24".into(), month: "2026-11".into() };
        let next = Reservation { period: tomorrow, ..world.reservation(None) };
        assert_eq!(reserve(&world.store, world.home.workspace, &next).await, refused(Scope::Day, 0, 0));
    }

    async fn no_sum_overflows_and_no_claim_is_negative(world) {
        assert_eq!(ask(world, None, i64::MAX - 5).await, Reserved::Granted);
        let over = OverLimit { scope: Scope::Day, limit: MicroUsd(i64::MAX), left: MicroUsd(5) };
        assert_eq!(ask(world, None, i64::MAX).await, Reserved::Refused(over));
        let mut tx = world.write().await;
        let negative = Reservation { worst: MicroUsd(-1), ..world.reservation(None) };
        let error = money::reserve(&mut tx, &negative).await.unwrap_err();
        assert!(matches!(error, StoreError::Invalid(_)), "{error}");
        drop(tx);
        let mut tx = world.write().await;
        let error = money::settle(&mut tx, &entry(&world.reservation(None), -1)).await.unwrap_err();
        assert!(matches!(error, StoreError::Invalid(_)), "{error}");
    }

    async fn a_row_that_cost_nothing_gives_its_reservation_back(world) {
        limits(world, Budgets { day: Some(WORST), ..Default::default() }).await;
        let first = world.reservation(None);
        assert_eq!(reserve(&world.store, world.home.workspace, &first).await, Reserved::Granted);
        assert!(matches!(ask(world, None, 1).await, Reserved::Refused(_)));
        let mut tx = world.write().await;
        assert!(money::settle(&mut tx, &entry(&first, 0)).await.unwrap());
        tx.commit().await.unwrap();
        assert_eq!(ask(world, None, 1_000).await, Reserved::Granted);
        assert_eq!(everything(world).await.len(), 1);
    }

    async fn a_row_counts_when_it_was_reserved_or_else_when_it_was_made(world) {
        let reservation = world.reservation(None);
        assert_eq!(reserve(&world.store, world.home.workspace, &reservation).await, Reserved::Granted);
        // Midnight passed, or somebody chose another time zone.
        let tomorrow = Period { day: "2026-12-01".into(), month: "2026-12".into() };
        let late = Entry { period: tomorrow.clone(), ..entry(&reservation, 600) };
        let unreserved = Entry { period: tomorrow.clone(), ..entry(&world.reservation(None), 77) };
        let mut tx = world.write().await;
        assert!(money::settle(&mut tx, &late).await.unwrap());
        assert!(money::settle(&mut tx, &unreserved).await.unwrap());
        assert_eq!(ledger::get(&mut tx, late.attempt).await.unwrap().period, reservation.period);
        assert_eq!(ledger::get(&mut tx, unreserved.attempt).await.unwrap(), unreserved);
        let standings = budgets::standings(&mut tx, None, &tomorrow).await.unwrap();
        assert_eq!(standings.iter().map(|one| one.spent.0).collect::<Vec<_>>(), [77, 77]);
        tx.commit().await.unwrap();
        assert_eq!(taken(world, None).await, [(Scope::Day, 600, 0), (Scope::Month, 600, 0)]);
    }

    async fn budgets_are_set_and_warn(world) {
        assert_eq!(budgets::get(&mut world.read().await).await.unwrap(), Budgets::default());
        let set = Budgets { day: Some(MicroUsd(10_000)), warn_percent: 80, ..Default::default() };
        limits(world, Budgets { month: Some(MicroUsd(5)), ..set }).await;
        limits(world, set).await;
        assert_eq!(budgets::get(&mut world.read().await).await.unwrap(), set);
        for wrong in [
            Budgets { warn_percent: 0, ..set },
            Budgets { warn_percent: 101, ..set },
            Budgets { carousel: Some(MicroUsd(-1)), ..set },
        ] {
            let mut tx = world.write().await;
            let error = budgets::set(&mut tx, &wrong).await.unwrap_err();
            assert!(matches!(error, StoreError::Invalid(_)), "{error}");
        }
        let warns = async || {
            let standings = budgets::standings(&mut world.read().await, None, &period()).await.unwrap();
            standings.iter().map(|one| one.has_reached(set.warn_percent)).collect::<Vec<_>>()
        };
        assert_eq!(ask(world, None, 7_999).await, Reserved::Granted);
        assert_eq!(warns().await, [false, false]);
        assert_eq!(ask(world, None, 1).await, Reserved::Granted);
        assert_eq!(warns().await, [true, false]);
        let left: Vec<_> = budgets::standings(&mut world.read().await, None, &period()).await.unwrap();
        assert_eq!(left.iter().map(Standing::left).collect::<Vec<_>>(), [Some(MicroUsd(2_000)), None]);
    }

    async fn another_workspace_sees_and_changes_nothing(world) {
        limits(world, Budgets { day: Some(WORST), ..Default::default() }).await;
        let carousel = world.carousel().await.id;
        let reservation = world.reservation(Some(carousel));
        assert_eq!(reserve(&world.store, world.home.workspace, &reservation).await, Reserved::Granted);
        let open = Reservation { worst: MicroUsd(9), ..world.reservation(Some(carousel)) };
        let mut tx = world.write().await;
        money::settle(&mut tx, &entry(&reservation, 400)).await.unwrap();
        answers::keep(&mut tx, &raw(&reservation)).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(reserve(&world.store, world.home.workspace, &open).await, Reserved::Granted);

        let mut tx = world.store.write(world.stranger()).await.unwrap();
        assert!(workspaces::make(&mut tx, "other", MemberId(world.uuid()), "Grace", at(0)).await.unwrap());
        assert_eq!(budgets::get(&mut tx).await.unwrap(), Budgets::default());
        for standing in budgets::standings(&mut tx, Some(carousel), &period()).await.unwrap() {
            assert_eq!((standing.limit, standing.taken()), (None, MicroUsd::ZERO));
        }
        let error = ledger::get(&mut tx, reservation.attempt).await.unwrap_err();
        assert!(matches!(error, StoreError::NotFound { what: "attempt", .. }), "{error}");
        assert!(ledger::page(&mut tx, &(at(0)..at(99)), None, 9).await.unwrap().is_empty());
        assert!(ledger::of_carousel(&mut tx, carousel, None, 9).await.unwrap().is_empty());
        assert_eq!(answers::get(&mut tx, reservation.attempt).await.unwrap(), None);
        assert!(!money::release(&mut tx, open.attempt).await.unwrap());
        // The same attempt there is another attempt, and counts there.
        assert!(money::settle(&mut tx, &entry(&open, 5)).await.unwrap());
        tx.commit().await.unwrap();
        assert_eq!(taken(world, None).await, [(Scope::Day, 400, 9), (Scope::Month, 400, 9)]);
        let found = money::open_reservations(&world.store, at(1), 9).await.unwrap();
        assert_eq!(found, [(world.home.workspace, open)]);
    }

    async fn a_deleted_carousels_costs_stay_and_its_answers_go(world) {
        let carousel = world.carousel().await.id;
        let (first, second) = (world.reservation(Some(carousel)), world.reservation(Some(carousel)));
        for one in [&first, &second] {
            assert_eq!(reserve(&world.store, world.home.workspace, one).await, Reserved::Granted);
        }
        let mut tx = world.write().await;
        money::settle(&mut tx, &entry(&first, 400)).await.unwrap();
        answers::keep(&mut tx, &raw(&first)).await.unwrap();
        let other = answers::RawAnswer { raw: None, problem: Some("Nothing came.".into()), ..raw(&first) };
        answers::keep(&mut tx, &other).await.unwrap();
        assert_eq!(answers::get(&mut tx, first.attempt).await.unwrap(), Some(raw(&first)));
        carousels::delete(&mut tx, carousel).await.unwrap();
        assert_eq!(answers::get(&mut tx, first.attempt).await.unwrap(), None);
        // What was under way is still counted.
        assert!(money::settle(&mut tx, &entry(&second, 50)).await.unwrap());
        tx.commit().await.unwrap();
        let mut tx = world.write().await;
        let error = answers::keep(&mut tx, &raw(&second)).await.unwrap_err();
        assert!(matches!(error, StoreError::Invalid(_)), "{error}");
        drop(tx);
        let kept = ledger::of_carousel(&mut world.read().await, carousel, None, 9).await.unwrap();
        assert_eq!(kept.iter().map(|row| row.cost.0).sum::<i64>(), 450);
        let spent = [(Scope::Carousel, 450, 0), (Scope::Day, 450, 0), (Scope::Month, 450, 0)];
        assert_eq!(taken(world, Some(carousel)).await, spent);
    }

    async fn a_providers_text_can_be_anything(world) {
        let hostile = format!("{AWKWARD}\0");
        let mut row = entry(&world.reservation(None), 3);
        for text in [&mut row.model_used, &mut row.provider, &mut row.generation_id] {
            *text = Some(hostile.clone());
        }
        let answer = answers::RawAnswer {
            attempt: row.attempt,
            carousel: None,
            raw: Some(hostile.clone()),
            problem: Some(hostile.clone()),
            at: at(0),
        };
        let mut tx = world.write().await;
        assert!(money::settle(&mut tx, &row).await.unwrap());
        answers::keep(&mut tx, &answer).await.unwrap();
        let cleaned = Some(format!("{AWKWARD}\u{fffd}"));
        let kept = ledger::get(&mut tx, row.attempt).await.unwrap();
        assert_eq!([&kept.model_used, &kept.provider, &kept.generation_id], [&cleaned; 3]);
        let kept = answers::get(&mut tx, row.attempt).await.unwrap().unwrap();
        assert_eq!([kept.raw, kept.problem], [cleaned.clone(), cleaned]);
    }
}

pub(crate) fn period() -> Period {
    Period { day: "2026-11-23".into(), month: "2026-11".into() }
}

impl World {
    pub(crate) fn reservation(&self, carousel: Option<CarouselId>) -> Reservation {
        Reservation {
            attempt: self.uuid(),
            call: self.uuid(),
            carousel,
            period: period(),
            purpose: "copy".into(),
            mode: Some("balanced".into()),
            tier: Some("standard".into()),
            model: "maker/model-5".into(),
            worst: WORST,
            at: at(0),
        }
    }
}

/// The row of a reservation's attempt, with what it cost.
pub(crate) fn entry(reservation: &Reservation, cost: i64) -> Entry {
    Entry {
        attempt: reservation.attempt,
        call: reservation.call,
        carousel: reservation.carousel,
        at: reservation.at,
        period: reservation.period.clone(),
        purpose: reservation.purpose.clone(),
        mode: reservation.mode.clone(),
        tier: reservation.tier.clone(),
        connection: "openrouter".into(),
        model_asked: reservation.model.clone(),
        model_used: Some("maker/model-5-2026-10".into()),
        provider: None,
        tokens_in: u32::MAX,
        tokens_out: 200,
        tokens_cached: 50,
        tokens_cache_written: 1,
        tokens_reasoning: 7,
        cost: MicroUsd(cost),
        basis: "reported".into(),
        reserved: reservation.worst,
        reference_cost: Some(MicroUsd(cost * 3)),
        reference_model: Some("maker/large".into()),
        latency_ms: 1_234,
        outcome: "answered".into(),
        status: Some(200),
        generation_id: Some("gen-1".into()),
    }
}

fn raw(reservation: &Reservation) -> answers::RawAnswer {
    answers::RawAnswer {
        attempt: reservation.attempt,
        carousel: reservation.carousel,
        raw: Some(AWKWARD.into()),
        problem: None,
        at: at(5),
    }
}

pub(crate) async fn limits(world: &World, limits: Budgets) {
    let mut tx = world.write().await;
    budgets::set(&mut tx, &limits).await.unwrap();
    tx.commit().await.unwrap();
}

pub(crate) async fn reserve(
    store: &Store,
    workspace: domain::WorkspaceId,
    reservation: &Reservation,
) -> Reserved {
    let mut tx = store.write_durable(workspace).await.unwrap();
    let reserved = money::reserve(&mut tx, reservation).await.unwrap();
    // Of a refusal too, which leaves nothing.
    tx.commit().await.unwrap();
    reserved
}

async fn ask(world: &World, carousel: Option<CarouselId>, worst: i64) -> Reserved {
    let reservation = Reservation { worst: MicroUsd(worst), ..world.reservation(carousel) };
    reserve(&world.store, world.home.workspace, &reservation).await
}

/// Spent and reserved of each counter.
pub(crate) async fn taken(world: &World, carousel: Option<CarouselId>) -> Vec<(Scope, i64, i64)> {
    let standings = budgets::standings(&mut world.read().await, carousel, &period()).await.unwrap();
    standings.iter().map(|one: &Standing| (one.scope, one.spent.0, one.reserved.0)).collect()
}

pub(crate) async fn everything(world: &World) -> Vec<Entry> {
    ledger::page(&mut world.read().await, &(at(0)..at(1_000)), None, 999).await.unwrap()
}
