//! The server's worker: takes up what is queued, gives back what it holds when it is stopped.

#![allow(clippy::unwrap_used, clippy::panic, reason = "what is not as it must be fails the test")]

mod bench;

use std::time::Duration;

use domain::{Carousel, Stage, State};
use studio::{Event, StudioError};
use tokio::sync::oneshot;

use crate::bench::{Answer, Bench};

/// Events until the carousel needs a person; fails where nothing comes for a minute.
async fn until_settled(
    events: &mut tokio::sync::broadcast::Receiver<(domain::CarouselId, Event)>,
    carousel: &Carousel,
) -> (State, Vec<Event>) {
    let mut seen = vec![];
    loop {
        let event = tokio::time::timeout(Duration::from_secs(60), events.recv()).await;
        let (id, event) = event.expect("something happens").expect("none is lost");
        if id != carousel.id {
            continue;
        }
        seen.push(event.clone());
        if let Event::State(state) = event
            && !matches!(state, State::Generating { .. })
        {
            return (state, seen);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn it_writes_every_carousel_and_one_more_candidate_and_stops() {
    let bench = Bench::real(&[]).await;
    let (studio, actor) = (bench.studio.clone(), bench.actor);
    let mut events = studio.subscribe();
    let (stop, stopped) = oneshot::channel::<()>();
    let worker = tokio::spawn({
        let studio = studio.clone();
        async move { studio.work(async { stopped.await.expect("it is told") }).await }
    });
    let (by_hand, by_itself) = (bench.create(false).await, bench.create(true).await);
    let (state, seen) = until_settled(&mut events, &by_hand).await;
    assert_eq!(state, State::AwaitingApproval { stage: Stage::Research, round: 1 });
    assert_eq!(seen.iter().filter(|event| matches!(event, Event::Variant { .. })).count(), 3);
    // A page that is opened late gets the same.
    let late = studio.snapshot(actor, by_hand.id).await.unwrap();
    assert!(matches!(late[0], Event::Stage { stage: Stage::Research, round: 1, wanted: 0 }));
    assert_eq!(late.iter().filter(|event| matches!(event, Event::Variant { .. })).count(), 3);
    assert!(matches!(late.last(), Some(Event::State(State::AwaitingApproval { .. }))));

    let mut events = studio.subscribe();
    while bench.state(by_itself.id).await != State::Ready {
        until_settled(&mut events, &by_itself).await;
    }
    let by_hand = studio.read_carousel(actor, by_hand.id).await.unwrap().carousel;
    let best = bench.best(&by_hand, Stage::Research).await;
    let mut events = studio.subscribe();
    studio.regenerate_one(actor, best).await.unwrap();
    let (_, event) = tokio::time::timeout(Duration::from_secs(60), events.recv()).await.unwrap().unwrap();
    assert!(matches!(event, Event::Variant { .. } | Event::Note(_)), "{event:?}");
    assert_eq!(bench.state(by_hand.id).await, by_hand.progress.state, "it goes on waiting");
    stop.send(()).unwrap();
    worker.await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn one_more_candidate_is_another_of_the_same_strategy() {
    let bench = Bench::real(&[]).await;
    let (studio, actor) = (bench.studio.clone(), bench.actor);
    let carousel = bench.approve_up_to(Stage::Copy).await;
    let hooks = studio.last_round(actor, &carousel, Stage::Hook).await.unwrap();
    studio.regenerate_one(actor, hooks[0].id).await.unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let mut events = studio.subscribe();
    let working = studio.work(async { stopped.await.expect("it is told") });
    let listening = async {
        let (_, event) = events.recv().await.unwrap();
        stop.send(()).unwrap();
        event
    };
    let (_, event) = tokio::join!(working, listening);
    let now = studio.last_round(actor, &carousel, Stage::Hook).await.unwrap();
    match event {
        Event::Variant { id, strategy, stage: Stage::Hook, .. } => {
            assert_eq!(now.len(), hooks.len() + 1);
            let new = now.iter().find(|variant| variant.id == id).unwrap();
            assert_eq!((strategy, new.round), (hooks[0].strategy, 1));
            assert!(
                hooks.iter().all(|old| old.content != new.content && now.contains(old) | (old.id != new.id))
            );
        }
        Event::Note(note) => panic!("nothing else was found: {note}"),
        other => panic!("{other:?}"),
    }
    assert_eq!(
        studio.stage_view(actor, carousel.id, Stage::Hook, None).await.unwrap().variants.len(),
        now.len()
    );
    let closed = bench.best(&carousel, Stage::Copy).await;
    let refused = studio.regenerate_one(actor, closed).await.unwrap_err();
    assert!(matches!(refused, StudioError::Taken(_)), "{refused}");
    let elsewhere = studio.regenerate_one(bench.stranger(), hooks[0].id).await.unwrap_err();
    assert!(matches!(elsewhere, StudioError::NotFound("variant")));
    let reviewer = bench.with_role(domain::MemberRole::Reviewer);
    assert!(matches!(studio.regenerate_one(reviewer, hooks[0].id).await, Err(StudioError::Forbidden(_))));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_stage_is_told_to_the_page() {
    let bench = Bench::real(&[Answer::Refused; 3]).await;
    let studio = bench.studio.clone();
    let mut events = studio.subscribe();
    let carousel = bench.create(false).await;
    let (stop, stopped) = oneshot::channel::<()>();
    let working = studio.work(async { stopped.await.expect("it is told") });
    let listening = async {
        let (state, _) = until_settled(&mut events, &carousel).await;
        stop.send(()).unwrap();
        state
    };
    let (_, state) = tokio::join!(working, listening);
    assert!(matches!(state, State::Failed { stage: Stage::Research, .. }), "{state:?}");
}
