//! One attempt: let in, reserved, sent, settled. Whatever happens in between, its cost is in the ledger.

use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use domain::MicroUsd;
use futures::FutureExt;
use futures::future::BoxFuture;
use uuid::Uuid;

use crate::answer::Attempt;
use crate::call::{Purpose, Tier};
use crate::core::Core;
use crate::error::Reason;
use crate::flow::breaker::{Breakers, Health};
use crate::flow::gate::Full;
use crate::flow::stop::{Stop, Stopped};
use crate::money::{Price, Usage};
use crate::purse::{Basis, Claim, Heard, LedgerRow, Outcome, Payer, Refusal};
use crate::wire::chat::Report;
use crate::wire::failure::{Failure, FailureKind};

/// How often a row is tried to be written; afterwards its reservation stays, and counts as spent.
const SETTLE_TRIES: u32 = 4;
const SETTLE_PAUSE: Duration = Duration::from_millis(50);
/// The one name in the breaker of the key.
const KEY: &str = "key";

/// What is known of an answer so far; the exchange fills it in as it goes, so that it outlives a timeout.
pub(crate) type SharedReport = Arc<Mutex<Report>>;

/// An attempt that is to be made.
#[derive(Clone, Debug)]
pub(crate) struct Order {
    pub(crate) call: Uuid,
    pub(crate) purpose: Purpose,
    pub(crate) tier: Option<Tier>,
    pub(crate) payer: Payer,
    pub(crate) model: String,
    pub(crate) worst: MicroUsd,
    /// Of the tokens, floor included; `None` where tokens say nothing of the cost, as with images.
    pub(crate) price: Option<Price>,
    pub(crate) searches: u64,
    pub(crate) timeout: Duration,
}

/// An attempt that was made: what came of it, and its row.
pub(crate) type Made<T> = (Result<T, Failure>, Attempt);

/// The place of a call that a breaker let through; however it ends, the breaker hears of it.
struct Trial<'a> {
    breakers: &'a Breakers,
    name: &'a str,
    core: &'a Core,
    health: Health,
}

impl Drop for Trial<'_> {
    fn drop(&mut self) {
        self.breakers.ended(self.name, self.health, self.core.surroundings.elapsed());
    }
}

