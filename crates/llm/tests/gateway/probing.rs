//! Finding out what a connection can do, and holding the routing table against its list.

use domain::MicroUsd;
use llm::{Capabilities, EmbeddingRoute, LimitField, Purpose, Reason, Structured};
use model_server::{Asked, Listed, Reply, model_list};
use serde_json::json;

use crate::bench::{Bench, GOOD, call, payer, settings};

/// Which requests a server takes.
type Takes = fn(&Asked) -> bool;

/// A server that keeps to schemas if it is asked for them, as far as `takes` goes.
fn keeping(takes: Takes) -> impl Fn(&Asked) -> Option<Reply> {
    move |asked| {
        if asked.path == "/embeddings" {
            return Some(Reply::embeddings(&[vec![1.0, 0.0]]));
        }
        if !takes(asked) {
            return Some(Reply::error(400, "invalid_request"));
        }
        let text = match asked.body["response_format"]["type"].as_str() {
            Some("json_schema") => r#"{"sign":"blue-7","list":[]}"#,
            Some("json_object") => r#"{"ok":true}"#,
            _ => "Hello!",
        };
        Some(Reply::chat(text).without_cost())
    }
}

fn format(asked: &Asked) -> &str {
    asked.body["response_format"]["type"].as_str().unwrap_or_default()
}

#[tokio::test]
async fn a_server_is_asked_how_far_it_keeps_to_a_schema() {
    let no_limits = |asked: &Asked| !asked.body.to_string().contains("maxLength");
    let ways: [(Takes, Structured, bool, usize); 4] = [
        (|_| true, Structured::Strict, true, 1),
        (no_limits, Structured::Strict, false, 2),
        (|asked| format(asked) != "json_schema", Structured::JsonObject, true, 3),
        (|asked| format(asked).is_empty(), Structured::No, true, 4),
    ];
    for (takes, structured, limits, times) in ways {
        let bench = Bench::plain(settings()).await;
        bench.server.rule(keeping(takes));
        let probed = bench.gateway.probe(payer()).await.unwrap();
        let found = bench.gateway.capabilities();
        assert_eq!((found.structured, found.schema_limits), (structured, limits));
        assert_eq!((found, found.reports_cost), (probed.capabilities, false));
        assert_eq!(bench.server.asked().len(), times);
        assert!(
            bench
                .purse
                .rows()
                .iter()
                .all(|row| row.purpose == Purpose::Probe && row.workspace == payer().workspace)
        );
    }
}

#[tokio::test]
async fn a_server_that_ignores_schemas_is_not_believed() {
    let bench = Bench::plain(settings()).await;
    bench.server.rule(|_| Some(Reply::chat("Hello there!")));
    bench.gateway.probe(payer()).await.unwrap();
    let found = bench.gateway.capabilities();
    assert_eq!((found.structured, found.reports_cost), (Structured::No, true));
    bench.server.reply(Reply::chat(GOOD));
    bench.gateway.ask(call()).await.unwrap();
    let asked = bench.server.asked();
    let body = &asked.last().unwrap().body;
    assert!(
        body["messages"][0]["content"].as_str().unwrap().contains("\"maxLength\":20"),
        "the schema is told"
    );
}

#[tokio::test]
async fn the_name_of_the_output_limit_is_found() {
    let bench = Bench::plain(settings()).await;
    let sentence = "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.";
    bench.server.rule(move |asked| {
        if asked.body.get("max_tokens").is_some() {
            return Some(
                Reply::json(&json!({"error": {"message": sentence, "code": "unsupported_parameter"}}))
                    .status(400),
            );
        }
        keeping(|_| true)(asked)
    });
    bench.gateway.probe(payer()).await.unwrap();
    let found = bench.gateway.capabilities();
    assert_eq!((found.limit_field, found.structured), (LimitField::MaxCompletionTokens, Structured::Strict));
}

#[tokio::test]
async fn a_server_is_asked_for_vectors_where_they_are_wanted() {
    let mut settings = settings();
    settings.routing.embedding = Some(EmbeddingRoute { model: "vectors".to_owned(), dimensions: None });
    let bench = Bench::plain(settings.clone()).await;
    bench.server.rule(keeping(|_| true));
    assert!(bench.gateway.probe(payer()).await.unwrap().capabilities.embeddings);
    let bench = Bench::plain(settings).await;
    bench.server.rule(|asked| if asked.path == "/embeddings" { None } else { keeping(|_| true)(asked) });
    assert!(!bench.gateway.probe(payer()).await.unwrap().capabilities.embeddings);
}

#[tokio::test]
async fn a_router_is_only_read() {
    let bench = Bench::new().await;
    bench.server.list("/key", json!({"data": {"limit": 10, "limit_remaining": 7.42, "usage": 2.58}}));
    bench.server.list(
        "/models",
        model_list(&[
            Listed::new("one"),
            Listed::new("two").parameters(&["max_tokens"]),
            Listed::new("dear"),
        ]),
    );
    let probed = bench.gateway.probe(payer()).await.unwrap();
    assert_eq!((probed.models, probed.key_left), (3, Some(MicroUsd(7_420_000))));
    let expected = Capabilities { images: false, embeddings: false, ..Capabilities::OPENROUTER };
    assert_eq!(probed.capabilities, expected, "it has no list of those");
    let said: Vec<String> = probed.warnings.iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "The model `two` of the tier standard has no structured output; it is left out. Choose another in the routing table."
        ]
    );
    assert_eq!(bench.gateway.routing().standard.models, ["one"]);
    assert!(bench.server.asked().is_empty() && bench.purse.rows().is_empty(), "it costs nothing");
    assert!(bench.server.asked_at_all().len() >= 4);
}

#[tokio::test]
async fn prices_come_from_the_list_unless_they_were_set() {
    let mut settings = settings();
    settings.prices.remove("two");
    settings.routing.standard.models = vec!["two".to_owned()];
    let bench = Bench::with(settings).await;
    bench
        .server
        .list("/models", model_list(&[Listed::new("two").price("0.00001", "0.00002"), Listed::new("one")]));
    bench.gateway.probe(payer()).await.unwrap();
    bench.server.reply(Reply::chat(GOOD).tokens(100, 10).without_cost());
    assert_eq!(bench.gateway.ask(call()).await.unwrap().cost(), MicroUsd(1_200));
}

#[tokio::test]
async fn a_connection_that_cannot_be_used_says_why() {
    let bench = Bench::new().await;
    bench.server.rule(|_| None);
    bench.server.list("/models", model_list(&[]));
    let probed = bench.gateway.probe(payer()).await.unwrap();
    assert!(!probed.capabilities.models_list && probed.warnings.is_empty());
    let bench = Bench::plain(settings()).await;
    bench.server.rule(|_| Some(Reply::error(401, "authentication")));
    let failed = bench.gateway.probe(payer()).await.unwrap_err();
    assert!(matches!(failed.reason, Reason::Unauthorised { .. }), "{failed}");
    let bench = Bench::plain(settings()).await;
    bench.server.rule(|_| Some(Reply::error(503, "provider_overloaded")));
    let failed = bench.gateway.probe(payer()).await.unwrap_err();
    assert!(matches!(failed.reason, Reason::Unavailable { .. }), "{failed}");
}
