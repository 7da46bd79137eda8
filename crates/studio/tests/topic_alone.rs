//! A topic without a text: refused where nobody can write from it, and mended where it failed.

#![allow(clippy::panic, reason = "what is not as it must be fails the test")]

mod bench;

use std::sync::Arc;

use domain::{Language, MemberRole, Refusal, Stage, State};
use studio::{NewCarousel, StudioError};
use writer::OfflineWriter;

use crate::bench::{Bench, conflict, request};

fn topic_alone() -> NewCarousel {
    NewCarousel { topic: Some("Meetings".into()), source: None, ..request(false) }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_model_a_text_is_asked_for_at_once() {
    let bench = Bench::new(&[]).await;
    let studio = bench.studio.clone().with_writer(Arc::new(OfflineWriter::default()));
    assert!(studio.needs_text() && !bench.studio.needs_text());
    let refused = studio.create_carousel(bench.actor, topic_alone()).await.unwrap_err();
    let StudioError::Invalid { problems } = refused else { panic!("{refused}") };
    assert_eq!(problems[0].field, "source");
    assert!(problems[0].message.contains("a topic alone is not enough"), "{}", problems[0].message);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_first_stage_that_failed_is_written_from_another_text() {
    let bench = Bench::new(&[]).await;
    let carousel = bench.studio.create_carousel(bench.actor, topic_alone()).await.unwrap();
    let text = || request(false).source.expect("a text");
    let give = |actor| bench.studio.give_source(actor, carousel.id, text());
    assert_eq!(conflict(give(bench.actor).await), Refusal::NotFailed);
    let failed = bench.work(&carousel).await.progress.state;
    assert!(matches!(failed, State::Failed { stage: Stage::Research, retryable: false, .. }), "{failed:?}");

    let reviewer = bench.with_role(MemberRole::Reviewer);
    assert!(matches!(give(reviewer).await, Err(StudioError::Forbidden(_))));
    assert!(matches!(give(bench.stranger()).await, Err(StudioError::NotFound("carousel"))));
    let given = give(bench.actor).await.unwrap();
    assert_eq!(given.brief.source, Some(text()));
    let written = bench.work(&given).await;
    assert_eq!(written.progress.state, State::AwaitingApproval { stage: Stage::Research, round: 2 });
    assert_eq!(
        (written.brief.topic.as_deref(), written.brief.language),
        (Some("Meetings"), Language::ENGLISH)
    );
    assert_eq!(conflict(give(bench.actor).await), Refusal::NotFailed);
    let deeds = bench.studio.history(bench.actor, carousel.id).await.unwrap().deeds;
    let named: Vec<&str> = deeds.iter().map(|deed| deed.what.as_str()).collect();
    assert!(named.contains(&"give_source") && !named.contains(&"reject"), "{named:?}");
}
