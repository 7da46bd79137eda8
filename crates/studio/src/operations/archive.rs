//! Takes a carousel out of the library, and brings it back; nothing of it is lost.

use domain::{CarouselId, Right};

use crate::error::StudioError;
use crate::studio::{Actor, Studio};

impl Studio {
    /// Takes a carousel out of the library.
    ///
    /// # Errors
    /// Where there is none in this workspace, or the role may not.
    pub async fn archive(&self, actor: Actor, id: CarouselId) -> Result<(), StudioError> {
        actor.require(Right::Make)?;
        let mut tx = self.store.write(actor.workspace).await?;
        store::carousels::archive(&mut tx, id, self.surroundings.now()).await?;
        self.record(&mut tx, actor, id, "archive").await?;
        Ok(tx.commit().await?)
    }

    /// Brings an archived carousel back.
    ///
    /// # Errors
    /// As [`Studio::archive`].
    pub async fn unarchive(&self, actor: Actor, id: CarouselId) -> Result<(), StudioError> {
        actor.require(Right::Make)?;
        let mut tx = self.store.write(actor.workspace).await?;
        store::carousels::unarchive(&mut tx, id).await?;
        self.record(&mut tx, actor, id, "unarchive").await?;
        Ok(tx.commit().await?)
    }
}
