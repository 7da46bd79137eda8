//! The one struct that outlives a request: store, renderer, writer, surroundings.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use domain::{CarouselId, MemberId, MemberRole, Right, WorkspaceId};
use render::Renderer;
use store::Store;
use tokio::sync::{Notify, broadcast};
use writer::Writer;

use crate::error::StudioError;
use crate::events::{Event, Events};
use crate::operations::people::Guard;
use crate::surroundings::Surroundings;

/// What operations and jobs work with. Cheap to clone.
#[derive(Clone)]
pub struct Studio {
    pub(crate) store: Store,
    pub(crate) renderer: Arc<Renderer>,
    pub(crate) writer: Arc<dyn Writer>,
    pub(crate) surroundings: Surroundings,
    pub(crate) events: Events,
    /// Rings when this process has queued a job.
    pub(crate) queued: Arc<Notify>,
    pub(crate) guard: Arc<Guard>,
}

/// Who acts, in which workspace, and what they may do there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Actor {
    pub workspace: WorkspaceId,
    pub member: MemberId,
    /// The member's role; less through a token of narrower scope.
    pub role: MemberRole,
}

impl Actor {
    /// The program itself, on behalf of a member: what was allowed when it was asked for is
    /// done, whatever the member is by now.
    pub(crate) fn program(workspace: WorkspaceId, member: MemberId) -> Self {
        Self { workspace, member, role: MemberRole::Owner }
    }

    /// # Errors
    /// `Forbidden` where the role does not include the right.
    pub fn require(&self, right: Right) -> Result<(), StudioError> {
        if self.role.may(right) { Ok(()) } else { Err(StudioError::Forbidden(right)) }
    }
}

impl Studio {
    /// A studio on a data folder: embedded database, files, built-in themes and fonts with
    /// those of the folder, and the offline writer.
    ///
    /// # Errors
    /// Where the folder can't be used or a theme or font in it is broken.
    pub async fn open(data: &Path, surroundings: Surroundings) -> Result<Self, StudioError> {
        let store = Store::open_folder(data).await?;
        let data = data.to_owned();
        let renderer = tokio::task::spawn_blocking(move || Renderer::new(Some(&data)))
            .await
            .map_err(|panic| StudioError::internal(&panic))??;
        Ok(Self {
            store,
            renderer: Arc::new(renderer),
            writer: Arc::new(writer::OfflineWriter::default()),
            surroundings,
            events: Events::new(),
            queued: Arc::new(Notify::new()),
            guard: Arc::new(Guard::new()),
        })
    }

    /// The same studio with another writer.
    #[must_use]
    pub fn with_writer(self, writer: Arc<dyn Writer>) -> Self {
        Self { writer, ..self }
    }

    #[must_use]
    pub fn renderer(&self) -> &Renderer {
        &self.renderer
    }

    /// Everything that happens from now on, in all carousels.
    #[must_use]
    pub fn subscribe(&self) -> broadcast::Receiver<(CarouselId, Event)> {
        self.events.subscribe()
    }

    /// The owner of this machine's own workspace, which is made where there is none.
    ///
    /// # Errors
    /// Where the database can't be written.
    pub async fn owner(&self) -> Result<Actor, StudioError> {
        let home = self.surroundings.home();
        let home =
            store::workspaces::ensure_default(&self.store, home, "Owner", self.surroundings.now()).await?;
        Ok(Actor { workspace: home.workspace, member: home.owner, role: MemberRole::Owner })
    }
}

impl fmt::Debug for Studio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Studio").finish_non_exhaustive()
    }
}
