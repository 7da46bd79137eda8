//! The money that calls may spend: asked before each attempt, told after it. Whoever keeps the accounts implements it.

mod ledger;
mod memory;

use domain::{CarouselId, MicroUsd, WorkspaceId};
use futures::future::BoxFuture;
use thiserror::Error;
use time::OffsetDateTime;
use uuid::Uuid;

pub use ledger::{Basis, LedgerRow, Outcome};
pub use memory::{Limits, MemoryPurse};

use crate::call::{Purpose, Tier};

/// Who pays for a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payer {
    pub workspace: WorkspaceId,
    pub carousel: Option<CarouselId>,
    /// The model whose price savings are measured against; `None` takes the gateway's.
    pub reference_model: Option<String>,
}

impl Payer {
    #[must_use]
    pub fn new(workspace: WorkspaceId, carousel: Option<CarouselId>) -> Self {
        Self { workspace, carousel, reference_model: None }
    }
}

/// What an attempt may cost at most, before it is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Also names the ledger's row, or what is released.
    pub attempt: Uuid,
    pub call: Uuid,
    pub payer: Payer,
    pub purpose: Purpose,
    pub tier: Option<Tier>,
    pub model: String,
    /// Input as estimated, output up to its limit, at the model's price or the floor's.
    pub worst: MicroUsd,
    pub at: OffsetDateTime,
}

/// What came back from an attempt, for people who ask what the model really said.
#[derive(Clone, Copy, Default)]
pub struct Heard<'a> {
    /// What the model wrote, word for word; `None` where it wrote nothing.
    pub raw: Option<&'a str>,
    /// Why it was no answer.
    pub problem: Option<&'a str>,
}

/// Without what the model wrote: it never reaches a log.
impl std::fmt::Debug for Heard<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Heard").field("problem", &self.problem).finish_non_exhaustive()
    }
}

/// Enforces budgets. Every claim that was granted is settled or released once, whatever becomes of the caller:
/// only where the process dies between them does a claim stay open. It counts as spent until somebody
/// settles it.
///
/// All three are called from a task that nobody drops, and each finishes what it began.
pub trait Purse: Send + Sync {
    /// Takes the worst case out of what is left, in the very counter that enforces.
    fn reserve<'a>(&'a self, claim: &'a Claim) -> BoxFuture<'a, Result<(), Refusal>>;

    /// Puts the row into the ledger and its cost in the place of the reservation, both or neither.
    /// The same attempt a second time changes nothing: a settlement that failed is tried again.
    ///
    /// What was heard may be kept with it; that it can't be kept is no reason to fail.
    fn settle<'a>(&'a self, row: &'a LedgerRow, heard: Heard<'a>) -> BoxFuture<'a, Result<(), PurseBroken>>;

    /// Gives the reservation back: nothing was sent.
    fn release<'a>(&'a self, claim: &'a Claim) -> BoxFuture<'a, Result<(), PurseBroken>>;
}

/// Why nothing may be spent.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum Refusal {
    #[error(transparent)]
    OverBudget(#[from] OverBudget),
    #[error(transparent)]
    Broken(#[from] PurseBroken),
}

/// A call that could pass a limit.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error(
    "This call may cost up to {worst}, and of the {limit} of {of} only {left} is left; \
     {raised_by} can raise it, or a cheaper tier or the offline writer can do the work."
)]
pub struct OverBudget {
    /// Which limit: `budget of this carousel`, `budget of the day`.
    pub limit: String,
    /// The limit itself.
    pub of: MicroUsd,
    /// What is neither spent nor reserved of it.
    pub left: MicroUsd,
    /// What the refused attempt might have cost.
    pub worst: MicroUsd,
    /// Who may raise it: `the workspace's owner`.
    pub raised_by: String,
}

/// The accounts can't be reached, so nothing is spent.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("The accounts could not be written ({0}), so nothing is spent; try again when the database answers.")]
pub struct PurseBroken(pub String);
