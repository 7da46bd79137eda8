//! How many slides a text has material for, asked before a carousel is made of it.

use domain::{Language, SlideCount, Source, Stage};
use writer::{StageBrief, WriteError};

use crate::error::StudioError;
use crate::studio::Studio;

/// A text of fewer words is a note: what becomes of it is for the person to say, not for the program.
const LEAST_WORDS: usize = 60;

impl Studio {
    /// The usual number of slides, or the most that the text fills where it is too short for them.
    ///
    /// A text that can't be written at all gets the usual number: the first stage says what is wrong.
    ///
    /// # Errors
    /// Only where the program itself broke.
    pub async fn fitting_slides(
        &self,
        source: Source,
        language: Option<Language>,
    ) -> Result<SlideCount, StudioError> {
        let read = tokio::task::spawn_blocking(move || writer::read_article(&source).ok());
        let article = read.await.map_err(|panic| StudioError::internal(&panic))?;
        let Some(article) = article.filter(|article| article.words() >= LEAST_WORDS) else {
            return Ok(SlideCount::default());
        };
        let language = language.or(article.language).unwrap_or(Language::ENGLISH);
        let mut brief = StageBrief::new(Some(article), language);
        // Each refusal names a smaller number, so this ends.
        while let Err(error) = self.written(&brief).await {
            let WriteError::TooShort { possible: Some(possible), .. } = error else {
                return Ok(SlideCount::default());
            };
            let fewer = u8::try_from(possible).ok().and_then(|count| SlideCount::try_from(count).ok());
            match fewer.filter(|fewer| *fewer < brief.slides) {
                Some(fewer) => brief.slides = fewer,
                None => return Ok(SlideCount::default()),
            }
        }
        Ok(brief.slides)
    }

    /// Whether the stages that need the most material can all be written.
    async fn written(&self, brief: &StageBrief) -> Result<(), WriteError> {
        for stage in [Stage::Research, Stage::Outline] {
            for strategy in stage.strategies() {
                self.writer.write(brief, *strategy).await?;
            }
        }
        Ok(())
    }
}
