//! Members: who belongs to the workspace, and the invitations that are out.

use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use domain::{InvitationId, MemberId, MemberRole, Problem, Right};
use serde::Deserialize;
use studio::{Invitation, Member, StudioError};

use crate::at::At;
use crate::error::PageError;
use crate::page::{Done, Page, html, html_with};
use crate::session::Person;
use crate::web::Web;

#[derive(Template)]
#[template(path = "members.html")]
struct MembersPage {
    page: Page,
    members: Vec<Member>,
    /// Those that can still be accepted; none for whoever may not invite.
    invitations: Vec<Invitation>,
    form: InviteForm,
    problems: Vec<Problem>,
    /// The address of the invitation just made, which is shown this once.
    link: Option<String>,
    me: MemberId,
    /// With a second person here nobody comes in without a password: it is set first.
    needs_password: bool,
}

/// Whom to invite; shown again as it was where something is wrong.
#[derive(Debug, Deserialize)]
pub(crate) struct InviteForm {
    name: String,
    role: MemberRole,
}

impl Default for InviteForm {
    fn default() -> Self {
        Self { name: String::new(), role: MemberRole::Editor }
    }
}

impl MembersPage {
    async fn read(web: &Web, person: &Person) -> Result<Self, PageError> {
        let actor = person.actor();
        let members = web.studio.members(actor).await.map_err(|error| person.error(error))?;
        let invitations = if person.may(Right::Manage) {
            web.studio.invitations(actor).await.map_err(|error| person.error(error))?
        } else {
            Vec::new()
        };
        Ok(Self {
            page: person.page("members-title").section("members"),
            members,
            invitations,
            form: InviteForm::default(),
            problems: Vec::new(),
            link: None,
            me: actor.member,
            needs_password: person.signed.email.is_none(),
        })
    }

    fn is_me(&self, member: &Member) -> bool {
        member.id == self.me
    }
}

pub(crate) async fn list(
    State(web): State<Web>,
    person: Person,
    Query(Done { done }): Query<Done>,
) -> Result<Response, PageError> {
    let mut page = MembersPage::read(&web, &person).await?;
    page.page = page.page.notice(done.as_deref());
    Ok(html(&page))
}

/// The link is in the answer itself: it is not kept, so no later page could show it.
pub(crate) async fn invite(
    State(web): State<Web>,
    person: Person,
    headers: HeaderMap,
    Form(form): Form<InviteForm>,
) -> Result<Response, PageError> {
    match web.studio.invite(person.actor(), &form.name, form.role).await {
        Ok((_, secret)) => {
            let link = Some(format!("{}/invitations/{secret}", web.origin(&headers)));
            Ok(html(&MembersPage { link, ..MembersPage::read(&web, &person).await? }))
        }
        Err(StudioError::Invalid { problems }) => {
            let page = MembersPage { form, problems, ..MembersPage::read(&web, &person).await? };
            Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, &page))
        }
        Err(error) => Err(person.error(error)),
    }
}

pub(crate) async fn revoke(
    State(web): State<Web>,
    person: Person,
    At(id): At<InvitationId>,
) -> Result<Redirect, PageError> {
    web.studio.revoke_invitation(person.actor(), id).await.map_err(|error| person.error(error))?;
    Ok(Redirect::to("/members?done=done-invitation-revoked"))
}

#[derive(Debug, Deserialize)]
pub(crate) struct RoleForm {
    role: MemberRole,
}

pub(crate) async fn set_role(
    State(web): State<Web>,
    person: Person,
    At(id): At<MemberId>,
    Form(form): Form<RoleForm>,
) -> Result<Redirect, PageError> {
    web.studio.set_role(person.actor(), id, form.role).await.map_err(|error| person.error(error))?;
    Ok(Redirect::to("/members?done=done-role"))
}

pub(crate) async fn remove(
    State(web): State<Web>,
    person: Person,
    At(id): At<MemberId>,
) -> Result<Response, PageError> {
    web.studio.remove_member(person.actor(), id).await.map_err(|error| person.error(error))?;
    // Whoever has removed themselves has no page here any more.
    let to = if id == person.actor().member { "/" } else { "/members?done=done-removed" };
    Ok(Redirect::to(to).into_response())
}
