//! The candidates of every round.

use domain::{CarouselId, Content, MicroUsd, Score, Stage, Variant, VariantId};

use crate::error::{StoreError, found};
use crate::row::Row;
use crate::tx::Tx;
use crate::value::{args, json};

/// Keeps a new variant.
///
/// # Errors
/// `Conflict` where the id is taken, or the round has a variant at this position already.
pub async fn insert(tx: &mut Tx, variant: &Variant) -> Result<(), StoreError> {
    tx.run(
        "INSERT INTO variants
         (workspace_id, id, carousel_id, stage, round, position, strategy, written_by, content, score,
          cost_micro_usd, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        args![
            tx.workspace(),
            variant.id,
            variant.carousel,
            variant.stage,
            variant.round,
            variant.position,
            variant.strategy,
            json(&variant.written_by)?,
            json(&variant.content.to_json())?,
            json(&variant.score)?,
            variant.cost.0,
            variant.created_at,
        ],
    )
    .await?;
    Ok(())
}

/// One variant.
///
/// # Errors
/// `NotFound` where there is no such variant.
pub async fn get(tx: &mut Tx, id: VariantId) -> Result<Variant, StoreError> {
    tx.first("SELECT * FROM variants WHERE workspace_id = $1 AND id = $2", args![tx.workspace(), id])
        .await?
        .map(from_row)
        .unwrap_or_else(|| Err(StoreError::not_found("variant", id)))
}

/// The variants of one round, in the order in which they were written.
///
/// # Errors
/// Where they can't be read.
pub async fn of_round(
    tx: &mut Tx,
    carousel: CarouselId,
    stage: Stage,
    round: u32,
) -> Result<Vec<Variant>, StoreError> {
    select(tx, carousel, Some(stage), Some(round)).await
}

/// The position after the last of a round, beyond those of the stage's strategies: these are
/// kept for what the round is still to have.
///
/// # Errors
/// Where it can't be read.
pub async fn free_position(
    tx: &mut Tx,
    carousel: CarouselId,
    stage: Stage,
    round: u32,
) -> Result<u32, StoreError> {
    let row = tx
        .first(
            "SELECT COALESCE(MAX(position) + 1, 0) AS free FROM variants
             WHERE workspace_id = $1 AND carousel_id = $2 AND stage = $3 AND round = $4",
            args![tx.workspace(), carousel, stage, round],
        )
        .await?;
    let free = row.map_or(Ok(0), |row| row.count("free"))?;
    Ok(free.max(u32::try_from(stage.strategies().len()).unwrap_or_default()))
}

/// All rounds of a stage, the first round first.
///
/// # Errors
/// Where they can't be read.
pub async fn of_stage(tx: &mut Tx, carousel: CarouselId, stage: Stage) -> Result<Vec<Variant>, StoreError> {
    select(tx, carousel, Some(stage), None).await
}

/// All variants of a carousel, by stage, round and position.
///
/// # Errors
/// Where they can't be read.
pub async fn of_carousel(tx: &mut Tx, carousel: CarouselId) -> Result<Vec<Variant>, StoreError> {
    select(tx, carousel, None, None).await
}

/// The variants whose approval counts, in the order of the stages.
///
/// # Errors
/// Where they can't be read.
pub async fn approved(tx: &mut Tx, carousel: CarouselId) -> Result<Vec<Variant>, StoreError> {
    let rows = tx
        .all(
            "SELECT variants.* FROM approvals
             JOIN variants ON variants.workspace_id = approvals.workspace_id AND variants.id = variant_id
             WHERE approvals.workspace_id = $1 AND approvals.carousel_id = $2 AND withdrawn_at IS NULL",
            args![tx.workspace(), carousel],
        )
        .await?;
    let mut variants = rows.into_iter().map(from_row).collect::<Result<Vec<_>, _>>()?;
    variants.sort_by_key(|variant| variant.stage);
    Ok(variants)
}

/// How many variants a round has.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RoundCount {
    pub stage: Stage,
    pub round: u32,
    pub variants: u32,
}

/// The rounds of a carousel that have variants, by stage and round.
///
/// # Errors
/// Where they can't be read.
pub async fn rounds(tx: &mut Tx, carousel: CarouselId) -> Result<Vec<RoundCount>, StoreError> {
    let rows = tx
        .all(
            "SELECT stage, round, COUNT(*) AS variants FROM variants
             WHERE workspace_id = $1 AND carousel_id = $2 GROUP BY stage, round",
            args![tx.workspace(), carousel],
        )
        .await?;
    let count = |row: &Row| {
        Ok(RoundCount {
            stage: row.parsed("stage")?,
            round: row.count("round")?,
            variants: row.count("variants")?,
        })
    };
    let mut rounds = rows.iter().map(count).collect::<Result<Vec<_>, StoreError>>()?;
    rounds.sort_by_key(|one| (one.stage, one.round));
    Ok(rounds)
}

async fn select(
    tx: &mut Tx,
    carousel: CarouselId,
    stage: Option<Stage>,
    round: Option<u32>,
) -> Result<Vec<Variant>, StoreError> {
    let rows = tx
        .all(
            "SELECT * FROM variants WHERE workspace_id = $1 AND carousel_id = $2
               AND ($3 IS NULL OR stage = $3) AND ($4 IS NULL OR round = $4)
             ORDER BY round, position",
            args![tx.workspace(), carousel, stage, round],
        )
        .await?;
    let mut variants = rows.into_iter().map(from_row).collect::<Result<Vec<_>, _>>()?;
    // The stages' order is the domain's, not that of their names.
    variants.sort_by_key(|variant| variant.stage);
    Ok(variants)
}

/// Replaces a variant's score, when the way of scoring has changed.
///
/// # Errors
/// `NotFound` where there is no such variant.
pub async fn set_score(tx: &mut Tx, id: VariantId, score: &Score) -> Result<(), StoreError> {
    let changed = tx
        .run(
            "UPDATE variants SET score = $3 WHERE workspace_id = $1 AND id = $2",
            args![tx.workspace(), id, json(score)?],
        )
        .await?;
    found(changed, "variant", id)
}

fn from_row(row: Row) -> Result<Variant, StoreError> {
    let stage = row.parsed("stage")?;
    let content = Content::from_json(stage, row.json("content")?)
        .map_err(|error| StoreError::Corrupt(error.to_string()))?;
    Ok(Variant {
        id: row.parsed("id")?,
        carousel: row.parsed("carousel_id")?,
        stage,
        round: row.count("round")?,
        position: row.count("position")?,
        strategy: row.parsed("strategy")?,
        written_by: row.json("written_by")?,
        content,
        score: row.json("score")?,
        cost: MicroUsd(row.get("cost_micro_usd")?),
        created_at: row.time("created_at")?,
    })
}
