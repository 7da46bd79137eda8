//! Tokens: a scope, a secret that is shown once, and what ends them.

use domain::{MemberRole, Right};
use studio::StudioError;
use time::Duration;

use crate::bench::{Bench, invalid};

#[tokio::test]
async fn a_token_acts_for_its_member_within_its_scope() {
    let (bench, owner) = Bench::with_owner().await;
    let (token, secret) = bench.studio.create_token(owner.actor, "script", MemberRole::Editor).await.unwrap();
    assert!(secret.starts_with("slw_"), "{secret}");
    let actor = bench.studio.authenticate(&secret).await.unwrap().unwrap();
    assert_eq!((actor.workspace, actor.member), (owner.actor.workspace, owner.actor.member));
    assert_eq!(actor.role, MemberRole::Editor);
    let used = bench.studio.tokens(owner.actor).await.unwrap();
    assert_eq!((used[0].id, used[0].last_used_at.map(|at| at.unix_timestamp())), (token.id, Some(0)));
    let beyond = bench.studio.create_token(actor, "more", MemberRole::Owner).await.unwrap_err();
    assert!(matches!(beyond, StudioError::Forbidden(Right::Manage)), "{beyond}");
    for wrong in ["", "slw_", "slw_AAAA", &secret[4..], &owner.secret, &format!("{secret}A")] {
        assert!(bench.studio.authenticate(wrong).await.unwrap().is_none(), "{wrong}");
    }
    assert!(invalid(bench.studio.create_token(actor, "", MemberRole::Viewer).await).starts_with("name: "));
}

#[tokio::test]
async fn a_token_does_no_more_than_its_members_role_by_now() {
    let (bench, owner) = Bench::with_owner().await;
    let ben = bench.join(owner.actor, "ben", MemberRole::Editor).await;
    let (_, secret) = bench.studio.create_token(ben.actor, "script", MemberRole::Editor).await.unwrap();
    bench.studio.set_role(owner.actor, ben.actor.member, MemberRole::Viewer).await.unwrap();
    assert_eq!(bench.studio.authenticate(&secret).await.unwrap().unwrap().role, MemberRole::Viewer);
    bench.studio.set_role(owner.actor, ben.actor.member, MemberRole::Owner).await.unwrap();
    assert_eq!(bench.studio.authenticate(&secret).await.unwrap().unwrap().role, MemberRole::Editor);
}

#[tokio::test]
async fn nobody_makes_a_token_that_may_more_than_they() {
    let (bench, owner) = Bench::with_owner().await;
    for maker in MemberRole::ALL {
        let member = bench.join(owner.actor, maker.name(), *maker).await;
        for scope in MemberRole::ALL {
            let made = bench.studio.create_token(member.actor, "script", *scope).await;
            assert_eq!(made.is_ok(), maker.at_most(*scope) == *scope, "{maker} makes {scope}");
        }
    }
}

#[tokio::test]
async fn its_last_use_is_written_once_a_minute() {
    let (bench, owner) = Bench::with_owner().await;
    let (_, secret) = bench.studio.create_token(owner.actor, "script", MemberRole::Viewer).await.unwrap();
    let last =
        async || bench.studio.tokens(owner.actor).await.unwrap()[0].last_used_at.unwrap().unix_timestamp();
    for (wait, expected) in [(0, 0), (59, 0), (1, 60), (30, 60), (30, 120)] {
        bench.wait(Duration::seconds(wait));
        bench.studio.authenticate(&secret).await.unwrap().unwrap();
        assert_eq!(last().await, expected);
    }
}

#[tokio::test]
async fn members_see_and_revoke_their_own_and_owners_all() {
    let (bench, owner) = Bench::with_owner().await;
    let ben = bench.join(owner.actor, "ben", MemberRole::Editor).await;
    let (of_ada, ada_secret) = bench.studio.create_token(owner.actor, "a", MemberRole::Owner).await.unwrap();
    let (of_ben, ben_secret) = bench.studio.create_token(ben.actor, "b", MemberRole::Viewer).await.unwrap();
    let ids = async |actor| -> Vec<_> {
        bench.studio.tokens(actor).await.unwrap().into_iter().map(|token| token.id).collect()
    };
    assert_eq!(ids(ben.actor).await, [of_ben.id]);
    assert_eq!(ids(owner.actor).await, [of_ben.id, of_ada.id]);
    let not_own = bench.studio.revoke_token(ben.actor, of_ada.id).await.unwrap_err();
    assert!(matches!(not_own, StudioError::NotFound("token")), "{not_own}");
    let stranger = bench.stranger().await;
    let elsewhere = bench.studio.revoke_token(stranger, of_ada.id).await.unwrap_err();
    assert!(matches!(elsewhere, StudioError::NotFound("token")), "{elsewhere}");
    assert!(ids(stranger).await.is_empty());
    bench.studio.revoke_token(owner.actor, of_ben.id).await.unwrap();
    assert!(bench.studio.authenticate(&ben_secret).await.unwrap().is_none());
    assert!(bench.studio.authenticate(&ada_secret).await.unwrap().is_some());
}
