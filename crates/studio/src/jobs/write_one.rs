//! Writes one more candidate into a round that waits for a choice.

use std::sync::Arc;

use domain::{CarouselId, MemberId, Stage, State, Strategy, VariantId};
use serde::{Deserialize, Serialize};

use super::candidate::Place;
use super::failure::JobError;
use super::generate_round::{GenerateRound, Round};
use crate::events::Event;
use crate::operations::CarouselInWork;
use crate::studio::{Actor, Studio};

pub(crate) const NAME: &str = "write_one";

/// A candidate to be written, by ids alone.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct WriteOne {
    pub(crate) carousel: CarouselId,
    pub(crate) stage: Stage,
    pub(crate) round: u32,
    pub(crate) strategy: Strategy,
    /// Who asked for it.
    pub(crate) member: MemberId,
    /// The id that it will have, so that a repeated attempt sees that it is there.
    pub(crate) variant: VariantId,
}

impl Studio {
    pub(crate) async fn write_one(&self, actor: Actor, job: WriteOne) -> Result<(), JobError> {
        let Some(round) = self.round_of(actor, job).await? else { return Ok(()) };
        let best = self.write_best(&round, job.strategy).await?;
        if round.brief.avoid.contains(&best.draft.content) {
            self.events.send(job.carousel, Event::Note(NOTHING_ELSE.to_owned()));
            return Ok(());
        }
        self.save_candidate(&round, job.strategy, best, Place::Beside(job.variant)).await?;
        self.mark_similar(&round).await
    }

    /// The round as it is stored; `None` where it is closed, or the candidate is there already.
    async fn round_of(&self, actor: Actor, job: WriteOne) -> Result<Option<Round>, JobError> {
        let WriteOne { carousel, stage, round, member, .. } = job;
        let mut tx = self.store.read(actor.workspace).await?;
        let work = CarouselInWork::load(&mut tx, carousel).await?;
        let written = store::variants::of_stage(&mut tx, carousel, stage).await?;
        let is_there = written.iter().any(|variant| variant.id == job.variant);
        if work.carousel.progress.state != (State::AwaitingApproval { stage, round }) || is_there {
            return Ok(None);
        }
        let rejections = store::rejections::of_carousel(&mut tx, carousel).await?;
        drop(tx);
        let alike = written.iter().filter(|one| one.round == round && one.strategy == job.strategy).count();
        let avoid = written.into_iter().map(|variant| variant.content).collect();
        let job = GenerateRound { carousel, stage, round, member };
        let mut brief = self.stage_brief(actor.workspace, &work, job, rejections, avoid).await?;
        // To a writer it is another round: the one before is there, and is to be avoided.
        brief.round = round.saturating_add(u32::try_from(alike).unwrap_or_default());
        Ok(Some(Round { job, actor, work, brief: Arc::new(brief) }))
    }
}

const NOTHING_ELSE: &str = "the writer found nothing else to say under this strategy; edit the variant, or reject the round with feedback";
