//! The shapes on the wire, told apart here and nowhere else: requests, answers, errors, streams and lists.
//!
//! The API has no versions: new fields and values appear unannounced. So answers are read field by field,
//! and a field of another kind than expected is a field that is not there.

pub(crate) mod chat;
pub(crate) mod embedding;
pub(crate) mod error;
pub(crate) mod failure;
pub(crate) mod image;
pub(crate) mod list;
pub(crate) mod request;
pub(crate) mod sse;
pub(crate) mod stream;
pub(crate) mod usage;

use serde_json::Value;

/// The text of a field, where it is one and not empty.
pub(crate) fn text(value: &Value) -> Option<String> {
    value.as_str().filter(|text| !text.is_empty()).map(str::to_owned)
}

/// A count that may come as an integer, a float or a string.
pub(crate) fn count(value: &Value) -> Option<u64> {
    match value {
        Value::Number(number) => number.as_u64().or_else(|| whole(number.as_f64()?)),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "in range, as it was just checked"
)]
fn whole(number: f64) -> Option<u64> {
    (0.0..9e15).contains(&number).then_some(number.ceil() as u64)
}
