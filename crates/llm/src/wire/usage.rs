//! The `usage` of an answer; its cost is read from the text itself, digit by digit.

use domain::MicroUsd;
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::count;
use crate::money::{Femto, Usage};

#[derive(Deserialize)]
struct Exact {
    usage: Option<ExactUsage>,
}

#[derive(Deserialize)]
struct ExactUsage {
    cost: Option<Box<RawValue>>,
    cost_details: Option<ExactDetails>,
}

#[derive(Deserialize)]
struct ExactDetails {
    upstream_inference_cost: Option<Box<RawValue>>,
}

/// The usage in a body or chunk, given parsed and as the text that it was parsed from.
pub(crate) fn read(body: &Value, text: &str) -> Option<Usage> {
    let usage = body.get("usage").filter(|usage| usage.is_object())?;
    let (read, written) = (&usage["prompt_tokens_details"], &usage["completion_tokens_details"]);
    Some(Usage {
        input: count(&usage["prompt_tokens"]).unwrap_or_default(),
        output: count(&usage["completion_tokens"]).unwrap_or_default(),
        cached: count(&read["cached_tokens"]).unwrap_or_default(),
        cache_written: count(&read["cache_write_tokens"]).unwrap_or_default(),
        reasoning: count(&written["reasoning_tokens"]).unwrap_or_default(),
        cost: cost(text, usage["is_byok"].as_bool().unwrap_or(false)),
    })
}

/// With a key of one's own, `cost` is only the fee, and the provider's bill comes on top.
fn cost(text: &str, own_key: bool) -> Option<MicroUsd> {
    let exact: Exact = serde_json::from_str(text.trim()).ok()?;
    let usage = exact.usage?;
    let cost = Femto::parse(usage.cost?.get())?;
    let upstream =
        usage.cost_details.and_then(|details| Femto::parse(details.upstream_inference_cost?.get()));
    let upstream = upstream.filter(|_| own_key).unwrap_or_default();
    cost.plus(upstream).to_micro()
}

#[cfg(test)]
mod tests {
    use domain::MicroUsd;

    use super::read;
    use crate::money::Usage;

    fn usage(text: &str) -> Option<Usage> {
        read(&serde_json::from_str(text).unwrap(), text)
    }

    #[test]
    fn the_cost_is_read_as_it_is_written() {
        let cost = |literal: &str| {
            let text =
                format!(r#" {{"usage":{{"prompt_tokens":1,"completion_tokens":"2","cost":{literal}}}}}"#);
            usage(&text).unwrap().cost
        };
        assert_eq!(cost("0.00423"), Some(MicroUsd(4_230)));
        assert_eq!(cost("1.2e-5"), Some(MicroUsd(12)));
        assert_eq!(cost("\"0.5\""), Some(MicroUsd(500_000)));
        // A float is 0.1 exactly here, and one digit of the seventeenth place is lost.
        assert_eq!(cost("0.1000000000000000055"), Some(MicroUsd(100_001)));
        assert_eq!(cost("null"), None);
        assert_eq!(cost("-1"), None);
        assert_eq!(cost("{}"), None);
    }

    #[test]
    fn a_usage_of_other_kinds_is_read_as_far_as_it_goes() {
        assert_eq!(usage(r#"{"usage":null}"#), None);
        assert_eq!(usage(r#"{"usage":[]}"#), None);
        let odd = r#"{"usage":{"prompt_tokens":12.0,"completion_tokens":null,"prompt_tokens_details":null}}"#;
        assert_eq!(usage(odd), Some(Usage { input: 12, ..Usage::default() }));
        let own_key = r#"{"usage":{"prompt_tokens":1,"completion_tokens":1,"cost":0.001,"is_byok":true,
            "cost_details":{"upstream_inference_cost":0.02}}}"#;
        assert_eq!(usage(own_key).unwrap().cost, Some(MicroUsd(21_000)));
    }
}
