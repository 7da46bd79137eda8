//! The first visit makes the owner, once.

use domain::MemberRole;
use studio::{NewOwner, Password, StudioError};

use crate::bench::{Bench, ada, alone, carousel, email, invalid};

#[tokio::test]
async fn the_first_visit_makes_owner_and_workspace_and_signs_in() {
    let bench = Bench::new().await;
    assert!(!bench.studio.has_account().await.unwrap());
    let owner = bench.studio.create_owner(ada()).await.unwrap();
    assert!(bench.studio.has_account().await.unwrap());
    assert_eq!((owner.name.as_str(), owner.actor.role), ("Ada", MemberRole::Owner));
    let signed = bench.studio.session(&owner.secret).await.unwrap().unwrap();
    assert_eq!((signed.name.as_str(), signed.workspace_name.as_str()), ("Ada", "Ada's bakery"));
    assert_eq!((signed.actor, signed.email), (owner.actor, Some(email("ada@example.org"))));
}

#[tokio::test]
async fn what_was_made_on_the_command_line_before_belongs_to_the_owner() {
    let bench = Bench::new().await;
    let before = bench.studio.owner().await.unwrap();
    let carousel = bench.studio.create_carousel(before, carousel()).await.unwrap();
    let owner = bench.studio.create_owner(ada()).await.unwrap();
    assert_eq!(owner.actor, before);
    assert_eq!(bench.studio.read_carousel(owner.actor, carousel.id).await.unwrap().carousel.id, carousel.id);
    let members = bench.studio.members(owner.actor).await.unwrap();
    assert_eq!((members.len(), members[0].name.as_str()), (1, "Ada"));
    assert_eq!(bench.studio.owner().await.unwrap(), owner.actor);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_first_visits_at_once_one_wins() {
    let bench = Bench::new().await;
    let grace = NewOwner { name: "Grace".into(), email: Some(email("grace@example.org")), ..ada() };
    let (one, other) = tokio::join!(bench.studio.create_owner(ada()), bench.studio.create_owner(grace));
    let (winner, loser) = match (one, other) {
        (Ok(winner), Err(loser)) | (Err(loser), Ok(winner)) => (winner, loser),
        both => panic!("not one: {both:?}"),
    };
    assert!(matches!(loser, StudioError::Taken(_)), "{loser}");
    assert_eq!(bench.studio.members(winner.actor).await.unwrap()[0].name, winner.name);
    let third = bench.studio.create_owner(alone()).await.unwrap_err();
    assert!(third.to_string().contains("has an owner already; sign in"), "{third}");
}

#[tokio::test]
async fn email_and_password_come_both_or_neither_and_the_password_is_a_good_one() {
    let bench = Bench::new().await;
    let refused = async |new: NewOwner| invalid(bench.studio.create_owner(new).await);
    assert!(refused(NewOwner { email: None, ..ada() }).await.starts_with("email: is missing"));
    assert!(refused(NewOwner { password: None, ..ada() }).await.starts_with("password: is missing"));
    assert!(refused(NewOwner { name: "  ".into(), ..ada() }).await.starts_with("name: is empty"));
    assert!(refused(NewOwner { workspace_name: "x".repeat(81), ..ada() }).await.contains("80 characters"));
    for (password, reason) in [
        ("ninechars".to_owned(), "shorter than 10 characters"),
        ("x".repeat(201), "longer than 200 characters"),
        ("Ada@Example.org".to_owned(), "your name or email"),
        ("Password1234".to_owned(), "commonest"),
    ] {
        let new = NewOwner { password: Some(Password::new(password)), ..ada() };
        let said = refused(new).await;
        assert!(said.starts_with("password: ") && said.contains(reason), "{said}");
    }
    let name = "Ada Byron Lovelace";
    let new = NewOwner { name: name.into(), password: Some(Password::new(name)), ..ada() };
    assert!(refused(new).await.contains("your name or email"));
    assert!(!bench.studio.has_account().await.unwrap(), "nothing of it was made");
}
