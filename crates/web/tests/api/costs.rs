//! What was spent, as programs read it.

use domain::MemberRole;
use serde_json::{Value, json};
use time::macros::datetime;

use super::bench::Bench;
use super::ledger::{entry, spend};

#[tokio::test]
async fn costs_are_summed_by_day_model_purpose_and_carousel() {
    let bench = Bench::new().await;
    let token = bench.token(MemberRole::Viewer).await;
    let mut dear = entry(2, datetime!(2026-10-31 12:00 UTC), 9_000);
    dear.model_asked = "maker/large".into();
    dear.purpose = "hook".into();
    let entries =
        [entry(1, datetime!(2026-10-01 0:00 UTC), 1_000), dear, entry(3, datetime!(2026-11-01 0:00 UTC), 5)];
    spend(bench.folder(), bench.owner.workspace, &entries, "").await;
    let october = "from=2026-10-01&to=2026-10-31";
    for (by, keys) in [
        ("day", json!(["2026-10-01", "2026-10-31"])),
        ("model", json!(["maker/large", "maker/model-5"])),
        ("purpose", json!(["hook", "copy"])),
        ("carousel", json!([null])),
    ] {
        let costs = bench.get(&format!("/costs?{october}&by={by}")).by(&token).send().await.with(200);
        let found: Vec<&Value> = costs["items"].as_array().unwrap().iter().map(|sum| &sum["key"]).collect();
        assert_eq!(json!(found), keys, "{by}");
        assert_eq!(costs["total"]["cost_micro_usd"], 10_000);
        assert_eq!(costs["total"]["cost_usd"], "0.010000");
        assert_eq!(costs["total"]["saved_micro_usd"], 20_000);
    }
    let alone = bench.get("/costs?from=2026-11-01&to=2026-11-01").by(&token).send().await.with(200);
    assert_eq!((&alone["by"], &alone["total"]["attempts"]), (&json!("day"), &json!(1)));
    let until = bench.get("/costs?to=2026-10-15").by(&token).send().await.with(200);
    assert_eq!((&until["from"], &until["total"]["cost_micro_usd"]), (&json!("2026-10-01"), &json!(1_000)));
    bench.close().await;
}

#[tokio::test]
async fn the_ledger_is_read_page_by_page_and_only_ones_own() {
    let bench = Bench::new().await;
    let token = bench.token(MemberRole::Viewer).await;
    let at = datetime!(2026-10-05 12:00 UTC);
    let entries: Vec<_> = (1..=5).map(|n| entry(n, at, 100)).collect();
    spend(bench.folder(), bench.owner.workspace, &entries, "").await;
    let days = "from=2026-10-05&to=2026-10-05&limit=2";
    let (mut seen, mut after) = (Vec::new(), String::new());
    loop {
        let page = bench.get(&format!("/costs/ledger?{days}{after}")).by(&token).send().await.with(200);
        seen.extend(page["items"].as_array().unwrap().iter().map(|row| row["attempt_id"].to_string()));
        let Some(next) = page["next"].as_str() else { break };
        after = format!("&after={next}");
    }
    let mut known = seen.clone();
    known.sort();
    known.dedup();
    assert_eq!((seen.len(), known.len()), (5, 5), "each once");
    let stranger = bench.stranger().await;
    let (_, foreign) = bench.studio.create_token(stranger, "theirs", MemberRole::Owner).await.unwrap();
    let theirs = bench.get(&format!("/costs/ledger?{days}")).by(&foreign).send().await.with(200);
    assert_eq!(theirs, json!({ "items": [], "next": null }));
    let theirs = bench.get("/costs?from=2026-10-01&to=2026-10-31").by(&foreign).send().await.with(200);
    assert_eq!(theirs["total"]["attempts"], 0);
    bench.close().await;
}

#[tokio::test]
async fn days_that_are_none_are_named() {
    let bench = Bench::new().await;
    let token = bench.token(MemberRole::Viewer).await;
    for (query, field) in [
        ("from=yesterday", "from"),
        ("from=2026-02-30", "from"),
        ("to=2026-1-1", "to"),
        ("from=2026-02-02&to=2026-02-01", "from"),
        ("from=9999-12-31", "from"),
        ("from=-9999-01-01", "from"),
        ("to=0001-01-01", "from"),
    ] {
        for path in ["/costs", "/costs/ledger"] {
            let problem = bench.get(&format!("{path}?{query}")).by(&token).send().await.problem(422);
            assert_eq!(problem["errors"][0]["field"], field, "{path} {query}");
        }
    }
    bench.get("/costs?by=colour").by(&token).send().await.problem(422);
    bench.get("/costs/ledger?after=x").by(&token).send().await.problem(422);
    bench.get("/costs/ledger?limit=0").by(&token).send().await.problem(422);
    bench.close().await;
}
