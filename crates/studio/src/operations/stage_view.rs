//! One round of a stage with all that a person decides by: the approval page reads this.

use std::collections::BTreeMap;

use domain::content::Fact;
use domain::{Carousel, CarouselId, Content, MemberId, Rating, Right, Stage, Strategy, Variant, VariantId};
use store::approvals::Approval;
use time::OffsetDateTime;

use super::read_carousel::rank;
use crate::error::StudioError;
use crate::studio::{Actor, Studio};

/// Who chose which variant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApprovalView {
    pub stage: Stage,
    pub variant: VariantId,
    /// The member's name; `None` is the autopilot.
    pub by: Option<String>,
    pub at: OffsetDateTime,
}

/// What was chosen in a stage, for the track of stages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    pub approval: ApprovalView,
    pub strategy: Strategy,
    /// The words that the choice is known by: a headline, the first line of a caption, the fonts.
    pub words: String,
}

/// Another member's stars.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RatingView {
    pub by: String,
    pub rating: Rating,
}

/// A variant with what members think of it.
#[derive(Clone, Debug)]
pub struct VariantView {
    pub variant: Variant,
    /// The actor's own, that counts.
    pub rating: Option<Rating>,
    /// The other members', that count.
    pub ratings: Vec<RatingView>,
}

/// A round of a stage.
#[derive(Clone, Debug)]
pub struct StageView {
    pub carousel: Carousel,
    pub stage: Stage,
    /// 0 where the stage was not begun.
    pub round: u32,
    /// How many there were.
    pub rounds: u32,
    /// The approval of this stage that counts; its variant may be of an earlier round.
    pub approved: Option<ApprovalView>,
    /// What was chosen in every stage that is approved.
    pub track: BTreeMap<Stage, Chosen>,
    /// Best first.
    pub variants: Vec<VariantView>,
    /// What was said of the round before, which opened this one; empty where nothing was said.
    pub rejection: Option<String>,
    /// The facts of the approved research, with their sources; of each variant the ones that
    /// its content names.
    pub facts: Vec<Fact>,
}

impl Studio {
    /// A round of a stage, without one the last.
    ///
    /// # Errors
    /// Where there is no such carousel in this workspace, or there was no such round.
    pub async fn stage_view(
        &self,
        actor: Actor,
        id: CarouselId,
        stage: Stage,
        round: Option<u32>,
    ) -> Result<StageView, StudioError> {
        actor.require(Right::Read)?;
        let mut tx = self.store.read(actor.workspace).await?;
        let carousel = store::carousels::get(&mut tx, id).await?;
        let rounds = carousel.progress.last_round(stage);
        let round = round.unwrap_or(rounds);
        if round > rounds || (round == 0 && rounds > 0) {
            return Err(StudioError::NotFound("round"));
        }
        let names = store::workspaces::names(&mut tx).await?;
        let approvals = store::approvals::live(&mut tx, id).await?;
        let rejections = store::rejections::of_carousel(&mut tx, id).await?;
        let opened_by = rejections.into_iter().find(|one| one.stage == stage && one.round + 1 == round);
        let mut variants = store::variants::of_round(&mut tx, id, stage, round).await?;
        rank(&mut variants);
        let ratings = store::ratings::of_round(&mut tx, id, stage, round).await?;
        let chosen = store::variants::approved(&mut tx, id).await?;
        let facts = chosen.iter().find_map(|variant| match &variant.content {
            Content::Research(research) => Some(research.facts.clone()),
            _ => None,
        });
        let track: BTreeMap<Stage, Chosen> = chosen
            .iter()
            .filter_map(|variant| {
                let approval = named(approvals.get(&variant.stage)?, &names);
                let words = known_by(&variant.content);
                Some((variant.stage, Chosen { approval, strategy: variant.strategy, words }))
            })
            .collect();
        Ok(StageView {
            carousel,
            stage,
            round,
            rounds,
            approved: track.get(&stage).map(|chosen| chosen.approval.clone()),
            track,
            variants: variants.into_iter().map(|variant| view(variant, &ratings, actor, &names)).collect(),
            rejection: opened_by.map(|rejection| rejection.feedback),
            facts: facts.unwrap_or_default(),
        })
    }
}

fn known_by(content: &Content) -> String {
    let first = |words: Option<&String>| words.cloned().unwrap_or_default();
    match content {
        Content::Research(research) => research.angle.clone(),
        Content::Outline(outline) => first(outline.slides.first().map(|slide| &slide.working_title)),
        Content::Copy(copy) => first(copy.slides.first().map(|slide| &slide.headline)),
        Content::Hook(hook) => hook.headline.clone(),
        Content::Visual(visual) => visual.fonts.display.clone(),
        Content::Caption(caption) => caption.caption.lines().next().unwrap_or_default().to_owned(),
    }
}

/// The names of members by their ids.
pub(super) type Names = BTreeMap<MemberId, String>;

pub(super) fn named(approval: &Approval, names: &Names) -> ApprovalView {
    ApprovalView {
        stage: approval.stage,
        variant: approval.variant,
        by: approval.member.map(|member| name(member, names)),
        at: approval.at,
    }
}

pub(super) fn name(member: MemberId, names: &Names) -> String {
    names.get(&member).cloned().unwrap_or_default()
}

fn view(variant: Variant, ratings: &[Rating], actor: Actor, names: &Names) -> VariantView {
    let (mine, others): (Vec<_>, Vec<_>) = ratings
        .iter()
        .filter(|rating| rating.variant == variant.id)
        .cloned()
        .partition(|rating| rating.member == actor.member);
    let ratings = others.into_iter().map(|rating| RatingView { by: name(rating.member, names), rating });
    VariantView { rating: mine.into_iter().next(), ratings: ratings.collect(), variant }
}
