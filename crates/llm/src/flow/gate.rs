//! How many calls run at once, for a workspace and for the key; the others wait in line, and the line is bounded.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use domain::WorkspaceId;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Too many wait already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Full;

/// Lets calls in, first come first served.
#[derive(Debug)]
pub(crate) struct Gate {
    of_key: Arc<Semaphore>,
    of_workspaces: Mutex<HashMap<WorkspaceId, Arc<Semaphore>>>,
    per_workspace: usize,
    waiting: AtomicUsize,
    most_waiting: usize,
}

/// A call's place; others get in when it is dropped.
#[derive(Debug)]
pub(crate) struct Place {
    _of_workspace: Option<OwnedSemaphorePermit>,
    _of_key: Option<OwnedSemaphorePermit>,
}

/// One more in the line, until dropped.
struct InLine<'a>(&'a AtomicUsize);

impl Drop for InLine<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Gate {
    /// At least one call at a time gets in.
    pub(crate) fn new(per_key: usize, per_workspace: usize, most_waiting: usize) -> Self {
        Self {
            of_key: Arc::new(Semaphore::new(per_key.max(1))),
            of_workspaces: Mutex::default(),
            per_workspace: per_workspace.max(1),
            waiting: AtomicUsize::new(0),
            most_waiting,
        }
    }

    /// The workspace's place first, so that one with many calls does not hold the key's places while it waits.
    pub(crate) async fn enter(&self, workspace: WorkspaceId) -> Result<Place, Full> {
        let of_workspace = self.of(workspace);
        let entered = of_workspace.clone().try_acquire_owned().ok();
        if let Some(mine) = entered {
            if let Ok(of_key) = self.of_key.clone().try_acquire_owned() {
                return Ok(Place { _of_workspace: Some(mine), _of_key: Some(of_key) });
            }
            let _line = self.stand_in_line()?;
            let of_key = self.of_key.clone().acquire_owned().await.ok();
            return Ok(Place { _of_workspace: Some(mine), _of_key: of_key });
        }
        let _line = self.stand_in_line()?;
        // Neither semaphore is ever closed, so both permits are there.
        let of_workspace = of_workspace.acquire_owned().await.ok();
        let of_key = self.of_key.clone().acquire_owned().await.ok();
        Ok(Place { _of_workspace: of_workspace, _of_key: of_key })
    }

    fn stand_in_line(&self) -> Result<InLine<'_>, Full> {
        let before = self.waiting.fetch_add(1, Ordering::Relaxed);
        let line = InLine(&self.waiting);
        if before >= self.most_waiting { Err(Full) } else { Ok(line) }
    }

    /// Workspaces that nobody calls for are forgotten, so that the map stays as small as the work.
    fn of(&self, workspace: WorkspaceId) -> Arc<Semaphore> {
        let mut all = self.of_workspaces.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|_, one| Arc::strong_count(one) > 1);
        all.entry(workspace).or_insert_with(|| Arc::new(Semaphore::new(self.per_workspace))).clone()
    }
}

#[cfg(test)]
mod tests {
    use futures::FutureExt;
    use uuid::Uuid;

    use super::{Full, Gate, WorkspaceId};

    fn workspace(n: u128) -> WorkspaceId {
        WorkspaceId(Uuid::from_u128(n))
    }

    #[test]
    fn a_workspace_waits_for_itself_and_all_wait_for_the_key() {
        let gate = Gate::new(3, 2, 2);
        let enter = |n| gate.enter(workspace(n)).now_or_never();
        let first = enter(1).unwrap().unwrap();
        let second = enter(1).unwrap().unwrap();
        assert!(enter(1).is_none(), "its third waits");
        let other = enter(2).unwrap().unwrap();
        assert!(enter(3).is_none(), "the key's fourth waits");
        drop(first);
        let again = enter(1).unwrap().unwrap();
        drop((second, other, again));
        assert!(enter(4).unwrap().is_ok());
        assert_eq!(gate.of_workspaces.lock().unwrap().len(), 1, "who has nothing running is forgotten");
    }

    #[tokio::test]
    async fn the_line_is_bounded() {
        let gate = Gate::new(1, 1, 1);
        let first = gate.enter(workspace(1)).await.unwrap();
        let mut waiting = Box::pin(gate.enter(workspace(1)));
        assert!(waiting.as_mut().now_or_never().is_none());
        assert_eq!(gate.enter(workspace(2)).await.unwrap_err(), Full);
        drop(first);
        let second = waiting.await.unwrap();
        let mut next = Box::pin(gate.enter(workspace(2)));
        assert!(next.as_mut().now_or_never().is_none());
        drop(next);
        let mut last = Box::pin(gate.enter(workspace(2)));
        assert!(last.as_mut().now_or_never().is_none(), "who leaves the line makes room in it");
        drop(second);
        assert!(last.await.is_ok());
    }
}
