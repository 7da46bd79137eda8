//! What holds for every call: problems, repeats, tags, pages, rates.

use std::collections::BTreeSet;

use domain::MemberRole;
use insta::assert_json_snapshot;
use serde_json::{Value, json};
use web::Rate;

use super::bench::{ARTICLE, Bench};

async fn bench() -> (Bench, String) {
    let bench = Bench::new().await;
    let token = bench.token(MemberRole::Owner).await;
    (bench, token)
}

#[tokio::test]
async fn whatever_goes_wrong_is_a_problem() {
    let (bench, token) = bench().await;
    let unknown = format!("/carousels/{}", uuid::Uuid::nil());
    let nobody = bench.get("/carousels").send().await;
    assert!(nobody.header("www-authenticate").starts_with("Bearer"));
    assert_json_snapshot!("nobody", nobody.problem(401));
    assert_json_snapshot!("no_such_carousel", bench.get(&unknown).by(&token).send().await.problem(404));
    assert_json_snapshot!(
        "no_such_address",
        bench.get("/api/v2/everything").by(&token).send().await.problem(404)
    );
    for path in ["/carousels/not-an-id", "/carousels/%FF", "/nothing", "/api", "/carousels/x/stages/nap"] {
        bench.get(path).by(&token).send().await.problem(404);
    }
    let wrong = bench.call("DELETE", "/settings").by(&token).send().await;
    assert_eq!(wrong.header("allow"), "GET,HEAD,PUT");
    assert_json_snapshot!("wrong_method", wrong.problem(405));
    let limit = bench.get("/carousels?limit=101").by(&token).send().await;
    assert_json_snapshot!("limit", limit.problem(422));
    for query in ["limit=many", "archived=perhaps", "state=lost", "profile=1"] {
        bench.get(&format!("/carousels?{query}")).by(&token).send().await.problem(422);
    }
    let forged = bench.post("/tokens").by(&token).header("sec-fetch-site", "cross-site");
    forged.json(&json!({ "name": "x", "scope": "owner" })).await.problem(403);
    bench.close().await;
}

