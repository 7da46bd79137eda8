//! Finished carousels as files to take along, and to bring back.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::CarouselId;
use schemars::JsonSchema;
use serde::Serialize;
use studio::{Download, Downloaded, Imported};

use super::caller::Caller;
use super::carousels::Carousel;
use super::made;
use super::problem::ApiError;
use super::sent::{At, SentBytes};
use crate::web::Web;

/// Takes a finished carousel along: `jpeg.zip`, `png.zip`, `pdf`, `json` (which can be
/// imported again), or `caption`.
#[utoipa::path(get, path = "/carousels/{id}/files/{file}", operation_id = "download_carousel", tag = "Slides and files",
    responses((status = 200, description = "The file.", content(
        ("application/zip"), ("application/pdf"), ("application/json"), ("text/plain")))))]
pub(super) async fn download(
    State(web): State<Web>,
    Caller(actor): Caller,
    At((id, name)): At<(CarouselId, String)>,
) -> Result<Response, ApiError> {
    let what = match name.as_str() {
        "jpeg.zip" => Download::JpegZip,
        "png.zip" => Download::PngZip,
        "pdf" => Download::Pdf,
        "json" => Download::Json,
        "caption" => Download::Caption,
        _ => return Err(ApiError::not_found()),
    };
    let Downloaded { name, media_type, bytes } = web.studio.download(actor, id, what).await?;
    let name = format!("attachment; filename=\"{name}\"");
    Ok(([(header::CONTENT_TYPE, media_type.to_owned()), (header::CONTENT_DISPOSITION, name)], bytes)
        .into_response())
}

/// A carousel that was brought back.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ImportedCarousel {
    #[serde(flatten)]
    carousel: Carousel,
    /// What could not be taken over, each a sentence.
    notes: Vec<String>,
}

/// Makes a carousel of the JSON that `files/json` gave.
#[utoipa::path(post, path = "/carousels/import", operation_id = "import_carousel", tag = "Slides and files",
    request_body(content = serde_json::Value, description = "The file as it was downloaded.", content_type = "application/json"),
    responses((status = 201, description = "It is ready.", body = ImportedCarousel)))]
pub(super) async fn import(
    State(web): State<Web>,
    caller: Caller,
    SentBytes(body): SentBytes,
) -> Result<Response, ApiError> {
    let Imported { carousel, notes } = web.studio.import(caller.0, &body).await?;
    let place = format!("/api/v1/carousels/{}", carousel.id);
    let carousel = Carousel::read(&web, caller, carousel.id).await?;
    Ok(made(StatusCode::CREATED, &place, ImportedCarousel { carousel, notes }))
}
