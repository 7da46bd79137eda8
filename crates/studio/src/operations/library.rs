//! The library: the workspace's carousels as cards, page by page.

use domain::{CarouselId, MicroUsd, ProfileId, Right, Stage, State, StateGroup};
pub use store::library::{Cursor, NotACursor};
use time::OffsetDateTime;

use crate::error::StudioError;
use crate::studio::{Actor, Studio};

/// Which cards are wanted; by default all that are not archived.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LibraryFilter {
    /// Part of the title or the topic, in letters of any case.
    pub search: Option<String>,
    pub state: Option<StateGroup>,
    pub profile: Option<ProfileId>,
    /// The archived ones alone, else the others alone.
    pub archived: bool,
}

/// A carousel as the library shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    pub id: CarouselId,
    pub title: String,
    pub state: State,
    /// The stage that is open.
    pub stage: Option<Stage>,
    /// The mean score of the approved variants, 0 to 10.
    pub score: Option<f64>,
    pub created_at: OffsetDateTime,
    pub updated_at: OffsetDateTime,
    /// Of everything that was written for it.
    pub cost: MicroUsd,
    /// Whether [`Studio::slide_picture`] has its first slide.
    pub has_cover: bool,
    pub archived: bool,
}

/// A page of the library.
#[derive(Clone, Debug)]
pub struct LibraryPage {
    /// The newest first.
    pub cards: Vec<Card>,
    /// Where the next page begins, if there is one.
    pub next: Option<Cursor>,
}

/// Most cards of one page.
const MOST_CARDS: u32 = 100;
/// The longest search, in characters; nothing that it could find is longer.
const SEARCH: usize = 300;

impl Studio {
    /// A page of at most `limit` cards (1 to 100), from after `after` on.
    ///
    /// # Errors
    /// Where the role may not see them, or the database can't be read.
    pub async fn library(
        &self,
        actor: Actor,
        filter: &LibraryFilter,
        after: Option<Cursor>,
        limit: u32,
    ) -> Result<LibraryPage, StudioError> {
        actor.require(Right::Read)?;
        let limit = limit.clamp(1, MOST_CARDS);
        let search: Option<String> =
            filter.search.as_ref().map(|text| text.trim().chars().take(SEARCH).collect());
        let wanted = store::library::Filter {
            search: search.as_deref().filter(|text| !text.is_empty()),
            states: filter.state.map_or(&[], StateGroup::states),
            profile: filter.profile,
            archived: filter.archived,
        };
        let mut tx = self.store.read(actor.workspace).await?;
        // One more than is shown tells whether there is a next page.
        let mut cards = store::library::page(&mut tx, &wanted, after, limit + 1).await?;
        let more = cards.len() > limit as usize;
        cards.truncate(limit as usize);
        let next = cards.last().filter(|_| more).map(Cursor::from);
        Ok(LibraryPage { cards: cards.into_iter().map(Card::from).collect(), next })
    }
}

impl From<store::library::Card> for Card {
    fn from(card: store::library::Card) -> Self {
        Self {
            id: card.id,
            title: card.title,
            stage: card.progress.state.stage(),
            state: card.progress.state,
            score: card.score,
            created_at: card.created_at,
            updated_at: card.updated_at,
            cost: card.cost,
            has_cover: card.has_cover,
            archived: card.archived,
        }
    }
}
