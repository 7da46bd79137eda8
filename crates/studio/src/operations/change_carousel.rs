//! Gives a carousel another title, takes it out of the library, and brings it back.

use domain::{Action, Carousel, CarouselId, Right, State};
use store::{Tx, carousels};
use time::OffsetDateTime;

use crate::error::StudioError;
use crate::studio::{Actor, Studio};

/// The longest title, in characters.
pub(crate) const TITLE: usize = 200;

/// What to change of a carousel; what is `None` stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CarouselChange {
    /// 1 to 200 characters.
    pub title: Option<String>,
    /// Archived ones are kept out of the library; nothing of them is lost.
    pub archived: Option<bool>,
}

impl CarouselChange {
    #[must_use]
    pub fn title(title: &str) -> Self {
        Self { title: Some(title.to_owned()), archived: None }
    }

    #[must_use]
    pub fn archived(archived: bool) -> Self {
        Self { title: None, archived: Some(archived) }
    }
}

impl Studio {
    /// Changes what is asked for, all or nothing.
    ///
    /// With `expected`, the time at which the carousel was last changed as the caller knows it,
    /// nothing is overwritten that somebody else changed since.
    ///
    /// # Errors
    /// Where the title is empty or too long, there is no such carousel, it was changed meanwhile,
    /// or the role may not.
    pub async fn change_carousel(
        &self,
        actor: Actor,
        id: CarouselId,
        change: CarouselChange,
        expected: Option<OffsetDateTime>,
    ) -> Result<Carousel, StudioError> {
        actor.require(Right::Make)?;
        let title = change.title.as_deref().map(accepted).transpose()?;
        let now = self.surroundings.now();
        let mut tx = self.store.write(actor.workspace).await?;
        if let Some(expected) = expected {
            carousels::touch(&mut tx, id, expected, now).await?;
        }
        if let Some(title) = title {
            carousels::set_title(&mut tx, id, title, now).await?;
            self.record(&mut tx, actor, id, "rename").await?;
        }
        match change.archived {
            Some(true) => {
                carousels::archive(&mut tx, id, now).await?;
                self.record(&mut tx, actor, id, "archive").await?;
                self.stop_writing(&mut tx, actor, id).await?;
            }
            Some(false) => {
                carousels::unarchive(&mut tx, id).await?;
                self.record(&mut tx, actor, id, "unarchive").await?;
            }
            None => {}
        }
        let carousel = carousels::get(&mut tx, id).await?;
        tx.commit().await?;
        if change.archived == Some(true) {
            self.announce(&carousel);
        }
        Ok(carousel)
    }

    /// What nobody wants to see is not paid for either: calls under way end when they hear of it.
    async fn stop_writing(&self, tx: &mut Tx, actor: Actor, id: CarouselId) -> Result<(), StudioError> {
        let mut carousel = carousels::get(tx, id).await?;
        if !matches!(carousel.progress.state, State::Generating { .. }) {
            return Ok(());
        }
        let stopped = Action::FailRound { reason: ARCHIVED.to_owned(), retryable: true };
        self.transition(tx, actor, &mut carousel, &stopped).await
    }
}

const ARCHIVED: &str = "the carousel was archived while this stage was being written; retry it to go on";

fn accepted(title: &str) -> Result<&str, StudioError> {
    let title = title.trim();
    if title.is_empty() {
        return Err(StudioError::invalid("title", "is empty; give the carousel a name"));
    }
    if title.chars().count() > TITLE {
        let message = format!("is longer than {TITLE} characters; say it shorter");
        return Err(StudioError::invalid("title", message));
    }
    Ok(title)
}
