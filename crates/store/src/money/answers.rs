//! What a model really said, so that the page can show it. It goes with its carousel; the ledger's row stays.

use domain::CarouselId;
use time::OffsetDateTime;
use uuid::Uuid;

use super::clean;
use crate::error::StoreError;
use crate::tx::Tx;
use crate::value::args;

/// The raw answer to an attempt. Of NUL characters both texts are cleaned when kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawAnswer {
    pub attempt: Uuid,
    pub carousel: Option<CarouselId>,
    /// As it came, before anything was read from it; `None` where nothing came.
    pub raw: Option<String>,
    /// What was wrong with it, in a sentence.
    pub problem: Option<String>,
    pub at: OffsetDateTime,
}

/// Keeps the answer of an attempt; a second one changes nothing.
///
/// # Errors
/// `Invalid` where the carousel is not in this workspace, or no more.
pub async fn keep(tx: &mut Tx, answer: &RawAnswer) -> Result<(), StoreError> {
    tx.run(
        "INSERT INTO model_answers (workspace_id, attempt, carousel_id, raw, problem, kept_at)
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (workspace_id, attempt) DO NOTHING",
        args![
            tx.workspace(),
            answer.attempt,
            answer.carousel,
            answer.raw.as_deref().map(clean).as_deref(),
            answer.problem.as_deref().map(clean).as_deref(),
            answer.at,
        ],
    )
    .await?;
    Ok(())
}

/// The answer of an attempt, where one was kept and is still there.
///
/// # Errors
/// Where it can't be read.
pub async fn get(tx: &mut Tx, attempt: Uuid) -> Result<Option<RawAnswer>, StoreError> {
    let row = tx
        .first(
            "SELECT carousel_id, raw, problem, kept_at FROM model_answers WHERE workspace_id = $1 AND attempt = $2",
            args![tx.workspace(), attempt],
        )
        .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(RawAnswer {
        attempt,
        carousel: row.parsed_option("carousel_id")?,
        raw: row.get("raw")?,
        problem: row.get("problem")?,
        at: row.time("kept_at")?,
    }))
}
