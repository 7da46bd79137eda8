//! Settings, the record, and repeated requests.

use domain::{Language, WorkspaceSettings};
use studio::{Begun, Settings, StudioError};
use time::Duration;

use crate::bench::{Bench, carousel, invalid};

#[tokio::test]
async fn settings_are_kept_where_they_make_sense() {
    let (bench, owner) = Bench::with_owner().await;
    let found = bench.studio.settings(owner.actor).await.unwrap();
    assert_eq!((found.name.as_str(), &found.workspace), ("Ada's bakery", &WorkspaceSettings::default()));
    let new = Settings {
        name: "Bakery".into(),
        workspace: WorkspaceSettings {
            language: Some(Language::GERMAN),
            time_zone: "Europe/Berlin".into(),
            autopilot_floor: 10.0,
        },
    };
    assert_eq!(bench.studio.set_settings(owner.actor, new.clone(), None).await.unwrap(), new);
    assert_eq!(bench.studio.settings(owner.actor).await.unwrap(), new);
    let late = bench.studio.set_settings(owner.actor, new.clone(), Some(found)).await.unwrap_err();
    assert!(matches!(late, StudioError::Taken(_)), "{late}");
    let signed = bench.studio.session(&owner.secret).await.unwrap().unwrap();
    assert_eq!((signed.workspace_name, signed.settings), ("Bakery".to_owned(), new.workspace.clone()));
    let refused = async |workspace| {
        invalid(bench.studio.set_settings(owner.actor, Settings { workspace, ..new.clone() }, None).await)
    };
    let base = || new.workspace.clone();
    let nowhere = WorkspaceSettings { time_zone: "Europe/Atlantis".into(), ..base() };
    assert!(refused(nowhere).await.starts_with("time_zone: "));
    for floor in [-0.1, 10.1, f64::NAN, f64::INFINITY] {
        let wrong = WorkspaceSettings { autopilot_floor: floor, ..base() };
        assert!(refused(wrong).await.starts_with("autopilot_floor: "));
    }
    let stranger = bench.stranger().await;
    assert_eq!(bench.studio.settings(stranger).await.unwrap().name, "Mallory");
}

#[tokio::test]
async fn every_change_leaves_a_row_that_owners_read_page_by_page() {
    let (bench, owner) = Bench::with_owner().await;
    bench.studio.create_carousel(owner.actor, carousel()).await.unwrap();
    let mut whats = Vec::new();
    let mut before = None;
    loop {
        let page = bench.studio.audit(owner.actor, before, 1).await.unwrap();
        let Some(row) = page.into_iter().next() else { break };
        assert_eq!(row.name.as_deref(), Some("Ada"));
        before = Some(row.seq);
        whats.push(row.entry.what);
    }
    assert_eq!(whats, ["start", "sign_in", "create_owner"]);
    let stranger = bench.stranger().await;
    assert!(bench.studio.audit(stranger, None, 9).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_request_that_is_sent_twice_is_answered_once() {
    let (bench, owner) = Bench::with_owner().await;
    let begin = async |actor, digest: &str| bench.studio.begin_request(actor, "key", digest).await.unwrap();
    assert_eq!(begin(owner.actor, "one").await, Begun::New);
    assert_eq!(begin(owner.actor, "one").await, Begun::Running);
    bench.studio.forget_request(owner.actor, "key").await.unwrap();
    assert_eq!(begin(owner.actor, "one").await, Begun::New);
    bench.studio.finish_request(owner.actor, "key", 201, "{}").await.unwrap();
    assert_eq!(begin(owner.actor, "one").await, Begun::Done { status: 201, body: "{}".into() });
    assert_eq!(begin(owner.actor, "other").await, Begun::OtherRequest);
    assert_eq!(begin(bench.stranger().await, "one").await, Begun::New);
    bench.wait(Duration::hours(24));
    assert_eq!(begin(owner.actor, "other").await, Begun::New);
    for key in [String::new(), "k".repeat(256)] {
        let refused = bench.studio.begin_request(owner.actor, &key, "one").await.unwrap_err();
        assert!(matches!(refused, StudioError::Invalid { .. }), "{refused}");
    }
}
