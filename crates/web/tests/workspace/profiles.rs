//! A profile is filled in step by step, as one types or by its button, and from the site's page.

use axum::http::{StatusCode, header};
use axum::routing::get;

use crate::browser::{Browser, House};

/// A PNG of one pixel.
const PIXEL: &[u8] = &[
    0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0,
    0, 1, 8, 2, 0, 0, 0, 0x90, 0x77, 0x53, 0xde, 0, 0, 0, 0x0c, b'I', b'D', b'A', b'T', 0x08, 0xd7, 0x63,
    0xf8, 0xcf, 0xc0, 0, 0, 3, 1, 1, 0, 0x18, 0xdd, 0x8d, 0xb0, 0, 0, 0, 0, b'I', b'E', b'N', b'D', 0xae,
    0x42, 0x60, 0x82,
];

/// Where the form of a new profile leads.
async fn new_step(owner: &Browser) -> String {
    owner
        .get("/profiles/new")
        .await
        .between("id=\"step\" class=\"stack\" method=\"post\" action=\"", "\"")
        .to_owned()
}

/// The address of a profile that was just made, without its step.
async fn made(owner: &Browser, form: &[(&str, &str)]) -> String {
    let answer = owner.post(&new_step(owner).await, &[&[("begin", "1")], form].concat()).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
    answer.to.rsplit_once('/').expect("a step").0.to_owned()
}

