//! Many attempts at once, and a process that dies: nothing passes a limit and nothing is lost.

use std::io::{BufRead, BufReader};

use domain::{CarouselId, MicroUsd};
use store::money::{self, Budgets, OverLimit, Reserved, Scope, budgets, ledger};

use crate::money::{WORST, entry, everything, limits, reserve, taken};
use crate::support::{at, stories};

stories! {
    async fn of_sixty_four_at_once_as_many_are_granted_as_the_limit_holds(world) {
        limits(world, Budgets { day: Some(MicroUsd(20_500)), ..Default::default() }).await;
        let other = world.another_store().await;
        let mut tasks = tokio::task::JoinSet::new();
        for n in 0..64 {
            let store = if n % 2 == 0 { world.store.clone() } else { other.clone() };
            let (workspace, reservation) = (world.home.workspace, world.reservation(None));
            tasks.spawn(async move { reserve(&store, workspace, &reservation).await });
        }
        let answers = tasks.join_all().await;
        let over = OverLimit { scope: Scope::Day, limit: MicroUsd(20_500), left: MicroUsd(500) };
        assert_eq!(answers.iter().filter(|answer| **answer == Reserved::Granted).count(), 20);
        assert_eq!(answers.iter().filter(|answer| **answer == Reserved::Refused(over)).count(), 44);
        assert_eq!(taken(world, None).await, [(Scope::Day, 0, 20_000), (Scope::Month, 0, 20_000)]);
        other.close().await;
    }

    /// Settled in full, for less, for nothing, released, and never heard of again: mixed, in three carousels.
    async fn a_crowd_that_settles_and_releases_passes_no_limit_at_any_time(world) {
        let (of_one, of_all) = (MicroUsd(9_000), MicroUsd(15_000));
        limits(world, Budgets { carousel: Some(of_one), month: Some(of_all), ..Default::default() }).await;
        let carousels: Vec<_> = (0..3).map(|_| CarouselId(world.uuid())).collect();
        let other = world.another_store().await;
        let mut tasks = tokio::task::JoinSet::new();
        for n in 0..64 {
            let store = if n % 2 == 0 { world.store.clone() } else { other.clone() };
            let (workspace, reservation) = (world.home.workspace, world.reservation(Some(carousels[n % 3])));
            tasks.spawn(async move {
                let granted = reserve(&store, workspace, &reservation).await == Reserved::Granted;
                let mut tx = store.write_durable(workspace).await.unwrap();
                if granted {
                    match [Some(1_000), Some(10), Some(0), None, None][n % 5] {
                        Some(cost) => assert!(money::settle(&mut tx, &entry(&reservation, cost)).await.unwrap()),
                        None if n % 5 == 3 => assert!(money::release(&mut tx, reservation.attempt).await.unwrap()),
                        None => {}
                    }
                }
                let standings = budgets::standings(&mut tx, reservation.carousel, &reservation.period).await.unwrap();
                tx.commit().await.unwrap();
                for standing in standings {
                    assert!(standing.limit.is_none_or(|limit| standing.taken() <= limit), "{standing:?}");
                }
                granted
            });
        }
        let granted = tasks.join_all().await.into_iter().filter(|granted| *granted).count();
        assert!((15..64).contains(&granted), "{granted} of 64 were granted");
        other.close().await;

        let settled = everything(world).await;
        let open = money::open_reservations(&world.store, at(1_000), 99).await.unwrap();
        for carousel in carousels.iter().map(|carousel| Some(*carousel)).chain([None]) {
            let spent: i64 =
                settled.iter().filter(|row| carousel.is_none() || row.carousel == carousel).map(|row| row.cost.0).sum();
            let reserved: i64 = open
                .iter()
                .filter(|(_, one)| carousel.is_none() || one.carousel == carousel)
                .map(|(_, one)| one.worst.0)
                .sum();
            let scope = if carousel.is_some() { Scope::Carousel } else { Scope::Month };
            assert!(taken(world, carousel).await.contains(&(scope, spent, reserved)), "{scope} {spent} {reserved}");
        }
    }

    async fn what_died_with_its_process_is_found_and_settled(world) {
        if world.is_child {
            for _ in 0..3 {
                let granted = reserve(&world.store, world.home.workspace, &world.reservation(None)).await;
                assert_eq!(granted, Reserved::Granted);
            }
            println!("\nreserved");
            // Until it is killed.
            std::future::pending::<()>().await;
        }
        let mut child = world.start_child();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
        assert_eq!(lines.find(|line| line == "reserved").as_deref(), Some("reserved"));
        child.kill().unwrap();
        child.wait().unwrap();
        assert_eq!(taken(world, None).await, [(Scope::Day, 0, 3_000), (Scope::Month, 0, 3_000)]);

        assert!(money::open_reservations(&world.store, at(0), 99).await.unwrap().is_empty());
        assert_eq!(money::open_reservations(&world.store, at(1), 2).await.unwrap().len(), 2);
        let open = money::open_reservations(&world.store, at(1), 99).await.unwrap();
        assert_eq!(open.len(), 3);
        for (workspace, reservation) in &open {
            let mut tx = world.store.write_durable(*workspace).await.unwrap();
            assert!(money::settle(&mut tx, &entry(reservation, reservation.worst.0)).await.unwrap());
            tx.commit().await.unwrap();
        }
        assert!(money::open_reservations(&world.store, at(1), 99).await.unwrap().is_empty());
        assert_eq!(taken(world, None).await, [(Scope::Day, 3_000, 0), (Scope::Month, 3_000, 0)]);
        // One of them was only thought dead: what it says later changes nothing.
        let mut tx = world.write().await;
        assert!(!money::settle(&mut tx, &entry(&open[0].1, 1)).await.unwrap());
        assert_eq!(ledger::get(&mut tx, open[0].1.attempt).await.unwrap().cost, WORST);
    }
}
