//! What the server answers: the shapes of chat, embeddings, images and errors, and what happens to the connection.

use std::time::Duration;

use axum::http::StatusCode;
use bytes::Bytes;
use serde_json::{Value, json};

/// How the connection behaves once the headers are out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Manner {
    /// All of the body, then its end.
    #[default]
    Whole,
    /// The first so many bytes, then the connection breaks.
    Cut(usize),
    /// The first so many bytes, then nothing more, for ever.
    Stall(usize),
}

/// One answer, made of a shape and then changed to what the test is about.
#[derive(Clone, Debug)]
pub struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Body,
    pub(crate) latency: Duration,
    pub(crate) manner: Manner,
}

/// Fixed bytes, or a chat answer that is sent whole or in pieces, as the request asks.
#[derive(Clone, Debug)]
pub(crate) enum Body {
    Fixed(Bytes),
    Chat(Value),
    /// Pieces as they are, each one chunk of the body.
    Pieces(Vec<String>),
}

impl Reply {
    /// A chat answer with this text: 10 tokens in, 5 out, a cost of $0.001.
    ///
    /// A request with `stream` gets the same in pieces.
    #[must_use]
    pub fn chat(text: impl Into<String>) -> Self {
        Self::of(Body::Chat(json!({
            "id": "gen-1", "object": "chat.completion", "created": 1_764_000_000, "provider": "Scripted",
            "service_tier": null, "system_fingerprint": null,
            "choices": [{"index": 0, "finish_reason": "stop", "native_finish_reason": "end_turn",
                "message": {"role": "assistant", "content": text.into(), "refusal": null, "reasoning": null}}],
            "usage": {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15,
                "prompt_tokens_details": {"cached_tokens": 0, "cache_write_tokens": 0},
                "completion_tokens_details": {"reasoning_tokens": 0}, "cost": 0.001, "is_byok": false},
        })))
    }

    /// Vectors in the order of the inputs.
    #[must_use]
    pub fn embeddings(vectors: &[Vec<f32>]) -> Self {
        let item = |(n, vector)| json!({"object": "embedding", "index": n, "embedding": vector});
        let data: Vec<Value> = vectors.iter().enumerate().map(item).collect();
        Self::json(&json!({"object": "list", "id": "gen-1", "model": "scripted", "data": data,
            "usage": {"prompt_tokens": 8, "total_tokens": 8, "cost": 0.000_01, "is_byok": false}}))
    }

    /// One image in base64.
    #[must_use]
    pub fn image(base64: &str, media_type: Option<&str>) -> Self {
        let mut item = json!({"b64_json": base64});
        if let Some(media_type) = media_type {
            item["media_type"] = json!(media_type);
        }
        Self::json(&json!({"created": 1_748_372_400, "data": [item],
            "usage": {"prompt_tokens": 0, "completion_tokens": 4175, "total_tokens": 4175, "cost": 0.04}}))
    }

    /// An error as OpenRouter words it, with the type in `metadata`.
    #[must_use]
    pub fn error(status: u16, error_type: &str) -> Self {
        let message = format!("scripted {error_type}");
        Self::json(&json!({"error": {"code": status, "message": message,
            "metadata": {"error_type": error_type}}, "user_id": "user_1"}))
        .status(status)
    }

    /// Any JSON with status 200.
    #[must_use]
    pub fn json(body: &Value) -> Self {
        Self::raw(body.to_string())
    }

    /// Any text with status 200.
    #[must_use]
    pub fn raw(body: impl Into<Bytes>) -> Self {
        Self::of(Body::Fixed(body.into()))
    }

    /// A stream of exactly these pieces: server-sent events that the test writes out.
    #[must_use]
    pub fn pieces(pieces: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self::of(Body::Pieces(pieces.into_iter().map(Into::into).collect()))
            .header("content-type", "text/event-stream")
    }

    fn of(body: Body) -> Self {
        let (headers, latency) = (Vec::new(), Duration::ZERO);
        Self { status: StatusCode::OK, headers, body, latency, manner: Manner::Whole }
    }

    #[must_use]
    pub fn status(mut self, status: u16) -> Self {
        self.status = StatusCode::from_u16(status).expect("a status");
        self
    }

    #[must_use]
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// In seconds.
    #[must_use]
    pub fn retry_after(self, seconds: u64) -> Self {
        self.header("retry-after", seconds.to_string())
    }

    /// Nothing is sent before this time has passed.
    #[must_use]
    pub fn latency(mut self, latency: Duration) -> Self {
        self.latency = latency;
        self
    }

    /// The connection breaks after so many bytes of the body.
    #[must_use]
    pub fn cut_after(mut self, bytes: usize) -> Self {
        self.manner = Manner::Cut(bytes);
        self
    }

    /// Nothing more comes after so many bytes of the body.
    #[must_use]
    pub fn stall_after(mut self, bytes: usize) -> Self {
        self.manner = Manner::Stall(bytes);
        self
    }

    /// What the answer cost in US dollars, as a JSON number: `0.00423`.
    #[must_use]
    pub fn cost(self, literal: &str) -> Self {
        let cost = serde_json::from_str(literal).expect("a JSON number");
        self.change(|body| body["usage"]["cost"] = cost)
    }

    #[must_use]
    pub fn without_cost(self) -> Self {
        self.change(|body| {
            body["usage"].as_object_mut().expect("a usage").remove("cost");
        })
    }

    #[must_use]
    pub fn without_usage(self) -> Self {
        self.change(|body| {
            body.as_object_mut().expect("an object").remove("usage");
        })
    }

    #[must_use]
    pub fn tokens(self, input: u64, output: u64) -> Self {
        self.change(|body| {
            body["usage"]["prompt_tokens"] = json!(input);
            body["usage"]["completion_tokens"] = json!(output);
            body["usage"]["total_tokens"] = json!(input + output);
        })
    }

    /// The model that is said to have answered; without this, the one that was asked.
    #[must_use]
    pub fn model(self, model: &str) -> Self {
        self.change(|body| body["model"] = json!(model))
    }

    #[must_use]
    pub fn finish(self, reason: &str) -> Self {
        self.change(|body| body["choices"][0]["finish_reason"] = json!(reason))
    }

    /// Changes the JSON of the answer in any other way.
    ///
    /// # Panics
    /// Where the reply is no JSON.
    #[must_use]
    pub fn change(mut self, change: impl FnOnce(&mut Value)) -> Self {
        match &mut self.body {
            Body::Chat(body) => change(body),
            Body::Fixed(bytes) => {
                let mut body = serde_json::from_slice(bytes).expect("a reply in JSON");
                change(&mut body);
                *bytes = body.to_string().into();
            }
            Body::Pieces(_) => unreachable!("pieces are written out by the test"),
        }
        self
    }
}
