//! Editing in a variant's place, and seeing a slide with what was typed without a script.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use domain::{Carousel, Content, Stage};
use studio::Outcome;

use super::bench::{Answer, Bench};

/// A carousel whose copy waits for a choice.
async fn at_copy(bench: &Bench) -> Carousel {
    let mut carousel = bench.carousel(false).await;
    while carousel.progress.state.stage() != Some(Stage::Copy) {
        let stage = carousel.progress.state.stage().expect("a stage is open");
        let view = bench.studio.stage_view(bench.actor, carousel.id, stage, None).await.unwrap();
        let best = view.variants[0].variant.id;
        bench.studio.approve(bench.actor, carousel.id, best).await.unwrap();
        let work = bench.studio.work_on(bench.actor, carousel.id, "bench", std::future::pending());
        let Outcome::Settled(settled) = work.await.unwrap() else { panic!("nobody stopped it") };
        carousel = *settled;
    }
    carousel
}

/// As the page's script asks.
async fn by_script(bench: &Bench, path: &str, form: Option<&[(&str, &str)]>) -> Answer {
    let request = if form.is_some() { Request::post(path) } else { Request::get(path) };
    let request = request
        .header("hx-request", "true")
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let form = form.unwrap_or_default();
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
    bench.ask(request, &bench.owner, Body::from(body)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_variant_is_edited_in_its_place_and_the_track_says_what_was_chosen() {
    let bench = Bench::new().await;
    let carousel = at_copy(&bench).await;
    let view = bench.studio.stage_view(bench.actor, carousel.id, Stage::Copy, None).await.unwrap();
    let stage = bench.get(&bench.owner, &format!("/carousels/{}/stages/copy", carousel.id)).await.text();
    let (research, outline) = (&view.track[&Stage::Research], &view.track[&Stage::Outline]);
    assert!(!research.words.is_empty() && !outline.words.is_empty());
    let track = stage.split("class=\"track\"").nth(1).and_then(|rest| rest.split("</ol>").next()).unwrap();
    assert!(track.matches("✓").count() == 2 && track.contains(&format!("<small>{}</small>", outline.words)));

    let id = view.variants[0].variant.id;
    let edit = format!("/variants/{id}/edit");
    assert!(stage.contains(&format!("hx-get=\"{edit}\"")));
    let form = by_script(&bench, &edit, None).await.text();
    assert!(form.trim_start().starts_with("<form class=\"edit with-preview\""), "{form}");
    assert!(!form.contains("<html") && !form.contains(" id=\"slide-"), "it can stand there twice");
    let edits = format!("/variants/{id}/edits");
    let refused = by_script(&bench, &edits, Some(&[("/slides/1/headline", " ")])).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let refused = refused.text();
    assert!(refused.trim_start().starts_with("<form") && refused.contains("Slide 2, Headline"), "{refused}");

    bench.post(&bench.owner, "/account/language", &[("language", "de")]).await;
    let saved = by_script(&bench, &edits, Some(&[("/slides/1/headline", "Größe zählt")])).await;
    assert_eq!(saved.status, StatusCode::NO_CONTENT);
    let event: serde_json::Value = serde_json::from_str(saved.header("hx-trigger")).expect("JSON in ASCII");
    let kept = event["edited"]["id"].as_str().and_then(|id| id.parse().ok()).expect("an id");
    let Content::Copy(copy) = bench.studio.variant(bench.actor, kept).await.unwrap().content else {
        panic!()
    };
    assert_eq!(copy.slides[1].headline, "Größe zählt");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_script_a_button_shows_the_slide_and_saves_nothing() {
    let bench = Bench::new().await;
    let carousel = at_copy(&bench).await;
    let view = bench.studio.stage_view(bench.actor, carousel.id, Stage::Copy, None).await.unwrap();
    let id = view.variants[0].variant.id;
    let page = bench.get(&bench.owner, &format!("/variants/{id}/edit")).await.text();
    assert!(page.contains("name=\"look\" value=\"2\"") && !page.contains("data:image/"));
    let form = [("/slides/1/headline", "A headline of mine"), ("look", "2")];
    let shown = bench.post(&bench.owner, &format!("/variants/{id}/edits"), &form).await;
    assert_eq!(shown.status, StatusCode::OK);
    let shown = shown.text();
    assert!(shown.contains("src=\"data:image/") && shown.contains("It fits."));
    assert!(shown.contains("value=\"A headline of mine\""), "what was typed stays");
    let after = bench.studio.stage_view(bench.actor, carousel.id, Stage::Copy, None).await.unwrap();
    assert_eq!(after.variants.len(), view.variants.len());

    let ready = bench.ready().await;
    let revision = format!("/carousels/{}/stages/hook/revision", ready.id);
    let form = [("/headline", "Another cover"), ("look", "1")];
    let shown = bench.post(&bench.owner, &revision, &form).await;
    assert_eq!(shown.status, StatusCode::OK);
    assert!(shown.text().contains("src=\"data:image/") && shown.text().contains("Another cover"));
    let work = bench.studio.read_carousel(bench.actor, ready.id).await.unwrap();
    assert!(work.hook().is_some_and(|hook| hook.headline != "Another cover"));
}
