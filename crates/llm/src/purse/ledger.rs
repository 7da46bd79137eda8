//! One row for every attempt: what was asked, what came of it, and what it cost.

use domain::{CarouselId, MicroUsd, WorkspaceId, named_enum};
use serde::Serialize;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::call::{Purpose, Tier};

named_enum! {
    /// How the cost of a row is known.
    pub enum Basis ("basis of a cost") {
        /// The provider said so.
        Reported = "reported",
        /// Counted tokens at the model's price, or at the floor's.
        Estimated = "estimated",
        /// Nobody knows what was used: all that was reserved.
        WorstCase = "worst_case",
        /// Refused before anything was generated.
        NotBilled = "not_billed",
    }
}

named_enum! {
    /// What came of an attempt.
    pub enum Outcome ("outcome of an attempt") {
        Answered = "answered",
        /// An answer that does not follow its schema, or none at all.
        Invalid = "invalid",
        /// The output limit came before the end of the answer.
        CutShort = "cut_short",
        /// Moderation, or the model itself, refused.
        Refused = "refused",
        /// The request was at fault.
        Rejected = "rejected",
        Unauthorised = "unauthorised",
        NoCredits = "no_credits",
        NoModel = "no_model",
        RateLimited = "rate_limited",
        Unavailable = "unavailable",
        TimedOut = "timed_out",
        /// The connection broke before the end, or what came was no answer.
        Broken = "broken",
        Unreachable = "unreachable",
        Cancelled = "cancelled",
    }
}

/// An attempt in the ledger. Rows are only ever added; what a carousel cost is the sum of its rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LedgerRow {
    pub attempt: Uuid,
    /// The same for all attempts of one call.
    pub call: Uuid,
    pub workspace: WorkspaceId,
    pub carousel: Option<CarouselId>,
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
    pub purpose: Purpose,
    pub tier: Option<Tier>,
    /// The name of the connection: `openrouter`.
    pub connection: String,
    pub model_asked: String,
    /// As the provider says it; it may differ.
    pub model_used: Option<String>,
    pub provider: Option<String>,
    /// Tokens, as the provider counted them; 0 where it did not.
    pub tokens_in: u64,
    pub tokens_out: u64,
    /// Of the input, read from and written to the provider's cache.
    pub tokens_cached: u64,
    pub tokens_cache_written: u64,
    /// Of the output.
    pub tokens_reasoning: u64,
    pub cost: MicroUsd,
    pub basis: Basis,
    /// What was reserved for it.
    pub reserved: MicroUsd,
    /// What the same tokens cost on the reference model; `None` where its price or the tokens are unknown.
    pub reference_cost: Option<MicroUsd>,
    pub reference_model: Option<String>,
    pub latency_ms: u64,
    pub outcome: Outcome,
    /// Of the HTTP answer; `None` where there was none.
    pub status: Option<u16>,
    /// By which the provider finds the call again.
    pub generation_id: Option<String>,
}
