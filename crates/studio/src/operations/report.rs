//! A carousel with everything that was written for it, as one JSON object: what `--json`
//! prints and `carousel.json` holds.

use std::collections::BTreeMap;

use domain::{
    Brief, CarouselId, Deck, Dimension, Flag, MicroUsd, Right, Stage, State, Strategy, Variant, VariantId,
    WrittenBy,
};
use serde::Serialize;

use super::read_carousel::{CarouselInWork, rank};
use crate::error::StudioError;
use crate::studio::{Actor, Studio};

/// A carousel, its stages, and the files made of it.
#[derive(Clone, Debug, Serialize)]
pub struct CarouselReport {
    pub carousel_id: CarouselId,
    pub title: String,
    #[serde(flatten)]
    pub state: State,
    pub stages: Vec<StageReport>,
    /// The files' paths, where it was taken out.
    pub files: Vec<String>,
    pub cost_micro_usd: MicroUsd,
    pub brief: Brief,
    /// The approved slides, with their words and looks.
    pub deck: Option<Deck>,
}

/// A stage's last round, best variant first, and the approved variant of an earlier one.
#[derive(Clone, Debug, Serialize)]
pub struct StageReport {
    #[serde(rename = "stage")]
    pub name: Stage,
    pub round: u32,
    /// The variant that was approved.
    pub approved: Option<VariantId>,
    pub variants: Vec<VariantReport>,
}

/// A variant with its score laid open.
#[derive(Clone, Debug, Serialize)]
pub struct VariantReport {
    pub id: VariantId,
    pub strategy: Strategy,
    pub writer: String,
    /// 0 to 10.
    pub score: f64,
    pub dimensions: Vec<Dimension>,
    pub flags: Vec<Flag>,
    pub content: serde_json::Value,
    pub cost_micro_usd: MicroUsd,
    pub written_by: WrittenBy,
}

impl From<Variant> for VariantReport {
    fn from(variant: Variant) -> Self {
        Self {
            id: variant.id,
            strategy: variant.strategy,
            writer: variant.written_by.name().to_owned(),
            score: variant.score.total,
            content: variant.content.to_json(),
            dimensions: variant.score.dimensions,
            flags: variant.score.flags,
            cost_micro_usd: variant.cost,
            written_by: variant.written_by,
        }
    }
}

impl Studio {
    /// Everything there is about a carousel.
    ///
    /// # Errors
    /// Where there is none in this workspace.
    pub async fn report(&self, actor: Actor, id: CarouselId) -> Result<CarouselReport, StudioError> {
        actor.require(Right::Read)?;
        let mut tx = self.store.read(actor.workspace).await?;
        let work = CarouselInWork::load(&mut tx, id).await?;
        let all = store::variants::of_carousel(&mut tx, id).await?;
        let cost = all.iter().map(|variant| variant.cost).sum();
        let mut by_stage: BTreeMap<Stage, Vec<Variant>> = BTreeMap::new();
        for variant in all {
            let is_approved = work.approved.get(&variant.stage).is_some_and(|one| one.id == variant.id);
            if is_approved || variant.round == work.carousel.progress.last_round(variant.stage) {
                by_stage.entry(variant.stage).or_default().push(variant);
            }
        }
        let stages = by_stage.into_iter().map(|(stage, mut variants)| {
            rank(&mut variants);
            StageReport {
                name: stage,
                round: work.carousel.progress.last_round(stage),
                approved: work.approved.get(&stage).map(|variant| variant.id),
                variants: variants.into_iter().map(VariantReport::from).collect(),
            }
        });
        Ok(CarouselReport {
            carousel_id: id,
            stages: stages.collect(),
            files: Vec::new(),
            cost_micro_usd: cost,
            deck: work.approved_deck(),
            title: work.carousel.title,
            state: work.carousel.progress.state,
            brief: work.carousel.brief,
        })
    }
}
