//! Who did what, and when: one row a transition, never changed.

use domain::{CarouselId, MemberId};
use time::OffsetDateTime;

use crate::error::StoreError;
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
    rows.into_iter()
        .map(|row| {
            Ok(Entry {
                carousel: row.parsed_option("carousel_id")?,
                who: row.parsed_option("member_id")?,
                what: row.get("what")?,
                when: row.time("at")?,
                from: row.get("from_state")?,
                to: row.get("to_state")?,
            })
        })
        .collect()
}