impl Core {
    /// Makes the attempt, or says why nothing was sent.
    ///
    /// The model's breaker has let it through. `exchange` sends and reads.
    pub(crate) async fn attempt<'a, T>(
        &'a self,
        order: &'a Order,
        stop: &Stop,
        exchange: impl FnOnce(SharedReport) -> BoxFuture<'a, Result<T, Failure>>,
    ) -> Result<Made<T>, Reason> {
        let mut model = self.trial(&self.breakers, &order.model);
        let mut key = self.key_trial()?;
        let place =
            stop.or(self.gate.enter(order.payer.workspace)).await.map_err(|end| self.ended(end, stop))?;
        let _place = place.map_err(|Full| Reason::Busy)?;
        self.wait_for_the_rate(stop).await?;
        let claim = self.claim(order);
        self.purse.reserve(&claim).await.map_err(|refusal| match refusal {
            Refusal::OverBudget(over) => Reason::OverBudget(over),
            Refusal::Broken(broken) => Reason::Purse(broken),
        })?;
        if let Some(end) = stop.stopped() {
            self.release(&claim).await;
            return Err(self.ended(end, stop));
        }
        let begun = self.surroundings.elapsed();
        let report = SharedReport::default();
        let result = in_time(order.timeout, stop, exchange(report.clone())).await;
        let report = report.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let latency = self.surroundings.elapsed().saturating_sub(begun);
        let row = self.row(order, &claim, &report, result.as_ref().err(), latency);
        let failure = result.as_ref().err();
        let raw = failure.and_then(|failure| failure.raw.clone()).or(report.raw);
        let attempt = Attempt { row, raw, problem: failure.map(|failure| failure.message.clone()) };
        self.settle(&attempt).await;
        model.health = self.health(&result);
        key.health = key_health(&result);
        self.learn_of_the_key(result.as_ref().err());
        Ok((result, attempt))
    }

    fn trial<'a>(&'a self, breakers: &'a Breakers, name: &'a str) -> Trial<'a> {
        Trial { breakers, name, core: self, health: Health::Unknown }
    }

    /// A key that was refused a moment ago is refused at once.
    fn key_trial(&self) -> Result<Trial<'_>, Reason> {
        if self.key.let_through(KEY, self.surroundings.elapsed()) {
            return Ok(self.trial(&self.key, KEY));
        }
        let trouble = self.key_trouble.lock().unwrap_or_else(PoisonError::into_inner).clone();
        Err(trouble.unwrap_or_else(|| Reason::Unauthorised { said: "the key was refused before".to_owned() }))
    }

    fn learn_of_the_key(&self, failure: Option<&Failure>) {
        let Some(failure) = failure else { return };
        if matches!(failure.kind, FailureKind::Unauthorised | FailureKind::NoCredits) {
            *self.key_trouble.lock().unwrap_or_else(PoisonError::into_inner) = Some(Reason::of(failure));
        }
        if failure.kind == FailureKind::RateLimited && failure.of_the_key {
            let wait = failure.retry_after.unwrap_or(self.settings.backoff.first);
            self.rate.close_until(self.surroundings.elapsed() + wait);
        }
    }

    fn ended(&self, end: Stopped, stop: &Stop) -> Reason {
        Reason::stopped(end, stop.deadline())
    }

    async fn wait_for_the_rate(&self, stop: &Stop) -> Result<(), Reason> {
        let wait = self.rate.take(self.surroundings.elapsed());
        if wait.is_zero() {
            return Ok(());
        }
        if wait > stop.left() {
            let said = "the key's rate is used up".to_owned();
            return Err(Reason::Unavailable { said, retry_after: Some(wait) });
        }
        stop.or(tokio::time::sleep(wait)).await.map_err(|end| self.ended(end, stop))
    }

    fn claim(&self, order: &Order) -> Claim {
        Claim {
            attempt: self.surroundings.id(),
            call: order.call,
            payer: order.payer.clone(),
            purpose: order.purpose,
            tier: order.tier,
            model: order.model.clone(),
            worst: order.worst,
            at: self.surroundings.now(),
        }
    }

    async fn release(&self, claim: &Claim) {
        if let Err(error) = self.purse.release(claim).await {
            tracing::error!(attempt = %claim.attempt, %error, "a reservation could not be given back");
        }
    }

    /// The same row again changes nothing, so it is tried again where the accounts don't answer.
    async fn settle(&self, made: &Attempt) {
        let row = &made.row;
        let heard = Heard { raw: made.raw.as_deref(), problem: made.problem.as_deref() };
        tracing::info!(
            model = row.model_asked, outcome = %row.outcome, status = row.status, cost = %row.cost,
            latency_ms = row.latency_ms, purpose = %row.purpose, "model call"
        );
        for attempt in 1..=SETTLE_TRIES {
            let Err(error) = self.purse.settle(row, heard).await else { return };
            tracing::error!(attempt = %row.attempt, cost = %row.cost, %error, "a cost could not be written");
            if attempt < SETTLE_TRIES {
                tokio::time::sleep(SETTLE_PAUSE * attempt).await;
            }
        }
    }

    fn row(
        &self,
        order: &Order,
        claim: &Claim,
        report: &Report,
        failure: Option<&Failure>,
        latency: Duration,
    ) -> LedgerRow {
        let (cost, basis) = cost(order, report.usage, failure);
        let usage = report.usage.unwrap_or_default();
        let reference = self.reference(order);
        LedgerRow {
            attempt: claim.attempt,
            call: order.call,
            workspace: order.payer.workspace,
            carousel: order.payer.carousel,
            at: claim.at,
            purpose: order.purpose,
            tier: order.tier,
            connection: self.http.connection().name.clone(),
            model_asked: order.model.clone(),
            model_used: report.model.clone(),
            provider: report.provider.clone(),
            tokens_in: usage.input,
            tokens_out: usage.output,
            tokens_cached: usage.cached,
            tokens_cache_written: usage.cache_written,
            tokens_reasoning: usage.reasoning,
            cost,
            basis,
            reserved: claim.worst,
            reference_cost: reference
                .as_ref()
                .filter(|_| !usage.is_empty())
                .map(|(_, price)| price.cost(&usage, order.searches)),
            reference_model: reference.map(|(model, _)| model),
            latency_ms: u64::try_from(latency.as_millis()).unwrap_or(u64::MAX),
            outcome: failure.map_or(Outcome::Answered, Failure::outcome),
            status: report.status,
            generation_id: report.generation_id.clone(),
        }
    }

    /// A model that answers wrongly is not ill; but when it answers, it is well.
    fn health<T>(&self, result: &Result<T, Failure>) -> Health {
        match result {
            Ok(_) => Health::Good,
            Err(failure) if failure.is_of_health() => Health::Bad,
            Err(failure) if matches!(failure.kind, FailureKind::Invalid | FailureKind::CutShort) => {
                Health::Good
            }
            Err(_) => Health::Unknown,
        }
    }
}

fn key_health<T>(result: &Result<T, Failure>) -> Health {
    match result {
        Ok(_) => Health::Good,
        Err(failure) => match failure.kind {
            FailureKind::Unauthorised | FailureKind::NoCredits => Health::Bad,
            FailureKind::Invalid | FailureKind::CutShort => Health::Good,
            _ => Health::Unknown,
        },
    }
}

