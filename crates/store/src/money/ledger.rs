//! The ledger: one row an attempt, only ever added. What a carousel cost is the sum of its rows.

use std::ops::Range;

use domain::{CarouselId, MicroUsd};
use time::OffsetDateTime;
use uuid::Uuid;

use super::{Period, clean};
use crate::cursor::Cursor;
use crate::error::StoreError;
use crate::row::Row;
use crate::tx::Tx;
use crate::value::{args, micros};

/// An attempt: what was asked, what came of it, and what it cost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub attempt: Uuid,
    /// The same for all attempts of one call.
    pub call: Uuid,
    pub carousel: Option<CarouselId>,
    pub at: OffsetDateTime,
    pub period: Period,
    pub purpose: String,
    pub mode: Option<String>,
    pub tier: Option<String>,
    pub connection: String,
    pub model_asked: String,
    /// As the provider says it; it may differ.
    pub model_used: Option<String>,
    pub provider: Option<String>,
    pub tokens_in: u32,
    pub tokens_out: u32,
    /// Of the input, read from and written to the provider's cache.
    pub tokens_cached: u32,
    pub tokens_cache_written: u32,
    /// Of the output.
    pub tokens_reasoning: u32,
    /// 0 or more.
    pub cost: MicroUsd,
    /// How the cost is known: reported, estimated.
    pub basis: String,
    pub reserved: MicroUsd,
    /// What the same tokens cost on the reference model, where that is known.
    pub reference_cost: Option<MicroUsd>,
    pub reference_model: Option<String>,
    pub latency_ms: u32,
    pub outcome: String,
    /// Of the HTTP answer.
    pub status: Option<u16>,
    /// By which the provider finds the call again.
    pub generation_id: Option<String>,
}

impl From<&Entry> for Cursor {
    fn from(last: &Entry) -> Self {
        Self::after(last.at, last.attempt)
    }
}

/// Adds a row; `false` where the attempt has one.
pub(super) async fn insert(tx: &mut Tx, entry: &Entry, period: &Period) -> Result<bool, StoreError> {
    let outside = |text: &Option<String>| text.as_deref().map(clean);
    let (model_used, provider) = (outside(&entry.model_used), outside(&entry.provider));
    let generation_id = outside(&entry.generation_id);
    let added = tx
        .run(
            "INSERT INTO ledger
             (workspace_id, attempt, call_id, carousel_id, at, day, month, purpose, mode, tier, connection,
              model_asked, model_used, provider, tokens_in, tokens_out, tokens_cached, tokens_cache_written,
              tokens_reasoning, cost, basis, reserved, reference_cost, reference_model, latency_ms, outcome, status,
              generation_id)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21,
                     $22, $23, $24, $25, $26, $27, $28)
             ON CONFLICT (workspace_id, attempt) DO NOTHING",
            args![
                tx.workspace(),
                entry.attempt,
                entry.call,
                entry.carousel,
                entry.at,
                &period.day,
                &period.month,
                &entry.purpose,
                entry.mode.as_deref(),
                entry.tier.as_deref(),
                &entry.connection,
                &entry.model_asked,
                model_used.as_deref(),
                provider.as_deref(),
                entry.tokens_in,
                entry.tokens_out,
                entry.tokens_cached,
                entry.tokens_cache_written,
                entry.tokens_reasoning,
                entry.cost,
                &entry.basis,
                entry.reserved,
                entry.reference_cost,
                entry.reference_model.as_deref(),
                entry.latency_ms,
                &entry.outcome,
                entry.status.map(u32::from),
                generation_id.as_deref(),
            ],
        )
        .await?;
    Ok(added == 1)
}

/// One attempt.
///
/// # Errors
/// `NotFound` where it was not settled, or in another workspace.
pub async fn get(tx: &mut Tx, attempt: Uuid) -> Result<Entry, StoreError> {
    tx.first("SELECT * FROM ledger WHERE workspace_id = $1 AND attempt = $2", args![tx.workspace(), attempt])
        .await?
        .as_ref()
        .map_or_else(|| Err(StoreError::not_found("attempt", attempt)), from_row)
}

/// The workspace's attempts made within a span, without its end; the newest first, at most `limit`, from after
/// `after` on.
///
/// # Errors
/// Where they can't be read.
pub async fn page(
    tx: &mut Tx,
    span: &Range<OffsetDateTime>,
    after: Option<Cursor>,
    limit: u32,
) -> Result<Vec<Entry>, StoreError> {
    let (time, attempt) = Cursor::below(after).min((micros(span.end), String::new()));
    let rows = tx
        .all(
            "SELECT * FROM ledger WHERE workspace_id = $1 AND at >= $2 AND (at, attempt) < ($3, $4)
             ORDER BY at DESC, attempt DESC LIMIT $5",
            args![tx.workspace(), span.start, time, attempt, limit],
        )
        .await?;
    rows.iter().map(from_row).collect()
}

/// The attempts of one carousel, as [`page`] gives them.
///
/// # Errors
/// Where they can't be read.
pub async fn of_carousel(
    tx: &mut Tx,
    carousel: CarouselId,
    after: Option<Cursor>,
    limit: u32,
) -> Result<Vec<Entry>, StoreError> {
    let (time, attempt) = Cursor::below(after);
    let rows = tx
        .all(
            "SELECT * FROM ledger WHERE workspace_id = $1 AND carousel_id = $2 AND (at, attempt) < ($3, $4)
             ORDER BY at DESC, attempt DESC LIMIT $5",
            args![tx.workspace(), carousel, time, attempt, limit],
        )
        .await?;
    rows.iter().map(from_row).collect()
}

fn from_row(row: &Row) -> Result<Entry, StoreError> {
    Ok(Entry {
        attempt: row.parsed("attempt")?,
        call: row.parsed("call_id")?,
        carousel: row.parsed_option("carousel_id")?,
        at: row.time("at")?,
        period: Period { day: row.get("day")?, month: row.get("month")? },
        purpose: row.get("purpose")?,
        mode: row.get("mode")?,
        tier: row.get("tier")?,
        connection: row.get("connection")?,
        model_asked: row.get("model_asked")?,
        model_used: row.get("model_used")?,
        provider: row.get("provider")?,
        tokens_in: row.count("tokens_in")?,
        tokens_out: row.count("tokens_out")?,
        tokens_cached: row.count("tokens_cached")?,
        tokens_cache_written: row.count("tokens_cache_written")?,
        tokens_reasoning: row.count("tokens_reasoning")?,
        cost: row.money("cost")?,
        basis: row.get("basis")?,
        reserved: row.money("reserved")?,
        reference_cost: row.money_option("reference_cost")?,
        reference_model: row.get("reference_model")?,
        latency_ms: row.count("latency_ms")?,
        outcome: row.get("outcome")?,
        status: row.get::<Option<i64>>("status")?.and_then(|status| u16::try_from(status).ok()),
        generation_id: row.get("generation_id")?,
    })
}
