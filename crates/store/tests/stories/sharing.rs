//! Tokens, clients' links and answers, and answers kept for repeated requests.

use domain::{LinkId, MemberId, MemberRole, Stars, TokenId};
use store::idempotency::{self, Begun};
use store::links::{self, Answer, Link};
use store::members::{self, Member};
use store::tokens::{self, Token};
use store::{StoreError, idempotency::begin};

use crate::support::samples::AWKWARD;
use crate::support::{World, at, stories};

stories! {
    async fn a_token_is_found_by_its_digest_until_it_is_revoked(world) {
        let (first, second) = (token(world, world.home.owner, 1), token(world, world.home.owner, 2));
        let mut tx = world.write().await;
        tokens::insert(&mut tx, "one", &first).await.unwrap();
        tokens::insert(&mut tx, "two", &second).await.unwrap();
        tokens::used(&mut tx, first.id, at(9)).await.unwrap();
        tx.commit().await.unwrap();

        let mut tx = world.store.write_for_all().await.unwrap();
        let shown = tokens::open(&mut tx, "one").await.unwrap().unwrap();
        assert_eq!(shown.token, Token { last_used_at: Some(at(9)), ..first.clone() });
        assert_eq!((shown.workspace, shown.role), (world.home.workspace, MemberRole::Owner));
        assert_eq!(tx.workspace(), world.home.workspace);
        let listed = tokens::list(&mut tx, None).await.unwrap();
        assert_eq!(listed, [second.clone(), shown.token]);
        assert_eq!(tokens::list(&mut tx, Some(world.home.owner)).await.unwrap(), listed);
        assert!(tokens::list(&mut tx, Some(MemberId(world.uuid()))).await.unwrap().is_empty());

        let error = tokens::revoke(&mut tx, first.id, Some(MemberId(world.uuid())), at(10)).await.unwrap_err();
        assert!(matches!(error, StoreError::NotFound { what: "token", .. }), "{error}");
        tokens::revoke(&mut tx, first.id, Some(world.home.owner), at(10)).await.unwrap();
        assert!(tokens::open(&mut tx, "one").await.unwrap().is_none());
        let error = tokens::revoke(&mut tx, first.id, None, at(11)).await.unwrap_err();
        assert!(matches!(error, StoreError::NotFound { what: "token", .. }), "{error}");
        tokens::revoke_of_member(&mut tx, world.home.owner, at(12)).await.unwrap();
        assert!(tokens::open(&mut tx, "two").await.unwrap().is_none());
        assert!(tokens::list(&mut tx, None).await.unwrap().is_empty());
    }

    async fn a_removed_members_token_opens_nothing(world) {
        let member = Member {
            id: MemberId(world.uuid()),
            name: "Ben".into(),
            role: MemberRole::Editor,
            account: None,
            email: None,
            since: at(0),
            seen_at: None,
        };
        let mut tx = world.write().await;
        members::insert(&mut tx, &member).await.unwrap();
        tokens::insert(&mut tx, "one", &token(world, member.id, 1)).await.unwrap();
        assert!(tokens::open(&mut tx, "one").await.unwrap().is_some());
        members::remove(&mut tx, member.id, at(2)).await.unwrap();
        assert!(tokens::open(&mut tx, "one").await.unwrap().is_none());
    }

    async fn a_link_takes_answers_and_goes_with_its_carousel(world) {
        let carousel = world.carousel().await.id;
        let link = Link {
            id: LinkId(world.uuid()),
            carousel,
            name: AWKWARD.into(),
            member: world.home.owner,
            created_at: at(0),
            expires_at: at(100),
            revoked_at: None,
        };
        let answers = [
            Answer { stars: Some(Stars::try_from(4).unwrap()), comment: None, approved: false, at: at(1) },
            Answer { stars: None, comment: Some(AWKWARD.into()), approved: true, at: at(2) },
        ];
        let mut tx = world.write().await;
        links::insert(&mut tx, &link).await.unwrap();
        for answer in &answers {
            links::answer(&mut tx, link.id, answer).await.unwrap();
        }
        assert_eq!(links::get(&mut tx, link.id).await.unwrap(), link);
        assert_eq!(links::answers(&mut tx, link.id).await.unwrap(), answers);
        links::revoke(&mut tx, link.id, at(3)).await.unwrap();
        let revoked = Link { revoked_at: Some(at(3)), ..link.clone() };
        assert_eq!(links::of_carousel(&mut tx, carousel).await.unwrap(), [revoked]);
        let error = links::revoke(&mut tx, link.id, at(4)).await.unwrap_err();
        assert!(matches!(error, StoreError::NotFound { what: "link", .. }), "{error}");
        tx.commit().await.unwrap();

        let mut elsewhere = world.store.write(world.stranger()).await.unwrap();
        let error = links::get(&mut elsewhere, link.id).await.unwrap_err();
        assert!(matches!(error, StoreError::NotFound { what: "link", .. }), "{error}");
        let error = links::answer(&mut elsewhere, link.id, &answers[0]).await.unwrap_err();
        assert!(matches!(error, StoreError::Invalid(_)), "{error}");
        drop(elsewhere);
        let mut tx = world.write().await;
        store::carousels::delete(&mut tx, carousel).await.unwrap();
        assert!(links::of_carousel(&mut tx, carousel).await.unwrap().is_empty());
        assert!(links::answers(&mut tx, link.id).await.unwrap().is_empty());
    }

    async fn a_repeated_request_gets_the_first_ones_answer_for_a_day(world) {
        let me = world.home.owner;
        let mut tx = world.write().await;
        assert_eq!(begin(&mut tx, me, "key", "digest", at(0)).await.unwrap(), Begun::New);
        assert_eq!(begin(&mut tx, me, "key", "digest", at(1)).await.unwrap(), Begun::Running);
        assert_eq!(begin(&mut tx, me, "key", "other", at(1)).await.unwrap(), Begun::OtherRequest);
        assert_eq!(begin(&mut tx, me, "key", "digest", at(600)).await.unwrap(), Begun::CutOff);
        idempotency::forget(&mut tx, me, "key").await.unwrap();
        assert_eq!(begin(&mut tx, me, "key", "digest", at(2)).await.unwrap(), Begun::New);
        idempotency::finish(&mut tx, me, "key", 201, AWKWARD).await.unwrap();
        let done = Begun::Done { status: 201, body: AWKWARD.into() };
        assert_eq!(begin(&mut tx, me, "key", "digest", at(3)).await.unwrap(), done);
        assert_eq!(begin(&mut tx, me, "key", "other", at(3)).await.unwrap(), Begun::OtherRequest);
        let another = MemberId(world.uuid());
        assert_eq!(begin(&mut tx, another, "key", "digest", at(3)).await.unwrap(), Begun::New);
        let next_day = at(2 + 24 * 60 * 60);
        assert_eq!(begin(&mut tx, me, "key", "other", next_day).await.unwrap(), Begun::New);
    }

    async fn of_eight_equal_requests_at_once_one_is_new(world) {
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..8 {
            let (store, home) = (world.store.clone(), world.home);
            tasks.spawn(async move {
                let mut tx = store.write(home.workspace).await.unwrap();
                let begun = begin(&mut tx, home.owner, "key", "digest", at(0)).await.unwrap();
                tx.commit().await.unwrap();
                begun
            });
        }
        let all = tasks.join_all().await;
        assert_eq!(all.iter().filter(|begun| **begun == Begun::New).count(), 1);
        assert_eq!(all.iter().filter(|begun| **begun == Begun::Running).count(), 7);
    }
}

fn token(world: &World, member: MemberId, seconds: i64) -> Token {
    Token {
        id: TokenId(world.uuid()),
        name: AWKWARD.into(),
        scope: MemberRole::Reviewer,
        member,
        created_at: at(seconds),
        last_used_at: None,
    }
}
