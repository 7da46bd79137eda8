//! Links by which a client sees one carousel and answers, without an account.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use domain::{CarouselId, LinkId, Right, Stars};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use studio::LinkInUse;

use super::caller::Caller;
use super::made;
use super::problem::ApiError;
use super::sent::{At, Sent};
use super::time::Time;
use crate::web::Web;

/// A client's link.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Link {
    id: LinkId,
    carousel_id: CarouselId,
    /// Whom it is for.
    name: String,
    created_at: Time,
    expires_at: Time,
    revoked_at: Option<Time>,
    /// What to send to the client; null to members who may not make links.
    url: Option<String>,
    /// The client approved the slides as they are now.
    approved: bool,
    /// What was answered, the first answer first.
    answers: Vec<Answer>,
}

/// What a client answered.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Answer {
    stars: Option<Stars>,
    comment: Option<String>,
    /// The client approved the slides as they were then.
    approved: bool,
    at: Time,
}

impl From<studio::Answer> for Answer {
    fn from(answer: studio::Answer) -> Self {
        Self { stars: answer.stars, comment: answer.comment, approved: answer.approved, at: Time(answer.at) }
    }
}

/// The links, the newest first.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Links {
    items: Vec<Link>,
}

async fn shown(
    web: &Web,
    Caller(actor): Caller,
    headers: &HeaderMap,
    LinkInUse { link, answers, approved }: LinkInUse,
) -> Result<Link, ApiError> {
    let url = if actor.role.may(Right::Make) {
        let secret = web.studio.link_secret(actor, &link).await?;
        Some(format!("{}/l/{secret}", web.origin(headers)))
    } else {
        None
    };
    Ok(Link {
        id: link.id,
        carousel_id: link.carousel,
        name: link.name,
        created_at: Time(link.created_at),
        expires_at: Time(link.expires_at),
        revoked_at: link.revoked_at.map(Time),
        url,
        approved,
        answers: answers.into_iter().map(Answer::from).collect(),
    })
}

/// Lists the links to a carousel with what was answered.
#[utoipa::path(get, path = "/carousels/{id}/links", operation_id = "list_links", tag = "Links",
    responses((status = 200, description = "All of them.", body = Links)))]
pub(super) async fn list(
    State(web): State<Web>,
    caller: Caller,
    At(id): At<CarouselId>,
    headers: HeaderMap,
) -> Result<Json<Links>, ApiError> {
    let mut items = Vec::new();
    for link in web.studio.links(caller.0, id).await? {
        items.push(shown(&web, caller, &headers, link).await?);
    }
    Ok(Json(Links { items }))
}

/// Whom the link is for, and how long.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct LinkToMake {
    /// At most 80 characters.
    name: String,
    /// When it ends.
    #[schemars(range(min = 1, max = 90))]
    days: u16,
}

/// Makes a link for a client.
#[utoipa::path(post, path = "/carousels/{id}/links", operation_id = "make_link", tag = "Links",
    request_body = LinkToMake,
    responses((status = 201, description = "Send the client its address.", body = Link)))]
pub(super) async fn make(
    State(web): State<Web>,
    caller: Caller,
    At(id): At<CarouselId>,
    headers: HeaderMap,
    Sent(LinkToMake { name, days }): Sent<LinkToMake>,
) -> Result<Response, ApiError> {
    let link = web.studio.create_link(caller.0, id, &name, days).await?;
    let place = format!("/api/v1/links/{}", link.id);
    let link =
        shown(&web, caller, &headers, LinkInUse { link, answers: Vec::new(), approved: false }).await?;
    Ok(made(StatusCode::CREATED, &place, link))
}

/// Ends a link before its time.
#[utoipa::path(delete, path = "/links/{id}", operation_id = "revoke_link", tag = "Links",
    responses((status = 204, description = "It opens nothing any more.")))]
pub(super) async fn revoke(
    State(web): State<Web>,
    Caller(actor): Caller,
    At(id): At<LinkId>,
) -> Result<StatusCode, ApiError> {
    web.studio.revoke_link(actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
