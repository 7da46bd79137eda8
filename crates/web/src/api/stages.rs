//! The stages of a carousel: a round's variants, and what is decided about them.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use domain::content::Fact;
use domain::{CarouselId, Stage, VariantId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use studio::{StageView, StudioError};

use super::caller::Caller;
use super::carousels::{Carousel, begun};
use super::problem::ApiError;
use super::sent::{Asked, At, Sent};
use super::tag::{self, Tagged};
use super::time::Time;
use super::variants::Variant;
use crate::web::Web;

/// One round of a stage.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct StageRound {
    stage: Stage,
    /// 0 where the stage was not begun.
    round: u32,
    /// How many there were.
    rounds: u32,
    /// The approved variant, which may be of an earlier round; null before one is chosen.
    approved: Option<VariantId>,
    approval: Option<Approval>,
    /// Best first.
    variants: Vec<Variant>,
    /// What was said of the round before, which opened this one.
    rejection: Option<String>,
    /// The facts of the approved research; a variant's content names those it rests on.
    facts: Vec<Fact>,
}

/// Who chose which variant.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Approval {
    variant_id: VariantId,
    /// The member's name; null is the autopilot.
    by: Option<String>,
    at: Time,
}

impl From<StageView> for StageRound {
    fn from(view: StageView) -> Self {
        Self {
            stage: view.stage,
            round: view.round,
            rounds: view.rounds,
            approved: view.approved.as_ref().map(|approval| approval.variant),
            approval: view.approved.map(|approval| Approval {
                variant_id: approval.variant,
                by: approval.by,
                at: Time(approval.at),
            }),
            variants: view.variants.into_iter().map(Variant::from).collect(),
            rejection: view.rejection.filter(|said| !said.is_empty()),
            facts: view.facts,
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RoundQuery {
    #[serde(default)]
    round: Option<u32>,
}

/// Shows a round of a stage with its variants.
#[utoipa::path(get, path = "/carousels/{id}/stages/{stage}", operation_id = "read_stage", tag = "Stages",
    params(("round" = Option<u32>, Query, description = "Without one, the last.", minimum = 1)),
    responses((status = 200, description = "The round.", body = StageRound)))]
pub(super) async fn read(
    State(web): State<Web>,
    Caller(actor): Caller,
    At((id, stage)): At<(CarouselId, Stage)>,
    Asked(RoundQuery { round }): Asked<RoundQuery>,
) -> Result<Json<StageRound>, ApiError> {
    Ok(Json(web.studio.stage_view(actor, id, stage, round).await?.into()))
}

/// The variant to choose.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Choice {
    variant_id: VariantId,
}

/// Chooses a variant of the open stage; the next stage is begun. The second of two who
/// choose gets 409 with who was first.
#[utoipa::path(put, path = "/carousels/{id}/stages/{stage}/approval", operation_id = "approve", tag = "Stages",
    request_body = Choice,
    responses((status = 200, description = "Approved; the carousel as it goes on.", body = Carousel)))]
pub(super) async fn approve(
    State(web): State<Web>,
    caller: Caller,
    At((id, stage)): At<(CarouselId, Stage)>,
    Sent(Choice { variant_id }): Sent<Choice>,
) -> Result<Json<Carousel>, ApiError> {
    let Caller(actor) = caller;
    actor.require(domain::Right::Review)?;
    let variant = web.studio.variant(actor, variant_id).await?;
    if variant.stage != stage && variant.carousel == id {
        let message = format!("is a variant of the {}, not of the {stage}", variant.stage);
        return Err(ApiError::field("variant_id", message));
    }
    match web.studio.approve(actor, id, variant_id).await {
        Ok(_) => Ok(Json(Carousel::read(&web, caller, id).await?)),
        Err(error) => Err(naming_who_was_first(&web, caller, (id, stage), error).await),
    }
}

async fn naming_who_was_first(
    web: &Web,
    Caller(actor): Caller,
    (id, stage): (CarouselId, Stage),
    error: StudioError,
) -> ApiError {
    let error = ApiError::from(error);
    if !error.is_conflict() {
        return error;
    }
    let first = web.studio.stage_view(actor, id, stage, None).await.ok().and_then(|view| view.approved);
    match first {
        Some(first) => {
            let who = first.by.unwrap_or_else(|| "the autopilot".to_owned());
            error.adding(&format!("{who} was first, with variant {}", first.variant))
        }
        None => error,
    }
}

/// What is wrong with the round.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Rejection {
    /// At most 500 characters. The next round is written with it.
    #[serde(default)]
    feedback: Option<String>,
}

/// Closes the open round; another one is written with the feedback.
#[utoipa::path(post, path = "/carousels/{id}/stages/{stage}/rejections", operation_id = "reject", tag = "Stages",
    request_body = Rejection,
    responses((status = 202, description = "The next round is being written.", body = Carousel)))]
pub(super) async fn reject(
    State(web): State<Web>,
    Caller(actor): Caller,
    At((id, stage)): At<(CarouselId, Stage)>,
    Sent(Rejection { feedback }): Sent<Rejection>,
) -> Result<Response, ApiError> {
    actor.require(domain::Right::Review)?;
    let carousel = web.studio.read_carousel(actor, id).await?.carousel;
    if let Some(open) = carousel.progress.state.stage().filter(|open| *open != stage) {
        let sentence = format!("the {stage} is not open; the {open} is");
        return Err(ApiError::new(StatusCode::CONFLICT, sentence));
    }
    let feedback = feedback.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    Ok(begun(web.studio.reject(actor, id, feedback).await?))
}

/// Goes back to a stage; what was approved from there on no longer counts.
#[utoipa::path(post, path = "/carousels/{id}/stages/{stage}/reopening", operation_id = "reopen", tag = "Stages",
    responses((status = 200, description = "The stage is open again.", body = Carousel)))]
pub(super) async fn reopen(
    State(web): State<Web>,
    caller: Caller,
    At((id, stage)): At<(CarouselId, Stage)>,
) -> Result<Json<Carousel>, ApiError> {
    web.studio.reopen(caller.0, id, stage).await?;
    Ok(Json(Carousel::read(&web, caller, id).await?))
}

/// A content of the stage, whole.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ContentToKeep {
    /// As the `content` of a variant of this stage.
    #[schemars(with = "super::variants::AnyContent")]
    pub(super) content: serde_json::Value,
}

/// Changes the words or looks of a finished carousel; the stages after it stay.
#[utoipa::path(put, path = "/carousels/{id}/stages/{stage}/content", operation_id = "revise_stage", tag = "Stages",
    request_body = ContentToKeep,
    responses((status = 200, description = "As it is now.", body = Carousel)))]
pub(super) async fn revise(
    State(web): State<Web>,
    caller: Caller,
    At((id, stage)): At<(CarouselId, Stage)>,
    headers: HeaderMap,
    Sent(ContentToKeep { content }): Sent<ContentToKeep>,
) -> Result<Tagged<Carousel>, ApiError> {
    let Caller(actor) = caller;
    let present = web.studio.read_carousel(actor, id).await?;
    let as_known = headers.contains_key("if-match").then_some(present.carousel.updated_at);
    tag::check(&headers, &Carousel::from(present))?;
    web.studio.revise(actor, id, stage, content, as_known).await?;
    Carousel::read(&web, caller, id).await.map(Tagged)
}
