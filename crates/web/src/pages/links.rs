//! Links for a client: made, shown with what was answered, and taken back.

use axum::Form;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use domain::{CarouselId, LinkId, Problem, Right};
use serde::Deserialize;
use studio::{Answer, Link, LinkInUse, StudioError};

use super::carousel::{self, Typed};
use crate::at::At;
use crate::error::PageError;
use crate::session::Person;
use crate::web::Web;

/// A link in the list of the carousel's page.
pub(crate) struct LinkRow {
    pub(crate) link: Link,
    pub(crate) answers: Vec<Answer>,
    /// For those who may share it, as long as it opens.
    pub(crate) address: Option<String>,
    pub(crate) is_open: bool,
    /// The slides as they are now.
    pub(crate) is_approved: bool,
}

/// A client's stars, as drawn.
pub(crate) fn stars(answer: &Answer) -> Option<String> {
    answer.stars.map(|stars| "★".repeat(usize::from(u8::from(stars))))
}

/// The carousel's links, the newest first.
pub(crate) async fn rows(
    web: &Web,
    person: &Person,
    headers: &HeaderMap,
    id: CarouselId,
) -> Result<Vec<LinkRow>, PageError> {
    let failed = |error| person.error(error);
    let (actor, origin) = (person.actor(), web.origin(headers));
    let mut rows = Vec::new();
    for LinkInUse { link, answers, approved } in web.studio.links(actor, id).await.map_err(failed)? {
        let is_open = link.revoked_at.is_none();
        let mut row = LinkRow { is_open, link, answers, address: None, is_approved: approved };
        if row.is_open && person.may(Right::Make) {
            let secret = web.studio.link_secret(actor, &row.link).await.map_err(failed)?;
            row.is_open = web.studio.open_link(&secret).await.is_ok();
            row.address = row.is_open.then(|| format!("{origin}/l/{secret}"));
        }
        rows.push(row);
    }
    Ok(rows)
}

#[derive(Debug, Deserialize)]
pub(crate) struct LinkForm {
    name: String,
    days: String,
}

pub(crate) async fn create(
    State(web): State<Web>,
    person: Person,
    headers: HeaderMap,
    At(id): At<CarouselId>,
    Form(form): Form<LinkForm>,
) -> Result<Response, PageError> {
    // What is no number is as far from 1 to 90 as 0.
    let days = form.days.trim().parse().unwrap_or(0);
    match web.studio.create_link(person.actor(), id, &form.name, days).await {
        Ok(_) => Ok(Redirect::to(&format!("/carousels/{id}?done=done-linked#links")).into_response()),
        Err(StudioError::Invalid { problems }) => {
            let problems = problems.into_iter().map(|problem| named(&person, problem)).collect();
            let typed = Typed { link_name: form.name, link_days: form.days, ..Typed::default() };
            carousel::refused(&web, &person, &headers, id, (typed, problems)).await
        }
        Err(error) => Err(person.error(error)),
    }
}

/// The problem under the name that the form gives its field.
fn named(person: &Person, problem: Problem) -> Problem {
    let field = match problem.field.as_str() {
        "name" => person.reader.words.text("link-name"),
        "days" => person.reader.words.text("link-days"),
        _ => problem.field,
    };
    Problem { field, ..problem }
}

pub(crate) async fn revoke(
    State(web): State<Web>,
    person: Person,
    At((id, link)): At<(CarouselId, LinkId)>,
) -> Result<Redirect, PageError> {
    web.studio.revoke_link(person.actor(), link).await.map_err(|error| person.error(error))?;
    Ok(Redirect::to(&format!("/carousels/{id}?done=done-unlinked#links")))
}
