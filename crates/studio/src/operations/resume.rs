//! Takes up a carousel that an earlier run left.

use domain::{Action, Brief, Carousel, Mode, Right, State, WriterChoice};

use crate::error::StudioError;
use crate::studio::{Actor, Studio};

impl Studio {
    /// Makes a stopped carousel work again: a stage that failed is retried, everything else
    /// goes on from its stored state by itself. From here on it is written in this mode, and by
    /// whom this run wants.
    ///
    /// # Errors
    /// Where the database can't be used, or the failed stage would fail again.
    pub async fn resume(
        &self,
        actor: Actor,
        carousel: Carousel,
        mode: Mode,
        writer: WriterChoice,
    ) -> Result<Carousel, StudioError> {
        actor.require(Right::Make)?;
        let mut tx = self.store.write(actor.workspace).await?;
        let mut carousel = store::carousels::get(&mut tx, carousel.id).await?;
        let brief = Brief { mode, writer, ..carousel.brief.clone() };
        self.ask_otherwise(&mut tx, actor, &mut carousel, brief).await?;
        if let State::Failed { retryable: true, .. } = carousel.progress.state {
            self.transition(&mut tx, actor, &mut carousel, &Action::Retry).await?;
        }
        tx.commit().await?;
        self.announce(&carousel);
        Ok(carousel)
    }
}
