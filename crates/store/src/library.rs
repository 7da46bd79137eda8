//! The library: carousels as their cards, searched, filtered, page by page.

use domain::{CarouselId, MicroUsd, ProfileId, Progress};
use time::OffsetDateTime;

pub use crate::cursor::{Cursor, NotACursor};
use crate::error::StoreError;
use crate::row::Row;
use crate::tx::Tx;
use crate::value::args;

/// A carousel as the library shows it: without its source text.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    pub id: CarouselId,
    pub title: String,
    pub progress: Progress,
    /// The mean score of the approved variants, 0 to 10.
    pub score: Option<f64>,
    /// Of all its variants.
    pub cost: MicroUsd,
    /// Whether its words are approved, so that a cover can be drawn.
    pub has_cover: bool,
    pub archived: bool,
    pub created_at: OffsetDateTime,
    pub updated_at: OffsetDateTime,
}

/// Which cards are wanted; by default all that are not archived.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter<'a> {
    /// Part of the title or the topic, in letters of any case.
    pub search: Option<&'a str>,
    /// At most three names of states; empty: any state.
    pub states: &'a [&'a str],
    pub profile: Option<ProfileId>,
    /// The archived ones alone, else the others alone.
    pub archived: bool,
}

impl From<&Card> for Cursor {
    fn from(last: &Card) -> Self {
        Self::after(last.created_at, last.id.0)
    }
}

/// The newest cards that the filter lets through, at most `limit`, from after `after` on.
///
/// # Errors
/// Where they can't be read.
pub async fn page(
    tx: &mut Tx,
    filter: &Filter<'_>,
    after: Option<Cursor>,
    limit: u32,
) -> Result<Vec<Card>, StoreError> {
    let (time, id) = Cursor::below(after);
    let state = |n: usize| filter.states.get(n).or(filter.states.first()).copied();
    let rows = tx
        .all(
            "SELECT id, title, progress, score, archived_at, created_at, updated_at,
               (SELECT CAST(COALESCE(SUM(cost_micro_usd), 0) AS BIGINT) FROM variants
                WHERE variants.workspace_id = carousels.workspace_id AND carousel_id = carousels.id) AS cost,
               (SELECT COUNT(*) FROM approvals
                WHERE approvals.workspace_id = carousels.workspace_id AND carousel_id = carousels.id
                  AND stage = 'copy' AND withdrawn_at IS NULL) AS covers
             FROM carousels
             WHERE workspace_id = $1 AND (created_at, id) < ($2, $3)
               AND CASE WHEN archived_at IS NULL THEN 0 ELSE 1 END = $4
               AND ($5 IS NULL OR title_small LIKE $5 ESCAPE '!' OR topic_small LIKE $5 ESCAPE '!')
               AND ($6 IS NULL OR state IN ($6, $7, $8))
               AND ($9 IS NULL OR profile_id = $9)
             ORDER BY created_at DESC, id DESC LIMIT $10",
            args![
                tx.workspace(),
                time,
                id,
                i64::from(filter.archived),
                filter.search.map(pattern).as_deref(),
                state(0),
                state(1),
                state(2),
                filter.profile,
                limit,
            ],
        )
        .await?;
    rows.iter().map(from_row).collect()
}

/// What LIKE finds a part by; nothing in it is a wildcard.
fn pattern(search: &str) -> String {
    let mut pattern = String::from("%");
    for character in search.to_lowercase().chars() {
        if matches!(character, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(character);
    }
    pattern + "%"
}

fn from_row(row: &Row) -> Result<Card, StoreError> {
    Ok(Card {
        id: row.parsed("id")?,
        title: row.get("title")?,
        progress: row.json("progress")?,
        score: row.get("score")?,
        cost: MicroUsd(row.get("cost")?),
        has_cover: row.count("covers")? > 0,
        archived: row.time_option("archived_at")?.is_some(),
        created_at: row.time("created_at")?,
        updated_at: row.time("updated_at")?,
    })
}
