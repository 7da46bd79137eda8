//! For whoever watches the server.

use axum::extract::State;
use axum::http::StatusCode;

use crate::web::Web;

/// The process answers.
pub(crate) async fn alive() -> &'static str {
    "ok\n"
}

/// The database answers too.
pub(crate) async fn ready(State(web): State<Web>) -> (StatusCode, &'static str) {
    match web.studio.has_account().await {
        Ok(_) => (StatusCode::OK, "ready\n"),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database can't be reached\n"),
    }
}
