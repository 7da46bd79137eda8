//! The parts of a page's address; one that has not their form leads to the page that says so.

use axum::extract::{FromRequestParts, Path};
use axum::http::StatusCode;
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

use crate::error::PageError;
use crate::reader::Reader;
use crate::session::Person;
use crate::web::Web;

/// As axum's `Path`, with a page of ours where an id is none.
#[derive(Clone, Copy, Debug)]
pub(crate) struct At<T>(pub(crate) T);

impl<T: DeserializeOwned + Send> FromRequestParts<Web> for At<T> {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Self::Rejection> {
        if let Ok(Path(value)) = Path::<T>::from_request_parts(parts, web).await {
            return Ok(Self(value));
        }
        let (reader, person) = match Person::from_request_parts(parts, web).await {
            Ok(person) => (person.reader, Some(person.signed)),
            Err(_) => (Reader::of(parts), None),
        };
        let error = PageError::saying(StatusCode::NOT_FOUND, reader.words.text("error-no-page"), reader);
        Err(match person {
            Some(signed) => error.for_person(&signed),
            None => error,
        })
    }
}
