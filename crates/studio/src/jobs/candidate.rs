//! One candidate of a round: written, judged, written again where that helps, and saved.

use domain::{State, Strategy, Variant, VariantId};
use store::Tx;

use super::failure::JobError;
use super::generate_round::{GenerateRound, Round};
use super::improve::Judged;
use crate::error::StudioError;
use crate::events::Event;
use crate::studio::Studio;

/// Where in its round a draft is kept.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Place {
    /// At its strategy's: a round that is written again after a crash can't have it twice.
    OfStrategy,
    /// After all others, under this id; and only while the round waits for a choice.
    Beside(VariantId),
}

impl Studio {
    /// Writes the candidate of a strategy and keeps it.
    pub(super) async fn write_candidate(&self, round: &Round, strategy: Strategy) -> Result<(), JobError> {
        let best = self.write_best(round, strategy).await?;
        self.save_candidate(round, strategy, best, Place::OfStrategy).await
    }

    pub(crate) async fn save_candidate(
        &self,
        round: &Round,
        strategy: Strategy,
        judged: Judged,
        place: Place,
    ) -> Result<(), JobError> {
        let Judged { draft, score, .. } = judged;
        for note in &draft.notes {
            self.events.send(round.job.carousel, Event::Note(note.clone()));
        }
        let GenerateRound { carousel, stage, round: number, .. } = round.job;
        let mut tx = self.store.write(round.actor.workspace).await?;
        let Some((id, position)) = self.place(&mut tx, round.job, strategy, place).await? else {
            return Ok(()); // somebody chose or rejected meanwhile
        };
        let variant = Variant {
            id,
            carousel,
            stage,
            round: number,
            position,
            strategy,
            written_by: draft.written_by,
            content: draft.content,
            score,
            cost: draft.cost,
            created_at: self.surroundings.now(),
        };
        store::variants::insert(&mut tx, &variant).await?;
        tx.commit().await?;
        self.events.send(variant.carousel, Event::of_variant(&variant));
        Ok(())
    }

    /// The id and position that a draft is kept under; `None` where its round is closed.
    async fn place(
        &self,
        tx: &mut Tx,
        job: GenerateRound,
        strategy: Strategy,
        place: Place,
    ) -> Result<Option<(VariantId, u32)>, StudioError> {
        let GenerateRound { carousel, stage, round, .. } = job;
        match place {
            Place::OfStrategy => {
                let position = stage.strategies().iter().position(|one| *one == strategy);
                let position = u32::try_from(position.unwrap_or_default()).unwrap_or_default();
                Ok(Some((self.surroundings.variant_id(), position)))
            }
            Place::Beside(id) => {
                let waiting = State::AwaitingApproval { stage, round };
                if store::carousels::get(tx, carousel).await?.progress.state != waiting {
                    return Ok(None);
                }
                Ok(Some((id, store::variants::free_position(tx, carousel, stage, round).await?)))
            }
        }
    }
}
