//! The gateway against a model server that nobody here wrote: `./test --real-llm` starts it.
//!
//! The model has 135 million parameters and writes badly, so nothing here judges what it says: only that
//! answers keep their schemas, streams grow, wrong answers are repaired, and the ledger is right.

#![allow(clippy::unwrap_used, reason = "what a helper can't do fails its test")]

use std::sync::Arc;
use std::time::Duration;

use domain::{MicroUsd, WorkspaceId};
use llm::{
    Basis, Call, Connection, Gateway, Limits, MemoryPurse, Message, Outcome, Payer, Purpose, Reason, Routing,
    Schema, Settings, Structured, Surroundings, Tier,
};
use serde_json::{Value, json};
use tokio::sync::watch;
use uuid::Uuid;

const KEY: &str = "sk-local-test";
const MODEL: &str = "smollm2-135m-instruct";

#[expect(clippy::disallowed_methods, reason = "this is where the test is told of its server")]
fn address() -> String {
    std::env::var("SLIDEWRIGHT_TEST_MODEL").expect("run ./test --real-llm, which starts the server")
}

fn gateway(key: &str, purse: &Arc<MemoryPurse>) -> Gateway {
    let connection = Connection::compatible(&address(), Some(key.into())).unwrap();
    let mut settings = Settings::new(Routing::single(MODEL));
    settings.timeouts.text = Duration::from_secs(300);
    settings.in_flight.per_workspace = 2;
    Gateway::new(connection, settings, purse.clone(), Surroundings::real()).unwrap()
}

fn payer() -> Payer {
    Payer::new(WorkspaceId(Uuid::from_u128(1)), None)
}

async fn probed() -> (Gateway, Arc<MemoryPurse>) {
    let purse = Arc::new(MemoryPurse::default());
    let gateway = gateway(KEY, &purse);
    gateway.probe(payer()).await.unwrap();
    (gateway, purse)
}

/// Small enough for a small model on a busy machine.
fn call(schema: Value, output_limit: u32) -> Call {
    let messages = vec![
        Message::system("You write slides. Answer in JSON.").stable(),
        Message::user("Write a slide about bread, with a title, a kind and three points."),
    ];
    let schema = Schema::new("slide", schema).unwrap();
    let call = Call::new(Purpose::Copy, Tier::Standard, payer(), messages, output_limit).schema(schema);
    Call { temperature: Some(0.2), seed: Some(7), ..call.deadline(Duration::from_secs(500)) }
}

fn slide() -> Value {
    json!({"type": "object", "additionalProperties": false, "required": ["title", "kind", "points"],
        "properties": {"title": {"type": "string", "minLength": 3, "maxLength": 24},
            "kind": {"type": "string", "enum": ["cover", "list", "end"]},
            "points": {"type": "array", "minItems": 3, "maxItems": 3, "items": {"type": "string", "minLength": 2, "maxLength": 20}}}})
}

#[tokio::test]
async fn a_probe_finds_strict_schemas_and_no_cost() {
    let purse = Arc::new(MemoryPurse::default());
    let gateway = gateway(KEY, &purse);
    let probed = gateway.probe(payer()).await.unwrap();
    let found = probed.capabilities;
    assert_eq!((found.structured, found.schema_limits), (Structured::Strict, true));
    assert!(found.models_list && !found.reports_cost && !found.images && !found.web_search);
    assert_eq!((probed.models, probed.warnings.len()), (1, 0));
    let rows = purse.rows();
    assert_eq!((rows.len(), rows[0].purpose, rows[0].basis), (1, Purpose::Probe, Basis::Estimated));
    assert!(rows[0].cost > MicroUsd::ZERO, "a price that nobody knows is not nothing");
}

#[tokio::test]
async fn an_answer_keeps_its_schema_and_its_tokens_are_counted() {
    let (gateway, purse) = probed().await;
    let answer = gateway.ask(call(slide(), 200)).await.unwrap();
    assert_eq!(answer.value.as_ref().unwrap()["points"].as_array().unwrap().len(), 3);
    assert_eq!(answer.model, MODEL);
    let row = purse.rows().pop().unwrap();
    assert_eq!((row.outcome, row.basis), (Outcome::Answered, Basis::Estimated));
    assert!(row.tokens_in > 0 && row.tokens_out > 0 && row.generation_id.is_some());
    assert!(row.cost <= row.reserved, "{} of {}: the worst case was worse", row.cost, row.reserved);
}

#[tokio::test]
async fn a_stream_grows_to_the_same_kind_of_answer() {
    let (gateway, purse) = probed().await;
    let (sender, mut text) = watch::channel(String::new());
    let watching = tokio::spawn(async move {
        let mut lengths = Vec::new();
        while text.changed().await.is_ok() {
            lengths.push(text.borrow_and_update().len());
        }
        lengths
    });
    let answer = gateway.ask_watched(call(slide(), 200), sender).await.unwrap();
    let lengths = watching.await.unwrap();
    assert!(lengths.windows(2).all(|pair| pair[0] <= pair[1]) && lengths.len() > 2, "{lengths:?}");
    assert!(answer.value.is_some());
    let row = purse.rows().pop().unwrap();
    assert!(row.tokens_in > 0 && row.tokens_out > 0, "streams are counted too");
}

