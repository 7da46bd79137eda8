//! The JSON API over the operations of studio, one subject a file, and its documentation.

mod caller;
mod carousels;
mod costs;
mod document;
mod files;
mod links;
mod people;
pub(crate) mod problem;
mod profiles;
mod rate;
mod repeat;
mod sent;
mod slides;
mod stages;
mod tag;
mod time;
mod tokens;
mod variants;
mod workspace;

use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde::Serialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use utoipa_swagger_ui::{Config, SwaggerUi};

use crate::web::Web;

/// Where its description lies.
const DESCRIPTION: &str = "/api/v1/openapi.json";

/// Every call, its description, and the page that shows it.
pub(crate) fn router(web: &Web) -> Router<Web> {
    let (calls, described) = OpenApiRouter::new().nest("/api/v1", calls()).split_for_parts();
    let description = document::complete(&described).to_string();
    let description = get(move || async move { ([(header::CONTENT_TYPE, "application/json")], description) });
    // No picture of somebody else's server on the page.
    let page =
        SwaggerUi::new("/docs").config(Config::new([DESCRIPTION]).validator_url("none").deep_linking(true));
    rate::limited(web, calls.layer(from_fn_with_state(web.clone(), repeat::once)))
        .route(DESCRIPTION, description)
        .merge(page)
}

/// The map of the calls, below `/api/v1`.
fn calls() -> OpenApiRouter<Web> {
    OpenApiRouter::new()
        .routes(routes!(carousels::list, carousels::make))
        .routes(routes!(files::import))
        .routes(routes!(carousels::read, carousels::change))
        .routes(routes!(carousels::duplicate))
        .routes(routes!(carousels::events))
        .routes(routes!(carousels::retry))
        .routes(routes!(carousels::give_source))
        .routes(routes!(carousels::reorder))
        .routes(routes!(carousels::change_looks))
        .routes(routes!(slides::slide))
        .routes(routes!(files::download))
        .routes(routes!(links::list, links::make))
        .routes(routes!(links::revoke))
        .routes(routes!(stages::read))
        .routes(routes!(stages::approve))
        .routes(routes!(stages::reject))
        .routes(routes!(stages::reopen))
        .routes(routes!(stages::revise))
        .routes(routes!(variants::read))
        .routes(routes!(variants::rate))
        .routes(routes!(variants::edit))
        .routes(routes!(variants::regenerate))
        .routes(routes!(slides::slide_of_variant))
        .routes(routes!(profiles::list, profiles::make))
        .routes(routes!(profiles::read, profiles::change))
        .routes(routes!(people::members))
        .routes(routes!(people::set_role, people::remove))
        .routes(routes!(people::invitations, people::invite))
        .routes(routes!(people::revoke_invitation))
        .routes(routes!(tokens::list, tokens::make))
        .routes(routes!(tokens::revoke))
        .routes(routes!(workspace::settings, workspace::set_settings))
        .routes(routes!(workspace::audit))
        .routes(routes!(costs::costs))
        .routes(routes!(costs::ledger))
}

/// An answer with the place of what was made.
fn made(status: StatusCode, place: &str, body: impl Serialize) -> Response {
    let mut response = (status, Json(body)).into_response();
    if let Ok(place) = HeaderValue::from_str(place) {
        response.headers_mut().insert(header::LOCATION, place);
    }
    response
}
