//! Calls looked up afterwards, by the id that the ledger kept.

use domain::MicroUsd;
use llm::{Found, Reason};
use serde_json::json;

use crate::bench::{Bench, settings};

#[tokio::test]
async fn a_call_is_found_with_what_it_really_cost() {
    let bench = Bench::new().await;
    assert_eq!(bench.gateway.look_up("gen-1").await, Ok(None), "there is no record yet");
    bench.server.list(
        "/generation",
        json!({"data": {"id": "gen-1", "total_cost": 0.001_5, "usage": 0.001_5, "model": "one",
            "provider_name": "Scripted", "cancelled": true, "native_tokens_prompt": 10,
            "native_tokens_completion": 25, "native_tokens_reasoning": null, "latency": 1250}}),
    );
    let found = bench.gateway.look_up("gen-1&x=y").await.unwrap();
    let expected = Found {
        cost: Some(MicroUsd(1_500)),
        model: Some("one".to_owned()),
        provider: Some("Scripted".to_owned()),
        tokens_in: 10,
        tokens_out: 25,
        cancelled: true,
    };
    assert_eq!(found, Some(expected));
    assert_eq!(bench.server.asked_at_all()[1].path, "/generation?id=gen-1%26x%3Dy");
    bench.server.list("/generation", json!({"data": {"id": "gen-1", "total_cost": null}}));
    assert_eq!(bench.gateway.look_up("gen-1").await.unwrap().and_then(|found| found.cost), None);
}

#[tokio::test]
async fn a_server_without_records_is_not_asked() {
    let bench = Bench::plain(settings()).await;
    let reason = bench.gateway.look_up("chatcmpl-1").await.unwrap_err();
    assert!(matches!(reason, Reason::Unsendable(_)), "{reason}");
    assert!(bench.server.asked_at_all().is_empty());
}
