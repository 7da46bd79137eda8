//! Carousels: what was asked for, and how far each is.

use domain::{Brief, Carousel, CarouselId, Progress};
use time::OffsetDateTime;

use crate::error::{Conflict, StoreError, found};
use crate::row::Row;
use crate::tx::Tx;
use crate::value::{args, json};

/// Keeps a new carousel, which is in the lists; `source_key` is a digest of what was asked for, to find it again.
///
/// # Errors
/// `Conflict` where the id is taken.
pub async fn insert(tx: &mut Tx, carousel: &Carousel, source_key: Option<&str>) -> Result<(), StoreError> {
    tx.run(
        "INSERT INTO carousels
         (workspace_id, id, title, brief, state, progress, source_key, created_at, updated_at, title_small,
          topic_small, profile_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        args![
            tx.workspace(),
            carousel.id,
            &carousel.title,
            json(&carousel.brief)?,
            carousel.progress.state.name(),
            json(&carousel.progress)?,
            source_key,
            carousel.created_at,
            carousel.updated_at,
            carousel.title.to_lowercase(),
            carousel.brief.topic.as_deref().unwrap_or_default().to_lowercase(),
            carousel.brief.profile,
        ],
    )
    .await?;
    Ok(())
}

/// One carousel, archived or not.
///
/// # Errors
/// `NotFound` where there is no such carousel.
pub async fn get(tx: &mut Tx, id: CarouselId) -> Result<Carousel, StoreError> {
    tx.first(
        "SELECT id, title, brief, progress, created_at, updated_at, archived_at FROM carousels
         WHERE workspace_id = $1 AND id = $2",
        args![tx.workspace(), id],
    )
    .await?
    .map(from_row)
    .unwrap_or_else(|| Err(StoreError::not_found("carousel", id)))
}

/// The newest carousel of this source key that was not taken out yet: draft, generating,
/// awaiting approval, failed or ready, and not archived.
///
/// # Errors
/// Where it can't be read.
pub async fn find_unfinished_by_source_key(
    tx: &mut Tx,
    source_key: &str,
) -> Result<Option<Carousel>, StoreError> {
    tx.first(
        "SELECT id, title, brief, progress, created_at, updated_at, archived_at FROM carousels
         WHERE workspace_id = $1 AND source_key = $2 AND archived_at IS NULL
           AND state IN ('draft', 'generating', 'awaiting_approval', 'failed', 'ready')
         ORDER BY created_at DESC, id DESC LIMIT 1",
        args![tx.workspace(), source_key],
    )
    .await?
    .map(from_row)
    .transpose()
}

/// Moves a carousel on, if it is still where the caller believes it to be.
///
/// # Errors
/// `Conflict::Progress` with where it is now, if it is not at `expected`; `NotFound`.
pub async fn update_progress(
    tx: &mut Tx,
    id: CarouselId,
    expected: &Progress,
    new: &Progress,
    now: OffsetDateTime,
) -> Result<(), StoreError> {
    let (stored, text) = progress(tx, id).await?;
    if stored != *expected {
        return Err(Conflict::Progress { actual: Box::new(stored) }.into());
    }
    // Compared with the text just read, not with `expected` written anew: another version
    // of the program may have written the same progress in other words.
    let changed = tx
        .run(
            "UPDATE carousels SET state = $4, progress = $5, updated_at = $6
             WHERE workspace_id = $1 AND id = $2 AND progress = $3",
            args![tx.workspace(), id, text, new.state.name(), json(new)?, now],
        )
        .await?;
    if changed == 1 {
        return Ok(());
    }
    let (actual, _) = progress(tx, id).await?;
    Err(Conflict::Progress { actual: Box::new(actual) }.into())
}

async fn progress(tx: &mut Tx, id: CarouselId) -> Result<(Progress, String), StoreError> {
    let row = tx
        .first(
            "SELECT progress FROM carousels WHERE workspace_id = $1 AND id = $2",
            args![tx.workspace(), id],
        )
        .await?
        .ok_or_else(|| StoreError::not_found("carousel", id))?;
    Ok((row.json("progress")?, row.get("progress")?))
}

/// Names a carousel anew.
///
/// # Errors
/// `NotFound` where there is no such carousel.
pub async fn set_title(
    tx: &mut Tx,
    id: CarouselId,
    title: &str,
    now: OffsetDateTime,
) -> Result<(), StoreError> {
    let changed = tx
        .run(
            "UPDATE carousels SET title = $3, title_small = $4, updated_at = $5
             WHERE workspace_id = $1 AND id = $2",
            args![tx.workspace(), id, title, title.to_lowercase(), now],
        )
        .await?;
    found(changed, "carousel", id)
}

/// Keeps what was asked for anew: its text, and the language that this is in.
///
/// # Errors
/// `NotFound` where there is no such carousel.
pub async fn set_brief(
    tx: &mut Tx,
    id: CarouselId,
    brief: &Brief,
    now: OffsetDateTime,
) -> Result<(), StoreError> {
    let changed = tx
        .run(
            "UPDATE carousels SET brief = $3, topic_small = $4, profile_id = $5, updated_at = $6
             WHERE workspace_id = $1 AND id = $2",
            args![
                tx.workspace(),
                id,
                json(brief)?,
                brief.topic.as_deref().unwrap_or_default().to_lowercase(),
                brief.profile,
                now,
            ],
        )
        .await?;
    found(changed, "carousel", id)
}

/// Takes a carousel out of the lists; everything of it stays.
///
/// # Errors
/// `NotFound` where there is no such carousel.
pub async fn archive(tx: &mut Tx, id: CarouselId, now: OffsetDateTime) -> Result<(), StoreError> {
    let changed = tx
        .run(
            "UPDATE carousels SET archived_at = $3 WHERE workspace_id = $1 AND id = $2",
            args![tx.workspace(), id, now],
        )
        .await?;
    found(changed, "carousel", id)
}

/// Brings an archived carousel back into the lists.
///
/// # Errors
/// `NotFound` where there is no such carousel.
pub async fn unarchive(tx: &mut Tx, id: CarouselId) -> Result<(), StoreError> {
    let changed = tx
        .run(
            "UPDATE carousels SET archived_at = NULL WHERE workspace_id = $1 AND id = $2",
            args![tx.workspace(), id],
        )
        .await?;
    found(changed, "carousel", id)
}

/// Keeps the mean score of the approved variants anew; NULL where none is approved.
///
/// # Errors
/// `NotFound` where there is no such carousel.
pub async fn set_score(tx: &mut Tx, id: CarouselId, score: Option<f64>) -> Result<(), StoreError> {
    let changed = tx
        .run(
            "UPDATE carousels SET score = $3 WHERE workspace_id = $1 AND id = $2",
            args![tx.workspace(), id, score],
        )
        .await?;
    found(changed, "carousel", id)
}

/// Marks a carousel as changed, if it is still as the caller read it: of two changes at
/// once, one is refused.
///
/// # Errors
/// `Conflict::Changed` where somebody changed it since; `NotFound`.
pub async fn touch(
    tx: &mut Tx,
    id: CarouselId,
    read_at: OffsetDateTime,
    now: OffsetDateTime,
) -> Result<(), StoreError> {
    let changed = tx
        .run(
            "UPDATE carousels SET updated_at = $4 WHERE workspace_id = $1 AND id = $2 AND updated_at = $3",
            args![tx.workspace(), id, read_at, now],
        )
        .await?;
    if changed == 1 {
        return Ok(());
    }
    get(tx, id).await?;
    Err(Conflict::Changed.into())
}

/// Deletes a carousel with its variants, ratings, approvals and jobs; the audit stays.
/// Its files are deleted by [`crate::Files::delete_carousel`], after the commit.
///
/// # Errors
/// `NotFound` where there is no such carousel.
pub async fn delete(tx: &mut Tx, id: CarouselId) -> Result<(), StoreError> {
    let gone = tx
        .run("DELETE FROM carousels WHERE workspace_id = $1 AND id = $2", args![tx.workspace(), id])
        .await?;
    found(gone, "carousel", id)
}

fn from_row(row: Row) -> Result<Carousel, StoreError> {
    Ok(Carousel {
        id: row.parsed("id")?,
        title: row.get("title")?,
        brief: row.json("brief")?,
        progress: row.json("progress")?,
        created_at: row.time("created_at")?,
        updated_at: row.time("updated_at")?,
        archived_at: row.time_option("archived_at")?,
    })
}
