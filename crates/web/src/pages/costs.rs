//! What models cost in a month: totals, budgets, charts and every attempt; and what a model really said.

pub(crate) mod budgets;
mod chart;
mod csv;
mod table;

use askama::Template;
use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use domain::{MicroUsd, Stage};
use futures::{StreamExt, stream};
use serde::Deserialize;
use studio::{
    Attempt, By, Cursor, LedgerEntry, LedgerPage, Month, Past, RawAnswer, Standing, Standings, StudioError,
    Sum,
};
use uuid::Uuid;

use self::chart::Chart;
use self::table::{Table, grouped, named};
use crate::error::PageError;
use crate::page::{Page, html};
use crate::session::Person;
use crate::web::Web;

/// Attempts a page.
const LIMIT: u32 = 50;
/// Attempts that are read at a time for the file.
const AT_ONCE: u32 = 500;

#[derive(Template)]
#[template(path = "costs.html")]
struct CostsPage {
    page: Page,
    month: Month,
    total: Sum,
    /// What of the total no provider reported.
    estimated: MicroUsd,
    chart: Chart,
    tables: Vec<Table>,
    standings: Standings,
    forecasts: Vec<(Stage, Past)>,
    attempts: LedgerPage,
    is_first: bool,
}

/// What the address asks for; what is no month is this one.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct CostsQuery {
    month: String,
    after: String,
    done: Option<String>,
}

pub(crate) async fn page(
    State(web): State<Web>,
    person: Person,
    Query(query): Query<CostsQuery>,
) -> Result<Response, PageError> {
    read(&web, &person, &query).await.map(|page| html(&page)).map_err(|error| person.error(error))
}

async fn read(web: &Web, person: &Person, query: &CostsQuery) -> Result<CostsPage, StudioError> {
    let (studio, actor) = (&web.studio, person.actor());
    let month = wanted(web, person, &query.month).await?;
    let kinds = [By::Day, By::Purpose, By::Model, By::Carousel, By::Basis];
    let costs = studio.costs(actor, month.days(), &kinds).await?;
    let after: Option<Cursor> = query.after.parse().ok();
    let attempts = studio.ledger(actor, month.days(), after, LIMIT).await?;
    let page = person.page("costs-title").section("costs").notice(query.done.as_deref());
    let list = |n: usize| costs.by.get(n).map(Vec::as_slice).unwrap_or_default();
    let tables = vec![
        Table::new(&page, By::Purpose, list(1)),
        Table::new(&page, By::Model, list(2)),
        Table::new(&page, By::Carousel, list(3)),
    ];
    let unreported = list(4).iter().filter(|sum| sum.key.as_deref() != Some("reported"));
    Ok(CostsPage {
        month,
        estimated: unreported.map(|sum| sum.cost).sum(),
        chart: Chart::new(month.days(), list(0)),
        tables,
        standings: studio.standings(actor).await?,
        forecasts: studio.forecasts(actor, None).await?,
        attempts,
        is_first: after.is_none(),
        total: costs.total,
        page,
    })
}

async fn wanted(web: &Web, person: &Person, month: &str) -> Result<Month, StudioError> {
    match month.parse() {
        Ok(month) => Ok(month),
        Err(_) => web.studio.month(person.actor()).await,
    }
}

impl CostsPage {
    fn is_empty(&self) -> bool {
        self.total.attempts == 0
    }

    /// Of every cost the provider said what it was.
    fn is_reported(&self) -> bool {
        self.estimated == MicroUsd::ZERO
    }

    /// What was saved against the reference model, or the words for that it was not.
    fn savings(&self) -> Option<String> {
        let saved = studio::saved(&self.total);
        if self.total.reference_cost == MicroUsd::ZERO {
            return None;
        }
        let key = if saved < MicroUsd::ZERO { "costs-dearer" } else { "costs-saved" };
        let amount = MicroUsd(saved.0.saturating_abs());
        Some(self.page.tt(key, "amount", amount))
    }