/// The exchange, unless its time or the call's end comes first; a panic in it is a failure of it.
async fn in_time<T>(
    timeout: Duration,
    stop: &Stop,
    exchange: BoxFuture<'_, Result<T, Failure>>,
) -> Result<T, Failure> {
    let guarded = AssertUnwindSafe(exchange).catch_unwind();
    match stop.or(tokio::time::timeout(timeout, guarded)).await {
        Ok(Ok(Ok(result))) => result,
        Ok(Ok(Err(_))) => Err(Failure::new(FailureKind::Broken, "the answer could not be read")),
        Ok(Err(_)) => {
            let seconds = timeout.as_secs_f32();
            Err(Failure::new(FailureKind::TimedOut, format!("no answer within {seconds} seconds")))
        }
        Err(Stopped::Deadline) => {
            Err(Failure::new(FailureKind::TimedOut, "no answer before the call's deadline"))
        }
        Err(Stopped::Cancelled) => Err(Failure::new(FailureKind::Cancelled, "the call was cancelled")),
    }
}

/// What an attempt cost, and how that is known. Free is believed only where nothing was produced.
fn cost(order: &Order, usage: Option<Usage>, failure: Option<&Failure>) -> (MicroUsd, Basis) {
    let usage = usage.unwrap_or_default();
    if let Some(cost) = usage.cost.filter(|cost| *cost > MicroUsd::ZERO) {
        return (cost, Basis::Reported);
    }
    if failure.is_some_and(|failure| !failure.began) {
        return (MicroUsd::ZERO, Basis::NotBilled);
    }
    // Answers that failed before their first token are not billed, and the provider says so.
    if failure.is_some_and(|failure| failure.raw.is_none()) && usage.cost.is_some() && usage.output == 0 {
        return (MicroUsd::ZERO, Basis::Reported);
    }
    match &order.price {
        Some(price) if !usage.is_empty() => (price.cost(&usage, order.searches), Basis::Estimated),
        _ => (order.worst, Basis::WorstCase),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use domain::{MicroUsd, WorkspaceId};
    use uuid::Uuid;

    use super::{Basis, Failure, FailureKind, Order, Payer, Price, Purpose, Usage, cost};

    fn order() -> Order {
        Order {
            call: Uuid::nil(),
            purpose: Purpose::Copy,
            tier: None,
            payer: Payer::new(WorkspaceId(Uuid::nil()), None),
            model: "m".to_owned(),
            worst: MicroUsd(9_000),
            price: Some(Price::per_million(1, 5)),
            searches: 0,
            timeout: Duration::ZERO,
        }
    }

    #[test]
    fn a_cost_is_reported_or_estimated_and_else_the_worst_case() {
        let counted = |cost: Option<i64>| Usage {
            input: 100,
            output: 10,
            cost: cost.map(MicroUsd),
            ..Usage::default()
        };
        let failed = |kind| Some(Failure::new(kind, ""));
        let of = |usage, failure: Option<Failure>| cost(&order(), usage, failure.as_ref());
        assert_eq!(of(Some(counted(Some(77))), None), (MicroUsd(77), Basis::Reported));
        assert_eq!(of(Some(counted(None)), None), (MicroUsd(150), Basis::Estimated));
        assert_eq!(of(Some(counted(Some(0))), None), (MicroUsd(150), Basis::Estimated), "nothing is free");
        assert_eq!(of(None, None), (MicroUsd(9_000), Basis::WorstCase));
        assert_eq!(of(Some(Usage::default()), None), (MicroUsd(9_000), Basis::WorstCase));
        assert_eq!(of(None, failed(FailureKind::Unauthorised)), (MicroUsd(0), Basis::NotBilled));
        assert_eq!(of(None, failed(FailureKind::TimedOut)), (MicroUsd(9_000), Basis::WorstCase));
        assert_eq!(of(None, failed(FailureKind::Cancelled)), (MicroUsd(9_000), Basis::WorstCase));
        let midway = Failure::new(FailureKind::Server, "").midway(Some("half".to_owned()));
        assert_eq!(of(None, Some(midway.clone())), (MicroUsd(9_000), Basis::WorstCase));
        assert_eq!(of(Some(counted(None)), Some(midway)), (MicroUsd(150), Basis::Estimated));
        let nothing = Usage { input: 100, cost: Some(MicroUsd(0)), ..Usage::default() };
        let begun = Failure::new(FailureKind::Server, "").midway(None);
        assert_eq!(of(Some(nothing), Some(begun)), (MicroUsd(0), Basis::Reported));
        let imageless = Order { price: None, ..order() };
        assert_eq!(cost(&imageless, Some(counted(None)), None), (MicroUsd(9_000), Basis::WorstCase));
    }
}
