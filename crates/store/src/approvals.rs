//! The choice of one variant of a stage; at most one counts.

use std::collections::BTreeMap;

use domain::{CarouselId, MemberId, Stage, VariantId};
use time::OffsetDateTime;

use crate::error::{Conflict, StoreError};
use crate::row::Row;
use crate::tx::Tx;
use crate::value::args;

/// Who chose what, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Approval {
    pub carousel: CarouselId,
    pub stage: Stage,
    pub variant: VariantId,
    /// `None` is the autopilot.
    pub member: Option<MemberId>,
    pub at: OffsetDateTime,
}

/// Approves a variant.
///
/// # Errors
/// `Conflict::Approved` with who was first, where the stage has an approval that counts.
pub async fn approve(tx: &mut Tx, approval: &Approval) -> Result<(), StoreError> {
    let made = tx
        .run(
            "INSERT INTO approvals (workspace_id, carousel_id, stage, variant_id, member_id, approved_at)
             VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (workspace_id, carousel_id, stage) WHERE withdrawn_at IS NULL DO NOTHING",
            args![
                tx.workspace(),
                approval.carousel,
                approval.stage,
                approval.variant,
                approval.member,
                approval.at
            ],
        )
        .await?;
    if made == 1 {
        return Ok(());
    }
    let first = live(tx, approval.carousel).await?.remove(&approval.stage);
    // Withdrawn between the two statements: the caller looks again and may try again.
    let first = first.ok_or(StoreError::Busy)?;
    Err(Conflict::Approved { stage: first.stage, variant: first.variant, member: first.member, at: first.at }
        .into())
}

/// The approvals that count, by stage.
///
/// # Errors
/// Where they can't be read.
pub async fn live(tx: &mut Tx, carousel: CarouselId) -> Result<BTreeMap<Stage, Approval>, StoreError> {
    let rows = tx
        .all(
            "SELECT carousel_id, stage, variant_id, member_id, approved_at FROM approvals
             WHERE workspace_id = $1 AND carousel_id = $2 AND withdrawn_at IS NULL",
            args![tx.workspace(), carousel],
        )
        .await?;
    rows.into_iter().map(|row| from_row(&row).map(|approval| (approval.stage, approval))).collect()
}

/// An approval that counts or once did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Past {
    pub approval: Approval,
    /// The round of its variant.
    pub round: u32,
    /// When it ceased to count.
    pub withdrawn_at: Option<OffsetDateTime>,
}

/// All approvals, those that no longer count too, the first one first.
///
/// # Errors
/// Where they can't be read.
pub async fn history(tx: &mut Tx, carousel: CarouselId) -> Result<Vec<Past>, StoreError> {
    let rows = tx
        .all(
            "SELECT approvals.carousel_id, approvals.stage, variant_id, member_id, approved_at, withdrawn_at,
               round
             FROM approvals
             JOIN variants ON variants.workspace_id = approvals.workspace_id AND variants.id = variant_id
             WHERE approvals.workspace_id = $1 AND approvals.carousel_id = $2 ORDER BY seq",
            args![tx.workspace(), carousel],
        )
        .await?;
    let past = |row: &Row| {
        Ok(Past {
            approval: from_row(row)?,
            round: row.count("round")?,
            withdrawn_at: row.time_option("withdrawn_at")?,
        })
    };
    rows.iter().map(past).collect()
}

/// Puts another approval in place of the one of its stage that counts; other stages keep theirs.
///
/// # Errors
/// Where it can't be written.
pub async fn replace(tx: &mut Tx, approval: &Approval) -> Result<(), StoreError> {
    withdraw(tx, approval.carousel, approval.stage, approval.at).await?;
    approve(tx, approval).await
}

/// Lets the approvals of this and the later stages no longer count; they stay as history.
///
/// # Errors
/// Where it can't be written.
pub async fn withdraw_from(
    tx: &mut Tx,
    carousel: CarouselId,
    stage: Stage,
    now: OffsetDateTime,
) -> Result<(), StoreError> {
    for stage in Stage::ALL.iter().copied().filter(|later| *later >= stage) {
        withdraw(tx, carousel, stage, now).await?;
    }
    Ok(())
}

async fn withdraw(
    tx: &mut Tx,
    carousel: CarouselId,
    stage: Stage,
    now: OffsetDateTime,
) -> Result<(), StoreError> {
    tx.run(
        "UPDATE approvals SET withdrawn_at = $4
         WHERE workspace_id = $1 AND carousel_id = $2 AND stage = $3 AND withdrawn_at IS NULL",
        args![tx.workspace(), carousel, stage, now],
    )
    .await?;
    Ok(())
}

fn from_row(row: &Row) -> Result<Approval, StoreError> {
    Ok(Approval {
        carousel: row.parsed("carousel_id")?,
        stage: row.parsed("stage")?,
        variant: row.parsed("variant_id")?,
        member: row.parsed_option("member_id")?,
        at: row.time("approved_at")?,
    })
}
