//! Gives a finished carousel another theme or other colours.

use domain::content::{Palette, ThemeName, Visual};
use domain::{Carousel, CarouselId, Content, Right, Stage};
use render::Encoding;
use time::OffsetDateTime;

use super::draw::Preview;
use super::edit_variant::unknown_theme;
use super::read_carousel::CarouselInWork;
use crate::error::StudioError;
use crate::pictures::{Keep, Picture};
use crate::studio::{Actor, Studio};

/// What is to change; what is `None` stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewLooks {
    /// Brings its fonts along, and its first palette where none is given.
    pub theme: Option<ThemeName>,
    pub palette: Option<Palette>,
}

impl Studio {
    /// Sets the slides in another theme or other colours; layouts and pictures stay.
    ///
    /// # Errors
    /// `Unfit` where a slide fails its checks in these looks (a text that can't be read on its
    /// background); `Invalid` where there is no such theme; else as [`Studio::revise`].
    pub async fn change_looks(
        &self,
        actor: Actor,
        id: CarouselId,
        looks: NewLooks,
        expected: Option<OffsetDateTime>,
    ) -> Result<Carousel, StudioError> {
        let work = self.to_be_revised(actor, id, Stage::Visual, expected).await?;
        let content = Content::Visual(self.new_looks(&work, looks)?);
        if let Some(deck) = self.deck_with(&work, &content) {
            let failed = self.failed_checks(actor, deck).await?;
            if !failed.is_empty() {
                return Err(StudioError::Unfit(failed.into_iter().map(|check| check.message).collect()));
            }
        }
        self.put_in_place(actor, work, vec![content], "change_looks").await
    }

    /// Slide `n` (from 1) in these looks, with what would be wrong with them; nothing is stored.
    ///
    /// # Errors
    /// Where the carousel has no approved looks, or there is no such theme or slide.
    pub async fn preview_looks(
        &self,
        actor: Actor,
        id: CarouselId,
        looks: NewLooks,
        n: usize,
    ) -> Result<Preview, StudioError> {
        actor.require(Right::Read)?;
        let mut tx = self.store.read(actor.workspace).await?;
        let work = CarouselInWork::load(&mut tx, id).await?;
        drop(tx);
        let content = Content::Visual(self.new_looks(&work, looks)?);
        let deck = self.deck_with(&work, &content).ok_or(StudioError::NotFound("slide"))?;
        let checks = self.failed_checks(actor, deck.clone()).await?;
        let picture = self.picture(actor.workspace, deck, n, Encoding::PngFast, Keep::InMemory).await?;
        Ok(Preview { picture: Some(picture), problems: Vec::new(), checks })
    }

    /// Slide `n` (from 1) in these looks, quickly encoded; nothing is stored and nothing checked.
    ///
    /// # Errors
    /// As [`Studio::preview_looks`].
    pub async fn looks_picture(
        &self,
        actor: Actor,
        id: CarouselId,
        looks: NewLooks,
        n: usize,
    ) -> Result<Picture, StudioError> {
        actor.require(Right::Read)?;
        let mut tx = self.store.read(actor.workspace).await?;
        let work = CarouselInWork::load(&mut tx, id).await?;
        drop(tx);
        let content = Content::Visual(self.new_looks(&work, looks)?);
        let deck = self.deck_with(&work, &content).ok_or(StudioError::NotFound("slide"))?;
        self.picture(actor.workspace, deck, n, Encoding::PngFast, Keep::InMemory).await
    }

    fn new_looks(&self, work: &CarouselInWork, looks: NewLooks) -> Result<Visual, StudioError> {
        let mut visual = work.visual().cloned().ok_or(StudioError::NotFound("approved visual"))?;
        if let Some(name) = looks.theme {
            let renderer = self.renderer();
            let theme = renderer.theme(&name).ok_or_else(|| StudioError::Invalid {
                problems: vec![unknown_theme(&renderer, "theme", &name)],
            })?;
            let base = theme.palettes.first().copied().unwrap_or(visual.palette);
            visual.palette =
                work.profile.brand_color.map_or(base, |brand| render::palette_from_brand(brand, &base));
            visual.fonts = work.profile.fonts.clone().unwrap_or_else(|| theme.fonts.clone());
            visual.theme = name;
        }
        visual.palette = looks.palette.unwrap_or(visual.palette);
        Ok(visual)
    }
}
