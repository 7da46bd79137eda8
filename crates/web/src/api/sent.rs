//! What a program sends: a JSON body, the parts of the address, and its query, each with an
//! error that says what to mend.

use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use futures::StreamExt;
use serde::de::{DeserializeOwned, IgnoredAny};

use super::problem::ApiError;
use crate::routes::BODY;
use crate::web::Web;

/// A body of JSON.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sent<T>(pub(super) T);

impl<T: DeserializeOwned> FromRequest<Web> for Sent<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, web: &Web) -> Result<Self, Self::Rejection> {
        let SentBytes(bytes) = SentBytes::from_request(request, web).await?;
        read(&bytes).map(Self)
    }
}

/// A body of JSON as it came.
#[derive(Clone, Debug)]
pub(super) struct SentBytes(pub(super) Bytes);

impl FromRequest<Web> for SentBytes {
    type Rejection = ApiError;

    async fn from_request(request: Request, _: &Web) -> Result<Self, Self::Rejection> {
        must_be_json(request.headers())?;
        whole(request.into_body()).await.map(Self)
    }
}

/// The whole body, of which at most [`BODY`] bytes are kept.
///
/// What is too large is read on for a while: who is cut off in the middle of sending never
/// sees the answer.
///
/// # Errors
/// `413` where there is more, `400` where the caller hung up.
pub(super) async fn whole(body: Body) -> Result<Bytes, ApiError> {
    let (mut pieces, mut kept, mut read) = (body.into_data_stream(), Vec::new(), 0);
    while let Some(piece) = pieces.next().await {
        let piece = piece.map_err(|_| ApiError::of_status(StatusCode::BAD_REQUEST))?;
        read += piece.len();
        if read <= BODY {
            kept.extend_from_slice(&piece);
        } else if read > 4 * BODY {
            break;
        }
    }
    if read > BODY {
        return Err(ApiError::of_status(StatusCode::PAYLOAD_TOO_LARGE));
    }
    Ok(kept.into())
}

/// # Errors
/// `415` where the body is something else.
fn must_be_json(headers: &HeaderMap) -> Result<(), ApiError> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if kind == "application/json" || (kind.starts_with("application/") && kind.ends_with("+json")) {
        return Ok(());
    }
    Err(ApiError::of_status(StatusCode::UNSUPPORTED_MEDIA_TYPE))
}

fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, ApiError> {
    if let Err(error) = serde_json::from_slice::<IgnoredAny>(bytes) {
        return Err(ApiError::new(StatusCode::BAD_REQUEST, format!("the body is no JSON: {error}")));
    }
    if has_nul(bytes) {
        return Err(ApiError::field("body", "has a NUL character (\\u0000); leave it out"));
    }
    let mut json = serde_json::Deserializer::from_slice(bytes);
    serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let path = error.path().to_string();
        // Where all is wrong, the path is a dot.
        let field = if path == "." { "body".to_owned() } else { path };
        let message = error.inner().to_string();
        // Programs write their bodies in one line: the place says nothing.
        let message = message.rsplit_once(" at line ").map_or(message.as_str(), |(message, _)| message);
        ApiError::field(field, message)
    })
}

/// PostgreSQL can't keep it, and no person types it. Unescaped, JSON has none.
fn has_nul(json: &[u8]) -> bool {
    let mut backslashes = 0;
    for (at, byte) in json.iter().enumerate() {
        match byte {
            b'\\' => backslashes += 1,
            b'u' if backslashes % 2 == 1 && json[at + 1..].starts_with(b"0000") => return true,
            _ => backslashes = 0,
        }
    }
    false
}

/// The parts of the address; one that has not their form leads nowhere.
#[derive(Clone, Copy, Debug)]
pub(super) struct At<T>(pub(super) T);

impl<T: DeserializeOwned + Send> FromRequestParts<Web> for At<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Self::Rejection> {
        let path = Path::<T>::from_request_parts(parts, web).await;
        path.map(|Path(value)| Self(value)).map_err(|_| ApiError::not_found())
    }
}

/// What stands behind the address's question mark.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked<T>(pub(super) T);

impl<T: DeserializeOwned> FromRequestParts<Web> for Asked<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Self::Rejection> {
        let query = Query::<T>::from_request_parts(parts, web).await;
        let said = |text: String| text.trim_start_matches("Failed to deserialize query string: ").to_owned();
        query
            .map(|Query(value)| Self(value))
            .map_err(|error| ApiError::field("query", said(error.body_text())))
    }
}

#[cfg(test)]
mod tests {
    use super::has_nul;

    #[test]
    fn an_escaped_nul_is_found_and_the_words_for_it_are_not() {
        assert!(has_nul(br#"{"a":"x\u0000"}"#));
        assert!(has_nul(br#"{"a":"\\\u0000"}"#));
        assert!(!has_nul(br#"{"a":"\\u0000"}"#));
        assert!(!has_nul(br#"{"a":"\n u0000 \u0041"}"#));
    }
}
