//! Waiting, falling back, and leaving alone what keeps failing.

use std::time::Duration;

use llm::{Call, Outcome, Reason};
use model_server::Reply;
use serde_json::json;

use crate::bench::{Bench, GOOD, call, settings};

#[tokio::test]
async fn an_overloaded_model_is_left_for_the_next_at_once() {
    let bench = Bench::new().await;
    bench.server.reply(Reply::error(503, "provider_overloaded").retry_after(3_600)).reply(Reply::chat(GOOD));
    assert_eq!(bench.gateway.ask(call()).await.unwrap().model, "two");
    assert_eq!(bench.models_asked(), ["one", "two"]);
}

#[tokio::test]
async fn a_failing_server_is_asked_once_more_before_the_next_model() {
    let bench = Bench::new().await;
    bench
        .server
        .reply(Reply::error(500, "server"))
        .reply(Reply::error(500, "server"))
        .reply(Reply::chat(GOOD));
    bench.gateway.ask(call()).await.unwrap();
    assert_eq!(bench.models_asked(), ["one", "one", "two"]);
}

#[tokio::test]
async fn a_model_that_is_gone_is_not_asked_again() {
    let bench = Bench::new().await;
    bench.server.rule(|asked| {
        Some(if asked.model() == "one" { Reply::error(404, "not_found") } else { Reply::error(503, "x") })
    });
    bench.gateway.ask(call()).await.unwrap_err();
    assert_eq!(bench.models_asked(), ["one", "two", "two"]);
}

#[tokio::test]
async fn what_the_provider_calls_hopeless_is_not_asked_again() {
    let bench = Bench::new().await;
    let hopeless = json!({"code": "constraint_filtered", "retryable": false});
    let reply = Reply::error(503, "x").change(|body| body["error"]["availability"] = hopeless);
    bench.server.rule(move |_| Some(reply.clone()));
    bench.gateway.ask(call()).await.unwrap_err();
    assert_eq!(bench.models_asked(), ["one", "two"]);
}

#[tokio::test]
async fn a_wait_beyond_the_deadline_is_not_begun() {
    let bench = Bench::new().await;
    bench.server.rule(|_| Some(Reply::error(429, "rate_limit_exceeded").retry_after(3_600)));
    let failed = bench.gateway.ask(call()).await.unwrap_err();
    let Reason::Unavailable { retry_after, .. } = failed.reason else { panic!("{failed}") };
    assert_eq!(retry_after, Some(Duration::from_secs(3_600)));
    assert_eq!(bench.models_asked(), ["one", "two"], "each of them once, and no waiting");
}

#[tokio::test]
async fn a_limit_of_the_key_holds_for_all_models_and_calls() {
    let bench = Bench::new().await;
    let reply = Reply::error(429, "rate_limit_exceeded").retry_after(60).header("x-ratelimit-limit", "20");
    bench.server.reply(reply);
    let soon = Call { deadline: Duration::from_secs(20), ..call() };
    bench.gateway.ask(soon.clone()).await.unwrap_err();
    assert_eq!(bench.models_asked(), ["one"], "another model has the same key");
    let failed = bench.gateway.ask(soon.clone()).await.unwrap_err();
    assert!(matches!(failed.reason, Reason::Unavailable { retry_after: Some(_), .. }), "{failed}");
    assert_eq!(bench.server.asked().len(), 1, "nobody asks before the minute is over");
    bench.seconds_pass(61);
    bench.server.reply(Reply::chat(GOOD));
    bench.gateway.ask(soon).await.unwrap();
}

