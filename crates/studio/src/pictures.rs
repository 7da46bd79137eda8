//! Rendered slides, kept by the digest of what they depend on: a slide is drawn once, and
//! after an edit only what the edit changed is drawn again.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};

use bytes::Bytes;
use domain::{AssetId, Deck, WorkspaceId};
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use render::{Assets, Encoding, RenderError};
use store::{FileKey, StoreError, Under};
use tokio::sync::Semaphore;

use crate::error::StudioError;
use crate::studio::Studio;

/// A rendered slide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    pub bytes: Bytes,
    /// Names these bytes: the same tag, the same bytes, for ever.
    pub etag: String,
    pub media_type: &'static str,
}

/// Whether a drawn slide is kept on the disk too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Keep {
    /// What is stored will be looked at again.
    OnDisk,
    /// What a person is just typing will not.
    InMemory,
}

/// Kept in memory, of all workspaces, in bytes.
const MEMORY: u64 = 96 << 20;
/// A slide has about this many bytes; from it the cache plans its room.
const TYPICAL: u64 = 200 << 10;
/// Kept on the disk for each workspace, in bytes.
const DISK: u64 = 512 << 20;
/// After how many slides the disk is looked over.
const TRIM_AFTER: u64 = 64;

/// The slides that were drawn, and the bound on how many are drawn at once.
pub(crate) struct Pictures {
    memory: Cache<[u8; 32], Bytes, Weight>,
    drawing: Semaphore,
    drawn: AtomicU64,
}

#[derive(Clone, Copy, Debug)]
struct Weight;

impl Weighter<[u8; 32], Bytes> for Weight {
    fn weight(&self, _: &[u8; 32], picture: &Bytes) -> u64 {
        picture.len() as u64 + 200
    }
}

impl Pictures {
    pub(crate) fn new() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let pictures = usize::try_from(MEMORY / TYPICAL).unwrap_or(1);
        Self {
            memory: Cache::with_weighter(pictures, MEMORY, Weight),
            drawing: Semaphore::new(cores),
            drawn: AtomicU64::new(0),
        }
    }
}

impl fmt::Debug for Pictures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pictures").field("drawn", &self.drawn).finish_non_exhaustive()
    }
}

impl Studio {
    /// How many slides were drawn since the start, and not found drawn already.
    #[must_use]
    pub fn slides_drawn(&self) -> u64 {
        self.pictures.drawn.load(Ordering::Relaxed)
    }

    /// One slide of a deck, `n` from 1, drawn where it is not known yet.
    pub(crate) async fn picture(
        &self,
        workspace: WorkspaceId,
        deck: Deck,
        n: usize,
        encoding: Encoding,
        keep: Keep,
    ) -> Result<Picture, StudioError> {
        let index = n.checked_sub(1).ok_or(StudioError::NotFound("slide"))?;
        let digest = match self.renderer().slide_digest(&deck, index, encoding) {
            Err(RenderError::NoSuchSlide { .. }) => return Err(StudioError::NotFound("slide")),
            digest => digest?,
        };
        // Two who ask for the same slide at the same time wait for one drawing.
        let drawing = async {
            let key = FileKey::Rendered { digest };
            if keep == Keep::InMemory {
                return self.draw(workspace, deck, index, encoding).await;
            }
            let files = self.store.files(workspace);
            match files.get(&key).await {
                Ok(bytes) => return Ok(Bytes::from(bytes)),
                Err(StoreError::NotFound { .. }) => {}
                Err(error) => tracing::warn!(%error, "a kept slide can't be read; it is drawn again"),
            }
            let bytes = self.draw(workspace, deck, index, encoding).await?;
            // A full disk is no reason to show nothing.
            if let Err(error) = files.put(&key, bytes.to_vec()).await {
                tracing::warn!(%error, "a drawn slide can't be kept");
            }
            if self.slides_drawn().is_multiple_of(TRIM_AFTER)
                && let Err(error) = files.trim(Under::Rendered, DISK).await
            {
                tracing::warn!(%error, "old drawn slides can't be removed");
            }
            Ok(bytes)
        };
        let bytes = self.pictures.memory.get_or_insert_async(&digest, drawing).await?;
        Ok(Picture { bytes, etag: hex(&digest[..16]), media_type: media_type(encoding) })
    }

    async fn draw(
        &self,
        workspace: WorkspaceId,
        deck: Deck,
        index: usize,
        encoding: Encoding,
    ) -> Result<Bytes, StudioError> {
        let _turn = self.pictures.drawing.acquire().await.map_err(|error| StudioError::internal(&error))?;
        let assets = self.assets(workspace, &deck).await?;
        let renderer = self.renderer();
        self.pictures.drawn.fetch_add(1, Ordering::Relaxed);
        let drawn =
            tokio::task::spawn_blocking(move || renderer.render_slide(&deck, index, &assets, encoding)).await;
        match drawn.map_err(|panic| StudioError::internal(&panic))? {
            Ok(bytes) => Ok(Bytes::from(bytes)),
            Err(RenderError::Slide(error)) => Err(StudioError::Unfit(vec![error.to_string()])),
            Err(error) => Err(error.into()),
        }
    }

    /// The pictures that a deck shows. One that is not there is left out: the slide that wants
    /// it says so.
    pub(crate) async fn assets(&self, workspace: WorkspaceId, deck: &Deck) -> Result<Assets, StudioError> {
        let wanted: Vec<AssetId> =
            deck.slides.iter().filter_map(|slide| slide.picture).chain(deck.logo).collect();
        let files = self.store.files(workspace);
        let mut assets = Assets::new();
        for id in wanted {
            match files.get(&FileKey::Asset(id)).await {
                Ok(bytes) => assets.insert(id, bytes),
                Err(StoreError::NotFound { .. }) => continue,
                Err(error) => return Err(error.into()),
            };
        }
        Ok(assets)
    }
}

/// Bytes in hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn media_type(encoding: Encoding) -> &'static str {
    match encoding {
        Encoding::Jpeg => "image/jpeg",
        Encoding::PngFast | Encoding::Png => "image/png",
        Encoding::Svg => "image/svg+xml",
    }
}
