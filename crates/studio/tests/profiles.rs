//! Profiles: saved as a person types, with a logo, and never from elsewhere.

#![allow(clippy::unwrap_used, clippy::panic, reason = "what is not as it must be fails the test")]

mod bench;

use domain::{MemberRole, ProfileFields, ProfileId};
use serde_json::{Map, Value, json};
use studio::StudioError;

use crate::bench::Bench;

fn patch(json: Value) -> Map<String, Value> {
    let Value::Object(fields) = json else { panic!("not an object") };
    fields
}

/// A picture of so many pixels in one colour.
fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = vec![];
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Grayscale);
    let row = vec![120; (width * height) as usize];
    encoder.write_header().unwrap().write_image_data(&row).unwrap();
    bytes
}

#[tokio::test(flavor = "multi_thread")]
async fn a_profile_is_filled_in_field_by_field() {
    let bench = Bench::new(&[]).await;
    let (studio, actor) = (&bench.studio, bench.actor);
    let made = studio
        .create_profile(actor, ProfileFields { name: " Bakery ".into(), ..ProfileFields::default() })
        .await
        .unwrap();
    assert_eq!(made.fields.name, "Bakery");
    let (_, revision) = studio.profile(actor, made.id).await.unwrap();
    let change = patch(
        json!({ "topics": ["bread", "  ", " time "], "brand_color": "#1d4ed8", "theme": "bold_vibrant",
        "fonts": { "display": "Inter", "text": "Source Serif 4" } }),
    );
    let (changed, next) = studio.patch_profile(actor, made.id, &change, Some(revision)).await.unwrap();
    assert_eq!(
        (changed.fields.name.as_str(), &changed.fields.topics),
        ("Bakery", &vec!["bread".to_owned(), "time".to_owned()])
    );
    assert_eq!(studio.profile(actor, made.id).await.unwrap(), (changed.clone(), next));
    let late = studio
        .patch_profile(actor, made.id, &patch(json!({ "name": "Late" })), Some(revision))
        .await
        .unwrap_err();
    assert!(matches!(late, StudioError::Taken(_)), "{late}");
    let (emptied, _) = studio
        .patch_profile(actor, made.id, &patch(json!({ "brand_color": null, "topics": null })), None)
        .await
        .unwrap();
    assert!(emptied.fields.brand_color.is_none() && emptied.fields.topics.is_empty());
    assert_eq!(studio.profiles(actor).await.unwrap(), [emptied]);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_fields_typed_at_once_each_is_kept() {
    let bench = Bench::new(&[]).await;
    let (studio, actor) = (&bench.studio, bench.actor);
    let id = studio.create_profile(actor, ProfileFields::default()).await.unwrap().id;
    let fields = ["name", "industry", "site", "audience"];
    let typing = fields.map(|field| {
        let change = patch(json!({ field: "typed" }));
        async move { studio.patch_profile(actor, id, &change, None).await }
    });
    for saved in futures::future::join_all(typing).await {
        saved.unwrap();
    }
    let kept = serde_json::to_value(studio.profile(actor, id).await.unwrap().0.fields).unwrap();
    assert!(fields.iter().all(|field| kept[field] == "typed"), "{kept}");
}

#[tokio::test(flavor = "multi_thread")]
async fn each_wrong_field_is_named_and_nothing_is_kept() {
    let bench = Bench::new(&[]).await;
    let (studio, actor) = (&bench.studio, bench.actor);
    let made = studio.create_profile(actor, ProfileFields::default()).await.unwrap();
    let wrong = |error: StudioError| {
        let StudioError::Invalid { problems } = error else { panic!("{error}") };
        problems.into_iter().map(|problem| problem.field).collect::<Vec<_>>()
    };
    let shapes = patch(
        json!({ "name": 3, "brand_color": "red", "nonsense": 1, "topics": "bread", "audience": "fine" }),
    );
    let mut named = wrong(studio.patch_profile(actor, made.id, &shapes, None).await.unwrap_err());
    named.sort();
    assert_eq!(named, ["brand_color", "name", "nonsense", "topics"]);
    let limits = patch(
        json!({ "name": "x".repeat(201), "goals": vec!["x"; 21], "handle": "a b", "theme": "no_such",
        "fonts": { "display": "Comic Sans", "text": "Inter" }, "logo": "00000000-0000-0000-0000-0000000000ff" }),
    );
    let named = wrong(studio.patch_profile(actor, made.id, &limits, None).await.unwrap_err());
    assert_eq!(named, ["name", "handle", "goals", "theme", "fonts", "logo"]);
    assert_eq!(studio.profile(actor, made.id).await.unwrap().0, made);
    let long = ProfileFields { industry: "x".repeat(201), ..ProfileFields::default() };
    assert_eq!(wrong(studio.create_profile(actor, long).await.unwrap_err()), ["industry"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_logo_is_a_picture_and_shown_on_slides() {
    let bench = Bench::new(&[]).await;
    let (studio, actor) = (&bench.studio, bench.actor);
    let id = studio.create_profile(actor, ProfileFields::default()).await.unwrap().id;
    assert!(matches!(studio.logo(actor, id).await, Err(StudioError::NotFound("logo"))));
    let bytes = png(40, 20);
    let profile = studio.set_logo(actor, id, bytes.clone()).await.unwrap();
    assert!(profile.fields.logo.is_some());
    assert_eq!(studio.logo(actor, id).await.unwrap(), (bytes.clone(), "image/png".to_owned()));
    let cut = bytes[..bytes.len() / 2].to_vec();
    for (bytes, says) in [
        (vec![], "neither JPEG, PNG nor WebP"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(), "neither JPEG, PNG nor WebP"),
        (cut, "broken"),
        (png(9_000, 2), "9000 x 2 pixels"),
        (vec![0; (5 << 20) + 1], "larger than 5 MB"),
    ] {
        let refused = studio.set_logo(actor, id, bytes).await.unwrap_err();
        assert!(
            matches!(refused, StudioError::Invalid { .. }) && refused.to_string().contains(says),
            "{refused}"
        );
    }
    let mut asked = bench::request(true);
    asked.profile = Some(id);
    let carousel = studio.create_carousel(actor, asked).await.unwrap();
    let ready = bench.work(&carousel).await;
    let work = studio.read_carousel(actor, ready.id).await.unwrap();
    assert_eq!(work.approved_deck().unwrap().logo, profile.fields.logo);
    studio.slide_picture(actor, ready.id, 1, studio::Encoding::Jpeg).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn another_workspace_finds_no_profile_and_a_reviewer_changes_none() {
    let bench = Bench::new(&[]).await;
    let (studio, stranger) = (&bench.studio, bench.stranger());
    let id = studio.create_profile(bench.actor, ProfileFields::default()).await.unwrap().id;
    let name = patch(json!({ "name": "Mine" }));
    for error in [
        studio.profile(stranger, id).await.err(),
        studio.patch_profile(stranger, id, &name, None).await.err(),
        studio.set_logo(stranger, id, png(4, 4)).await.err(),
        studio.logo(stranger, id).await.err(),
        studio.profile(bench.actor, ProfileId(uuid::Uuid::nil())).await.err(),
    ] {
        assert!(matches!(error, Some(StudioError::NotFound("profile"))), "{error:?}");
    }
    assert!(studio.profiles(stranger).await.unwrap().is_empty());
    let mut asked = bench::request(true);
    asked.profile = Some(ProfileId(uuid::Uuid::nil()));
    let refused = studio.create_carousel(bench.actor, asked).await.unwrap_err();
    assert!(matches!(refused, StudioError::NotFound("profile")), "{refused}");
    for role in [MemberRole::Reviewer, MemberRole::Viewer] {
        let actor = bench.with_role(role);
        for error in [
            studio.create_profile(actor, ProfileFields::default()).await.err(),
            studio.patch_profile(actor, id, &name, None).await.err(),
            studio.set_logo(actor, id, png(4, 4)).await.err(),
        ] {
            assert!(matches!(error, Some(StudioError::Forbidden(_))), "{error:?}");
        }
        studio.profile(actor, id).await.unwrap();
    }
}
