//! Clients' links to one carousel each, and what was answered through them.

use domain::{CarouselId, LinkId, MemberId, Stars};
use time::OffsetDateTime;

use crate::error::{StoreError, found};
use crate::row::Row;
use crate::tx::Tx;
use crate::value::args;

/// A client's way to one carousel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub id: LinkId,
    pub carousel: CarouselId,
    /// Whom it is for.
    pub name: String,
    /// Who made it.
    pub member: MemberId,
    pub created_at: OffsetDateTime,
    pub expires_at: OffsetDateTime,
    pub revoked_at: Option<OffsetDateTime>,
}

/// One answer of a client; a later one stands beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub stars: Option<Stars>,
    pub comment: Option<String>,
    /// The client approved the slides as they were then.
    pub approved: bool,
    pub at: OffsetDateTime,
}

/// Keeps a new link.
///
/// # Errors
/// `Conflict::Exists` where the id is taken, `Invalid` where the carousel is not in this workspace.
pub async fn insert(tx: &mut Tx, link: &Link) -> Result<(), StoreError> {
    tx.run(
        "INSERT INTO links (workspace_id, id, carousel_id, name, member_id, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        args![
            tx.workspace(),
            link.id,
            link.carousel,
            &link.name,
            link.member,
            link.created_at,
            link.expires_at,
        ],
    )
    .await?;
    Ok(())
}

/// One link, whether it still counts or not.
///
/// # Errors
/// `NotFound` where there is no such link.
pub async fn get(tx: &mut Tx, id: LinkId) -> Result<Link, StoreError> {
    tx.first(
        "SELECT id, carousel_id, name, member_id, created_at, expires_at, revoked_at FROM links
         WHERE workspace_id = $1 AND id = $2",
        args![tx.workspace(), id],
    )
    .await?
    .map(|row| from_row(&row))
    .unwrap_or_else(|| Err(StoreError::not_found("link", id)))
}

/// All links to a carousel, the newest first; those that have ended, too, for their answers.
///
/// # Errors
/// Where they can't be read.
pub async fn of_carousel(tx: &mut Tx, carousel: CarouselId) -> Result<Vec<Link>, StoreError> {
    let rows = tx
        .all(
            "SELECT id, carousel_id, name, member_id, created_at, expires_at, revoked_at FROM links
             WHERE workspace_id = $1 AND carousel_id = $2 ORDER BY created_at DESC, id DESC",
            args![tx.workspace(), carousel],
        )
        .await?;
    rows.iter().map(from_row).collect()
}

/// Ends a link.
///
/// # Errors
/// `NotFound` where there is no such link that was not revoked before.
pub async fn revoke(tx: &mut Tx, id: LinkId, now: OffsetDateTime) -> Result<(), StoreError> {
    let changed = tx
        .run(
            "UPDATE links SET revoked_at = $3 WHERE workspace_id = $1 AND id = $2 AND revoked_at IS NULL",
            args![tx.workspace(), id, now],
        )
        .await?;
    found(changed, "link", id)
}

/// Keeps an answer.
///
/// # Errors
/// `Invalid` where there is no such link in this workspace.
pub async fn answer(tx: &mut Tx, link: LinkId, answer: &Answer) -> Result<(), StoreError> {
    tx.run(
        "INSERT INTO answers (workspace_id, link_id, stars, comment, approved, answered_at)
         VALUES ($1, $2, $3, $4, $5, $6)",
        args![
            tx.workspace(),
            link,
            answer.stars.map(|stars| u32::from(u8::from(stars))),
            answer.comment.as_deref(),
            u32::from(answer.approved),
            answer.at,
        ],
    )
    .await?;
    Ok(())
}

/// What was answered through a link, the first answer first.
///
/// # Errors
/// Where it can't be read.
pub async fn answers(tx: &mut Tx, link: LinkId) -> Result<Vec<Answer>, StoreError> {
    let rows = tx
        .all(
            "SELECT stars, comment, approved, answered_at FROM answers
             WHERE workspace_id = $1 AND link_id = $2 ORDER BY seq",
            args![tx.workspace(), link],
        )
        .await?;
    rows.iter().map(answer_from_row).collect()
}

fn answer_from_row(row: &Row) -> Result<Answer, StoreError> {
    let stars: Option<i64> = row.get("stars")?;
    let stars = stars.map(|stars| Stars::try_from(u8::try_from(stars).unwrap_or(0))).transpose();
    Ok(Answer {
        stars: stars.map_err(|error| StoreError::Corrupt(error.to_string()))?,
        comment: row.get("comment")?,
        approved: row.count("approved")? == 1,
        at: row.time("answered_at")?,
    })
}

fn from_row(row: &Row) -> Result<Link, StoreError> {
    Ok(Link {
        id: row.parsed("id")?,
        carousel: row.parsed("carousel_id")?,
        name: row.get("name")?,
        member: row.parsed("member_id")?,
        created_at: row.time("created_at")?,
        expires_at: row.time("expires_at")?,
        revoked_at: row.time_option("revoked_at")?,
    })
}
