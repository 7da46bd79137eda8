//! What models cost: sums by kind, how much of the budgets is taken, and the ledger.

use axum::Json;
use axum::extract::State;
use domain::{CarouselId, MicroUsd};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use studio::{Actor, By, Days, LedgerEntry, Month, Scope, Standings, Sum};
use time::Date;
use time::macros::format_description;
use uuid::Uuid;

use super::caller::Caller;
use super::problem::ApiError;
use super::sent::Asked;
use super::time::Time;
use crate::web::Web;

/// What was spent on some days. Every amount is in millionths of a US dollar.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Costs {
    /// The first day, by the clocks of the workspace.
    from: String,
    /// The last day, which counts too.
    to: String,
    by: By,
    total: CostSum,
    /// Days and months in their order, others with the dearest first.
    items: Vec<CostSum>,
    /// Of today and this month, where there are limits.
    budgets: Vec<BudgetStanding>,
}

/// Several attempts together.
#[derive(Debug, Serialize, JsonSchema)]
struct CostSum {
    /// The day, the model, the purpose, the id of the carousel. Null in the total, and for what was
    /// for no carousel.
    key: Option<String>,
    /// Of the carousel, while it is there.
    title: Option<String>,
    calls: u64,
    attempts: u64,
    cost_micro_usd: MicroUsd,
    /// In dollars: `0.004230`.
    cost_usd: String,
    /// What the attempts that can be compared would have cost on the reference model.
    reference_cost_micro_usd: MicroUsd,
    /// What the same attempts did cost.
    compared_cost_micro_usd: MicroUsd,
    /// The difference; below zero where the reference model is cheaper.
    saved_micro_usd: MicroUsd,
    tokens_in: u64,
    tokens_out: u64,
    /// Of the input, read from the provider's cache.
    tokens_cached: u64,
}

impl From<Sum> for CostSum {
    fn from(sum: Sum) -> Self {
        Self {
            cost_usd: sum.cost.to_string().replace('$', ""),
            saved_micro_usd: studio::saved(&sum),
            key: sum.key,
            title: sum.title,
            calls: sum.calls,
            attempts: sum.attempts,
            cost_micro_usd: sum.cost,
            reference_cost_micro_usd: sum.reference_cost,
            compared_cost_micro_usd: sum.compared_cost,
            tokens_in: sum.tokens_in,
            tokens_out: sum.tokens_out,
            tokens_cached: sum.tokens_cached,
        }
    }
}

/// How much of a limit is taken.
#[derive(Debug, Serialize, JsonSchema)]
struct BudgetStanding {
    scope: Scope,
    limit_micro_usd: MicroUsd,
    spent_micro_usd: MicroUsd,
    /// By attempts that are under way.
    reserved_micro_usd: MicroUsd,
    /// The warning level is reached.
    is_near: bool,
}

fn budgets(standings: &Standings) -> Vec<BudgetStanding> {
    let shown = standings.of.iter().filter_map(|one| {
        Some(BudgetStanding {
            scope: one.scope,
            limit_micro_usd: one.limit?,
            spent_micro_usd: one.spent,
            reserved_micro_usd: one.reserved,
            is_near: standings.is_near(one),
        })
    });
    shown.collect()
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct CostsQuery {
    by: Option<By>,
    from: Option<String>,
    to: Option<String>,
}

/// Sums up what models cost on some days.
#[utoipa::path(get, path = "/costs", operation_id = "read_costs", tag = "Costs",
    params(
        ("by" = Option<String>, Query, description = "What the sums are by; without one, the day."),
        ("from" = Option<String>, Query, description = "The first day; without one, the first of the month."),
        ("to" = Option<String>, Query, description = "The last day, which counts too; without one, today."),
    ),
    responses((status = 200, description = "The sums.", body = Costs, example = json!({
        "from": "2026-11-01", "to": "2026-11-30", "by": "model",
        "total": { "key": null, "title": null, "calls": 2, "attempts": 3, "cost_micro_usd": 4230, "cost_usd": "0.004230",
            "reference_cost_micro_usd": 12690, "compared_cost_micro_usd": 4230, "saved_micro_usd": 8460,
            "tokens_in": 2400, "tokens_out": 900, "tokens_cached": 1200 },
        "items": [{ "key": "maker/model-5", "title": null, "calls": 2, "attempts": 3, "cost_micro_usd": 4230,
            "cost_usd": "0.004230", "reference_cost_micro_usd": 12690, "compared_cost_micro_usd": 4230,
            "saved_micro_usd": 8460, "tokens_in": 2400, "tokens_out": 900, "tokens_cached": 1200 }],
        "budgets": [{ "scope": "month", "limit_micro_usd": 5000000, "spent_micro_usd": 4230, "reserved_micro_usd": 0,
            "is_near": false }] }))))]
pub(super) async fn costs(
    State(web): State<Web>,
    Caller(actor): Caller,
    Asked(CostsQuery { by, from, to }): Asked<CostsQuery>,
) -> Result<Json<Costs>, ApiError> {
    let days = days(&web, actor, from.as_deref(), to.as_deref()).await?;
    let by = by.unwrap_or(By::Day);
    let found = web.studio.costs(actor, days, &[by]).await?;
    let standings = web.studio.standings(actor).await?;
    Ok(Json(Costs {
        from: days.first().to_string(),
        to: days.last().to_string(),
        by,
        total: found.total.into(),
        items: found.by.into_iter().flatten().map(CostSum::from).collect(),
        budgets: budgets(&standings),
    }))
}

