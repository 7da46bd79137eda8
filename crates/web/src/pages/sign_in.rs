//! Coming in and going out.

use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use domain::{Email, Problem};
use serde::Deserialize;
use studio::{Password, StudioError, Visit};

use crate::error::{PageError, status};
use crate::page::{Page, html, html_with};
use crate::reader::Reader;
use crate::security::{Peer, is_at_this_machine, visitor};
use crate::session;
use crate::web::Web;

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignInPage<'a> {
    page: Page,
    email: &'a str,
    next: &'a str,
    /// Why it did not work.
    problem: Option<String>,
    /// The owner has no password, and the visitor sits at this machine.
    alone: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct SignInForm {
    email: String,
    password: String,
    /// The page that was asked for.
    next: String,
}

pub(crate) async fn form(
    State(web): State<Web>,
    peer: Peer,
    headers: HeaderMap,
    reader: Reader,
    Query(form): Query<SignInForm>,
) -> Result<Response, PageError> {
    if !web.studio.has_account().await.map_err(|error| PageError::new(error, reader))? {
        return Ok(Redirect::to("/start").into_response());
    }
    let alone = may_come_alone(&web, &peer, &headers).await.map_err(|error| PageError::new(error, reader))?;
    let page = Page::new(reader, reader.words.text("sign-in-title"));
    Ok(html(&SignInPage { page, email: "", next: &form.next, problem: None, alone }))
}

pub(crate) async fn sign_in(
    State(web): State<Web>,
    peer: Peer,
    headers: HeaderMap,
    reader: Reader,
    Form(form): Form<SignInForm>,
) -> Result<Response, PageError> {
    let visit = Visit { from: visitor(&web, peer.0, &headers), browser: session::browser(&web, &headers) };
    let before = session::cookie(&web, &headers);
    let tried = match form.email.parse::<Email>() {
        Ok(email) => {
            let password = Password::new(form.password.as_str());
            web.studio.sign_in(&email, &password, visit, before.as_deref()).await
        }
        Err(wrong) => Err(StudioError::Invalid {
            problems: vec![Problem { field: "email".to_owned(), message: wrong.to_string() }],
        }),
    };
    match tried {
        Ok(signed_in) => session::welcome(&web, reader, signed_in, own_page(&form.next)).await,
        Err(error @ (StudioError::SignIn(_) | StudioError::TooMany { .. } | StudioError::Invalid { .. })) => {
            let page = Page::new(reader, reader.words.text("sign-in-title"));
            let problem = Some(page.error(&error));
            let template = SignInPage { page, email: &form.email, next: &form.next, problem, alone: false };
            Ok(html_with(status(&error), &template))
        }
        Err(error) => Err(PageError::new(error, reader)),
    }
}

pub(crate) async fn alone(
    State(web): State<Web>,
    peer: Peer,
    headers: HeaderMap,
    reader: Reader,
    Form(form): Form<SignInForm>,
) -> Result<Response, PageError> {
    if !is_at_this_machine(&web, peer.0, &headers) {
        return Err(PageError::new(StudioError::SignIn(NOT_ALONE), reader));
    }
    let signed_in = web.studio.sign_in_alone().await.map_err(|error| PageError::new(error, reader))?;
    session::welcome(&web, reader, signed_in, own_page(&form.next)).await
}

const NOT_ALONE: &str = "without a password the studio opens only on the machine that it runs on; \
                         set one there with `slidewright password`";

pub(crate) async fn sign_out(
    State(web): State<Web>,
    headers: HeaderMap,
    reader: Reader,
) -> Result<Response, PageError> {
    if let Some(secret) = session::cookie(&web, &headers) {
        web.studio.sign_out(&secret).await.map_err(|error| PageError::new(error, reader))?;
    }
    Ok((session::forget(&web), Redirect::to("/sign-in")).into_response())
}

async fn may_come_alone(web: &Web, peer: &Peer, headers: &HeaderMap) -> Result<bool, StudioError> {
    Ok(is_at_this_machine(web, peer.0, headers) && web.studio.is_without_password().await?)
}

/// A page of ours, never a foreign address.
fn own_page(next: &str) -> &str {
    let is_ours = next.starts_with('/')
        && !next.starts_with("//")
        && !next.contains('\\')
        && !next.chars().any(char::is_control);
    if is_ours { next } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::own_page;

    #[test]
    fn after_signing_in_nobody_is_led_elsewhere() {
        assert_eq!(own_page("/carousels?state=ready"), "/carousels?state=ready");
        for elsewhere in
            ["//evil.example", "https://evil.example", "/\\evil.example", "", "/\n//evil.example"]
        {
            assert_eq!(own_page(elsewhere), "/", "{elsewhere}");
        }
    }
}
