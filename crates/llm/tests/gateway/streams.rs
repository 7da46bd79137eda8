//! Answers in pieces: watched as they grow, and wrong in the ways in which only a stream can be.

use std::time::Duration;

use llm::{Basis, Outcome};
use model_server::Reply;
use serde_json::json;
use tokio::sync::watch;

use crate::bench::{Bench, GOOD, call, good, settings};

fn piece(text: &str) -> String {
    format!(
        "data: {}\n\n",
        json!({"id": "gen-7", "model": "one", "choices": [{"index": 0, "delta": {"content": text}}]})
    )
}

#[tokio::test]
async fn the_text_can_be_watched_as_it_grows() {
    let bench = Bench::new().await;
    bench.server.reply(Reply::chat(GOOD).header("x-generation-id", "gen-9"));
    let (sender, mut text) = watch::channel(String::new());
    let answer = bench.gateway.ask_watched(call(), sender).await.unwrap();
    assert_eq!(answer.value, Some(good()));
    assert_eq!(*text.borrow_and_update(), GOOD);
    let asked = &bench.server.asked()[0].body;
    assert_eq!(asked["stream"], json!(true));
    assert_eq!(asked["plugins"], json!(null), "healing is for whole answers only");
    let row = &bench.purse.rows()[0];
    assert_eq!((row.cost.0, row.basis, row.tokens_in), (1_000, Basis::Reported, 10));
    assert_eq!(row.generation_id.as_deref(), Some("gen-1"));
}

#[tokio::test]
async fn nobody_needs_to_watch() {
    let bench = Bench::new().await;
    bench.server.reply(Reply::chat(GOOD));
    let (sender, text) = watch::channel(String::new());
    drop(text);
    assert_eq!(bench.gateway.ask_watched(call(), sender).await.unwrap().value, Some(good()));
}

#[tokio::test]
async fn an_answer_begins_anew_for_who_watches() {
    let bench = Bench::new().await;
    bench.server.reply(Reply::chat("{\"titel\":\"An answer that is wrong\"}")).reply(Reply::chat(GOOD));
    let (sender, text) = watch::channel(String::new());
    bench.gateway.ask_watched(call(), sender).await.unwrap();
    assert_eq!(*text.borrow(), GOOD);
}

#[tokio::test]
async fn a_stream_can_go_wrong_at_every_place() {
    let error = |code: serde_json::Value| {
        format!(
            "data: {}\n\n",
            json!({"error": {"code": code, "message": "m"}, "choices": [{"delta": {}, "finish_reason": "error"}]})
        )
    };
    let half = piece("{\"title\":\"A");
    let rows = [
        ("an error", Reply::pieces([half.clone(), error(json!(502))]), Outcome::Unavailable),
        (
            "an error in words",
            Reply::pieces([half.clone(), error(json!("server_error"))]),
            Outcome::Unavailable,
        ),
        ("no end", Reply::pieces([half.clone()]), Outcome::Broken),
        ("no JSON", Reply::pieces([half.clone(), "data: {\"choi\n\n".to_owned()]), Outcome::Broken),
        (
            "cut off",
            Reply::pieces([half.clone(), piece(" good one")]).cut_after(half.len() + 9),
            Outcome::Broken,
        ),
        ("nothing", Reply::pieces([": hello\n\n"]), Outcome::Broken),
        ("only the end", Reply::pieces(["data: [DONE]\n\n"]), Outcome::Invalid),
        ("cut short", Reply::chat("{\"title\":\"A").finish("length"), Outcome::CutShort),
        ("refused", Reply::error(503, "provider_overloaded"), Outcome::Unavailable),
    ];
    for (name, reply, outcome) in rows {
        let bench = Bench::new().await;
        bench.server.reply(reply).reply(Reply::chat(GOOD));
        let (sender, text) = watch::channel(String::new());
        let answer = bench.gateway.ask_watched(call(), sender).await.unwrap();
        assert_eq!(bench.outcomes(), [outcome, Outcome::Answered], "{name}");
        assert_eq!(*text.borrow(), GOOD, "{name}");
        if ["an error", "no end", "no JSON", "cut off"].contains(&name) {
            assert_eq!(answer.attempts[0].raw.as_deref(), Some("{\"title\":\"A"), "{name}");
            assert_eq!(answer.attempts[0].row.basis, Basis::WorstCase, "{name}");
            assert_eq!(answer.attempts[0].row.generation_id.as_deref(), Some("gen-7"), "{name}");
        }
    }
}

#[tokio::test]
async fn a_stream_that_stalls_is_given_up() {
    let mut settings = settings();
    settings.timeouts.stall = Duration::from_millis(300);
    let bench = Bench::with(settings).await;
    let half = piece("{\"title\":");
    bench.server.reply(Reply::pieces([half.clone()]).stall_after(half.len()));
    bench.server.reply(Reply::chat(GOOD)).reply(Reply::chat(GOOD));
    let (sender, _text) = watch::channel(String::new());
    let answer = bench.gateway.ask_watched(call(), sender).await.unwrap();
    assert_eq!(bench.outcomes()[0], Outcome::TimedOut);
    assert_eq!(answer.attempts[0].raw.as_deref(), Some("{\"title\":"));
}

#[tokio::test]
async fn a_stream_may_end_without_its_mark_and_bring_its_usage_anywhere() {
    let bench = Bench::new().await;
    let last = json!({"choices": [{"delta": {"content": GOOD}, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 9, "completion_tokens": 3, "cost": 0.000_5}});
    bench.server.reply(Reply::pieces([format!(": x\r\n\r\ndata:{last}")]));
    let (sender, _text) = watch::channel(String::new());
    bench.gateway.ask_watched(call(), sender).await.unwrap();
    assert_eq!((bench.purse.spent().0, bench.purse.rows()[0].tokens_in), (500, 9));
}

#[tokio::test]
async fn a_stream_without_usage_costs_the_worst_case() {
    let bench = Bench::new().await;
    bench.server.reply(Reply::chat(GOOD).without_usage());
    let (sender, _text) = watch::channel(String::new());
    bench.gateway.ask_watched(call(), sender).await.unwrap();
    assert_eq!(bench.purse.rows()[0].basis, Basis::WorstCase);
}

#[tokio::test]
async fn a_server_that_does_not_stream_answers_whole() {
    let bench = Bench::new().await;
    bench
        .server
        .reply(Reply::json(&json!({"choices": [{"message": {"content": GOOD}, "finish_reason": "stop"}]})));
    let (sender, text) = watch::channel(String::new());
    assert_eq!(bench.gateway.ask_watched(call(), sender).await.unwrap().value, Some(good()));
    assert_eq!(*text.borrow(), GOOD);
}