#[tokio::test]
async fn a_model_that_keeps_failing_rests_and_is_tried_by_one_call() {
    let mut settings = settings();
    settings.resting.failures = 2;
    let bench = Bench::with(settings).await;
    bench.server.rule(|asked| {
        Some(if asked.model() == "one" {
            Reply::error(502, "provider_unavailable")
        } else {
            Reply::chat(GOOD)
        })
    });
    for _ in 0..4 {
        bench.gateway.ask(call()).await.unwrap();
    }
    assert_eq!(bench.models_asked(), ["one", "two", "one", "two", "two", "two"]);
    bench.seconds_pass(31);
    for _ in 0..2 {
        bench.gateway.ask(call()).await.unwrap();
    }
    assert_eq!(bench.models_asked()[6..], ["one", "two", "two"], "one call tried it");
    bench.seconds_pass(31);
    bench.server.rule(|_| Some(Reply::chat(GOOD)));
    for _ in 0..2 {
        bench.gateway.ask(call()).await.unwrap();
    }
    assert_eq!(bench.models_asked()[9..], ["one", "one"], "it is well again");
}

#[tokio::test]
async fn when_all_models_rest_nothing_is_asked() {
    let mut settings = settings();
    settings.resting.failures = 1;
    let bench = Bench::with(settings).await;
    bench.server.rule(|_| Some(Reply::error(503, "x")));
    bench.gateway.ask(call()).await.unwrap_err();
    let failed = bench.gateway.ask(call()).await.unwrap_err();
    assert!(matches!(failed.reason, Reason::Unavailable { .. }), "{failed}");
    assert!(failed.attempts.is_empty());
    assert_eq!(bench.models_asked(), ["one", "two"]);
}

#[tokio::test]
async fn a_wrong_answer_is_no_illness() {
    let mut settings = settings();
    settings.resting.failures = 1;
    settings.attempts = 1;
    let bench = Bench::with(settings).await;
    bench.server.rule(|_| Some(Reply::chat("No.")));
    for _ in 0..3 {
        bench.gateway.ask(call()).await.unwrap_err();
    }
    assert_eq!(bench.models_asked(), ["one", "one", "one"]);
}

#[tokio::test]
async fn a_key_that_was_refused_rests() {
    for (status, kind) in [(401, "authentication"), (402, "payment_required")] {
        let bench = Bench::new().await;
        bench.server.reply(Reply::error(status, kind));
        let first = bench.gateway.ask(call()).await.unwrap_err();
        let second = bench.gateway.ask(call()).await.unwrap_err();
        assert_eq!(first.reason, second.reason);
        assert_eq!(bench.server.asked().len(), 1, "{status}");
        bench.seconds_pass(31);
        bench.server.reply(Reply::chat(GOOD)).reply(Reply::chat(GOOD));
        bench.gateway.ask(call()).await.unwrap();
        bench.gateway.ask(call()).await.unwrap();
    }
}

#[tokio::test]
async fn a_connection_that_breaks_is_tried_again() {
    for cut in [0, 1, 40, 300] {
        let bench = Bench::new().await;
        bench.server.reply(Reply::chat(GOOD).cut_after(cut)).reply(Reply::chat(GOOD));
        bench.gateway.ask(call()).await.unwrap();
        assert_eq!(bench.outcomes(), [Outcome::Broken, Outcome::Answered], "cut after {cut}");
        let cut_off = &bench.purse.rows()[0];
        assert_eq!(cut_off.cost, cut_off.reserved, "nobody knows what it cost");
    }
}

#[tokio::test]
async fn an_answer_that_does_not_come_is_given_up() {
    for reply in [Reply::chat(GOOD).latency(Duration::from_secs(600)), Reply::chat(GOOD).stall_after(20)] {
        let mut settings = settings();
        settings.timeouts.text = Duration::from_millis(700);
        let bench = Bench::with(settings).await;
        bench.server.reply(reply).reply(Reply::chat(GOOD)).reply(Reply::chat(GOOD));
        bench.gateway.ask(call()).await.unwrap();
        assert_eq!(bench.outcomes()[0], Outcome::TimedOut);
        assert_eq!(bench.purse.rows()[0].cost, bench.purse.rows()[0].reserved);
    }
}
