//! A client's link: signed, expiring, revocable, and what is answered through it.

use domain::{LinkId, MemberRole, Right, Stars};
use studio::{NewAnswer, StudioError};
use time::Duration;
use uuid::Uuid;

use crate::bench::{Bench, carousel, invalid};

#[tokio::test]
async fn a_client_sees_the_carousel_and_answers_more_than_once() {
    let (bench, owner) = Bench::with_owner().await;
    let carousel = bench.studio.create_carousel(owner.actor, carousel()).await.unwrap();
    let link = bench.studio.create_link(owner.actor, carousel.id, "The client", 14).await.unwrap();
    let secret = bench.studio.link_secret(owner.actor, &link).await.unwrap();
    assert_eq!(bench.studio.link_secret(owner.actor, &link).await.unwrap(), secret, "it can be shown again");
    let opened = bench.studio.open_link(&secret).await.unwrap();
    assert_eq!((opened.work.carousel.id, opened.link.name.as_str()), (carousel.id, "The client"));
    assert_eq!(opened.scope.role, MemberRole::Viewer);
    assert!(opened.answers.is_empty());

    let stars = NewAnswer { stars: Some(Stars::try_from(4).unwrap()), ..NewAnswer::default() };
    bench.studio.answer_link(&secret, stars).await.unwrap();
    let comment = Some("  More crust, please ".to_owned());
    bench
        .studio
        .answer_link(&secret, NewAnswer { comment, approved: true, ..NewAnswer::default() })
        .await
        .unwrap();
    let links = bench.studio.links(owner.actor, carousel.id).await.unwrap();
    assert_eq!(links[0].answers.len(), 2);
    assert_eq!(links[0].answers[1].comment.as_deref(), Some("More crust, please"));
    assert!(!links[0].answers[0].approved && links[0].answers[1].approved);
    assert_eq!(bench.studio.open_link(&secret).await.unwrap().answers, links[0].answers);
    let record = bench.studio.audit(owner.actor, None, 2).await.unwrap();
    let said: Vec<_> = record.iter().map(|row| (row.entry.what.as_str(), row.entry.to.as_deref())).collect();
    assert_eq!(said, [("client_approved", Some("The client")), ("client_answered", Some("The client"))]);
}

#[tokio::test]
async fn an_answer_says_something_and_not_too_much() {
    let (bench, owner) = Bench::with_owner().await;
    let carousel = bench.studio.create_carousel(owner.actor, carousel()).await.unwrap();
    let link = bench.studio.create_link(owner.actor, carousel.id, "The client", 1).await.unwrap();
    let secret = bench.studio.link_secret(owner.actor, &link).await.unwrap();
    let said = |comment: &str| NewAnswer { comment: Some(comment.to_owned()), ..NewAnswer::default() };
    assert!(invalid(bench.studio.answer_link(&secret, said("  ")).await).starts_with("comment: is empty"));
    let long = "ü".repeat(2_001);
    assert!(invalid(bench.studio.answer_link(&secret, said(&long)).await).contains("2000 characters"));
    bench.studio.answer_link(&secret, said(&long[2..])).await.unwrap();
    for _ in 1..200 {
        bench.studio.answer_link(&secret, said("again")).await.unwrap();
    }
    let full = bench.studio.answer_link(&secret, said("again")).await.unwrap_err();
    assert!(matches!(full, StudioError::Gone(_)), "{full}");
}

