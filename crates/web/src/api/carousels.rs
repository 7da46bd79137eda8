//! Carousels: making them, where they stand, and what is done to the whole of one.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::content::{Palette, ThemeName};
use domain::{
    CarouselId, Format, Language, MicroUsd, Mode, ProfileId, SlideCount, Source, SourceKind, Stage,
    StateGroup, VariantId, WriterChoice,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use studio::intake::{self, FetchLimits, Fetcher};
use studio::{CarouselChange, CarouselInWork, LibraryFilter, LibraryPage, NewCarousel, NewLooks};

use super::caller::Caller;
use super::made;
use super::problem::ApiError;
use super::sent::{Asked, At, Sent};
use super::tag::{self, Tagged};
use super::time::Time;
use crate::web::Web;

/// A carousel: what was asked for, and how far it is.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Carousel {
    id: CarouselId,
    title: String,
    /// Where it stands: `state`, and where a stage is open, `stage` and `round`.
    #[serde(flatten)]
    state: domain::State,
    topic: Option<String>,
    source: Option<SourceShown>,
    slides: SlideCount,
    format: Format,
    language: Language,
    theme: Option<ThemeName>,
    mode: Mode,
    writer: WriterChoice,
    autopilot: bool,
    profile: Option<ProfileId>,
    /// How many rounds each stage has had.
    rounds: BTreeMap<Stage, u32>,
    /// The variants that are approved and count.
    approved: BTreeMap<Stage, VariantId>,
    /// Kept out of the list.
    archived: bool,
    created_at: Time,
    updated_at: Time,
}

/// The text that a carousel is made of, without its words.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct SourceShown {
    kind: SourceKind,
    url: Option<String>,
    name: Option<String>,
    /// How long it is.
    characters: usize,
}

impl From<Source> for SourceShown {
    fn from(source: Source) -> Self {
        let characters = source.text.chars().count();
        Self { kind: source.kind, url: source.url, name: source.name, characters }
    }
}

impl From<CarouselInWork> for Carousel {
    fn from(work: CarouselInWork) -> Self {
        let approved = work.approved.iter().map(|(stage, variant)| (*stage, variant.id)).collect();
        Self { approved, ..work.carousel.into() }
    }
}

impl From<domain::Carousel> for Carousel {
    fn from(carousel: domain::Carousel) -> Self {
        let domain::Carousel { id, title, brief, progress, created_at, updated_at, archived_at } = carousel;
        Self {
            id,
            title,
            topic: brief.topic,
            source: brief.source.map(SourceShown::from),
            slides: brief.slides,
            format: brief.format,
            language: brief.language,
            theme: brief.theme,
            mode: brief.mode,
            writer: brief.writer,
            autopilot: brief.autopilot,
            profile: brief.profile,
            rounds: Stage::ALL.iter().map(|stage| (*stage, progress.last_round(*stage))).collect(),
            approved: BTreeMap::new(),
            state: progress.state,
            archived: archived_at.is_some(),
            created_at: Time(created_at),
            updated_at: Time(updated_at),
        }
    }
}

impl Carousel {
    pub(super) async fn read(web: &Web, Caller(actor): Caller, id: CarouselId) -> Result<Self, ApiError> {
        Ok(web.studio.read_carousel(actor, id).await?.into())
    }
}

/// What to make a carousel of. One of `topic` and `source` has to be there.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CarouselToMake {
    /// At most 200 characters.
    #[serde(default)]
    topic: Option<String>,
    #[serde(default)]
    source: Option<SourceToRead>,
    #[serde(default)]
    slides: SlideCount,
    /// Without one, `4x5`.
    #[serde(default)]
    format: Option<Format>,
    /// Without one, that of the source.
    #[serde(default)]
    language: Option<Language>,
    /// Without one, the variants show several.
    #[serde(default)]
    theme: Option<ThemeName>,
    /// Without one, `balanced`.
    #[serde(default)]
    mode: Option<Mode>,
    /// Without one, `auto`: a model where one is connected.
    #[serde(default)]
    writer: Option<WriterChoice>,
    /// Approves the best variant of every stage by itself.
    #[serde(default)]
    autopilot: bool,
    #[serde(default)]
    profile: Option<ProfileId>,
}

