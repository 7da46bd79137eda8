//! Asks for one more candidate beside a variant of the open round.

use domain::{Right, VariantId};

use crate::error::StudioError;
use crate::jobs::write_one::{self, WriteOne};
use crate::studio::{Actor, Studio};

/// Most variants of one round, edits among them.
const MOST: usize = 40;

impl Studio {
    /// Queues another candidate of the same strategy in the same round; the variant stays, and
    /// the carousel goes on waiting for approval. A page sees a `Variant` event, or a `Note`
    /// with why there is none.
    ///
    /// # Errors
    /// Where the variant's round is not open, it has very many variants, or the role may not.
    pub async fn regenerate_one(&self, actor: Actor, variant: VariantId) -> Result<(), StudioError> {
        actor.require(Right::Make)?;
        let mut tx = self.store.write(actor.workspace).await?;
        let like = store::variants::get(&mut tx, variant).await?;
        let carousel = store::carousels::get(&mut tx, like.carousel).await?;
        let open = carousel
            .progress
            .open_round()
            .map_err(|refusal| StudioError::Conflict { refusal, state: carousel.progress.state.name() })?;
        if open != (like.stage, like.round) {
            return Err(StudioError::Taken(
                "the round of this variant is closed; ask for one like those of the open round".to_owned(),
            ));
        }
        let round = store::variants::of_round(&mut tx, carousel.id, like.stage, like.round).await?;
        if round.len() >= MOST {
            return Err(StudioError::Taken(format!(
                "this round has {MOST} variants; approve one of them, or reject them with feedback"
            )));
        }
        let payload = WriteOne {
            carousel: carousel.id,
            stage: like.stage,
            round: like.round,
            strategy: like.strategy,
            member: actor.member,
            variant: self.surroundings.variant_id(),
        };
        self.enqueue(&mut tx, write_one::NAME, carousel.id, &payload).await?;
        self.record(&mut tx, actor, carousel.id, "regenerate_one").await?;
        tx.commit().await?;
        self.queued.notify_one();
        Ok(())
    }
}
