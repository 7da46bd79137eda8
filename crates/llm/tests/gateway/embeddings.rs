//! Vectors: in batches, in their order, of one length, paid for.

use llm::{Basis, EmbeddingCall, EmbeddingRoute, Limits, Outcome, Reason, Settings, TextKind};
use model_server::Reply;
use serde_json::json;

use crate::bench::{Bench, micro, payer, settings};

fn with_vectors(dimensions: Option<u32>) -> Settings {
    let mut settings = settings();
    settings.routing.embedding = Some(EmbeddingRoute { model: "vectors".to_owned(), dimensions });
    settings
}

fn texts(number: usize) -> EmbeddingCall {
    let texts = (0..number).map(|n| format!("text {n}")).collect();
    EmbeddingCall::new(payer(), texts, TextKind::Document)
}

/// A vector for each text of the request, with the number of the text in it.
fn numbered(asked: &model_server::Asked) -> Option<Reply> {
    let inputs = asked.body["input"].as_array()?;
    let number = |text: &serde_json::Value| text.as_str()?.rsplit(' ').next()?.parse::<f32>().ok();
    let vectors: Option<Vec<_>> = inputs.iter().map(|text| Some(vec![number(text)?, 0.5])).collect();
    Some(Reply::embeddings(&vectors?))
}

#[tokio::test]
async fn texts_go_in_batches_and_come_back_in_order() {
    let mut settings = with_vectors(Some(2));
    settings.batch.texts = 4;
    let bench = Bench::with(settings).await;
    bench.server.rule(numbered);
    let made = bench.gateway.embed(texts(10)).await.unwrap();
    let firsts: Vec<f32> = made.vectors.iter().map(|vector| vector[0]).collect();
    assert_eq!(firsts, (0_u8..10).map(f32::from).collect::<Vec<_>>());
    let asked = bench.server.asked();
    assert_eq!(asked.len(), 3);
    assert_eq!(asked[0].path, "/embeddings");
    assert_eq!(
        asked[0].body,
        json!({"model": "vectors", "input": ["text 0", "text 1", "text 2", "text 3"],
        "encoding_format": "float", "dimensions": 2, "input_type": "search_document"})
    );
    assert_eq!((made.cost(), made.attempts.len()), (micro(30), 3));
    assert_eq!(bench.purse.spent(), micro(30));
}

#[tokio::test]
async fn a_server_that_speaks_openais_shape_counts_tokens_only() {
    let bench = Bench::plain(with_vectors(None)).await;
    bench.server.reply(Reply::embeddings(&[vec![0.5; 3072]]).without_cost().change(|body| {
        body.as_object_mut().unwrap().remove("id");
    }));
    let made = bench.gateway.embed(texts(1)).await.unwrap();
    assert_eq!(made.vectors[0].len(), 3072, "any dimension");
    assert_eq!(
        bench.server.asked()[0].body,
        json!({"model": "vectors", "input": ["text 0"], "encoding_format": "float"})
    );
    let row = &bench.purse.rows()[0];
    assert_eq!((row.basis, row.tokens_in, row.reference_cost), (Basis::Estimated, 8, None));
    assert_eq!(row.cost, micro(8));
}

#[tokio::test]
async fn what_is_no_vector_for_every_text_is_asked_for_once_more() {
    let bench = Bench::with(with_vectors(None)).await;
    bench
        .server
        .reply(Reply::embeddings(&[vec![1.0]]))
        .reply(Reply::error(503, "x"))
        .reply(Reply::embeddings(&[vec![1.0], vec![2.0]]));
    assert_eq!(bench.gateway.embed(texts(2)).await.unwrap().vectors, [[1.0], [2.0]]);
    assert_eq!(bench.outcomes(), [Outcome::Invalid, Outcome::Unavailable, Outcome::Answered]);
    bench.server.rule(|_| Some(Reply::embeddings(&[vec![1.0], vec![2.0, 3.0]])));
    let failed = bench.gateway.embed(texts(2)).await.unwrap_err();
    assert!(matches!(failed.reason, Reason::InvalidAnswer { .. }), "{failed}");
}

#[tokio::test]
async fn vectors_of_another_length_are_refused() {
    let mut settings = with_vectors(None);
    settings.batch.texts = 1;
    let bench = Bench::with(settings).await;
    bench.server.reply(Reply::embeddings(&[vec![1.0]])).reply(Reply::embeddings(&[vec![1.0, 2.0]]));
    let failed = bench.gateway.embed(texts(2)).await.unwrap_err();
    assert!(failed.to_string().contains("differ in length"), "{failed}");
    let bench = Bench::with(with_vectors(Some(3))).await;
    bench.server.rule(|_| Some(Reply::embeddings(&[vec![1.0]])));
    assert!(bench.gateway.embed(texts(1)).await.is_err());
}

#[tokio::test]
async fn nothing_is_sent_that_cannot_be_sent() {
    let bench = Bench::with(with_vectors(None)).await;
    let empty = EmbeddingCall::new(payer(), vec!["a".to_owned(), " ".to_owned()], TextKind::Query);
    let failed = bench.gateway.embed(empty).await.unwrap_err();
    assert_eq!(failed.reason, Reason::Unsendable("text 2 is empty".to_owned()));
    let none = bench.gateway.embed(texts(0)).await.unwrap();
    assert!(none.vectors.is_empty());
    let failed = Bench::new().await.gateway.embed(texts(1)).await.unwrap_err();
    assert_eq!(failed.reason, Reason::NoModel { what: "embeddings".to_owned() });
    assert!(bench.server.asked().is_empty());
}

#[tokio::test]
async fn a_budget_holds_for_vectors_too() {
    let limits = Limits { month: Some(micro(20)), ..Limits::default() };
    let bench = Bench::limited(with_vectors(None), limits).await;
    bench.server.rule(numbered);
    let failed = bench.gateway.embed(texts(100)).await.unwrap_err();
    assert!(matches!(failed.reason, Reason::OverBudget(_)), "{failed}");
    assert!(bench.server.asked().is_empty());
}
