//! Every operation on people asks for its right: the table of operation by role.

use domain::{InvitationId, LinkId, MemberId, MemberRole, Right, TokenId};
use studio::{Actor, NewCarousel, Settings, Studio, StudioError};
use uuid::Uuid;

use crate::bench::{Bench, carousel};

/// Whether an operation was let in; what it says then is another test's matter.
fn was_let_in<T>(result: Result<T, StudioError>) -> bool {
    !matches!(result, Err(StudioError::Forbidden(_)))
}

#[tokio::test]
async fn every_operation_lets_in_whoever_has_the_right_and_nobody_else() {
    let (bench, owner) = Bench::with_owner().await;
    let made = bench.studio.create_carousel(owner.actor, carousel()).await.unwrap().id;
    for role in MemberRole::ALL {
        let actor = Actor { role: *role, ..owner.actor };
        for (name, right, was_let_in) in people(&bench.studio, actor, made).await {
            assert_eq!(was_let_in, role.may(right), "{role}: {name}");
        }
        for (name, right, was_let_in) in making(&bench.studio, actor, made, carousel()).await {
            assert_eq!(was_let_in, role.may(right), "{role}: {name}");
        }
    }
}

/// With ids that do not exist, so that nothing is changed for the next role.
async fn people(studio: &Studio, actor: Actor, made: domain::CarouselId) -> Vec<(&'static str, Right, bool)> {
    let none = Uuid::from_u128(77);
    let name = "x".repeat(81); // refused after the role
    let settings = Settings { name: name.clone(), workspace: Default::default() };
    let viewer = MemberRole::Viewer;
    vec![
        ("members", Right::Read, was_let_in(studio.members(actor).await)),
        ("tokens", Right::Read, was_let_in(studio.tokens(actor).await)),
        ("revoke_token", Right::Read, was_let_in(studio.revoke_token(actor, TokenId(none)).await)),
        ("settings", Right::Read, was_let_in(studio.settings(actor).await)),
        ("links", Right::Read, was_let_in(studio.links(actor, made).await)),
        ("create_link", Right::Make, was_let_in(studio.create_link(actor, made, &name, 1).await)),
        ("revoke_link", Right::Make, was_let_in(studio.revoke_link(actor, LinkId(none)).await)),
        ("set_role", Right::Manage, was_let_in(studio.set_role(actor, MemberId(none), viewer).await)),
        ("remove_member", Right::Manage, was_let_in(studio.remove_member(actor, MemberId(none)).await)),
        ("invite", Right::Manage, was_let_in(studio.invite(actor, &name, viewer).await)),
        ("invitations", Right::Manage, was_let_in(studio.invitations(actor).await)),
        (
            "revoke_invitation",
            Right::Manage,
            was_let_in(studio.revoke_invitation(actor, InvitationId(none)).await),
        ),
        ("set_settings", Right::Manage, was_let_in(studio.set_settings(actor, settings, None).await)),
        ("audit", Right::Manage, was_let_in(studio.audit(actor, None, 1).await)),
    ]
}

async fn making(
    studio: &Studio,
    actor: Actor,
    made: domain::CarouselId,
    request: NewCarousel,
) -> Vec<(&'static str, Right, bool)> {
    let none = domain::VariantId(Uuid::from_u128(77));
    let stars = domain::Stars::try_from(3).expect("stars");
    let nothing = NewCarousel { topic: None, ..request };
    vec![
        ("read_carousel", Right::Read, was_let_in(studio.read_carousel(actor, made).await)),
        ("report", Right::Read, was_let_in(studio.report(actor, made).await)),
        ("rate", Right::Review, was_let_in(studio.rate(actor, none, stars, None).await)),
        ("approve", Right::Review, was_let_in(studio.approve(actor, made, none).await)),
        ("reject", Right::Review, was_let_in(studio.reject(actor, made, None).await)),
        ("create_carousel", Right::Make, was_let_in(studio.create_carousel(actor, nothing).await)),
        ("edit", Right::Make, was_let_in(studio.edit(actor, none, serde_json::json!({})).await)),
        ("retry", Right::Make, was_let_in(studio.retry(actor, made).await)),
        ("reopen", Right::Make, was_let_in(studio.reopen(actor, made, domain::Stage::Visual).await)),
    ]
}

#[tokio::test]
async fn a_refusal_says_what_is_not_allowed_and_whom_to_ask() {
    let (bench, owner) = Bench::with_owner().await;
    let ben = bench.join(owner.actor, "ben", MemberRole::Viewer).await;
    let refused = bench.studio.create_carousel(ben.actor, carousel()).await.unwrap_err();
    assert_eq!(
        refused.to_string(),
        "your role may not make or change carousels, profiles and links; ask an owner of the workspace"
    );
}
