//! What a person decides about a round: approve, reject with feedback, reopen.

use domain::{Action, Carousel, CarouselId, FEEDBACK, MemberId, Refusal, Right, Stage, State, VariantId};
use store::Tx;
use store::approvals::Approval;
use store::rejections::Rejection;

use crate::error::StudioError;
use crate::studio::{Actor, Studio};

impl Studio {
    /// Chooses a variant of the open stage and goes on to the next stage.
    ///
    /// # Errors
    /// Where the stage is not open, or somebody else chose first.
    pub async fn approve(
        &self,
        actor: Actor,
        carousel: CarouselId,
        variant: VariantId,
    ) -> Result<Carousel, StudioError> {
        actor.require(Right::Review)?;
        let mut tx = self.store.write(actor.workspace).await?;
        let mut carousel = store::carousels::get(&mut tx, carousel).await?;
        self.approve_in(&mut tx, actor, &mut carousel, variant, Some(actor.member)).await?;
        tx.commit().await?;
        self.announce(&carousel);
        Ok(carousel)
    }

    /// `chosen_by` is nobody where the autopilot chose.
    pub(crate) async fn approve_in(
        &self,
        tx: &mut Tx,
        actor: Actor,
        carousel: &mut Carousel,
        variant: VariantId,
        chosen_by: Option<MemberId>,
    ) -> Result<(), StudioError> {
        let chosen = store::variants::get(tx, variant).await?;
        if chosen.carousel != carousel.id {
            return Err(StudioError::NotFound("variant"));
        }
        let approval = Approval {
            carousel: carousel.id,
            stage: chosen.stage,
            variant,
            member: chosen_by,
            at: self.surroundings.now(),
        };
        store::approvals::approve(tx, &approval).await?;
        if carousel.progress.state.stage() != Some(chosen.stage) {
            let (refusal, state) = (Refusal::NotWrittenYet, carousel.progress.state.name());
            return Err(StudioError::Conflict { refusal, state });
        }
        self.transition(tx, actor, carousel, &Action::Approve).await?;
        self.rescore(tx, carousel.id).await
    }

    /// Closes the open round; the next one is written with the feedback.
    ///
    /// # Errors
    /// Where no round is open, or the feedback is too long.
    pub async fn reject(
        &self,
        actor: Actor,
        carousel: CarouselId,
        feedback: Option<String>,
    ) -> Result<Carousel, StudioError> {
        actor.require(Right::Review)?;
        if feedback.as_ref().is_some_and(|text| text.chars().count() > FEEDBACK) {
            return Err(StudioError::invalid("feedback", format!("is longer than {FEEDBACK} characters")));
        }
        let mut tx = self.store.write(actor.workspace).await?;
        let mut carousel = store::carousels::get(&mut tx, carousel).await?;
        let open = carousel.progress.state.clone();
        self.transition(&mut tx, actor, &mut carousel, &Action::Reject).await?;
        if let State::AwaitingApproval { stage, round } | State::Failed { stage, round, .. } = open {
            let rejection = Rejection {
                carousel: carousel.id,
                stage,
                round,
                feedback: feedback.unwrap_or_default(),
                member: Some(actor.member),
                at: self.surroundings.now(),
            };
            store::rejections::insert(&mut tx, &rejection).await?;
        }
        tx.commit().await?;
        self.announce(&carousel);
        Ok(carousel)
    }

    /// Goes back to a stage; what was approved from there on no longer counts.
    ///
    /// # Errors
    /// Where the stage was not written yet, or the carousel is past changing.
    pub async fn reopen(
        &self,
        actor: Actor,
        carousel: CarouselId,
        stage: Stage,
    ) -> Result<Carousel, StudioError> {
        actor.require(Right::Make)?;
        let mut tx = self.store.write(actor.workspace).await?;
        let mut carousel = store::carousels::get(&mut tx, carousel).await?;
        self.transition(&mut tx, actor, &mut carousel, &Action::Reopen { stage }).await?;
        store::approvals::withdraw_from(&mut tx, carousel.id, stage, self.surroundings.now()).await?;
        self.rescore(&mut tx, carousel.id).await?;
        tx.commit().await?;
        self.announce(&carousel);
        Ok(carousel)
    }
}