/// The text to work from, or the address of an article.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum SourceToRead {
    /// Markdown, HTML or plain text, at most 5 MB.
    Text(String),
    /// Begins with `https://` or `http://`.
    Url(String),
}

impl SourceToRead {
    async fn read(self, web: &Web) -> Result<Source, ApiError> {
        let (field, read) = match self {
            Self::Text(text) => ("source.text", intake::read_stream(text.as_bytes(), None)),
            Self::Url(url) => {
                let allow_private_addresses = web.config.allow_private_addresses;
                let limits = FetchLimits { allow_private_addresses, ..FetchLimits::default() };
                (
                    "source.url",
                    match Fetcher::new(limits) {
                        Ok(fetcher) => fetcher.fetch(url.trim()).await,
                        Err(error) => Err(error),
                    },
                )
            }
        };
        read.map_err(|error| ApiError::field(field, error.to_string()))
    }
}

/// Makes a carousel and begins to write it. Its events tell how it goes on.
#[utoipa::path(post, path = "/carousels", operation_id = "make_carousel", tag = "Carousels",
    request_body = CarouselToMake,
    responses((status = 202, description = "It is being written.", body = Carousel)))]
pub(super) async fn make(
    State(web): State<Web>,
    Caller(actor): Caller,
    Sent(asked): Sent<CarouselToMake>,
) -> Result<Response, ApiError> {
    actor.require(domain::Right::Make)?;
    let source = match asked.source {
        Some(source) => Some(source.read(&web).await?),
        None => None,
    };
    let request = NewCarousel {
        topic: asked.topic.map(|topic| topic.trim().to_owned()).filter(|topic| !topic.is_empty()),
        source,
        slides: asked.slides,
        format: asked.format.unwrap_or(Format::Portrait),
        language: asked.language,
        theme: asked.theme,
        mode: asked.mode.unwrap_or(Mode::Balanced),
        writer: asked.writer.unwrap_or_default(),
        autopilot: asked.autopilot,
        profile: asked.profile,
    };
    let carousel = web.studio.create_carousel(actor, request).await?;
    Ok(begun(carousel))
}

/// A carousel that is being written, with its place.
pub(super) fn begun(carousel: domain::Carousel) -> Response {
    let place = format!("/api/v1/carousels/{}", carousel.id);
    made(StatusCode::ACCEPTED, &place, Carousel::from(carousel))
}

/// A carousel in a list.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Card {
    id: CarouselId,
    title: String,
    #[serde(flatten)]
    state: domain::State,
    /// The mean of the approved variants, 0 to 10; null before the first approval.
    score: Option<f64>,
    cost_micro_usd: MicroUsd,
    /// Whether there is a first slide to show.
    has_cover: bool,
    archived: bool,
    created_at: Time,
    updated_at: Time,
}

impl From<studio::Card> for Card {
    fn from(card: studio::Card) -> Self {
        Self {
            id: card.id,
            title: card.title,
            state: card.state,
            score: card.score,
            cost_micro_usd: card.cost,
            has_cover: card.has_cover,
            archived: card.archived,
            created_at: Time(card.created_at),
            updated_at: Time(card.updated_at),
        }
    }
}

/// A page of carousels, the newest first.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct CarouselPage {
    items: Vec<Card>,
    /// Where the next page begins: send it as `after`. Null on the last page.
    next: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct CarouselQuery {
    search: Option<String>,
    state: Option<StateGroup>,
    profile: Option<ProfileId>,
    archived: bool,
    after: Option<String>,
    limit: Option<u32>,
}

/// Lists the carousels, page by page.
#[utoipa::path(get, path = "/carousels", operation_id = "list_carousels", tag = "Carousels",
    params(
        ("search" = Option<String>, Query, description = "Part of the title or topic, in letters of any case."),
        ("state" = Option<String>, Query, description = "Those of a group of states."),
        ("profile" = Option<uuid::Uuid>, Query, description = "Those of a profile."),
        ("archived" = Option<bool>, Query, description = "The archived ones instead of the others."),
        ("after" = Option<String>, Query, description = "The `next` of the page before."),
        ("limit" = Option<u32>, Query, description = "How many at the most; 50 without one.", minimum = 1, maximum = 100),
    ),
    responses((status = 200, description = "A page of them.", body = CarouselPage)))]
