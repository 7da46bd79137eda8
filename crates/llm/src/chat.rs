//! A chat call: what it may cost, how it is sent, whole or in pieces, and what counts as an answer.

use std::sync::PoisonError;

use futures::future::BoxFuture;
use futures::{FutureExt, StreamExt};
use reqwest::Response;
use serde_json::Value;
use tokio::sync::watch;
use uuid::Uuid;

use crate::answer::{Answer, Citation};
use crate::attempt::{Made, Order, SharedReport};
use crate::call::Call;
use crate::core::{Core, Known};
use crate::error::{Failed, Reason};
use crate::flow::stop::Stop;
use crate::money::estimated_tokens;
use crate::persist::Question;
use crate::schema::Schema;
use crate::unwrap;
use crate::wire::chat::{self, Completion};
use crate::wire::failure::{Failure, FailureKind};
use crate::wire::request::{ChatRequest, LEAST_OUTPUT, Repair};
use crate::wire::sse::Events;
use crate::wire::stream::Growing;

const PATH: &str = "chat/completions";
/// Besides the messages: some servers put in a system message of their own where there is none.
const OVERHEAD_TOKENS: u64 = 64;
/// What one result of a web search adds to a prompt, in tokens, at most as seen.
const SEARCH_RESULT_TOKENS: u64 = 2_000;
/// A line of a stream that does not end is no stream.
const MOST_HELD_BYTES: usize = 8 << 20;

/// Where the text so far can be watched; empty again when another attempt begins.
pub(crate) type Watched = Option<watch::Sender<String>>;

/// A chat call on its way.
pub(crate) struct Chat<'a> {
    pub(crate) call: &'a Call,
    pub(crate) id: Uuid,
    pub(crate) known: &'a Known,
    pub(crate) watched: &'a Watched,
}

/// An answer that keeps its schema.
pub(crate) struct Good {
    text: String,
    value: Option<Value>,
    citations: Vec<Citation>,
}

impl Core {
    pub(crate) async fn chat(&self, call: &Call, watched: &Watched) -> Result<Answer, Failed> {
        let known = self.known();
        let stop = Stop::new(call.deadline, call.cancel.clone());
        let models = &known.routing.tier(call.tier).models;
        let mut attempts = Vec::new();
        if models.is_empty() {
            let reason = Reason::NoModel { what: format!("the tier {}", call.tier) };
            return Err(Failed { reason, attempts });
        }
        let chat = Chat { call, id: self.surroundings.id(), known: &known, watched };
        let result = self.persist(&chat, models, &stop, &mut attempts).await;
        match result {
            Ok(good) => {
                let row = attempts.last().map(|attempt| &attempt.row);
                let model = row.map(|row| row.model_used.clone().unwrap_or_else(|| row.model_asked.clone()));
                let (text, value, citations) = (good.text, good.value, good.citations);
                Ok(Answer { text, value, citations, model: model.unwrap_or_default(), attempts })
            }
            Err(reason) => Err(Failed { reason, attempts }),
        }
    }
}

impl Question for Chat<'_> {
    type Good = Good;

    fn ask<'a>(
        &'a self,
        core: &'a Core,
        model: &'a str,
        repair: Option<Repair>,
        stop: &'a Stop,
    ) -> BoxFuture<'a, Result<Made<Good>, Reason>> {
        async move {
            let body = self.body(core, model, repair.as_ref());
            let order = self.order(core, model, &body);
            if let Some(watched) = self.watched {
                watched.send_modify(String::clear);
            }
            core.attempt(&order, stop, |report| self.exchange(core, body, report).boxed()).await
        }
        .boxed()
    }
}

impl Chat<'_> {
    async fn exchange(&self, core: &Core, body: Value, report: SharedReport) -> Result<Good, Failure> {
        let completion = match self.watched {
            Some(watched) => core.streamed(&body, &report, watched).await?,
            None => core.whole(&body, &report).await?,
        };
        report.lock().unwrap_or_else(PoisonError::into_inner).raw = Some(completion.text.clone());
        judge(completion, self.call.schema.as_ref())
    }

    fn body(&self, core: &Core, model: &str, repair: Option<&Repair>) -> Value {
        let request = ChatRequest {
            call: self.call,
            model,
            info: self.known.catalogue.get(model).map(AsRef::as_ref),
            capabilities: &self.known.capabilities,
            preferences: &core.settings.preferences,
            effort: self.known.routing.tier(self.call.tier).effort.as_deref(),
            repair,
            stream: self.watched.is_some(),
        };
        request.body()
    }

    fn order(&self, core: &Core, model: &str, body: &Value) -> Order {
        let price = core.price(model);
        let results = self.call.web_search.filter(|_| self.known.capabilities.web_search);
        let searches = u64::from(results.is_some());
        let input = input_tokens(body) + u64::from(results.unwrap_or(0)) * SEARCH_RESULT_TOKENS;
        let limit = u64::from(self.call.output_limit.max(LEAST_OUTPUT));
        Order {
            call: self.id,
            purpose: self.call.purpose,
            tier: Some(self.call.tier),
            payer: self.call.payer.clone(),
            model: model.to_owned(),
            worst: price.worst(input, limit, searches),
            price: Some(price),
            searches,
            timeout: core.settings.timeouts.text,
        }
    }
}

