//! A call from its first attempt to its last: which model is asked, what goes back to it, and when to give up.

use std::collections::VecDeque;
use std::time::Duration;

use futures::future::BoxFuture;

use crate::answer::Attempt;
use crate::attempt::Made;
use crate::core::Core;
use crate::error::Reason;
use crate::flow::retry::{self, Next, Situation};
use crate::flow::stop::Stop;
use crate::unwrap;
use crate::wire::failure::{Failure, FailureKind};
use crate::wire::request::Repair;

/// What is asked of whichever model: a text, vectors, an image.
pub(crate) trait Question: Sync {
    type Good: Send;

    /// Makes one attempt on this model.
    fn ask<'a>(
        &'a self,
        core: &'a Core,
        model: &'a str,
        repair: Option<Repair>,
        stop: &'a Stop,
    ) -> BoxFuture<'a, Result<Made<Self::Good>, Reason>>;
}

/// A call that goes on.
struct Persisting<'a> {
    core: &'a Core,
    stop: &'a Stop,
    /// In the order in which they are asked.
    models: VecDeque<String>,
    tried: Vec<String>,
    /// On the present model, without an answer.
    failed_here: u32,
    /// On all models.
    timeouts: u32,
    repair: Option<Repair>,
    repaired: bool,
}

impl Core {
    /// Asks until there is an answer, or no sense in asking; the attempts are put down as they are made.
    pub(crate) async fn persist<Q: Question>(
        &self,
        question: &Q,
        models: &[String],
        stop: &Stop,
        attempts: &mut Vec<Attempt>,
    ) -> Result<Q::Good, Reason> {
        let models = models.iter().cloned().collect();
        let mut going = Persisting {
            core: self,
            stop,
            models,
            tried: Vec::new(),
            failed_here: 0,
            timeouts: 0,
            repair: None,
            repaired: false,
        };
        let mut left = self.settings.attempts.max(1);
        let mut failure: Option<Failure> = None;
        loop {
            let model = going.choose(failure.as_ref())?;
            let (result, attempt) = question.ask(self, &model, going.repair.clone(), stop).await?;
            attempts.push(attempt);
            let failed = match result {
                Ok(good) => return Ok(good),
                Err(failed) => failed,
            };
            if let Some(end) = stop.stopped() {
                return Err(Reason::stopped(end, stop.deadline()));
            }
            left -= 1;
            if left == 0 {
                return Err(Reason::of(&failed));
            }
            going.prepare(&failed).await?;
            failure = Some(failed);
        }
    }
}

impl Persisting<'_> {
    /// The first model whose breaker lets a call through; it comes to the front.
    fn choose(&mut self, failure: Option<&Failure>) -> Result<String, Reason> {
        let now = self.core.surroundings.elapsed();
        for _ in 0..self.models.len() {
            let Some(model) = self.models.front().cloned() else { break };
            if self.core.breakers.let_through(&model, now) {
                if !self.tried.contains(&model) {
                    self.tried.push(model.clone());
                }
                return Ok(model);
            }
            self.turn();
        }
        let said = "its models rest after repeated failures".to_owned();
        let retry_after = Some(self.core.settings.resting.rest);
        Err(failure.map_or(Reason::Unavailable { said, retry_after }, Reason::of))
    }

    /// Gets ready for the next attempt, or gives up.
    async fn prepare(&mut self, failure: &Failure) -> Result<(), Reason> {
        self.failed_here += u32::from(!is_of_answer(failure));
        self.timeouts += u32::from(failure.kind == FailureKind::TimedOut);
        let situation = Situation {
            failed_here: self.failed_here,
            timeouts: self.timeouts,
            repaired: self.repaired,
            jitter: self.core.surroundings.jitter(),
        };
        let wait = match retry::next(failure, situation, &self.core.settings.backoff) {
            Next::GiveUp => return Err(Reason::of(failure)),
            Next::Again(wait) => wait,
            Next::Repair => {
                self.repaired = true;
                // An empty answer can't be shown to anybody; the same is asked once more.
                self.repair = repair(failure);
                Duration::ZERO
            }
            Next::Other(wait) => self.other(failure, wait)?,
        };
        if wait >= self.stop.left() {
            return Err(Reason::of(failure));
        }
        let pause = self.stop.or(tokio::time::sleep(wait)).await;
        pause.map_err(|end| Reason::stopped(end, self.stop.deadline()))
    }

    /// Goes on to another model; one that was not asked yet need not be waited for.
    fn other(&mut self, failure: &Failure, wait: Duration) -> Result<Duration, Reason> {
        if is_of_answer(failure) || !retry::may_ask_again(failure) {
            self.models.pop_front();
            self.begin_anew();
        } else {
            self.turn();
        }
        let next = self.models.front().ok_or_else(|| Reason::of(failure))?;
        Ok(if self.tried.contains(next) { wait } else { Duration::ZERO })
    }

    fn turn(&mut self) {
        self.models.rotate_left(1);
        if self.models.len() > 1 {
            self.begin_anew();
        }
    }

    /// What is to be repaired is of the model that wrote it.
    fn begin_anew(&mut self) {
        (self.failed_here, self.repair, self.repaired) = (0, None, false);
    }
}

fn is_of_answer(failure: &Failure) -> bool {
    matches!(failure.kind, FailureKind::Invalid | FailureKind::CutShort)
}

fn repair(failure: &Failure) -> Option<Repair> {
    let answer = unwrap::plain(failure.raw.as_deref()?).to_owned();
    (!answer.is_empty()).then(|| Repair { answer, problems: failure.message.clone() })
}
