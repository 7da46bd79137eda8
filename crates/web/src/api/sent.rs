//! What a program sends: a JSON body, the parts of the address, and its query, each with an
//! error that says what to mend.

use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use futures::StreamExt;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;

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
    let whole = |error: serde_json::Error| ApiError::new(StatusCode::BAD_REQUEST, error.to_string());
    let mut sent: Value = serde_json::from_slice(bytes).map_err(whole)?;
    let (mut problems, mut left_out) = (Vec::new(), Vec::new());
    // What is wrong is left out, and the rest is read again: so all of it is told at once.
    loop {
        let error = match serde_path_to_error::deserialize(sent.clone()) {
            Ok(read) if problems.is_empty() => return Ok(read),
            Ok(_) => break,
            Err(error) => error,
        };
        let (field, message) = worded(&error.path().to_string(), &error.inner().to_string());
        let part = field.split(['.', '[']).next().unwrap_or_default().to_owned();
        // Not there because it was wrong.
        if left_out.contains(&part) {
            break;
        }
        problems.push((field, message));
        if sent.as_object_mut().and_then(|parts| parts.remove(&part)).is_none() {
            break;
        }
        left_out.push(part);
    }
    Err(ApiError::fields(problems))
}

/// An error of reading as who sent it understands it: which field, and what is expected there.
fn worded(path: &str, message: &str) -> (String, String) {
    // Where all is wrong, the path is a dot.
    let at = |name: Option<&str>| match (path, name) {
        ("." | "query", Some(name)) => name.to_owned(),
        (".", None) => "body".to_owned(),
        (path, Some(name)) if !path.ends_with(name) => format!("{path}.{name}"),
        (path, _) => path.to_owned(),
    };
    let named = |start: &str| message.strip_prefix(start)?.split('`').next();
    if let Some(name) = named("missing field `") {
        return (at(Some(name)), "is missing".to_owned());
    }
    if let Some(name) = named("unknown field `") {
        let known = message.split_once(", ").map_or("", |(_, known)| known);
        return (at(Some(name)), format!("is not known here; {known}").trim_end_matches("; ").to_owned());
    }
    let numbers = [
        ("u8", "a whole number from 0 to 255"),
        ("u16", "a whole number from 0 to 65535"),
        ("u32", "a whole number from 0 to 4294967295"),
        ("u64", "a whole number of 0 or more"),
        ("usize", "a whole number of 0 or more"),
        ("i64", "a whole number"),
        ("f64", "a number"),
    ];
    let plain = numbers.iter().find_map(|(kind, said)| {
        let before = message.strip_suffix(kind)?.strip_suffix("expected ")?;
        Some(format!("{before}expected {said}"))
    });
    (at(None), plain.unwrap_or_else(|| message.to_owned()))
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
        query.map(|Query(value)| Self(value)).map_err(|error| {
            let said = said(error.body_text());
            let (field, message) = match said.split_once(": ") {
                Some((field, message)) => (field.to_owned(), message.to_owned()),
                None => worded("query", &said),
            };
            // Whoever goes on from nowhere would read the first page for ever.
            let is_cursor = ["after", "cursor"].contains(&field.as_str());
            if is_cursor { ApiError::cursor(field, message) } else { ApiError::field(field, message) }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{has_nul, worded};

    #[test]
    fn errors_name_their_field_and_no_types_of_ours() {
        let said = |path, message| {
            let (field, message) = worded(path, message);
            format!("{field}: {message}")
        };
        assert_eq!(said(".", "missing field `name`"), "name: is missing");
        assert_eq!(said("source", "missing field `text`"), "source.text: is missing");
        assert_eq!(
            said("days", "invalid value: integer `99999`, expected u16"),
            "days: invalid value: integer `99999`, expected a whole number from 0 to 65535"
        );
        assert_eq!(
            said("slide", "unknown field `slide`, expected `topic` or `slides`"),
            "slide: is not known here; expected `topic` or `slides`"
        );
        assert_eq!(
            said(".", "invalid type: null, expected a map"),
            "body: invalid type: null, expected a map"
        );
    }

    #[test]
    fn an_escaped_nul_is_found_and_the_words_for_it_are_not() {
        assert!(has_nul(br#"{"a":"x\u0000"}"#));
        assert!(has_nul(br#"{"a":"\\\u0000"}"#));
        assert!(!has_nul(br#"{"a":"\\u0000"}"#));
        assert!(!has_nul(br#"{"a":"\n u0000 \u0041"}"#));
    }
}
