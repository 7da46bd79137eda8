//! The body of a chat request: only what the connection has, and only what the model takes.

use serde_json::{Map, Value, json};

use crate::call::{Call, Message, Role};
use crate::capabilities::{Capabilities, LimitField, Structured};
use crate::catalogue::ModelInfo;
use crate::schema::Schema;
use crate::settings::Preferences;
use crate::strict::Limits;

const REPAIR: &str = include_str!("../../data/repair.md");
const SCHEMA: &str = include_str!("../../data/schema.md");
/// Some providers refuse less.
pub(crate) const LEAST_OUTPUT: u32 = 16;
/// Providers take no more marks of what to cache.
const MOST_MARKS: usize = 4;

/// What goes back to the model that wrote an answer that can't be used.
#[derive(Clone, Debug)]
pub(crate) struct Repair {
    pub(crate) answer: String,
    pub(crate) problems: String,
}

/// All that a body depends on.
pub(crate) struct ChatRequest<'a> {
    pub(crate) call: &'a Call,
    pub(crate) model: &'a str,
    pub(crate) info: Option<&'a ModelInfo>,
    pub(crate) capabilities: &'a Capabilities,
    pub(crate) preferences: &'a Preferences,
    pub(crate) effort: Option<&'a str>,
    pub(crate) repair: Option<&'a Repair>,
    pub(crate) stream: bool,
}

impl ChatRequest<'_> {
    pub(crate) fn body(&self) -> Value {
        let mut body = Map::new();
        body.insert("model".to_owned(), self.model.into());
        body.insert("messages".to_owned(), self.messages());
        body.insert(self.limit_field().to_owned(), self.output_limit().into());
        if self.stream {
            body.insert("stream".to_owned(), true.into());
            if !self.capabilities.routes {
                // Without it many servers count nothing in a stream.
                body.insert("stream_options".to_owned(), json!({"include_usage": true}));
            }
        }
        if let Some(temperature) = self.call.temperature.filter(|_| self.takes("temperature")) {
            body.insert("temperature".to_owned(), temperature.into());
        }
        if let Some(seed) = self.call.seed.filter(|_| self.takes("seed")) {
            body.insert("seed".to_owned(), seed.into());
        }
        if let Some(format) = self.call.schema.as_ref().and_then(|schema| self.response_format(schema)) {
            body.insert("response_format".to_owned(), format);
        }
        if self.capabilities.routes {
            self.route(&mut body);
        }
        body.into()
    }

    fn takes(&self, parameter: &str) -> bool {
        self.info.is_none_or(|info| info.takes(parameter))
    }

    /// What was asked for, as far as the model goes.
    fn output_limit(&self) -> u64 {
        let most = self.info.and_then(|info| info.most_output).unwrap_or(u64::MAX);
        u64::from(self.call.output_limit).min(most).max(u64::from(LEAST_OUTPUT))
    }

    fn limit_field(&self) -> &'static str {
        match self.capabilities.limit_field {
            LimitField::MaxTokens => "max_tokens",
            LimitField::MaxCompletionTokens => "max_completion_tokens",
        }
    }

    /// How the schema is enforced with this model on this connection.
    fn structured(&self) -> Structured {
        match self.capabilities.structured {
            Structured::Strict if self.takes("structured_outputs") => Structured::Strict,
            Structured::Strict | Structured::JsonObject if self.takes("response_format") => {
                Structured::JsonObject
            }
            _ => Structured::No,
        }
    }

    fn response_format(&self, schema: &Schema) -> Option<Value> {
        match self.structured() {
            Structured::No => None,
            Structured::JsonObject => Some(json!({"type": "json_object"})),
            Structured::Strict => {
                let limits = if self.capabilities.schema_limits { Limits::Kept } else { Limits::Told };
                let strict = schema.strict(limits);
                let is_strict = strict.is_some();
                let sent = strict.unwrap_or_else(|| schema.source().clone());
                Some(json!({"type": "json_schema",
                    "json_schema": {"name": schema.name(), "strict": is_strict, "schema": sent}}))
            }
        }
    }

    /// The stable part comes first and is the same for every variant; the schema is told in it where nobody
    /// enforces it.
    fn messages(&self) -> Value {
        let told = self.call.schema.as_ref().filter(|_| self.structured() != Structured::Strict);
        let told = told.map(|schema| SCHEMA.replace("{schema}", &schema.source().to_string()));
        let mut messages = self.call.messages.clone();
        if let Some(told) = told {
            tell(&mut messages, &told);
        }
        if let Some(repair) = self.repair {
            messages.push(Message::assistant(repair.answer.as_str()));
            messages.push(Message::user(REPAIR.trim().replace("{problems}", &repair.problems)));
        }
        let mut marks = MOST_MARKS;
        let sent = messages.iter().map(|message| {
            let marked = message.stable && self.capabilities.cache_marks && marks > 0;
            marks -= usize::from(marked);
            json!({"role": message.role, "content": content(message, marked)})
        });
        sent.collect()
    }

    /// What only a router takes.
    fn route(&self, body: &mut Map<String, Value>) {
        let mut provider = json!({"require_parameters": true});
        if self.preferences.no_data_collection {
            provider["data_collection"] = json!("deny");
        }
        body.insert("provider".to_owned(), provider);
        let mut plugins = Vec::new();
        if self.preferences.healing && !self.stream && self.call.schema.is_some() {
            plugins.push(json!({"id": "response-healing"}));
        }
        if let Some(results) = self.call.web_search.filter(|_| self.capabilities.web_search) {
            plugins.push(json!({"id": "web", "max_results": results}));
        }
        if !plugins.is_empty() {
            body.insert("plugins".to_owned(), plugins.into());
        }
        let known = |effort: &&str| {
            let efforts = self.info.and_then(|info| info.efforts.as_ref());
            efforts.is_none_or(|all| all.iter().any(|one| one == effort))
        };
        if let Some(effort) = self.effort.filter(known).filter(|_| self.takes("reasoning")) {
            body.insert("reasoning".to_owned(), json!({"effort": effort, "exclude": true}));
        }
        if let Some(session) = &self.call.session {
            body.insert("session_id".to_owned(), session.chars().take(256).collect::<String>().into());
        }
    }
}

/// Some models take one system message only, so what is told goes into the first.
fn tell(messages: &mut Vec<Message>, told: &str) {
    match messages.first_mut().filter(|message| message.role == Role::System) {
        Some(system) => system.text = format!("{}\n\n{}", system.text, told.trim()),
        None => messages.insert(0, Message::system(told.trim())),
    }
}

fn content(message: &Message, marked: bool) -> Value {
    if marked {
        json!([{"type": "text", "text": message.text, "cache_control": {"type": "ephemeral"}}])
    } else {
        message.text.as_str().into()
    }
}
