//! Errors as programs read them: `application/problem+json` (RFC 9457), whatever went wrong
//! and wherever.
//!
//! A handler answers with an [`ApiError`]; what layers around it refuse (an unknown address, a
//! wrong method, a forged request, a timeout, a panic) has a status alone. [`for_programs`]
//! writes the body of all of them.

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use schemars::JsonSchema;
use serde::Serialize;
use studio::StudioError;
use tower_http::request_id::RequestId;
use uuid::Uuid;

use crate::error::status;

/// The media type of every error.
pub(super) const MEDIA_TYPE: &str = "application/problem+json";

/// What went wrong, and the mend.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Problem {
    /// Names the kind of problem for programs: `urn:slidewright:problem:not-found`.
    #[serde(rename = "type")]
    kind: String,
    /// The kind in a few words.
    title: String,
    status: u16,
    /// What is wrong with this very request, as a sentence with the mend.
    detail: String,
    /// The fields that can't be used; empty where it is not about fields.
    errors: Vec<FieldError>,
    /// Stands in the server's log beside everything that this request brought about.
    error_id: Option<Uuid>,
}

/// One field of the request that can't be used.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(super) struct FieldError {
    /// The field's place: `slides[2].headline`.
    field: String,
    message: String,
}

/// An error on its way to a program.
#[derive(Clone, Debug)]
pub(crate) struct ApiError {
    status: StatusCode,
    detail: String,
    errors: Vec<FieldError>,
    retry_after: Option<u64>,
}

impl ApiError {
    pub(super) fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        Self { status, detail: detail.into(), errors: Vec::new(), retry_after: None }
    }

    /// A field that can't be used.
    pub(super) fn field(field: impl Into<String>, message: impl Into<String>) -> Self {
        let (field, message) = (field.into(), message.into());
        let detail = format!("{field}: {message}");
        let errors = vec![FieldError { field, message }];
        Self { errors, ..Self::new(StatusCode::UNPROCESSABLE_ENTITY, detail) }
    }

    /// Fields that can't be used, all of them.
    pub(super) fn fields(problems: Vec<(String, String)>) -> Self {
        let errors = problems.into_iter().map(|(field, message)| FieldError { field, message });
        let errors: Vec<FieldError> = errors.collect();
        let detail: Vec<String> =
            errors.iter().map(|one| format!("{}: {}", one.field, one.message)).collect();
        Self { errors, ..Self::new(StatusCode::UNPROCESSABLE_ENTITY, detail.join("; ")) }
    }

    /// A place to go on from that is none.
    pub(super) fn cursor(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self { status: StatusCode::BAD_REQUEST, ..Self::field(field, message) }
    }

    /// A status that some layer answered, without more.
    pub(super) fn of_status(status: StatusCode) -> Self {
        Self::new(status, said(status).2)
    }

    pub(super) fn not_found() -> Self {
        Self::of_status(StatusCode::NOT_FOUND)
    }

    pub(super) fn retry_after(mut self, seconds: u64) -> Self {
        self.retry_after = Some(seconds.max(1));
        self
    }

    pub(super) fn is_conflict(&self) -> bool {
        self.status == StatusCode::CONFLICT
    }

    /// The same with more to say.
    pub(super) fn adding(mut self, sentence: &str) -> Self {
        self.detail = format!("{}; {sentence}", self.detail);
        self
    }
}

impl From<StudioError> for ApiError {
    fn from(error: StudioError) -> Self {
        let status = status(&error);
        if status == StatusCode::INTERNAL_SERVER_ERROR {
            return Self::of_status(status);
        }
        let new = Self::new(status, error.to_string());
        match error {
            StudioError::Invalid { problems } => {
                let errors = problems.into_iter();
                let errors = errors.map(|one| FieldError { field: one.field, message: one.message });
                Self { errors: errors.collect(), ..new }
            }
            StudioError::TooMany { retry_after } => new.retry_after(retry_after.as_secs()),
            _ => new,
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response.extensions_mut().insert(self);
        response
    }
}

/// Writes the body of every error below `/api`.
pub(crate) async fn for_programs(request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if path != "/api" && !path.starts_with("/api/") {
        return next.run(request).await;
    }
    let id = request.extensions().get::<RequestId>().and_then(|id| id.header_value().to_str().ok());
    let error_id = id.and_then(|id| id.parse().ok());
    let mut response = next.run(request).await;
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return response;
    }
    let error = response.extensions_mut().remove::<ApiError>();
    let body = written(error.unwrap_or_else(|| ApiError::of_status(status)), error_id);
    *response.body_mut() = Body::from(body);
    let headers = response.headers_mut();
    headers.remove(header::CONTENT_LENGTH);
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
    if status == StatusCode::UNAUTHORIZED {
        headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"slidewright\""));
    }
    response
}

fn written(error: ApiError, error_id: Option<Uuid>) -> Vec<u8> {
    let (kind, title, _) = said(error.status);
    let problem = Problem {
        kind: format!("urn:slidewright:problem:{kind}"),
        title: title.to_owned(),
        status: error.status.as_u16(),
        detail: error.detail,
        errors: error.errors,
        error_id,
    };
    serde_json::to_vec(&problem).unwrap_or_default()
}

/// A status's kind, title, and sentence where nothing more is known.
pub(super) fn said(status: StatusCode) -> (&'static str, &'static str, &'static str) {
    match status {
        StatusCode::BAD_REQUEST => {
            ("unreadable", "The request can't be read", "send what the documentation at /docs says")
        }
        StatusCode::UNAUTHORIZED => (
            "sign-in",
            "Nobody is signed in",
            "send a token as `Authorization: Bearer slw_…`; `slidewright token create` makes one",
        ),
        StatusCode::FORBIDDEN => (
            "forbidden",
            "This is not allowed",
            "this request may come from a foreign page and was refused; send a token instead of a session's cookie",
        ),
        StatusCode::NOT_FOUND => (
            "not-found",
            "There is no such thing",
            "there is nothing at this address; what there is stands at /docs",
        ),
        StatusCode::METHOD_NOT_ALLOWED => (
            "method",
            "This can't be done here",
            "this address does not take this method; `Allow` names those it takes",
        ),
        StatusCode::CONFLICT => {
            ("conflict", "Not possible as things stand", "look at the present state and try again")
        }
        StatusCode::GONE => ("gone", "It has ended", "ask for a new one"),
        StatusCode::PRECONDITION_FAILED => (
            "changed",
            "It was changed meanwhile",
            "somebody changed this since you read it; read it again, and send its ETag as `If-Match`",
        ),
        StatusCode::PAYLOAD_TOO_LARGE => {
            ("too-large", "The request is too large", "send less than 11 MB, and a text of at most 5 MB")
        }
        StatusCode::UNSUPPORTED_MEDIA_TYPE => {
            ("media-type", "The body is of another kind", "send JSON with `Content-Type: application/json`")
        }
        StatusCode::UNPROCESSABLE_ENTITY => {
            ("invalid", "The request can't be used as it is", "mend the fields that are named")
        }
        StatusCode::TOO_MANY_REQUESTS => (
            "too-many",
            "Too many requests",
            "wait as many seconds as `Retry-After` says, and ask less often",
        ),
        StatusCode::SERVICE_UNAVAILABLE => (
            "unavailable",
            "Not possible at the moment",
            "this took too long or something that it needs is missing; try again in a moment",
        ),
        status if status.is_client_error() => ("refused", "The request was refused", "send what /docs says"),
        _ => (
            "internal",
            "Something went wrong inside Slidewright",
            "nothing that was saved is lost; try again, and give the error_id to whoever runs this server",
        ),
    }
}
