//! Business profiles: who speaks, to whom, in which voice and colours.

use std::borrow::Cow;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use domain::{Profile, ProfileFields, ProfileId};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::caller::Caller;
use super::made;
use super::problem::ApiError;
use super::sent::{At, Sent};
use super::tag::{self, Tagged};
use super::time::Time;
use crate::web::Web;

/// A profile and when it was last changed.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ProfileShown {
    #[serde(flatten)]
    profile: Profile,
    updated_at: Time,
}

/// The profiles.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Profiles {
    items: Vec<Profile>,
}

/// Fields of a profile. Each may be left out, and then is empty in a new profile, and stays
/// in a changed one.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(transparent)]
pub(super) struct ProfileToMake(ProfileFields);

/// The fields to change, as a JSON merge patch: null empties a field.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub(super) struct ProfilePatch(Map<String, Value>);

impl JsonSchema for ProfilePatch {
    fn schema_name() -> Cow<'static, str> {
        "ProfilePatch".into()
    }

    /// Every field of a profile, or null.
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = ProfileFields::json_schema(generator);
        let fields = schema.get_mut("properties").and_then(Value::as_object_mut);
        for field in fields.into_iter().flat_map(Map::values_mut) {
            if let Some(field) = field.as_object_mut() {
                field.remove("default");
            }
            *field = json!({ "anyOf": [field.take(), { "type": "null" }] });
        }
        schema
    }
}

async fn shown(web: &Web, Caller(actor): Caller, id: ProfileId) -> Result<ProfileShown, ApiError> {
    let (profile, updated_at) = web.studio.profile(actor, id).await?;
    Ok(ProfileShown { profile, updated_at: Time(updated_at) })
}

/// Lists the profiles.
#[utoipa::path(get, path = "/profiles", operation_id = "list_profiles", tag = "Profiles",
    responses((status = 200, description = "All of them.", body = Profiles)))]
pub(super) async fn list(State(web): State<Web>, Caller(actor): Caller) -> Result<Json<Profiles>, ApiError> {
    Ok(Json(Profiles { items: web.studio.profiles(actor).await? }))
}

/// Makes a profile.
#[utoipa::path(post, path = "/profiles", operation_id = "make_profile", tag = "Profiles",
    request_body = ProfileToMake,
    responses((status = 201, description = "It is kept.", body = ProfileShown)))]
pub(super) async fn make(
    State(web): State<Web>,
    caller: Caller,
    Sent(ProfileToMake(fields)): Sent<ProfileToMake>,
) -> Result<Response, ApiError> {
    let profile = web.studio.create_profile(caller.0, fields).await?;
    let place = format!("/api/v1/profiles/{}", profile.id);
    Ok(made(StatusCode::CREATED, &place, shown(&web, caller, profile.id).await?))
}

/// Shows a profile.
#[utoipa::path(get, path = "/profiles/{id}", operation_id = "read_profile", tag = "Profiles",
    responses((status = 200, description = "The profile.", body = ProfileShown)))]
pub(super) async fn read(
    State(web): State<Web>,
    caller: Caller,
    At(id): At<ProfileId>,
) -> Result<Tagged<ProfileShown>, ApiError> {
    shown(&web, caller, id).await.map(Tagged)
}

/// Changes fields of a profile; the others stay.
#[utoipa::path(patch, path = "/profiles/{id}", operation_id = "change_profile", tag = "Profiles",
    request_body = ProfilePatch,
    responses((status = 200, description = "As it is now.", body = ProfileShown)))]
pub(super) async fn change(
    State(web): State<Web>,
    caller: Caller,
    At(id): At<ProfileId>,
    headers: HeaderMap,
    Sent(ProfilePatch(patch)): Sent<ProfilePatch>,
) -> Result<Tagged<ProfileShown>, ApiError> {
    let present = shown(&web, caller, id).await?;
    tag::check(&headers, &present)?;
    let as_known = headers.contains_key("if-match").then_some(present.updated_at.0);
    let (profile, updated_at) = web.studio.patch_profile(caller.0, id, &patch, as_known).await?;
    Ok(Tagged(ProfileShown { profile, updated_at: Time(updated_at) }))
}
