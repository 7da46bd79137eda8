//! The approval page: a stage's variants side by side, best first, and what one may do with each.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Form, http::StatusCode};
use domain::content::{Block, CopySlide, FactSource};
use domain::{
    CarouselId, Content, FEEDBACK, Problem, Right, Stage, State as CarouselState, VariantId, WrittenBy,
};
use serde::Deserialize;
use studio::{StageView, StudioError, VariantView};

use super::source::SourceForm;
use crate::at::At;
use crate::error::PageError;
use crate::page::{Page, html, html_with};
use crate::session::Person;
use crate::web::Web;

#[derive(Template)]
#[template(path = "stage.html")]
struct StagePage {
    page: Page,
    view: StageView,
    track: Vec<Step>,
    may_review: bool,
    may_make: bool,
    /// Feedback that was too long to be taken, to be shortened.
    rejected_with: String,
    /// For the form of stars: a rating was just saved.
    saved: bool,
    /// Another variant was just asked for.
    regenerating: bool,
    /// A text that was given to a carousel that could not be written, and what is wrong with it.
    source: SourceForm,
    problems: Vec<Problem>,
}

/// A stage on the track above the page.
struct Step {
    stage: Stage,
    class: &'static str,
    /// It was written, so there is something to see.
    reachable: bool,
    chosen: Option<Choice>,
}

/// What was chosen there, in words.
struct Choice {
    strategy: String,
    words: String,
    who: String,
}

#[derive(Debug, Deserialize)]
pub(crate) struct StageQuery {
    round: Option<u32>,
    done: Option<String>,
}

pub(crate) async fn page(
    State(web): State<Web>,
    person: Person,
    At((id, stage)): At<(CarouselId, Stage)>,
    Query(query): Query<StageQuery>,
) -> Result<Response, PageError> {
    show(&web, &person, (id, stage, query.round), query.done.as_deref()).await.map(|page| html(&page))
}

async fn show(
    web: &Web,
    person: &Person,
    (id, stage, round): (CarouselId, Stage, Option<u32>),
    done: Option<&str>,
) -> Result<StagePage, PageError> {
    let view = web.studio.stage_view(person.actor(), id, stage, round).await;
    let view = view.map_err(|error| person.error(error))?;
    let page = person.page_titled(view.carousel.title.clone()).section("library").notice(done);
    let track = track(&view, &page);
    Ok(StagePage {
        page,
        track,
        view,
        may_review: person.may(Right::Review),
        may_make: person.may(Right::Make),
        rejected_with: String::new(),
        saved: false,
        regenerating: done == Some(REGENERATING),
        source: SourceForm::default(),
        problems: Vec::new(),
    })
}

/// The first stage again, with the text that was given and what is wrong with it.
pub(crate) async fn source_refused(
    web: &Web,
    person: &Person,
    id: CarouselId,
    source: SourceForm,
    problems: Vec<Problem>,
) -> Result<Response, PageError> {
    let page = show(web, person, (id, Stage::FIRST, None), None).await?;
    Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, &StagePage { source, problems, ..page }))
}

/// What the page says after another variant was asked for: a key of the catalogue.
const REGENERATING: &str = "done-regenerating";

fn track(view: &StageView, page: &Page) -> Vec<Step> {
    let progress = &view.carousel.progress;
    let steps = Stage::ALL.iter().map(|stage| {
        let chosen = view.track.get(stage).map(|chosen| Choice {
            strategy: page.named("strategy", chosen.strategy),
            words: chosen.words.clone(),
            who: chosen.approval.by.clone().unwrap_or_else(|| page.t("autopilot")),
        });
        let is_open = progress.state.stage() == Some(*stage);
        let class = match (&chosen, is_open) {
            (Some(_), _) => "done",
            (None, true) => "open",
            (None, false) => "later",
        };
        Step { stage: *stage, class, reachable: progress.last_round(*stage) > 0, chosen }
    });
    steps.collect()
}

