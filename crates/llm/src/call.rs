//! A call as its caller states it: the task, never the model.

use std::time::Duration;

use domain::named_enum;
use tokio_util::sync::CancellationToken;

use crate::purse::Payer;
use crate::schema::Schema;

named_enum! {
    /// What a call is for; the ledger is read by it.
    pub enum Purpose ("purpose") {
        Research = "research",
        Outline = "outline",
        Copy = "copy",
        Rewrite = "rewrite",
        Hook = "hook",
        Visual = "visual",
        Caption = "caption",
        AltText = "alt_text",
        Image = "image",
        Embedding = "embedding",
        /// Finding out what a connection can do.
        Probe = "probe",
    }
}

named_enum! {
    /// How much a task asks of a model; routing makes a model of it.
    pub enum Tier ("tier") {
        Simple = "simple",
        Standard = "standard",
        Complex = "complex",
    }
}

named_enum! {
    /// Who speaks in a message.
    pub enum Role ("role") {
        System = "system",
        User = "user",
        Assistant = "assistant",
    }
}

/// One message of a chat.
#[derive(Clone, PartialEq, Eq)]
pub struct Message {
    pub role: Role,
    pub text: String,
    /// The prompt up to the end of this message is the same in the next calls: where the provider takes
    /// marks, it is asked to keep it.
    pub stable: bool,
}

impl Message {
    #[must_use]
    pub fn system(text: impl Into<String>) -> Self {
        Self { role: Role::System, text: text.into(), stable: false }
    }

    #[must_use]
    pub fn user(text: impl Into<String>) -> Self {
        Self { role: Role::User, text: text.into(), stable: false }
    }

    #[must_use]
    pub fn assistant(text: impl Into<String>) -> Self {
        Self { role: Role::Assistant, text: text.into(), stable: false }
    }

    /// Marks the end of the stable part of a prompt.
    #[must_use]
    pub fn stable(self) -> Self {
        Self { stable: true, ..self }
    }
}

/// Without its text: prompts never reach a log.
impl std::fmt::Debug for Message {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} message of {} bytes", self.role, self.text.len())
    }
}

/// A question to a model. The longest time and the output limit are always there; the rest is as asked.
#[derive(Clone, Debug)]
pub struct Call {
    pub purpose: Purpose,
    pub tier: Tier,
    pub payer: Payer,
    pub messages: Vec<Message>,
    /// What the answer must follow; `None` asks for plain text.
    pub schema: Option<Schema>,
    /// In tokens, reasoning included; at least 16, since some providers refuse less.
    pub output_limit: u32,
    /// For the whole call: waiting, all attempts and their retries.
    pub deadline: Duration,
    /// 0 to 2; left to the model where `None`, and where the model takes none.
    pub temperature: Option<f64>,
    pub seed: Option<i64>,
    /// Lets the provider search the web for up to so many results, where the connection has it.
    pub web_search: Option<u8>,
    /// Calls of one session go to the same provider, whose cache then holds their stable part.
    pub session: Option<String>,
    /// Ends the call from outside; so does dropping its future.
    pub cancel: CancellationToken,
}

impl Call {
    /// Seconds of a call that states no other deadline.
    const DEADLINE: Duration = Duration::from_secs(120);

    #[must_use]
    pub fn new(
        purpose: Purpose,
        tier: Tier,
        payer: Payer,
        messages: Vec<Message>,
        output_limit: u32,
    ) -> Self {
        Self {
            purpose,
            tier,
            payer,
            messages,
            schema: None,
            output_limit,
            deadline: Self::DEADLINE,
            temperature: None,
            seed: None,
            web_search: None,
            session: None,
            cancel: CancellationToken::new(),
        }
    }

    #[must_use]
    pub fn schema(self, schema: Schema) -> Self {
        Self { schema: Some(schema), ..self }
    }

    #[must_use]
    pub fn deadline(self, deadline: Duration) -> Self {
        Self { deadline, ..self }
    }
}
