//! Runs queued jobs one after another: claim, run with a heartbeat, settle.

use std::time::Duration;

use domain::{Carousel, CarouselId, State};
use store::jobs::{self, AfterFailure, ClaimFilter, Job, Lease};
use store::{Conflict, StoreError, Tx};
use tokio::sync::broadcast::error::RecvError;

use super::failure::JobError;
use super::generate_round::{self, GenerateRound};
use super::write_one::{self, WriteOne};
use crate::error::StudioError;
use crate::events::Event;
use crate::studio::{Actor, Studio};

/// How long a worker holds a job before another may take it; it is renewed at a third.
pub(super) const LEASE: Duration = Duration::from_secs(15);
/// How often a waiting worker looks again.
const POLL: Duration = Duration::from_millis(200);

/// Where work on a carousel ended.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// Nothing more happens without a person.
    Settled(Box<Carousel>),
    /// It was told to stop; what was finished is stored, and the next worker goes on.
    Stopped,
}

impl Studio {
    /// Runs the jobs of one carousel until nothing happens without a person, or `stop` is done.
    ///
    /// # Errors
    /// Where the database can't be used.
    pub async fn work_on(
        &self,
        actor: Actor,
        id: CarouselId,
        worker: &str,
        stop: impl Future<Output = ()>,
    ) -> Result<Outcome, StudioError> {
        tokio::pin!(stop);
        let filter = ClaimFilter { lane: Some(generate_round::LANE), carousel: Some(id) };
        let mut told_of_waiting = false;
        self.settle_abandoned().await?;
        loop {
            let carousel = self.read_carousel(actor, id).await?.carousel;
            if !matches!(carousel.progress.state, State::Generating { .. }) {
                return Ok(Outcome::Settled(Box::new(carousel)));
            }
            let now = self.surroundings.now();
            let claimed = jobs::claim(&self.store, filter, worker, now, LEASE).await?;
            let Some((job, lease)) = claimed else {
                if jobs::next_due(&self.store, filter).await?.is_none() {
                    self.give_up_orphan(actor, &carousel).await?;
                }
                if !std::mem::replace(&mut told_of_waiting, true) {
                    self.events.send(id, Event::Note(WAITING.to_owned()));
                }
                tokio::select! {
                    () = tokio::time::sleep(POLL) => continue,
                    () = &mut stop => return Ok(Outcome::Stopped),
                }
            };
            if self.run_claimed(&job, &lease, &mut stop).await? == Ended::Stopped {
                return Ok(Outcome::Stopped);
            }
        }
    }

    /// Runs a claimed job to its end, or gives it back where `stop` is done before.
    pub(super) async fn run_claimed(
        &self,
        job: &Job,
        lease: &Lease,
        stop: impl Future<Output = ()>,
    ) -> Result<Ended, StudioError> {
        let mut running = tokio::spawn(self.clone().run(job.clone(), *lease));
        let ended = tokio::select! {
            ended = &mut running => ended.unwrap_or_else(|panic| Err(JobError::broke(&panic))),
            () = stop => {
                running.abort();
                // It has let go of the database only when it is gone.
                let _ = running.await;
                // Back at once, so that the next run does not wait for the lease to end.
                self.give_back(job, lease).await?;
                return Ok(Ended::Stopped);
            }
        };
        self.settle(job, lease, ended).await?;
        Ok(Ended::Settled)
    }

    /// Runs a job's body while its lease is renewed.
    async fn run(self, job: Job, lease: Lease) -> Result<(), JobError> {
        let heartbeat = async {
            loop {
                tokio::time::sleep(LEASE / 3).await;
                if let Err(error) = self.renew(&job, &lease).await {
                    break error;
                }
            }
        };
        tokio::select! {
            done = self.body(&job) => done,
            lost = heartbeat => Err(lost.into()),
            () = self.called_off(&job) => Ok(()),
        }
    }

    /// Done when somebody here has stopped the round that a job writes.
    async fn called_off(&self, job: &Job) {
        let mut events = self.events.subscribe();
        loop {
            match events.recv().await {
                Ok((id, Event::State(State::Failed { .. }))) if Some(id) == job.carousel => return,
                Err(RecvError::Closed) => std::future::pending().await,
                Ok(_) | Err(RecvError::Lagged(_)) => {}
            }
        }
    }

