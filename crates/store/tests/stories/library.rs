//! The library: newest first, page by page, searched and filtered.

use domain::{Action, CarouselId, MicroUsd, ProfileId, Progress, Stage};
use store::approvals::{self, Approval};
use store::carousels;
use store::library::{self, Card, Cursor, Filter};

use crate::support::samples::progress;
use crate::support::{World, at, stories};

stories! {
    async fn the_library_is_newest_first_page_by_page(world) {
        // Two of the same moment, so that the id has to decide.
        let made: Vec<_> = [0, 30, 10, 10, 20].map(|second| world.new_carousel(second)).into();
        let archived = world.carousel().await;
        let mut tx = world.write().await;
        for carousel in &made {
            carousels::insert(&mut tx, carousel, None).await.unwrap();
        }
        carousels::archive(&mut tx, archived.id, at(40)).await.unwrap();
        tx.commit().await.unwrap();

        let mut tx = world.read().await;
        let (mut seen, mut after) = (vec![], None);
        loop {
            let page = library::page(&mut tx, &Filter::default(), after, 2).await.unwrap();
            let Some(last) = page.last() else { break };
            // As it comes back from a page's address.
            after = Some(Cursor::from(last).to_string().parse().unwrap());
            assert!(page.len() <= 2);
            seen.extend(page.into_iter().map(|card| card.id));
        }
        assert_eq!(seen, [1, 4, 3, 2, 0].map(|n: usize| made[n].id));
        let expected = Card {
            id: made[1].id,
            title: made[1].title.clone(),
            progress: Progress::new(),
            score: None,
            cost: MicroUsd::ZERO,
            has_cover: false,
            archived: false,
            created_at: at(30),
            updated_at: at(30),
        };
        assert_eq!(library::page(&mut tx, &Filter::default(), None, 1).await.unwrap(), [expected]);
        let filter = Filter { archived: true, ..Filter::default() };
        let found = library::page(&mut tx, &filter, None, 9).await.unwrap();
        assert_eq!(found.iter().map(|card| (card.id, card.archived)).collect::<Vec<_>>(), [(archived.id, true)]);
        drop(tx);
        let mut tx = world.write().await;
        carousels::unarchive(&mut tx, archived.id).await.unwrap();
        assert_eq!(library::page(&mut tx, &Filter::default(), None, 9).await.unwrap().len(), 6);
        assert!(carousels::unarchive(&mut tx, CarouselId(world.uuid())).await.is_err());
    }

    async fn a_part_of_title_or_topic_is_found_in_any_letters(world) {
        let titled = kept(world, "ÜBER 100 % Sauerteig_!", "bread").await;
        let topical = kept(world, "Untitled", "Grüße aus der Küche").await;
        let renamed = kept(world, "Old", "cake").await;
        let mut tx = world.write().await;
        carousels::set_title(&mut tx, renamed, "ÉCLAIRS", at(3)).await.unwrap();
        tx.commit().await.unwrap();
        for (search, expected) in [
            ("über 100 % S", vec![titled]),
            ("TEIG_!", vec![titled]),
            ("KÜCHE", vec![topical]),
            ("éclair", vec![renamed]),
            ("CAKE", vec![renamed]),
            ("0_%", vec![]),
            ("%", vec![titled]),
            ("_", vec![titled]),
            ("old", vec![]),
        ] {
            let filter = Filter { search: Some(search), ..Filter::default() };
            let found = library::page(&mut world.read().await, &filter, None, 9).await.unwrap();
            assert_eq!(found.iter().map(|card| card.id).collect::<Vec<_>>(), expected, "{search}");
        }
    }

    async fn cards_are_filtered_by_state_and_profile(world) {
        let mut of_profile = world.new_carousel(0);
        of_profile.brief.profile = Some(ProfileId(world.uuid()));
        let started = world.carousel().await;
        let mut tx = world.write().await;
        carousels::insert(&mut tx, &of_profile, None).await.unwrap();
        let next = progress(&[Action::Start]);
        carousels::update_progress(&mut tx, started.id, &Progress::new(), &next, at(1)).await.unwrap();
        tx.commit().await.unwrap();
        let found = async |filter: Filter<'_>| {
            let cards = library::page(&mut world.read().await, &filter, None, 9).await.unwrap();
            cards.into_iter().map(|card| card.id).collect::<Vec<_>>()
        };
        let states = |states| Filter { states, ..Filter::default() };
        assert_eq!(found(states(&["generating"])).await, [started.id]);
        assert_eq!(found(states(&["draft", "failed"])).await, [of_profile.id]);
        assert_eq!(found(states(&["draft", "generating"])).await.len(), 2);
        assert!(found(states(&["ready", "exported"])).await.is_empty());
        let of = |profile| Filter { profile, ..Filter::default() };
        assert_eq!(found(of(of_profile.brief.profile)).await, [of_profile.id]);
        assert!(found(of(Some(ProfileId(world.uuid())))).await.is_empty());
    }

    async fn a_card_has_score_cost_and_cover(world) {
        let id = world.carousel().await.id;
        let hooks = world.variants(id, Stage::Hook, 2).await;
        let mut tx = world.write().await;
        let approval = Approval { carousel: id, stage: Stage::Copy, variant: hooks[1].id, member: None, at: at(1) };
        approvals::approve(&mut tx, &approval).await.unwrap();
        carousels::set_score(&mut tx, id, Some(7.25)).await.unwrap();
        let card = library::page(&mut tx, &Filter::default(), None, 1).await.unwrap().remove(0);
        assert_eq!((card.score, card.cost, card.has_cover), (Some(7.25), MicroUsd(1_000_000_007), true));
        approvals::withdraw_from(&mut tx, id, Stage::Copy, at(2)).await.unwrap();
        carousels::set_score(&mut tx, id, None).await.unwrap();
        let card = library::page(&mut tx, &Filter::default(), None, 1).await.unwrap().remove(0);
        assert_eq!((card.score, card.has_cover), (None, false));
        assert!(carousels::set_score(&mut tx, CarouselId(world.uuid()), None).await.is_err());
    }
}

#[test]
fn only_our_own_cursors_are_taken() {
    for text in ["", "x", "0", "00000000000000ff", "é0000000000000000", &"0".repeat(49), &"g".repeat(48)] {
        let error = text.parse::<Cursor>().unwrap_err();
        assert!(error.to_string().ends_with("begin at the first page"), "{error}");
    }
    let spaced = format!("+00000000000000f{}", "0".repeat(32));
    assert!(spaced.parse::<Cursor>().is_err());
    let taken = format!("00000000000000ff{}", "0".repeat(32));
    assert_eq!(taken.parse::<Cursor>().unwrap().to_string(), taken);
}

async fn kept(world: &World, title: &str, topic: &str) -> CarouselId {
    let mut carousel = world.new_carousel(0);
    carousel.title = title.into();
    carousel.brief.topic = Some(topic.into());
    let mut tx = world.write().await;
    carousels::insert(&mut tx, &carousel, None).await.unwrap();
    tx.commit().await.unwrap();
    carousel.id
}
