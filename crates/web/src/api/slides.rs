//! Slides as pictures, of a carousel and of a variant.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use domain::{CarouselId, VariantId};

use super::caller::Caller;
use super::problem::ApiError;
use super::sent::At;
use crate::pages::pictures::{answer, parsed};
use crate::web::Web;

/// Shows a slide as far as it is approved.
#[utoipa::path(get, path = "/carousels/{id}/slides/{picture}", operation_id = "read_slide", tag = "Slides and files",
    responses((status = 200, description = "The slide.", content(("image/jpeg"), ("image/png")))))]
pub(super) async fn slide(
    State(web): State<Web>,
    Caller(actor): Caller,
    At((id, name)): At<(CarouselId, String)>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let (n, encoding) = parsed(&name).ok_or_else(ApiError::not_found)?;
    Ok(answer(&headers, web.studio.slide_picture(actor, id, n, encoding).await?))
}

/// Shows a slide of a variant as it would look.
#[utoipa::path(get, path = "/variants/{id}/slides/{picture}", operation_id = "read_slide_of_variant", tag = "Variants",
    responses((status = 200, description = "The slide.", content(("image/jpeg"), ("image/png")))))]
pub(super) async fn slide_of_variant(
    State(web): State<Web>,
    Caller(actor): Caller,
    At((id, name)): At<(VariantId, String)>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let (n, encoding) = parsed(&name).ok_or_else(ApiError::not_found)?;
    Ok(answer(&headers, web.studio.variant_picture(actor, id, n, encoding).await?))
}
