//! The gateway's purse: each attempt is reserved, settled or released in the store's accounts.

use domain::{CarouselId, Mode, WorkspaceId};
use futures::FutureExt;
use futures::future::BoxFuture;
use llm::{Claim, Heard, LedgerRow, OverBudget, Purse, PurseBroken, Refusal};
use store::money::answers::{self, RawAnswer};
use store::money::{self, Entry, OverLimit, Reservation, Reserved, Scope};
use store::{Store, StoreError};

use super::period::period;
use super::sane;

/// Who is named when a limit is reached: the same right as for all settings.
const RAISED_BY: &str = "an owner of the workspace";

/// The accounts of all workspaces.
#[derive(Debug)]
pub(crate) struct StudioPurse {
    store: Store,
}

/// What the accounts keep with an attempt besides what the gateway knows of it.
struct Situation {
    mode: Option<Mode>,
    time_zone: String,
}

impl StudioPurse {
    pub(crate) fn new(store: Store) -> Self {
        Self { store }
    }

    async fn situation(
        &self,
        workspace: WorkspaceId,
        carousel: Option<CarouselId>,
    ) -> Result<Situation, StoreError> {
        let mut tx = self.store.read(workspace).await?;
        let time_zone = store::workspaces::get(&mut tx).await?.settings.time_zone;
        let mode = match carousel {
            Some(carousel) => mode(store::carousels::get(&mut tx, carousel).await)?,
            None => None,
        };
        Ok(Situation { mode, time_zone })
    }

    async fn take(&self, claim: &Claim) -> Result<Reserved, StoreError> {
        let payer = &claim.payer;
        let situation = self.situation(payer.workspace, payer.carousel).await?;
        let reservation = Reservation {
            attempt: claim.attempt,
            call: claim.call,
            carousel: payer.carousel,
            period: period(claim.at, &situation.time_zone),
            purpose: claim.purpose.name().to_owned(),
            mode: situation.mode.map(|mode| mode.name().to_owned()),
            tier: claim.tier.map(|tier| tier.name().to_owned()),
            model: claim.model.clone(),
            worst: sane(claim.worst),
            at: claim.at,
        };
        let mut tx = self.store.write_durable(payer.workspace).await?;
        let reserved = money::reserve(&mut tx, &reservation).await?;
        tx.commit().await?;
        Ok(reserved)
    }

    async fn book(&self, row: &LedgerRow) -> Result<(), StoreError> {
        let entry = entry(row, &self.situation(row.workspace, row.carousel).await?);
        let mut tx = self.store.write_durable(row.workspace).await?;
        money::settle(&mut tx, &entry).await?;
        tx.commit().await
    }

    /// Apart from the money, which counts whether or not this can be kept.
    async fn keep(&self, row: &LedgerRow, heard: Heard<'_>) -> Result<(), StoreError> {
        let answer = RawAnswer {
            attempt: row.attempt,
            carousel: row.carousel,
            raw: heard.raw.map(str::to_owned),
            problem: heard.problem.map(str::to_owned),
            at: row.at,
        };
        let mut tx = self.store.write(row.workspace).await?;
        answers::keep(&mut tx, &answer).await?;
        tx.commit().await
    }

    async fn give_back(&self, claim: &Claim) -> Result<(), StoreError> {
        let mut tx = self.store.write_durable(claim.payer.workspace).await?;
        money::release(&mut tx, claim.attempt).await?;
        tx.commit().await
    }
}

/// A carousel that was deleted meanwhile has none; its attempts count all the same.
fn mode(carousel: Result<domain::Carousel, StoreError>) -> Result<Option<Mode>, StoreError> {
    match carousel {
        Ok(carousel) => Ok(Some(carousel.brief.mode)),
        Err(StoreError::NotFound { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

fn entry(row: &LedgerRow, situation: &Situation) -> Entry {
    let count = |tokens: u64| u32::try_from(tokens).unwrap_or(u32::MAX);
    Entry {
        attempt: row.attempt,
        call: row.call,
        carousel: row.carousel,
        at: row.at,
        period: period(row.at, &situation.time_zone),
        purpose: row.purpose.name().to_owned(),
        mode: situation.mode.map(|mode| mode.name().to_owned()),
        tier: row.tier.map(|tier| tier.name().to_owned()),
        connection: row.connection.clone(),
        model_asked: row.model_asked.clone(),
        model_used: row.model_used.clone(),
        provider: row.provider.clone(),
        tokens_in: count(row.tokens_in),
        tokens_out: count(row.tokens_out),
        tokens_cached: count(row.tokens_cached),
        tokens_cache_written: count(row.tokens_cache_written),
        tokens_reasoning: count(row.tokens_reasoning),
        cost: sane(row.cost),
        basis: row.basis.name().to_owned(),
        reserved: sane(row.reserved),
        reference_cost: row.reference_cost.map(sane),
        reference_model: row.reference_model.clone(),
        latency_ms: count(row.latency_ms),
        outcome: row.outcome.name().to_owned(),
        status: row.status,
        generation_id: row.generation_id.clone(),
    }
}

impl Purse for StudioPurse {
    fn reserve<'a>(&'a self, claim: &'a Claim) -> BoxFuture<'a, Result<(), Refusal>> {
        async move {
            match self.take(claim).await.map_err(|error| broken(&error))? {
                Reserved::Granted => Ok(()),
                Reserved::Refused(over) => Err(over_budget(&over, claim).into()),
            }
        }
        .boxed()
    }

    fn settle<'a>(&'a self, row: &'a LedgerRow, heard: Heard<'a>) -> BoxFuture<'a, Result<(), PurseBroken>> {
        async move {
            self.book(row).await.map_err(|error| broken(&error))?;
            if (heard.raw.is_some() || heard.problem.is_some())
                && let Err(error) = self.keep(row, heard).await
            {
                tracing::warn!(attempt = %row.attempt, %error, "a raw answer could not be kept");
            }
            Ok(())
        }
        .boxed()
    }

    fn release<'a>(&'a self, claim: &'a Claim) -> BoxFuture<'a, Result<(), PurseBroken>> {
        async move { self.give_back(claim).await.map_err(|error| broken(&error)) }.boxed()
    }
}

fn broken(error: &StoreError) -> PurseBroken {
    PurseBroken(error.to_string())
}

fn over_budget(over: &OverLimit, claim: &Claim) -> OverBudget {
    let limit = match over.scope {
        Scope::Carousel => "budget of this carousel",
        Scope::Day => "budget of the day",
        Scope::Month => "budget of the month",
    };
    OverBudget {
        limit: limit.to_owned(),
        of: over.limit,
        left: over.left,
        worst: claim.worst,
        raised_by: RAISED_BY.to_owned(),
    }
}
