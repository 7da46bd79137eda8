//! Scores a draft, with the checks of its rendered slides where it has slides to render.

use domain::{Check, Content, Deck, Flag, Score, Variant};
use render::Assets;
use scoring::Context;
use scoring::diversity;

use super::failure::JobError;
use super::generate_round::Round;
use crate::error::StudioError;
use crate::operations::CarouselInWork;
use crate::studio::{Actor, Studio};

impl Studio {
    /// The score that a content has in this carousel.
    pub(crate) async fn judge(
        &self,
        actor: Actor,
        work: &CarouselInWork,
        content: &Content,
    ) -> Result<Score, StudioError> {
        Ok(self.judge_closely(actor, work, content).await?.0)
    }

    /// The score with the checks of the slides that it rests on; none where there are no slides yet.
    pub(crate) async fn judge_closely(
        &self,
        actor: Actor,
        work: &CarouselInWork,
        content: &Content,
    ) -> Result<(Score, Vec<Check>), StudioError> {
        let checks = match self.deck_to_check(work, content) {
            Some(deck) => {
                let assets = self.assets(actor.workspace, &deck).await?;
                self.check(deck, assets).await?
            }
            None => Vec::new(),
        };
        let (work, content) = (work.clone(), content.clone());
        let judged = self.desk.run(move || (score(&work, &content, &checks), checks)).await;
        judged.map_err(|panic| StudioError::internal(&panic))
    }

    /// The slides that a draft of words or looks would make.
    fn deck_to_check(&self, work: &CarouselInWork, content: &Content) -> Option<Deck> {
        matches!(content, Content::Copy(_) | Content::Visual(_))
            .then(|| self.deck_with(work, content))
            .flatten()
    }

    /// All checks of a deck's slides, off the async threads.
    pub(crate) async fn check(&self, deck: Deck, assets: Assets) -> Result<Vec<Check>, StudioError> {
        let renderer = self.renderer();
        let checked = self.desk.run(move || renderer.check(&deck, &assets)).await;
        Ok(checked.map_err(|panic| StudioError::internal(&panic))??)
    }

    /// Marks each variant that says nearly what an earlier one of its round says.
    pub(crate) async fn mark_similar(&self, round: &Round) -> Result<(), JobError> {
        let job = round.job;
        let mut tx = self.store.write(round.actor.workspace).await?;
        let mut variants = store::variants::of_round(&mut tx, job.carousel, job.stage, job.round).await?;
        variants.sort_by_key(|variant| variant.position);
        for n in 1..variants.len() {
            let (earlier, later) = variants.split_at(n);
            if let Some(score) = marked(&later[0], earlier) {
                store::variants::set_score(&mut tx, later[0].id, &score).await?;
            }
        }
        Ok(tx.commit().await?)
    }
}

/// The score with a mark that names the variant it is too close to; `None` where it is not.
///
/// The mark lowers nothing: it says how much choice there is, not how good the variant is.
fn marked(variant: &Variant, earlier: &[Variant]) -> Option<Score> {
    let contents: Vec<&Content> = earlier.iter().map(|variant| &variant.content).collect();
    let (nearest, _) = diversity::too_similar(&variant.content, &contents, variant.stage)?;
    let mut score = variant.score.clone();
    let already = score.flags.iter().any(|flag| flag.name == SIMILAR);
    let about = earlier[nearest].strategy.to_string();
    let message = format!("similar to the variant `{about}`");
    score.flags.push(Flag { name: SIMILAR.to_owned(), about, message });
    (!already).then_some(score)
}

const SIMILAR: &str = "similar";

fn score(work: &CarouselInWork, content: &Content, checks: &[Check]) -> Score {
    let brief = &work.carousel.brief;
    let context = Context {
        language: brief.language,
        slides: brief.slides.get(),
        profile: &work.profile,
        source_text: brief.source.as_ref().map_or("", |source| source.text.as_str()),
        research: work.research(),
        outline: work.outline(),
        copy: work.copy(),
        hook: work.hook(),
        theme_asked: brief.theme.as_ref(),
        checks,
    };
    scoring::score(content, &context)
}
