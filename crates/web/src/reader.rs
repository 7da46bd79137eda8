//! Who reads, before anybody signs in: the language of the interface, and what kind of answer
//! is wanted.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;
use tower_http::request_id::RequestId;
use uuid::Uuid;

use crate::catalogue::Catalogue;

/// The reader of an answer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reader {
    pub(crate) words: &'static Catalogue,
    /// A script asks for a part of a page.
    pub(crate) wants_fragment: bool,
    /// Stands in the log beside everything that this request brings about.
    pub(crate) request: Option<Uuid>,
}

impl Reader {
    pub(crate) fn of(parts: &Parts) -> Self {
        let text = |name| parts.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        Self {
            words: Catalogue::for_browser(text(header::ACCEPT_LANGUAGE.as_str())),
            // Going back in a boosted history asks for the whole page.
            wants_fragment: parts.headers.contains_key("hx-request")
                && !parts.headers.contains_key("hx-boosted")
                && !parts.headers.contains_key("hx-history-restore-request"),
            request: parts
                .extensions
                .get::<RequestId>()
                .and_then(|id| id.header_value().to_str().ok()?.parse().ok()),
        }
    }

    /// The same reader, who has chosen a language.
    pub(crate) fn speaking(self, code: Option<&str>) -> Self {
        Self { words: code.and_then(Catalogue::of).unwrap_or(self.words), ..self }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Reader {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self::of(parts))
    }
}
