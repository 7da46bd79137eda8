//! What is logged on the way of a call, by all crates and at every level: no key, no prompt, no answer.
//!
//! A program of its own: a subscriber for one thread misses what another thread came across first.

#![allow(clippy::unwrap_used, reason = "what a helper can't do fails its test")]

#[path = "gateway/bench.rs"]
#[allow(dead_code, reason = "the gateway's tests use the rest of it")]
mod bench;

use std::sync::{Arc, Mutex};

use bench::{Bench, GOOD, KEY, call};
use model_server::Reply;
use serde_json::json;

/// Everything that is logged, of all crates and at every level.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn keys_prompts_and_answers_are_in_no_log() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(move || writer.clone())
        .finish();
    tracing::subscriber::set_global_default(subscriber).unwrap();
    let bench = Bench::new().await;
    bench.server.reply(Reply::chat("A wrong secret answer")).reply(Reply::chat(GOOD));
    bench.gateway.ask(call()).await.unwrap();
    let said = format!("Incorrect API key provided: {KEY}.");
    bench.server.reply(Reply::json(&json!({"error": {"code": 401, "message": said}})).status(401));
    bench.gateway.ask(call()).await.unwrap_err();
    let logged = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(logged.contains("model call") && logged.contains("unauthorised"), "{logged}");
    for text in [KEY, "bread", "You write titles", "secret answer", "A good one"] {
        assert!(!logged.contains(text), "{text}: {logged}");
    }
}
