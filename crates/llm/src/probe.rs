//! Finds out what a connection can do, and which models it has: at the start, and when somebody asks.

use std::time::Duration;

use domain::MicroUsd;
use serde::Deserialize;
use serde_json::json;
use serde_json::value::RawValue;
use tokio_util::sync::CancellationToken;

use crate::answer::Attempt;
use crate::call::{Call, Message, Purpose, Tier};
use crate::capabilities::{Capabilities, LimitField, Structured};
use crate::catalogue::{Catalogue, ModelInfo};
use crate::chat::Chat;
use crate::core::{Core, Known};
use crate::embeddings::{EmbeddingCall, TextKind};
use crate::error::{Failed, Reason};
use crate::flow::stop::Stop;
use crate::gateway::Gateway;
use crate::money::Femto;
use crate::persist::Question;
use crate::purse::{Basis, Payer};
use crate::routing::RoutingWarning;
use crate::schema::Schema;
use crate::wire::failure::{Failure, FailureKind};
use crate::wire::list;

/// Enough for any of the probes, with some reasoning before.
const OUTPUT_LIMIT: u32 = 256;
const DEADLINE: Duration = Duration::from_secs(180);

/// What was found.
#[derive(Clone, Debug)]
pub struct Probed {
    pub capabilities: Capabilities,
    /// How many models the connection lists.
    pub models: usize,
    /// What a person should know about the routing table.
    pub warnings: Vec<RoutingWarning>,
    /// What the key may still spend, where it has a limit of its own.
    pub key_left: Option<MicroUsd>,
    /// What was asked for it; on a router nothing is.
    pub attempts: Vec<Attempt>,
}

/// One way to ask for structured output.
type Way = (Structured, bool);

/// From the best to the last.
const WAYS: [Way; 4] = [
    (Structured::Strict, true),
    (Structured::Strict, false),
    (Structured::JsonObject, true),
    (Structured::No, true),
];

impl Gateway {
    /// Looks at the connection, and from then on sends it only what it has.
    ///
    /// A router tells what its models take in its list, for nothing. Any other server is asked a few short
    /// questions, which the payer pays.
    ///
    /// # Errors
    /// Where the connection can't be used at all: no server, a wrong key, no model that answers.
    pub async fn probe(&self, payer: Payer) -> Result<Probed, Failed> {
        let core = self.core.clone();
        let cancel = CancellationToken::new();
        let stop = Stop::new(DEADLINE, cancel.clone());
        self.run(cancel, async move { core.probe(&payer, &stop).await }).await
    }
}

impl Core {
    async fn probe(&self, payer: &Payer, stop: &Stop) -> Result<Probed, Failed> {
        let mut attempts = Vec::new();
        match self.look(payer, stop, &mut attempts).await {
            Ok((known, warnings, key_left)) => {
                let (capabilities, models) = (known.capabilities, known.catalogue.len());
                self.know(known);
                Ok(Probed { capabilities, models, warnings, key_left, attempts })
            }
            Err(reason) => Err(Failed { reason, attempts }),
        }
    }

    async fn look(
        &self,
        payer: &Payer,
        stop: &Stop,
        attempts: &mut Vec<Attempt>,
    ) -> Result<(Known, Vec<RoutingWarning>, Option<MicroUsd>), Reason> {
        let mut capabilities = self.http.connection().assumed;
        let key_left = if capabilities.routes { self.key_left(stop).await? } else { None };
        let mut models = self.list("models", stop).await?.unwrap_or_default();
        capabilities.models_list = !models.is_empty();
        let images = self.list("images/models", stop).await?.unwrap_or_default();
        capabilities.images = !images.is_empty();
        models.extend(images);
        if capabilities.routes {
            let vectors = self.list("embeddings/models", stop).await?.unwrap_or_default();
            capabilities.embeddings = !vectors.is_empty();
            models.extend(vectors);
        }
        let catalogue = Catalogue::new(models);
        let (routing, warnings) =
            self.settings.routing.checked(&catalogue, &capabilities, self.settings.price_cap);
        let mut known = Known { capabilities, catalogue, routing };
        if !capabilities.routes {
            self.ask_around(&mut known, payer, stop, attempts).await?;
        }
        Ok((known, warnings, key_left))
    }

    /// A list of models; `None` where there is none at this path.
    async fn list(&self, path: &str, stop: &Stop) -> Result<Option<Vec<ModelInfo>>, Reason> {
        match self.question(path, stop).await? {
            Ok(body) => Ok(list::read(&body)),
            Err(failure) => match failure.kind {
                // A server that is not there, or does not know the key, has nothing else to say.
                FailureKind::Unreachable | FailureKind::Unauthorised | FailureKind::TimedOut => {
                    Err(Reason::of(&failure))
                }
                _ => Ok(None),
            },
        }
    }

