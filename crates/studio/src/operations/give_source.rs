//! Gives a carousel another text where none could be made of what it had.

use domain::{Action, Carousel, CarouselId, Refusal, Right, Source, Stage, State};

use crate::error::StudioError;
use crate::studio::{Actor, Studio};

impl Studio {
    /// Puts a text in the place of what was there, and has the failed first stage written of it.
    ///
    /// Without a model nothing is translated, so the carousel is in the text's language then.
    ///
    /// # Errors
    /// Where the first stage did not fail: later ones rest on what was approved of the old text.
    pub async fn give_source(
        &self,
        actor: Actor,
        id: CarouselId,
        source: Source,
    ) -> Result<Carousel, StudioError> {
        actor.require(Right::Make)?;
        let mut tx = self.store.write(actor.workspace).await?;
        let mut carousel = store::carousels::get(&mut tx, id).await?;
        let State::Failed { stage: Stage::FIRST, .. } = carousel.progress.state else {
            let state = carousel.progress.state.name();
            return Err(StudioError::Conflict { refusal: Refusal::NotFailed, state });
        };
        if self.writers.hand(carousel.brief.writer).needs_text()
            && let Some(language) = writer::read_article(&source).ok().and_then(|article| article.language)
        {
            carousel.brief.language = language;
        }
        carousel.brief.source = Some(source);
        let now = self.surroundings.now();
        store::carousels::set_brief(&mut tx, id, &carousel.brief, now).await?;
        // What was written before is closed like a round that was rejected; but nobody rejected it.
        self.transition_as(&mut tx, actor, &mut carousel, &Action::Reject, "give_source").await?;
        tx.commit().await?;
        self.announce(&carousel);
        Ok(carousel)
    }
}
