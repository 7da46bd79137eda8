//! The ledger as the costs page reads it: sums, pages and the likely cost of a next call.

use std::ops::Range;

use domain::{CarouselId, MicroUsd};
use store::library::Cursor;
use store::money::costs::{self, By, Sum};
use store::money::{self, Alike, Entry, Past, Period, ledger, past};
use time::OffsetDateTime;

use crate::money::entry;
use crate::support::samples::AWKWARD;
use crate::support::{World, at, stories};

stories! {
    async fn costs_are_summed_by_every_kind_within_a_span(world) {
        let carousel = world.carousel().await.id;
        let deleted = CarouselId(world.uuid());
        let rows = book(world, carousel, deleted).await;
        let by = async |by| shown(&costs::by(&mut world.read().await, by, &span()).await.unwrap());
        assert_eq!(
            by(By::Carousel).await,
            [(Some(deleted.to_string()), 1, 1, 700), (Some(carousel.to_string()), 2, 3, 140), (None, 1, 1, 5)]
        );
        assert_eq!(by(By::Purpose).await, [named("copy", 2, 2, 740), named("hook", 2, 3, 105)]);
        assert_eq!(by(By::Model).await, [named("maker/large", 1, 1, 700), named("maker/model-5", 3, 4, 145)]);
        assert_eq!(by(By::Day).await, [named("2026-11-22", 1, 1, 5), named("2026-11-23", 3, 4, 840)]);
        assert_eq!(by(By::Month).await, [named("2026-11", 4, 5, 845)]);
        assert_eq!(by(By::Basis).await, [named("reported", 4, 4, 745), named("estimated", 1, 1, 100)]);

        let sums = costs::by(&mut world.read().await, By::Carousel, &span()).await.unwrap();
        let titles: Vec<_> = sums.iter().map(|sum| sum.title.as_deref()).collect();
        assert_eq!(titles, [None, Some(AWKWARD), None]);

        let total = costs::total(&mut world.read().await, &span()).await.unwrap();
        let cost = rows.iter().map(|row| row.cost).sum();
        assert_eq!((total.key, total.calls, total.attempts, total.cost), (None, 4, 5, cost));
        assert_eq!(total.tokens_in, 5 * u64::from(u32::MAX));
        assert_eq!((total.tokens_out, total.tokens_cached), (1_000, 250));
        // The estimated one has no price on the reference model: it is in neither sum.
        assert_eq!((total.compared_cost, total.reference_cost), (MicroUsd(745), MicroUsd(3 * 745)));
    }

    async fn a_span_ends_before_its_end(world) {
        let carousel = CarouselId(world.uuid());
        book(world, carousel, carousel).await;
        let cost = async |span: Range<_>| costs::total(&mut world.read().await, &span).await.unwrap().cost.0;
        assert_eq!(cost(at(1)..at(3)).await, 40);
        assert_eq!(cost(at(3)..at(4)).await, 700);
        assert_eq!(cost(at(4)..at(5)).await, 5);
        assert_eq!(costs::total(&mut world.read().await, &(at(50)..at(60))).await.unwrap(), Sum::default());
        assert!(costs::by(&mut world.read().await, By::Day, &(at(50)..at(60))).await.unwrap().is_empty());
    }

    async fn a_carousels_cost_is_the_sum_of_its_rows(world) {
        let (carousel, other) = (world.carousel().await.id, CarouselId(world.uuid()));
        book(world, carousel, other).await;
        let sums = costs::of_carousel(&mut world.read().await, carousel).await.unwrap();
        assert_eq!(shown(&sums), [named("hook", 1, 2, 100), named("copy", 1, 1, 40)]);
        assert_eq!((sums[0].compared_cost, sums[0].reference_cost), (MicroUsd(0), MicroUsd(0)));
        assert!(costs::of_carousel(&mut world.read().await, CarouselId(world.uuid())).await.unwrap().is_empty());
        let mut elsewhere = world.store.read(world.stranger()).await.unwrap();
        assert!(costs::of_carousel(&mut elsewhere, carousel).await.unwrap().is_empty());
        assert_eq!(costs::total(&mut elsewhere, &span()).await.unwrap(), Sum::default());
        let copies = Alike { purpose: "copy", mode: None, tier: None };
        assert_eq!(past(&mut elsewhere, copies, 9).await.unwrap(), None);
    }

    async fn the_ledger_is_read_page_by_page(world) {
        let carousel = CarouselId(world.uuid());
        let mut rows = vec![];
        for n in 0..7 {
            // Two at each moment.
            rows.push(row(world, Some(carousel), n / 2, n));
        }
        settle(world, &rows).await;
        rows.sort_by_key(|row| std::cmp::Reverse((row.at, row.attempt)));
        let mut read: Vec<Entry> = vec![];
        let mut of_carousel: Vec<Entry> = vec![];
        loop {
            // As it goes through an address.
            let after = read.last().map(|last| Cursor::from(last).to_string().parse::<Cursor>().unwrap());
            let mut tx = world.read().await;
            let page = ledger::page(&mut tx, &span(), after, 3).await.unwrap();
            assert_eq!(page.len(), (rows.len() - read.len()).min(3));
            of_carousel.extend(ledger::of_carousel(&mut tx, carousel, after, 3).await.unwrap());
            if page.is_empty() {
                break;
            }
            read.extend(page);
        }
        assert_eq!(read, rows);
        assert_eq!(of_carousel, rows);
        let within = ledger::page(&mut world.read().await, &(at(1)..at(3)), None, 99).await.unwrap();
        assert_eq!(within, rows[1..5]);
    }

    async fn a_next_call_costs_what_the_last_ones_did(world) {
        let copies = Alike { purpose: "copy", mode: Some("balanced"), tier: None };
        assert_eq!(past(&mut world.read().await, copies, 9).await.unwrap(), None);
        let costs = [900, 10, 30, 20, 40].into_iter().zip(0..);
        let mut rows: Vec<_> = costs.map(|(cost, n)| row(world, None, n, cost)).collect();
        // The last call took two attempts, of which the earlier one lies far back.
        rows.push(Entry { call: rows[4].call, ..row(world, None, -100, 2) });
        // Nothing came of this one.
        rows.push(Entry { tokens_out: 0, ..row(world, None, 9, 0) });
        rows.push(Entry { purpose: "hook".into(), ..row(world, None, 9, 5_000) });
        rows.push(Entry { mode: Some("fast".into()), ..row(world, None, 9, 1) });
        rows.push(Entry { tier: Some("complex".into()), mode: None, ..row(world, None, 9, 70) });
        settle(world, &rows).await;
        let likely = async |alike, attempts| past(&mut world.read().await, alike, attempts).await.unwrap();
        let costs = |calls, median, most| Some(Past { calls, median: MicroUsd(median), most: MicroUsd(most) });
        assert_eq!(likely(copies, 99).await, costs(5, 30, 900));
        assert_eq!(likely(copies, 5).await, costs(4, 30, 42));
        assert_eq!(likely(copies, 1).await, None);
        assert_eq!(likely(Alike { mode: Some("fast"), ..copies }, 9).await, costs(1, 1, 1));
        assert_eq!(likely(Alike { mode: None, tier: Some("complex"), ..copies }, 9).await, costs(1, 70, 70));
        assert_eq!(likely(Alike { mode: None, ..copies }, 99).await, costs(7, 30, 900));
    }
}

