//! The page behind an invitation's link: whoever has it becomes a member here.

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use domain::{Email, Problem};
use serde::Deserialize;
use studio::{Acceptance, InvitationShown, Password, StudioError};

use crate::at::At;
use crate::error::{PageError, status};
use crate::page::{Page, html, html_with};
use crate::reader::Reader;
use crate::security::{Peer, visitor};
use crate::session;
use crate::web::Web;

#[derive(Template)]
#[template(path = "invitation.html")]
struct InvitationPage<'a> {
    page: Page,
    invitation: InvitationShown,
    secret: &'a str,
    form: &'a AcceptForm,
    problems: Vec<Problem>,
    /// Why it did not work, where no field is to blame.
    refusal: Option<String>,
}

/// Who accepts; shown again as it was where something is wrong.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct AcceptForm {
    name: String,
    email: String,
    password: String,
}

impl<'a> InvitationPage<'a> {
    async fn read(
        web: &Web,
        reader: Reader,
        secret: &'a str,
        form: &'a AcceptForm,
    ) -> Result<Self, PageError> {
        let invitation = web.studio.invitation(secret).await;
        let invitation = invitation.map_err(|error| PageError::new(error, reader))?;
        let mut page = Page::new(reader, String::new());
        page.title = page.tt("invitation-title", "workspace", &invitation.workspace_name);
        Ok(Self { page, invitation, secret, form, problems: Vec::new(), refusal: None })
    }

    /// What was typed, else what the inviter called them.
    fn name(&self) -> &str {
        if self.form.name.is_empty() { &self.invitation.name } else { &self.form.name }
    }
}

pub(crate) async fn page(
    State(web): State<Web>,
    reader: Reader,
    At(secret): At<String>,
) -> Result<Response, PageError> {
    let form = AcceptForm::default();
    Ok(html(&InvitationPage::read(&web, reader, &secret, &form).await?))
}

pub(crate) async fn accept(
    State(web): State<Web>,
    peer: Peer,
    headers: HeaderMap,
    reader: Reader,
    At(secret): At<String>,
    Form(form): Form<AcceptForm>,
) -> Result<Response, PageError> {
    let accepted = match form.email.parse::<Email>() {
        Ok(email) => {
            let (name, password) = (form.name.clone(), Password::new(form.password.as_str()));
            let from = visitor(&web, peer.0, &headers);
            web.studio.accept_invitation(&secret, Acceptance { name, email, password, from }).await
        }
        Err(wrong) => Err(StudioError::Invalid {
            problems: vec![Problem { field: "email".to_owned(), message: wrong.to_string() }],
        }),
    };
    let error = match accepted {
        Ok(signed_in) => {
            return session::welcome(&web, reader, signed_in, "/carousels").await;
        }
        Err(error) => error,
    };
    let code = status(&error);
    let (problems, refusal) = match error {
        StudioError::Invalid { problems } => (problems, None),
        StudioError::SignIn(_) | StudioError::TooMany { .. } | StudioError::Taken(_) => {
            (Vec::new(), Some(error.to_string()))
        }
        _ => return Err(PageError::new(error, reader)),
    };
    let page = InvitationPage::read(&web, reader, &secret, &form).await?;
    Ok(html_with(code, &InvitationPage { problems, refusal, ..page }))
}
