//! Who belongs here, what they share with programs, and what is noted of it.

use axum::http::StatusCode;

use crate::browser::{Browser, House};

/// Somebody who accepted an invitation in this role.
pub(crate) async fn member(house: &House, owner: &Browser, role: &str) -> Browser {
    let made = owner.post("/members/invitations", &[("name", "Bea"), ("role", role)]).await;
    let link = made.between("readonly value=\"", "\"").to_owned();
    let path = link.strip_prefix("http://localhost:3000").expect("an address of ours").to_owned();
    let browser = house.browser();
    let invitation = browser.get(&path).await;
    assert!(invitation.says("Join Engines") && invitation.says("value=\"Bea\""), "{}", invitation.text);
    let email = format!("{role}@example.org");
    let weak = browser.post(&path, &[("name", "Bea"), ("email", &email), ("password", "short")]).await;
    assert_eq!(weak.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        weak.says(&email) && !weak.says("short\""),
        "the email stays, the password does not: {}",
        weak.text
    );
    let form = [("name", "Bea"), ("email", email.as_str()), ("password", "an analytical engine")];
    assert_eq!(browser.post(&path, &form).await.to, "/carousels");
    assert_eq!(house.browser().get(&path).await.status, StatusCode::GONE, "an invitation works once");
    browser
}

#[tokio::test]
async fn somebody_is_invited_gets_another_role_and_is_removed() {
    let house = House::new().await;
    let owner = house.owner().await;
    let editor = member(&house, &owner, "editor").await;
    assert!(!editor.get("/members").await.says("/members/invitations"), "only owners invite");
    let list = owner.get("/members").await;
    assert!(list.says("editor@example.org") && !list.says("readonly value"), "the link is shown once");
    let id = list.text.split("action=\"/members/").filter_map(|rest| rest.split('/').next());
    let id = id.filter(|id| id.len() == 36).last().expect("Bea's id").to_owned();
    let changed = owner.post(&format!("/members/{id}/role"), &[("role", "viewer")]).await;
    assert_eq!(changed.to, "/members?done=done-role");
    assert_eq!(
        editor.get("/profiles/new").await.status,
        StatusCode::FORBIDDEN,
        "it counts from the next click on"
    );
    assert_eq!(owner.post(&format!("/members/{id}/removal"), &[]).await.to, "/members?done=done-removed");
    assert!(editor.get("/carousels").await.to.starts_with("/sign-in"), "their session has ended");
}

#[tokio::test]
async fn an_invitation_is_taken_back() {
    let house = House::new().await;
    let owner = house.owner().await;
    let nameless = owner.post("/members/invitations", &[("name", " "), ("role", "viewer")]).await;
    assert_eq!(nameless.status, StatusCode::UNPROCESSABLE_ENTITY);
    let made = owner.post("/members/invitations", &[("name", "Bea"), ("role", "viewer")]).await;
    let path = made.between("readonly value=\"http://localhost:3000", "\"").to_owned();
    let id = made.between("action=\"/members/invitations/", "/").to_owned();
    let revoked = owner.post(&format!("/members/invitations/{id}/revocation"), &[]).await;
    assert_eq!(revoked.to, "/members?done=done-invitation-revoked");
    assert_eq!(house.browser().get(&path).await.status, StatusCode::GONE);
    assert_eq!(house.browser().get("/invitations/made-up").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_token_is_shown_once_and_never_wider_than_its_maker() {
    let house = House::new().await;
    let owner = house.owner().await;
    let made = owner.post("/tokens", &[("name", "Import"), ("scope", "editor")]).await;
    assert!(made.says("value=\"slw_"), "{}", made.text);
    let list = owner.get("/tokens").await;
    assert!(list.says("Import") && !list.says("slw_"), "{}", list.text);
    let reviewer = member(&house, &owner, "reviewer").await;
    let page = reviewer.get("/tokens").await;
    assert!(
        page.says("value=\"viewer\"") && !page.says("value=\"editor\"") && !page.says("Import"),
        "{}",
        page.text
    );
    let wider = reviewer.post("/tokens", &[("name", "More"), ("scope", "owner")]).await;
    assert_eq!(wider.status, StatusCode::FORBIDDEN);
    let id = list.between("action=\"/tokens/", "/").to_owned();
    assert_eq!(reviewer.post(&format!("/tokens/{id}/revocation"), &[]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(
        owner.post(&format!("/tokens/{id}/revocation"), &[]).await.to,
        "/tokens?done=done-token-revoked"
    );
    assert!(!owner.get("/tokens").await.says("Import"));
}

#[tokio::test]
async fn settings_are_the_owners_and_a_member_may_choose_another_language() {
    let house = House::new().await;
    let owner = house.owner().await;
    let new =
        [("name", "Engines"), ("language", "de"), ("time_zone", "Asia/Tokyo"), ("autopilot_floor", "3,5")];
    assert_eq!(owner.post("/settings", &new).await.to, "/settings?done=done-settings");
    let page = owner.get("/settings").await;
    assert!(page.says("<h1>Einstellungen</h1>") && page.says("value=\"3.5\""), "{}", page.text);
    assert!(owner.get("/audit").await.says("+09:00"), "times are those of the workspace");
    let wrong = owner.post("/settings", &[new[0], new[1], new[2], ("autopilot_floor", "viel")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.says("value=\"viel\""), "{}", wrong.text);
    owner.post("/account/language", &[("language", "en")]).await;
    assert!(owner.get("/settings").await.says("<h1>Settings</h1>"));
}

#[tokio::test]
async fn only_owners_change_settings_and_read_the_record() {
    let house = House::new().await;
    let owner = house.owner().await;
    let viewer = member(&house, &owner, "viewer").await;
    assert!(viewer.get("/settings").await.says("<fieldset class=\"stack\" disabled>"));
    let new = [("name", "Mine"), ("language", ""), ("time_zone", "UTC"), ("autopilot_floor", "2")];
    assert_eq!(viewer.post("/settings", &new).await.status, StatusCode::FORBIDDEN);
    assert_eq!(viewer.get("/audit").await.status, StatusCode::FORBIDDEN);
    let record = owner.get("/audit").await;
    assert!(record.says("Accepted an invitation") && record.says("Bea: viewer"), "{}", record.text);
    assert!(owner.get("/audit?before=1").await.says("Nothing more"), "before the first there is nothing");
    assert!(house.browser().get("/audit").await.to.starts_with("/sign-in?next=%2Faudit"));
}

#[tokio::test]
async fn a_password_is_changed_only_by_who_knows_it() {
    let house = House::new().await;
    let owner = house.owner().await;
    let wrong =
        owner.post("/account/password", &[("old", "a guess of mine"), ("new", "a jacquard loom")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.says("is not your password until now"), "{}", wrong.text);
    let elsewhere = house.browser();
    let sign_in = [("email", "ada@example.org"), ("password", "a difference engine"), ("next", "/members")];
    assert_eq!(elsewhere.post("/sign-in", &sign_in).await.to, "/members");
    let right = [("old", "a difference engine"), ("new", "a jacquard loom")];
    assert_eq!(owner.post("/account/password", &right).await.to, "/account?done=done-password");
    assert_eq!(owner.get("/account").await.status, StatusCode::OK, "this session stays");
    assert!(elsewhere.get("/account").await.to.starts_with("/sign-in"), "the others end");
}