impl StagePage {
    fn is_shown_round(&self) -> bool {
        self.view.round == self.view.rounds
    }

    fn is_writing(&self) -> bool {
        matches!(self.view.carousel.progress.state,
            CarouselState::Generating { stage, .. } if stage == self.view.stage && self.is_shown_round())
    }

    /// The round waits for a choice.
    fn is_open(&self) -> bool {
        matches!(self.view.carousel.progress.state,
            CarouselState::AwaitingApproval { stage, .. } if stage == self.view.stage)
    }

    /// A choice was made here, and may be made again.
    fn is_past(&self) -> bool {
        let state = &self.view.carousel.progress.state;
        self.view.approved.is_some() && !matches!(state, CarouselState::Generating { .. })
    }

    fn failure(&self) -> Option<&str> {
        match &self.view.carousel.progress.state {
            CarouselState::Failed { stage, reason, .. } if *stage == self.view.stage => Some(reason),
            _ => None,
        }
    }

    /// Another text may be what it needs.
    fn takes_source(&self) -> bool {
        self.view.stage == Stage::FIRST && self.failure().is_some()
    }

    fn is_retryable(&self) -> bool {
        matches!(self.view.carousel.progress.state, CarouselState::Failed { retryable: true, .. })
    }

    /// Variants that are still to come.
    fn awaited(&self) -> usize {
        let wanted = if self.is_writing() { self.view.stage.strategies().len() } else { 0 };
        wanted.saturating_sub(self.view.variants.len())
    }

    /// Where the carousel stands: the page goes there when it moves on.
    fn place(&self) -> String {
        let state = &self.view.carousel.progress.state;
        let stage = state.stage().map_or("", Stage::name);
        format!("{} {stage} {}", state.name(), self.view.rounds)
    }

    fn is_approved(&self, one: &VariantView) -> bool {
        self.view.approved.as_ref().is_some_and(|approval| approval.variant == one.variant.id)
    }

    fn approved_by(&self) -> Option<String> {
        let approval = self.view.approved.as_ref()?;
        Some(approval.by.clone().unwrap_or_else(|| self.page.t("autopilot")))
    }

    fn flagged(&self, flag: &domain::Flag) -> String {
        let page = &self.page;
        match flag.name.as_str() {
            // Kept before flags said what they are about.
            _ if flag.about.is_empty() => page.sentence(&flag.message),
            "similar" => page.tt("flag-similar", "other", page.named("strategy", &flag.about)),
            "unsupported_figure" => page.tt("flag-figure", "figure", &flag.about),
            "avoided_word" => page.tt("flag-word", "word", &flag.about),
            _ => page.sentence(&flag.message),
        }
    }

    /// What was measured; a name that came later is shown as it is.
    fn measured(&self, dimension: &domain::Dimension) -> String {
        let key = format!("dimension-{}", dimension.name);
        if self.page.words.has(&key) { self.page.t(&key) } else { dimension.name.replace('_', " ") }
    }

    fn evidence(&self, dimension: &domain::Dimension) -> String {
        let seen = dimension.evidence.iter().map(|seen| self.page.fragment(seen));
        seen.collect::<Vec<_>>().join(" · ")
    }

    /// What this round has cost; nothing where it was free.
    fn cost(&self) -> Option<String> {
        let cost: domain::MicroUsd = self.view.variants.iter().map(|one| one.variant.cost).sum();
        (cost != domain::MicroUsd::ZERO).then(|| cost.to_string())
    }

    fn stars(&self, one: &VariantView) -> Option<u8> {
        one.rating.as_ref().map(|rating| rating.stars.into())
    }

    fn feedback(&self, one: &VariantView) -> String {
        one.rating.as_ref().and_then(|rating| rating.feedback.clone()).unwrap_or_default()
    }

    fn price(&self, one: &VariantView) -> String {
        if one.variant.cost == domain::MicroUsd::ZERO {
            return self.page.t("free");
        }
        one.variant.cost.to_string()
    }

