//! A new carousel: from a topic, a text, a file or an address.

use askama::Template;
use axum::extract::{Multipart, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::content::ThemeName;
use domain::{Format, Language, Mode, Problem, Profile, Right, SlideCount, Source, UnknownName};
use studio::intake::{self, FetchLimits, Fetcher, IntakeError};
use studio::{NewCarousel, StudioError};

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
    text: String,
    url: String,
    file: Option<(String, Vec<u8>)>,
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
            text: text(),
            url: text(),
            file: None,
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
    async fn read(mut parts: Multipart) -> Result<Self, Problem> {
        let broken = |error: axum::extract::multipart::MultipartError| problem("text", error.body_text());
        let mut form = Self::default();
        while let Some(part) = parts.next_field().await.map_err(broken)? {
            let name = part.name().unwrap_or_default().to_owned();
            let file_name = part.file_name().map(str::to_owned);
            let bytes = part.bytes().await.map_err(broken)?;
            if name == "file" {
                form.file = file_name.filter(|name| !name.is_empty()).map(|name| (name, bytes.to_vec()));
                continue;
            }
            let text = String::from_utf8_lossy(&bytes).into_owned();
            match name.as_str() {
                "topic" => form.topic = text,
                "text" => form.text = text,
                "url" => form.url = text,
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

    /// The text to work from: a file before an address before what was typed.
    async fn source(&self, web: &Web) -> Result<Option<Source>, IntakeError> {
        if let Some((name, bytes)) = &self.file {
            return intake::read_stream(bytes.as_slice(), Some(name.clone())).map(Some);
        }
        if !self.url.trim().is_empty() {
            let allow_private_addresses = web.config.allow_private_addresses;
            let limits = FetchLimits { allow_private_addresses, ..FetchLimits::default() };
            return Fetcher::new(limits)?.fetch(self.url.trim()).await.map(Some);
        }
        if self.text.trim().is_empty() {
            return Ok(None);
        }
        intake::read_stream(self.text.as_bytes(), None).map(Some)
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
    let source = match form.source(&web).await {
        Ok(source) => source,
        Err(error) => {
            let field = if form.file.is_some() {
                "file"
            } else if form.url.is_empty() {
                "text"
            } else {
                "url"
            };
            return refused(&web, &person, &form, vec![problem(field, error.to_string())]).await;
        }
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
    Ok(NewPage { page: person.page("new-title").section("new"), form, problems, profiles, themes })
}
