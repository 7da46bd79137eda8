//! Who writes: the offline writer always, a model where one is connected.

use std::sync::Arc;

use domain::{Strategy, WriterChoice};
use llm::Gateway;
use tokio::runtime::Handle;
use writer::{Draft, OfflineWriter, StageBrief, Writer, Writing};

use crate::desk::Desk;
use crate::jobs::JobError;

/// The writers of an installation. Cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Writers {
    offline: Arc<dyn Writer>,
    desk: Desk,
    model: Option<Model>,
}

/// A model that writes, with the gateway that it is asked through.
#[derive(Clone, Debug)]
struct Model {
    writer: Arc<dyn Writer>,
    gateway: Gateway,
}

/// The writer of one carousel.
#[derive(Clone, Debug)]
pub(crate) enum Hand {
    /// It computes, so it is for a thread that no page waits for.
    Offline(Arc<dyn Writer>, Desk),
    /// It waits for others, and holds no thread while it does.
    Model(Arc<dyn Writer>),
}

impl Writers {
    pub(crate) fn offline(desk: Desk) -> Self {
        Self { offline: Arc::new(OfflineWriter::default()), desk, model: None }
    }

    /// The same with another in the place of the offline writer.
    pub(crate) fn with_offline(self, offline: Arc<dyn Writer>) -> Self {
        Self { offline, ..self }
    }

    pub(crate) fn with_model(self, writer: Arc<dyn Writer>, gateway: Gateway) -> Self {
        Self { model: Some(Model { writer, gateway }), ..self }
    }

    pub(crate) fn has_model(&self) -> bool {
        self.model.is_some()
    }

    pub(crate) fn gateway(&self) -> Option<&Gateway> {
        self.model.as_ref().map(|model| &model.gateway)
    }

    pub(crate) fn offline_writer(&self) -> &dyn Writer {
        self.offline.as_ref()
    }

    /// Who writes where this was chosen.
    pub(crate) fn hand(&self, choice: WriterChoice) -> Hand {
        match (&self.model, choice) {
            (Some(model), WriterChoice::Auto) => Hand::Model(Arc::clone(&model.writer)),
            _ => Hand::Offline(Arc::clone(&self.offline), self.desk.clone()),
        }
    }
}

impl Hand {
    /// Writes one candidate.
    ///
    /// # Errors
    /// What the writer says, or that it broke.
    pub(crate) async fn write(&self, brief: &Arc<StageBrief>, strategy: Strategy) -> Result<Draft, JobError> {
        match self {
            Self::Model(writer) => Ok(writer.write(brief, strategy).await?),
            Self::Offline(writer, desk) => {
                let (writer, brief, threads) = (Arc::clone(writer), Arc::clone(brief), Handle::current());
                let writing = move || threads.block_on(writer.write(&brief, strategy));
                let written = desk.run(writing).await;
                Ok(written.map_err(|panic| JobError::broke(&panic))??)
            }
        }
    }

    /// Whether a topic alone is not enough.
    pub(crate) fn needs_text(&self) -> bool {
        match self {
            Self::Model(writer) | Self::Offline(writer, _) => writer.needs_text(),
        }
    }

    /// Writes a candidate again for these reasons; `None` where the same would come.
    pub(crate) fn rewrite<'a>(
        &'a self,
        brief: &'a StageBrief,
        strategy: Strategy,
        draft: &'a Draft,
        reasons: &'a [String],
    ) -> Option<Writing<'a>> {
        match self {
            Self::Model(writer) | Self::Offline(writer, _) => writer.rewrite(brief, strategy, draft, reasons),
        }
    }
}
