//! The list of models, as `GET /models` gives it.

use serde_json::{Value, json};

/// One model of the list; prices are in US dollars for a token, as decimals.
#[derive(Clone, Copy, Debug)]
pub struct Listed<'a> {
    pub id: &'a str,
    pub prompt: &'a str,
    pub completion: &'a str,
    pub parameters: &'a [&'a str],
}

impl<'a> Listed<'a> {
    /// A model that takes all that matters here, for $1 and $5 a million tokens.
    #[must_use]
    pub fn new(id: &'a str) -> Self {
        let parameters =
            &["max_tokens", "temperature", "seed", "response_format", "structured_outputs", "reasoning"];
        Self { id, prompt: "0.000001", completion: "0.000005", parameters }
    }

    #[must_use]
    pub fn price(mut self, prompt: &'a str, completion: &'a str) -> Self {
        (self.prompt, self.completion) = (prompt, completion);
        self
    }

    #[must_use]
    pub fn parameters(mut self, parameters: &'a [&'a str]) -> Self {
        self.parameters = parameters;
        self
    }
}

/// The body of `GET /models`.
#[must_use]
pub fn model_list(models: &[Listed<'_>]) -> Value {
    let item = |model: &Listed<'_>| {
        json!({"id": model.id, "canonical_slug": model.id, "name": model.id, "context_length": 128_000,
            "architecture": {"input_modalities": ["text"], "output_modalities": ["text"]},
            "pricing": {"prompt": model.prompt, "completion": model.completion, "request": "0", "image": "0"},
            "top_provider": {"context_length": 128_000, "max_completion_tokens": 32_000, "is_moderated": true},
            "supported_parameters": model.parameters, "expiration_date": null})
    };
    json!({"data": models.iter().map(item).collect::<Vec<_>>()})
}
