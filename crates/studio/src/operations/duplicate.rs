//! Makes another carousel of the same brief.

use domain::{Action, Carousel, CarouselId, Right};

use crate::error::StudioError;
use crate::studio::{Actor, Studio};

impl Studio {
    /// A new carousel with the brief and title of another; it starts anew.
    ///
    /// # Errors
    /// Where there is no such carousel in this workspace, or the role may not.
    pub async fn duplicate(&self, actor: Actor, id: CarouselId) -> Result<Carousel, StudioError> {
        actor.require(Right::Make)?;
        let mut tx = self.store.write(actor.workspace).await?;
        let original = store::carousels::get(&mut tx, id).await?;
        let mut copy = self.new_carousel(original.title, original.brief);
        store::carousels::insert(&mut tx, &copy, None).await?;
        self.transition(&mut tx, actor, &mut copy, &Action::Start).await?;
        tx.commit().await?;
        self.announce(&copy);
        Ok(copy)
    }
}
