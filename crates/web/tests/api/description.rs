//! The description of the API and its page.

use std::collections::BTreeSet;

use serde_json::Value;

use super::bench::Bench;

#[tokio::test]
async fn the_description_is_whole() {
    let bench = Bench::new().await;
    let described = bench.get("/openapi.json").send().await.with(200);
    assert_eq!(described["openapi"], "3.1.0");
    assert_eq!(described["info"]["title"], "Slidewright");
    assert!(described["info"].get("contact").is_none());
    let mut names = BTreeSet::new();
    for (path, item) in described["paths"].as_object().unwrap() {
        for (method, call) in item.as_object().unwrap() {
            let what = format!("{method} {path}");
            assert!(names.insert(call["operationId"].as_str().unwrap().to_owned()), "{what}: named twice");
            assert!(
                call["summary"]
                    .as_str()
                    .is_some_and(|summary| summary.ends_with('.') && !summary.contains('\n')),
                "{what}: no summary"
            );
            for (status, response) in call["responses"].as_object().unwrap() {
                let content = response.get("content").is_none_or(Value::is_object);
                let says = response["description"].is_string() || response["$ref"].is_string();
                assert!(content && says, "{what}: {status} is not described");
            }
            assert!(!call["tags"].as_array().unwrap().is_empty(), "{what}: no tag");
        }
    }
    let mut places = Vec::new();
    references(&described, &mut places);
    assert!(places.len() > 100);
    for place in places {
        let found = described.pointer(place.strip_prefix('#').expect("a place in this document"));
        assert!(found.is_some(), "{place} leads nowhere");
    }
    let schemas = described["components"]["schemas"].as_object().unwrap();
    for stage in ["Research", "Outline", "Copy", "Hook", "Visual", "Caption"] {
        assert_eq!(schemas[stage]["type"], "object", "{stage}");
    }
    let stages = described["components"]["schemas"]["Variant"]["oneOf"].as_array().unwrap();
    let by_stage =
        |one: &Value| (one["properties"]["stage"]["const"].clone(), one["properties"]["content"].clone());
    assert!(
        stages
            .iter()
            .map(by_stage)
            .any(|(stage, content)| { stage == "hook" && content["$ref"] == "#/components/schemas/Hook" })
    );
    bench.close().await;
}

fn references<'a>(value: &'a Value, places: &mut Vec<&'a str>) {
    match value {
        Value::Object(fields) => {
            places.extend(fields.get("$ref").and_then(Value::as_str));
            fields.values().for_each(|value| references(value, places));
        }
        Value::Array(entries) => entries.iter().for_each(|value| references(value, places)),
        _ => {}
    }
}

#[tokio::test]
async fn the_page_that_shows_it_needs_nobody_else() {
    let bench = Bench::new().await;
    let page = bench.get("/docs/").send().await;
    assert_eq!((page.status, page.header("content-type")), (200, "text/html"));
    assert!(page.header("content-security-policy").contains("script-src 'self';"));
    assert!(!page.text().contains("http://") && !page.text().contains("https://"), "{}", page.text());
    let begin = bench.get("/docs/swagger-initializer.js").send().await;
    assert!(begin.text().contains("/api/v1/openapi.json") && !begin.text().contains("petstore"));
    for name in ["swagger-ui.css", "index.css", "swagger-ui-bundle.js", "swagger-ui-standalone-preset.js"] {
        assert_eq!(bench.get(&format!("/docs/{name}")).send().await.status, 200, "{name}");
    }
    bench.close().await;
}