#[tokio::test]
async fn a_link_ends_by_itself_or_when_it_is_revoked() {
    let (bench, owner) = Bench::with_owner().await;
    let carousel = bench.studio.create_carousel(owner.actor, carousel()).await.unwrap();
    let short = bench.studio.create_link(owner.actor, carousel.id, "Short", 1).await.unwrap();
    let long = bench.studio.create_link(owner.actor, carousel.id, "Long", 90).await.unwrap();
    let short_secret = bench.studio.link_secret(owner.actor, &short).await.unwrap();
    let secret = bench.studio.link_secret(owner.actor, &long).await.unwrap();
    bench.wait(Duration::days(1));
    let expired = bench.studio.open_link(&short_secret).await.unwrap_err();
    assert!(matches!(expired, StudioError::Gone(_)), "{expired}");
    assert!(expired.to_string().contains("expired"), "{expired}");
    bench.studio.open_link(&secret).await.unwrap();
    bench.studio.revoke_link(owner.actor, long.id).await.unwrap();
    let revoked = bench.studio.open_link(&secret).await.unwrap_err();
    assert!(revoked.to_string().contains("taken back"), "{revoked}");
    let answer = NewAnswer { approved: true, ..NewAnswer::default() };
    let revoked = bench.studio.answer_link(&secret, answer).await.unwrap_err();
    assert!(matches!(revoked, StudioError::Gone(_)), "{revoked}");
    for days in [0, 91] {
        let refused = bench.studio.create_link(owner.actor, carousel.id, "x", days).await;
        assert!(invalid(refused).starts_with("days: "));
    }
}

#[tokio::test]
async fn a_changed_or_foreign_address_is_no_link_of_ours() {
    let (bench, owner) = Bench::with_owner().await;
    let carousel = bench.studio.create_carousel(owner.actor, carousel()).await.unwrap();
    let link = bench.studio.create_link(owner.actor, carousel.id, "The client", 1).await.unwrap();
    let secret = bench.studio.link_secret(owner.actor, &link).await.unwrap();
    let longer = studio::Link { expires_at: link.expires_at + Duration::days(80), ..link.clone() };
    let (said, signature) = secret.split_once('.').unwrap();
    let other_said = bench.studio.link_secret(owner.actor, &longer).await.unwrap();
    let other_said = other_said.split_once('.').unwrap().0;
    let (other_bench, other_owner) = Bench::with_owner().await;
    let elsewhere = other_bench.studio.link_secret(other_owner.actor, &link).await.unwrap();
    assert_eq!(elsewhere.split_once('.').unwrap().0, said, "the same words under another key");
    for wrong in [
        "",
        ".",
        said,
        &elsewhere,
        &format!("{said}."),
        &format!("{other_said}.{signature}"),
        &format!("{said}.{}", &signature[..signature.len() - 2]),
        &format!("{said}A.{signature}"),
        &secret.replace('.', ""),
    ] {
        let refused = bench.studio.open_link(wrong).await.unwrap_err();
        assert!(matches!(refused, StudioError::Unknown(_)), "{wrong}: {refused}");
    }
    bench.studio.open_link(&secret).await.unwrap();
}

#[tokio::test]
async fn links_of_another_workspace_are_not_found_and_viewers_make_none() {
    let (bench, owner) = Bench::with_owner().await;
    let carousel = bench.studio.create_carousel(owner.actor, carousel()).await.unwrap();
    let link = bench.studio.create_link(owner.actor, carousel.id, "The client", 1).await.unwrap();
    let stranger = bench.stranger().await;
    let missing = bench.studio.create_link(stranger, carousel.id, "x", 1).await.unwrap_err();
    assert!(matches!(missing, StudioError::NotFound("carousel")), "{missing}");
    let missing = bench.studio.links(stranger, carousel.id).await.unwrap_err();
    assert!(matches!(missing, StudioError::NotFound("carousel")), "{missing}");
    for (actor, id) in [(stranger, link.id), (owner.actor, LinkId(Uuid::from_u128(77)))] {
        let missing = bench.studio.revoke_link(actor, id).await.unwrap_err();
        assert!(matches!(missing, StudioError::NotFound("link")), "{missing}");
    }
    let viewer = bench.join(owner.actor, "ben", MemberRole::Viewer).await;
    assert_eq!(bench.studio.links(viewer.actor, carousel.id).await.unwrap().len(), 1);
    let secret = bench.studio.link_secret(viewer.actor, &link).await.unwrap_err();
    assert!(
        matches!(secret, StudioError::Forbidden(Right::Make)),
        "who has it answers as the client: {secret}"
    );
}
