//! The whole URL map.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{DefaultBodyLimit, MatchedPath};
use axum::http::{Request, StatusCode};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};
use axum::{Router, body::Body};
use studio::Studio;
use tokio::sync::watch;
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::request_id::{MakeRequestUuid, PropagateRequestIdLayer, RequestId, SetRequestIdLayer};
use tower_http::timeout::TimeoutLayer;
use tower_http::trace::TraceLayer;

use crate::config::WebConfig;
use crate::pages::{
    account, audit, carousel, client, costs, edit, events, files, health, invitation, library, links, looks,
    members, missing, new, order, pictures, profiles, revision, settings, shelf, sign_in, source, stage,
    start, themes, tokens, uploads,
};
use crate::web::Web;
use crate::{api, assets, back, security};

/// The most that a request may carry, in bytes: a text of 10 MB beside the form.
pub(crate) const BODY: usize = 11 << 20;

/// The most of an imported carousel: its text with all that was written of it.
const IMPORT: usize = 41 << 20;

/// No answer takes longer; what does is a job. Events are sent as long as somebody listens.
const TIMEOUT: Duration = Duration::from_secs(60);

/// Every page, fragment and API call. `stopping` turns true when the server stops, which ends
/// the streams of events.
pub fn router(studio: Studio, config: WebConfig, stopping: watch::Receiver<bool>) -> Router {
    let web = Web { studio, config: Arc::new(config), stopping };
    let pages = Router::new()
        .route("/", get(library::home))
        .route("/start", get(start::form).post(start::create))
        .route("/sign-in", get(sign_in::form).post(sign_in::sign_in))
        .route("/sign-in/alone", post(sign_in::alone))
        .route("/sign-out", post(sign_in::sign_out))
        .route("/carousels", get(library::page).post(new::create))
        .route("/carousels/new", get(new::form))
        .route("/carousels/example", post(new::example))
        .route("/carousels/{id}/events", get(events::stream))
        .route("/carousels/{id}/retry", post(stage::retry))
        .route("/carousels/{id}/slides/{name}", get(pictures::of_carousel))
        .route("/carousels/{id}/source", post(source::give))
        .route("/carousels/{id}/stages/{stage}", get(stage::page))
        .route("/carousels/{id}/stages/{stage}/approval", post(stage::approve))
        .route("/carousels/{id}/stages/{stage}/rejections", post(stage::reject))
        .route("/carousels/{id}/stages/{stage}/reopening", post(stage::reopen))
        .route("/variants/{id}/edit", get(edit::form))
        .route("/variants/{id}/edits", post(edit::save))
        .route("/variants/{id}/preview", post(edit::preview))
        .route("/variants/{id}/rating", post(stage::rate))
        .route("/variants/{id}/regeneration", post(stage::regenerate))
        .route("/variants/{id}/slides/{name}", get(pictures::of_variant))
        .merge(workspace_pages())
        .merge(finished())
        .merge(clients())
        .fallback(missing::page)
        .method_not_allowed_fallback(back::up);
    let files = Router::new()
        .route("/static/{digest}/{name}", get(assets::file))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready));
    let guarded = ServiceBuilder::new()
        .layer(from_fn_with_state(web.clone(), security::headers))
        .layer(csrf(&web))
        .layer(from_fn_with_state(web.clone(), security::same_site))
        .layer(from_fn_with_state(web.clone(), back::lead))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, TIMEOUT))
        .layer(DefaultBodyLimit::max(BODY));
    let observed = ServiceBuilder::new()
        .layer(SetRequestIdLayer::x_request_id(MakeRequestUuid))
        .layer(TraceLayer::new_for_http().make_span_with(span))
        .layer(PropagateRequestIdLayer::x_request_id())
        .layer(CompressionLayer::new())
        .layer(from_fn(api::problem::for_programs))
        .layer(CatchPanicLayer::custom(missing::broken));
    pages.merge(files).merge(api::router(&web)).layer(guarded).layer(observed).with_state(web)
}

