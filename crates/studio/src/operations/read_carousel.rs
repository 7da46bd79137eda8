//! A carousel with its approved stages, as jobs, pages and exports need it.

use std::collections::BTreeMap;

use domain::content::{Caption, Copy, Hook, Outline, Research, Visual};
use domain::{
    Approved, Carousel, CarouselId, Content, Deck, ProfileFields, Right, Stage, Variant, VariantId,
};
use store::Tx;

use crate::error::StudioError;
use crate::studio::{Actor, Studio};

/// A carousel with what was approved so far.
#[derive(Clone, Debug)]
pub struct CarouselInWork {
    pub carousel: Carousel,
    pub profile: ProfileFields,
    /// The approved variant of each stage that has one.
    pub approved: BTreeMap<Stage, Variant>,
}

macro_rules! approved_content {
    ($($name:ident: $stage:ident => $type:ty),* $(,)?) => {$(
        /// The approved content of that stage.
        #[must_use]
        pub fn $name(&self) -> Option<&$type> {
            match &self.approved.get(&Stage::$stage)?.content {
                Content::$stage(content) => Some(content),
                _ => None,
            }
        }
    )*};
}

impl CarouselInWork {
    approved_content! {
        research: Research => Research,
        outline: Outline => Outline,
        copy: Copy => Copy,
        hook: Hook => Hook,
        visual: Visual => Visual,
        caption: Caption => Caption,
    }

    pub(crate) async fn load(tx: &mut Tx, id: CarouselId) -> Result<Self, StudioError> {
        let carousel = store::carousels::get(tx, id).await?;
        let profile = match carousel.brief.profile {
            Some(profile) => store::profiles::get(tx, profile).await?.fields,
            None => ProfileFields::default(),
        };
        let approved = store::variants::approved(tx, id).await?;
        let approved = approved.into_iter().map(|variant| (variant.stage, variant)).collect();
        Ok(Self { carousel, profile, approved })
    }

    /// These words and this hook in the looks of `visual`, once research and outline are approved.
    #[must_use]
    pub fn deck(&self, copy: &Copy, hook: Option<&Hook>, visual: &Visual) -> Option<Deck> {
        let approved = Approved { research: self.research()?, outline: self.outline()?, copy, hook };
        let brief = &self.carousel.brief;
        let mut deck = Deck::assemble(approved, visual, brief.format, brief.language);
        let handle = self.profile.handle.trim().trim_start_matches('@');
        deck.signature = (!handle.is_empty()).then(|| format!("@{handle}"));
        deck.logo = self.profile.logo;
        Some(deck)
    }

    /// The mean score of what is approved, 0 to 10; `None` before anything is.
    #[must_use]
    pub fn score(&self) -> Option<f64> {
        let sum: f64 = self.approved.values().map(|variant| variant.score.total).sum();
        (!self.approved.is_empty()).then(|| sum / self.approved.len() as f64)
    }

    /// The approved slides, once every stage up to the visual one is approved.
    #[must_use]
    pub fn approved_deck(&self) -> Option<Deck> {
        self.deck(self.copy()?, self.hook(), self.visual()?)
    }
}

impl Studio {
    /// A carousel with its approved stages.
    ///
    /// # Errors
    /// Where there is none in this workspace.
    pub async fn read_carousel(&self, actor: Actor, id: CarouselId) -> Result<CarouselInWork, StudioError> {
        actor.require(Right::Read)?;
        let mut tx = self.store.read(actor.workspace).await?;
        CarouselInWork::load(&mut tx, id).await
    }

    /// One variant, of whichever round.
    ///
    /// # Errors
    /// Where there is none in this workspace.
    pub async fn variant(&self, actor: Actor, id: VariantId) -> Result<Variant, StudioError> {
        actor.require(Right::Read)?;
        let mut tx = self.store.read(actor.workspace).await?;
        Ok(store::variants::get(&mut tx, id).await?)
    }

    /// All variants of a stage's last round, best first.
    ///
    /// # Errors
    /// Where there is no such carousel in this workspace.
    pub async fn last_round(
        &self,
        actor: Actor,
        carousel: &Carousel,
        stage: Stage,
    ) -> Result<Vec<Variant>, StudioError> {
        actor.require(Right::Read)?;
        let mut tx = self.store.read(actor.workspace).await?;
        let round = carousel.progress.last_round(stage);
        let mut variants = store::variants::of_round(&mut tx, carousel.id, stage, round).await?;
        rank(&mut variants);
        Ok(variants)
    }
}

/// Best first: by score, then in the order of writing.
pub(crate) fn rank(variants: &mut [Variant]) {
    variants.sort_by(|a, b| b.score.total.total_cmp(&a.score.total).then(a.position.cmp(&b.position)));
}
