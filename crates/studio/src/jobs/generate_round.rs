//! Writes the variants of one round, each saved as soon as it is finished: a round that was
//! interrupted goes on with the missing ones alone.

use std::sync::Arc;

use domain::{Action, CarouselId, MemberId, Stage, State, Strategy, Variant};
use serde::{Deserialize, Serialize};
use store::{Tx, audit};
use tokio::task::JoinSet;
use writer::StageBrief;

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

/// A round in work: all that its variants are written and judged by.
pub(crate) struct Round {
    pub(crate) job: GenerateRound,
    pub(crate) actor: Actor,
    pub(crate) work: CarouselInWork,
    pub(crate) brief: Arc<StageBrief>,
}

/// A candidate that could not be written.
#[derive(Debug)]
struct Lost {
    strategy: Strategy,
    error: JobError,
}

impl Studio {
    /// Writes what is missing of the round. With `is_last` no later attempt will: what is there then
    /// has to do.
    pub(crate) async fn generate_round(
        &self,
        actor: Actor,
        job: GenerateRound,
        is_last: bool,
    ) -> Result<(), JobError> {
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
        let round = Arc::new(round);
        let lost = self.write_all(&round, &missing).await?;
        let is_empty = finished.len() + missing.len() == lost.len();
        let again = lost.iter().find(|lost| matches!(lost.error, JobError::Retry(_)));
        match again {
            Some(Lost { error, .. }) if !is_last || is_empty => Err(JobError::Retry(error.to_string())),
            _ if is_empty => self.fail_for_good(&round, lost).await,
            _ => self.finish_round(&round, &lost).await,
        }
    }

    /// Writes what is missing, all at the same time; each is saved when it is finished.
    async fn write_all(&self, round: &Arc<Round>, missing: &[Strategy]) -> Result<Vec<Lost>, JobError> {
        let mut writing = JoinSet::new();
        for &strategy in missing {
            let (studio, round) = (self.clone(), Arc::clone(round));
            writing.spawn(async move { (strategy, studio.write_candidate(&round, strategy).await) });
        }
        let mut lost = vec![];
        while let Some(written) = writing.join_next().await {
            let (strategy, written) = written.map_err(|panic| JobError::broke(&panic))?;
            lost.extend(written.err().map(|error| Lost { strategy, error }));
        }
        lost.sort_by_key(|lost| lost.strategy);
        Ok(lost)
    }

    /// Nothing of the round could be written; the person is told why.
    async fn fail_for_good(&self, round: &Round, lost: Vec<Lost>) -> Result<(), JobError> {
        let is_mendable = |lost: &Lost| matches!(lost.error, JobError::Fail { mendable: true, .. });
        let mendable = lost.iter().any(is_mendable);
        let reason = lost.first().map(|lost| lost.error.to_string()).unwrap_or_default();
        let Round { actor, job, .. } = *round;
        let mut tx = self.store.write(actor.workspace).await?;
        self.fail_generation(&mut tx, actor, job, reason, mendable).await?;
        tx.commit().await?;
        Ok(self.announce_stored(actor.workspace, job.carousel).await?)
    }

    /// The round is written: a person chooses, or the autopilot does.
    async fn finish_round(&self, round: &Round, lost: &[Lost]) -> Result<(), JobError> {
        self.mark_similar(round).await?;
        let mut tx = self.store.write(round.actor.workspace).await?;
        for Lost { strategy, error } in lost {
            self.record_lost(&mut tx, round, *strategy, error).await?;
        }
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
        for Lost { strategy, error } in lost {
            let note = format!("the {} `{strategy}` is missing: {error}", round.job.stage);
            self.events.send(round.job.carousel, Event::Note(note));
        }
        self.announce(&carousel);
        Ok(())
    }

    /// Keeps why a candidate is missing, for whoever looks later.
    async fn record_lost(
        &self,
        tx: &mut Tx,
        round: &Round,
        strategy: Strategy,
        error: &JobError,
    ) -> Result<(), StudioError> {
        let entry = audit::Entry {
            carousel: Some(round.job.carousel),
            who: Some(round.actor.member),
            what: "candidate_missing".to_owned(),
            when: self.surroundings.now(),
            from: Some(format!("{} {strategy} {}", round.job.stage, round.job.round)),
            to: Some(error.to_string()),
        };
        Ok(audit::record(tx, &entry).await?)
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
