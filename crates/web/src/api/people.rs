//! Members of the workspace, and invitations to become one.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use domain::{InvitationId, MemberId, MemberRole};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::caller::Caller;
use super::made;
use super::problem::ApiError;
use super::sent::{At, Sent};
use super::time::Time;
use crate::web::Web;

/// A member of the workspace.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Member {
    id: MemberId,
    name: String,
    role: MemberRole,
    /// Null where nobody signs in as this member.
    email: Option<String>,
    since: Time,
    /// Signed in at the last, to the hour.
    seen_at: Option<Time>,
}

impl From<studio::Member> for Member {
    fn from(member: studio::Member) -> Self {
        Self {
            id: member.id,
            name: member.name,
            role: member.role,
            email: member.email.map(|email| email.to_string()),
            since: Time(member.since),
            seen_at: member.seen_at.map(Time),
        }
    }
}

/// The members, oldest first.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Members {
    items: Vec<Member>,
}

/// Lists the members.
#[utoipa::path(get, path = "/members", operation_id = "list_members", tag = "Members",
    responses((status = 200, description = "All of them.", body = Members)))]
pub(super) async fn members(
    State(web): State<Web>,
    Caller(actor): Caller,
) -> Result<Json<Members>, ApiError> {
    let members = web.studio.members(actor).await?;
    Ok(Json(Members { items: members.into_iter().map(Member::from).collect() }))
}

/// A member's new role.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewRole {
    role: MemberRole,
}

/// Gives a member another role. The last owner stays one.
#[utoipa::path(patch, path = "/members/{id}", operation_id = "set_role", tag = "Members",
    request_body = NewRole,
    responses((status = 200, description = "The member as it is now.", body = Member)))]
pub(super) async fn set_role(
    State(web): State<Web>,
    Caller(actor): Caller,
    At(id): At<MemberId>,
    Sent(NewRole { role }): Sent<NewRole>,
) -> Result<Json<Member>, ApiError> {
    web.studio.set_role(actor, id, role).await?;
    let member = web.studio.members(actor).await?.into_iter().find(|member| member.id == id);
    Ok(Json(member.ok_or_else(ApiError::not_found)?.into()))
}

/// Removes a member: sessions end and tokens are revoked, what they made stays.
#[utoipa::path(delete, path = "/members/{id}", operation_id = "remove_member", tag = "Members",
    responses((status = 204, description = "Removed.")))]
pub(super) async fn remove(
    State(web): State<Web>,
    Caller(actor): Caller,
    At(id): At<MemberId>,
) -> Result<StatusCode, ApiError> {
    web.studio.remove_member(actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// An invitation that can still be accepted.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Invitation {
    id: InvitationId,
    /// Whom it is for.
    name: String,
    role: MemberRole,
    created_at: Time,
    expires_at: Time,
    /// What to send to them. Only in the answer that made it: it is not kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    invitation_url: Option<String>,
}

impl From<studio::Invitation> for Invitation {
    fn from(invitation: studio::Invitation) -> Self {
        Self {
            id: invitation.id,
            name: invitation.name,
            role: invitation.role,
            created_at: Time(invitation.created_at),
            expires_at: Time(invitation.expires_at),
            invitation_url: None,
        }
    }
}

/// The open invitations, the newest first.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Invitations {
    items: Vec<Invitation>,
}

/// Lists the invitations that can still be accepted.
#[utoipa::path(get, path = "/invitations", operation_id = "list_invitations", tag = "Members",
    responses((status = 200, description = "All of them.", body = Invitations)))]
pub(super) async fn invitations(
    State(web): State<Web>,
    Caller(actor): Caller,
) -> Result<Json<Invitations>, ApiError> {
    let invitations = web.studio.invitations(actor).await?;
    Ok(Json(Invitations { items: invitations.into_iter().map(Invitation::from).collect() }))
}

/// Whom to invite.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct InvitationToMake {
    /// Whom it is for, at most 80 characters.
    name: String,
    role: MemberRole,
}

/// Invites somebody; the invitation can be accepted for seven days.
#[utoipa::path(post, path = "/invitations", operation_id = "invite", tag = "Members",
    request_body = InvitationToMake,
    responses((status = 201, description = "Send them the address.", body = Invitation)))]
pub(super) async fn invite(
    State(web): State<Web>,
    Caller(actor): Caller,
    headers: HeaderMap,
    Sent(InvitationToMake { name, role }): Sent<InvitationToMake>,
) -> Result<Response, ApiError> {
    let (invitation, secret) = web.studio.invite(actor, &name, role).await?;
    let place = format!("/api/v1/invitations/{}", invitation.id);
    let invitation_url = Some(format!("{}/invitations/{secret}", web.origin(&headers)));
    Ok(made(StatusCode::CREATED, &place, Invitation { invitation_url, ..invitation.into() }))
}

/// Takes an invitation back.
#[utoipa::path(delete, path = "/invitations/{id}", operation_id = "revoke_invitation", tag = "Members",
    responses((status = 204, description = "It can't be accepted any more.")))]
pub(super) async fn revoke_invitation(
    State(web): State<Web>,
    Caller(actor): Caller,
    At(id): At<InvitationId>,
) -> Result<StatusCode, ApiError> {
    web.studio.revoke_invitation(actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
