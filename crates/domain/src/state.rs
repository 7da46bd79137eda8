//! The state machine of a carousel: what may happen when, as pure functions.
//!
//! ```text
//! draft -> generating(stage, round) -> awaiting_approval(stage, round)
//!       -> generating(next stage, its next round) ... -> ready
//! ready -> exported | scheduled -> publishing -> published
//! generating -> failed(stage, round, reason, retryable) -> generating (retry, or reject: the next round)
//! ```

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::stage::Stage;

/// Where a carousel is on its way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum State {
    Draft,
    /// A round of variants is being written.
    Generating {
        stage: Stage,
        round: u32,
    },
    /// The round's variants wait for a person's choice.
    AwaitingApproval {
        stage: Stage,
        round: u32,
    },
    /// The round could not be written; `retryable` where the same request may succeed later.
    Failed {
        stage: Stage,
        round: u32,
        reason: String,
        retryable: bool,
    },
    /// Every stage is approved.
    Ready,
    /// Its files were taken out; nothing is posted.
    Exported,
    Scheduled,
    Publishing,
    Published,
}

impl State {
    /// The name used in JSON, URLs and the database.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Generating { .. } => "generating",
            Self::AwaitingApproval { .. } => "awaiting_approval",
            Self::Failed { .. } => "failed",
            Self::Ready => "ready",
            Self::Exported => "exported",
            Self::Scheduled => "scheduled",
            Self::Publishing => "publishing",
            Self::Published => "published",
        }
    }

    /// The stage that is open, where one is.
    #[must_use]
    pub fn stage(&self) -> Option<Stage> {
        match self {
            Self::Generating { stage, .. }
            | Self::AwaitingApproval { stage, .. }
            | Self::Failed { stage, .. } => Some(*stage),
            _ => None,
        }
    }
}

/// What a person, a job or a publication does to a carousel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Begin with the first stage.
    Start,
    /// The round's variants are all there.
    FinishRound,
    FailRound {
        reason: String,
        retryable: bool,
    },
    /// Write the failed round again.
    Retry,
    /// Choose a variant of the open stage.
    Approve,
    /// Close the round, written or failed; the next one is written with the feedback.
    Reject,
    /// Go back to a stage that was written before.
    Reopen {
        stage: Stage,
    },
    /// Put an edited variant in the place of a finished stage's approved one; later stages stay.
    Revise {
        stage: Stage,
    },
    /// Take the files out.
    Export,
    Schedule,
    Unschedule,
    BeginPublishing,
    PublicationSucceeded,
    PublicationFailed,
}

/// Why an action is not possible now; each says what is, and the mend.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    #[error("this carousel was started already; duplicate it to begin again")]
    AlreadyStarted,
    #[error("this carousel was not started yet; start it first")]
    NotStarted,
    #[error("the variants of this stage are still being written; wait until they are there")]
    StillGenerating,
    #[error("nothing is being written for this carousel")]
    NotGenerating,
    #[error("this stage failed; retry it, or reject the round to have another written")]
    StageFailed,
    #[error("nothing failed, so there is nothing to retry")]
    NotFailed,
    #[error(
        "the same request would fail again; mend what the reason names and reject the round to have another written"
    )]
    NotRetryable,
    #[error("every stage is approved already; reopen a stage to change it")]
    AlreadyApproved,
    #[error("this stage has not been written yet; approve the stages before it")]
    NotWrittenYet,
    #[error("this stage is open already")]
    AlreadyOpen,
    #[error("not every stage is approved yet; approve the rest first")]
    NotReady,
    #[error("this carousel is scheduled; take it off the calendar first")]
    IsScheduled,
    #[error("this carousel is not scheduled")]
    NotScheduled,
    #[error("this carousel is being published; wait for the outcome")]
    IsPublishing,
    #[error("nothing is being published for this carousel")]
    NotPublishing,
    #[error("this carousel is published and stays as it is; duplicate it to make another")]
    AlreadyPublished,
}

/// A carousel's state, with how many rounds each stage has had.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    pub state: State,
    /// The last round of each stage in the order of [`Stage::ALL`]; 0 where none was begun.
    pub rounds: [u32; 6],
}

impl Progress {
    #[must_use]
    pub fn new() -> Self {
        Self { state: State::Draft, rounds: [0; 6] }
    }

    /// The last round of a stage; 0 where none was begun.
    #[must_use]
    pub fn last_round(&self, stage: Stage) -> u32 {
        self.rounds[stage as usize]
    }