#[tokio::test]
async fn a_body_that_can_not_be_used_says_what_to_mend() {
    let (bench, token) = bench().await;
    let send = |kind: &'static str, body: &'static str| {
        let call = bench.post("/carousels").by(&token);
        async move { call.body(kind, body).send().await }
    };
    let json = "application/json";
    assert_json_snapshot!("no_json", send(json, "{").await.problem(400));
    assert_json_snapshot!("another_kind", send("text/plain", "{}").await.problem(415));
    assert_json_snapshot!("slides", send(json, r#"{"topic":"Bread","slides":11}"#).await.problem(422));
    let asked = r#"{"source":{"text":"Bread rises."},"theme":"none"}"#;
    assert_json_snapshot!("theme", send(json, asked).await.problem(422));
    for body in [
        "[]",
        "null",
        "7",
        "\"\"",
        r#"{"topic":"Bread","slide":3}"#,
        r#"{"topic":3}"#,
        r#"{"topic":"a\u0000b"}"#,
        "{}",
        r#"{"source":{"text":"  "}}"#,
        r#"{"source":{}}"#,
        r#"{"source":{"url":"ftp://example.org"}}"#,
        r#"{"source":{"url":"http://127.0.0.1:1/"}}"#,
        r#"{"topic":"Bread","language":"english"}"#,
    ] {
        send(json, body).await.problem(422);
    }
    let all = json!({ "topic": 3, "slides": 11, "format": "a4", "source": { "text": "Bread rises." } });
    let all = bench.post("/carousels").by(&token).json(&all).await.problem(422);
    let fields: BTreeSet<&str> =
        all["errors"].as_array().unwrap().iter().map(|one| one["field"].as_str().unwrap()).collect();
    assert_eq!(fields, BTreeSet::from(["format", "slides", "topic"]), "all that is wrong is told at once");
    let nameless = bench.post("/tokens").by(&token).json(&json!({ "scope": "viewer" })).await.problem(422);
    assert_eq!(nameless["errors"], json!([{ "field": "name", "message": "is missing" }]));
    for path in ["/carousels?after=garbage", "/carousels?cursor=x", "/audit?after=x", "/audit?cursor=x"] {
        let refused = bench.get(path).by(&token).send().await.problem(400);
        assert_eq!(refused["errors"].as_array().unwrap().len(), 1, "{path}: {refused}");
    }
    send(json, "").await.problem(400);
    send(json, "{}{}").await.problem(400);
    let huge = bench.post("/carousels").by(&token).body(json, vec![b' '; 12 << 20]).send().await;
    huge.problem(413);
    bench.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repeated_request_is_done_once() {
    let (bench, token) = bench().await;
    let asked = json!({ "source": { "text": ARTICLE }, "slides": 4 });
    let send = |key: &'static str, path: &'static str, body: Value| {
        let call = bench.post(path).by(&token).header("idempotency-key", key);
        async move { call.json(&body).await }
    };
    let first = send("a", "/carousels", asked.clone()).await;
    let again = send("a", "/carousels", asked.clone()).await;
    assert_eq!(first.with(202), again.with(202));
    assert_eq!(first.header("location"), again.header("location"));
    assert_eq!((first.header("idempotency-replayed"), again.header("idempotency-replayed")), ("", "true"));
    let other = json!({ "topic": "Bread" });
    let clash = send("a", "/carousels", other).await.problem(422);
    assert_eq!(clash["errors"][0]["field"], "Idempotency-Key");
    let list = bench.get("/carousels").by(&token).send().await.with(200);
    assert_eq!(list["items"].as_array().unwrap().len(), 1);
    // What failed may be tried again under its key.
    send("b", "/profiles", json!({ "name": 7 })).await.problem(422);
    send("b", "/profiles", json!({ "name": "Bakery" })).await.with(201);
    // A secret is shown once, and kept nowhere.
    let token_to_make = json!({ "name": "script", "scope": "viewer" });
    let made = send("c", "/tokens", token_to_make.clone()).await.with(201);
    let again = send("c", "/tokens", token_to_make).await.with(201);
    assert!(made["secret"].as_str().unwrap().starts_with("slw_"));
    assert_eq!((&again["id"], again.get("secret")), (&made["id"], None));
    send("", "/tokens", json!({})).await.problem(422);
    bench.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_same_requests_at_once_one_is_done() {
    let (bench, token) = bench().await;
    let asked = json!({ "source": { "text": ARTICLE }, "slides": 4 });
    let send = || {
        let call = bench.post("/carousels").by(&token).header("idempotency-key", "at once");
        let asked = asked.clone();
        async move { call.json(&asked).await }
    };
    let answers = tokio::join!(send(), send(), send());
    for answer in [answers.0, answers.1, answers.2] {
        match answer.status {
            202 => {}
            409 => assert_eq!(answer.header("retry-after"), "1"),
            _ => panic!("{answer:?}"),
        }
    }
    let list = bench.get("/carousels").by(&token).send().await.with(200);
    assert_eq!(list["items"].as_array().unwrap().len(), 1);
    bench.close().await;
}

#[tokio::test]
async fn what_somebody_else_changed_is_not_written_over() {
    let (bench, token) = bench().await;
    let profile =
        bench.post("/profiles").by(&token).json(&json!({ "name": "Bakery", "topics": ["rye"] })).await;
    let path = format!("/profiles/{}", profile.with(201)["id"].as_str().unwrap());
    for (path, edits) in [
        (path.as_str(), [("PATCH", json!({ "handle": "@bread" })), ("PATCH", json!({ "topics": null }))]),
        ("/settings", [set("Bakery"), set("Bread")]),
    ] {
        let read = bench.get(path).by(&token).send().await;
        let tag = read.header("etag").to_owned();
        assert!(tag.starts_with('"') && tag.ends_with('"'), "{tag}");
        let [(method, first), (_, second)] = edits;
        let edit = |tag: &str, body: &Value| {
            let (call, body) = (bench.call(method, path).by(&token).header("if-match", tag), body.clone());
            async move { call.json(&body).await }
        };
        let changed = edit(&tag, &first).await;
        changed.with(200);
        let stale = edit(&tag, &second).await;
        assert!(stale.problem(412)["detail"].as_str().unwrap().contains("read it again"));
        let now = bench.get(path).by(&token).send().await;
        assert_eq!((now.header("etag"), now.with(200)), (changed.header("etag"), changed.json()));
        edit(&format!("\"x\", {}", now.header("etag")), &second).await.with(200);
        // Without a tag the last one counts.
        bench.call(method, path).by(&token).json(&first).await.with(200);
    }
    bench.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_of_a_variant_that_looks_otherwise_by_now_is_refused() {
    let (bench, token) = bench().await;
    let carousel = bench.carousel(&token, true).await;
    bench.listen(&token, &carousel, |state| state["state"] == "ready").await;
    let hooks = bench.get(&format!("/carousels/{carousel}/stages/hook")).by(&token).send().await.with(200);
    let path = format!("/variants/{}", hooks["variants"][0]["id"].as_str().unwrap());
    let read = bench.get(&path).by(&token).send().await;
    let tag = read.header("etag").to_owned();
    let body = json!({ "content": read.with(200)["content"] });
    let edit = |tag: String| {
        let call = bench.post(&format!("{path}/edits")).by(&token).header("if-match", &tag);
        let body = body.clone();
        async move { call.json(&body).await }
    };
    let stars = bench.call("PUT", &format!("{path}/rating")).by(&token).json(&json!({ "stars": 4 })).await;
    stars.with(200);
    edit(tag).await.problem(412);
    let now = bench.get(&path).by(&token).send().await.header("etag").to_owned();
    let edited = edit(now).await;
    let place = edited.header("location").trim_start_matches("/api/v1").to_owned();
    let kept = bench.get(&place).by(&token).send().await;
    assert_eq!((kept.header("etag"), kept.with(200)), (edited.header("etag"), edited.with(201)));
    bench.close().await;
}

fn set(name: &str) -> (&'static str, Value) {
    ("PUT", json!({ "name": name, "language": "de", "time_zone": "Europe/Berlin", "autopilot_floor": 3.5 }))
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_come_in_pages_without_gaps() {
    let (bench, token) = bench().await;
    let mut made = Vec::new();
    for topic in ["Rye", "Wheat", "Spelt", "Oats", "Barley"] {
        let asked = json!({ "topic": topic, "source": { "text": ARTICLE }, "slides": 4 });
        made.push(bench.post("/carousels").by(&token).json(&asked).await.with(202)["id"].clone());
    }
    made.reverse();
    let archived = json!({ "archived": true, "title": "Stale oats" });
    let path = format!("/carousels/{}", made[1].as_str().unwrap());
    assert_eq!(bench.call("PATCH", &path).by(&token).json(&archived).await.with(200)["title"], "Stale oats");
    let oats = made.remove(1);
    let mut seen = Vec::new();
    let mut after = String::new();
    loop {
        let page = bench.get(&format!("/carousels?limit=2{after}")).by(&token).send().await.with(200);
        seen.extend(page["items"].as_array().unwrap().iter().map(|card| card["id"].clone()));
        let Some(next) = page["next"].as_str() else { break };
        after = format!("&after={next}");
    }
    assert_eq!(seen, made);
    let kept = bench.get("/carousels?archived=true&search=OATS").by(&token).send().await.with(200);
    assert_eq!((&kept["items"][0]["id"], &kept["items"][0]["archived"]), (&oats, &json!(true)));
    let record = bench.get("/audit?limit=1").by(&token).send().await.with(200);
    let next = record["next"].as_str().unwrap();
    let older = bench.get(&format!("/audit?limit=1&after={next}")).by(&token).send().await.with(200);
    assert_eq!(record["items"].as_array().unwrap().len(), 1);
    assert_ne!(record["items"], older["items"]);
    bench.close().await;
}

#[tokio::test]
async fn who_asks_too_often_is_told_when_to_come_back() {
    let bench = Bench::at_rate(Rate { per_second: 1, burst: 3 }).await;
    let token = bench.token(MemberRole::Owner).await;
    let first = bench.get("/settings").by(&token).send().await;
    assert_eq!((first.header("ratelimit-limit"), first.header("ratelimit-remaining")), ("3", "2"));
    assert_eq!(first.header("ratelimit-reset"), "1");
    let mut answers = Vec::new();
    for _ in 0..20 {
        answers.push(bench.get("/settings").by(&token).send().await);
    }
    let refused = answers.iter().find(|answer| answer.status == 429).expect("one too many");
    assert_json_snapshot!("too_many", refused.problem(429));
    assert!(refused.header("retry-after").parse::<u32>().unwrap() >= 1);
    assert_eq!(refused.header("ratelimit-remaining"), "0");
    // Another caller is not concerned.
    let other = bench.token(MemberRole::Viewer).await;
    bench.get("/settings").by(&other).send().await.with(200);
    bench.close().await;
}

#[tokio::test]
async fn a_browser_that_is_signed_in_calls_by_its_cookie() {
    let bench = Bench::new().await;
    let owner =
        studio::NewOwner { name: "Ada".into(), workspace_name: "Bakery".into(), email: None, password: None };
    let signed_in = bench.studio.create_owner(owner).await.unwrap();
    let cookie = format!("slidewright={}", signed_in.secret);
    bench.get("/settings").header("cookie", &cookie).send().await.with(200);
    let token = json!({ "name": "script", "scope": "viewer" });
    let own = bench.post("/tokens").header("cookie", &cookie).header("sec-fetch-site", "same-origin");
    own.json(&token).await.with(201);
    let foreign = bench.post("/tokens").header("cookie", &cookie).header("sec-fetch-site", "cross-site");
    foreign.json(&token).await.problem(403);
    let unsaid = bench.post("/tokens").header("cookie", &cookie).json(&token).await;
    unsaid.problem(403);
    // A browser too old for both says at least which page sent it.
    let old = async |from: String| {
        let request = bench.post("/tokens").header("cookie", &cookie).header("referer", &from);
        request.json(&token).await
    };
    old(bench.address("/tokens")).await.with(201);
    old("https://elsewhere.example/tokens".to_owned()).await.problem(403);
    bench.studio.sign_out(&signed_in.secret).await.unwrap();
    bench.get("/settings").header("cookie", &cookie).send().await.problem(401);
    bench.close().await;
}
