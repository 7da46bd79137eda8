//! The gateway to models: one door for every call of text, vectors and images, with its limits and its money.
//!
//! A caller states its task; routing makes a model of it. Every answer is unwrapped and held against its
//! schema here, every attempt is reserved before and settled after in a [`Purse`], and whatever goes wrong
//! comes back as a [`Reason`] that says what to do. It knows nothing of what the answers are for.
//!
//! No prompt, answer or key is ever logged.

mod answer;
mod attempt;
mod call;
mod capabilities;
mod catalogue;
mod chat;
mod connection;
mod core;
mod embeddings;
mod error;
mod flow;
mod gateway;
mod http;
mod images;
mod lookup;
mod money;
mod persist;
mod probe;
mod purse;
mod routing;
mod schema;
mod settings;
mod strict;
mod surroundings;
mod unwrap;
mod wire;

pub use answer::{Answer, Attempt, Citation};
pub use call::{Call, Message, Purpose, Role, Tier};
pub use capabilities::{Capabilities, LimitField, Structured};
pub use catalogue::{Catalogue, ModelInfo};
pub use connection::{Attribution, BadAddress, Connection};
pub use embeddings::{EmbeddingCall, Embeddings, TextKind};
pub use error::{Failed, Reason};
pub use gateway::Gateway;
pub use http::NoClient;
pub use images::{Image, ImageCall};
pub use lookup::Found;
pub use money::{Femto, LongPrompt, Price, Usage};
pub use probe::Probed;
pub use purse::{
    Basis, Claim, Heard, LedgerRow, Limits, MemoryPurse, Outcome, OverBudget, Payer, Purse, PurseBroken,
    Refusal,
};
pub use routing::{BadRouting, EmbeddingRoute, Route, Routing, RoutingWarning};
pub use schema::{BadSchema, Schema};
pub use settings::{Backoff, Floor, InFlight, Preferences, RateLimit, Resting, Settings, Timeouts};
pub use surroundings::Surroundings;
pub use tokio_util::sync::CancellationToken;
