//! A theme as a picture, to choose by: sample words in it, with a profile's colour, fonts and logo.

use domain::content::ThemeName;
use domain::{Format, ProfileFields, ProfileId, Right};
use render::Encoding;

use crate::error::StudioError;
use crate::pictures::{Keep, Picture};
use crate::studio::{Actor, Studio};

impl Studio {
    /// The cover of a sample carousel in a theme, as it would be for a profile where one is given.
    ///
    /// # Errors
    /// Where there is no such theme, or no such profile in this workspace, or the slide can't
    /// be drawn with the profile's fonts.
    pub async fn theme_picture(
        &self,
        actor: Actor,
        theme: &ThemeName,
        profile: Option<ProfileId>,
    ) -> Result<Picture, StudioError> {
        actor.require(Right::Read)?;
        let fields = match profile {
            Some(id) => {
                let mut tx = self.store.read(actor.workspace).await?;
                store::profiles::get(&mut tx, id).await?.fields
            }
            None => ProfileFields::default(),
        };
        let renderer = self.renderer();
        let theme = renderer.theme(theme).ok_or(StudioError::NotFound("theme"))?;
        let mut deck = render::sample_deck(theme, Format::Portrait);
        if let Some(brand) = fields.brand_color {
            deck.palette = render::palette_from_brand(brand, &deck.palette);
        }
        deck.fonts = fields.fonts.unwrap_or(deck.fonts);
        deck.logo = fields.logo;
        if profile.is_some() {
            let handle = fields.handle.trim().trim_start_matches('@');
            deck.signature = (!handle.is_empty()).then(|| format!("@{handle}"));
        }
        self.picture(actor.workspace, deck, 1, Encoding::Jpeg, Keep::InMemory).await
    }
}