#[tokio::test]
async fn five_steps_lead_from_the_first_visit_to_the_library() {
    let house = House::new().await;
    let owner = house.owner().await;
    assert!(owner.get("/profiles/new").await.says("Who speaks"));
    let step = new_step(&owner).await;
    let form = [("begin", "1"), ("name", "Mill & Oven"), ("industry", "bakery")];
    let mut to = owner.post(&step, &form).await.to;
    let forms: [&[(&str, &str)]; 4] = [
        &[("personality", "warm\r\n\r\nexact"), ("words_to_avoid", "artisanal")],
        &[("audience", "People who bake"), ("goals", "bread that rises")],
        &[("competitors", ""), ("unique_points", "three days of time")],
        &[("brand_color", "#c2410c"), ("display", ""), ("text", ""), ("theme", "bold_vibrant")],
    ];
    for (form, step) in forms.iter().zip(["voice", "strategy", "position", "looks"]) {
        assert!(to.ends_with(step), "{to}");
        assert_eq!(owner.get(&to).await.status, StatusCode::OK);
        to = owner.post(&to, form).await.to;
    }
    assert_eq!(to, "/carousels?done=done-profile");
    let list = owner.get("/profiles").await;
    assert!(list.says("Mill &#38; Oven") && list.says("47 %"), "{}", list.text);
    let profile = list.between("<h2><a href=\"/profiles/", "/voice").to_owned();
    let voice = owner.get(&format!("/profiles/{profile}/voice")).await;
    assert!(voice.says(">warm\nexact</textarea>"), "{}", voice.text);
    let looks = owner.get(&format!("/profiles/{profile}/looks")).await;
    assert!(
        looks.says("value=\"#c2410c\"") && looks.says("value=\"bold_vibrant\" checked"),
        "{}",
        looks.text
    );
    let picture = owner.get(&format!("/profiles/{profile}/themes/bold_vibrant.jpg")).await;
    assert_eq!(picture.status, StatusCode::OK);
    assert_eq!(
        owner.get(&format!("/profiles/{profile}/themes/nothing.jpg")).await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn the_first_words_make_the_profile_once_and_are_there_when_it_is_loaded_again() {
    let house = House::new().await;
    let owner = house.owner().await;
    let step = new_step(&owner).await;
    assert!(owner.get("/profiles").await.says("Nobody speaks yet"), "looking makes nothing");
    assert_eq!(owner.post(&step, &[("name", "Mill")]).await.status, StatusCode::NOT_FOUND);
    let wrong = owner.typed(&step, &[("begin", "1"), ("handle", "not a name")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(owner.get("/profiles").await.says("Nobody speaks yet"));
    for name in ["Mi", "Mill"] {
        let saved = owner.typed(&step, &[("begin", "1"), ("name", name)]).await;
        assert!(saved.says("✓ Saved") && saved.says(&step), "{}", saved.text);
    }
    assert!(owner.get(&step).await.says("value=\"Mill\""));
    assert_eq!(
        owner.post(&step, &[("begin", "1"), ("name", "Mill & Oven")]).await.status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(owner.get("/profiles").await.text.matches("class=\"card\"").count(), 1);
}

#[tokio::test]
async fn what_is_typed_is_saved_and_what_is_wrong_stays_in_the_form() {
    let house = House::new().await;
    let owner = house.owner().await;
    let profile = made(&owner, &[]).await;
    let basics = format!("{profile}/basics");
    let saved = owner.typed(&basics, &[("name", "Mill"), ("handle", "mill.oven")]).await;
    assert!(saved.says("✓ Saved") && saved.says("11 %") && !saved.says("<html"), "{}", saved.text);
    let wrong = owner.typed(&basics, &[("name", "Mill"), ("handle", "not a name")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.says("is not an Instagram name") && !wrong.says("<html"), "{}", wrong.text);
    let page = owner.post(&basics, &[("name", "Mill"), ("handle", "not a name")]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.says("value=\"not a name\"") && page.says("role=\"alert\""), "{}", page.text);
    assert!(owner.get(&basics).await.says("value=\"mill.oven\""), "what was right before is still there");
}

#[tokio::test]
async fn a_logo_is_shown_and_taken_away_and_must_be_a_picture() {
    let house = House::new().await;
    let owner = house.owner().await;
    let profile = made(&owner, &[("name", "Mill")]).await;
    let logo = format!("{profile}/logo");
    assert_eq!(owner.get(&logo).await.status, StatusCode::NOT_FOUND);
    let refused = owner.upload(&logo, "file", b"not a picture").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.says("can&#39;t be used"), "{}", refused.text);
    assert!(owner.upload(&logo, "file", PIXEL).await.to.contains("done-logo"));
    assert_eq!(owner.get(&logo).await.status, StatusCode::OK);
    assert!(owner.upload(&logo, "remove", b"1").await.to.contains("done-logo"));
    assert_eq!(owner.get(&logo).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_site_suggests_and_only_what_is_chosen_is_kept() {
    let house = House::new().await;
    let owner = house.owner().await;
    let site = serve_a_site().await;
    let form = [("begin", "1"), ("site", site.as_str()), ("then", "site")];
    let answer = owner.post(&new_step(&owner).await, &form).await;
    let profile = answer.to.strip_suffix("/site").expect("to the site").to_owned();
    let offered = owner.get(&answer.to).await;
    for found in ["Mill &#38; Oven", "Bread with time", "#c2410c", "mill.oven", "data:image/png"] {
        assert!(offered.says(found), "{found} is not in {}", offered.text);
    }
    let untouched = owner.get(&format!("{profile}/basics")).await;
    assert!(!untouched.says("Mill"), "nothing is stored before it is confirmed");
    let logo = offered.between("name=\"logo\" value=\"", "\"").to_owned();
    let form =
        [("name", "Mill"), ("take", "handle"), ("handle", "mill.oven"), ("brand_color", ""), ("logo", &logo)];
    assert!(owner.post(&format!("{profile}/suggestions"), &form).await.to.contains("done-site"));
    let basics = owner.get(&format!("{profile}/basics")).await;
    assert!(basics.says("value=\"mill.oven\"") && !basics.says("value=\"Mill\""), "{}", basics.text);
    assert_eq!(owner.get(&format!("{profile}/logo")).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_site_that_does_not_answer_is_named_in_the_form() {
    let house = House::new().await;
    let owner = house.owner().await;
    let profile = made(&owner, &[("site", "http://127.0.0.1:1/")]).await;
    let answer = owner.get(&format!("{profile}/site")).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        answer.says("can&#39;t be reached") && answer.says("value=\"http://127.0.0.1:1/\""),
        "{}",
        answer.text
    );
}

async fn serve_a_site() -> String {
    let page = "<title>Mill &amp; Oven</title><meta name=description content='Bread with time'>
                <meta name=theme-color content='#c2410c'><link rel=icon href=/logo.png>
                <a href='https://www.instagram.com/mill.oven/'>us</a>";
    let site = axum::Router::new()
        .route("/", get(move || async move { ([(header::CONTENT_TYPE, "text/html")], page) }))
        .route("/logo.png", get(|| async { ([(header::CONTENT_TYPE, "image/png")], PIXEL) }));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move { axum::serve(listener, site).await });
    format!("http://{address}/")
}
