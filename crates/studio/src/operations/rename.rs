//! Gives a carousel another title.

use domain::{Carousel, CarouselId, Right};

use crate::error::StudioError;
use crate::studio::{Actor, Studio};

/// The longest title, in characters.
pub(crate) const TITLE: usize = 200;

impl Studio {
    /// Names a carousel anew.
    ///
    /// # Errors
    /// Where the title is empty or too long, there is no such carousel, or the role may not.
    pub async fn rename(&self, actor: Actor, id: CarouselId, title: &str) -> Result<Carousel, StudioError> {
        actor.require(Right::Make)?;
        let title = title.trim();
        if title.is_empty() {
            return Err(StudioError::invalid("title", "is empty; give the carousel a name"));
        }
        if title.chars().count() > TITLE {
            return Err(StudioError::invalid(
                "title",
                format!("is longer than {TITLE} characters; say it shorter"),
            ));
        }
        let mut tx = self.store.write(actor.workspace).await?;
        store::carousels::set_title(&mut tx, id, title, self.surroundings.now()).await?;
        self.record(&mut tx, actor, id, "rename").await?;
        let carousel = store::carousels::get(&mut tx, id).await?;
        tx.commit().await?;
        Ok(carousel)
    }
}
