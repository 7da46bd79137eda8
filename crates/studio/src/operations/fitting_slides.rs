//! How many slides a text has material for, asked before a carousel is made of it.

use domain::{Language, SlideCount, Source, Stage, WriterChoice};
use writer::{StageBrief, WriteError};

use crate::error::StudioError;
use crate::studio::Studio;

/// A text of fewer words is a note: what becomes of it is for the person to say, not for the program.
const LEAST_WORDS: usize = 60;

impl Studio {
    /// The usual number of slides, or the most that the text fills where it is too short for them.
    ///
    /// # Errors
    /// Where nothing can be made of the text, or so little that the person has to say how much: what is wrong, and
    /// the mend.
    pub async fn fitting_slides(
        &self,
        source: Source,
        language: Option<Language>,
        writer: WriterChoice,
    ) -> Result<SlideCount, StudioError> {
        let read = tokio::task::spawn_blocking(move || writer::read_article(&source).ok());
        let article = read.await.map_err(|panic| StudioError::internal(&panic))?;
        // What can't be read at all is told by the first stage, which reads it again.
        let Some(article) = article else { return Ok(SlideCount::default()) };
        if self.has_model() && writer == WriterChoice::Auto {
            return Ok(SlideCount::default()); // a model says more than the text does
        }
        let is_note = article.words() < LEAST_WORDS;
        let language = language.or(article.language).unwrap_or(Language::ENGLISH);
        let mut brief = StageBrief::new(Some(article), language);
        // Each refusal names a smaller number, so this ends.
        while let Err(error) = self.written(&brief).await {
            let fewer = match &error {
                WriteError::TooShort { possible: Some(possible), .. } if !is_note => {
                    u8::try_from(*possible).ok()
                }
                _ => None,
            };
            let fewer = fewer.and_then(|count| SlideCount::try_from(count).ok());
            match fewer.filter(|fewer| *fewer < brief.slides) {
                Some(fewer) => brief.slides = fewer,
                None => return Err(StudioError::Unavailable(refusal(&error))),
            }
        }
        Ok(brief.slides)
    }

    /// Whether the stages that need the most material can all be written.
    async fn written(&self, brief: &StageBrief) -> Result<(), WriteError> {
        for stage in [Stage::Research, Stage::Outline] {
            for strategy in stage.strategies() {
                self.writers.offline_writer().write(brief, *strategy).await?;
            }
        }
        Ok(())
    }
}

/// Why nothing was written, for a person who asked for no number of slides.
fn refusal(error: &WriteError) -> String {
    let WriteError::TooShort { sentences, possible: Some(fewer), .. } = error else {
        return error.to_string();
    };
    format!(
        "the text is too short for a carousel of the usual length (sentences that can stand alone: {sentences}); \
         give a longer text, or ask for {fewer} slides"
    )
}
