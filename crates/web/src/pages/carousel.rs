//! A finished carousel: its slides as one swipes them, its words, what it rests on, its files,
//! the client's link and all that happened to it. While stages are open, it leads on to them.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use domain::content::{Caption, Fact, FactSource};
use domain::{Carousel, CarouselId, MicroUsd, Problem, Right, Source, Stage, State as CarouselState};
use serde::Deserialize;
use studio::{Answer, CarouselInWork, Deed, History, StudioError};
use time::OffsetDateTime;

use super::audit;
use super::links::{self, LinkRow};
use super::reel::Reel;
use crate::at::At;
use crate::error::PageError;
use crate::page::{Page, html, html_with};
use crate::session::Person;
use crate::web::Web;

/// As much of the source text as the page shows, in characters.
const EXCERPT: usize = 3_000;

#[derive(Template)]
#[template(path = "carousel.html")]
struct CarouselPage {
    page: Page,
    work: CarouselInWork,
    caption: Caption,
    reel: Reel,
    slides: Vec<SlideRow>,
    history: History,
    links: Vec<LinkRow>,
    cost: MicroUsd,
    typed: Typed,
    problems: Vec<Problem>,
    may_make: bool,
}

/// What was typed into one of the page's forms, shown again beside what is wrong with it.
#[derive(Debug)]
pub(crate) struct Typed {
    pub(crate) title: Option<String>,
    pub(crate) link_name: String,
    pub(crate) link_days: String,
}

impl Default for Typed {
    fn default() -> Self {
        Self { title: None, link_name: String::new(), link_days: "14".to_owned() }
    }
}

/// A slide in the list below the strip.
struct SlideRow {
    n: usize,
    src: String,
    headline: String,
    alt: String,
    facts: Vec<FactRow>,
    /// The stage whose words are on it.
    stage: Stage,
    /// It has a place before or after it to go to; cover and call to action stay where they are.
    up: bool,
    down: bool,
}

/// A fact that a slide rests on, and where it is from.
struct FactRow {
    claim: String,
    source: String,
    /// Where the source can be looked up.
    url: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct CarouselQuery {
    done: Option<String>,
}

pub(crate) async fn page(
    State(web): State<Web>,
    person: Person,
    headers: HeaderMap,
    At(id): At<CarouselId>,
    Query(asked): Query<CarouselQuery>,
) -> Result<Response, PageError> {
    let work = web.studio.read_carousel(person.actor(), id).await.map_err(|error| person.error(error))?;
    if let Some(stage) = open_stage(&work) {
        let done = asked.done.map(|done| query(&[("done", &done)])).unwrap_or_default();
        return Ok(Redirect::to(&format!("/carousels/{id}/stages/{stage}{done}")).into_response());
    }
    let page = show(&web, &person, &headers, work, (Typed::default(), vec![])).await?;
    let notice = asked.done.as_deref();
    Ok(html(&CarouselPage { page: page.page.notice(notice), ..page }))
}

/// The page again, with what was typed and what is wrong with it.
pub(crate) async fn refused(
    web: &Web,
    person: &Person,
    headers: &HeaderMap,
    id: CarouselId,
    what: (Typed, Vec<Problem>),
) -> Result<Response, PageError> {
    let work = web.studio.read_carousel(person.actor(), id).await.map_err(|error| person.error(error))?;
    let page = show(web, person, headers, work, what).await?;
    Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, &page))
}

async fn show(
    web: &Web,
    person: &Person,
    headers: &HeaderMap,
    work: CarouselInWork,
    (typed, problems): (Typed, Vec<Problem>),
) -> Result<CarouselPage, PageError> {
    let failed = |error| person.error(error);
    let (actor, id) = (person.actor(), work.carousel.id);
    let caption =
        work.caption().cloned().ok_or_else(|| failed(StudioError::NotFound("finished carousel")))?;
    let history = web.studio.history(actor, id).await.map_err(failed)?;
    let report = web.studio.report(actor, id).await.map_err(failed)?;
    let links = links::rows(web, person, headers, id).await?;
    let reel = Reel::new(&work, |n| address(&work.carousel, n));
    Ok(CarouselPage {
        page: person.page_titled(work.carousel.title.clone()).section("library"),
        slides: rows(&work, &reel),
        caption,
        reel,
        history,
        links,
        cost: report.cost_micro_usd,
        typed,
        problems,
        may_make: person.may(Right::Make),
        work,
    })
}

