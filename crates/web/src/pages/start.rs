//! The first visit: whoever comes first becomes the owner.

use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use domain::{Email, Problem};
use serde::Deserialize;
use studio::{NewOwner, Password, StudioError};

use crate::error::{PageError, status};
use crate::page::{Page, html, html_with};
use crate::reader::Reader;
use crate::security::{Peer, is_at_this_machine};
use crate::session;
use crate::web::Web;

#[derive(Template)]
#[template(path = "start.html")]
struct StartPage<'a> {
    page: Page,
    form: &'a StartForm,
    problems: Vec<Problem>,
    /// The visitor sits at this machine and may go without a password.
    alone: bool,
}

/// What the form holds; shown again as it was where something is wrong.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct StartForm {
    name: String,
    workspace: String,
    email: String,
    password: String,
    /// From the server's own output, where the visitor does not sit at this machine.
    code: String,
}

pub(crate) async fn form(
    State(web): State<Web>,
    peer: Peer,
    headers: HeaderMap,
    reader: Reader,
    Query(form): Query<StartForm>,
) -> Result<Response, PageError> {
    if web.studio.has_account().await.map_err(|error| PageError::new(error, reader))? {
        return Ok(Redirect::to("/").into_response());
    }
    let alone = is_at_this_machine(&web, peer.0, &headers);
    // The address may bring the code, and nothing else.
    let form = StartForm { code: form.code, ..StartForm::default() };
    Ok(html(&page(reader, &form, vec![], alone)))
}

pub(crate) async fn create(
    State(web): State<Web>,
    peer: Peer,
    headers: HeaderMap,
    reader: Reader,
    Form(form): Form<StartForm>,
) -> Result<Response, PageError> {
    let alone = is_at_this_machine(&web, peer.0, &headers);
    if !alone && web.config.setup_code.as_deref() != Some(form.code.trim()) {
        let problem = Problem { field: "code".to_owned(), message: reader.words.text("start-wrong-code") };
        return Ok(html_with(StatusCode::FORBIDDEN, &page(reader, &form, vec![problem], alone)));
    }
    let some = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let email = match some(&form.email).map(|text| text.parse::<Email>()).transpose() {
        Ok(email) => email,
        Err(error) => {
            let problem = Problem { field: "email".to_owned(), message: error.to_string() };
            let wrong = page(reader, &form, vec![problem], alone);
            return Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, &wrong));
        }
    };
    let owner = NewOwner {
        name: form.name.trim().to_owned(),
        workspace_name: form.workspace.trim().to_owned(),
        email,
        password: Some(form.password.as_str()).filter(|password| !password.is_empty()).map(Password::new),
    };
    if !alone && (owner.email.is_none() || owner.password.is_none()) {
        let problem =
            Problem { field: "password".to_owned(), message: reader.words.text("start-needs-password") };
        let wrong = page(reader, &form, vec![problem], alone);
        return Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, &wrong));
    }
    match web.studio.create_owner(owner).await {
        Ok(signed_in) => session::welcome(&web, reader, signed_in, "/profiles/new").await,
        Err(error @ StudioError::Invalid { .. }) => {
            let code = status(&error);
            let StudioError::Invalid { problems } = error else { return Err(PageError::new(error, reader)) };
            Ok(html_with(code, &page(reader, &form, problems, alone)))
        }
        Err(error) => Err(PageError::new(error, reader)),
    }
}

fn page(reader: Reader, form: &StartForm, problems: Vec<Problem>, alone: bool) -> StartPage<'_> {
    StartPage { page: Page::new(reader, reader.words.text("start-title")), form, problems, alone }
}
