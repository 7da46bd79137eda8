//! Writes the variants of one round, each saved as soon as it is finished: a round that was
//! interrupted goes on with the missing ones alone.

use std::sync::Arc;

use domain::{Action, CarouselId, MemberId, Stage, State, Strategy, Variant, VariantId};
use serde::{Deserialize, Serialize};
use store::Tx;
use tokio::runtime::Handle;
use tokio::task::JoinSet;
use writer::{Draft, StageBrief, WriteError};

use crate::error::StudioError;
use crate::events::Event;
use crate::jobs::failure::JobError;
use crate::operations::{CarouselInWork, rank};
use crate::studio::{Actor, Studio};

pub(crate) const NAME: &str = "generate_round";
pub(crate) const LANE: &str = "generate";
/// Attempts before the stage is given up and said to have failed.
pub(crate) const ATTEMPTS: u32 = 4;

/// A round to be written, by ids alone.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct GenerateRound {
    pub(crate) carousel: CarouselId,
    pub(crate) stage: Stage,
    pub(crate) round: u32,
    /// Who caused it.
    pub(crate) member: MemberId,
}

/// Where in its round a draft is kept.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Place {
    /// At its strategy's: a round that is written again after a crash can't have it twice.
    OfStrategy,
    /// After all others, under this id; and only while the round waits for a choice.
    Beside(VariantId),
}

/// A round in work: all that its variants are written and judged by.
pub(crate) struct Round {
    pub(crate) job: GenerateRound,
    pub(crate) actor: Actor,
    pub(crate) work: CarouselInWork,
    pub(crate) brief: Arc<StageBrief>,
}

impl Studio {
    pub(crate) async fn generate_round(&self, actor: Actor, job: GenerateRound) -> Result<(), JobError> {
        let Some((round, finished)) = self.open_round(actor, job).await? else {
            return Ok(()); // the carousel has moved on: an earlier attempt did it all
        };
        let missing: Vec<Strategy> = job
            .stage
            .strategies()
            .iter()
            .copied()
            .filter(|strategy| finished.iter().all(|variant| variant.strategy != *strategy))
            .collect();
        let event = Event::Stage { stage: job.stage, round: job.round, wanted: missing.len() };
        self.events.send(job.carousel, event);
        match self.write_all(&round, &missing).await {
            Ok(()) => self.finish_round(&round).await,
            Err(JobError::Fail(reason)) => {
                let mut tx = self.store.write(actor.workspace).await?;
                self.fail_generation(&mut tx, actor, job, reason, false).await?;
                tx.commit().await?;
                Ok(self.announce_stored(actor.workspace, job.carousel).await?)
            }
            Err(retry) => Err(retry),
        }
    }

    /// Writes what is missing, all at the same time.
    async fn write_all(&self, round: &Round, missing: &[Strategy]) -> Result<(), JobError> {
        let mut drafts = JoinSet::new();
        for &strategy in missing {
            let drafting = self.drafting(round, strategy);
            drafts.spawn_blocking(move || (strategy, drafting()));
        }
        let mut failed = None;
        while let Some(finished) = drafts.join_next().await {
            let (strategy, draft) = finished.map_err(|panic| JobError::broke(&panic))?;
            match draft {
                Ok(draft) => self.save_draft(round, strategy, draft, Place::OfStrategy).await?,
                Err(error) => failed = Some(error),
            }
        }
        failed.map_or(Ok(()), |error: WriteError| Err(JobError::from(error)))
    }

    pub(crate) async fn write_draft(&self, round: &Round, strategy: Strategy) -> Result<Draft, JobError> {
        let drafted = tokio::task::spawn_blocking(self.drafting(round, strategy)).await;
        Ok(drafted.map_err(|panic| JobError::broke(&panic))??)
    }

    /// The writing of one draft. A writer may compute for long, so it is for a thread that no
    /// page waits for.
    fn drafting(
        &self,
        round: &Round,
        strategy: Strategy,
    ) -> impl FnOnce() -> Result<Draft, WriteError> + Send + 'static {
        let (writer, brief, threads) = (self.writer.clone(), round.brief.clone(), Handle::current());
        move || threads.block_on(writer.write(&brief, strategy))
    }

    pub(crate) async fn save_draft(
        &self,
        round: &Round,
        strategy: Strategy,
        draft: Draft,
        place: Place,
    ) -> Result<(), JobError> {
        for note in &draft.notes {
            self.events.send(round.job.carousel, Event::Note(note.clone()));
        }
        let score = self.judge(round.actor, &round.work, &draft.content).await?;
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

    /// The round is written: a person chooses, or the autopilot does.
    async fn finish_round(&self, round: &Round) -> Result<(), JobError> {
        self.mark_similar(round).await?;
        let mut tx = self.store.write(round.actor.workspace).await?;
        let mut carousel = store::carousels::get(&mut tx, round.job.carousel).await?;
        self.transition(&mut tx, round.actor, &mut carousel, &Action::FinishRound).await?;
        if carousel.brief.autopilot {
            let GenerateRound { carousel: id, stage, round: n, .. } = round.job;
            let mut variants = store::variants::of_round(&mut tx, id, stage, n).await?;
            rank(&mut variants);
            let floor = store::workspaces::get(&mut tx).await?.settings.autopilot_floor;
            if let Some(best) = variants.first().filter(|best| best.score.total >= floor) {
                self.approve_in(&mut tx, round.actor, &mut carousel, best.id, None).await?;
            }
        }
        tx.commit().await?;
        self.announce(&carousel);
        Ok(())
    }

    /// The round can't be written; the person is told why.
    pub(crate) async fn fail_generation(
        &self,
        tx: &mut Tx,
        actor: Actor,
        job: GenerateRound,
        reason: String,
        retryable: bool,
    ) -> Result<(), StudioError> {
        let mut carousel = store::carousels::get(tx, job.carousel).await?;
        if carousel.progress.state != (State::Generating { stage: job.stage, round: job.round }) {
            return Ok(()); // it has moved on, so this failure is of no account
        }
        self.transition(tx, actor, &mut carousel, &Action::FailRound { reason, retryable }).await
    }

    /// The round as it is stored, with its finished variants; `None` once the carousel has moved on.
    async fn open_round(
        &self,
        actor: Actor,
        job: GenerateRound,
    ) -> Result<Option<(Round, Vec<Variant>)>, JobError> {
        let mut tx = self.store.read(actor.workspace).await?;
        let work = CarouselInWork::load(&mut tx, job.carousel).await?;
        let expected = State::Generating { stage: job.stage, round: job.round };
        if work.carousel.progress.state != expected {
            return Ok(None);
        }
        let finished = store::variants::of_round(&mut tx, job.carousel, job.stage, job.round).await?;
        let earlier = store::variants::of_stage(&mut tx, job.carousel, job.stage).await?;
        let rejections = store::rejections::of_carousel(&mut tx, job.carousel).await?;
        drop(tx);
        let avoid = earlier.into_iter().filter(|variant| variant.round < job.round);
        let brief = self
            .stage_brief(
                actor.workspace,
                &work,
                job,
                rejections,
                avoid.map(|variant| variant.content).collect(),
            )
            .await?;
        Ok(Some((Round { job, actor, work, brief: Arc::new(brief) }, finished)))
    }
}
