//! Attempts whose process was killed before they were settled: nobody knows what came of them, so
//! they cost their worst case.

use domain::WorkspaceId;
use llm::Basis;
use store::money::{self, Entry, Reservation};
use time::Duration;

use crate::error::StudioError;
use crate::studio::Studio;

/// Longer than any attempt takes: the longest wait for an answer is three minutes, with its settling
/// a little more.
const LONGEST_ATTEMPT: Duration = Duration::minutes(10);
/// How many are read at a time.
const AT_ONCE: u32 = 100;
/// The word for what nobody knows, in the ledger.
const UNKNOWN: &str = "unknown";

impl Studio {
    /// Puts each attempt that died with its process into the ledger, at its worst case; says how many
    /// there were. What may still be under way, in this process or another, is left alone.
    ///
    /// # Errors
    /// Where the database can't be used.
    pub async fn settle_abandoned(&self) -> Result<usize, StudioError> {
        let mut settled = 0;
        loop {
            let before = self.surroundings.now() - LONGEST_ATTEMPT;
            let found = money::open_reservations(&self.store, before, AT_ONCE).await?;
            if found.is_empty() {
                return Ok(settled);
            }
            for (workspace, reservation) in &found {
                self.settle_unknown(*workspace, reservation).await?;
                settled += 1;
            }
        }
    }

    async fn settle_unknown(
        &self,
        workspace: WorkspaceId,
        reservation: &Reservation,
    ) -> Result<(), StudioError> {
        let entry = unknown(reservation);
        let mut tx = self.store.write_durable(workspace).await?;
        money::settle(&mut tx, &entry).await?;
        tx.commit().await?;
        tracing::warn!(
            attempt = %entry.attempt, cost = %entry.cost,
            "a model call died with its process; it counts at its worst case"
        );
        Ok(())
    }
}

fn unknown(reservation: &Reservation) -> Entry {
    let Reservation { attempt, call, carousel, period, purpose, mode, tier, model, worst, at } =
        reservation.clone();
    Entry {
        attempt,
        call,
        carousel,
        at,
        period,
        purpose,
        mode,
        tier,
        connection: UNKNOWN.to_owned(),
        model_asked: model,
        model_used: None,
        provider: None,
        tokens_in: 0,
        tokens_out: 0,
        tokens_cached: 0,
        tokens_cache_written: 0,
        tokens_reasoning: 0,
        cost: worst,
        basis: Basis::WorstCase.name().to_owned(),
        reserved: worst,
        reference_cost: None,
        reference_model: None,
        latency_ms: 0,
        outcome: UNKNOWN.to_owned(),
        status: None,
        generation_id: None,
    }
}
