//! Vectors: the request, and an answer whose items come in any order, as numbers or in base64.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value};

use super::chat::Report;
use super::failure::{Failure, FailureKind};
use super::{count, error};

pub(crate) struct EmbeddingRequest<'a> {
    pub(crate) model: &'a str,
    pub(crate) inputs: &'a [String],
    pub(crate) dimensions: Option<u32>,
    /// `search_query` or `search_document`, for routers that tell models so.
    pub(crate) input_type: Option<&'a str>,
}

impl EmbeddingRequest<'_> {
    pub(crate) fn body(&self) -> Value {
        let mut body = Map::new();
        body.insert("model".to_owned(), self.model.into());
        body.insert("input".to_owned(), self.inputs.into());
        body.insert("encoding_format".to_owned(), "float".into());
        if let Some(dimensions) = self.dimensions {
            body.insert("dimensions".to_owned(), dimensions.into());
        }
        if let Some(input_type) = self.input_type {
            body.insert("input_type".to_owned(), input_type.into());
        }
        body.into()
    }
}

/// As many vectors as inputs, in their order, all of one length and of finite numbers.
pub(crate) fn read(
    body: &str,
    inputs: usize,
    dimensions: Option<u32>,
    report: &mut Report,
) -> Result<Vec<Vec<f32>>, Failure> {
    let broken = |message: &str| Failure::new(FailureKind::Broken, message.to_owned());
    let parsed: Value = serde_json::from_str(body.trim())
        .map_err(|_| broken("the answer ends in the middle, or is no JSON"))?;
    report.learn(&parsed, body);
    if let Some(error) = parsed.get("error").filter(|error| !error.is_null()) {
        return Err(error::from_error(None, error));
    }
    let invalid = |message: String| Failure::new(FailureKind::Invalid, message);
    let items = parsed["data"].as_array().ok_or_else(|| broken("the answer has no vectors"))?;
    if items.len() != inputs {
        return Err(invalid(format!("{} vectors came for {inputs} texts", items.len())));
    }
    let mut vectors = vec![Vec::new(); inputs];
    for (n, item) in items.iter().enumerate() {
        let index = count(&item["index"]).map_or(Some(n), |index| usize::try_from(index).ok());
        let place = index.and_then(|index| vectors.get_mut(index));
        let place = place
            .filter(|vector| vector.is_empty())
            .ok_or_else(|| invalid("two vectors have one index".to_owned()))?;
        *place = vector(&item["embedding"])
            .ok_or_else(|| invalid("a vector has something that is no number".to_owned()))?;
    }
    let length = vectors.first().map_or(0, Vec::len);
    if length == 0 || vectors.iter().any(|vector| vector.len() != length) {
        return Err(invalid("the vectors differ in length".to_owned()));
    }
    if dimensions.is_some_and(|wanted| wanted as usize != length) {
        return Err(invalid(format!(
            "the vectors have {length} dimensions, and not those that were asked for"
        )));
    }
    Ok(vectors)
}

#[expect(clippy::cast_possible_truncation, reason = "vectors are kept as f32")]
fn vector(value: &Value) -> Option<Vec<f32>> {
    let numbers: Vec<f32> = match value {
        Value::Array(items) => {
            items.iter().map(|item| item.as_f64().map(|number| number as f32)).collect::<Option<_>>()?
        }
        Value::String(text) => {
            let bytes = STANDARD.decode(text).ok()?;
            let (numbers, rest) = bytes.as_chunks::<4>();
            rest.is_empty().then(|| numbers.iter().map(|four| f32::from_le_bytes(*four)).collect())?
        }
        _ => return None,
    };
    (!numbers.is_empty() && numbers.iter().all(|number| number.is_finite())).then_some(numbers)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{FailureKind, Report, read};

    fn vectors(data: serde_json::Value, inputs: usize) -> Result<Vec<Vec<f32>>, FailureKind> {
        let body = json!({"data": data, "usage": {"prompt_tokens": 3}}).to_string();
        read(&body, inputs, None, &mut Report::default()).map_err(|failure| failure.kind)
    }

    #[test]
    fn vectors_come_in_any_order_and_encoding() {
        let data = json!([{"index": 1, "embedding": [0.5, -1]}, {"index": 0, "embedding": "AACAPwAAAEA="}]);
        assert_eq!(vectors(data, 2), Ok(vec![vec![1.0, 2.0], vec![0.5, -1.0]]));
        assert_eq!(
            vectors(json!([{"embedding": [1]}, {"embedding": [2]}]), 2),
            Ok(vec![vec![1.0], vec![2.0]])
        );
    }

    #[test]
    fn what_is_no_vector_for_every_text_is_refused() {
        let one = json!({"index": 0, "embedding": [1.0]});
        for (data, kind) in [
            (json!([one]), FailureKind::Invalid),
            (json!([one, one]), FailureKind::Invalid),
            (json!([one, {"index": 2, "embedding": [1.0]}]), FailureKind::Invalid),
            (json!([one, {"index": 1, "embedding": [1.0, 2.0]}]), FailureKind::Invalid),
            (json!([one, {"index": 1, "embedding": []}]), FailureKind::Invalid),
            (json!([one, {"index": 1, "embedding": [1e99]}]), FailureKind::Invalid),
            (json!([one, {"index": 1, "embedding": [null]}]), FailureKind::Invalid),
            (json!([one, {"index": 1, "embedding": "AAAA"}]), FailureKind::Invalid),
            (json!("none"), FailureKind::Broken),
        ] {
            assert_eq!(vectors(data.clone(), 2), Err(kind), "{data}");
        }
    }
}
