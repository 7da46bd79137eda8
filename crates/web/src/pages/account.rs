//! A person's own account: password, language, and going over to another workspace.

use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use domain::{Email, Problem, WorkspaceId};
use serde::Deserialize;
use studio::{ChangePassword, Membership, Password, StudioError};

use crate::error::{PageError, status};
use crate::page::{Done, Page, html, html_with};
use crate::session::{self, Person};
use crate::web::Web;

#[derive(Template)]
#[template(path = "account.html")]
struct AccountPage {
    page: Page,
    name: String,
    /// `None` where the owner tries it alone, without a password.
    email: Option<Email>,
    /// Their own choice; empty: none.
    language: String,
    others: Vec<Membership>,
    /// What was typed as the first email.
    typed: String,
    problems: Vec<Problem>,
    /// Why it did not work, where no field is to blame.
    refusal: Option<String>,
}

impl AccountPage {
    async fn read(web: &Web, person: &Person) -> Result<Self, PageError> {
        let signed = &person.signed;
        let all = web.studio.workspaces(signed.account).await.map_err(|error| person.error(error))?;
        let others = all.into_iter().filter(|one| one.workspace != signed.actor.workspace).collect();
        Ok(Self {
            page: person.page("account-title"),
            name: signed.name.clone(),
            email: signed.email.clone(),
            language: signed.language.map(|language| language.to_string()).unwrap_or_default(),
            others,
            typed: String::new(),
            problems: Vec::new(),
            refusal: None,
        })
    }
}

pub(crate) async fn form(
    State(web): State<Web>,
    person: Person,
    Query(Done { done }): Query<Done>,
) -> Result<Response, PageError> {
    let mut page = AccountPage::read(&web, &person).await?;
    page.page = page.page.notice(done.as_deref());
    Ok(html(&page))
}

/// The password until now, and the new one.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct PasswordForm {
    /// Asked for together with the first password.
    email: String,
    old: String,
    new: String,
}

impl PasswordForm {
    fn read(&self) -> Result<ChangePassword, StudioError> {
        let typed = Some(self.email.trim()).filter(|email| !email.is_empty());
        let email = typed.map(str::parse::<Email>).transpose().map_err(|wrong| StudioError::Invalid {
            problems: vec![Problem { field: "email".to_owned(), message: wrong.to_string() }],
        })?;
        let old = Some(self.old.as_str()).filter(|old| !old.is_empty()).map(Password::new);
        Ok(ChangePassword { old, new: Password::new(self.new.as_str()), email })
    }
}

pub(crate) async fn set_password(
    State(web): State<Web>,
    person: Person,
    headers: HeaderMap,
    Form(form): Form<PasswordForm>,
) -> Result<Response, PageError> {
    let secret = session::cookie(&web, &headers).unwrap_or_default();
    let changed = match form.read() {
        Ok(change) => web.studio.change_password(&secret, change).await,
        Err(error) => Err(error),
    };
    let error = match changed {
        Ok(()) => return Ok(Redirect::to("/account?done=done-password").into_response()),
        Err(error) => error,
    };
    let code = status(&error);
    let (problems, refusal) = match error {
        StudioError::Invalid { problems } => (problems, None),
        StudioError::Taken(_) | StudioError::TooMany { .. } => (Vec::new(), Some(error.to_string())),
        _ => return Err(person.error(error)),
    };
    let page = AccountPage::read(&web, &person).await?;
    Ok(html_with(code, &AccountPage { typed: form.email, problems, refusal, ..page }))
}

#[derive(Debug, Deserialize)]
pub(crate) struct LanguageForm {
    /// Empty: that of the workspace, else of the browser.
    language: String,
}

pub(crate) async fn set_language(
    State(web): State<Web>,
    person: Person,
    headers: HeaderMap,
    Form(form): Form<LanguageForm>,
) -> Result<Redirect, PageError> {
    let secret = session::cookie(&web, &headers).unwrap_or_default();
    let language = form.language.parse().ok();
    web.studio.set_language(&secret, language).await.map_err(|error| person.error(error))?;
    Ok(Redirect::to("/account?done=done-language"))
}

#[derive(Debug, Deserialize)]
pub(crate) struct WorkspaceForm {
    workspace: WorkspaceId,
}

pub(crate) async fn switch(
    State(web): State<Web>,
    person: Person,
    headers: HeaderMap,
    Form(form): Form<WorkspaceForm>,
) -> Result<Redirect, PageError> {
    let secret = session::cookie(&web, &headers).unwrap_or_default();
    let switched = web.studio.switch_workspace(&secret, form.workspace).await;
    switched.map_err(|error| person.error(error))?;
    Ok(Redirect::to("/carousels?done=done-switched"))
}
