//! The way of a carousel through the stages, with a real database and renderer and a writer
//! that fails as it is told to.

#![allow(clippy::panic, reason = "what is not as it must be fails the test")]

mod bench;

use std::sync::atomic::Ordering;

use domain::{Refusal, Stage, Stars, State, WrittenBy};
use studio::StudioError;

use crate::bench::{Answer, Bench, conflict, request};

#[tokio::test(flavor = "multi_thread")]
async fn the_autopilot_goes_to_the_end_with_one_call_a_variant() {
    let bench = Bench::new(&[]).await;
    let carousel = bench.create(true).await;
    let done = bench.work(&carousel).await;
    assert_eq!(done.progress.state, State::Ready);
    assert_eq!(bench.writer.calls.load(Ordering::SeqCst), 5 * 3 + 10);
    assert_eq!(done.progress.rounds, [1; 6]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_autopilot_stops_below_the_workspaces_floor() {
    let bench = Bench::new(&[]).await;
    let mut settings = bench.studio.settings(bench.actor).await.unwrap();
    settings.workspace.autopilot_floor = 10.0;
    bench.studio.set_settings(bench.actor, settings, None).await.unwrap();
    let stopped = bench.work(&bench.create(true).await).await;
    assert_eq!(stopped.progress.state, State::AwaitingApproval { stage: Stage::Research, round: 1 });
}

#[tokio::test(flavor = "multi_thread")]
async fn a_writer_that_is_away_or_breaks_is_asked_again_for_what_is_missing_alone() {
    let bench = Bench::new(&[Answer::Unavailable, Answer::Panic, Answer::Unavailable]).await;
    let carousel = bench.create(true).await;
    assert_eq!(bench.work(&carousel).await.progress.state, State::Ready);
    assert_eq!(
        bench.writer.calls.load(Ordering::SeqCst),
        3 + 5 * 3 + 10,
        "finished variants are not written again"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_writer_that_stays_away_fails_the_stage_which_can_be_retried() {
    let bench = Bench::new(&[Answer::Unavailable; 4 * 3]).await;
    let carousel = bench.create(true).await;
    let failed = bench.work(&carousel).await;
    let State::Failed { stage: Stage::Research, reason, retryable: true, .. } = &failed.progress.state else {
        panic!("{:?}", failed.progress.state)
    };
    assert_eq!(reason, "the scripted writer is away");
    let again = bench.studio.retry(bench.actor, carousel.id).await.unwrap();
    assert_eq!(bench.work(&again).await.progress.state, State::Ready);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_would_fail_again_is_not_tried_again() {
    let bench = Bench::new(&[Answer::Refused; 3]).await;
    let carousel = bench.create(true).await;
    let failed = bench.work(&carousel).await;
    assert!(matches!(failed.progress.state, State::Failed { retryable: false, .. }));
    assert_eq!(bench.writer.calls.load(Ordering::SeqCst), 3);
    assert_eq!(conflict(bench.studio.retry(bench.actor, carousel.id).await), Refusal::NotRetryable);
    let found = bench.studio.unfinished(bench.actor, &request(true)).await.unwrap();
    assert!(found.is_none(), "the next run begins anew");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_candidate_that_cannot_be_written_does_not_lose_the_others() {
    let bench = Bench::new(&[Answer::Refused]).await;
    let carousel = bench.work(&bench.create(false).await).await;
    assert_eq!(carousel.progress.state, State::AwaitingApproval { stage: Stage::Research, round: 1 });
    let written = bench.studio.last_round(bench.actor, &carousel, Stage::Research).await.unwrap();
    assert_eq!(written.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stage_is_approved_once_and_by_its_own_variants() {
    let bench = Bench::new(&[]).await;
    let (studio, actor) = (&bench.studio, bench.actor);
    let carousel = bench.create(false).await;
    assert_eq!(conflict(studio.reject(actor, carousel.id, None).await), Refusal::StillGenerating);
    let carousel = bench.work(&carousel).await;
    let research = bench.best(&carousel, Stage::Research).await;
    studio.approve(actor, carousel.id, research).await.unwrap();
    let second = studio.approve(actor, carousel.id, research).await.unwrap_err();
    assert!(matches!(second, StudioError::Taken(_)), "{second}");
    assert!(second.to_string().contains("approved already"), "{second}");
    let other = bench.create(false).await;
    let elsewhere = studio.approve(actor, other.id, research).await.unwrap_err();
    assert!(matches!(elsewhere, StudioError::NotFound("variant")), "{elsewhere}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rejected_round_is_kept_and_the_next_is_other() {
    let bench = Bench::new(&[]).await;
    let carousel = bench.work(&bench.create(false).await).await;
    let first = bench.studio.last_round(bench.actor, &carousel, Stage::Research).await.unwrap();
    let long = "x".repeat(501);
    let refused = bench.studio.reject(bench.actor, carousel.id, Some(long)).await.unwrap_err();
    assert!(matches!(refused, StudioError::Invalid { .. }), "{refused}");
    let rejected = bench.studio.reject(bench.actor, carousel.id, Some("more figures".into())).await.unwrap();
    let carousel = bench.work(&rejected).await;
    assert_eq!(carousel.progress.state, State::AwaitingApproval { stage: Stage::Research, round: 2 });
    let second = bench.studio.last_round(bench.actor, &carousel, Stage::Research).await.unwrap();
    assert_eq!(second.len(), 3);
    for (a, b) in first.iter().zip(&second) {
        assert_ne!(a.id, b.id);
    }
    assert!(second.iter().all(|new| first.iter().all(|old| old.content != new.content)), "other contents");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reopened_stage_is_chosen_again_and_later_stages_are_written_anew() {
    let bench = Bench::new(&[]).await;
    let (studio, actor) = (&bench.studio, bench.actor);
    let ready = bench.work(&bench.create(true).await).await;
    let reopened = studio.reopen(actor, ready.id, Stage::Visual).await.unwrap();
    assert_eq!(reopened.progress.state, State::AwaitingApproval { stage: Stage::Visual, round: 1 });
    let work = studio.read_carousel(actor, ready.id).await.unwrap();
    assert!(work.visual().is_none() && work.caption().is_none() && work.hook().is_some());
    let other = studio.last_round(actor, &reopened, Stage::Visual).await.unwrap()[1].id;
    let approved = studio.approve(actor, ready.id, other).await.unwrap();
    assert_eq!(approved.progress.state, State::Generating { stage: Stage::Caption, round: 2 });
    assert_eq!(bench.work(&approved).await.progress.state, State::Ready);
    let exported = studio.export(actor, ready.id, &bench.folder.path().join("out")).await.unwrap();
    assert_eq!(exported.files.len(), 12);
    assert_eq!(exported.report.stages[4].approved, Some(other));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_before_the_end_is_refused_and_leaves_nothing() {
    let bench = Bench::new(&[]).await;
    let carousel = bench.work(&bench.create(false).await).await;
    let out = bench.folder.path().join("out");
    let refused = bench.studio.export(bench.actor, carousel.id, &out).await;
    assert_eq!(conflict(refused), Refusal::NotReady);
    assert!(!out.exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_is_a_new_variant_and_the_last_rating_counts() {
    let bench = Bench::new(&[]).await;
    let (studio, actor) = (&bench.studio, bench.actor);
    let ready = bench.work(&bench.create(true).await).await;
    let hooks = studio.last_round(actor, &ready, Stage::Hook).await.unwrap();
    let mut content = hooks[0].content.to_json();
    content["headline"] = "Nobody needs this meeting".into();
    let edited = studio.edit(actor, hooks[0].id, content.clone()).await.unwrap();
    assert_eq!(edited.written_by, WrittenBy::Person { member: Some(actor.member), edited_from: hooks[0].id });
    assert_eq!(studio.last_round(actor, &ready, Stage::Hook).await.unwrap().len(), 11);
    content["headline"] = "x".repeat(200).into();
    let refused = studio.edit(actor, hooks[0].id, content).await.unwrap_err();
    assert_eq!(refused.to_string(), "headline: has 200 characters; at most 90 fit");
    let shapeless = studio.edit(actor, hooks[0].id, serde_json::json!({ "title": 1 })).await.unwrap_err();
    assert!(matches!(shapeless, StudioError::Invalid { .. }), "{shapeless}");

    let stars = |stars: u8| Stars::try_from(stars).unwrap();
    studio.rate(actor, edited.id, stars(2), None).await.unwrap();
    studio.rate(actor, edited.id, stars(5), Some("this one".into())).await.unwrap();
    let counted = studio.ratings(actor, edited.id).await.unwrap();
    assert_eq!(counted.len(), 1);
    assert_eq!((counted[0].stars, counted[0].feedback.as_deref()), (stars(5), Some("this one")));
}
