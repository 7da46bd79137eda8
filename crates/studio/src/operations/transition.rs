//! The one way a carousel changes its state: checked, stored, audited, and where the new
//! state asks for work, the job queued, all on the caller's transaction.

use domain::{Action, Carousel, State};
use store::Tx;
use store::audit;
use store::jobs::{self, NewJob};

use crate::error::StudioError;
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
        let now = self.surroundings.now();
        let before = carousel.progress.clone();
        let after = before
            .apply(action)
            .map_err(|refusal| StudioError::Conflict { refusal, state: before.state.name() })?;
        store::carousels::update_progress(tx, carousel.id, &before, &after, now).await?;
        let entry = audit::Entry {
            carousel: Some(carousel.id),
            who: Some(actor.member),
            what: action_name(action).to_owned(),
            when: now,
            from: Some(described(&before.state)),
            to: Some(described(&after.state)),
        };
        audit::record(tx, &entry).await?;
        if let State::Generating { stage, round } = after.state {
            let payload = GenerateRound { carousel: carousel.id, stage, round, member: actor.member };
            let job = NewJob {
                id: self.surroundings.job_id(),
                lane: generate_round::LANE.to_owned(),
                name: generate_round::NAME.to_owned(),
                payload: serde_json::to_value(payload).map_err(|error| StudioError::internal(&error))?,
                run_at: now,
                max_attempts: generate_round::ATTEMPTS,
                dedupe_key: None,
                carousel: Some(carousel.id),
            };
            jobs::enqueue(tx, &job).await?;
        }
        carousel.progress = after;
        carousel.updated_at = now;
        Ok(())
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
