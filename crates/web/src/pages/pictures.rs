//! Slides as pictures: of a variant as it would look, and of a carousel as it is.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::{CarouselId, VariantId};
use studio::{Encoding, Picture, StudioError};

use crate::at::At;
use crate::error::PageError;
use crate::session::Person;
use crate::web::Web;

pub(crate) async fn of_variant(
    State(web): State<Web>,
    person: Person,
    At((id, name)): At<(VariantId, String)>,
    headers: HeaderMap,
) -> Result<Response, PageError> {
    let failed = |error| person.error(error);
    let (slide, encoding) = parsed(&name).ok_or(StudioError::NotFound("slide")).map_err(failed)?;
    let picture = web.studio.variant_picture(person.actor(), id, slide, encoding).await.map_err(failed)?;
    Ok(answer(&headers, picture))
}

pub(crate) async fn of_carousel(
    State(web): State<Web>,
    person: Person,
    At((id, name)): At<(CarouselId, String)>,
    headers: HeaderMap,
) -> Result<Response, PageError> {
    let failed = |error| person.error(error);
    let (slide, encoding) = parsed(&name).ok_or(StudioError::NotFound("slide")).map_err(failed)?;
    let picture = web.studio.slide_picture(person.actor(), id, slide, encoding).await.map_err(failed)?;
    Ok(answer(&headers, picture))
}

/// `3.jpg`: the number of the slide, from 1, and how it is encoded.
pub(crate) fn parsed(name: &str) -> Option<(usize, Encoding)> {
    let (number, kind) = name.split_once('.')?;
    let encoding = match kind {
        "jpg" => Encoding::Jpeg,
        "png" => Encoding::Png,
        _ => return None,
    };
    let number = number.parse().ok().filter(|number| *number > 0)?;
    Some((number, encoding))
}

/// A browser that has it keeps it: it asks each time whether it is still the same.
pub(crate) fn answer(asked: &HeaderMap, picture: Picture) -> Response {
    let tag = format!("\"{}\"", picture.etag);
    let kept = [(header::ETAG, tag.clone()), (header::CACHE_CONTROL, "private, no-cache".to_owned())];
    if asked.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes()) {
        return (StatusCode::NOT_MODIFIED, kept).into_response();
    }
    (kept, [(header::CONTENT_TYPE, picture.media_type)], picture.bytes).into_response()
}
