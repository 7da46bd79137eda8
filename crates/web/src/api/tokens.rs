//! Tokens: keys for programs that call this API.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use domain::{MemberId, MemberRole, TokenId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::caller::Caller;
use super::made;
use super::problem::ApiError;
use super::sent::{At, Sent};
use super::time::Time;
use crate::web::Web;

/// A token.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Token {
    id: TokenId,
    name: String,
    /// The most that it may do; never more than its member may.
    scope: MemberRole,
    member_id: MemberId,
    created_at: Time,
    /// To the minute.
    last_used_at: Option<Time>,
    /// The token itself. Only in the answer that made it: it is not kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    secret: Option<String>,
}

impl From<studio::Token> for Token {
    fn from(token: studio::Token) -> Self {
        Self {
            id: token.id,
            name: token.name,
            scope: token.scope,
            member_id: token.member,
            created_at: Time(token.created_at),
            last_used_at: token.last_used_at.map(Time),
            secret: None,
        }
    }
}

/// Tokens, the newest first.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Tokens {
    items: Vec<Token>,
}

/// Lists the caller's tokens; an owner's call lists everybody's.
#[utoipa::path(get, path = "/tokens", operation_id = "list_tokens", tag = "Tokens",
    responses((status = 200, description = "All of them.", body = Tokens)))]
pub(super) async fn list(State(web): State<Web>, Caller(actor): Caller) -> Result<Json<Tokens>, ApiError> {
    let tokens = web.studio.tokens(actor).await?;
    Ok(Json(Tokens { items: tokens.into_iter().map(Token::from).collect() }))
}

/// What the token is for, and what it may do.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct TokenToMake {
    /// At most 80 characters.
    name: String,
    /// At most the caller's own role.
    scope: MemberRole,
}

/// Makes a token that acts for the caller.
#[utoipa::path(post, path = "/tokens", operation_id = "make_token", tag = "Tokens",
    request_body = TokenToMake,
    responses((status = 201, description = "Keep the secret: it is shown this once.", body = Token)))]
pub(super) async fn make(
    State(web): State<Web>,
    Caller(actor): Caller,
    Sent(TokenToMake { name, scope }): Sent<TokenToMake>,
) -> Result<Response, ApiError> {
    let (token, secret) = web.studio.create_token(actor, &name, scope).await?;
    let place = format!("/api/v1/tokens/{}", token.id);
    Ok(made(StatusCode::CREATED, &place, Token { secret: Some(secret), ..token.into() }))
}

/// Revokes a token: an own one, or as an owner anybody's.
#[utoipa::path(delete, path = "/tokens/{id}", operation_id = "revoke_token", tag = "Tokens",
    responses((status = 204, description = "It opens nothing any more.")))]
pub(super) async fn revoke(
    State(web): State<Web>,
    Caller(actor): Caller,
    At(id): At<TokenId>,
) -> Result<StatusCode, ApiError> {
    web.studio.revoke_token(actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