    async fn renew(&self, job: &Job, lease: &Lease) -> Result<(), StoreError> {
        let mut tx = self.store.write(job.workspace).await?;
        jobs::heartbeat(&mut tx, lease, self.surroundings.now() + LEASE).await?;
        tx.commit().await
    }

    async fn give_back(&self, job: &Job, lease: &Lease) -> Result<(), StudioError> {
        let mut tx = self.store.write(job.workspace).await?;
        still_ours(jobs::release(&mut tx, lease).await)?;
        Ok(tx.commit().await?)
    }

    async fn body(&self, job: &Job) -> Result<(), JobError> {
        match job.name.as_str() {
            generate_round::NAME => {
                let payload: GenerateRound =
                    serde_json::from_value(job.payload.clone()).map_err(JobError::hopeless)?;
                let actor = Actor::program(job.workspace, payload.member);
                self.generate_round(actor, payload, job.attempts >= job.max_attempts).await
            }
            write_one::NAME => {
                let payload: WriteOne =
                    serde_json::from_value(job.payload.clone()).map_err(JobError::hopeless)?;
                self.write_one(Actor::program(job.workspace, payload.member), payload).await
            }
            unknown => Err(JobError::hopeless(format!("there is no job named {unknown}"))),
        }
    }

    /// Marks a job done, queues its next attempt, or gives it up and says so on its carousel.
    async fn settle(&self, job: &Job, lease: &Lease, ended: Result<(), JobError>) -> Result<(), StudioError> {
        let now = self.surroundings.now();
        let failed = ended.is_err();
        let mut tx = self.store.write(job.workspace).await?;
        match ended {
            Ok(()) => {
                still_ours(jobs::complete(&mut tx, lease, now).await)?;
            }
            Err(JobError::Retry(error)) => {
                tracing::warn!(job = %job.id, attempt = job.attempts, error, "an attempt failed");
                let retry = jobs::Retry { error: &error, jitter: self.surroundings.jitter() };
                if still_ours(jobs::retry(&mut tx, lease, retry, now).await)? == Some(AfterFailure::Dead) {
                    self.give_up(&mut tx, job, error).await?;
                }
            }
            Err(JobError::Fail { reason: error, .. }) => {
                if still_ours(jobs::fail(&mut tx, lease, &error, now).await)?.is_some() {
                    self.give_up(&mut tx, job, error).await?;
                }
            }
        }
        tx.commit().await?;
        if let Some(carousel) = job.carousel.filter(|_| failed) {
            self.announce_stored(job.workspace, carousel).await?;
        }
        Ok(())
    }

    /// The stage of a job that is given up has failed; a person may retry it.
    async fn give_up(&self, tx: &mut Tx, job: &Job, reason: String) -> Result<(), StudioError> {
        if job.name == write_one::NAME {
            if let Some(carousel) = job.carousel {
                self.events.send(carousel, Event::Note(reason));
            }
            return Ok(());
        }
        let Ok(payload) = serde_json::from_value::<GenerateRound>(job.payload.clone()) else {
            return Ok(());
        };
        let actor = Actor::program(job.workspace, payload.member);
        self.fail_generation(tx, actor, payload, reason, true).await
    }

    /// A carousel that generates with no job left was stopped in its job's last attempt.
    pub(super) async fn give_up_orphan(&self, actor: Actor, carousel: &Carousel) -> Result<(), StudioError> {
        let State::Generating { stage, round } = carousel.progress.state else { return Ok(()) };
        let job = GenerateRound { carousel: carousel.id, stage, round, member: actor.member };
        let mut tx = self.store.write(actor.workspace).await?;
        self.fail_generation(&mut tx, actor, job, STOPPED_TOO_OFTEN.to_owned(), true).await?;
        tx.commit().await?;
        self.announce_stored(actor.workspace, carousel.id).await
    }
}

/// How a claimed job left its worker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ended {
    Settled,
    Stopped,
}

/// `None` where the lease was lost meanwhile: another worker has the job, and what it does counts.
fn still_ours<T>(written: Result<T, StoreError>) -> Result<Option<T>, StoreError> {
    match written {
        Err(StoreError::Conflict(Conflict::LeaseLost(_))) => Ok(None),
        other => other.map(Some),
    }
}

const WAITING: &str = "another run holds this carousel, or was killed a moment ago; waiting for it";
const STOPPED_TOO_OFTEN: &str = "the run was stopped several times in the middle of this stage";
