//! Takes a profile's logo in.

use domain::{AssetId, Profile, ProfileId, Right};
use serde_json::{Map, json};
use sha2::{Digest, Sha256};
use store::FileKey;
use store::assets::Asset;

use crate::error::StudioError;
use crate::pictures::hex;
use crate::studio::{Actor, Studio};

/// The largest file of a logo, in bytes.
const MOST: usize = 5 << 20;

impl Studio {
    /// Keeps a picture (PNG, JPEG or WebP, by its bytes) as the profile's logo, in place of the
    /// one before.
    ///
    /// # Errors
    /// Where it is no such picture, larger than 5 MB or than what is drawn, or there is no such
    /// profile.
    pub async fn set_logo(
        &self,
        actor: Actor,
        profile: ProfileId,
        bytes: Vec<u8>,
    ) -> Result<Profile, StudioError> {
        actor.require(Right::Make)?;
        self.profile(actor, profile).await?;
        if bytes.len() > MOST {
            return Err(StudioError::invalid("logo", "is larger than 5 MB; save it smaller"));
        }
        let (bytes, facts) = tokio::task::spawn_blocking(move || {
            let facts = render::examine_picture(&bytes);
            (bytes, facts)
        })
        .await
        .map_err(|panic| StudioError::internal(&panic))?;
        let facts =
            facts.map_err(|reason| StudioError::invalid("logo", format!("can't be used: {reason}")))?;
        let id = self.keep_asset(actor, "logo", facts.media_type, bytes).await?;
        let patch = Map::from_iter([("logo".to_owned(), json!(id))]);
        Ok(self.patch_profile(actor, profile, &patch, None).await?.0)
    }

    /// A profile's logo as it was given, with its media type.
    ///
    /// # Errors
    /// Where there is no such profile in this workspace, or it has no logo.
    pub async fn logo(&self, actor: Actor, profile: ProfileId) -> Result<(Vec<u8>, String), StudioError> {
        let (profile, _) = self.profile(actor, profile).await?;
        let id = profile.fields.logo.ok_or(StudioError::NotFound("logo"))?;
        let asset = store::assets::get(&mut self.store.read(actor.workspace).await?, id).await?;
        let bytes = self.store.files(actor.workspace).get(&FileKey::Asset(id)).await?;
        Ok((bytes, asset.media_type))
    }

    /// Keeps a file of the workspace's own.
    async fn keep_asset(
        &self,
        actor: Actor,
        name: &str,
        media_type: &str,
        bytes: Vec<u8>,
    ) -> Result<AssetId, StudioError> {
        let asset = Asset {
            id: self.surroundings.asset_id(),
            carousel: None,
            name: name.to_owned(),
            media_type: media_type.to_owned(),
            size: u32::try_from(bytes.len()).unwrap_or(u32::MAX),
            sha256: hex(&Sha256::digest(&bytes)),
            created_at: self.surroundings.now(),
        };
        // First the bytes: a row without them would be worse than bytes without a row.
        self.store.files(actor.workspace).put(&FileKey::Asset(asset.id), bytes).await?;
        let mut tx = self.store.write(actor.workspace).await?;
        store::assets::insert(&mut tx, &asset).await?;
        tx.commit().await?;
        Ok(asset.id)
    }
}
