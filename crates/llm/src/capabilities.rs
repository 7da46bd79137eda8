//! What a connection can do: flags that a preset assumes and a probe finds, so that callers never ask who is there.

use domain::named_enum;
use serde::Serialize;

named_enum! {
    /// How far a connection makes a model keep to a schema. Every answer is validated here besides.
    pub enum Structured ("way of structured output") {
        /// Not at all: the schema is told in the prompt.
        No = "none",
        /// Some JSON; the schema is told in the prompt.
        JsonObject = "json_object",
        /// The schema is sent, and the provider promises to follow it.
        Strict = "strict_schema",
    }
}

named_enum! {
    /// The name of the field for the output limit.
    pub enum LimitField ("field of the output limit") {
        MaxTokens = "max_tokens",
        MaxCompletionTokens = "max_completion_tokens",
    }
}

/// What a connection has; only that is sent to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Capabilities {
    pub structured: Structured,
    /// Schemas may have lengths, counts and bounds.
    pub schema_limits: bool,
    pub limit_field: LimitField,
    /// Answers say what they cost.
    pub reports_cost: bool,
    /// Takes preferences among providers, and what goes with a router: plugins, reasoning, sessions.
    pub routes: bool,
    /// Takes marks at the end of what shall be cached.
    pub cache_marks: bool,
    pub web_search: bool,
    /// Has a list of its models.
    pub models_list: bool,
    pub embeddings: bool,
    pub images: bool,
}

impl Capabilities {
    /// As its documentation says; models differ, and each says in the list what it takes.
    pub const OPENROUTER: Self = Self {
        structured: Structured::Strict,
        schema_limits: false,
        limit_field: LimitField::MaxTokens,
        reports_cost: true,
        routes: true,
        cache_marks: true,
        web_search: true,
        models_list: true,
        embeddings: true,
        images: true,
    };

    /// What every server of this kind has: chat. The rest a probe must find.
    pub const PLAIN: Self = Self {
        structured: Structured::No,
        schema_limits: true,
        limit_field: LimitField::MaxTokens,
        reports_cost: false,
        routes: false,
        cache_marks: false,
        web_search: false,
        models_list: false,
        embeddings: false,
        images: false,
    };
}
