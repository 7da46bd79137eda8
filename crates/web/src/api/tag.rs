//! Entity tags: a digest of what was answered, so that an edit of what somebody else has
//! changed since is refused instead of written over it.

use axum::Json;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::problem::ApiError;

/// An answer with its tag.
#[derive(Debug)]
pub(super) struct Tagged<T>(pub(super) T);

impl<T: Serialize> IntoResponse for Tagged<T> {
    fn into_response(self) -> Response {
        let tag = HeaderValue::from_str(&tag(&self.0)).unwrap_or(HeaderValue::from_static("\"\""));
        ([(header::ETAG, tag)], Json(self.0)).into_response()
    }
}

/// An answer that has more to it, with the tag of its body.
pub(super) fn tagged(mut response: Response, body: &impl Serialize) -> Response {
    if let Ok(tag) = HeaderValue::from_str(&tag(body)) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response
}

fn tag(body: &impl Serialize) -> String {
    let digest = Sha256::digest(serde_json::to_vec(body).unwrap_or_default());
    let hex: String = digest[..12].iter().map(|byte| format!("{byte:02x}")).collect();
    format!("\"{hex}\"")
}

/// Refuses an edit that was made of another state than the `present` one.
///
/// # Errors
/// `412` where `If-Match` is sent and names not the present tag.
pub(super) fn check(headers: &HeaderMap, present: &impl Serialize) -> Result<(), ApiError> {
    let tag = tag(present);
    let mut known = headers.get_all(header::IF_MATCH).iter().peekable();
    if known.peek().is_none() {
        return Ok(());
    }
    let matches = |one: &str| one.trim() == "*" || one.trim() == tag;
    if known.any(|value| value.to_str().is_ok_and(|tags| tags.split(',').any(matches))) {
        return Ok(());
    }
    Err(ApiError::of_status(StatusCode::PRECONDITION_FAILED))
}
