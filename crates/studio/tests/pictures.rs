//! Slides as pictures: of variants, of what is approved, of edits; each drawn once.

#![allow(clippy::unwrap_used, clippy::panic, reason = "what is not as it must be fails the test")]

mod bench;

use domain::{Content, Stage};
use studio::{Encoding, StudioError};

use crate::bench::Bench;

const JPEG: &[u8] = b"\xff\xd8\xff";
const PNG: &[u8] = b"\x89PNG";

#[tokio::test(flavor = "multi_thread")]
async fn a_slide_is_drawn_once_and_found_again_after_a_start() {
    let bench = Bench::new(&[]).await;
    let (studio, actor) = (&bench.studio, bench.actor);
    let id = bench.ready().await.id;
    let first = studio.slide_picture(actor, id, 1, Encoding::Jpeg).await.unwrap();
    assert!(first.bytes.starts_with(JPEG) && first.media_type == "image/jpeg");
    let drawn = studio.slides_drawn();
    let (again, at_once) = tokio::join!(
        studio.slide_picture(actor, id, 1, Encoding::Jpeg),
        studio.slide_picture(actor, id, 1, Encoding::Jpeg)
    );
    assert_eq!((&again.unwrap(), &at_once.unwrap()), (&first, &first));
    assert_eq!(studio.slides_drawn(), drawn, "neither was drawn again");
    let other = studio.slide_picture(actor, id, 1, Encoding::PngFast).await.unwrap();
    assert!(other.bytes.starts_with(PNG) && other.etag != first.etag);
    assert_eq!(studio.slides_drawn(), drawn + 1);

    let restarted = studio::Studio::open(bench.folder.path(), studio::Surroundings::real()).await.unwrap();
    assert_eq!(restarted.slide_picture(actor, id, 1, Encoding::Jpeg).await.unwrap(), first);
    assert_eq!(restarted.slides_drawn(), 0, "it lies on the disk");
    assert!(matches!(
        studio.slide_picture(actor, id, 0, Encoding::Jpeg).await,
        Err(StudioError::NotFound("slide"))
    ));
    assert!(matches!(
        studio.slide_picture(actor, id, 9, Encoding::Jpeg).await,
        Err(StudioError::NotFound("slide"))
    ));
    let elsewhere = studio.slide_picture(bench.stranger(), id, 1, Encoding::Jpeg).await;
    assert!(matches!(elsewhere, Err(StudioError::NotFound("carousel"))));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_variant_is_shown_as_it_will_look() {
    let bench = Bench::new(&[]).await;
    let (studio, actor) = (&bench.studio, bench.actor);
    let carousel = bench.approve_up_to(Stage::Outline).await;
    let research = bench.best(&carousel, Stage::Research).await;
    let refused = studio.variant_picture(actor, research, 1, Encoding::PngFast).await;
    assert!(matches!(refused, Err(StudioError::NotFound("slide"))), "research has no slides");
    assert!(matches!(
        studio.slide_picture(actor, carousel.id, 1, Encoding::PngFast).await,
        Err(StudioError::NotFound("slide"))
    ));
    // Words are shown before any looks are approved.
    let copy = studio.last_round(actor, &carousel, Stage::Copy).await.unwrap();
    let first = studio.variant_picture(actor, copy[0].id, 1, Encoding::PngFast).await.unwrap();
    let second = studio.variant_picture(actor, copy[0].id, 2, Encoding::PngFast).await.unwrap();
    assert_ne!(first, second);
    let carousel = studio.approve(actor, carousel.id, copy[0].id).await.unwrap();
    assert_eq!(studio.slide_picture(actor, carousel.id, 2, Encoding::PngFast).await.unwrap(), second);
    // Each hook on the real cover.
    let carousel = bench.work(&carousel).await;
    let hooks = studio.last_round(actor, &carousel, Stage::Hook).await.unwrap();
    let mut covers = std::collections::HashSet::new();
    for hook in &hooks {
        covers.insert(studio.variant_picture(actor, hook.id, 1, Encoding::PngFast).await.unwrap().etag);
    }
    assert_eq!(covers.len(), hooks.len());
    assert_eq!(studio.variant_picture(actor, hooks[1].id, 2, Encoding::PngFast).await.unwrap(), second);
    let carousel = bench.work(&studio.approve(actor, carousel.id, hooks[1].id).await.unwrap()).await;
    let visuals = studio.last_round(actor, &carousel, Stage::Visual).await.unwrap();
    let looks = studio.variant_picture(actor, visuals[1].id, 1, Encoding::PngFast).await.unwrap();
    studio.approve(actor, carousel.id, visuals[1].id).await.unwrap();
    assert_eq!(studio.slide_picture(actor, carousel.id, 1, Encoding::PngFast).await.unwrap(), looks);
    let elsewhere = studio.variant_picture(bench.stranger(), visuals[1].id, 1, Encoding::PngFast).await;
    assert!(matches!(elsewhere, Err(StudioError::NotFound("variant"))));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_is_previewed_and_draws_only_what_it_changes() {
    let bench = Bench::new(&[]).await;
    let (studio, actor) = (&bench.studio, bench.actor);
    let id = bench.ready().await.id;
    let work = studio.read_carousel(actor, id).await.unwrap();
    for n in 1..=8 {
        studio.slide_picture(actor, id, n, Encoding::PngFast).await.unwrap();
    }
    let drawn = studio.slides_drawn();
    let mut hook = work.hook().unwrap().clone();
    hook.headline = "What a calm calendar is worth".into();
    let edited = Content::Hook(hook.clone()).to_json();
    for n in 1..=8 {
        let preview = studio.deck_preview(actor, id, Stage::Hook, edited.clone(), n).await.unwrap();
        assert!(preview.problems.is_empty() && preview.checks.is_empty() && preview.picture.is_some());
    }
    assert_eq!(studio.slides_drawn(), drawn + 1, "the cover alone");

    hook.headline = "word ".repeat(400);
    let preview =
        studio.deck_preview(actor, id, Stage::Hook, Content::Hook(hook).to_json(), 1).await.unwrap();
    assert_eq!(preview.problems[0].field, "headline");
    assert!(preview.checks.iter().any(|check| check.slide == 1 && !check.message.is_empty()));
    let wrong = studio.deck_preview(actor, id, Stage::Hook, serde_json::json!({ "headline": 3 }), 1).await;
    assert!(matches!(wrong, Err(StudioError::Invalid { .. })));
    let viewer = bench.with_role(domain::MemberRole::Viewer);
    let refused = studio.deck_preview(viewer, id, Stage::Hook, edited.clone(), 1).await;
    assert!(matches!(refused, Err(StudioError::Forbidden(_))));
    let elsewhere = studio.deck_preview(bench.stranger(), id, Stage::Hook, edited, 1).await;
    assert!(matches!(elsewhere, Err(StudioError::NotFound("carousel"))));
}
