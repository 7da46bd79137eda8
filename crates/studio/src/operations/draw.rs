//! Slides as pictures: of a variant, of what is approved, and of an edit that is not stored.

use domain::{CarouselId, Check, Content, Deck, Problem, Right, Stage, VariantId};
use render::Encoding;

use super::edit_variant::theme_problem;
use super::read_carousel::CarouselInWork;
use crate::error::StudioError;
use crate::pictures::{Keep, Picture};
use crate::studio::{Actor, Studio};

/// How an edit that is not stored would look, and what is wrong with it.
#[derive(Clone, Debug)]
pub struct Preview {
    /// `None` where the stage has no slides.
    pub picture: Option<Picture>,
    /// What keeps the content from being stored, by its field.
    pub problems: Vec<Problem>,
    /// The failed checks of all slides, each a sentence with the mend.
    pub checks: Vec<Check>,
}

impl Studio {
    /// One slide, `slide` from 1, of a variant as it will look: a hook on the real cover, copy
    /// and visual variants as their slides. Where no looks are approved yet, those that would be
    /// proposed.
    ///
    /// # Errors
    /// Where there is no such variant in this workspace, its stage has no slides, or the slide
    /// can't be drawn.
    pub async fn variant_picture(
        &self,
        actor: Actor,
        variant: VariantId,
        slide: usize,
        encoding: Encoding,
    ) -> Result<Picture, StudioError> {
        actor.require(Right::Read)?;
        let mut tx = self.store.read(actor.workspace).await?;
        let variant = store::variants::get(&mut tx, variant).await?;
        let work = CarouselInWork::load(&mut tx, variant.carousel).await?;
        drop(tx);
        let deck = self.deck_with(&work, &variant.content).ok_or(StudioError::NotFound("slide"))?;
        self.picture(actor.workspace, deck, slide, encoding, Keep::OnDisk).await
    }

    /// Slide `n` (from 1) of a carousel, as far as it is approved.
    ///
    /// # Errors
    /// Where there is no such carousel in this workspace, its words are not approved yet, it has
    /// no such slide, or the slide can't be drawn.
    pub async fn slide_picture(
        &self,
        actor: Actor,
        carousel: CarouselId,
        n: usize,
        encoding: Encoding,
    ) -> Result<Picture, StudioError> {
        actor.require(Right::Read)?;
        let mut tx = self.store.read(actor.workspace).await?;
        let work = CarouselInWork::load(&mut tx, carousel).await?;
        drop(tx);
        let deck = self.deck_so_far(&work).ok_or(StudioError::NotFound("slide"))?;
        self.picture(actor.workspace, deck, n, encoding, Keep::OnDisk).await
    }

    /// Slide `n` (from 1) with a content that is not stored, quickly encoded, and everything that
    /// is wrong with it.
    ///
    /// # Errors
    /// Where there is no such carousel, the JSON has not the shape of that stage's content, or
    /// the deck has no such slide.
    pub async fn deck_preview(
        &self,
        actor: Actor,
        carousel: CarouselId,
        stage: Stage,
        content: serde_json::Value,
        n: usize,
    ) -> Result<Preview, StudioError> {
        actor.require(Right::Make)?;
        let content = Content::from_json(stage, content)
            .map_err(|error| StudioError::invalid("content", error.to_string()))?;
        let mut tx = self.store.read(actor.workspace).await?;
        let work = CarouselInWork::load(&mut tx, carousel).await?;
        drop(tx);
        let mut problems = content.problems(work.carousel.brief.slides.get());
        let unknown_theme = theme_problem(&self.renderer(), &content);
        let can_be_drawn = unknown_theme.is_none();
        problems.extend(unknown_theme);
        let Some(deck) = self.deck_with(&work, &content).filter(|_| can_be_drawn) else {
            return Ok(Preview { picture: None, problems, checks: Vec::new() });
        };
        let checks = self.failed_checks(actor, deck.clone()).await?;
        match self.picture(actor.workspace, deck, n, Encoding::PngFast, Keep::InMemory).await {
            Ok(picture) => Ok(Preview { picture: Some(picture), problems, checks }),
            // Why is among the checks.
            Err(StudioError::Unfit(_)) => Ok(Preview { picture: None, problems, checks }),
            Err(error) => Err(error),
        }
    }

    pub(crate) async fn failed_checks(&self, actor: Actor, deck: Deck) -> Result<Vec<Check>, StudioError> {
        let assets = self.assets(actor.workspace, &deck).await?;
        let checks = self.check(deck, assets).await?;
        Ok(checks.into_iter().filter(|check| !check.passed).collect())
    }
}
