//! Editing a finished carousel: the approved words of a stage in the form that variants are
//! edited in; what is saved takes their place, and only the slides that changed are drawn again.

use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::{CarouselId, Content, Problem, Right, Stage, Variant};
use studio::{CarouselInWork, StudioError};

use super::carousel::{expected, open_stage, version};
use super::edit::{EditPage, Way, asked_for, typed};
use crate::at::At;
use crate::error::{PageError, status};
use crate::fields::{Group, filled, groups};
use crate::session::Person;
use crate::web::Web;

pub(crate) async fn form(
    State(web): State<Web>,
    person: Person,
    At((id, stage)): At<(CarouselId, Stage)>,
) -> Result<Response, PageError> {
    let failed = |error| person.error(error);
    person.actor().require(Right::Make).map_err(failed)?;
    let work = web.studio.read_carousel(person.actor(), id).await.map_err(failed)?;
    // While a stage is open, its variants are edited on its own page.
    if open_stage(&work).is_some() {
        return Ok(Redirect::to(&format!("/carousels/{id}/stages/{stage}")).into_response());
    }
    let variant = approved(&work, stage).map_err(failed)?;
    let groups = shown(&work, &variant);
    let way = way(&work, stage);
    Ok(EditPage::new((&web, &person), variant, groups, vec![], way).answer(StatusCode::OK))
}

pub(crate) async fn save(
    State(web): State<Web>,
    person: Person,
    At((id, stage)): At<(CarouselId, Stage)>,
    Form(form): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let failed = |error| person.error(error);
    let work = web.studio.read_carousel(person.actor(), id).await.map_err(failed)?;
    let variant = approved(&work, stage).map_err(failed)?;
    let json = filled(&variant.content, &form);
    if let Some(slide) = asked_for(&form) {
        let groups = typed(shown(&work, &variant), &form);
        let page = EditPage::new((&web, &person), variant, groups, vec![], way(&work, stage));
        return Ok(page.looking((&web, &person), json, slide).await?.answer(StatusCode::OK));
    }
    let known = form.iter().find(|(name, _)| name == "version").and_then(|(_, version)| expected(version));
    let (code, problems) = match web.studio.revise(person.actor(), id, stage, json, known).await {
        Ok(_) => return Ok(Redirect::to(&format!("/carousels/{id}?done=done-revised")).into_response()),
        Err(StudioError::Invalid { problems }) => {
            (status(&StudioError::Invalid { problems: vec![] }), problems)
        }
        // What was typed stays, and saving it again is a choice made knowingly.
        Err(StudioError::Taken(_)) => (StatusCode::CONFLICT, vec![meanwhile(&person)]),
        Err(error) => return Err(failed(error)),
    };
    let groups = typed(shown(&work, &variant), &form);
    let way = way(&work, stage);
    Ok(EditPage::new((&web, &person), variant, groups, problems, way).answer(code))
}

fn meanwhile(person: &Person) -> Problem {
    let words = person.reader.words;
    Problem { field: words.text("revise-meanwhile"), message: words.text("revise-meanwhile-mend") }
}

fn approved(work: &CarouselInWork, stage: Stage) -> Result<Variant, StudioError> {
    work.approved.get(&stage).cloned().ok_or(StudioError::NotFound("approved stage"))
}

/// The fields that are seen: the cover's words are the hook's.
fn shown(work: &CarouselInWork, variant: &Variant) -> Vec<Group> {
    let mut groups = groups(&variant.content);
    if matches!(variant.content, Content::Copy(_)) && work.hook().is_some() {
        groups.retain(|group| group.slide != Some(1));
    }
    groups
}

fn way(work: &CarouselInWork, stage: Stage) -> Way {
    let id = work.carousel.id;
    Way {
        save_to: format!("/carousels/{id}/stages/{stage}/revision"),
        back_to: format!("/carousels/{id}"),
        lead: "revise-lead",
        save: "revise-save",
        version: Some(version(&work.carousel)),
    }
}
