//! A carousel's text: asked for before anything is sent, and again where none could be made of it.

use axum::http::StatusCode;
use domain::{Source, SourceKind, State};
use studio::{NewCarousel, Outcome};

use super::bench::{Bench, request};

const ARTICLE: &[u8] = include_bytes!("../../../../examples/city-trees.md");

#[tokio::test(flavor = "multi_thread")]
async fn a_topic_alone_is_refused_in_the_form_with_what_was_typed() {
    let bench = Bench::new().await;
    let form = bench.get(&bench.owner, "/carousels/new").await.text();
    assert!(form.contains("Without a model a topic alone is not enough"));
    let fields = [("topic", "Rye"), ("slides", "6"), ("format", "4x5"), ("mode", "fast")];
    let refused = bench.post_parts(&bench.owner, "/carousels", &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = refused.text();
    assert!(page.contains("Text: is missing, and without a model"), "{page}");
    assert!(page.contains("value=\"Rye\"") && page.contains("value=\"6\""), "what was typed stays");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_carousel_that_could_not_be_written_takes_another_text() {
    let bench = Bench::new().await;
    let source = Source { kind: SourceKind::Plain, text: "Too short.".into(), url: None, name: None };
    let asked = NewCarousel { source: Some(source), ..request(false) };
    let carousel = bench.studio.create_carousel(bench.actor, asked).await.unwrap();
    let work = bench.studio.work_on(bench.actor, carousel.id, "bench", std::future::pending());
    let Outcome::Settled(failed) = work.await.unwrap() else { panic!("nobody stopped it") };
    assert!(matches!(failed.progress.state, State::Failed { .. }), "{:?}", failed.progress.state);

    let stage = format!("/carousels/{}/stages/research", carousel.id);
    let give = format!("/carousels/{}/source", carousel.id);
    assert!(bench.get(&bench.owner, &stage).await.text().contains(&format!("action=\"{give}\"")));
    let nothing = bench.post_parts(&bench.owner, &give, &[("text", " "), ("url", "")]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nothing.text().contains("Text: is missing; paste one"));
    let wrong = bench.post_parts(&bench.owner, &give, &[("text", "kept"), ("url", "nowhere")]).await;
    assert!(wrong.text().contains(">kept</textarea>") && wrong.text().contains("value=\"nowhere\""));

    let given = bench.upload(&bench.owner, &give, ARTICLE).await;
    assert_eq!(given.to(), format!("/carousels/{}", carousel.id));
    let work = bench.studio.work_on(bench.actor, carousel.id, "bench", std::future::pending());
    let Outcome::Settled(written) = work.await.unwrap() else { panic!("nobody stopped it") };
    assert!(matches!(written.progress.state, State::AwaitingApproval { .. }));
    let page = bench.get(&bench.owner, &stage).await.text();
    assert!(!page.contains(&give) && !page.contains("because of this feedback"));
}