/// Who speaks, who belongs here, and how the workspace is set.
fn workspace_pages() -> Router<Web> {
    Router::new()
        .route("/account", get(account::form))
        .route("/account/language", post(account::set_language))
        .route("/account/password", post(account::set_password))
        .route("/account/workspace", post(account::switch))
        .route("/attempts/{id}", get(costs::attempt))
        .route("/audit", get(audit::page))
        .route("/costs", get(costs::page))
        .route("/costs/budgets", get(costs::budgets::form).post(costs::budgets::save))
        .route("/costs.csv", get(costs::file))
        .route("/invitations/{secret}", get(invitation::page).post(invitation::accept))
        .route("/members", get(members::list))
        .route("/members/invitations", post(members::invite))
        .route("/members/invitations/{id}/revocation", post(members::revoke))
        .route("/members/{id}/removal", post(members::remove))
        .route("/members/{id}/role", post(members::set_role))
        .route("/profiles", get(profiles::list))
        .route("/profiles/new", get(profiles::new))
        .route("/profiles/{id}/logo", get(profiles::logo::show).post(profiles::logo::upload))
        .route("/profiles/{id}/site", get(profiles::site::read))
        .route("/profiles/{id}/suggestions", post(profiles::site::take))
        .route("/profiles/{id}/themes/{name}", get(themes::of_profile))
        .route("/profiles/{id}/{step}", get(profiles::step).post(profiles::save))
        .route("/settings", get(settings::form).post(settings::save))
        .route("/settings/fonts", post(uploads::fonts).layer(DefaultBodyLimit::max(uploads::MOST)))
        .route("/settings/theme", post(uploads::theme))
        .route("/themes/{name}", get(themes::plain))
        .route("/tokens", get(tokens::list).post(tokens::create))
        .route("/tokens/{id}/revocation", post(tokens::revoke))
}

/// What a finished carousel offers.
fn finished() -> Router<Web> {
    Router::new()
        .route(
            "/carousels/import",
            get(files::import_form).post(files::import).layer(DefaultBodyLimit::max(IMPORT)),
        )
        .route("/carousels/{id}", get(carousel::page))
        .route("/carousels/{id}/archive", post(shelf::archive))
        .route("/carousels/{id}/duplicate", post(shelf::duplicate))
        .route("/carousels/{id}/files/{name}", get(files::download))
        .route("/carousels/{id}/links", post(links::create))
        .route("/carousels/{id}/links/{link}/revocation", post(links::revoke))
        .route("/carousels/{id}/looks", get(looks::page).post(looks::save))
        .route("/carousels/{id}/looks/{name}", get(looks::picture))
        .route("/carousels/{id}/order", post(order::save))
        .route("/carousels/{id}/stages/{stage}/revision", get(revision::form).post(revision::save))
        .route("/carousels/{id}/title", post(shelf::rename))
        .route("/carousels/{id}/unarchive", post(shelf::unarchive))
}

/// What a client with a link sees; whoever has the link is let in, and nobody signs in here.
fn clients() -> Router<Web> {
    Router::new()
        .route("/l/{secret}", get(client::page))
        .route("/l/{secret}/answers", post(client::answer))
        .route("/l/{secret}/slides/{name}", get(client::slide))
}

/// Browsers say where a request comes from; a foreign page's is refused.
///
/// A client's answer carries no session but the link's own secret, which a foreign page does not
/// know; and from a page that tells nobody its address, browsers don't say where they come from.
fn csrf(web: &Web) -> CsrfLayer {
    let layer = CsrfLayer::new().with_insecure_bypass(|_, uri| security::is_clients(uri.path()));
    match web.config.origin().map(|origin| layer.clone().add_trusted_origin(&origin)) {
        Some(Ok(trusting)) => trusting,
        _ => layer,
    }
}

/// Everything that a request brings about is logged under its id: with the route and not the
/// address, which may hold a link's secret.
fn span(request: &Request<Body>) -> tracing::Span {
    let id = request.extensions().get::<RequestId>().and_then(|id| id.header_value().to_str().ok());
    let route = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str);
    tracing::info_span!("request", id, method = %request.method(), route)
}