/// The stage that a person goes on with; none where every stage is approved.
pub(crate) fn open_stage(work: &CarouselInWork) -> Option<Stage> {
    let state = &work.carousel.progress.state;
    state.stage().or((*state == CarouselState::Draft).then_some(Stage::FIRST))
}

/// The address of a finished slide; it changes with the carousel, so that browsers ask anew.
pub(crate) fn address(carousel: &Carousel, n: usize) -> String {
    format!("/carousels/{}/slides/{n}.jpg?v={}", carousel.id, version(carousel))
}

/// When the carousel was last changed, as forms carry it along: nothing is overwritten that
/// somebody else changed since.
pub(crate) fn version(carousel: &Carousel) -> String {
    carousel.updated_at.unix_timestamp_nanos().to_string()
}

/// What a form carried along.
pub(crate) fn expected(version: &str) -> Option<OffsetDateTime> {
    OffsetDateTime::from_unix_timestamp_nanos(version.parse().ok()?).ok()
}

/// `?name=value&…`
fn query(pairs: &[(&str, &str)]) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(pairs);
    format!("?{}", query.finish())
}

fn rows(work: &CarouselInWork, reel: &Reel) -> Vec<SlideRow> {
    let (Some(deck), Some(copy)) = (work.approved_deck(), work.copy()) else { return vec![] };
    let last = deck.slides.len();
    let rows = deck.slides.into_iter().zip(&copy.slides).zip(&reel.slides);
    let rows = rows.map(|((slide, words), shown)| {
        let facts = words.facts.iter().filter_map(|id| work.research()?.fact(id));
        let is_cover = shown.n == 1 && work.hook().is_some();
        SlideRow {
            n: shown.n,
            src: shown.src.clone(),
            headline: slide.headline,
            alt: shown.alt.clone(),
            facts: facts.map(FactRow::from).collect(),
            stage: if is_cover { Stage::Hook } else { Stage::Copy },
            up: shown.n > 2 && shown.n < last,
            down: shown.n > 1 && shown.n + 1 < last,
        }
    });
    rows.collect()
}

impl FactRow {
    /// The claim is the source's own sentence.
    fn is_verbatim(&self) -> bool {
        self.claim == self.source
    }
}

impl From<&Fact> for FactRow {
    fn from(fact: &Fact) -> Self {
        let (source, url) = match &fact.source {
            FactSource::Sentence { text } => (text.clone(), None),
            FactSource::Url { url, title } => {
                (title.clone().unwrap_or_else(|| url.clone()), Some(url.clone()))
            }
        };
        // An address from an article may be anything; only pages are linked.
        let url = url.filter(|url| url.starts_with("https://") || url.starts_with("http://"));
        Self { claim: fact.claim.clone(), source, url }
    }
}

impl CarouselPage {
    fn version(&self) -> String {
        version(&self.work.carousel)
    }

    fn state(&self) -> String {
        self.page.t(&format!("state-{}", self.work.carousel.progress.state.name().replace('_', "-")))
    }

    fn score(&self) -> Option<String> {
        self.work.score().map(|score| format!("{score:.1}"))
    }

    fn price(&self) -> String {
        if self.cost == MicroUsd::ZERO { self.page.t("free") } else { self.cost.to_string() }
    }

    fn title_typed(&self) -> &str {
        self.typed.title.as_deref().unwrap_or(&self.work.carousel.title)
    }

    fn theme(&self) -> String {
        self.work.visual().map(|visual| self.page.theme(&visual.theme.0)).unwrap_or_default()
    }

    /// The height of a picture of this width, so that nothing jumps while it loads.
    fn height(&self, width: u32) -> u32 {
        width * self.reel.height / self.reel.width
    }

    fn source(&self) -> Option<&Source> {
        self.work.carousel.brief.source.as_ref()
    }

    fn excerpt(&self, source: &Source) -> String {
        let mut text: String = source.text.chars().take(EXCERPT).collect();
        if text.len() < source.text.len() {
            text.push('…');
        }
        text
    }

    fn words_of(&self, source: &Source) -> usize {
        source.text.split_whitespace().count()
    }

    fn who(&self, by: &Option<String>) -> String {
        by.clone().unwrap_or_else(|| self.page.t("autopilot"))
    }

    fn stars_of(&self, answer: &Answer) -> Option<String> {
        links::stars(answer)
    }

    fn deed(&self, deed: &Deed) -> String {
        audit::what(&self.page, &deed.what)
    }

    /// What a deed led to, in words.
    fn led_to(&self, deed: &Deed) -> Option<String> {
        deed.to.as_deref().map(|to| audit::state(&self.page, to))
    }
}
