//! Takes up a carousel that an earlier run left.

use domain::{Carousel, Right, State};

use crate::error::StudioError;
use crate::studio::{Actor, Studio};

impl Studio {
    /// Makes a stopped carousel work again: a stage that failed is retried, everything else
    /// goes on from its stored state by itself.
    ///
    /// # Errors
    /// Where the database can't be used, or the failed stage would fail again.
    pub async fn resume(&self, actor: Actor, carousel: Carousel) -> Result<Carousel, StudioError> {
        actor.require(Right::Make)?;
        match carousel.progress.state {
            State::Failed { retryable: true, .. } => self.retry(actor, carousel.id).await,
            _ => Ok(carousel),
        }
    }
}
