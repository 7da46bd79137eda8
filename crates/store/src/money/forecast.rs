//! What calls of a kind cost before: what one more of them will likely cost.

use domain::MicroUsd;

use crate::error::StoreError;
use crate::tx::Tx;
use crate::value::args;

/// Which calls are alike.
#[derive(Clone, Copy, Debug)]
pub struct Alike<'a> {
    pub purpose: &'a str,
    /// `None` is any.
    pub mode: Option<&'a str>,
    /// `None` is any.
    pub tier: Option<&'a str>,
}

/// What the calls of a kind cost, each with all its attempts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Past {
    /// How many there are.
    pub calls: u64,
    /// Of an even number of calls the dearer one in the middle.
    pub median: MicroUsd,
    pub most: MicroUsd,
}

/// The calls that the last so many attempts of a kind belong to; `None` where there are none. Calls that neither
/// cost anything nor gave anything say nothing of the next one, and are left out.
///
/// # Errors
/// Where they can't be read.
pub async fn past(tx: &mut Tx, alike: Alike<'_>, attempts: u32) -> Result<Option<Past>, StoreError> {
    let rows = tx
        .all(
            "SELECT CAST(SUM(cost) AS BIGINT) AS cost FROM ledger
             WHERE workspace_id = $1 AND call_id IN (
                 SELECT call_id FROM ledger
                 WHERE workspace_id = $1 AND purpose = $2 AND ($3 IS NULL OR mode = $3) AND ($4 IS NULL OR tier = $4)
                 ORDER BY at DESC, attempt DESC LIMIT $5)
             GROUP BY call_id HAVING SUM(cost) > 0 OR SUM(tokens_out) > 0 ORDER BY SUM(cost)",
            args![tx.workspace(), alike.purpose, alike.mode, alike.tier, attempts],
        )
        .await?;
    let costs = rows.iter().map(|row| row.money("cost")).collect::<Result<Vec<_>, _>>()?;
    let past =
        |most: &MicroUsd| Past { calls: costs.len() as u64, median: costs[costs.len() / 2], most: *most };
    Ok(costs.last().map(past))
}
