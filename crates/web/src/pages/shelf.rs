//! A carousel's place in the library: its title, archived or not, and a copy that starts anew.

use axum::Form;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use domain::CarouselId;
use serde::Deserialize;
use studio::{CarouselChange, StudioError};

use super::carousel::{self, Typed};
use crate::at::At;
use crate::error::PageError;
use crate::session::Person;
use crate::web::Web;

#[derive(Debug, Deserialize)]
pub(crate) struct TitleForm {
    title: String,
}

pub(crate) async fn rename(
    State(web): State<Web>,
    person: Person,
    headers: HeaderMap,
    At(id): At<CarouselId>,
    Form(form): Form<TitleForm>,
) -> Result<Response, PageError> {
    match web.studio.change_carousel(person.actor(), id, CarouselChange::title(&form.title), None).await {
        Ok(_) => Ok(Redirect::to(&format!("/carousels/{id}?done=done-renamed")).into_response()),
        Err(StudioError::Invalid { problems }) => {
            let typed = Typed { title: Some(form.title), ..Typed::default() };
            carousel::refused(&web, &person, &headers, id, (typed, problems)).await
        }
        Err(error) => Err(person.error(error)),
    }
}

pub(crate) async fn archive(
    State(web): State<Web>,
    person: Person,
    At(id): At<CarouselId>,
) -> Result<Redirect, PageError> {
    shelve(&web, &person, id, true).await?;
    Ok(Redirect::to("/carousels?done=done-archived"))
}

pub(crate) async fn unarchive(
    State(web): State<Web>,
    person: Person,
    At(id): At<CarouselId>,
) -> Result<Redirect, PageError> {
    shelve(&web, &person, id, false).await?;
    Ok(Redirect::to("/carousels?done=done-unarchived"))
}

async fn shelve(web: &Web, person: &Person, id: CarouselId, archived: bool) -> Result<(), PageError> {
    let changed =
        web.studio.change_carousel(person.actor(), id, CarouselChange::archived(archived), None).await;
    changed.map(drop).map_err(|error| person.error(error))
}

pub(crate) async fn duplicate(
    State(web): State<Web>,
    person: Person,
    At(id): At<CarouselId>,
) -> Result<Redirect, PageError> {
    let copy = web.studio.duplicate(person.actor(), id).await.map_err(|error| person.error(error))?;
    Ok(Redirect::to(&format!("/carousels/{}?done=done-duplicated", copy.id)))
}
