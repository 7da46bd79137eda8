//! Every status of the API's table, on the wire: how often it is asked, what the ledger says, what the caller hears.

use llm::{Outcome, Reason};
use model_server::Reply;
use serde_json::json;

use crate::bench::{Bench, KEY, call};

/// Status and type, the outcome in the ledger, and how many requests there are in all.
const ROWS: [(u16, &str, Outcome, usize); 22] = [
    (400, "invalid_request", Outcome::Rejected, 1),
    (400, "context_length_exceeded", Outcome::Rejected, 1),
    (400, "max_tokens_exceeded", Outcome::Rejected, 1),
    (400, "content_policy_violation", Outcome::Refused, 1),
    (400, "refusal", Outcome::Refused, 1),
    (401, "authentication", Outcome::Unauthorised, 1),
    (402, "payment_required", Outcome::NoCredits, 1),
    (403, "permission_denied", Outcome::Refused, 1),
    (404, "not_found", Outcome::NoModel, 2),
    (408, "timeout", Outcome::TimedOut, 2),
    (412, "precondition_failed", Outcome::Rejected, 1),
    (413, "payload_too_large", Outcome::Rejected, 1),
    (422, "unprocessable", Outcome::Rejected, 1),
    (429, "rate_limit_exceeded", Outcome::RateLimited, 3),
    (429, "insufficient_quota", Outcome::NoCredits, 1),
    (500, "server", Outcome::Unavailable, 3),
    (502, "provider_unavailable", Outcome::Unavailable, 3),
    (503, "provider_overloaded", Outcome::Unavailable, 3),
    (504, "timeout", Outcome::TimedOut, 2),
    (524, "timeout", Outcome::TimedOut, 2),
    (529, "provider_overloaded", Outcome::Unavailable, 3),
    (418, "brand_new", Outcome::Rejected, 1),
];

#[tokio::test]
async fn every_status_is_asked_as_often_as_it_makes_sense() {
    for (status, error_type, outcome, times) in ROWS {
        let bench = Bench::new().await;
        bench.server.rule(move |_| Some(Reply::error(status, error_type)));
        let failed = bench.gateway.ask(call()).await.unwrap_err();
        assert_eq!(bench.server.asked().len(), times, "{status} {error_type}");
        assert_eq!(bench.outcomes(), vec![outcome; times], "{status} {error_type}");
        assert!(bench.purse.rows().iter().all(|row| row.status == Some(status)));
        assert_eq!(bench.purse.open(), 0, "{status} {error_type}");
        assert_eq!(failed.attempts.len(), times);
    }
}

#[tokio::test]
async fn what_must_not_be_repeated_is_not_even_where_the_provider_says_so() {
    for status in [400, 401, 402, 403, 413, 422] {
        let bench = Bench::new().await;
        bench.server.rule(move |_| {
            let advice = json!({"code": "capacity_exhausted", "retryable": true, "retry_after": 0});
            Some(
                Reply::error(status, "x")
                    .retry_after(0)
                    .change(|body| body["error"]["availability"] = advice),
            )
        });
        bench.gateway.ask(call()).await.unwrap_err();
        assert_eq!(bench.server.asked().len(), 1, "{status}");
    }
}

#[tokio::test]
async fn each_error_is_a_sentence_with_the_mend() {
    let mut said = Vec::new();
    for (status, error_type) in [(400, "x"), (401, "x"), (402, "x"), (403, "x"), (404, "x"), (503, "x")] {
        let bench = Bench::new().await;
        bench.server.rule(move |_| Some(Reply::error(status, error_type)));
        said.push(format!("{status}: {}", bench.gateway.ask(call()).await.unwrap_err()));
    }
    insta::assert_snapshot!(said.join("\n"), @r"
    400: The model provider can't take this request (scripted x); shorten the text, or choose another model.
    401: The model provider does not accept the key (scripted x); put in one that is valid.
    402: The account at the model provider has no credits left (scripted x); buy some there, or raise the limit of the key.
    403: The model provider refused this text (scripted x); change the text, or choose another model.
    404: No model answered (scripted x); try again in a minute, or choose other models.
    503: No model answered (scripted x); try again in a minute, or choose other models.
    ");
}

#[tokio::test]
async fn a_key_is_in_no_error_and_in_no_debug_output() {
    let repeated = format!("Incorrect API key provided: {KEY}.");
    for status in [401, 200] {
        let bench = Bench::new().await;
        let message = repeated.clone();
        let body = json!({"error": {"code": 401, "message": message}});
        bench.server.rule(move |_| Some(Reply::json(&body).status(status)));
        let failed = bench.gateway.ask(call()).await.unwrap_err();
        let shown = format!("{failed} {failed:?} {:?} {:?}", bench.gateway, bench.purse);
        assert!(shown.contains("Incorrect API key provided: [key]"), "{shown}");
        assert!(!shown.contains(KEY), "{shown}");
        assert_eq!(bench.server.asked()[0].headers["authorization"], format!("Bearer {KEY}"));
    }
}

#[tokio::test]
async fn prompts_and_answers_are_in_no_debug_output() {
    let bench = Bench::new().await;
    bench.server.reply(Reply::chat("A wrong secret answer")).reply(Reply::chat(crate::bench::GOOD));
    let answer = bench.gateway.ask(call()).await.unwrap();
    let shown = format!("{:?} {answer:?} {:?}", call(), bench.gateway);
    for text in ["bread", "titles", "secret", "good one"] {
        assert!(!shown.contains(text), "{text}: {shown}");
    }
}

#[tokio::test]
async fn a_page_of_a_proxy_is_an_error_too() {
    let bench = Bench::new().await;
    bench.server.rule(|_| Some(Reply::raw("<html>502</html>").status(502)));
    let failed = bench.gateway.ask(call()).await.unwrap_err();
    assert!(matches!(&failed.reason, Reason::Unavailable { said, .. } if said == "HTTP 502"), "{failed}");
}

#[tokio::test]
async fn a_redirect_is_not_followed_with_the_key() {
    let bench = Bench::new().await;
    bench
        .server
        .rule(|_| Some(Reply::raw("").status(307).header("location", "http://127.0.0.1:9/elsewhere")));
    let failed = bench.gateway.ask(call()).await.unwrap_err();
    assert!(matches!(failed.reason, Reason::Rejected { .. }), "{failed}");
}

#[tokio::test]
async fn a_server_that_is_not_there_costs_nothing() {
    let bench = Bench::new().await;
    let connection = llm::Connection::compatible("http://127.0.0.1:9/v1", None).unwrap();
    let settings = crate::bench::settings();
    let gateway =
        llm::Gateway::new(connection, settings, bench.purse.clone(), llm::Surroundings::real()).unwrap();
    let failed = gateway.ask(call()).await.unwrap_err();
    assert!(matches!(failed.reason, Reason::Unavailable { .. }), "{failed}");
    assert!(bench.outcomes().iter().all(|outcome| *outcome == Outcome::Unreachable));
    assert_eq!((bench.purse.spent().0, bench.purse.open()), (0, 0));
}
