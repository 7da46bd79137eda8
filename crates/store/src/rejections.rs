//! Rounds that were turned down, with what the next one should do better.

use domain::{CarouselId, MemberId, Stage};
use time::OffsetDateTime;

use crate::error::StoreError;
use crate::tx::Tx;
use crate::value::args;

/// A round that was turned down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejection {
    pub carousel: CarouselId,
    pub stage: Stage,
    pub round: u32,
    /// May be empty.
    pub feedback: String,
    pub member: Option<MemberId>,
    pub at: OffsetDateTime,
}

/// Keeps a rejection.
///
/// # Errors
/// Where it can't be written.
pub async fn insert(tx: &mut Tx, rejection: &Rejection) -> Result<(), StoreError> {
    tx.run(
        "INSERT INTO rejections (workspace_id, carousel_id, stage, round, feedback, member_id, rejected_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        args![
            tx.workspace(),
            rejection.carousel,
            rejection.stage,
            rejection.round,
            &rejection.feedback,
            rejection.member,
            rejection.at,
        ],
    )
    .await?;
    Ok(())
}

/// All rejections of a carousel, the first one first.
///
/// # Errors
/// Where they can't be read.
pub async fn of_carousel(tx: &mut Tx, carousel: CarouselId) -> Result<Vec<Rejection>, StoreError> {
    let rows = tx
        .all(
            "SELECT carousel_id, stage, round, feedback, member_id, rejected_at FROM rejections
             WHERE workspace_id = $1 AND carousel_id = $2 ORDER BY seq",
            args![tx.workspace(), carousel],
        )
        .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Rejection {
                carousel: row.parsed("carousel_id")?,
                stage: row.parsed("stage")?,
                round: row.count("round")?,
                feedback: row.get("feedback")?,
                member: row.parsed_option("member_id")?,
                at: row.time("rejected_at")?,
            })
        })
        .collect()
}
