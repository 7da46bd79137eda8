//! A new carousel: from a topic, a text, a file or an address.

use askama::Template;
use axum::extract::{Multipart, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::content::ThemeName;
use domain::{
    Format, Language, Mode, Problem, Profile, Right, SlideCount, Source, UnknownName, WriterChoice,
};
use studio::intake;
use studio::{NewCarousel, StudioError};

use super::source::SourceForm;
use crate::error::{PageError, status};
use crate::page::{Page, html, html_with};
use crate::session::Person;
use crate::web::Web;

/// The article that an empty library offers.
const EXAMPLE: &str = include_str!("../../../../examples/city-trees.md");

#[derive(Template)]
#[template(path = "new.html")]
struct NewPage<'a> {
    page: Page,
    form: &'a NewForm,
    source: &'a SourceForm,
    /// Nobody here can write from a topic alone.
    needs_text: bool,
    problems: Vec<Problem>,
    profiles: Vec<Profile>,
    themes: Vec<String>,
}

impl NewPage<'_> {
    fn languages(&self) -> [(&'static str, &'static str); 6] {
        [
            ("en", "English"),
            ("de", "Deutsch"),
            ("es", "Español"),
            ("fr", "Français"),
            ("it", "Italiano"),
            ("pt", "Português"),
        ]
    }
}

/// What the form holds; shown again as it was where something is wrong.
#[derive(Debug)]
pub(crate) struct NewForm {
    topic: String,
    source: SourceForm,
    slides: String,
    format: String,
    language: String,
    theme: String,
    mode: String,
    profile: String,
    autopilot: bool,
}

impl Default for NewForm {
    fn default() -> Self {
        let text = String::new;
        Self {
            topic: text(),
            source: SourceForm::default(),
            slides: SlideCount::default().to_string(),
            format: Format::Portrait.name().to_owned(),
            language: text(),
            theme: text(),
            mode: Mode::Balanced.name().to_owned(),
            profile: text(),
            autopilot: false,
        }
    }
}

impl NewForm {
    async fn read(parts: Multipart) -> Result<Self, Problem> {
        let mut form = Self::default();
        let (source, others) = SourceForm::read(parts).await?;
        form.source = source;
        for (name, text) in others {
            match name.as_str() {
                "topic" => form.topic = text,
                "slides" => form.slides = text,
                "format" => form.format = text,
                "language" => form.language = text,
                "theme" => form.theme = text,
                "mode" => form.mode = text,
                "profile" => form.profile = text,
                "autopilot" => form.autopilot = true,
                _ => {}
            }
        }
        Ok(form)
    }

    fn request(&self, source: Option<Source>) -> Result<NewCarousel, Problem> {
        let some = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let slides = self.slides.trim().parse::<u8>().ok().and_then(|count| SlideCount::try_from(count).ok());
        let slides = slides.ok_or_else(|| problem("slides", "has to be 2 to 10".to_owned()))?;
        let language = some(&self.language).map(|code| code.parse::<Language>()).transpose();
        let profile = some(&self.profile).map(|id| id.parse()).transpose();
        Ok(NewCarousel {
            topic: some(&self.topic),
            source,
            slides,
            format: self.format.parse().map_err(|error: UnknownName| problem("format", error.to_string()))?,
            language: language.map_err(|error| problem("language", error.to_string()))?,
            theme: some(&self.theme).map(ThemeName),
            mode: self.mode.parse().map_err(|error: UnknownName| problem("mode", error.to_string()))?,
            writer: WriterChoice::Auto,
            autopilot: self.autopilot,
            profile: profile.map_err(|_| problem("profile", "is not one of yours".to_owned()))?,
        })
    }
}

fn problem(field: &str, message: String) -> Problem {
    Problem { field: field.to_owned(), message }
}

pub(crate) async fn form(State(web): State<Web>, person: Person) -> Result<Response, PageError> {
    person.actor().require(Right::Make).map_err(|error| person.error(error))?;
    let form = NewForm::default();
    Ok(html(&page(&web, &person, &form, vec![]).await?))
}

pub(crate) async fn create(
    State(web): State<Web>,
    person: Person,
    parts: Multipart,
) -> Result<Response, PageError> {
    let form = match NewForm::read(parts).await {
        Ok(form) => form,
        Err(problem) => return refused(&web, &person, &NewForm::default(), vec![problem]).await,
    };
    let source = match form.source.source(&web).await {
        Ok(source) => source,
        Err(problem) => return refused(&web, &person, &form, vec![problem]).await,
    };
    let request = match form.request(source) {
        Ok(request) => request,
        Err(problem) => return refused(&web, &person, &form, vec![problem]).await,
    };
    match web.studio.create_carousel(person.actor(), request).await {
        Ok(carousel) => Ok(Redirect::to(&format!("/carousels/{}", carousel.id)).into_response()),
        Err(StudioError::Invalid { problems }) => refused(&web, &person, &form, problems).await,
        Err(error) => Err(person.error(error)),
    }
}

/// Makes one from the example article, for a first look.
pub(crate) async fn example(State(web): State<Web>, person: Person) -> Result<Response, PageError> {
    let source = intake::read_stream(EXAMPLE.as_bytes(), Some("city-trees.md".to_owned()));
    let source = source.map_err(|error| person.error(error.into()))?;
    let request = NewForm::default().request(Some(source));
    let request =
        request.map_err(|problem| person.error(StudioError::Invalid { problems: vec![problem] }))?;
    let carousel = web.studio.create_carousel(person.actor(), request).await;
    let carousel = carousel.map_err(|error| person.error(error))?;
    Ok(Redirect::to(&format!("/carousels/{}", carousel.id)).into_response())
}

async fn refused(
    web: &Web,
    person: &Person,
    form: &NewForm,
    problems: Vec<Problem>,
) -> Result<Response, PageError> {
    let code = status(&StudioError::Invalid { problems: vec![] });
    Ok(html_with(code, &page(web, person, form, problems).await?))
}

async fn page<'a>(
    web: &Web,
    person: &Person,
    form: &'a NewForm,
    problems: Vec<Problem>,
) -> Result<NewPage<'a>, PageError> {
    let profiles = web.studio.profiles(person.actor()).await.map_err(|error| person.error(error))?;
    let renderer = web.studio.renderer();
    let themes = renderer.themes().map(|theme| theme.name.to_string()).collect();
    let (page, needs_text) = (person.page("new-title").section("new"), web.studio.needs_text());
    Ok(NewPage { page, form, source: &form.source, needs_text, problems, profiles, themes })
}
