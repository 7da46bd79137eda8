//! Stars: the last rating of a member counts, earlier ones stay as history.

use domain::{CarouselId, Rating, Stage, Stars, VariantId};

use crate::error::StoreError;
use crate::row::Row;
use crate::tx::Tx;
use crate::value::args;

/// Keeps a rating; it counts in place of the member's earlier ones of this variant.
///
/// # Errors
/// `Invalid` where the variant or the member is not in this workspace.
pub async fn put(tx: &mut Tx, rating: &Rating) -> Result<(), StoreError> {
    tx.run(
        "INSERT INTO ratings (workspace_id, variant_id, member_id, stars, feedback, rated_at)
         VALUES ($1, $2, $3, $4, $5, $6)",
        args![
            tx.workspace(),
            rating.variant,
            rating.member,
            u32::from(u8::from(rating.stars)),
            rating.feedback.as_deref(),
            rating.rated_at,
        ],
    )
    .await?;
    Ok(())
}

/// The ratings of a variant that count: one a member.
///
/// # Errors
/// Where they can't be read.
pub async fn current(tx: &mut Tx, variant: VariantId) -> Result<Vec<Rating>, StoreError> {
    let rows = tx
        .all(
            "SELECT variant_id, member_id, stars, feedback, rated_at FROM ratings
             WHERE workspace_id = $1 AND variant_id = $2 AND NOT EXISTS (
                 SELECT 1 FROM ratings later
                 WHERE later.workspace_id = ratings.workspace_id AND later.variant_id = ratings.variant_id
                   AND later.member_id = ratings.member_id AND later.seq > ratings.seq)
             ORDER BY seq",
            args![tx.workspace(), variant],
        )
        .await?;
    rows.iter().map(from_row).collect()
}

/// All ratings of a variant, the first one first.
///
/// # Errors
/// Where they can't be read.
pub async fn history(tx: &mut Tx, variant: VariantId) -> Result<Vec<Rating>, StoreError> {
    let rows = tx
        .all(
            "SELECT variant_id, member_id, stars, feedback, rated_at FROM ratings
             WHERE workspace_id = $1 AND variant_id = $2 ORDER BY seq",
            args![tx.workspace(), variant],
        )
        .await?;
    rows.iter().map(from_row).collect()
}

/// The ratings of a round's variants that count: one a variant and member.
///
/// # Errors
/// Where they can't be read.
pub async fn of_round(
    tx: &mut Tx,
    carousel: CarouselId,
    stage: Stage,
    round: u32,
) -> Result<Vec<Rating>, StoreError> {
    let rows = tx
        .all(
            "SELECT variant_id, member_id, stars, feedback, rated_at FROM ratings
             JOIN variants ON variants.workspace_id = ratings.workspace_id AND variants.id = ratings.variant_id
             WHERE ratings.workspace_id = $1 AND carousel_id = $2 AND stage = $3 AND round = $4 AND NOT EXISTS (
                 SELECT 1 FROM ratings later
                 WHERE later.workspace_id = ratings.workspace_id AND later.variant_id = ratings.variant_id
                   AND later.member_id = ratings.member_id AND later.seq > ratings.seq)
             ORDER BY position, seq",
            args![tx.workspace(), carousel, stage, round],
        )
        .await?;
    rows.iter().map(from_row).collect()
}

fn from_row(row: &Row) -> Result<Rating, StoreError> {
    let stars = u8::try_from(row.count("stars")?).unwrap_or(0);
    Ok(Rating {
        variant: row.parsed("variant_id")?,
        member: row.parsed("member_id")?,
        stars: Stars::try_from(stars).map_err(|error| StoreError::Corrupt(error.to_string()))?,
        feedback: row.get("feedback")?,
        rated_at: row.time("rated_at")?,
    })
}
