//! `Idempotency-Key`: a request that is sent twice is done once, and answered twice.
//!
//! The first one runs to its end even when the caller hangs up, so that a second one finds
//! its answer. Only what went well is kept; what failed may be tried again with the same key.

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{FromRequestParts, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};
use studio::{Actor, Begun};

use super::caller::Caller;
use super::problem::ApiError;
use super::sent::whole;
use crate::pages::missing;
use crate::web::Web;

const KEY: &str = "idempotency-key";
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

/// Fields of an answer that are shown once and kept nowhere: a repeat goes without them.
const SHOWN_ONCE: [&str; 2] = ["secret", "invitation_url"];

/// An answer, as it is kept.
#[derive(Serialize, Deserialize)]
struct Kept {
    location: Option<String>,
    body: Value,
}

pub(super) async fn once(State(web): State<Web>, request: Request, next: Next) -> Result<Response, ApiError> {
    let Some(key) = request.headers().get(KEY).filter(|_| request.method() == Method::POST) else {
        return Ok(next.run(request).await);
    };
    let key = key.to_str().map_err(|_| ApiError::field("Idempotency-Key", "has letters outside of ASCII"))?;
    let key = key.to_owned();
    let (mut parts, body) = request.into_parts();
    let Caller(actor) = Caller::from_request_parts(&mut parts, &web).await?;
    let body = whole(body).await?;
    let asked = parts.uri.path_and_query().map_or("", |whole| whole.as_str());
    match web.studio.begin_request(actor, &key, &digest(asked, &body)).await? {
        Begun::New => {}
        Begun::Running => {
            let error = ApiError::new(
                StatusCode::CONFLICT,
                "the first request with this key still runs; wait for it",
            );
            return Err(error.retry_after(1));
        }
        Begun::CutOff => {
            return Err(ApiError::new(
                StatusCode::CONFLICT,
                "the first request with this key was cut off; look whether it was done, and take a new key",
            ));
        }
        Begun::OtherRequest => {
            return Err(ApiError::field(
                "Idempotency-Key",
                "was used for another request; take a new one for each",
            ));
        }
        Begun::Done { status, body } => return Ok(replayed(status, &body)),
    }
    parts.extensions.insert(Caller(actor));
    let request = Request::from_parts(parts, Body::from(body));
    let broken = ApiError::of_status(StatusCode::INTERNAL_SERVER_ERROR);
    tokio::spawn(run(web, actor, key, request, next)).await.unwrap_or(Err(broken))
}

fn digest(asked: &str, body: &Bytes) -> String {
    let digest = Sha256::new().chain_update(asked).chain_update([0]).chain_update(body).finalize();
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Does it, and keeps what was answered.
async fn run(
    web: Web,
    actor: Actor,
    key: String,
    request: Request,
    next: Next,
) -> Result<Response, ApiError> {
    // A handler that breaks may be tried again, too.
    let answered = tokio::spawn(next.run(request)).await;
    let response = answered.unwrap_or_else(|panic| missing::broken(panic.into_panic()));
    if !response.status().is_success() {
        web.studio.forget_request(actor, &key).await?;
        return Ok(response);
    }
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let kept = serde_json::to_string(&Kept::of(&parts.headers, &body)).unwrap_or_default();
    web.studio.finish_request(actor, &key, parts.status.as_u16(), &kept).await?;
    Ok(Response::from_parts(parts, Body::from(body)))
}

impl Kept {
    fn of(headers: &HeaderMap, body: &Bytes) -> Self {
        let location = headers.get(header::LOCATION).and_then(|location| location.to_str().ok());
        let mut body: Value = serde_json::from_slice(body).unwrap_or_default();
        if let Some(fields) = body.as_object_mut() {
            for name in SHOWN_ONCE {
                fields.remove(name);
            }
        }
        Self { location: location.map(str::to_owned), body }
    }
}

fn replayed(status: u16, kept: &str) -> Response {
    let Ok(Kept { location, body }) = serde_json::from_str(kept) else {
        return ApiError::of_status(StatusCode::INTERNAL_SERVER_ERROR).into_response();
    };
    let status = StatusCode::from_u16(status).unwrap_or_default();
    let mut response = match body {
        Value::Null => status.into_response(),
        body => (status, axum::Json(body)).into_response(),
    };
    let headers = response.headers_mut();
    headers.insert(REPLAYED, HeaderValue::from_static("true"));
    if let Some(location) = location.and_then(|location| HeaderValue::from_str(&location).ok()) {
        headers.insert(header::LOCATION, location);
    }
    response
}
