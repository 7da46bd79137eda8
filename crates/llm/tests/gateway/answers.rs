//! What is taken as an answer, in which order an answer can be wrong, and what a wrong one leads to.

use llm::{Basis, Outcome, Reason};
use model_server::Reply;
use serde_json::{Value, json};

use crate::bench::{Bench, GOOD, call, good};

#[tokio::test]
async fn an_answer_is_taken_out_of_what_is_wrapped_around_it() {
    let bench = Bench::new().await;
    let fenced = format!("Here it is:\n```json\n{GOOD}\n```\nDo you like it?");
    let texts = [
        GOOD.to_owned(),
        fenced,
        format!("<think>Bread {{}}?</think>\n{GOOD}"),
        format!("\u{feff}\n {GOOD} \n"),
    ];
    for text in texts {
        bench.server.reply(Reply::chat(text.as_str()));
        let answer = bench.gateway.ask(call()).await.unwrap();
        assert_eq!(answer.value, Some(good()), "{text}");
        assert_eq!(answer.attempts[0].raw.as_deref(), Some(text.as_str()), "the raw answer is kept");
    }
    let parts = json!([{"type": "text", "text": "{\"title\":"}, {"type": "text", "text": "\"A good one\"}"}]);
    bench.server.reply(Reply::chat("").change(|body| body["choices"][0]["message"]["content"] = parts));
    assert_eq!(bench.gateway.ask(call()).await.unwrap().value, Some(good()));
    assert_eq!(bench.server.asked().len(), 5, "none of them was asked twice");
}

#[tokio::test]
async fn white_space_before_the_body_keeps_the_connection_alive() {
    let bench = Bench::new().await;
    let body =
        json!({"choices": [{"message": {"content": GOOD}}], "usage": {"prompt_tokens": 7, "cost": 0.002}});
    bench.server.reply(Reply::raw(format!("\n\n   \n{body}")));
    let answer = bench.gateway.ask(call()).await.unwrap();
    assert_eq!((answer.value, answer.model.as_str()), (Some(good()), "one"));
    assert_eq!(bench.purse.spent().0, 2_000);
}

#[tokio::test]
async fn fields_of_unknown_kinds_and_values_are_passed_over() {
    let bench = Bench::new().await;
    let odd = |body: &mut Value| {
        body["choices"][0]["finish_reason"] = json!("a_new_reason");
        body["choices"][0]["message"]["annotations"] = json!({"new": true});
        body["provider"] = json!({"name": "now an object"});
        body["usage"]["prompt_tokens_details"] = json!("none");
        body["error"] = Value::Null;
        body["brand_new"] = json!([1, 2]);
    };
    bench.server.reply(Reply::chat(GOOD).change(odd));
    assert_eq!(bench.gateway.ask(call()).await.unwrap().value, Some(good()));
}