    /// The progress after an action, or why it is not possible now.
    ///
    /// # Errors
    /// The named refusal; the progress is unchanged.
    pub fn apply(&self, action: &Action) -> Result<Self, Refusal> {
        let mut next = self.clone();
        next.state = match action {
            Action::Start => match &self.state {
                State::Draft => next.begin_round(Stage::FIRST),
                _ => return Err(Refusal::AlreadyStarted),
            },
            Action::FinishRound => match &self.state {
                State::Generating { stage, round } => {
                    State::AwaitingApproval { stage: *stage, round: *round }
                }
                _ => return Err(Refusal::NotGenerating),
            },
            Action::FailRound { reason, retryable } => match &self.state {
                State::Generating { stage, round } => State::Failed {
                    stage: *stage,
                    round: *round,
                    reason: reason.clone(),
                    retryable: *retryable,
                },
                _ => return Err(Refusal::NotGenerating),
            },
            Action::Retry => match &self.state {
                State::Failed { stage, round, retryable: true, .. } => {
                    State::Generating { stage: *stage, round: *round }
                }
                State::Failed { .. } => return Err(Refusal::NotRetryable),
                _ => return Err(Refusal::NotFailed),
            },
            Action::Approve => match self.open_stage()?.next() {
                Some(stage) => next.begin_round(stage),
                None => State::Ready,
            },
            Action::Reject => match &self.state {
                // With feedback it is another request, and the only way on where the same one
                // would fail again.
                State::Failed { stage, .. } => next.begin_round(*stage),
                _ => next.begin_round(self.open_stage()?),
            },
            Action::Reopen { stage } => self.reopened(*stage)?,
            Action::Revise { .. } => match &self.state {
                // What was taken out is no longer what is there.
                State::Ready | State::Exported => State::Ready,
                State::Scheduled => return Err(Refusal::IsScheduled),
                State::Publishing => return Err(Refusal::IsPublishing),
                State::Published => return Err(Refusal::AlreadyPublished),
                _ => return Err(Refusal::NotReady),
            },
            Action::Export => match &self.state {
                State::Ready | State::Exported => State::Exported,
                // Files of a posted or planned carousel may be taken; nothing changes.
                state @ (State::Scheduled | State::Publishing | State::Published) => state.clone(),
                _ => return Err(Refusal::NotReady),
            },
            Action::Schedule | Action::BeginPublishing | Action::Unschedule => self.planned(action)?,
            Action::PublicationSucceeded | Action::PublicationFailed => match &self.state {
                State::Publishing if *action == Action::PublicationSucceeded => State::Published,
                State::Publishing => State::Ready,
                _ => return Err(Refusal::NotPublishing),
            },
        };
        Ok(next)
    }

    fn begin_round(&mut self, stage: Stage) -> State {
        let round = &mut self.rounds[stage as usize];
        *round = round.saturating_add(1);
        State::Generating { stage, round: *round }
    }

    /// The round that waits for a choice.
    ///
    /// # Errors
    /// Why none does.
    pub fn open_round(&self) -> Result<(Stage, u32), Refusal> {
        self.open_stage().map(|stage| (stage, self.last_round(stage)))
    }

    /// The stage that waits for a choice, or why none does.
    fn open_stage(&self) -> Result<Stage, Refusal> {
        match &self.state {
            State::AwaitingApproval { stage, .. } => Ok(*stage),
            State::Draft => Err(Refusal::NotStarted),
            State::Generating { .. } => Err(Refusal::StillGenerating),
            State::Failed { .. } => Err(Refusal::StageFailed),
            State::Ready | State::Exported => Err(Refusal::AlreadyApproved),
            State::Scheduled => Err(Refusal::IsScheduled),
            State::Publishing => Err(Refusal::IsPublishing),
            State::Published => Err(Refusal::AlreadyPublished),
        }
    }

    fn reopened(&self, stage: Stage) -> Result<State, Refusal> {
        let back_to = |stage| State::AwaitingApproval { stage, round: self.last_round(stage) };
        match &self.state {
            State::Draft => Err(Refusal::NotStarted),
            State::Generating { .. } => Err(Refusal::StillGenerating),
            State::Scheduled => Err(Refusal::IsScheduled),
            State::Publishing => Err(Refusal::IsPublishing),
            State::Published => Err(Refusal::AlreadyPublished),
            State::AwaitingApproval { stage: open, .. } if stage == *open => Err(Refusal::AlreadyOpen),
            State::Failed { stage: open, .. } if stage == *open => Err(Refusal::StageFailed),
            State::AwaitingApproval { stage: open, .. } | State::Failed { stage: open, .. }
                if stage > *open =>
            {
                Err(Refusal::NotWrittenYet)
            }
            _ => Ok(back_to(stage)),
        }
    }

    fn planned(&self, action: &Action) -> Result<State, Refusal> {
        match (&self.state, action) {
            (State::Scheduled, Action::Unschedule) => Ok(State::Ready),
            (State::Publishing, _) => Err(Refusal::IsPublishing),
            (State::Published, _) => Err(Refusal::AlreadyPublished),
            (_, Action::Unschedule) => Err(Refusal::NotScheduled),
            // Scheduling again moves it.
            (State::Ready | State::Exported | State::Scheduled, Action::Schedule) => Ok(State::Scheduled),
            (State::Ready | State::Exported | State::Scheduled, _) => Ok(State::Publishing),
            _ => Err(Refusal::NotReady),
        }
    }
}

impl Default for Progress {
    fn default() -> Self {
        Self::new()
    }
}
