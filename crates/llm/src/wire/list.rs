//! The list of models: what each costs and takes.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::{count, text};
use crate::catalogue::ModelInfo;
use crate::money::{Femto, LongPrompt, Price};

#[derive(Deserialize)]
struct Page {
    data: Vec<Box<RawValue>>,
}

#[derive(Deserialize)]
struct Exact {
    pricing: BTreeMap<String, Box<RawValue>>,
}

/// The models of a list; `None` where it is no list. A model without an id is left out.
pub(crate) fn read(body: &str) -> Option<Vec<ModelInfo>> {
    let page: Page = serde_json::from_str(body.trim()).ok()?;
    Some(page.data.iter().filter_map(|model| info(model.get())).collect())
}

fn info(raw: &str) -> Option<ModelInfo> {
    let model: Value = serde_json::from_str(raw).ok()?;
    let strings = |value: &Value| -> Option<Vec<String>> {
        let all = value.as_array()?;
        Some(all.iter().filter_map(Value::as_str).map(str::to_owned).collect())
    };
    let pricing = serde_json::from_str::<Exact>(raw).ok().map(|exact| exact.pricing);
    Some(ModelInfo {
        id: text(&model["id"])?,
        price: pricing.as_ref().and_then(price),
        image_price: image_price(&model).or_else(|| pricing.as_ref().and_then(|all| decimal(all, "image"))),
        context: count(&model["context_length"]),
        most_output: count(&model["top_provider"]["max_completion_tokens"]),
        parameters: parameters(&model["supported_parameters"]),
        efforts: strings(&model["reasoning"]["supported_efforts"]),
        expires: text(&model["expiration_date"]),
    })
}

/// A list of names; for image models an object by name.
fn parameters(value: &Value) -> Option<Vec<String>> {
    if let Some(by_name) = value.as_object() {
        return Some(by_name.keys().cloned().collect());
    }
    Some(value.as_array()?.iter().filter_map(Value::as_str).map(str::to_owned).collect())
}

fn decimal(pricing: &BTreeMap<String, Box<RawValue>>, name: &str) -> Option<Femto> {
    Femto::parse(pricing.get(name)?.get()).filter(|price| *price > Femto::ZERO)
}

/// `None` where the price varies, which is written as -1.
fn price(pricing: &BTreeMap<String, Box<RawValue>>) -> Option<Price> {
    let of = |name: &str| pricing.get(name).map_or(Some(Femto::ZERO), |raw| Femto::parse(raw.get()));
    Some(Price {
        input: of("prompt")?,
        output: of("completion")?,
        request: of("request").unwrap_or_default(),
        cache_read: decimal(pricing, "input_cache_read"),
        cache_write: decimal(pricing, "input_cache_write"),
        web_search: of("web_search").unwrap_or_default(),
        long_prompts: pricing.get("overrides").map_or_else(Vec::new, |raw| long_prompts(raw.get())),
    })
}

#[derive(Deserialize)]
struct Override {
    #[serde(default)]
    min_prompt_tokens: Value,
    prompt: Option<Box<RawValue>>,
    completion: Option<Box<RawValue>>,
}

/// A price for some time of the day counts all day: too much is safe.
fn long_prompts(raw: &str) -> Vec<LongPrompt> {
    let overrides: Vec<Box<RawValue>> = serde_json::from_str(raw).unwrap_or_default();
    let read = overrides.iter().filter_map(|one| serde_json::from_str::<Override>(one.get()).ok());
    let price = |raw: Option<Box<RawValue>>| raw.and_then(|raw| Femto::parse(raw.get())).unwrap_or_default();
    read.map(|one| LongPrompt {
        from: count(&one.min_prompt_tokens).unwrap_or_default(),
        input: price(one.prompt),
        output: price(one.completion),
    })
    .collect()
}

/// The dearest of the prices that are for one image each.
fn image_price(model: &Value) -> Option<Femto> {
    let prices = model["pricing"].as_array()?.iter().filter(|one| one["unit"] == "image");
    prices.filter_map(|one| Femto::parse(&one["cost_usd"].to_string())).max()
}

#[cfg(test)]
mod tests {
    use super::{Femto, read};

    #[test]
    fn prices_are_exact_and_what_is_missing_is_unknown() {
        let models = read(
            r#"{"data":[
            {"id":"a/b","context_length":400000,"pricing":{"prompt":"0.0000000983","completion":1.966e-7,
                "request":"0","input_cache_read":"0.00000001","discount":0,
                "overrides":[{"min_prompt_tokens":272000,"prompt":"0.0000002","completion":"0.0000003"}]},
             "supported_parameters":["max_tokens","seed"],"reasoning":{"supported_efforts":["low"]}},
            {"id":"router","pricing":{"prompt":"-1","completion":"-1"}},
            {"id":"local","object":"model","owned_by":"me"},
            {"name":"without id"}, 7]}"#,
        )
        .unwrap();
        let [first, router, local] = &models[..] else { panic!("three of them have an id") };
        let price = first.price.as_ref().unwrap();
        assert_eq!((price.input, price.output), (Femto(98_300_000), Femto(196_600_000)));
        assert_eq!(price.cache_read, Some(Femto(10_000_000)));
        assert_eq!(price.long_prompts[0].from, 272_000);
        assert!(first.takes("seed") && !first.takes("temperature"));
        assert_eq!((&router.price, &local.price), (&None, &None));
        assert!(local.takes("anything"));
        assert!(read("<html>").is_none() && read("{}").is_none());
    }
}
