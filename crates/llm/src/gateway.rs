//! The door itself: every call goes through a [`Gateway`], in a task of its own that ends in order even when nobody waits.

use std::sync::Arc;

use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::answer::Answer;
use crate::call::Call;
use crate::capabilities::Capabilities;
use crate::connection::Connection;
use crate::core::Core;
use crate::error::{Failed, Reason};
use crate::http::NoClient;
use crate::purse::Purse;
use crate::routing::Routing;
use crate::settings::Settings;
use crate::surroundings::Surroundings;

/// A connection with its settings and a purse; cheap to clone, all clones share limits and breakers.
#[derive(Clone, Debug)]
pub struct Gateway {
    pub(crate) core: Arc<Core>,
}

impl Gateway {
    /// Until [`Gateway::probe`] has looked, the connection is taken for what its preset assumes.
    ///
    /// # Errors
    /// Where the machine has no usable certificates, or the key or proxy can't be used.
    pub fn new(
        connection: Connection,
        settings: Settings,
        purse: Arc<dyn Purse>,
        surroundings: Surroundings,
    ) -> Result<Self, NoClient> {
        Ok(Self { core: Arc::new(Core::new(connection, settings, purse, surroundings)?) })
    }

    /// Asks, and waits for the whole answer.
    ///
    /// Dropping the future cancels the call; what it may have cost is settled all the same.
    ///
    /// # Errors
    /// Says what stood in the way, with every attempt that was made.
    pub async fn ask(&self, call: Call) -> Result<Answer, Failed> {
        self.run_chat(call, None).await
    }

    /// Asks, and shows the text as it is written: empty again when another attempt begins.
    ///
    /// What is watched is not yet valid; only the answer is.
    ///
    /// # Errors
    /// As [`Gateway::ask`].
    pub async fn ask_watched(&self, call: Call, text: watch::Sender<String>) -> Result<Answer, Failed> {
        self.run_chat(call, Some(text)).await
    }

    async fn run_chat(
        &self,
        mut call: Call,
        watched: Option<watch::Sender<String>>,
    ) -> Result<Answer, Failed> {
        let core = self.core.clone();
        let cancel = call.cancel.child_token();
        call.cancel = cancel.clone();
        self.run(cancel, async move { core.chat(&call, &watched).await }).await
    }

    /// Runs work in a task that is never dropped: whoever stops waiting only cancels it.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        cancel: CancellationToken,
        work: impl Future<Output = Result<T, Failed>> + Send + 'static,
    ) -> Result<T, Failed> {
        let _cancelled_when_dropped = cancel.drop_guard();
        self.core.tasks.spawn(work).await.unwrap_or_else(|broke| {
            let reason =
                Reason::Broke(if broke.is_panic() { "a panic" } else { "a stopped runtime" }.to_owned());
            Err(Failed { reason, attempts: Vec::new() })
        })
    }

    /// Waits until no call is under way, those included that nobody waits for: before a program ends, so that
    /// all costs are written. New calls are not held off.
    pub async fn settled(&self) {
        // A closed tracker takes new tasks all the same; only an open one is waited for in vain.
        self.core.tasks.close();
        self.core.tasks.wait().await;
    }

    /// What the connection can do, as far as is known.
    #[must_use]
    pub fn capabilities(&self) -> Capabilities {
        self.core.known().capabilities
    }

    /// Which models are asked, without those that can't serve.
    #[must_use]
    pub fn routing(&self) -> Routing {
        self.core.known().routing.clone()
    }
}