#[tokio::test]
async fn what_the_grammar_does_not_hold_is_found_repaired_and_given_up() {
    let (gateway, purse) = probed().await;
    // It ignores bounds of numbers, so what comes is outside them, whatever it says.
    let schema = json!({"type": "object", "additionalProperties": false, "required": ["n"],
        "properties": {"n": {"type": "number", "minimum": 1e300}}});
    let failed = gateway.ask(call(schema, 48)).await.unwrap_err();
    assert!(matches!(failed.reason, Reason::InvalidAnswer { .. }), "{failed}");
    let rows = purse.rows();
    assert_eq!(rows.len(), 1 + 2, "the probe, the answer and its repair; there is no other model");
    assert!(failed.attempts.iter().all(|attempt| attempt.raw.is_some() && attempt.problem.is_some()));
}

#[tokio::test]
async fn an_answer_that_is_cut_off_is_told_as_cut_off() {
    let (gateway, purse) = probed().await;
    let failed = gateway.ask(call(slide(), 16)).await.unwrap_err();
    assert!(failed.to_string().contains("output limit"), "{failed}");
    assert!(purse.rows()[1..].iter().all(|row| row.outcome == Outcome::CutShort));
}

#[tokio::test]
async fn a_prompt_beyond_the_context_and_a_wrong_key_are_not_repeated() {
    let (gateway, purse) = probed().await;
    let long = Call { messages: vec![Message::user("bread ".repeat(9_000))], ..call(slide(), 50) };
    let failed = gateway.ask(long).await.unwrap_err();
    assert!(matches!(failed.reason, Reason::Rejected { .. }), "{failed}");
    assert_eq!((purse.rows().len(), purse.rows()[1].cost), (2, MicroUsd::ZERO));
    let failed = self::gateway("wrong", &purse).ask(call(slide(), 50)).await.unwrap_err();
    assert!(matches!(failed.reason, Reason::Unauthorised { .. }), "{failed}");
    assert_eq!(purse.rows().len(), 3);
}

#[tokio::test]
async fn a_budget_and_a_cancellation_hold() {
    let purse = Arc::new(MemoryPurse::new(Limits { day: Some(MicroUsd(100)), ..Limits::default() }));
    let failed = gateway(KEY, &purse).ask(call(slide(), 200)).await.unwrap_err();
    assert!(matches!(failed.reason, Reason::OverBudget(_)), "{failed}");
    assert!(purse.rows().is_empty());
    let (gateway, purse) = probed().await;
    let endless = call(slide(), 2_000);
    let cancel = endless.cancel.clone();
    let (sender, mut text) = watch::channel(String::new());
    let asking = gateway.ask_watched(endless, sender);
    let cancelling = async move {
        let _ = text.wait_for(|text| !text.is_empty()).await;
        cancel.cancel();
    };
    let (result, ()) = tokio::join!(asking, cancelling);
    let row = purse.rows().pop().unwrap();
    // It may have been quicker than its cancellation.
    if let Err(failed) = result {
        assert_eq!(
            (failed.reason, row.outcome, row.basis),
            (Reason::Cancelled, Outcome::Cancelled, Basis::WorstCase)
        );
    }
    assert_eq!(purse.open(), 0);
}

#[tokio::test]
async fn estimates_are_above_what_the_tokenizer_counts() {
    let (gateway, purse) = probed().await;
    let texts = [
        "The quick brown fox jumps over the lazy dog, and nobody in the village has ever asked it why.",
        "In 2024, 38.4% of 12,750 bakers (4,896) used 1,000 kg of flour; 3.14159265358979.",
        "Die Donaudampfschifffahrtsgesellschaft backt Brötchen für 12 €.",
        "日本のパンは柔らかいです。Хлеб всему голова. الخبز طازج كل صباح 🍞🥖",
        "{\"a\":[1,2,{\"b\":\"c\"}],\"x_y\":null}\n\n\n    fn main() { println!(\"{}\", 0xdeadbeef); }",
        "xqzvkj wrtplk mnbvcx zzxxcc qwrtyp",
    ];
    for text in texts {
        let text = text.repeat(4);
        let call = Call { messages: vec![Message::user(text.as_str())], schema: None, ..call(slide(), 16) };
        // With such a limit the answer is cut off, and that is all the same here.
        let _ = gateway.ask(call).await;
        let row = purse.rows().pop().unwrap();
        assert!(row.tokens_in > 0);
        let of_output = 16 * 5;
        let reserved = row.reserved.0 - of_output;
        assert!(
            reserved >= i64::try_from(row.tokens_in).unwrap(),
            "{reserved} for {} tokens: {text}",
            row.tokens_in
        );
    }
}
