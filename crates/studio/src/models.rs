//! The models of an installation: connected once, looked at when it starts, and settled before it ends.

use std::sync::Arc;

use llm::{Gateway, Payer, Purse};
use writer::ModelWriter;

use crate::error::StudioError;
use crate::money::StudioPurse;
use crate::studio::{Actor, Studio};

impl Studio {
    /// The accounts of all workspaces, for the gateway to pay from.
    #[must_use]
    pub fn purse(&self) -> Arc<dyn Purse> {
        Arc::new(StudioPurse::new(self.store.clone()))
    }

    /// The same studio with models that write; the gateway pays from [`Studio::purse`].
    #[must_use]
    pub fn with_models(mut self, gateway: Gateway) -> Self {
        let writer = Arc::new(ModelWriter::new(gateway.clone()));
        self.writers = self.writers.with_model(writer, gateway);
        self
    }

    /// Whether a model is connected.
    #[must_use]
    pub fn has_model(&self) -> bool {
        self.writers.has_model()
    }

    /// Finds out what the connection can do, and which of its models are there; says what a person
    /// should know of that. The actor's workspace pays the few questions that a plain server is asked.
    ///
    /// # Errors
    /// `Unavailable` where the connection can't be used, with the mend.
    pub async fn look_at_models(&self, actor: Actor) -> Result<Vec<String>, StudioError> {
        let Some(gateway) = self.writers.gateway() else { return Ok(vec![]) };
        let probed = gateway.probe(Payer::new(actor.workspace, None)).await;
        let probed = probed.map_err(|failed| StudioError::Unavailable(failed.to_string()))?;
        Ok(probed.warnings.iter().map(ToString::to_string).collect())
    }

    /// Waits until no call to a model is under way, so that all costs are written: before the program
    /// ends, and after its work was stopped.
    pub async fn settled(&self) {
        if let Some(gateway) = self.writers.gateway() {
            gateway.settled().await;
        }
    }
}