/// One attempt: what was asked, what came of it, and what it cost.
#[derive(Debug, Serialize, JsonSchema)]
struct LedgerRow {
    attempt_id: Uuid,
    /// The same for all attempts of one call.
    call_id: Uuid,
    carousel_id: Option<CarouselId>,
    at: Time,
    /// In which it counts, by the clocks of the workspace.
    day: String,
    purpose: String,
    mode: Option<String>,
    tier: Option<String>,
    connection: String,
    model_asked: String,
    /// As the provider says it; it may differ.
    model_used: Option<String>,
    provider: Option<String>,
    tokens_in: u32,
    tokens_out: u32,
    tokens_cached: u32,
    tokens_cache_written: u32,
    tokens_reasoning: u32,
    cost_micro_usd: MicroUsd,
    /// How the cost is known: `reported`, `estimated`.
    basis: String,
    reserved_micro_usd: MicroUsd,
    /// What the same tokens cost on the reference model, where that is known.
    reference_cost_micro_usd: Option<MicroUsd>,
    reference_model: Option<String>,
    latency_ms: u32,
    outcome: String,
    /// Of the HTTP answer.
    status: Option<u16>,
    generation_id: Option<String>,
}

impl From<LedgerEntry> for LedgerRow {
    fn from(entry: LedgerEntry) -> Self {
        Self {
            attempt_id: entry.attempt,
            call_id: entry.call,
            carousel_id: entry.carousel,
            at: Time(entry.at),
            day: entry.period.day,
            purpose: entry.purpose,
            mode: entry.mode,
            tier: entry.tier,
            connection: entry.connection,
            model_asked: entry.model_asked,
            model_used: entry.model_used,
            provider: entry.provider,
            tokens_in: entry.tokens_in,
            tokens_out: entry.tokens_out,
            tokens_cached: entry.tokens_cached,
            tokens_cache_written: entry.tokens_cache_written,
            tokens_reasoning: entry.tokens_reasoning,
            cost_micro_usd: entry.cost,
            basis: entry.basis,
            reserved_micro_usd: entry.reserved,
            reference_cost_micro_usd: entry.reference_cost,
            reference_model: entry.reference_model,
            latency_ms: entry.latency_ms,
            outcome: entry.outcome,
            status: entry.status,
            generation_id: entry.generation_id,
        }
    }
}

/// A page of the ledger, the newest attempt first.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Ledger {
    items: Vec<LedgerRow>,
    /// Where the next page begins: send it as `after`. Null on the last page.
    next: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct LedgerQuery {
    from: Option<String>,
    to: Option<String>,
    after: Option<String>,
    limit: Option<u32>,
}

/// Lists every attempt on some days, page by page.
#[utoipa::path(get, path = "/costs/ledger", operation_id = "read_ledger", tag = "Costs",
    params(
        ("from" = Option<String>, Query, description = "The first day; without one, the first of the month."),
        ("to" = Option<String>, Query, description = "The last day, which counts too; without one, today."),
        ("after" = Option<String>, Query, description = "The `next` of the page before."),
        ("limit" = Option<u32>, Query, description = "How many at the most; 50 without one.", minimum = 1, maximum = 100),
    ),
    responses((status = 200, description = "A page of it.", body = Ledger,
        example = json!({ "items": [], "next": null }))))]
pub(super) async fn ledger(
    State(web): State<Web>,
    Caller(actor): Caller,
    Asked(query): Asked<LedgerQuery>,
) -> Result<Json<Ledger>, ApiError> {
    let after = query.after.map(|cursor| cursor.parse()).transpose();
    let after = after.map_err(|error: studio::NotACursor| ApiError::field("after", error.to_string()))?;
    let limit = query.limit.unwrap_or(50);
    if !(1..=100).contains(&limit) {
        return Err(ApiError::field("limit", "is not between 1 and 100"));
    }
    let days = days(&web, actor, query.from.as_deref(), query.to.as_deref()).await?;
    let found = web.studio.ledger(actor, days, after, limit).await?;
    let items = found.entries.into_iter().map(LedgerRow::from).collect();
    Ok(Json(Ledger { items, next: found.next.map(|cursor| cursor.to_string()) }))
}

/// The days that are asked for; without any, this month until today.
async fn days(web: &Web, actor: Actor, from: Option<&str>, to: Option<&str>) -> Result<Days, ApiError> {
    let from = from.map(|text| day("from", text)).transpose()?;
    let to = match to {
        Some(text) => day("to", text)?,
        None => {
            let today = web.studio.today(actor).await?;
            from.map_or(today, |from| today.max(from))
        }
    };
    let from = from.unwrap_or_else(|| Month::of(to).days().first());
    let known = Days::new(from, to);
    known.ok_or_else(|| {
        ApiError::field("from", "is after `to`, or one of them is not of the years 2000 to 2999")
    })
}

fn day(field: &str, text: &str) -> Result<Date, ApiError> {
    Date::parse(text, format_description!("[year]-[month]-[day]"))
        .map_err(|_| ApiError::field(field, "is no day; write it as 2026-11-23"))
}