pub(super) async fn list(
    State(web): State<Web>,
    Caller(actor): Caller,
    Asked(query): Asked<CarouselQuery>,
) -> Result<Json<CarouselPage>, ApiError> {
    let after = query.after.map(|cursor| cursor.parse()).transpose();
    let after = after.map_err(|error: studio::NotACursor| ApiError::cursor("after", error.to_string()))?;
    let limit = query.limit.unwrap_or(50);
    if !(1..=100).contains(&limit) {
        return Err(ApiError::field("limit", "is not between 1 and 100"));
    }
    let filter = LibraryFilter {
        search: query.search.filter(|text| !text.trim().is_empty()),
        state: query.state,
        profile: query.profile,
        archived: query.archived,
    };
    let LibraryPage { cards, next } = web.studio.library(actor, &filter, after, limit).await?;
    let items = cards.into_iter().map(Card::from).collect();
    Ok(Json(CarouselPage { items, next: next.map(|cursor| cursor.to_string()) }))
}

/// Tells where a carousel stands.
#[utoipa::path(get, path = "/carousels/{id}", operation_id = "read_carousel", tag = "Carousels",
    responses((status = 200, description = "The carousel.", body = Carousel)))]
pub(super) async fn read(
    State(web): State<Web>,
    caller: Caller,
    At(id): At<CarouselId>,
) -> Result<Tagged<Carousel>, ApiError> {
    Carousel::read(&web, caller, id).await.map(Tagged)
}

/// What to change of a carousel; what is left out stays.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CarouselPatch {
    /// 1 to 200 characters.
    #[serde(default)]
    title: Option<String>,
    /// Archived ones are kept out of the list.
    #[serde(default)]
    archived: Option<bool>,
}

/// Renames a carousel, or takes it out of the list.
#[utoipa::path(patch, path = "/carousels/{id}", operation_id = "change_carousel", tag = "Carousels",
    request_body = CarouselPatch,
    responses((status = 200, description = "As it is now.", body = Carousel)))]
pub(super) async fn change(
    State(web): State<Web>,
    caller: Caller,
    At(id): At<CarouselId>,
    headers: HeaderMap,
    Sent(patch): Sent<CarouselPatch>,
) -> Result<Tagged<Carousel>, ApiError> {
    let Caller(actor) = caller;
    let present = web.studio.read_carousel(actor, id).await?;
    let as_known = headers.contains_key("if-match").then_some(present.carousel.updated_at);
    tag::check(&headers, &Carousel::from(present))?;
    let change = CarouselChange { title: patch.title, archived: patch.archived };
    web.studio.change_carousel(actor, id, change, as_known).await?;
    Carousel::read(&web, caller, id).await.map(Tagged)
}

/// Makes another carousel of the same brief.
#[utoipa::path(post, path = "/carousels/{id}/duplicates", operation_id = "duplicate_carousel", tag = "Carousels",
    responses((status = 202, description = "The copy is being written.", body = Carousel)))]
pub(super) async fn duplicate(
    State(web): State<Web>,
    Caller(actor): Caller,
    At(id): At<CarouselId>,
) -> Result<Response, ApiError> {
    Ok(begun(web.studio.duplicate(actor, id).await?))
}

/// Writes a failed round again.
#[utoipa::path(post, path = "/carousels/{id}/retry", operation_id = "retry_carousel", tag = "Carousels",
    responses((status = 202, description = "It is being written again.", body = Carousel)))]
pub(super) async fn retry(
    State(web): State<Web>,
    Caller(actor): Caller,
    At(id): At<CarouselId>,
) -> Result<Response, ApiError> {
    Ok(begun(web.studio.retry(actor, id).await?))
}

