//! What is sent: only what the connection has, and only what the model takes.

use llm::{Call, Message};
use model_server::{Listed, Reply, model_list};
use serde_json::{Value, json};

use crate::bench::{Bench, GOOD, KEY, call, payer, settings};

fn full() -> Call {
    Call { temperature: Some(0.7), seed: Some(42), session: Some("job-1".to_owned()), ..call() }
}

async fn sent(bench: &Bench, call: Call) -> Value {
    bench.server.reply(Reply::chat(GOOD));
    bench.gateway.ask(call).await.unwrap();
    bench.server.asked().last().unwrap().body.clone()
}

#[tokio::test]
async fn a_router_gets_all_that_it_takes() {
    let mut settings = settings();
    settings.routing.standard.effort = Some("low".to_owned());
    let bench = Bench::with(settings).await;
    insta::assert_json_snapshot!(sent(&bench, full()).await);
}

#[tokio::test]
async fn a_plain_server_gets_no_more_than_chat() {
    let bench = Bench::plain(settings()).await;
    insta::assert_json_snapshot!(sent(&bench, full()).await);
    assert!(!bench.server.asked()[0].headers.contains_key("authorization"));
}

#[tokio::test]
async fn a_model_gets_only_the_parameters_of_its_list() {
    let bench = Bench::new().await;
    let few = Listed::new("one").parameters(&["max_tokens", "response_format"]);
    bench.server.list("/models", model_list(&[few, Listed::new("two"), Listed::new("dear")]));
    bench.gateway.probe(payer()).await.unwrap();
    // The model without strict schemas was left out of the tier.
    assert_eq!(bench.gateway.routing().standard.models, ["two"]);
    let mut settings = settings();
    settings.routing.standard.models = vec!["plain".to_owned()];
    let bench = Bench::with(settings).await;
    let plain = Listed::new("plain").parameters(&["max_tokens", "structured_outputs", "response_format"]);
    bench.server.list("/models", model_list(&[plain]));
    bench.gateway.probe(payer()).await.unwrap();
    let body = sent(&bench, full()).await;
    assert_eq!(
        (&body["temperature"], &body["seed"], &body["reasoning"]),
        (&Value::Null, &Value::Null, &Value::Null)
    );
    assert_eq!(body["response_format"]["json_schema"]["strict"], json!(true));
}

#[tokio::test]
async fn an_open_schema_is_sent_as_it_is_and_not_called_strict() {
    let bench = Bench::new().await;
    let open =
        json!({"type": "object", "properties": {"title": {"type": "string"}}, "additionalProperties": true});
    let schema = llm::Schema::new("open", open.clone()).unwrap();
    let body = sent(&bench, call().schema(schema)).await;
    assert_eq!(
        body["response_format"]["json_schema"],
        json!({"name": "open", "strict": false, "schema": open})
    );
}

#[tokio::test]
async fn at_most_four_places_are_marked_for_the_cache() {
    let bench = Bench::new().await;
    let messages = (0..6).map(|n| Message::user(format!("part {n}")).stable()).collect();
    let body = sent(&bench, Call { messages, ..call() }).await;
    let marked = |message: &&Value| message["content"][0]["cache_control"] == json!({"type": "ephemeral"});
    let messages = body["messages"].as_array().unwrap();
    assert_eq!(messages.iter().filter(marked).count(), 4);
    assert_eq!(messages[5]["content"], json!("part 5"));
}

#[tokio::test]
async fn variants_share_the_begin_of_their_prompt_to_the_byte() {
    let bench = Bench::new().await;
    let variant = |n: u32| {
        let messages =
            vec![Message::system("The stable part.").stable(), Message::user(format!("Variant {n}."))];
        Call { messages, ..call() }
    };
    let (one, two) = (sent(&bench, variant(1)).await, sent(&bench, variant(2)).await);
    assert_eq!(one["messages"][0].to_string(), two["messages"][0].to_string());
    assert_eq!(one["response_format"].to_string(), two["response_format"].to_string());
}

#[tokio::test]
async fn an_output_limit_is_kept_within_what_is_taken() {
    let bench = Bench::new().await;
    let body = sent(&bench, Call { output_limit: 1, ..call() }).await;
    assert_eq!(body["max_tokens"], json!(16));
    bench.server.list("/models", model_list(&[Listed::new("one")]));
    bench.gateway.probe(payer()).await.unwrap();
    let body = sent(&bench, Call { output_limit: 900_000, ..call() }).await;
    assert_eq!(body["max_tokens"], json!(32_000), "and a huge one lowered to what the model writes");
}

#[tokio::test]
async fn the_program_names_itself_and_its_key_goes_in_a_header() {
    let server = model_server::ModelServer::start().await;
    let mut connection = llm::Connection::openrouter_at(&server.address(), KEY.into()).unwrap();
    connection.attribution = llm::Attribution {
        site: Some("https://slidewright.example".to_owned()),
        title: Some("Slidewright".to_owned()),
    };
    let purse = std::sync::Arc::new(llm::MemoryPurse::default());
    let gateway = llm::Gateway::new(connection, settings(), purse, llm::Surroundings::real()).unwrap();
    server.reply(Reply::chat(GOOD));
    gateway.ask(call()).await.unwrap();
    let headers = &server.asked()[0].headers;
    assert_eq!(headers["http-referer"], "https://slidewright.example");
    assert_eq!(headers["x-openrouter-title"], "Slidewright");
    assert_eq!(headers["authorization"], format!("Bearer {KEY}"));
    assert_eq!(server.asked()[0].path, "/chat/completions");
}
