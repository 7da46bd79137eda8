//! The text that a carousel is made of, as forms ask for it, and another one for a carousel that
//! could not be written.

use axum::extract::multipart::MultipartError;
use axum::extract::{Multipart, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::{CarouselId, Problem, Right, Source};
use studio::StudioError;
use studio::intake::{self, FetchLimits, Fetcher, IntakeError};

use super::stage;
use crate::at::At;
use crate::error::PageError;
use crate::session::Person;
use crate::web::Web;

/// What the fields of `source_fields.html` hold.
#[derive(Debug, Default)]
pub(crate) struct SourceForm {
    pub(crate) text: String,
    pub(crate) url: String,
    file: Option<(String, Vec<u8>)>,
}

impl SourceForm {
    /// The fields of the text, and those that the form has besides.
    pub(crate) async fn read(mut parts: Multipart) -> Result<(Self, Vec<(String, String)>), Problem> {
        let broken = |error: MultipartError| problem("text", error.body_text());
        let (mut form, mut others) = (Self::default(), Vec::new());
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
                "text" => form.text = text,
                "url" => form.url = text,
                _ => others.push((name, text)),
            }
        }
        Ok((form, others))
    }

    /// The text to work from: a file before an address before what was typed.
    pub(crate) async fn source(&self, web: &Web) -> Result<Option<Source>, Problem> {
        let (field, read) = if let Some((name, bytes)) = &self.file {
            ("file", intake::read_stream(bytes.as_slice(), Some(name.clone())))
        } else if !self.url.trim().is_empty() {
            ("url", fetched(web, self.url.trim()).await)
        } else if !self.text.trim().is_empty() {
            ("text", intake::read_stream(self.text.as_bytes(), None))
        } else {
            return Ok(None);
        };
        read.map(Some).map_err(|error| problem(field, error.to_string()))
    }
}

async fn fetched(web: &Web, url: &str) -> Result<Source, IntakeError> {
    let allow_private_addresses = web.config.allow_private_addresses;
    let limits = FetchLimits { allow_private_addresses, ..FetchLimits::default() };
    Fetcher::new(limits)?.fetch(url).await
}

fn problem(field: &str, message: String) -> Problem {
    Problem { field: field.to_owned(), message }
}

/// Has a carousel that could not be written made of another text.
pub(crate) async fn give(
    State(web): State<Web>,
    person: Person,
    At(id): At<CarouselId>,
    parts: Multipart,
) -> Result<Response, PageError> {
    let failed = |error| person.error(error);
    person.actor().require(Right::Make).map_err(failed)?;
    let (form, source) = match SourceForm::read(parts).await {
        Ok((form, _)) => {
            let source = form.source(&web).await;
            (form, source)
        }
        Err(problem) => (SourceForm::default(), Err(problem)),
    };
    let given = match source {
        Ok(Some(source)) => web.studio.give_source(person.actor(), id, source).await,
        Ok(None) => {
            let missing = problem("source", person.reader.words.text("source-missing"));
            Err(StudioError::Invalid { problems: vec![missing] })
        }
        Err(problem) => Err(StudioError::Invalid { problems: vec![problem] }),
    };
    match given {
        Ok(_) => Ok(Redirect::to(&format!("/carousels/{id}")).into_response()),
        Err(StudioError::Invalid { problems }) => {
            stage::source_refused(&web, &person, id, form, problems).await
        }
        Err(error) => Err(failed(error)),
    }
}
