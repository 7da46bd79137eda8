//! Carousels: what was asked for, and how far each is.

use domain::{Carousel, CarouselId, Progress};
use time::OffsetDateTime;

use crate::error::{Conflict, StoreError, found};
use crate::row::Row;
use crate::tx::Tx;
use crate::value::{args, json, micros};

/// A carousel as lists show it: without its source text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    pub id: CarouselId,
    pub title: String,
    pub progress: Progress,
    pub created_at: OffsetDateTime,
    pub updated_at: OffsetDateTime,
}

/// Where a page of the list ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    pub created_at: OffsetDateTime,
    pub id: CarouselId,
}

impl From<&Summary> for Cursor {
    fn from(last: &Summary) -> Self {
        Self { created_at: last.created_at, id: last.id }
    }
}

/// Keeps a new carousel; `source_key` is a digest of what was asked for, to find it again.
///
/// # Errors
/// `Conflict` where the id is taken.
pub async fn insert(tx: &mut Tx, carousel: &Carousel, source_key: Option<&str>) -> Result<(), StoreError> {
    tx.run(
        "INSERT INTO carousels
         (workspace_id, id, title, brief, state, progress, source_key, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
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
        "SELECT id, title, brief, progress, created_at, updated_at FROM carousels
         WHERE workspace_id = $1 AND id = $2",
        args![tx.workspace(), id],
    )
    .await?
    .map(from_row)
    .unwrap_or_else(|| Err(StoreError::not_found("carousel", id)))
}

/// The newest carousels that are not archived, at most `limit`, from after `after` on.
///
/// # Errors
/// Where they can't be read.
pub async fn list(tx: &mut Tx, after: Option<Cursor>, limit: u32) -> Result<Vec<Summary>, StoreError> {
    // Without a cursor the page begins after what no carousel can follow.
    let (time, id) =
        after.map_or((i64::MAX, String::new()), |cursor| (micros(cursor.created_at), cursor.id.to_string()));
    let rows = tx
        .all(
            "SELECT id, title, progress, created_at, updated_at FROM carousels
             WHERE workspace_id = $1 AND archived_at IS NULL AND (created_at, id) < ($2, $3)
             ORDER BY created_at DESC, id DESC LIMIT $4",
            args![tx.workspace(), time, id, limit],
        )
        .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Summary {
                id: row.parsed("id")?,
                title: row.get("title")?,
                progress: row.json("progress")?,
                created_at: row.time("created_at")?,
                updated_at: row.time("updated_at")?,
            })
        })
        .collect()
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
        "SELECT id, title, brief, progress, created_at, updated_at FROM carousels
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
            "UPDATE carousels SET title = $3, updated_at = $4 WHERE workspace_id = $1 AND id = $2",
            args![tx.workspace(), id, title, now],
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
    })
}
