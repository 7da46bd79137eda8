//! Who did what, and when: one row a transition, never changed.

use domain::{CarouselId, MemberId};
use time::OffsetDateTime;

use crate::error::StoreError;
use crate::row::Row;
use crate::tx::Tx;
use crate::value::args;

/// One thing that was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub carousel: Option<CarouselId>,
    /// `None` is the program itself.
    pub who: Option<MemberId>,
    /// What was done, in a word: `approve`, `reject`.
    pub what: String,
    pub when: OffsetDateTime,
    /// The state before and after, where it changed one.
    pub from: Option<String>,
    pub to: Option<String>,
}

/// Notes what was done, on the transaction that did it.
///
/// # Errors
/// Where it can't be written.
pub async fn record(tx: &mut Tx, entry: &Entry) -> Result<(), StoreError> {
    tx.run(
        "INSERT INTO audit (workspace_id, carousel_id, member_id, what, from_state, to_state, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        args![
            tx.workspace(),
            entry.carousel,
            entry.who,
            &entry.what,
            entry.from.as_deref(),
            entry.to.as_deref(),
            entry.when,
        ],
    )
    .await?;
    Ok(())
}

/// All that was done to a carousel, the first thing first.
///
/// # Errors
/// Where it can't be read.
pub async fn of_carousel(tx: &mut Tx, carousel: CarouselId) -> Result<Vec<Entry>, StoreError> {
    let rows = tx
        .all(
            "SELECT carousel_id, member_id, what, from_state, to_state, at FROM audit
             WHERE workspace_id = $1 AND carousel_id = $2 ORDER BY seq",
            args![tx.workspace(), carousel],
        )
        .await?;
    rows.iter().map(from_row).collect()
}

/// An entry of the workspace's record, with the name of who did it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// Its place in the record, by which a page of it ends.
    pub seq: i64,
    pub entry: Entry,
    pub name: Option<String>,
}

/// The last things that were done, the newest first, at most `limit`, from before `before` on.
///
/// # Errors
/// Where they can't be read.
pub async fn list(tx: &mut Tx, before: Option<i64>, limit: u32) -> Result<Vec<Recorded>, StoreError> {
    let rows = tx
        .all(
            "SELECT seq, carousel_id, member_id, what, from_state, to_state, at, members.name AS name FROM audit
             LEFT JOIN members ON members.workspace_id = audit.workspace_id AND members.id = audit.member_id
             WHERE audit.workspace_id = $1 AND seq < $2 ORDER BY seq DESC LIMIT $3",
            args![tx.workspace(), before.unwrap_or(i64::MAX), limit],
        )
        .await?;
    rows.iter()
        .map(|row| Ok(Recorded { seq: row.get("seq")?, entry: from_row(row)?, name: row.get("name")? }))
        .collect()
}

fn from_row(row: &Row) -> Result<Entry, StoreError> {
    Ok(Entry {
        carousel: row.parsed_option("carousel_id")?,
        who: row.parsed_option("member_id")?,
        what: row.get("what")?,
        when: row.time("at")?,
        from: row.get("from_state")?,
        to: row.get("to_state")?,
    })
}