    fn writer_of(&self, one: &VariantView) -> String {
        match &one.variant.written_by {
            WrittenBy::Person { .. } => self.page.t("written-by-person"),
            other => self.page.tt("written-by", "writer", other.name()),
        }
    }

    /// The height of a picture of this width, so that nothing jumps while it loads.
    fn height(&self, width: u32) -> u32 {
        let (wide, high) = self.view.carousel.brief.format.size();
        width * high / wide
    }

    fn alt(&self, one: &VariantView, n: &usize) -> String {
        let said = match &one.variant.content {
            Content::Copy(copy) => copy.slides.get(n - 1).map(|slide| slide.headline.clone()),
            _ => None,
        };
        let number = self.page.tn("slide-n", "n", *n);
        said.map_or(number.clone(), |said| format!("{number}: {said}"))
    }

    fn lines(&self, block: &Block) -> Vec<String> {
        block_lines(block)
    }

    /// Where the slide's words are from.
    fn sources(&self, slide: &CopySlide) -> Option<String> {
        let from = slide.facts.iter().filter_map(|id| self.view.facts.iter().find(|fact| fact.id == *id));
        let mut said: Vec<String> = from
            .map(|fact| match &fact.source {
                FactSource::Sentence { text } => format!("“{text}”"),
                FactSource::Url { url, title } => self.link_text(url, title),
            })
            .collect();
        said.dedup();
        (!said.is_empty()).then(|| said.join(" · "))
    }

    fn link_text(&self, url: &str, title: &Option<String>) -> String {
        title.as_ref().map_or_else(|| url.to_owned(), |title| format!("{title} ({url})"))
    }
}

/// A block's words, line by line.
pub(crate) fn block_lines(block: &Block) -> Vec<String> {
    match block {
        Block::Bullets { items, numbered_from: None } => {
            items.iter().map(|item| format!("• {item}")).collect()
        }
        Block::Bullets { items, numbered_from: Some(from) } => {
            items.iter().zip(*from..).map(|(item, n)| format!("{n}. {item}")).collect()
        }
        Block::Stat { value, label } => vec![format!("{value}: {label}")],
        Block::Quote { text, attribution } => {
            let who = attribution.as_ref().map(|who| format!("— {who}"));
            std::iter::once(format!("“{text}”")).chain(who).collect()
        }
        Block::Code { code, .. } => code.lines().map(str::to_owned).collect(),
        Block::Comparison { left_title, left, right_title, right } => {
            vec![format!("{left_title}: {}", left.join(", ")), format!("{right_title}: {}", right.join(", "))]
        }
    }
}

#[derive(Debug, Deserialize)]
pub(crate) struct ApprovalForm {
    variant_id: VariantId,
}

pub(crate) async fn approve(
    State(web): State<Web>,
    person: Person,
    At((id, stage)): At<(CarouselId, Stage)>,
    Form(form): Form<ApprovalForm>,
) -> Result<Redirect, PageError> {
    let Err(error) = web.studio.approve(person.actor(), id, form.variant_id).await else {
        return Ok(to_carousel(id));
    };
    let is_late = matches!(error, StudioError::Conflict { .. } | StudioError::Taken(_));
    let error = person.error(error);
    let view = web.studio.stage_view(person.actor(), id, stage, None).await.ok();
    match view.and_then(|view| view.approved).filter(|_| is_late) {
        Some(first) => {
            let words = person.page("track");
            let who = first.by.unwrap_or_else(|| words.t("autopilot"));
            Err(error.adding(&words.tt("stage-first", "who", who)))
        }
        None => Err(error),
    }
}

#[derive(Debug, Deserialize)]
pub(crate) struct RejectionForm {
    feedback: String,
}

