//! Makes a carousel from a topic or a text, and queues its first stage.

use domain::{
    Action, Brief, Carousel, Format, Language, Mode, ProfileId, Progress, Right, SlideCount, Source, State,
    WriterChoice, content::ThemeName,
};
use sha2::{Digest, Sha256};

use super::edit_variant::unknown_theme;
use crate::error::StudioError;
use crate::studio::{Actor, Studio};

/// What a person asks for.
#[derive(Clone, Debug)]
pub struct NewCarousel {
    pub topic: Option<String>,
    pub source: Option<Source>,
    pub slides: SlideCount,
    pub format: Format,
    /// Without one, the language of the source text.
    pub language: Option<Language>,
    pub theme: Option<ThemeName>,
    pub mode: Mode,
    pub writer: WriterChoice,
    pub autopilot: bool,
    pub profile: Option<ProfileId>,
}

/// The longest topic, in characters.
pub(super) const TOPIC: usize = 200;

/// What is asked for where nobody can write from a topic.
const NEEDS_TEXT: &str = "is missing, and without a model a topic alone is not enough; give an article (a file, an \
    address or pasted text), or connect a model";

impl Studio {
    /// Makes a carousel and starts it.
    ///
    /// # Errors
    /// Where there is neither topic nor text, or what was asked for does not exist.
    pub async fn create_carousel(&self, actor: Actor, request: NewCarousel) -> Result<Carousel, StudioError> {
        self.create(actor, request, None).await
    }

    /// The same for a command that may be stopped: the next run of the same request finds it
    /// by [`Studio::unfinished`]. What is made elsewhere is never found so.
    ///
    /// # Errors
    /// As [`Studio::create_carousel`].
    pub async fn create_for_run(&self, actor: Actor, request: NewCarousel) -> Result<Carousel, StudioError> {
        let source_key = source_key(&request);
        self.create(actor, request, Some(&source_key)).await
    }

    async fn create(
        &self,
        actor: Actor,
        request: NewCarousel,
        source_key: Option<&str>,
    ) -> Result<Carousel, StudioError> {
        actor.require(Right::Make)?;
        self.accept(&request)?;
        let title = title(&request);
        let mut carousel = self.new_carousel(title, brief(request));
        let mut tx = self.store.write(actor.workspace).await?;
        if let Some(profile) = carousel.brief.profile {
            store::profiles::get(&mut tx, profile).await?;
        }
        store::carousels::insert(&mut tx, &carousel, source_key).await?;
        self.transition(&mut tx, actor, &mut carousel, &Action::Start).await?;
        tx.commit().await?;
        self.announce(&carousel);
        Ok(carousel)
    }

    /// A carousel that is about to begin.
    pub(crate) fn new_carousel(&self, title: String, brief: Brief) -> Carousel {
        let now = self.surroundings.now();
        Carousel {
            id: self.surroundings.carousel_id(),
            title,
            brief,
            progress: Progress::new(),
            created_at: now,
            updated_at: now,
            archived_at: None,
        }
    }

    /// The same request's carousel, where an earlier run was stopped before it was taken out.
    ///
    /// One that failed for good is none: it would fail again, and a new one may not.
    ///
    /// # Errors
    /// Where the database can't be read.
    pub async fn unfinished(
        &self,
        actor: Actor,
        request: &NewCarousel,
    ) -> Result<Option<Carousel>, StudioError> {
        actor.require(Right::Make)?;
        let mut tx = self.store.read(actor.workspace).await?;
        let found = store::carousels::find_unfinished_by_source_key(&mut tx, &source_key(request)).await?;
        Ok(found
            .filter(|carousel| !matches!(carousel.progress.state, State::Failed { retryable: false, .. })))
    }

    fn accept(&self, request: &NewCarousel) -> Result<(), StudioError> {
        let topic = request.topic.as_deref().map(str::trim).unwrap_or_default();
        if request.source.is_none() && self.writers.hand(request.writer).needs_text() {
            return Err(StudioError::invalid("source", NEEDS_TEXT));
        }
        if topic.is_empty() && request.source.is_none() {
            return Err(StudioError::invalid("topic", "is empty and there is no text; give one of them"));
        }
        if topic.chars().count() > TOPIC {
            return Err(StudioError::invalid(
                "topic",
                format!("is longer than {TOPIC} characters; say it shorter"),
            ));
        }
        let renderer = self.renderer();
        if let Some(theme) = request.theme.as_ref().filter(|theme| renderer.theme(theme).is_none()) {
            return Err(StudioError::Invalid { problems: vec![unknown_theme(&renderer, "theme", theme)] });
        }
        Ok(())
    }
}

fn brief(request: NewCarousel) -> Brief {
    // The article's own language: that of a page's markup and navigation may be another.
    let detected = || writer::read_article(request.source.as_ref()?).ok()?.language;
    Brief {
        language: request.language.or_else(detected).unwrap_or(Language::ENGLISH),
        topic: request.topic,
        source: request.source,
        slides: request.slides,
        format: request.format,
        theme: request.theme,
        mode: request.mode,
        writer: request.writer,
        autopilot: request.autopilot,
        profile: request.profile,
    }
}

/// The topic, else the article's own title, else the file's name.
fn title(request: &NewCarousel) -> String {
    let of_article = || writer::read_article(request.source.as_ref()?).ok()?.title;
    let of_file = || request.source.as_ref()?.name.clone();
    let topic = request.topic.clone().filter(|topic| !topic.trim().is_empty());
    topic.or_else(of_article).or_else(of_file).unwrap_or_else(|| "Untitled".to_owned())
}

/// Tells whether two requests ask for the same: a hash of all that shapes the carousel. Who writes it and how much
/// work goes into it may change on the way.
fn source_key(request: &NewCarousel) -> String {
    let asked = serde_json::json!([
        request.topic,
        request.source,
        request.slides,
        request.format,
        request.language,
        request.theme,
        request.autopilot,
        request.profile,
    ]);
    Sha256::digest(asked.to_string()).iter().map(|byte| format!("{byte:02x}")).collect()
}
