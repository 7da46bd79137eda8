//! Who calls: a program by its token, or a page of ours by the session's cookie.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use studio::Actor;

use super::problem::ApiError;
use crate::session;
use crate::web::Web;

/// Who calls, in which workspace, in which role.
#[derive(Clone, Copy, Debug)]
pub(super) struct Caller(pub(super) Actor);

impl FromRequestParts<Web> for Caller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Self::Rejection> {
        if let Some(known) = parts.extensions.get::<Self>() {
            return Ok(*known);
        }
        let actor = if parts.headers.contains_key(header::AUTHORIZATION) {
            let token =
                token(&parts.headers).ok_or_else(|| stranger("`Authorization` is not `Bearer slw_…`"))?;
            let actor = web.studio.authenticate(token).await?;
            actor.ok_or_else(|| stranger("this token is not valid, or was revoked; make another"))?
        } else if let Some(secret) = session::cookie(web, &parts.headers) {
            let signed = web.studio.session(&secret).await?;
            signed.ok_or_else(|| stranger("this session has ended; sign in again"))?.actor
        } else {
            return Err(ApiError::of_status(StatusCode::UNAUTHORIZED));
        };
        Ok(Self(actor))
    }
}

/// The token that a request carries.
pub(super) fn token(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

fn stranger(sentence: &str) -> ApiError {
    ApiError::new(StatusCode::UNAUTHORIZED, sentence)
}
