//! Photographs, logos and fonts that were given: what is known of each. The bytes are in the files.

use domain::{AssetId, CarouselId};
use time::OffsetDateTime;

use crate::error::StoreError;
use crate::row::Row;
use crate::tx::Tx;
use crate::value::args;

/// What is known of a file that was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asset {
    pub id: AssetId,
    /// The carousel that it belongs to; `None` for the workspace's own, such as a logo.
    pub carousel: Option<CarouselId>,
    /// The name under which it was given, for people.
    pub name: String,
    /// `image/png`, as found in its bytes.
    pub media_type: String,
    /// In bytes.
    pub size: u32,
    /// Of the bytes, in hexadecimal.
    pub sha256: String,
    pub created_at: OffsetDateTime,
}

/// Keeps what is known of an asset; put its bytes first.
///
/// # Errors
/// `Conflict` where the id is taken.
pub async fn insert(tx: &mut Tx, asset: &Asset) -> Result<(), StoreError> {
    tx.run(
        "INSERT INTO assets (workspace_id, id, carousel_id, name, media_type, size, sha256, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        args![
            tx.workspace(),
            asset.id,
            asset.carousel,
            &asset.name,
            &asset.media_type,
            asset.size,
            &asset.sha256,
            asset.created_at,
        ],
    )
    .await?;
    Ok(())
}

/// One asset.
///
/// # Errors
/// `NotFound` where there is no such asset.
pub async fn get(tx: &mut Tx, id: AssetId) -> Result<Asset, StoreError> {
    tx.first(
        "SELECT id, carousel_id, name, media_type, size, sha256, created_at FROM assets
         WHERE workspace_id = $1 AND id = $2",
        args![tx.workspace(), id],
    )
    .await?
    .map(from_row)
    .unwrap_or_else(|| Err(StoreError::not_found("asset", id)))
}

fn from_row(row: Row) -> Result<Asset, StoreError> {
    Ok(Asset {
        id: row.parsed("id")?,
        carousel: row.parsed_option("carousel_id")?,
        name: row.get("name")?,
        media_type: row.get("media_type")?,
        size: row.count("size")?,
        sha256: row.get("sha256")?,
        created_at: row.time("created_at")?,
    })
}