/// Gives a carousel whose first stage failed another text, and has it written of that.
#[utoipa::path(put, path = "/carousels/{id}/source", operation_id = "give_source", tag = "Carousels",
    request_body = SourceToRead,
    responses((status = 202, description = "It is being written.", body = Carousel)))]
pub(super) async fn give_source(
    State(web): State<Web>,
    Caller(actor): Caller,
    At(id): At<CarouselId>,
    Sent(source): Sent<SourceToRead>,
) -> Result<Response, ApiError> {
    actor.require(domain::Right::Make)?;
    // For a carousel of somebody else's nothing is fetched.
    web.studio.read_carousel(actor, id).await?;
    let source = source.read(&web).await?;
    Ok(begun(web.studio.give_source(actor, id, source).await?))
}

/// The slides' present numbers, from 1, in their new order.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SlideOrder {
    order: Vec<usize>,
}

/// Puts a finished carousel's slides in another order; the cover stays first, the call to
/// action last.
#[utoipa::path(put, path = "/carousels/{id}/order", operation_id = "reorder_slides", tag = "Slides and files",
    request_body = SlideOrder,
    responses((status = 200, description = "As it is now.", body = Carousel)))]
pub(super) async fn reorder(
    State(web): State<Web>,
    caller: Caller,
    At(id): At<CarouselId>,
    headers: HeaderMap,
    Sent(SlideOrder { order }): Sent<SlideOrder>,
) -> Result<Tagged<Carousel>, ApiError> {
    let Caller(actor) = caller;
    let present = web.studio.read_carousel(actor, id).await?;
    let as_known = headers.contains_key("if-match").then_some(present.carousel.updated_at);
    tag::check(&headers, &Carousel::from(present))?;
    web.studio.reorder(actor, id, order, as_known).await?;
    Carousel::read(&web, caller, id).await.map(Tagged)
}

/// What to change of the looks; what is left out stays.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Looks {
    /// Brings its fonts along, and its first palette where none is given.
    #[serde(default)]
    theme: Option<ThemeName>,
    #[serde(default)]
    palette: Option<Palette>,
}

/// Gives a finished carousel another theme or other colours.
#[utoipa::path(put, path = "/carousels/{id}/looks", operation_id = "change_looks", tag = "Slides and files",
    request_body = Looks,
    responses((status = 200, description = "As it is now.", body = Carousel)))]
pub(super) async fn change_looks(
    State(web): State<Web>,
    caller: Caller,
    At(id): At<CarouselId>,
    headers: HeaderMap,
    Sent(Looks { theme, palette }): Sent<Looks>,
) -> Result<Tagged<Carousel>, ApiError> {
    let Caller(actor) = caller;
    let present = web.studio.read_carousel(actor, id).await?;
    let as_known = headers.contains_key("if-match").then_some(present.carousel.updated_at);
    tag::check(&headers, &Carousel::from(present))?;
    web.studio.change_looks(actor, id, NewLooks { theme, palette }, as_known).await?;
    Carousel::read(&web, caller, id).await.map(Tagged)
}

/// One server-sent event, as it is described: what is sent is made with the pages' own.
#[derive(utoipa::ToSchema)]
#[expect(dead_code, reason = "only its description is used")]
struct StreamedEvent {
    /// `stage`, `variant`, `state` or `note`.
    event: String,
    /// JSON, by the kind of event.
    data: String,
}

/// Sends what happens as it happens: first the present state, then each thing.
///
/// Server-sent events named `stage` (a round has begun), `variant` (one is there), `state`
/// (as in the carousel) and `note`; the data of each is JSON.
#[utoipa::path(get, path = "/carousels/{id}/events", operation_id = "listen_to_carousel", tag = "Carousels",
    responses((status = 200, description = "Events, until one hangs up.", body = inline(StreamedEvent), content_type = "text/event-stream")))]
pub(super) async fn events(
    State(web): State<Web>,
    Caller(actor): Caller,
    At(id): At<CarouselId>,
) -> Result<Response, ApiError> {
    Ok(crate::pages::events::listen(&web, actor, id, None).await?.into_response())
}