fn span() -> Range<OffsetDateTime> {
    at(0)..at(10)
}

/// Five attempts of four calls.
async fn book(world: &World, carousel: CarouselId, other: CarouselId) -> Vec<Entry> {
    let first = Entry { purpose: "hook".into(), ..row(world, Some(carousel), 0, 0) };
    let again = Entry {
        call: first.call,
        purpose: "hook".into(),
        basis: "estimated".into(),
        reference_cost: None,
        ..row(world, Some(carousel), 0, 100)
    };
    let large = Entry { model_asked: "maker/large".into(), ..row(world, Some(other), 3, 700) };
    let yesterday = Period { day: "2026-11-22".into(), month: "2026-11".into() };
    let none = Entry { purpose: "hook".into(), period: yesterday, ..row(world, None, 4, 5) };
    let rows = vec![first, again, row(world, Some(carousel), 2, 40), large, none];
    settle(world, &rows).await;
    rows
}

fn row(world: &World, carousel: Option<CarouselId>, seconds: i64, cost: i64) -> Entry {
    Entry { at: at(seconds), ..entry(&world.reservation(carousel), cost) }
}

async fn settle(world: &World, rows: &[Entry]) {
    let mut tx = world.write().await;
    for row in rows {
        assert!(money::settle(&mut tx, row).await.unwrap());
    }
    tx.commit().await.unwrap();
}

type Shown = (Option<String>, u64, u64, i64);

/// Key, calls, attempts and cost.
fn shown(sums: &[Sum]) -> Vec<Shown> {
    sums.iter().map(|sum| (sum.key.clone(), sum.calls, sum.attempts, sum.cost.0)).collect()
}

fn named(key: &str, calls: u64, attempts: u64, cost: i64) -> Shown {
    (Some(key.to_owned()), calls, attempts, cost)
}
