//! The workspace: its settings, and the record of who did what.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use domain::{CarouselId, Language, WorkspaceSettings};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::caller::Caller;
use super::problem::ApiError;
use super::sent::{Asked, Sent};
use super::tag::{self, Tagged};
use super::time::Time;
use crate::web::Web;

/// How the workspace is set.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Settings {
    /// At most 80 characters.
    name: String,
    /// Of the pages; null is the browser's.
    language: Option<Language>,
    /// In which times are shown: an IANA name, `Europe/Berlin`.
    time_zone: String,
    /// The autopilot stops at a stage whose best variant scores less.
    #[schemars(range(min = 0.0, max = 10.0))]
    autopilot_floor: f64,
}

impl From<studio::Settings> for Settings {
    fn from(studio::Settings { name, workspace }: studio::Settings) -> Self {
        let WorkspaceSettings { language, time_zone, autopilot_floor } = workspace;
        Self { name, language, time_zone, autopilot_floor }
    }
}

/// Shows how the workspace is set.
#[utoipa::path(get, path = "/settings", operation_id = "read_settings", tag = "Workspace",
    responses((status = 200, description = "The settings.", body = Settings)))]
pub(super) async fn settings(
    State(web): State<Web>,
    Caller(actor): Caller,
) -> Result<Tagged<Settings>, ApiError> {
    Ok(Tagged(web.studio.settings(actor).await?.into()))
}

/// Sets the workspace anew.
#[utoipa::path(put, path = "/settings", operation_id = "set_settings", tag = "Workspace",
    request_body = Settings,
    responses((status = 200, description = "As they are now.", body = Settings)))]
pub(super) async fn set_settings(
    State(web): State<Web>,
    Caller(actor): Caller,
    headers: HeaderMap,
    Sent(new): Sent<Settings>,
) -> Result<Tagged<Settings>, ApiError> {
    let present = web.studio.settings(actor).await?;
    let as_known = headers.contains_key("if-match").then(|| present.clone());
    tag::check(&headers, &Settings::from(present))?;
    let Settings { name, language, time_zone, autopilot_floor } = new;
    let workspace = WorkspaceSettings { language, time_zone, autopilot_floor };
    let new = studio::Settings { name, workspace };
    Ok(Tagged(web.studio.set_settings(actor, new, as_known).await?.into()))
}

/// One thing that was done.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Deed {
    /// In a word: `approve`, `invite`.
    what: String,
    /// The member's name; null is the program itself, or a client.
    by: Option<String>,
    carousel_id: Option<CarouselId>,
    /// What was before and after, where something changed.
    from: Option<String>,
    to: Option<String>,
    at: Time,
}

/// A page of the record, the newest first.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Record {
    items: Vec<Deed>,
    /// Where the next page begins: send it as `after`. Null on the last page.
    next: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RecordQuery {
    #[serde(default)]
    after: Option<i64>,
    #[serde(default)]
    limit: Option<u32>,
}

/// Lists who did what. For owners.
#[utoipa::path(get, path = "/audit", operation_id = "read_audit", tag = "Workspace",
    params(
        ("after" = Option<i64>, Query, description = "The `next` of the page before."),
        ("limit" = Option<u32>, Query, description = "How many at the most; 50 without one.", minimum = 1, maximum = 100),
    ),
    responses((status = 200, description = "A page of the record.", body = Record)))]
pub(super) async fn audit(
    State(web): State<Web>,
    Caller(actor): Caller,
    Asked(RecordQuery { after, limit }): Asked<RecordQuery>,
) -> Result<Json<Record>, ApiError> {
    let limit = limit.unwrap_or(50);
    if !(1..=100).contains(&limit) {
        return Err(ApiError::field("limit", "is not between 1 and 100"));
    }
    // One more than is shown tells whether there is a next page.
    let mut found = web.studio.audit(actor, after, limit + 1).await?;
    let more = found.len() > limit as usize;
    found.truncate(limit as usize);
    let next = found.last().filter(|_| more).map(|last| last.seq.to_string());
    let items = found.into_iter().map(|one| Deed {
        what: one.entry.what,
        by: one.name,
        carousel_id: one.entry.carousel,
        from: one.entry.from,
        to: one.entry.to,
        at: Time(one.entry.when),
    });
    Ok(Json(Record { items: items.collect(), next }))
}
