//! What the installation keeps for itself, whichever workspaces it has.

use crate::error::StoreError;
use crate::tx::Tx;
use crate::value::args;

/// The key that signs clients' links.
pub const LINK_KEY: &str = "link_key";
/// The account of whoever came first.
pub const FIRST_ACCOUNT: &str = "first_account";

/// What is kept under a name.
///
/// # Errors
/// Where it can't be read.
pub async fn get(tx: &mut Tx, name: &str) -> Result<Option<String>, StoreError> {
    let row = tx.first("SELECT value FROM installation WHERE name = $1", args![name]).await?;
    row.map(|row| row.get("value")).transpose()
}

/// Keeps a value where there is none yet, and gives the one that is kept: of several who come
/// at once, all get the first one's.
///
/// # Errors
/// Where it can't be written.
pub async fn keep_first(tx: &mut Tx, name: &str, value: &str) -> Result<String, StoreError> {
    tx.run(
        "INSERT INTO installation (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING",
        args![name, value],
    )
    .await?;
    get(tx, name).await?.ok_or_else(|| StoreError::not_found("installation value", name))
}
