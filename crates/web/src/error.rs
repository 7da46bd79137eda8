//! Errors as pages: the status that fits, a sentence with the mend, and an id that the log has too.

use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use studio::{Signed, StudioError};
use uuid::Uuid;

use crate::back::Trouble;
use crate::page::{Page, html_with};
use crate::reader::Reader;

/// The one place where an error gets its status.
pub(crate) fn status(error: &StudioError) -> StatusCode {
    match error {
        StudioError::NotFound(_) | StudioError::Unknown(_) => StatusCode::NOT_FOUND,
        StudioError::Gone(_) => StatusCode::GONE,
        StudioError::Invalid { .. } | StudioError::Intake(_) | StudioError::Unfit(_) => {
            StatusCode::UNPROCESSABLE_ENTITY
        }
        StudioError::Conflict { .. } | StudioError::Taken(_) => StatusCode::CONFLICT,
        StudioError::Forbidden(_) => StatusCode::FORBIDDEN,
        StudioError::SignIn(_) => StatusCode::UNAUTHORIZED,
        StudioError::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
        StudioError::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
        StudioError::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// An error on its way to a person.
#[derive(Debug)]
pub(crate) struct PageError {
    status: StatusCode,
    sentence: String,
    retry_after: Option<u64>,
    page: Box<Page>,
    /// Links the page with the log.
    id: Option<Uuid>,
}

impl PageError {
    pub(crate) fn new(error: StudioError, reader: Reader) -> Self {
        let retry_after = match &error {
            StudioError::TooMany { retry_after } => Some(retry_after.as_secs().max(1)),
            _ => None,
        };
        let said = Self::saying(status(&error), String::new(), reader);
        Self { retry_after, sentence: said.page.error(&error), ..said }
    }

    pub(crate) fn saying(status: StatusCode, sentence: String, reader: Reader) -> Self {
        let title = reader.words.text("error-title");
        Self {
            status,
            sentence,
            retry_after: None,
            page: Box::new(Page::new(reader, title)),
            id: reader.request,
        }
    }

    /// The same with more to say.
    pub(crate) fn adding(mut self, sentence: &str) -> Self {
        self.sentence = format!("{} {sentence}", self.sentence);
        self
    }

    pub(crate) fn for_person(mut self, signed: &Signed) -> Self {
        self.page = Box::new(self.page.signed(signed));
        self
    }

    /// A request that a foreign page may have sent.
    pub(crate) fn forged(reader: Reader) -> Self {
        Self::saying(StatusCode::FORBIDDEN, reader.words.text("error-forged"), reader)
    }
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage<'a> {
    page: &'a Page,
    sentence: &'a str,
    status: u16,
    id: Option<Uuid>,
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        // Only what is ours to mend needs looking up.
        let id = self.id.filter(|_| self.status.is_server_error());
        let template =
            ErrorPage { page: &self.page, sentence: &self.sentence, status: self.status.as_u16(), id };
        let mut response = html_with(self.status, &template);
        if self.status.is_client_error() && self.status != StatusCode::UNAUTHORIZED {
            response.extensions_mut().insert(Trouble(self.sentence.clone()));
        }
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
