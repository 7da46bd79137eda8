//! The worker of a server: all carousels' jobs, a few at the same time, until it is told to stop.

use std::time::Duration;

use domain::{CarouselId, WorkspaceId};
use store::StoreError;
use store::jobs::{self, ClaimFilter};
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::generate_round;
use super::worker::LEASE;
use crate::error::StudioError;
use crate::studio::{Actor, Studio};

/// How many jobs run at the same time where all of them compute.
const AT_ONCE: usize = 2;
/// And where they wait for models, most of the time: the gateway bounds its calls, the desk what is computed.
const AT_ONCE_WITH_MODELS: usize = 64;
/// How often it looks for what other processes have queued, and what is due again.
const POLL: Duration = Duration::from_secs(1);
/// After how many looks it searches for carousels that no job writes.
const ORPHANS_AFTER: u32 = 60;

impl Studio {
    /// Runs jobs of all workspaces until `stop` is done; then gives back what it had begun.
    ///
    /// What can't be read or written is logged and tried again: a server outlives that.
    pub async fn work(&self, stop: impl Future<Output = ()>) {
        tokio::pin!(stop);
        let (tell, told) = watch::channel(false);
        let mut running = JoinSet::new();
        let mut looks = 0_u32;
        loop {
            if let Err(error) = self.take_up(&mut running, &told).await {
                tracing::warn!(%error, "the queue can't be read");
            }
            if looks.is_multiple_of(ORPHANS_AFTER) {
                self.tidy_up().await;
            }
            looks = looks.wrapping_add(1);
            tokio::select! {
                biased;
                () = &mut stop => break,
                Some(_) = running.join_next() => {}
                () = self.queued.notified(), if running.len() < self.at_once() => {}
                () = tokio::time::sleep(POLL) => {}
            }
        }
        // Nobody listening means that nothing runs.
        let _ = tell.send(true);
        while running.join_next().await.is_some() {}
    }

    fn at_once(&self) -> usize {
        if self.has_model() { AT_ONCE_WITH_MODELS } else { AT_ONCE }
    }

    /// Claims jobs until enough of them run.
    async fn take_up(
        &self,
        running: &mut JoinSet<()>,
        told: &watch::Receiver<bool>,
    ) -> Result<(), StoreError> {
        let worker = format!("serve-{}", std::process::id());
        let filter = ClaimFilter { lane: Some(generate_round::LANE), carousel: None };
        while running.len() < self.at_once() {
            let now = self.surroundings.now();
            let Some((job, lease)) = jobs::claim(&self.store, filter, &worker, now, LEASE).await? else {
                break;
            };
            let (studio, mut told) = (self.clone(), told.clone());
            running.spawn(async move {
                let stop = async {
                    // An error means that the sender is gone, and with it the worker.
                    let _ = told.wait_for(|told| *told).await;
                };
                if let Err(error) = studio.run_claimed(&job, &lease, stop).await {
                    tracing::warn!(job = %job.id, %error, "a job could not be settled; it is taken up again");
                }
            });
        }
        Ok(())
    }

    /// Ends what earlier processes left open.
    async fn tidy_up(&self) {
        if let Err(error) = self.settle_abandoned().await {
            tracing::warn!(%error, "calls that died with their process can't be looked for");
        }
        if let Err(error) = self.give_up_orphans().await {
            tracing::warn!(%error, "carousels without a job can't be looked for");
        }
    }

    /// Says of carousels whose job was given up without a word that their stage failed.
    async fn give_up_orphans(&self) -> Result<(), StudioError> {
        for (workspace, id) in jobs::orphans(&self.store).await? {
            self.give_up_orphan_of(workspace, id).await?;
        }
        Ok(())
    }

    async fn give_up_orphan_of(&self, workspace: WorkspaceId, id: CarouselId) -> Result<(), StudioError> {
        let mut tx = self.store.read(workspace).await?;
        let carousel = store::carousels::get(&mut tx, id).await?;
        let entries = store::audit::of_carousel(&mut tx, id).await?;
        drop(tx);
        // On behalf of whoever asked for the round that nobody writes.
        let Some(member) = entries.iter().rev().find_map(|entry| entry.who) else { return Ok(()) };
        self.give_up_orphan(Actor::program(workspace, member), &carousel).await
    }
}