/// Each body under status 200 with what becomes of it, and whether the cost is known.
#[tokio::test]
async fn a_200_can_be_a_failure_in_every_way() {
    let error = |code: Value, kind: &str| json!({"error": {"code": code, "message": "m", "metadata": {"error_type": kind}}});
    let choice = |change: fn(&mut Value)| Reply::chat("half an ans").change(change).without_usage();
    let rows: [(&str, Reply, Outcome, Basis); 13] = [
        ("error alone", Reply::json(&error(json!(503), "x")), Outcome::Unavailable, Basis::NotBilled),
        (
            "code in words",
            Reply::json(&error(json!("server_error"), "x")),
            Outcome::Unavailable,
            Basis::NotBilled,
        ),
        (
            "type only",
            Reply::json(&json!({"error": {"error_type": "timeout"}})),
            Outcome::TimedOut,
            Basis::WorstCase,
        ),
        ("no choices", choice(|body| body["choices"] = json!([])), Outcome::Broken, Basis::WorstCase),
        (
            "an error in the choice",
            choice(|body| {
                body["choices"][0]["finish_reason"] = json!("error");
                body["choices"][0]["error"] = json!({"code": 429, "message": "m"});
            }),
            Outcome::RateLimited,
            Basis::WorstCase,
        ),
        (
            "ended by error",
            choice(|body| body["choices"][0]["finish_reason"] = json!("error")),
            Outcome::Unavailable,
            Basis::WorstCase,
        ),
        ("cut short", Reply::chat("{\"title\":\"A go").finish("length"), Outcome::CutShort, Basis::Reported),
        ("cut short before it began", Reply::chat("").finish("length"), Outcome::CutShort, Basis::Reported),
        (
            "content null",
            choice(|body| body["choices"][0]["message"]["content"] = Value::Null),
            Outcome::Invalid,
            Basis::WorstCase,
        ),
        ("content empty", Reply::chat("  ").without_cost(), Outcome::Invalid, Basis::Estimated),
        ("no JSON", Reply::raw("<html>busy</html>"), Outcome::Broken, Basis::WorstCase),
        ("prose", Reply::chat("I'd rather not."), Outcome::Invalid, Basis::Reported),
        ("wrong schema", Reply::chat("{\"titel\":1}"), Outcome::Invalid, Basis::Reported),
    ];
    for (name, reply, outcome, basis) in rows {
        let bench = Bench::new().await;
        bench.server.reply(reply).reply(Reply::chat(GOOD));
        let answer = bench.gateway.ask(call()).await.unwrap();
        assert_eq!(answer.value, Some(good()), "{name}: the next attempt answers");
        let first = &bench.purse.rows()[0];
        assert_eq!((first.outcome, first.basis), (outcome, basis), "{name}");
        assert_eq!(bench.outcomes(), [outcome, Outcome::Answered], "{name}");
    }
}

#[tokio::test]
async fn what_was_half_written_is_kept() {
    let bench = Bench::new().await;
    bench.server.reply(Reply::chat("half an ans").finish("error")).reply(Reply::chat(GOOD));
    let answer = bench.gateway.ask(call()).await.unwrap();
    assert_eq!(answer.attempts[0].raw.as_deref(), Some("half an ans"));
}

#[tokio::test]
async fn refusals_are_told_and_not_asked_again() {
    let refusal =
        |body: &mut Value| body["choices"][0]["message"]["refusal"] = json!("I can't help with that.");
    for reply in [Reply::chat("").change(refusal), Reply::chat("Some").finish("content_filter")] {
        let bench = Bench::new().await;
        bench.server.reply(reply);
        let failed = bench.gateway.ask(call()).await.unwrap_err();
        assert!(matches!(failed.reason, Reason::Refused { .. }), "{failed}");
        assert_eq!(bench.outcomes(), [Outcome::Refused]);
    }
}

