//! Work that computes: off the async threads, and no more of it at once than the machine has use for.

use std::sync::Arc;
use std::thread::available_parallelism;

use tokio::sync::Semaphore;
use tokio::task::{JoinError, spawn_blocking};

/// Lets so much in that pages and calls to models are never starved, however many carousels are made.
#[derive(Clone, Debug)]
pub(crate) struct Desk(Arc<Semaphore>);

impl Desk {
    pub(crate) fn new() -> Self {
        let cores = available_parallelism().map_or(1, usize::from);
        Self(Arc::new(Semaphore::new(cores * 2)))
    }

    /// Runs it when there is room.
    ///
    /// # Errors
    /// Where it panicked.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, JoinError> {
        // Never closed, so there is always a permit; it goes with the work, which nobody can stop.
        let place = Arc::clone(&self.0).acquire_owned().await;
        spawn_blocking(move || {
            let _place = place;
            work()
        })
        .await
    }
}
