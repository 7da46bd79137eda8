//! Signing in: passwords, how often they may be wrong, and being alone on the machine.

use std::net::IpAddr;

use studio::{ChangePassword, Password, StudioError, Visit};
use time::Duration;

use crate::bench::{Bench, HERE, PASSWORD, alone, email};

#[tokio::test]
async fn the_right_password_signs_in_and_ends_the_browsers_old_session() {
    let (bench, owner) = Bench::with_owner().await;
    let ada = email("ADA@example.org");
    let right = Password::new(PASSWORD);
    let again = bench.studio.sign_in(&ada, &right, HERE, Some(&owner.secret)).await.unwrap();
    assert_eq!((again.actor, again.name.as_str()), (owner.actor, "Ada"));
    assert_ne!(again.secret, owner.secret);
    assert!(bench.studio.session(&owner.secret).await.unwrap().is_none());
    assert!(bench.studio.session(&again.secret).await.unwrap().is_some());
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_email_are_refused_in_the_same_words() {
    let (bench, owner) = Bench::with_owner().await;
    let wrong = Password::new("not the password");
    let of_ada = bench.studio.sign_in(&email("ada@example.org"), &wrong, HERE, Some(&owner.secret)).await;
    let of_nobody = bench.studio.sign_in(&email("nobody@example.org"), &wrong, HERE, None).await;
    let (of_ada, of_nobody) = (of_ada.unwrap_err(), of_nobody.unwrap_err());
    assert!(matches!(of_ada, StudioError::SignIn(_)), "{of_ada}");
    assert_eq!(of_ada.to_string(), of_nobody.to_string());
    assert!(bench.studio.session(&owner.secret).await.unwrap().is_some(), "the old session stays");
}

#[tokio::test]
async fn after_five_failures_even_the_right_password_waits() {
    let (bench, _) = Bench::with_owner().await;
    let (ada, right) = (email("ada@example.org"), Password::new(PASSWORD));
    let elsewhere = |n: u8| IpAddr::from([198, 51, 100, n]);
    for n in 0..5 {
        let wrong = bench.studio.sign_in(&ada, &Password::new("wrong"), elsewhere(n), None).await;
        assert!(matches!(wrong, Err(StudioError::SignIn(_))), "{wrong:?}");
    }
    bench.wait(Duration::minutes(5));
    let refused = bench.studio.sign_in(&ada, &right, HERE, None).await.unwrap_err();
    let StudioError::TooMany { retry_after } = &refused else { panic!("{refused}") };
    assert_eq!(retry_after.as_secs(), 600);
    assert_eq!(refused.to_string(), "that was tried too often; try again in 10 minutes");
    bench.wait(Duration::minutes(10));
    bench.studio.sign_in(&ada, &right, HERE, None).await.unwrap();
    for _ in 0..4 {
        bench.studio.sign_in(&ada, &Password::new("wrong"), HERE, None).await.unwrap_err();
    }
    bench.studio.sign_in(&ada, &right, HERE, None).await.unwrap();
    let wrong = bench.studio.sign_in(&ada, &Password::new("wrong"), HERE, None).await;
    assert!(matches!(wrong, Err(StudioError::SignIn(_))), "a success forgives: {wrong:?}");
}

#[tokio::test]
async fn a_strangers_failures_do_not_keep_the_owner_out_of_their_own_browser() {
    let (bench, owner) = Bench::with_owner().await;
    let (ada, right, wrong) = (email("ada@example.org"), Password::new(PASSWORD), Password::new("wrong"));
    let browser = Some(bench.studio.known_browser(&owner).await.unwrap());
    let known = Visit { from: HERE, browser };
    let bea = bench.join(owner.actor, "bea", domain::MemberRole::Viewer).await;
    let of_another = Visit { from: HERE, browser: Some(bench.studio.known_browser(&bea).await.unwrap()) };
    let forged = Visit { from: HERE, browser: known.browser.as_ref().map(|text| format!("x{text}")) };
    for _ in 0..5 {
        bench.studio.sign_in(&ada, &wrong, HERE, None).await.unwrap_err();
    }
    for stranger in [HERE.into(), of_another, forged] {
        let refused = bench.studio.sign_in(&ada, &right, stranger, None).await;
        assert!(matches!(refused, Err(StudioError::TooMany { .. })), "{refused:?}");
    }
    bench.studio.sign_in(&ada, &right, known.clone(), None).await.unwrap();
    let change = |old: &str| ChangePassword {
        old: Some(Password::new(old)),
        new: Password::new(PASSWORD),
        email: None,
    };
    bench.studio.change_password(&owner.secret, change(PASSWORD)).await.unwrap();
    // Whoever sits at a known browser guesses no faster than others.
    for _ in 0..5 {
        let refused = bench.studio.sign_in(&ada, &wrong, known.clone(), None).await;
        assert!(matches!(refused, Err(StudioError::SignIn(_))), "{refused:?}");
    }
    let refused = bench.studio.sign_in(&ada, &right, known, None).await;
    assert!(matches!(refused, Err(StudioError::TooMany { .. })), "{refused:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn failures_of_an_address_count_whatever_the_email_also_at_once() {
    let (bench, _) = Bench::with_owner().await;
    let mut tasks = tokio::task::JoinSet::new();
    for n in 0..30 {
        let studio = bench.studio.clone();
        tasks.spawn(async move {
            let email = email(&format!("nobody{n}@example.org"));
            studio.sign_in(&email, &Password::new("wrong"), HERE, None).await
        });
    }
    let all = tasks.join_all().await;
    let refused = all.iter().filter(|result| matches!(result, Err(StudioError::TooMany { .. }))).count();
    assert_eq!((refused, all.len()), (10, 30));
    let ada = bench.studio.sign_in(&email("ada@example.org"), &Password::new(PASSWORD), HERE, None).await;
    assert!(matches!(ada, Err(StudioError::TooMany { .. })), "{ada:?}");
}

#[tokio::test]
async fn alone_one_needs_no_password_until_there_is_one() {
    let bench = Bench::new().await;
    let nobody = bench.studio.sign_in_alone().await.unwrap_err();
    assert!(matches!(nobody, StudioError::SignIn(_)), "{nobody}");
    let owner = bench.studio.create_owner(alone()).await.unwrap();
    let again = bench.studio.sign_in_alone().await.unwrap();
    assert_eq!(again.actor, owner.actor);
    let (other, _) = Bench::with_owner().await;
    let with_password = other.studio.sign_in_alone().await.unwrap_err();
    assert!(with_password.to_string().contains("sign in with your email"), "{with_password}");
}

#[tokio::test]
async fn a_hash_of_weaker_parameters_is_replaced_at_the_next_sign_in() {
    let (bench, owner) = Bench::with_owner().await;
    let ada = email("ada@example.org");
    let account = bench.studio.session(&owner.secret).await.unwrap().unwrap().account;
    let weak = weak_hash(PASSWORD);
    let store = store::Store::open_folder(bench.folder.path()).await.unwrap();
    let mut tx = store.write_for_all().await.unwrap();
    store::accounts::set_password(&mut tx, account, &ada, &weak).await.unwrap();
    tx.commit().await.unwrap();
    bench.studio.sign_in(&ada, &Password::new(PASSWORD), HERE, None).await.unwrap();
    let mut tx = store.read_for_all().await.unwrap();
    let hash = store::accounts::get(&mut tx, account).await.unwrap().password_hash.unwrap();
    assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
    bench.studio.sign_in(&ada, &Password::new(PASSWORD), HERE, None).await.unwrap();
    let mut tx = store.read_for_all().await.unwrap();
    let kept = store::accounts::get(&mut tx, account).await.unwrap().password_hash.unwrap();
    assert_eq!(kept, hash, "a good one stays");
}

fn weak_hash(password: &str) -> String {
    use argon2::password_hash::PasswordHasher;
    let params = argon2::Params::new(64, 1, 1, None).expect("small parameters");
    let argon2 = argon2::Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, params);
    argon2.hash_password_with_salt(password.as_bytes(), b"sixteen bytes ..").expect("a hash").to_string()
}
