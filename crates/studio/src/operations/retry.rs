//! Has a failed stage written again: as it was asked for, cheaper, or by the writer that needs no model.

use domain::{Action, Brief, Carousel, CarouselId, Mode, Right, State, WriterChoice, named_enum};
use store::Tx;

use crate::error::StudioError;
use crate::studio::{Actor, Studio};

named_enum! {
    /// How a failed stage is to be written again.
    pub enum RetryWith ("way to retry") {
        /// As it was asked for.
        Same = "same",
        /// In the mode `fast`, with its cheaper models; so are the stages after it.
        Cheaper = "cheaper",
        /// By the offline writer; so are the stages after it.
        Offline = "offline",
    }
}

impl Studio {
    /// Writes a failed round again.
    ///
    /// # Errors
    /// Where nothing failed, or the same request would fail again.
    pub async fn retry(&self, actor: Actor, carousel: CarouselId) -> Result<Carousel, StudioError> {
        self.retry_with(actor, carousel, RetryWith::Same).await
    }

    /// Writes a failed round again, from here on in another way; what is approved stays.
    ///
    /// # Errors
    /// As [`Studio::retry`].
    pub async fn retry_with(
        &self,
        actor: Actor,
        carousel: CarouselId,
        with: RetryWith,
    ) -> Result<Carousel, StudioError> {
        actor.require(Right::Make)?;
        let mut tx = self.store.write(actor.workspace).await?;
        let mut carousel = store::carousels::get(&mut tx, carousel).await?;
        let mut brief = carousel.brief.clone();
        match with {
            RetryWith::Same => {}
            RetryWith::Cheaper => brief.mode = Mode::Fast,
            RetryWith::Offline => brief.writer = WriterChoice::Offline,
        }
        self.ask_otherwise(&mut tx, actor, &mut carousel, brief).await?;
        self.transition(&mut tx, actor, &mut carousel, &Action::Retry).await?;
        tx.commit().await?;
        self.announce(&carousel);
        Ok(carousel)
    }

    /// What a person may choose from for a failed stage; nothing where it did not fail, or would fail
    /// again in every way.
    #[must_use]
    pub fn ways_to_retry(&self, carousel: &Carousel) -> Vec<RetryWith> {
        let State::Failed { retryable: true, .. } = carousel.progress.state else { return vec![] };
        let brief = &carousel.brief;
        let by_model = self.has_model() && brief.writer == WriterChoice::Auto;
        let may = |with: &RetryWith| match with {
            RetryWith::Same => true,
            RetryWith::Cheaper => by_model && brief.mode != Mode::Fast,
            RetryWith::Offline => by_model && brief.source.is_some(),
        };
        RetryWith::ALL.iter().copied().filter(may).collect()
    }

    /// Changes what is asked for, where that is something else, and notes who did.
    pub(crate) async fn ask_otherwise(
        &self,
        tx: &mut Tx,
        actor: Actor,
        carousel: &mut Carousel,
        brief: Brief,
    ) -> Result<(), StudioError> {
        if brief == carousel.brief {
            return Ok(());
        }
        let now = self.surroundings.now();
        store::carousels::set_brief(tx, carousel.id, &brief, now).await?;
        self.record(tx, actor, carousel.id, "change_brief").await?;
        (carousel.brief, carousel.updated_at) = (brief, now);
        Ok(())
    }
}
