//! Members: the last owner stays, and whoever is removed is out at once.

use domain::MemberRole;
use studio::{Password, StudioError};

use crate::bench::{Bench, HERE, PASSWORD, acceptance, email};

#[tokio::test]
async fn members_are_listed_with_role_email_and_when_they_were_here() {
    let (bench, owner) = Bench::with_owner().await;
    let ben = bench.join(owner.actor, "ben", MemberRole::Viewer).await;
    let members = bench.studio.members(ben.actor).await.unwrap();
    let listed: Vec<_> = members
        .iter()
        .map(|one| (one.name.as_str(), one.role, one.email.clone(), one.seen_at.is_some()))
        .collect();
    let expected = [
        ("Ada", MemberRole::Owner, Some(email("ada@example.org")), true),
        ("ben", MemberRole::Viewer, Some(email("ben@example.org")), true),
    ];
    assert_eq!(listed, expected);
}

#[tokio::test]
async fn a_new_role_counts_at_once() {
    let (bench, owner) = Bench::with_owner().await;
    let ben = bench.join(owner.actor, "ben", MemberRole::Viewer).await;
    bench.studio.set_role(owner.actor, ben.actor.member, MemberRole::Editor).await.unwrap();
    let signed = bench.studio.session(&ben.secret).await.unwrap().unwrap();
    assert_eq!(signed.actor.role, MemberRole::Editor);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_workspace_keeps_an_owner() {
    let (bench, ada) = Bench::with_owner().await;
    let last = bench.studio.remove_member(ada.actor, ada.actor.member).await.unwrap_err();
    assert!(last.to_string().contains("the last owner"), "{last}");
    let last = bench.studio.set_role(ada.actor, ada.actor.member, MemberRole::Editor).await.unwrap_err();
    assert!(matches!(last, StudioError::Taken(_)), "{last}");
    bench.studio.set_role(ada.actor, ada.actor.member, MemberRole::Owner).await.unwrap();
    let ben = bench.join(ada.actor, "ben", MemberRole::Owner).await;
    let (one, other) = tokio::join!(
        bench.studio.set_role(ada.actor, ben.actor.member, MemberRole::Viewer),
        bench.studio.remove_member(ben.actor, ada.actor.member),
    );
    assert!(one.is_ok() != other.is_ok(), "one of the two stays: {one:?} {other:?}");
    let members = bench.studio.members(ada.actor).await.unwrap();
    assert_eq!(members.iter().filter(|member| member.role == MemberRole::Owner).count(), 1);
}

#[tokio::test]
async fn a_removed_members_sessions_and_tokens_are_dead_and_what_they_did_stays() {
    let (bench, owner) = Bench::with_owner().await;
    let ben = bench.join(owner.actor, "ben", MemberRole::Editor).await;
    let (_, token) = bench.studio.create_token(ben.actor, "script", MemberRole::Editor).await.unwrap();
    bench.studio.remove_member(owner.actor, ben.actor.member).await.unwrap();
    assert!(bench.studio.session(&ben.secret).await.unwrap().is_none());
    assert!(bench.studio.authenticate(&token).await.unwrap().is_none());
    assert!(bench.studio.tokens(owner.actor).await.unwrap().is_empty());
    let (ben_email, password) = (email("ben@example.org"), Password::new(PASSWORD));
    let nowhere = bench.studio.sign_in(&ben_email, &password, HERE, None).await.unwrap_err();
    assert!(nowhere.to_string().contains("no member of a workspace"), "{nowhere}");
    let record = bench.studio.audit(owner.actor, None, 50).await.unwrap();
    assert!(record.iter().any(|row| row.name.as_deref() == Some("ben") && row.entry.what == "create_token"));
    let twice = bench.studio.remove_member(owner.actor, ben.actor.member).await.unwrap_err();
    assert!(matches!(twice, StudioError::NotFound("member")), "{twice}");

    let (_, secret) = bench.studio.invite(owner.actor, "Ben", MemberRole::Viewer).await.unwrap();
    let back = bench.studio.accept_invitation(&secret, acceptance("ben")).await.unwrap();
    assert_ne!(back.actor.member, ben.actor.member, "they come back as a new member");
    assert!(bench.studio.authenticate(&token).await.unwrap().is_none());
}

#[tokio::test]
async fn members_of_another_workspace_are_not_found() {
    let (bench, owner) = Bench::with_owner().await;
    bench.join(owner.actor, "ben", MemberRole::Owner).await;
    let stranger = bench.stranger().await;
    for refused in [
        bench.studio.remove_member(stranger, owner.actor.member).await,
        bench.studio.set_role(stranger, owner.actor.member, MemberRole::Viewer).await,
    ] {
        assert!(matches!(refused, Err(StudioError::NotFound("member"))), "{refused:?}");
    }
    assert_eq!(bench.studio.members(stranger).await.unwrap().len(), 1);
}