#[tokio::test]
async fn a_wrong_answer_goes_back_with_what_is_wrong() {
    let bench = Bench::new().await;
    let wrong = r#"{"title":"A title that is far too long","more":1}"#;
    bench.server.reply(Reply::chat(wrong)).reply(Reply::chat(GOOD));
    let answer = bench.gateway.ask(call()).await.unwrap();
    assert_eq!(answer.value, Some(good()));
    assert_eq!(bench.outcomes(), [Outcome::Invalid, Outcome::Answered]);
    assert_eq!(bench.models_asked(), ["one", "one"]);
    let asked = bench.server.asked();
    let repair = asked[1].body["messages"].as_array().unwrap();
    assert_eq!(
        repair[..2],
        asked[0].body["messages"].as_array().unwrap()[..],
        "what is cached stays the same"
    );
    assert_eq!(repair[2], json!({"role": "assistant", "content": wrong}));
    insta::assert_snapshot!(asked[1].last_message(), @r"
    Your answer can't be used:

    at /: additionalProperties 'more' not allowed
    at /title: length must be <=20, but got 28

    Write the whole answer again with these places corrected: JSON that follows the schema, and nothing else.
    ");
}

#[tokio::test]
async fn a_model_that_cannot_repair_makes_room_for_the_next() {
    let bench = Bench::new().await;
    bench.server.reply(Reply::chat("No.")).reply(Reply::chat("No!")).reply(Reply::chat(GOOD));
    let answer = bench.gateway.ask(call()).await.unwrap();
    assert_eq!((answer.value.clone(), answer.model.as_str()), (Some(good()), "two"));
    assert_eq!(bench.models_asked(), ["one", "one", "two"]);
    let asked = bench.server.asked();
    assert_eq!(asked[2].body["messages"], asked[0].body["messages"], "the next model is asked afresh");
    assert_eq!(answer.cost(), bench.purse.spent());
}

#[tokio::test]
async fn an_answer_that_stays_wrong_is_told_with_its_text() {
    let bench = Bench::new().await;
    bench.server.rule(|_| Some(Reply::chat("Never.")));
    let failed = bench.gateway.ask(call()).await.unwrap_err();
    let Reason::InvalidAnswer { problem } = &failed.reason else { panic!("{failed}") };
    assert_eq!(failed.raw(), Some("Never."));
    assert!(!format!("{failed:?}").contains("Never."), "what models write is in no log");
    assert!(problem.contains("not valid JSON"), "{problem}");
    assert!(!failed.to_string().contains("Never."), "the sentence is for people, the text a click away");
    assert_eq!(bench.models_asked(), ["one", "one", "two"]);
    assert_eq!(failed.attempts.len(), 3);
}

#[tokio::test]
async fn an_empty_answer_is_asked_for_again_as_it_was() {
    let bench = Bench::new().await;
    bench.server.reply(Reply::chat("")).reply(Reply::chat(GOOD));
    bench.gateway.ask(call()).await.unwrap();
    let asked = bench.server.asked();
    assert_eq!(asked[0].body, asked[1].body);
}

#[tokio::test]
async fn whole_json_counts_even_where_the_limit_came_after_it() {
    let bench = Bench::new().await;
    bench.server.reply(Reply::chat(format!("{GOOD}\n\n\n\n")).finish("length"));
    assert_eq!(bench.gateway.ask(call()).await.unwrap().value, Some(good()));
}

#[tokio::test]
async fn plain_text_needs_no_schema() {
    let bench = Bench::new().await;
    let plain = llm::Call { schema: None, ..call() };
    bench.server.reply(Reply::chat("<think>x</think> Bread, at last. "));
    let answer = bench.gateway.ask(plain.clone()).await.unwrap();
    assert_eq!((answer.text.as_str(), answer.value), ("Bread, at last.", None));
    bench.server.reply(Reply::chat("Bread, at la").finish("length")).reply(Reply::chat("Bread."));
    assert_eq!(bench.gateway.ask(plain).await.unwrap().text, "Bread.");
    assert_eq!(bench.outcomes()[1], Outcome::CutShort);
}

#[tokio::test]
async fn what_a_web_search_cites_comes_with_the_answer() {
    let bench = Bench::new().await;
    let cited = json!([{"type": "url_citation", "url_citation": {"url": "https://example.org/a", "title": "A",
        "content": "Bread is old.", "start_index": 0, "end_index": 5}}, {"type": "another"}]);
    bench.server.reply(Reply::chat(GOOD).change(|body| body["choices"][0]["message"]["annotations"] = cited));
    let answer = bench.gateway.ask(llm::Call { web_search: Some(3), ..call() }).await.unwrap();
    assert_eq!(answer.citations.len(), 1);
    assert_eq!(answer.citations[0].url, "https://example.org/a");
    assert_eq!(
        bench.server.asked()[0].body["plugins"],
        json!([{"id": "response-healing"}, {"id": "web", "max_results": 3}])
    );
}
