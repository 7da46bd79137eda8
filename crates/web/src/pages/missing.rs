//! What is answered where there is no page, and where a handler broke.

use std::any::Any;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::catalogue::Catalogue;
use crate::error::PageError;
use crate::reader::Reader;

pub(crate) async fn page(reader: Reader) -> PageError {
    PageError::saying(StatusCode::NOT_FOUND, reader.words.text("error-no-page"), reader)
}

/// A panic is a mistake of ours; its text is in the log.
pub(crate) fn broken(panic: Box<dyn Any + Send>) -> Response {
    let what = panic.downcast_ref::<&str>().copied().map(str::to_owned);
    let what = what.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default();
    tracing::error!(%what, "a handler broke");
    // Who asked is not known here: it is said in every language.
    let sentences = Catalogue::all().iter().map(|words| words.text("error-internal"));
    let said = sentences.collect::<Vec<_>>().join("\n");
    (StatusCode::INTERNAL_SERVER_ERROR, said).into_response()
}