    /// The part of the input that came from the provider's cache, in percent.
    fn cached(&self) -> u64 {
        (self.total.tokens_cached.saturating_mul(100)).checked_div(self.total.tokens_in).unwrap_or(0)
    }

    fn count(&self, number: &u64) -> String {
        grouped(*number)
    }

    fn limit(&self, standing: &Standing) -> MicroUsd {
        standing.limit.unwrap_or_default()
    }

    fn percent(&self, standing: &Standing) -> i64 {
        taken_percent(standing)
    }

    fn purpose(&self, entry: &LedgerEntry) -> String {
        named(&self.page, "purpose", &entry.purpose)
    }

    fn outcome(&self, entry: &LedgerEntry) -> String {
        named(&self.page, "outcome", &entry.outcome)
    }
}

/// How much of a limit is taken, in whole percent.
pub(crate) fn taken_percent(standing: &Standing) -> i64 {
    let limit = standing.limit.unwrap_or_default().0;
    if limit <= 0 {
        return 100;
    }
    let percent = i128::from(standing.taken().0) * 100 / i128::from(limit);
    i64::try_from(percent).unwrap_or(i64::MAX)
}

/// Every attempt of a month as a table for other programs.
pub(crate) async fn file(
    State(web): State<Web>,
    person: Person,
    Query(query): Query<CostsQuery>,
) -> Result<Response, PageError> {
    let actor = person.actor();
    let failed = |error| person.error(error);
    let month = wanted(&web, &person, &query.month).await.map_err(failed)?;
    let days = month.days();
    let first = web.studio.ledger(actor, days, None, AT_ONCE).await.map_err(failed)?;
    let rows = stream::try_unfold(Rest::Page(first), move |rest| {
        let studio = web.studio.clone();
        async move {
            let page = match rest {
                Rest::Nothing => return Ok(None),
                Rest::Page(page) => page,
                Rest::After(cursor) => studio.ledger(actor, days, Some(cursor), AT_ONCE).await?,
            };
            let rest = page.next.map_or(Rest::Nothing, Rest::After);
            Ok::<_, StudioError>(Some((csv::rows(&page.entries), rest)))
        }
    });
    let head = stream::once(async { Ok(csv::head()) });
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8; header=present".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"costs-{month}.csv\"")),
    ];
    Ok((headers, Body::from_stream(head.chain(rows))).into_response())
}

/// What is still to be written of a file.
enum Rest {
    Page(LedgerPage),
    After(Cursor),
    Nothing,
}

#[derive(Template)]
#[template(path = "attempt.html")]
struct AttemptPage {
    page: Page,
    purpose: String,
    outcome: String,
    basis: String,
    entry: LedgerEntry,
    /// As long as the carousel is there.
    answer: Option<RawAnswer>,
}

impl AttemptPage {
    /// As it was asked for and, where another one answered, that one.
    fn model(&self) -> String {
        let asked = &self.entry.model_asked;
        let used = self.entry.model_used.as_ref().filter(|used| *used != asked);
        used.map_or_else(|| asked.clone(), |used| format!("{asked} → {used}"))
    }

    fn count(&self, number: &u32) -> String {
        grouped(u64::from(*number))
    }
}

pub(crate) async fn attempt(
    State(web): State<Web>,
    person: Person,
    Path(id): Path<Uuid>,
) -> Result<Response, PageError> {
    let found = web.studio.attempt(person.actor(), id).await;
    let Attempt { entry, answer } = found.map_err(|error| person.error(error))?;
    let page = person.page("attempt-title").section("costs");
    let purpose = named(&page, "purpose", &entry.purpose);
    let outcome = named(&page, "outcome", &entry.outcome);
    let basis = named(&page, "basis", &entry.basis);
    Ok(html(&AttemptPage { page, purpose, outcome, basis, entry, answer }))
}
