//! The one struct that outlives a request: store, renderer, writer, surroundings.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use domain::{CarouselId, MemberId, MemberRole, Right, WorkspaceId, WriterChoice};
use render::Renderer;
use store::Store;
use tokio::sync::{Notify, broadcast};
use writer::Writer;

use crate::desk::Desk;
use crate::error::StudioError;
use crate::events::{Event, Events};
use crate::operations::people::Guard;
use crate::pictures::Pictures;
use crate::surroundings::Surroundings;
use crate::writers::Writers;

/// What operations and jobs work with. Cheap to clone.
#[derive(Clone)]
pub struct Studio {
    pub(crate) store: Store,
    data: PathBuf,
    /// Another one when fonts or themes have been added.
    renderer: Arc<RwLock<Arc<Renderer>>>,
    pub(crate) pictures: Arc<Pictures>,
    pub(crate) writers: Writers,
    pub(crate) desk: Desk,
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
        let renderer = build_renderer(data.to_owned()).await?;
        let desk = Desk::new();
        Ok(Self {
            store,
            data: data.to_owned(),
            renderer: Arc::new(RwLock::new(renderer)),
            pictures: Arc::new(Pictures::new()),
            writers: Writers::offline(desk.clone()),
            desk,
            surroundings,
            events: Events::new(),
            queued: Arc::new(Notify::new()),
            guard: Arc::new(Guard::new()),
        })
    }

    /// The same studio with another writer in the place of the offline one.
    #[must_use]
    pub fn with_writer(self, writer: Arc<dyn Writer>) -> Self {
        Self { writers: self.writers.with_offline(writer), ..self }
    }

    /// Whether a carousel needs a text to be made of: without a model, a topic alone is not enough.
    #[must_use]
    pub fn needs_text(&self) -> bool {
        self.writers.hand(WriterChoice::Auto).needs_text()
    }

    /// The renderer with the themes and fonts as they were last read.
    #[must_use]
    pub fn renderer(&self) -> Arc<Renderer> {
        Arc::clone(&self.renderer.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The data folder, for what is put into it beside the store.
    pub(crate) fn data(&self) -> &Path {
        &self.data
    }

    /// Reads the themes and fonts of the data folder again; what is just being rendered ends
    /// with the old ones.
    pub(crate) async fn reload_renderer(&self) -> Result<(), StudioError> {
        let fresh = build_renderer(self.data.clone()).await?;
        *self.renderer.write().unwrap_or_else(PoisonError::into_inner) = fresh;
        Ok(())
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

async fn build_renderer(data: PathBuf) -> Result<Arc<Renderer>, StudioError> {
    let built = tokio::task::spawn_blocking(move || Renderer::new(Some(&data))).await;
    Ok(Arc::new(built.map_err(|panic| StudioError::internal(&panic))??))
}

impl fmt::Debug for Studio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Studio").finish_non_exhaustive()
    }
}
