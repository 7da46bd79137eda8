//! The ledger in sums: by carousel, by stage, by model, by day.

use std::cmp::Reverse;
use std::ops::Range;

use domain::{CarouselId, MicroUsd};
use time::OffsetDateTime;

use crate::error::StoreError;
use crate::row::Row;
use crate::tx::Tx;
use crate::value::args;

domain::named_enum! {
    /// What a sum is by.
    pub enum By ("kind of sum") {
        Carousel = "carousel",
        Purpose = "purpose",
        /// As it was asked for: the provider's own name for it may change from day to day.
        Model = "model",
        Day = "day",
        Month = "month",
        /// Which part of the cost is reported, and which estimated.
        Basis = "basis",
    }
}

/// Several attempts together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// The purpose, the model, the day. `None` in a total, and for attempts that were for no carousel.
    pub key: Option<String>,
    /// Of the carousel, where the sum is by that and it was not deleted.
    pub title: Option<String>,
    pub calls: u64,
    pub attempts: u64,
    pub cost: MicroUsd,
    /// What the attempts whose price on the reference model is known cost there, ...
    pub reference_cost: MicroUsd,
    /// ... and what the same attempts did cost. The first less the second is what was saved.
    pub compared_cost: MicroUsd,
    pub tokens_in: u64,
    pub tokens_out: u64,
    /// Of the input, read from the provider's cache.
    pub tokens_cached: u64,
}

/// The sums of the attempts made within a span, without its end. Days and months in their order, others with the
/// dearest first.
///
/// # Errors
/// Where they can't be read.
pub async fn by(tx: &mut Tx, by: By, span: &Range<OffsetDateTime>) -> Result<Vec<Sum>, StoreError> {
    let mut sums = sums(tx, Some(by), span).await?;
    match by {
        By::Day | By::Month => sums.sort_by(|a, b| a.key.cmp(&b.key)),
        _ => sort(&mut sums),
    }
    Ok(sums)
}

/// All attempts of a span together.
///
/// # Errors
/// Where they can't be read.
pub async fn total(tx: &mut Tx, span: &Range<OffsetDateTime>) -> Result<Sum, StoreError> {
    let mut sums = sums(tx, None, span).await?;
    Ok(sums.pop().unwrap_or_default())
}

async fn sums(tx: &mut Tx, by: Option<By>, span: &Range<OffsetDateTime>) -> Result<Vec<Sum>, StoreError> {
    let rows = tx
        .all(
            "SELECT sums.*, title FROM (
                 SELECT CASE $2 WHEN 'carousel' THEN carousel_id WHEN 'purpose' THEN purpose
                          WHEN 'model' THEN model_asked WHEN 'day' THEN day WHEN 'month' THEN month
                          WHEN 'basis' THEN basis END AS key,
                   COUNT(DISTINCT call_id) AS calls, COUNT(*) AS attempts, CAST(SUM(cost) AS BIGINT) AS cost,
                   CAST(COALESCE(SUM(reference_cost), 0) AS BIGINT) AS reference_cost,
                   CAST(SUM(CASE WHEN reference_cost IS NULL THEN 0 ELSE cost END) AS BIGINT) AS compared_cost,
                   CAST(SUM(tokens_in) AS BIGINT) AS tokens_in, CAST(SUM(tokens_out) AS BIGINT) AS tokens_out,
                   CAST(SUM(tokens_cached) AS BIGINT) AS tokens_cached
                 FROM ledger WHERE workspace_id = $1 AND at >= $3 AND at < $4 GROUP BY 1) AS sums
             LEFT JOIN carousels ON $2 = 'carousel' AND carousels.workspace_id = $1 AND carousels.id = sums.key",
            args![tx.workspace(), by.map(By::name), span.start, span.end],
        )
        .await?;
    rows.iter().map(from_row).collect()
}

/// What a carousel cost so far, by purpose; the dearest first.
///
/// # Errors
/// Where it can't be read.
pub async fn of_carousel(tx: &mut Tx, carousel: CarouselId) -> Result<Vec<Sum>, StoreError> {
    // Cast, so that SQLite groups the few rows of the carousel instead of walking all by their purpose.
    let rows = tx
        .all(
            "SELECT CAST(purpose AS TEXT) AS key, NULL AS title, COUNT(DISTINCT call_id) AS calls, COUNT(*) AS attempts,
               CAST(SUM(cost) AS BIGINT) AS cost, CAST(COALESCE(SUM(reference_cost), 0) AS BIGINT) AS reference_cost,
               CAST(SUM(CASE WHEN reference_cost IS NULL THEN 0 ELSE cost END) AS BIGINT) AS compared_cost,
               CAST(SUM(tokens_in) AS BIGINT) AS tokens_in, CAST(SUM(tokens_out) AS BIGINT) AS tokens_out,
               CAST(SUM(tokens_cached) AS BIGINT) AS tokens_cached
             FROM ledger WHERE workspace_id = $1 AND carousel_id = $2 GROUP BY 1",
            args![tx.workspace(), carousel],
        )
        .await?;
    let mut sums = rows.iter().map(from_row).collect::<Result<Vec<_>, _>>()?;
    sort(&mut sums);
    Ok(sums)
}

fn sort(sums: &mut [Sum]) {
    sums.sort_by(|a, b| Reverse(a.cost).cmp(&Reverse(b.cost)).then_with(|| a.key.cmp(&b.key)));
}

fn from_row(row: &Row) -> Result<Sum, StoreError> {
    Ok(Sum {
        key: row.get("key")?,
        title: row.get("title")?,
        calls: row.total("calls")?,
        attempts: row.total("attempts")?,
        cost: row.money("cost")?,
        reference_cost: row.money("reference_cost")?,
        compared_cost: row.money("compared_cost")?,
        tokens_in: row.total("tokens_in")?,
        tokens_out: row.total("tokens_out")?,
        tokens_cached: row.total("tokens_cached")?,
    })
}
