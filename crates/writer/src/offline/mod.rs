//! The offline writer: a carousel cut down from the person's own text.

mod analysis;
mod caption;
mod copy;
mod desk;
mod focus;
mod headline;
mod hook;
mod lexicon;
mod material;
mod outline;
mod phrases;
mod pieces;
mod promise;
mod reference;
mod research;
mod sentence;
mod story;
mod subject;
mod visual;

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError};

use domain::{Content, Language, MicroUsd, Stage, Strategy, WrittenBy};

use crate::brief::StageBrief;
use crate::draft::{Draft, WriteError, Writer, Writing};
use crate::source::Article;
use analysis::Analysis;
pub use caption::alt_texts;
use desk::Desk;
pub(crate) use lexicon::Lexicon;

/// Told with each draft, so that a later change of the rules can be seen in the history.
const VERSION: &str = env!("CARGO_PKG_VERSION");
/// Analyses kept, for carousels that are written at the same time.
const KEPT: usize = 4;

/// Writes every stage from the article alone; the same brief gives the same draft.
#[derive(Debug, Default)]
pub struct OfflineWriter {
    /// The last analyses by their article's hash: all stages of a carousel share one.
    analyses: Mutex<Vec<(u64, Arc<Analysis>)>>,
}

impl OfflineWriter {
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Writes one draft at once; [`Writer::write`] is the same behind a future.
    ///
    /// # Errors
    /// Where the text has not the material; each error is a sentence with the mend.
    pub fn draft(&self, brief: &StageBrief, strategy: Strategy) -> Result<Draft, WriteError> {
        let Some(article) = &brief.article else { return Err(WriteError::NeedsSource) };
        if let Some(language) = article.language
            && language != brief.language
        {
            return Err(WriteError::OtherLanguage { article: language, asked: brief.language });
        }
        let analysis = self.analysis(article, brief.language);
        let desk = Desk::new(&analysis, brief);
        if matches!(strategy.stage(), Stage::Research | Stage::Outline) {
            desk.check_material()?;
        }
        let content = match strategy.stage() {
            Stage::Research => Content::Research(research::write(&desk, strategy)?),
            Stage::Outline => Content::Outline(outline::write(&desk, strategy)?),
            Stage::Copy => Content::Copy(copy::write(&desk, strategy)?),
            Stage::Hook => Content::Hook(hook::write(&desk, strategy)?),
            Stage::Visual => Content::Visual(visual::write(&desk, strategy)?),
            Stage::Caption => Content::Caption(caption::write(&desk, strategy)?),
        };
        let problems = content.problems(brief.slides.get());
        if !problems.is_empty() {
            return Err(WriteError::Invalid { stage: strategy.stage(), problems });
        }
        Ok(Draft {
            content,
            written_by: WrittenBy::Offline { version: VERSION.to_owned() },
            cost: MicroUsd::ZERO,
            notes: desk.notes(),
        })
    }

    fn analysis(&self, article: &Article, language: Language) -> Arc<Analysis> {
        let mut hasher = DefaultHasher::new();
        (article, language).hash(&mut hasher);
        let key = hasher.finish();
        let mut kept = self.analyses.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, analysis)) = kept.iter().find(|(known, _)| *known == key) {
            return Arc::clone(analysis);
        }
        let analysis = Arc::new(Analysis::new(article, language));
        kept.truncate(KEPT - 1);
        kept.insert(0, (key, Arc::clone(&analysis)));
        analysis
    }
}

impl Writer for OfflineWriter {
    fn write<'a>(&'a self, brief: &'a StageBrief, strategy: Strategy) -> Writing<'a> {
        Box::pin(async move { self.draft(brief, strategy) })
    }

    fn needs_text(&self) -> bool {
        true
    }
}