impl Core {
    async fn whole(&self, body: &Value, report: &SharedReport) -> Result<Completion, Failure> {
        self.exchange(PATH, body, report, chat::read).await
    }

    async fn streamed(
        &self,
        body: &Value,
        report: &SharedReport,
        watched: &watch::Sender<String>,
    ) -> Result<Completion, Failure> {
        let stall = self.settings.timeouts.stall;
        let response = self.begin(PATH, body, report).await?;
        if !is_stream(&response) {
            // It does not stream, and answers whole.
            let text = self.http.text(response).await?;
            let mut report = report.lock().unwrap_or_else(PoisonError::into_inner);
            let completion = chat::read(&text, &mut report).map_err(|failure| self.without_key(failure))?;
            watched.send_replace(completion.text.clone());
            return Ok(completion);
        }
        let (mut events, mut growing) = (Events::default(), Growing::default());
        let mut pieces = response.bytes_stream();
        while !growing.done {
            let piece = tokio::time::timeout(stall, pieces.next()).await;
            let Ok(piece) = piece else {
                let written = growing.broken("").raw;
                let said = format!("nothing came for {} seconds", stall.as_secs_f32());
                return Err(Failure::new(FailureKind::TimedOut, said).midway(written));
            };
            let (data, ended) = match piece {
                Some(Ok(piece)) => (events.push(&piece), false),
                Some(Err(error)) => return Err(self.http.cut_off(error).midway(growing.broken("").raw)),
                None => (events.end().into_iter().collect(), true),
            };
            for data in data {
                let grown = growing.push(&data, &mut report.lock().unwrap_or_else(PoisonError::into_inner));
                grown.map_err(|failure| self.without_key(failure))?;
            }
            watched.send_if_modified(|text| {
                let more = growing.text().get(text.len()..).unwrap_or_default();
                text.push_str(more);
                !more.is_empty()
            });
            if events.held() > MOST_HELD_BYTES {
                return Err(growing.broken("a piece of the answer does not end"));
            }
            if ended {
                break;
            }
        }
        growing.finish()
    }
}

fn is_stream(response: &Response) -> bool {
    let kind = response.headers().get("content-type").and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("text/event-stream"))
}

/// A high guess, of the messages and of the schema, which some providers put into the prompt.
fn input_tokens(body: &Value) -> u64 {
    let messages = body["messages"].as_array().map_or(&[][..], Vec::as_slice);
    let texts = messages.iter().map(|message| estimated_tokens(&chat::content(&message["content"])));
    let format = body.get("response_format").map_or(0, |format| estimated_tokens(&format.to_string()));
    texts.sum::<u64>() + format + OVERHEAD_TOKENS
}

/// Accepts an answer, or says what is wrong with it, worded for the model.
fn judge(completion: Completion, schema: Option<&Schema>) -> Result<Good, Failure> {
    let Completion { text: raw, cut_short, citations } = completion;
    let judged = match schema {
        None if cut_short => Err("it is cut off at the output limit; write it shorter".to_owned()),
        None => match unwrap::plain(&raw) {
            "" => Err("there is nothing in it but reasoning".to_owned()),
            text => Ok((text.to_owned(), None)),
        },
        Some(schema) => unwrap::json(&raw)
            .and_then(|(value, _)| schema.accept(value))
            .map(|value| (value.to_string(), Some(value)))
            .map_err(|problem| match cut_short {
                true => format!("it is cut off at the output limit; write it shorter ({problem})"),
                false => problem,
            }),
    };
    match judged {
        // JSON that is whole is an answer, even where white space after it filled the limit.
        Ok((text, value)) => Ok(Good { text, value, citations }),
        Err(problem) => {
            let kind = if cut_short { FailureKind::CutShort } else { FailureKind::Invalid };
            Err(Failure::new(kind, problem).with_raw(raw))
        }
    }
}