    /// What the key may still spend; this also shows whether it is one, since lists are given to anybody.
    async fn key_left(&self, stop: &Stop) -> Result<Option<MicroUsd>, Reason> {
        #[derive(Deserialize)]
        struct Body {
            data: Key,
        }
        #[derive(Deserialize)]
        struct Key {
            limit_remaining: Option<Box<RawValue>>,
        }
        match self.question("key", stop).await? {
            Ok(body) => {
                let left =
                    serde_json::from_str::<Body>(&body).ok().and_then(|body| body.data.limit_remaining);
                Ok(left.and_then(|left| Femto::parse(left.get())).and_then(Femto::to_micro))
            }
            Err(failure) if failure.kind == FailureKind::Unauthorised => Err(Reason::of(&failure)),
            Err(_) => Ok(None),
        }
    }

    /// A question that costs nothing.
    pub(crate) async fn question(&self, path: &str, stop: &Stop) -> Result<Result<String, Failure>, Reason> {
        let limit = self.settings.timeouts.list;
        let asked = tokio::time::timeout(limit, self.http.get(path, self.surroundings.now()));
        let answered = stop.or(asked).await.map_err(|end| Reason::stopped(end, stop.deadline()))?;
        let slow = |_| {
            Failure::new(FailureKind::TimedOut, format!("no answer within {} seconds", limit.as_secs_f32()))
        };
        Ok(answered.map_err(slow).and_then(|answer| answer))
    }

    /// Finds out by asking what a list does not say.
    async fn ask_around(
        &self,
        known: &mut Known,
        payer: &Payer,
        stop: &Stop,
        attempts: &mut Vec<Attempt>,
    ) -> Result<(), Reason> {
        let models = &known.routing.standard.models;
        let model =
            models.first().ok_or_else(|| Reason::NoModel { what: "the tier standard".to_owned() })?.clone();
        let mut last = None;
        let mut ways = WAYS.into_iter().peekable();
        while let Some((structured, schema_limits)) = ways.peek().copied() {
            (known.capabilities.structured, known.capabilities.schema_limits) = (structured, schema_limits);
            let failure = self.try_way(known, payer, &model, stop, attempts).await?;
            let Some(failure) = failure else {
                let reported = attempts.last().is_some_and(|attempt| attempt.row.basis == Basis::Reported);
                known.capabilities.reports_cost = reported;
                self.try_vectors(known, payer, attempts).await;
                return Ok(());
            };
            let other_field = known.capabilities.limit_field == LimitField::MaxTokens
                && failure.message.contains(LimitField::MaxCompletionTokens.name());
            if other_field {
                known.capabilities.limit_field = LimitField::MaxCompletionTokens;
                continue;
            }
            if !matches!(failure.kind, FailureKind::Rejected | FailureKind::Invalid | FailureKind::CutShort) {
                return Err(Reason::of(&failure));
            }
            last = Some(failure);
            ways.next();
        }
        Err(last.map_or(Reason::Cancelled, |failure| Reason::of(&failure)))
    }

    /// `None` where the server keeps to it: the schema wants what no model would say by itself.
    async fn try_way(
        &self,
        known: &Known,
        payer: &Payer,
        model: &str,
        stop: &Stop,
        attempts: &mut Vec<Attempt>,
    ) -> Result<Option<Failure>, Reason> {
        let schema = match known.capabilities.structured {
            Structured::Strict => {
                json!({"type": "object", "additionalProperties": false, "required": ["sign", "list"],
                "properties": {"sign": {"type": "string", "enum": ["blue-7"]},
                    "list": {"type": "array", "maxItems": 1, "items": {"type": "string", "maxLength": 3}}}})
            }
            _ => json!({"type": "object"}),
        };
        let messages = match known.capabilities.structured {
            Structured::No => vec![Message::user("Say hello.")],
            Structured::JsonObject => vec![Message::user("Answer with the JSON object {\"ok\": true}.")],
            Structured::Strict => vec![Message::user("Say hello in JSON.")],
        };
        let mut call = Call::new(Purpose::Probe, Tier::Standard, payer.clone(), messages, OUTPUT_LIMIT);
        if known.capabilities.structured != Structured::No {
            let schema =
                Schema::new("probe", schema).map_err(|error| Reason::Unsendable(error.to_string()))?;
            call = call.schema(schema);
        }
        let chat = Chat { call: &call, id: self.surroundings.id(), known, watched: &None };
        let (result, attempt) = chat.ask(self, model, None, stop).await?;
        attempts.push(attempt);
        Ok(result.err())
    }

    async fn try_vectors(&self, known: &mut Known, payer: &Payer, attempts: &mut Vec<Attempt>) {
        if known.routing.embedding.is_none() {
            return;
        }
        let call = EmbeddingCall::new(payer.clone(), vec!["Hello".to_owned()], TextKind::Query);
        let made = self.embed(&call).await;
        known.capabilities.embeddings = made.is_ok();
        attempts.extend(made.map_or_else(|failed| failed.attempts, |made| made.attempts));
    }
}
