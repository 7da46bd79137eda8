//! Tokens: keys for programs that call the API.

use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{Redirect, Response};
use domain::{MemberRole, Problem, TokenId};
use serde::Deserialize;
use studio::{Member, StudioError, Token};

use crate::at::At;
use crate::error::PageError;
use crate::page::{Done, Page, html, html_with};
use crate::session::Person;
use crate::web::Web;

#[derive(Template)]
#[template(path = "tokens.html")]
struct TokensPage {
    page: Page,
    tokens: Vec<Token>,
    members: Vec<Member>,
    /// Those that the person may give.
    scopes: Vec<MemberRole>,
    form: TokenForm,
    problems: Vec<Problem>,
    /// That of the token just made, which is shown this once.
    secret: Option<String>,
}

/// What a new token is for; shown again as it was where something is wrong.
#[derive(Debug, Deserialize)]
pub(crate) struct TokenForm {
    name: String,
    scope: MemberRole,
}

impl TokensPage {
    async fn read(web: &Web, person: &Person) -> Result<Self, PageError> {
        let actor = person.actor();
        let scopes: Vec<MemberRole> =
            MemberRole::ALL.iter().copied().filter(|scope| scope.at_most(actor.role) == *scope).collect();
        Ok(Self {
            page: person.page("tokens-title").section("settings"),
            tokens: web.studio.tokens(actor).await.map_err(|error| person.error(error))?,
            members: web.studio.members(actor).await.map_err(|error| person.error(error))?,
            form: TokenForm { name: String::new(), scope: actor.role },
            scopes,
            problems: Vec::new(),
            secret: None,
        })
    }

    fn owner_of(&self, token: &Token) -> &str {
        let member = self.members.iter().find(|member| member.id == token.member);
        member.map_or("", |member| &member.name)
    }
}

pub(crate) async fn list(
    State(web): State<Web>,
    person: Person,
    Query(Done { done }): Query<Done>,
) -> Result<Response, PageError> {
    let mut page = TokensPage::read(&web, &person).await?;
    page.page = page.page.notice(done.as_deref());
    Ok(html(&page))
}

/// The secret is in the answer itself: it is not kept, so no later page could show it.
pub(crate) async fn create(
    State(web): State<Web>,
    person: Person,
    Form(form): Form<TokenForm>,
) -> Result<Response, PageError> {
    match web.studio.create_token(person.actor(), &form.name, form.scope).await {
        Ok((_, secret)) => {
            let page = TokensPage::read(&web, &person).await?;
            Ok(html(&TokensPage { secret: Some(secret), ..page }))
        }
        Err(StudioError::Invalid { problems }) => {
            let page = TokensPage { form, problems, ..TokensPage::read(&web, &person).await? };
            Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, &page))
        }
        Err(error) => Err(person.error(error)),
    }
}

pub(crate) async fn revoke(
    State(web): State<Web>,
    person: Person,
    At(id): At<TokenId>,
) -> Result<Redirect, PageError> {
    web.studio.revoke_token(person.actor(), id).await.map_err(|error| person.error(error))?;
    Ok(Redirect::to("/tokens?done=done-token-revoked"))
}
