//! The commands `token` and `password`, by which a script or a locked-out owner gets in.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use domain::{Email, MemberRole};
use studio::{NewOwner, Password, Studio, Surroundings};
use support::Desk;

async fn studio(desk: &Desk) -> Studio {
    Studio::open(&desk.path("data"), Surroundings::real()).await.unwrap()
}

#[tokio::test]
async fn a_token_is_the_last_line_and_opens_the_owners_workspace_until_it_is_revoked() {
    let desk = Desk::new();
    let ran = desk.run(&["token", "create", "--name", "ci", "--scope", "reviewer"]).ok();
    let secret = ran.stdout.lines().last().unwrap().to_owned();
    let studio = studio(&desk).await;
    let actor = studio.authenticate(&secret).await.unwrap().unwrap();
    assert_eq!(actor.role, MemberRole::Reviewer);
    assert_eq!(actor.workspace, studio.owner().await.unwrap().workspace);

    let listed = desk.run(&["token", "list"]).ok().stdout;
    assert!(listed.contains("ci") && listed.contains("reviewer") && !listed.contains(&secret), "{listed}");
    let id = listed.split_whitespace().next().unwrap();
    desk.run(&["token", "revoke", id]).ok();
    assert!(studio.authenticate(&secret).await.unwrap().is_none());
    desk.run(&["token", "revoke", id]).refused(1, &["no such token"]);
    assert_eq!(desk.run(&["token", "list"]).ok().stdout, "");
}

#[tokio::test]
async fn without_a_scope_a_token_may_what_the_owner_may() {
    let desk = Desk::new();
    let data = desk.path("elsewhere").display().to_string();
    let ran = desk.run(&["token", "create", "--data", &data]).ok();
    let studio = Studio::open(&desk.path("elsewhere"), Surroundings::real()).await.unwrap();
    let actor = studio.authenticate(ran.stdout.lines().last().unwrap()).await.unwrap().unwrap();
    assert_eq!(actor.role, MemberRole::Owner);
    desk.run(&["token", "create", "--scope", "king"]).refused(2, &["owner, editor, reviewer, viewer"]);
    desk.run(&["token", "create", "--name", " "]).refused(2, &["name: is empty"]);
    desk.run(&["token", "revoke", "1"]).refused(2, &["<ID>"]);
}

#[tokio::test]
async fn a_locked_out_owner_sets_a_new_password_from_standard_input() {
    let desk = Desk::new();
    let none = desk.run_with_input(&["password"], b"a loaf of rye at dawn\n");
    none.refused(1, &["no account yet"]);
    let email: Email = "ada@example.org".parse().unwrap();
    let new = NewOwner {
        name: "Ada".into(),
        workspace_name: "Bakery".into(),
        email: Some(email.clone()),
        password: Some(Password::new("forgotten long ago")),
    };
    studio(&desk).await.create_owner(new).await.unwrap();
    desk.run_with_input(&["password"], b"short\n").refused(2, &["shorter than 10 characters"]);
    let ran = desk.run_with_input(&["password"], b"a loaf of rye at dawn\r\n").ok();
    assert!(ran.stderr.contains("ada@example.org"), "{}", ran.stderr);
    let here = std::net::IpAddr::from([192, 0, 2, 1]);
    let password = Password::new("a loaf of rye at dawn");
    studio(&desk).await.sign_in(&email, &password, here, None).await.unwrap();
    let unknown = ["password", "--email", "eve@example.org"];
    desk.run_with_input(&unknown, b"a loaf of rye at dawn\n").refused(2, &["of no account here"]);
    desk.run(&["password", "--email", "nobody"]).refused(2, &["no email address"]);
}
