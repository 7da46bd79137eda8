//! The one way a carousel changes its state: checked, stored, audited, and where the new
//! state asks for work, the job queued, all on the caller's transaction.

use domain::{Action, Carousel, CarouselId, State, WorkspaceId};
use serde::Serialize;
use store::Tx;
use store::audit;
use store::jobs::{self, NewJob};

use crate::error::StudioError;
use crate::events::Event;
use crate::jobs::generate_round::{self, GenerateRound};
use crate::studio::{Actor, Studio};

impl Studio {
    /// Applies an action to `carousel` and leaves it as it is stored now.
    pub(crate) async fn transition(
        &self,
        tx: &mut Tx,
        actor: Actor,
        carousel: &mut Carousel,
        action: &Action,
    ) -> Result<(), StudioError> {
        self.transition_as(tx, actor, carousel, action, action_name(action)).await
    }

    /// The same under another name in the record.
    pub(crate) async fn transition_as(
        &self,
        tx: &mut Tx,
        actor: Actor,
        carousel: &mut Carousel,
        action: &Action,
        what: &str,
    ) -> Result<(), StudioError> {
        let now = self.surroundings.now();
        let before = carousel.progress.clone();
        let after = before
            .apply(action)
            .map_err(|refusal| StudioError::Conflict { refusal, state: before.state.name() })?;
        // Taking the files out changes nothing that somebody may be changing at the same time.
        let changed_at = if *action == Action::Export { carousel.updated_at } else { now };
        store::carousels::update_progress(tx, carousel.id, &before, &after, changed_at).await?;
        let entry = audit::Entry {
            carousel: Some(carousel.id),
            who: Some(actor.member),
            what: what.to_owned(),
            when: now,
            from: Some(described(&before.state)),
            to: Some(described(&after.state)),
        };
        audit::record(tx, &entry).await?;
        if let State::Generating { stage, round } = after.state {
            let payload = GenerateRound { carousel: carousel.id, stage, round, member: actor.member };
            self.enqueue(tx, generate_round::NAME, carousel.id, &payload).await?;
        }
        carousel.progress = after;
        carousel.updated_at = changed_at;
        Ok(())
    }

    /// Queues a job of the writers' lane.
    pub(crate) async fn enqueue(
        &self,
        tx: &mut Tx,
        name: &str,
        carousel: CarouselId,
        payload: &impl Serialize,
    ) -> Result<(), StudioError> {
        let job = NewJob {
            id: self.surroundings.job_id(),
            lane: generate_round::LANE.to_owned(),
            name: name.to_owned(),
            payload: serde_json::to_value(payload).map_err(|error| StudioError::internal(&error))?,
            run_at: self.surroundings.now(),
            max_attempts: generate_round::ATTEMPTS,
            dedupe_key: None,
            carousel: Some(carousel),
        };
        jobs::enqueue(tx, &job).await?;
        Ok(())
    }

    /// Notes what a member did that is no change of state.
    pub(crate) async fn record(
        &self,
        tx: &mut Tx,
        actor: Actor,
        carousel: CarouselId,
        what: &str,
    ) -> Result<(), StudioError> {
        let entry = audit::Entry {
            carousel: Some(carousel),
            who: Some(actor.member),
            what: what.to_owned(),
            when: self.surroundings.now(),
            from: None,
            to: None,
        };
        Ok(audit::record(tx, &entry).await?)
    }

    /// Keeps the mean score of what is approved, after that has changed.
    pub(crate) async fn rescore(&self, tx: &mut Tx, carousel: CarouselId) -> Result<(), StudioError> {
        let approved = store::variants::approved(tx, carousel).await?;
        let sum: f64 = approved.iter().map(|variant| variant.score.total).sum();
        let mean = (!approved.is_empty()).then(|| sum / approved.len() as f64);
        Ok(store::carousels::set_score(tx, carousel, mean).await?)
    }

    /// [`Self::announce`], of a carousel as it is stored.
    pub(crate) async fn announce_stored(
        &self,
        workspace: WorkspaceId,
        id: CarouselId,
    ) -> Result<(), StudioError> {
        let carousel = store::carousels::get(&mut self.store.read(workspace).await?, id).await?;
        self.announce(&carousel);
        Ok(())
    }

    /// Tells whoever listens how a carousel is now, and the worker where there is work; after
    /// the commit.
    pub(crate) fn announce(&self, carousel: &Carousel) {
        self.events.send(carousel.id, Event::State(carousel.progress.state.clone()));
        if matches!(carousel.progress.state, State::Generating { .. }) {
            self.queued.notify_one();
        }
    }
}

/// The name under which an action stands in the audit.
fn action_name(action: &Action) -> &'static str {
    match action {
        Action::Start => "start",
        Action::FinishRound => "finish_round",
        Action::FailRound { .. } => "fail_round",
        Action::Retry => "retry",
        Action::Approve => "approve",
        Action::Reject => "reject",
        Action::Reopen { .. } => "reopen",
        Action::Revise { .. } => "revise",
        Action::Export => "export",
        Action::Schedule => "schedule",
        Action::Unschedule => "unschedule",
        Action::BeginPublishing => "begin_publishing",
        Action::PublicationSucceeded => "publication_succeeded",
        Action::PublicationFailed => "publication_failed",
    }
}

/// A state with its stage and round: `generating copy 2`.
fn described(state: &State) -> String {
    match state {
        State::Generating { stage, round }
        | State::AwaitingApproval { stage, round }
        | State::Failed { stage, round, .. } => format!("{} {stage} {round}", state.name()),
        _ => state.name().to_owned(),
    }
}
