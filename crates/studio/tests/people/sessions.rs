//! Sessions end by themselves, by signing out, and with a changed password.

use domain::{Language, MemberRole};
use studio::{ChangePassword, Password, StudioError};
use time::Duration;

use crate::bench::{Bench, HERE, PASSWORD, acceptance, alone, email, invalid};

#[tokio::test]
async fn a_session_lasts_thirty_days_from_its_last_use_and_ninety_in_all() {
    let (bench, unused) = Bench::with_owner().await;
    let ada = email("ada@example.org");
    let used = bench.studio.sign_in(&ada, &Password::new(PASSWORD), HERE, None).await.unwrap();
    let is_open = async |secret: &str| bench.studio.session(secret).await.unwrap().is_some();
    bench.wait(Duration::days(29));
    assert!(is_open(&used.secret).await);
    bench.wait(Duration::days(1));
    assert!(!is_open(&unused.secret).await);
    assert!(is_open(&used.secret).await);
    bench.wait(Duration::days(29));
    assert!(is_open(&used.secret).await);
    bench.wait(Duration::days(29));
    assert!(is_open(&used.secret).await);
    bench.wait(Duration::days(2));
    assert!(!is_open(&used.secret).await, "it is ninety days old");
}

#[tokio::test]
async fn its_last_use_is_written_once_an_hour() {
    let (bench, owner) = Bench::with_owner().await;
    let seen = async || bench.studio.members(owner.actor).await.unwrap()[0].seen_at.unwrap().unix_timestamp();
    bench.wait(Duration::minutes(59));
    bench.studio.session(&owner.secret).await.unwrap().unwrap();
    assert_eq!(seen().await, 0);
    bench.wait(Duration::minutes(1));
    bench.studio.session(&owner.secret).await.unwrap().unwrap();
    assert_eq!(seen().await, 3_600);
}

#[tokio::test]
async fn signing_out_ends_the_session_and_nothing_is_found_by_what_is_kept() {
    let (bench, owner) = Bench::with_owner().await;
    let kept = std::fs::read_dir(bench.folder.path()).unwrap().flatten();
    for file in kept.filter(|file| file.file_name().to_string_lossy().starts_with("slidewright.db")) {
        let bytes = std::fs::read(file.path()).unwrap();
        let holds = |text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
        assert!(!holds(&owner.secret) && !holds(PASSWORD), "{:?} holds a secret", file.path());
    }
    bench.studio.sign_out(&owner.secret).await.unwrap();
    bench.studio.sign_out(&owner.secret).await.unwrap();
    bench.studio.sign_out("never was one").await.unwrap();
    assert!(bench.studio.session(&owner.secret).await.unwrap().is_none());
}

#[tokio::test]
async fn a_changed_password_ends_all_other_sessions() {
    let (bench, here) = Bench::with_owner().await;
    let ada = email("ada@example.org");
    let there = bench.studio.sign_in(&ada, &Password::new(PASSWORD), HERE, None).await.unwrap();
    let change = |old: Option<&str>, new: &str| ChangePassword {
        old: old.map(Password::new),
        new: Password::new(new),
        email: None,
    };
    let new = "butter and salt at noon";
    let wrong = bench.studio.change_password(&here.secret, change(Some("wrong"), new)).await;
    assert!(invalid(wrong).starts_with("old: is not your password"));
    let missing = bench.studio.change_password(&here.secret, change(None, new)).await;
    assert!(invalid(missing).starts_with("old: "));
    let weak = bench.studio.change_password(&here.secret, change(Some(PASSWORD), "short")).await;
    assert!(invalid(weak).starts_with("password: is shorter"));
    bench.studio.change_password(&here.secret, change(Some(PASSWORD), new)).await.unwrap();
    assert!(bench.studio.session(&here.secret).await.unwrap().is_some());
    assert!(bench.studio.session(&there.secret).await.unwrap().is_none());
    bench.studio.sign_in(&ada, &Password::new(PASSWORD), HERE, None).await.unwrap_err();
    bench.studio.sign_in(&ada, &Password::new(new), HERE, None).await.unwrap();
    let ended = bench.studio.change_password(&there.secret, change(Some(new), PASSWORD)).await;
    assert!(matches!(ended, Err(StudioError::SignIn(_))), "{ended:?}");
}

#[tokio::test]
async fn guessing_the_old_password_with_a_stolen_session_is_throttled() {
    let (bench, owner) = Bench::with_owner().await;
    let guess = |old: &str| ChangePassword {
        old: Some(Password::new(old)),
        new: Password::new("butter and salt at noon"),
        email: None,
    };
    for _ in 0..5 {
        invalid(bench.studio.change_password(&owner.secret, guess("wrong")).await);
    }
    let refused = bench.studio.change_password(&owner.secret, guess(PASSWORD)).await.unwrap_err();
    assert!(matches!(refused, StudioError::TooMany { .. }), "{refused}");
}

