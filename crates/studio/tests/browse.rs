//! The library and what one does there; a round as the approval page shows it; the history.

#![allow(clippy::unwrap_used, clippy::panic, reason = "what is not as it must be fails the test")]

mod bench;

use domain::{Content, MemberRole, Refusal, Stage, Stars, State, StateGroup};
use studio::{CarouselChange, LibraryFilter, StudioError};

use crate::bench::{Bench, conflict, request};

#[tokio::test(flavor = "multi_thread")]
async fn carousels_are_found_named_put_away_and_copied() {
    let bench = Bench::new(&[]).await;
    let (studio, actor) = (&bench.studio, bench.actor);
    let (waiting, ready) = (bench.work(&bench.create(false).await).await, bench.ready().await);
    let page = studio.library(actor, &LibraryFilter::default(), None, 1).await.unwrap();
    assert_eq!((page.cards.len(), page.cards[0].id), (1, ready.id));
    assert!(page.cards[0].has_cover && page.cards[0].score.is_some());
    let next = page.next.unwrap().to_string().parse().unwrap();
    let page = studio.library(actor, &LibraryFilter::default(), Some(next), 1).await.unwrap();
    let card = &page.cards[0];
    assert_eq!((card.id, card.stage, page.next), (waiting.id, Some(Stage::Research), None));
    assert_eq!((card.has_cover, card.score), (false, None));

    let found = async |filter: LibraryFilter| {
        let page = studio.library(actor, &filter, None, 50).await.unwrap();
        page.cards.into_iter().map(|card| card.id).collect::<Vec<_>>()
    };
    let state = |group| LibraryFilter { state: Some(group), ..LibraryFilter::default() };
    assert_eq!(found(state(StateGroup::Ready)).await, [ready.id]);
    assert_eq!(found(state(StateGroup::Waiting)).await, [waiting.id]);
    assert!(found(state(StateGroup::Posted)).await.is_empty());

    let renamed = studio
        .change_carousel(actor, ready.id, CarouselChange::title("  Fewer Meetings, 20 % more Work "), None)
        .await
        .unwrap();
    assert_eq!(renamed.title, "Fewer Meetings, 20 % more Work");
    let read_before = Some(ready.updated_at);
    let late = studio.change_carousel(actor, ready.id, CarouselChange::title("Mine"), read_before).await;
    assert!(matches!(late, Err(StudioError::Taken(_))), "{late:?}");
    let search = |text: &str| LibraryFilter { search: Some(text.into()), ..LibraryFilter::default() };
    assert_eq!(found(search(" fewer meetings, 20 % ")).await, [ready.id]);
    assert!(found(search("%%")).await.is_empty());
    assert_eq!(found(search("  ")).await.len(), 2);
    for title in [String::new(), "x".repeat(201)] {
        assert!(matches!(
            studio.change_carousel(actor, ready.id, CarouselChange::title(&title), None).await,
            Err(StudioError::Invalid { .. })
        ));
    }

    studio.change_carousel(actor, waiting.id, CarouselChange::archived(true), None).await.unwrap();
    assert_eq!(found(LibraryFilter::default()).await, [ready.id]);
    assert_eq!(found(LibraryFilter { archived: true, ..LibraryFilter::default() }).await, [waiting.id]);
    studio.change_carousel(actor, waiting.id, CarouselChange::archived(false), None).await.unwrap();
    let copy = studio.duplicate(actor, ready.id).await.unwrap();
    assert_eq!((copy.brief, copy.title), (ready.brief.clone(), renamed.title));
    assert_eq!(copy.progress.state, State::Generating { stage: Stage::Research, round: 1 });
    assert_eq!(found(LibraryFilter::default()).await.len(), 3);
    let deeds = studio.history(actor, waiting.id).await.unwrap().deeds;
    let deeds: Vec<_> = deeds.iter().map(|deed| (deed.what.as_str(), deed.by.as_deref())).collect();
    assert_eq!(deeds[deeds.len() - 2..], [("archive", Some("Owner")), ("unarchive", Some("Owner"))]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_web_makes_is_no_commands_unfinished_run() {
    let bench = Bench::new(&[]).await;
    let (studio, actor) = (&bench.studio, bench.actor);
    studio.create_carousel(actor, request(false)).await.unwrap();
    assert!(studio.unfinished(actor, &request(false)).await.unwrap().is_none());
    let of_run = studio.create_for_run(actor, request(false)).await.unwrap();
    studio.duplicate(actor, of_run.id).await.unwrap();
    assert_eq!(studio.unfinished(actor, &request(false)).await.unwrap().unwrap().id, of_run.id);
    assert!(studio.unfinished(bench.stranger(), &request(false)).await.unwrap().is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_round_is_shown_with_all_that_one_decides_by() {
    let bench = Bench::new(&[]).await;
    let (studio, actor) = (&bench.studio, bench.actor);
    let carousel = bench.approve_up_to(Stage::Research).await;
    let first = studio.stage_view(actor, carousel.id, Stage::Outline, None).await.unwrap();
    assert_eq!((first.round, first.rounds, first.rejection.as_deref()), (1, 1, None));
    assert_eq!(first.track.keys().copied().collect::<Vec<_>>(), [Stage::Research]);
    let chosen = &first.track[&Stage::Research];
    assert_eq!(chosen.approval.by.as_deref(), Some("Owner"));
    let before = studio.stage_view(actor, carousel.id, Stage::Research, None).await.unwrap();
    assert_eq!(Some(&chosen.approval), before.approved.as_ref());
    let best = &before.variants[0].variant;
    let Content::Research(research) = &best.content else { panic!("{best:?}") };
    assert_eq!((chosen.strategy, &chosen.words), (best.strategy, &research.angle));
    assert!(first.approved.is_none() && !first.facts.is_empty());
    let scores: Vec<_> = first.variants.iter().map(|one| one.variant.score.total).collect();
    assert!(scores.is_sorted_by(|a, b| a >= b), "{scores:?}");

    let stars = Stars::try_from(4).unwrap();
    studio.rate(actor, first.variants[0].variant.id, stars, Some("clear".into())).await.unwrap();
    studio.reject(actor, carousel.id, Some("shorter, please".into())).await.unwrap();
    let carousel = bench.work(&carousel).await;
    let second = studio.stage_view(actor, carousel.id, Stage::Outline, None).await.unwrap();
    assert_eq!((second.round, second.rounds, second.rejection.as_deref()), (2, 2, Some("shorter, please")));
    let first = studio.stage_view(actor, carousel.id, Stage::Outline, Some(1)).await.unwrap();
    assert_eq!((first.round, first.rounds), (1, 2));
    let rated = first.variants[0].rating.as_ref().unwrap();
    assert_eq!((rated.stars, rated.feedback.as_deref()), (stars, Some("clear")));
    assert!(first.variants[0].ratings.is_empty(), "one's own is not among the others'");
    for round in [0, 3] {
        let none = studio.stage_view(actor, carousel.id, Stage::Outline, Some(round)).await;
        assert!(matches!(none, Err(StudioError::NotFound("round"))));
    }
    let not_begun = studio.stage_view(actor, carousel.id, Stage::Caption, None).await.unwrap();
    assert_eq!((not_begun.round, not_begun.variants.len()), (0, 0));

    // What was chosen of an earlier round is told too.
    let approved = studio.approve(actor, carousel.id, first.variants[1].variant.id).await.unwrap();
    let view = studio.stage_view(actor, approved.id, Stage::Outline, Some(1)).await.unwrap();
    assert_eq!(view.approved.unwrap().variant, first.variants[1].variant.id);
    let history = studio.history(actor, carousel.id).await.unwrap();
    let outline = &history.stages[&Stage::Outline];
    assert_eq!(
        outline.iter().map(|round| (round.round, round.variants)).collect::<Vec<_>>(),
        [(1, 3), (2, 3)]
    );
    assert_eq!(outline[0].approvals.len(), 1);
    let rejection = outline[0].rejection.as_ref().unwrap();
    assert_eq!((rejection.feedback.as_str(), rejection.by.as_deref()), ("shorter, please", Some("Owner")));
    assert!(
        history
            .deeds
            .iter()
            .any(|deed| deed.what == "reject" && deed.to.as_deref() == Some("generating outline 2"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn another_workspace_finds_nothing_and_a_role_keeps_to_its_rights() {
    let bench = Bench::new(&[]).await;
    let studio = &bench.studio;
    let carousel = bench.work(&bench.create(false).await).await;
    let id = carousel.id;
    let stranger = bench.stranger();
    assert!(studio.library(stranger, &LibraryFilter::default(), None, 9).await.unwrap().cards.is_empty());
    for error in [
        studio.stage_view(stranger, id, Stage::Research, None).await.err(),
        studio.history(stranger, id).await.err(),
        studio.snapshot(stranger, id).await.err(),
        studio.change_carousel(stranger, id, CarouselChange::archived(true), None).await.err(),
        studio.change_carousel(stranger, id, CarouselChange::archived(false), None).await.err(),
        studio.change_carousel(stranger, id, CarouselChange::title("Mine"), None).await.err(),
        studio.duplicate(stranger, id).await.err(),
    ] {
        assert!(matches!(error, Some(StudioError::NotFound("carousel"))), "{error:?}");
    }
    for role in [MemberRole::Reviewer, MemberRole::Viewer] {
        let actor = bench.with_role(role);
        for error in [
            studio.change_carousel(actor, id, CarouselChange::archived(true), None).await.err(),
            studio.change_carousel(actor, id, CarouselChange::archived(false), None).await.err(),
            studio.change_carousel(actor, id, CarouselChange::title("Mine"), None).await.err(),
            studio.duplicate(actor, id).await.err(),
        ] {
            assert!(matches!(error, Some(StudioError::Forbidden(_))), "{error:?}");
        }
        studio.stage_view(actor, id, Stage::Research, None).await.unwrap();
        studio.history(actor, id).await.unwrap();
        studio.snapshot(actor, id).await.unwrap();
        studio.library(actor, &LibraryFilter::default(), None, 9).await.unwrap();
    }
    let ready = bench.ready().await;
    let variant = bench.best(&ready, Stage::Hook).await;
    assert_eq!(conflict(studio.regenerate_one(bench.actor, variant).await), Refusal::AlreadyApproved);
}
