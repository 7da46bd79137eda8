//! The record: who did what, and when. For owners.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use domain::Stage;
use serde::Deserialize;
use studio::Recorded;

use crate::error::PageError;
use crate::page::{Page, html};
use crate::session::Person;
use crate::web::Web;

/// Entries a page.
const LIMIT: u32 = 50;

#[derive(Template)]
#[template(path = "audit.html")]
struct AuditPage {
    page: Page,
    entries: Vec<Recorded>,
    /// Where the next page begins, where there is one.
    before: Option<i64>,
    is_first: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct AuditQuery {
    before: Option<i64>,
}

pub(crate) async fn page(
    State(web): State<Web>,
    person: Person,
    Query(query): Query<AuditQuery>,
) -> Result<Response, PageError> {
    // One more than is shown tells whether there is a next page.
    let entries = web.studio.audit(person.actor(), query.before, LIMIT + 1).await;
    let mut entries = entries.map_err(|error| person.error(error))?;
    let has_more = entries.len() > LIMIT as usize;
    entries.truncate(LIMIT as usize);
    let before = entries.last().filter(|_| has_more).map(|entry| entry.seq);
    let page = person.page("audit-title").section("settings");
    Ok(html(&AuditPage { page, entries, before, is_first: query.before.is_none() }))
}

impl AuditPage {
    fn what(&self, recorded: &Recorded) -> String {
        what(&self.page, &recorded.entry.what)
    }

    /// From what to what, where the entry says.
    fn change(&self, recorded: &Recorded) -> Option<String> {
        let said = |text: &Option<String>| text.as_deref().map(|text| state(&self.page, text));
        match (said(&recorded.entry.from), said(&recorded.entry.to)) {
            (Some(from), Some(to)) => Some(format!("{from} → {to}")),
            (from, to) => from.or(to),
        }
    }
}

/// What was done, in words.
pub(crate) fn what(page: &Page, what: &str) -> String {
    let key = format!("audit-{}", what.replace('_', "-"));
    // What a later version did is shown by its name.
    if page.words.has(&key) { page.t(&key) } else { what.replace('_', " ") }
}

/// `generating copy 2` in words; what is no state stays as it is.
pub(crate) fn state(page: &Page, text: &str) -> String {
    let mut words = text.split(' ');
    let key = format!("state-{}", words.next().unwrap_or_default().replace('_', "-"));
    if !page.words.has(&key) {
        return text.to_owned();
    }
    let state = page.t(&key);
    let stage = words.next().and_then(|stage| stage.parse::<Stage>().ok());
    match (stage, words.next()) {
        (Some(stage), Some(round)) => {
            let stage = page.t(&format!("stage-{stage}"));
            format!("{state}: {stage}, {}", page.tt("stage-round", "round", round))
        }
        _ => state,
    }
}