#[tokio::test]
async fn the_owner_who_was_alone_sets_a_first_email_and_password() {
    let bench = Bench::new().await;
    let owner = bench.studio.create_owner(alone()).await.unwrap();
    let first = |address: Option<&str>| ChangePassword {
        old: None,
        new: Password::new(PASSWORD),
        email: address.map(email),
    };
    let missing = bench.studio.change_password(&owner.secret, first(None)).await;
    assert!(invalid(missing).starts_with("email: is missing"));
    bench.studio.change_password(&owner.secret, first(Some("ada@example.org"))).await.unwrap();
    let ben = bench.join(owner.actor, "ben", MemberRole::Viewer).await;
    let change = ChangePassword { old: Some(Password::new(PASSWORD)), ..first(Some("ada@example.org")) };
    let taken = bench.studio.change_password(&ben.secret, change).await;
    assert!(matches!(taken, Err(StudioError::Taken(_))), "{taken:?}");
    let ada = email("ada@example.org");
    bench.studio.sign_in(&ada, &Password::new(PASSWORD), HERE, None).await.unwrap();
    bench.studio.sign_in_alone().await.unwrap_err();
}

#[tokio::test]
async fn whoever_is_locked_out_gets_a_new_password_on_the_command_line() {
    let bench = Bench::new().await;
    let new = || Password::new("butter and salt at noon");
    let nobody = bench.studio.reset_password(None, new()).await.unwrap_err();
    assert!(matches!(nobody, StudioError::Unavailable(_)), "{nobody}");
    let owner = bench.studio.create_owner(alone()).await.unwrap();
    assert!(invalid(bench.studio.reset_password(None, new()).await).starts_with("email: is missing"));
    let ada = email("ada@example.org");
    assert_eq!(bench.studio.reset_password(Some(ada.clone()), new()).await.unwrap(), ada);
    assert!(bench.studio.session(&owner.secret).await.unwrap().is_none());
    let owner = bench.studio.sign_in(&ada, &new(), HERE, None).await.unwrap();
    let other = Password::new("rye and rain at dusk");
    assert_eq!(bench.studio.reset_password(None, other).await.unwrap(), ada, "there is only one");
    bench.join(owner.actor, "ben", MemberRole::Viewer).await;
    assert!(invalid(bench.studio.reset_password(None, new()).await).contains("say whose"));
    let unknown = bench.studio.reset_password(Some(email("eve@example.org")), new()).await;
    assert!(invalid(unknown).contains("of no account here"));
    bench.studio.reset_password(Some(email("ben@example.org")), new()).await.unwrap();
    bench.studio.sign_in(&email("ben@example.org"), &new(), HERE, None).await.unwrap();
}

#[tokio::test]
async fn one_account_goes_over_to_another_of_its_workspaces() {
    let (bench, owner) = Bench::with_owner().await;
    let stranger = bench.stranger().await;
    let ben = bench.join(owner.actor, "ben", MemberRole::Viewer).await;
    let not_yet = bench.studio.switch_workspace(&ben.secret, stranger.workspace).await;
    assert!(matches!(not_yet, Err(StudioError::NotFound("workspace"))), "{not_yet:?}");
    let (_, secret) = bench.studio.invite(stranger, "Ben", MemberRole::Editor).await.unwrap();
    let there = bench.studio.accept_invitation(&secret, acceptance("ben")).await.unwrap();
    assert_eq!((there.actor.workspace, there.actor.role), (stranger.workspace, MemberRole::Editor));
    let account = bench.studio.session(&ben.secret).await.unwrap().unwrap().account;
    let workspaces = bench.studio.workspaces(account).await.unwrap();
    let names: Vec<_> = workspaces.iter().map(|one| one.workspace_name.as_str()).collect();
    assert_eq!(names, ["Ada's bakery", "Mallory"]);
    let actor = bench.studio.switch_workspace(&ben.secret, stranger.workspace).await.unwrap();
    assert_eq!(actor, there.actor);
    assert_eq!(bench.studio.session(&ben.secret).await.unwrap().unwrap().actor, there.actor);
}

#[tokio::test]
async fn a_person_chooses_the_language_of_their_pages() {
    let (bench, owner) = Bench::with_owner().await;
    let language = async || bench.studio.session(&owner.secret).await.unwrap().unwrap().language;
    assert_eq!(language().await, None);
    bench.studio.set_language(&owner.secret, Some(Language::GERMAN)).await.unwrap();
    assert_eq!(language().await, Some(Language::GERMAN));
}