pub(crate) async fn reject(
    State(web): State<Web>,
    person: Person,
    At((id, stage)): At<(CarouselId, Stage)>,
    Form(form): Form<RejectionForm>,
) -> Result<Response, PageError> {
    let feedback = Some(form.feedback.trim().to_owned()).filter(|text| !text.is_empty());
    match web.studio.reject(person.actor(), id, feedback).await {
        Ok(_) => Ok(to_carousel(id).into_response()),
        // A script counts along; without one, what was typed comes back to be shortened.
        Err(StudioError::Invalid { problems }) => {
            let mut page = show(&web, &person, (id, stage, None), None).await?;
            page.page.notice = Some(page.page.error(&StudioError::Invalid { problems }));
            page.rejected_with = form.feedback;
            Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, &page))
        }
        Err(error) => Err(person.error(error)),
    }
}

pub(crate) async fn reopen(
    State(web): State<Web>,
    person: Person,
    At((id, stage)): At<(CarouselId, Stage)>,
) -> Result<Redirect, PageError> {
    web.studio.reopen(person.actor(), id, stage).await.map_err(|error| person.error(error))?;
    Ok(to_carousel(id))
}

pub(crate) async fn retry(
    State(web): State<Web>,
    person: Person,
    At(id): At<CarouselId>,
) -> Result<Redirect, PageError> {
    web.studio.retry(person.actor(), id).await.map_err(|error| person.error(error))?;
    Ok(to_carousel(id))
}

pub(crate) async fn regenerate(
    State(web): State<Web>,
    person: Person,
    At(id): At<VariantId>,
) -> Result<Response, PageError> {
    let failed = |error| person.error(error);
    let variant = web.studio.variant(person.actor(), id).await.map_err(failed)?;
    web.studio.regenerate_one(person.actor(), id).await.map_err(failed)?;
    if person.reader.wants_fragment {
        // The page stays open and hears of what comes; one that is loaded anew might be too late.
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    let (carousel, stage) = (variant.carousel, variant.stage);
    Ok(Redirect::to(&format!("/carousels/{carousel}/stages/{stage}?done={REGENERATING}")).into_response())
}

/// The carousel's own page leads on to the stage that is open.
fn to_carousel(id: CarouselId) -> Redirect {
    Redirect::to(&format!("/carousels/{id}"))
}

#[derive(Template)]
#[template(path = "rating.html")]
struct RatingFragment {
    page: Page,
    one: VariantView,
    saved: bool,
}

impl RatingFragment {
    fn stars(&self, one: &VariantView) -> Option<u8> {
        one.rating.as_ref().map(|rating| rating.stars.into())
    }

    fn feedback(&self, one: &VariantView) -> String {
        one.rating.as_ref().and_then(|rating| rating.feedback.clone()).unwrap_or_default()
    }
}

#[derive(Debug, Deserialize)]
pub(crate) struct RatingForm {
    stars: u8,
    #[serde(default)]
    feedback: String,
}

pub(crate) async fn rate(
    State(web): State<Web>,
    person: Person,
    At(id): At<VariantId>,
    Form(form): Form<RatingForm>,
) -> Result<Response, PageError> {
    let failed = |error| person.error(error);
    let stars = form.stars.try_into().map_err(|error: domain::NotStars| {
        failed(StudioError::Invalid {
            problems: vec![domain::Problem { field: "stars".into(), message: error.to_string() }],
        })
    })?;
    let feedback: String = form.feedback.trim().chars().take(FEEDBACK + 1).collect();
    let feedback = Some(feedback).filter(|text| !text.is_empty());
    let rating = web.studio.rate(person.actor(), id, stars, feedback).await.map_err(failed)?;
    let variant = web.studio.variant(person.actor(), id).await.map_err(failed)?;
    if person.reader.wants_fragment {
        let one = VariantView { variant, rating: Some(rating), ratings: vec![] };
        return Ok(html(&RatingFragment { page: person.page("rate"), one, saved: true }));
    }
    let (carousel, stage) = (variant.carousel, variant.stage);
    let back = format!("/carousels/{carousel}/stages/{stage}?round={}&done=done-rated#v-{id}", variant.round);
    Ok(Redirect::to(&back).into_response())
}
