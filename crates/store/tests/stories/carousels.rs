//! Carousels and their variants: kept whole, listed, moved on, deleted; and never seen from elsewhere.

use domain::{Action, Brief, CarouselId, Progress, Score, Stage, State, VariantId};
use store::carousels;
use store::library::{self, Filter};
use store::{Conflict, StoreError, audit, variants};

use crate::support::samples::progress;
use crate::support::{at, stories};

stories! {
    async fn a_carousel_comes_back_as_it_was_kept(world) {
        let carousel = world.carousel().await;
        assert_eq!(carousels::get(&mut world.read().await, carousel.id).await.unwrap(), carousel);
    }

    async fn what_is_not_committed_is_not_kept(world) {
        let carousel = world.new_carousel(0);
        let mut tx = world.write().await;
        carousels::insert(&mut tx, &carousel, None).await.unwrap();
        drop(tx);
        let error = carousels::get(&mut world.write().await, carousel.id).await.unwrap_err();
        assert!(matches!(error, StoreError::NotFound { what: "carousel", .. }), "{error}");
    }

    async fn an_id_is_taken_once(world) {
        let carousel = world.carousel().await;
        let error = carousels::insert(&mut world.write().await, &carousel, None).await.unwrap_err();
        assert!(matches!(error, StoreError::Conflict(Conflict::Exists)), "{error}");
    }

    async fn a_transaction_sees_one_state_throughout(world) {
        let carousel = world.carousel().await;
        let mut reader = world.read().await;
        carousels::get(&mut reader, carousel.id).await.unwrap();
        let mut tx = world.write().await;
        carousels::set_title(&mut tx, carousel.id, "Meanwhile", at(9)).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(carousels::get(&mut reader, carousel.id).await.unwrap(), carousel);
        let fresh = carousels::get(&mut world.read().await, carousel.id).await.unwrap();
        assert_eq!((fresh.title.as_str(), fresh.updated_at), ("Meanwhile", at(9)));
    }

    async fn what_was_asked_for_can_be_mended(world) {
        let carousel = world.carousel().await;
        let brief = Brief { topic: Some("RYE".into()), ..carousel.brief.clone() };
        let mut tx = world.write().await;
        carousels::set_brief(&mut tx, carousel.id, &brief, at(9)).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = world.read().await;
        let mended = carousels::get(&mut tx, carousel.id).await.unwrap();
        assert_eq!((mended.brief, mended.updated_at), (brief, at(9)));
        let filter = Filter { search: Some("rye"), ..Filter::default() };
        assert_eq!(library::page(&mut tx, &filter, None, 10).await.unwrap().len(), 1);
    }

    async fn a_reading_transaction_does_not_write(world) {
        let carousel = world.carousel().await;
        let error = carousels::set_title(&mut world.read().await, carousel.id, "No", at(1)).await.unwrap_err();
        assert!(matches!(error, StoreError::ReadOnly), "{error}");
    }

    async fn of_two_changes_of_what_was_read_one_is_refused(world) {
        let carousel = world.carousel().await;
        let mut tx = world.write().await;
        carousels::touch(&mut tx, carousel.id, carousel.updated_at, at(5)).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = world.write().await;
        let error = carousels::touch(&mut tx, carousel.id, carousel.updated_at, at(6)).await.unwrap_err();
        assert!(matches!(error, StoreError::Conflict(Conflict::Changed)), "{error}");
        let unknown = carousels::touch(&mut tx, CarouselId(world.uuid()), at(0), at(6)).await.unwrap_err();
        assert!(matches!(unknown, StoreError::NotFound { what: "carousel", .. }), "{unknown}");
        assert_eq!(carousels::get(&mut tx, carousel.id).await.unwrap().updated_at, at(5));
    }

    async fn the_second_of_two_transitions_learns_where_the_carousel_is(world) {
        let id = world.carousel().await.id;
        let (draft, started) = (Progress::new(), progress(&[Action::Start]));
        let mut tx = world.write().await;
        carousels::update_progress(&mut tx, id, &draft, &started, at(5)).await.unwrap();
        tx.commit().await.unwrap();

        let mut tx = world.write().await;
        let error = carousels::update_progress(&mut tx, id, &draft, &started, at(6)).await.unwrap_err();
        let StoreError::Conflict(Conflict::Progress { actual }) = &error else { panic!("{error}") };
        assert_eq!(**actual, started);
        assert_eq!(
            error.to_string(),
            "the carousel has moved on to `generating` meanwhile; look at it again"
        );
        let carousel = carousels::get(&mut tx, id).await.unwrap();
        assert_eq!((carousel.progress, carousel.updated_at), (started, at(5)));
    }

    async fn of_eight_tasks_that_start_a_carousel_one_succeeds(world) {
        let id = world.carousel().await.id;
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..8 {
            let (store, workspace) = (world.store.clone(), world.home.workspace);
            tasks.spawn(async move {
                let mut tx = store.write(workspace).await.unwrap();
                let next = progress(&[Action::Start]);
                let moved = carousels::update_progress(&mut tx, id, &Progress::new(), &next, at(1)).await;
                match moved {
                    Ok(()) => tx.commit().await.map(|()| 1).unwrap(),
                    Err(StoreError::Conflict(Conflict::Progress { .. })) => 0,
                    Err(error) => panic!("{error}"),
                }
            });
        }
        assert_eq!(tasks.join_all().await.into_iter().sum::<i32>(), 1);
    }

    async fn a_run_that_was_cut_off_is_found_by_its_source(world) {
        let (old, new, other) = (world.new_carousel(0), world.new_carousel(5), world.new_carousel(9));
        let mut tx = world.write().await;
        carousels::insert(&mut tx, &old, Some("sha256:bread")).await.unwrap();
        carousels::insert(&mut tx, &new, Some("sha256:bread")).await.unwrap();
        carousels::insert(&mut tx, &other, Some("sha256:cake")).await.unwrap();
        let found = carousels::find_unfinished_by_source_key(&mut tx, "sha256:bread").await.unwrap();
        assert_eq!(found, Some(new.clone()));

        let exported = Progress { state: State::Exported, rounds: [1; 6] };
        carousels::update_progress(&mut tx, new.id, &Progress::new(), &exported, at(6)).await.unwrap();
        let found = carousels::find_unfinished_by_source_key(&mut tx, "sha256:bread").await.unwrap();
        assert_eq!(found.map(|carousel| carousel.id), Some(old.id));

        carousels::archive(&mut tx, old.id, at(7)).await.unwrap();
        let found = carousels::find_unfinished_by_source_key(&mut tx, "sha256:bread").await.unwrap();
        assert_eq!(found, None);
    }

    async fn variants_come_back_by_round_stage_and_carousel(world) {
        let id = world.carousel().await.id;
        let captions = world.variants(id, Stage::Caption, 3).await;
        let hooks = world.variants(id, Stage::Hook, 2).await;
        let again = world.new_variant(id, Stage::Hook, 2, 0);
        let mut tx = world.write().await;
        variants::insert(&mut tx, &again).await.unwrap();
        tx.commit().await.unwrap();

        let mut tx = world.read().await;
        assert_eq!(variants::get(&mut tx, captions[2].id).await.unwrap(), captions[2]);
        assert_eq!(variants::of_round(&mut tx, id, Stage::Hook, 1).await.unwrap(), hooks);
        let of_stage = variants::of_stage(&mut tx, id, Stage::Hook).await.unwrap();
        assert_eq!(of_stage, [&hooks[..], &[again]].concat());
        // Hooks come before captions on the way, though not in the alphabet.
        assert_eq!(variants::of_carousel(&mut tx, id).await.unwrap(), [of_stage, captions].concat());
        let counts = variants::rounds(&mut tx, id).await.unwrap();
        let counts: Vec<_> = counts.iter().map(|one| (one.stage, one.round, one.variants)).collect();
        assert_eq!(counts, [(Stage::Hook, 1, 2), (Stage::Hook, 2, 1), (Stage::Caption, 1, 3)]);
        // After the strategies' own places, which a round may still be to fill.
        assert_eq!(variants::free_position(&mut tx, id, Stage::Hook, 1).await.unwrap(), 10);
        assert_eq!(variants::free_position(&mut tx, id, Stage::Caption, 1).await.unwrap(), 3);
    }

    async fn a_position_of_a_round_is_filled_once(world) {
        let id = world.carousel().await.id;
        world.variants(id, Stage::Hook, 1).await;
        let twin = world.new_variant(id, Stage::Hook, 1, 0);
        let error = variants::insert(&mut world.write().await, &twin).await.unwrap_err();
        assert!(matches!(error, StoreError::Conflict(Conflict::Exists)), "{error}");
    }

    async fn a_variant_of_no_carousel_is_refused(world) {
        let orphan = world.new_variant(CarouselId(world.uuid()), Stage::Hook, 1, 0);
        let error = variants::insert(&mut world.write().await, &orphan).await.unwrap_err();
        assert!(matches!(error, StoreError::Invalid(_)), "{error}");
    }

    async fn a_score_is_replaced(world) {
        let id = world.carousel().await.id;
        let hook = world.variants(id, Stage::Hook, 1).await.remove(0);
        let better = Score { total: 9.0 + 1.0 / 3.0, dimensions: vec![], flags: vec![] };
        let mut tx = world.write().await;
        variants::set_score(&mut tx, hook.id, &better).await.unwrap();
        assert_eq!(variants::get(&mut tx, hook.id).await.unwrap().score, better);
        let error = variants::set_score(&mut tx, VariantId(world.uuid()), &better).await.unwrap_err();
        assert!(matches!(error, StoreError::NotFound { what: "variant", .. }), "{error}");
    }

    async fn a_deleted_carousel_takes_all_but_its_audit_along(world) {
        let id = world.carousel().await.id;
        let hook = world.variants(id, Stage::Hook, 1).await.remove(0);
        let entry = audit::Entry {
            carousel: Some(id),
            who: Some(world.home.owner),
            what: "delete".into(),
            when: at(4),
            from: Some("draft".into()),
            to: None,
        };
        let mut tx = world.write().await;
        audit::record(&mut tx, &entry).await.unwrap();
        carousels::delete(&mut tx, id).await.unwrap();
        tx.commit().await.unwrap();

        let mut tx = world.write().await;
        assert!(variants::get(&mut tx, hook.id).await.is_err());
        assert_eq!(audit::of_carousel(&mut tx, id).await.unwrap(), [entry]);
        for error in [
            carousels::delete(&mut tx, id).await.unwrap_err(),
            carousels::archive(&mut tx, id, at(5)).await.unwrap_err(),
            carousels::set_title(&mut tx, id, "Gone", at(5)).await.unwrap_err(),
            carousels::set_brief(&mut tx, id, &world.new_carousel(0).brief, at(5)).await.unwrap_err(),
        ] {
            assert!(matches!(error, StoreError::NotFound { what: "carousel", .. }), "{error}");
        }
    }

    async fn another_workspace_sees_and_changes_nothing(world) {
        let carousel = world.carousel().await;
        let hook = world.variants(carousel.id, Stage::Hook, 1).await.remove(0);
        let mut tx = world.store.write(world.stranger()).await.unwrap();
        assert_eq!(tx.workspace(), world.stranger());
        assert!(library::page(&mut tx, &Filter::default(), None, 10).await.unwrap().is_empty());
        assert!(carousels::get(&mut tx, carousel.id).await.is_err());
        assert!(variants::get(&mut tx, hook.id).await.is_err());
        assert!(variants::of_carousel(&mut tx, carousel.id).await.unwrap().is_empty());
        assert!(carousels::set_title(&mut tx, carousel.id, "Mine", at(1)).await.is_err());
        assert!(carousels::set_brief(&mut tx, carousel.id, &carousel.brief, at(1)).await.is_err());
        assert!(carousels::delete(&mut tx, carousel.id).await.is_err());
        tx.commit().await.unwrap();
        assert_eq!(carousels::get(&mut world.read().await, carousel.id).await.unwrap(), carousel);
    }

    async fn another_workspace_cannot_add_to_a_carousel(world) {
        let carousel = world.carousel().await;
        let intruder = world.new_variant(carousel.id, Stage::Hook, 1, 0);
        let mut tx = world.store.write(world.stranger()).await.unwrap();
        let error = variants::insert(&mut tx, &intruder).await.unwrap_err();
        assert!(matches!(error, StoreError::Invalid(_)), "{error}");
    }
}
