//! Invitations: seven days, once, for a new or a known email.

use domain::{InvitationId, MemberRole};
use studio::{Acceptance, ChangePassword, Password, StudioError};
use time::Duration;
use uuid::Uuid;

use crate::bench::{Bench, PASSWORD, acceptance, alone, email, invalid};

#[tokio::test]
async fn the_invited_see_who_invites_them_and_become_members() {
    let (bench, owner) = Bench::with_owner().await;
    let (invitation, secret) = bench.studio.invite(owner.actor, "Ben", MemberRole::Reviewer).await.unwrap();
    let shown = bench.studio.invitation(&secret).await.unwrap();
    assert_eq!((shown.workspace_name.as_str(), shown.inviter.as_str()), ("Ada's bakery", "Ada"));
    assert_eq!((shown.name.as_str(), shown.role), ("Ben", MemberRole::Reviewer));
    assert_eq!(bench.studio.invitations(owner.actor).await.unwrap(), [invitation]);
    let ben = bench.studio.accept_invitation(&secret, acceptance("ben")).await.unwrap();
    assert_eq!(ben.actor.role, MemberRole::Reviewer);
    assert_eq!(bench.studio.session(&ben.secret).await.unwrap().unwrap().actor, ben.actor);
    assert!(bench.studio.invitations(owner.actor).await.unwrap().is_empty());
    let again = bench.studio.accept_invitation(&secret, acceptance("eve")).await.unwrap_err();
    assert!(matches!(again, StudioError::Gone(_)), "{again}");
    assert!(again.to_string().contains("accepted already"), "{again}");
    let looked = bench.studio.invitation(&secret).await.unwrap_err();
    assert!(matches!(looked, StudioError::Gone(_)), "{looked}");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_acceptances_at_once_one_wins() {
    let (bench, owner) = Bench::with_owner().await;
    let (_, secret) = bench.studio.invite(owner.actor, "Ben", MemberRole::Viewer).await.unwrap();
    let (one, other) = tokio::join!(
        bench.studio.accept_invitation(&secret, acceptance("ben")),
        bench.studio.accept_invitation(&secret, acceptance("eve")),
    );
    assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
    assert_eq!(bench.studio.members(owner.actor).await.unwrap().len(), 2);
}

#[tokio::test]
async fn an_invitation_expires_and_can_be_taken_back() {
    let (bench, owner) = Bench::with_owner().await;
    let (late, late_secret) = bench.studio.invite(owner.actor, "Ben", MemberRole::Viewer).await.unwrap();
    bench.wait(Duration::days(7));
    let expired = bench.studio.accept_invitation(&late_secret, acceptance("ben")).await.unwrap_err();
    assert!(expired.to_string().contains("seven days"), "{expired}");
    assert!(bench.studio.invitations(owner.actor).await.unwrap().is_empty());
    let (open, secret) = bench.studio.invite(owner.actor, "Ben", MemberRole::Viewer).await.unwrap();
    assert_ne!(open.id, late.id);
    bench.studio.revoke_invitation(owner.actor, open.id).await.unwrap();
    let revoked = bench.studio.invitation(&secret).await.unwrap_err();
    assert!(revoked.to_string().contains("taken back"), "{revoked}");
    let again = bench.studio.revoke_invitation(owner.actor, open.id).await.unwrap_err();
    assert!(matches!(again, StudioError::NotFound("invitation")), "{again}");
    let unknown = bench.studio.invitation("made up").await.unwrap_err();
    assert!(matches!(unknown, StudioError::Unknown(_)), "{unknown}");
}

#[tokio::test]
async fn a_known_email_needs_its_own_password_and_is_a_member_once() {
    let (bench, owner) = Bench::with_owner().await;
    let stranger = bench.stranger().await;
    let (_, secret) = bench.studio.invite(stranger, "Ada", MemberRole::Editor).await.unwrap();
    let wrong = Acceptance { password: Password::new("not her password"), ..acceptance("ada") };
    let refused = bench.studio.accept_invitation(&secret, wrong).await.unwrap_err();
    assert!(matches!(refused, StudioError::SignIn(_)), "{refused}");
    let ada = bench.studio.accept_invitation(&secret, acceptance("ada")).await.unwrap();
    assert_eq!(ada.actor.workspace, stranger.workspace);
    assert_ne!(ada.actor.member, owner.actor.member);
    let (again, secret) = bench.studio.invite(stranger, "Ada", MemberRole::Owner).await.unwrap();
    let taken = bench.studio.accept_invitation(&secret, acceptance("ada")).await.unwrap_err();
    assert!(matches!(taken, StudioError::Taken(_)), "{taken}");
    let open = bench.studio.invitations(stranger).await.unwrap();
    assert_eq!(open, [again], "it was not used up");
}

#[tokio::test]
async fn a_weak_password_a_nameless_person_and_a_strangers_invitation_are_refused() {
    let (bench, owner) = Bench::with_owner().await;
    assert!(invalid(bench.studio.invite(owner.actor, " ", MemberRole::Viewer).await).starts_with("name: "));
    let (invitation, secret) = bench.studio.invite(owner.actor, "Ben", MemberRole::Viewer).await.unwrap();
    let weak = Acceptance { password: Password::new("password123"), ..acceptance("ben") };
    assert!(invalid(bench.studio.accept_invitation(&secret, weak).await).starts_with("password: "));
    let nameless = Acceptance { name: String::new(), ..acceptance("ben") };
    assert!(invalid(bench.studio.accept_invitation(&secret, nameless).await).starts_with("name: "));
    let as_email = Acceptance {
        email: email("bens.long.address@example.org"),
        password: Password::new("bens.long.address"),
        ..acceptance("ben")
    };
    assert!(invalid(bench.studio.accept_invitation(&secret, as_email).await).contains("name or email"));
    let stranger = bench.stranger().await;
    for id in [invitation.id, InvitationId(Uuid::from_u128(77))] {
        let refused = bench.studio.revoke_invitation(stranger, id).await.unwrap_err();
        assert!(matches!(refused, StudioError::NotFound("invitation")), "{refused}");
    }
}

#[tokio::test]
async fn whoever_works_alone_without_a_password_sets_one_before_inviting() {
    let bench = Bench::new().await;
    let owner = bench.studio.create_owner(alone()).await.unwrap();
    let refused = invalid(bench.studio.invite(owner.actor, "Ben", MemberRole::Viewer).await);
    assert!(refused.starts_with("password: is missing"), "{refused}");
    let change =
        ChangePassword { old: None, new: Password::new(PASSWORD), email: Some(email("ada@example.org")) };
    bench.studio.change_password(&owner.secret, change).await.unwrap();
    bench.studio.invite(owner.actor, "Ben", MemberRole::Viewer).await.unwrap();
}
