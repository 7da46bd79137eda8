//! What a writer is told about a stage, put together from what is stored.

use domain::{Content, Source, WorkspaceId};
use store::rejections::Rejection;
use writer::{Article, Learned, StageBrief, ThemeOffer};

use super::failure::JobError;
use super::generate_round::GenerateRound;
use crate::operations::CarouselInWork;
use crate::studio::Studio;

impl Studio {
    pub(crate) async fn stage_brief(
        &self,
        workspace: WorkspaceId,
        work: &CarouselInWork,
        job: GenerateRound,
        rejections: Vec<Rejection>,
        avoid: Vec<Content>,
    ) -> Result<StageBrief, JobError> {
        let asked = &work.carousel.brief;
        let feedback = rejections
            .into_iter()
            .find(|rejection| rejection.stage == job.stage && rejection.round + 1 == job.round)
            .map(|rejection| rejection.feedback)
            .filter(|feedback| !feedback.trim().is_empty());
        Ok(StageBrief {
            workspace,
            carousel: work.carousel.id,
            topic: asked.topic.clone(),
            article: read(asked.source.clone()).await?,
            source_url: asked.source.as_ref().and_then(|source| source.url.clone()),
            source_name: asked.source.as_ref().and_then(|source| source.name.clone()),
            profile: work.profile.clone(),
            language: asked.language,
            slides: asked.slides,
            format: asked.format,
            mode: asked.mode,
            theme: asked.theme.clone(),
            themes: self.theme_offers(work),
            round: job.round,
            research: work.research().cloned(),
            outline: work.outline().cloned(),
            copy: work.copy().cloned(),
            hook: work.hook().cloned(),
            visual: work.visual().cloned(),
            feedback,
            avoid,
            learned: Learned::default(),
        })
    }

    /// The themes a visual variant may choose, in the brand's colour where the profile has one.
    pub(crate) fn theme_offers(&self, work: &CarouselInWork) -> Vec<ThemeOffer> {
        let asked = work.carousel.brief.theme.as_ref();
        let in_brand = |palettes: &[domain::content::Palette]| match work.profile.brand_color {
            Some(brand) => palettes.iter().map(|base| render::palette_from_brand(brand, base)).collect(),
            None => palettes.to_vec(),
        };
        self.renderer()
            .themes()
            .filter(|theme| asked.is_none_or(|asked| *asked == theme.name))
            .map(|theme| ThemeOffer {
                name: theme.name.clone(),
                palettes: in_brand(&theme.palettes),
                fonts: work.profile.fonts.clone().unwrap_or_else(|| theme.fonts.clone()),
            })
            .collect()
    }
}

/// Reads the source off the async threads: a long page takes a moment.
async fn read(source: Option<Source>) -> Result<Option<Article>, JobError> {
    let Some(source) = source else { return Ok(None) };
    tokio::task::spawn_blocking(move || writer::read_article(&source))
        .await
        .map_err(|panic| JobError::broke(&panic))?
        .map(Some)
        .map_err(JobError::hopeless)
}
