//! Variants: their content by its stage, stars, edits, and one more like it.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::content::{Caption, Copy, Hook, Outline, Research, Visual};
use domain::{CarouselId, Content, Dimension, Flag, MicroUsd, Stars, Strategy, VariantId, WrittenBy};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use studio::VariantView;

use super::caller::Caller;
use super::made;
use super::problem::ApiError;
use super::sent::{At, Sent};
use super::stages::ContentToKeep;
use super::tag::{self, Tagged};
use super::time::Time;
use crate::web::Web;

/// One candidate of a round.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Variant {
    id: VariantId,
    carousel_id: CarouselId,
    round: u32,
    strategy: Strategy,
    /// `offline`, `person`, or the model's name.
    writer: String,
    written_by: WrittenBy,
    /// 0 to 10.
    score: f64,
    /// What the score is made of.
    dimensions: Vec<Dimension>,
    flags: Vec<Flag>,
    cost_micro_usd: MicroUsd,
    /// `stage`, and a `content` of that stage.
    #[serde(flatten)]
    content: Content,
    /// The caller's own; null where there is none.
    rating: Option<Rating>,
    /// The other members', where the variant is shown with its round.
    ratings: Vec<RatingOf>,
    created_at: Time,
}

/// A member's opinion of a variant.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Rating {
    stars: Stars,
    feedback: Option<String>,
    rated_at: Time,
}

/// Another member's opinion.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct RatingOf {
    by: String,
    stars: Stars,
    feedback: Option<String>,
    rated_at: Time,
}

impl From<domain::Rating> for Rating {
    fn from(rating: domain::Rating) -> Self {
        Self { stars: rating.stars, feedback: rating.feedback, rated_at: Time(rating.rated_at) }
    }
}

impl From<VariantView> for Variant {
    fn from(VariantView { variant, rating, ratings }: VariantView) -> Self {
        let others = ratings.into_iter().map(|other| {
            let Rating { stars, feedback, rated_at } = other.rating.into();
            RatingOf { by: other.by, stars, feedback, rated_at }
        });
        Self {
            id: variant.id,
            carousel_id: variant.carousel,
            round: variant.round,
            strategy: variant.strategy,
            writer: variant.written_by.name().to_owned(),
            written_by: variant.written_by,
            score: variant.score.total,
            dimensions: variant.score.dimensions,
            flags: variant.score.flags,
            cost_micro_usd: variant.cost,
            content: variant.content,
            rating: rating.map(Rating::from),
            ratings: others.collect(),
            created_at: Time(variant.created_at),
        }
    }
}

/// The content of a variant, by its stage.
#[derive(JsonSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "this is there for its schema alone")]
pub(super) enum AnyContent {
    Research(Research),
    Outline(Outline),
    Copy(Copy),
    Hook(Hook),
    Visual(Visual),
    Caption(Caption),
}

/// A variant with the caller's own rating.
async fn shown(web: &Web, Caller(actor): Caller, variant: domain::Variant) -> Result<Variant, ApiError> {
    let ratings = web.studio.ratings(actor, variant.id).await?;
    let rating = ratings.into_iter().find(|rating| rating.member == actor.member);
    Ok(VariantView { variant, rating, ratings: Vec::new() }.into())
}

/// Shows a variant.
#[utoipa::path(get, path = "/variants/{id}", operation_id = "read_variant", tag = "Variants",
    responses((status = 200, description = "The variant.", body = Variant)))]
pub(super) async fn read(
    State(web): State<Web>,
    caller: Caller,
    At(id): At<VariantId>,
) -> Result<Tagged<Variant>, ApiError> {
    let variant = web.studio.variant(caller.0, id).await?;
    Ok(Tagged(shown(&web, caller, variant).await?))
}

/// Stars, and what to say about them.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Opinion {
    stars: Stars,
    /// At most 500 characters.
    #[serde(default)]
    feedback: Option<String>,
}

/// Rates a variant, or changes the rating; the last one counts.
#[utoipa::path(put, path = "/variants/{id}/rating", operation_id = "rate_variant", tag = "Variants",
    request_body = Opinion,
    responses((status = 200, description = "The rating that counts now.", body = Rating)))]
pub(super) async fn rate(
    State(web): State<Web>,
    Caller(actor): Caller,
    At(id): At<VariantId>,
    Sent(Opinion { stars, feedback }): Sent<Opinion>,
) -> Result<Json<Rating>, ApiError> {
    let feedback = feedback.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    Ok(Json(web.studio.rate(actor, id, stars, feedback).await?.into()))
}

/// Keeps an edit as a variant of its own, which remembers what it was made of.
#[utoipa::path(post, path = "/variants/{id}/edits", operation_id = "edit_variant", tag = "Variants",
    request_body = ContentToKeep,
    responses((status = 201, description = "The new variant.", body = Variant)))]
pub(super) async fn edit(
    State(web): State<Web>,
    caller: Caller,
    At(id): At<VariantId>,
    headers: HeaderMap,
    Sent(ContentToKeep { content }): Sent<ContentToKeep>,
) -> Result<Response, ApiError> {
    let original = web.studio.variant(caller.0, id).await?;
    tag::check(&headers, &shown(&web, caller, original).await?)?;
    let variant = web.studio.edit(caller.0, id, content).await?;
    let place = format!("/api/v1/variants/{}", variant.id);
    let variant = shown(&web, caller, variant).await?;
    let response = made(StatusCode::CREATED, &place, &variant);
    Ok(tag::tagged(response, &variant))
}

/// Asks for one more variant of the same strategy in the open round; its event says when it
/// is there.
#[utoipa::path(post, path = "/variants/{id}/regeneration", operation_id = "regenerate_variant", tag = "Variants",
    responses((status = 202, description = "It is being written.")))]
pub(super) async fn regenerate(
    State(web): State<Web>,
    Caller(actor): Caller,
    At(id): At<VariantId>,
) -> Result<Response, ApiError> {
    web.studio.regenerate_one(actor, id).await?;
    Ok(StatusCode::ACCEPTED.into_response())
}
