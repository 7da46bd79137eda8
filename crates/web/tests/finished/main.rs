//! A finished carousel in the browser: its page, what may be changed on it, its files, and the
//! client's link.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod back;
mod bench;
mod client;
mod edit;
mod german;
mod source;

use axum::http::StatusCode;
use domain::content::Layout;
use domain::{Carousel, MemberRole, Stage};
use studio::CarouselInWork;

use bench::Bench;

async fn work(bench: &Bench, carousel: &Carousel) -> CarouselInWork {
    bench.studio.read_carousel(bench.actor, carousel.id).await.expect("it is there")
}

async fn headlines(bench: &Bench, carousel: &Carousel) -> Vec<String> {
    let deck = work(bench, carousel).await.approved_deck().expect("it is finished");
    deck.slides.into_iter().map(|slide| slide.headline).collect()
}

/// The field of a form that says how the carousel was when the page was made.
fn version(page: &str) -> String {
    let (_, rest) = page.split_once("name=\"version\" value=\"").expect("the page has a version");
    rest.split('"').next().expect("it ends").to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_open_carousel_leads_to_its_stage_and_a_finished_one_shows_all_that_belongs_to_it() {
    let bench = Bench::new().await;
    let open = bench.carousel(false).await;
    let answer = bench.get(&bench.owner, &format!("/carousels/{}?done=done-duplicated", open.id)).await;
    assert_eq!(answer.to(), format!("/carousels/{}/stages/research?done=done-duplicated", open.id));

    let ready = bench.ready().await;
    let path = format!("/carousels/{}", ready.id);
    let page = bench.get(&bench.owner, &path).await;
    assert_eq!(page.status, StatusCode::OK);
    let page = page.text();
    let work = work(&bench, &ready).await;
    for n in 1..=5 {
        assert!(page.contains(&format!("{path}/slides/{n}.jpg?v=")), "slide {n} is shown");
        assert!(page.contains(&format!("href=\"#s-{n}\"")), "a dot leads to slide {n}");
    }
    assert!(page.contains("5 / 5"));
    let caption = work.caption().expect("a caption");
    for tag in &caption.hashtags {
        assert!(page.contains(&format!("#{}", tag.0)));
    }
    assert!(page.contains(&format!("{} of 2,200 characters", caption.as_posted().chars().count())));
    assert_eq!(page.matches(":up\"").count(), 2, "slides 3 and 4 have a place before them");
    assert!(page.contains("/stages/research?round=1"));
    assert!(page.contains("The autopilot") || page.contains("the autopilot"), "who chose is said");
    assert!(!page.contains("style="), "styles stand in sheets");
    assert!(!page.contains("deed-") && !page.contains("state-"), "every word has its text");
    let slide = bench.get(&bench.owner, &format!("{path}/slides/5.jpg")).await;
    assert_eq!((slide.status, slide.header("content-type")), (StatusCode::OK, "image/jpeg"));

    let viewer = bench.member(MemberRole::Viewer).await;
    let page = bench.get(&viewer, &path).await.text();
    assert!(page.contains("5 / 5") && !page.contains("/title\""), "a viewer sees and changes nothing");
    for (to, form) in [
        ("order", vec![("order", "1")]),
        ("title", vec![("title", "Mine")]),
        ("looks", vec![("look", "bold_vibrant/0")]),
        ("archive", vec![]),
        ("links", vec![("name", "Client"), ("days", "7")]),
        ("stages/hook/revision", vec![("/headline", "Mine")]),
    ] {
        let refused = bench.post(&viewer, &format!("{path}/{to}"), &form).await.status;
        assert!(
            [StatusCode::FORBIDDEN, StatusCode::UNPROCESSABLE_ENTITY].contains(&refused),
            "{to}: {refused}"
        );
    }
    assert_eq!(bench.get(&viewer, &path).await.text().matches("Mine").count(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn slides_are_put_in_order_by_steps_or_at_once_and_never_over_anothers_change() {
    let bench = Bench::new().await;
    let ready = bench.ready().await;
    let path = format!("/carousels/{}", ready.id);
    let before = headlines(&bench, &ready).await;
    let old = version(&bench.get(&bench.owner, &path).await.text());
    // Taking a file out is no change that stands in the way.
    assert_eq!(bench.get(&bench.owner, &format!("{path}/files/caption.txt")).await.status, StatusCode::OK);

    let mut form: Vec<(&str, &str)> = ["1", "2", "3", "4", "5"].map(|n| ("order", n)).to_vec();
    form.extend([("move", "3:up"), ("version", &old)]);
    let answer = bench.post(&bench.owner, &format!("{path}/order"), &form).await;
    assert_eq!(answer.to(), format!("{path}?done=done-reordered#slides"));
    let after = headlines(&bench, &ready).await;
    assert_eq!((&after[1], &after[2]), (&before[2], &before[1]));

    let late = bench.post(&bench.owner, &format!("{path}/order"), &form).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert_eq!(headlines(&bench, &ready).await, after);

    let all = ["1", "4", "3", "2", "5"].map(|n| ("order", n));
    assert_eq!(bench.post(&bench.owner, &format!("{path}/order"), &all).await.status, StatusCode::SEE_OTHER);
    let moved = headlines(&bench, &ready).await;
    assert_eq!([&moved[1], &moved[2], &moved[3]], [&after[3], &after[2], &after[1]]);
    let cover_away = ["2", "1", "3", "4", "5"].map(|n| ("order", n));
    let refused = bench.post(&bench.owner, &format!("{path}/order"), &cover_away).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("moves the cover"));
}

#[tokio::test(flavor = "multi_thread")]
async fn any_text_is_edited_in_place_and_what_is_wrong_comes_back_with_what_was_typed() {
    let bench = Bench::new().await;
    let ready = bench.ready().await;
    let path = format!("/carousels/{}", ready.id);
    let address = format!("{path}/stages/copy/revision");
    let form = bench.get(&bench.owner, &address).await.text();
    assert!(!form.contains("name=\"/slides/0/headline\""), "the cover's words are the hook's");
    assert!(form.contains("name=\"/slides/1/headline\""));
    let known = version(&form);
    for n in 1..=5 {
        bench.get(&bench.owner, &format!("{path}/slides/{n}.jpg")).await;
    }
    let drawn = bench.studio.slides_drawn();

    let changed = [("/slides/1/headline", "Said <b>otherwise</b>"), ("version", known.as_str())];
    let saved = bench.post(&bench.owner, &address, &changed).await;
    assert_eq!(saved.to(), format!("{path}?done=done-revised"));
    assert_eq!(headlines(&bench, &ready).await[1], "Said <b>otherwise</b>");
    for n in 1..=5 {
        bench.get(&bench.owner, &format!("{path}/slides/{n}.jpg")).await;
    }
    // Neighbours of one layout share one text size, so they are drawn along.
    let again = bench.studio.slides_drawn() - drawn;
    assert!((1..5).contains(&again), "{again} of five slides were drawn again");
    let page = bench.get(&bench.owner, &path).await.text();
    assert!(page.contains("Said &#60;b&#62;otherwise") && !page.contains("<b>otherwise"));

    let late = [("/slides/1/headline", "Mine alone"), ("version", known.as_str())];
    let refused = bench.post(&bench.owner, &address, &late).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.text().contains("Mine alone"), "what was typed is still there");
    let again = [("/slides/1/headline", "Mine alone"), ("version", &version(&refused.text()))];
    assert_eq!(bench.post(&bench.owner, &address, &again).await.status, StatusCode::SEE_OTHER);

    let caption = format!("{path}/stages/caption/revision");
    let long = "x".repeat(1_001);
    let refused = bench.post(&bench.owner, &caption, &[("/alt_text/2", &long)]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains(&long) && refused.text().contains("Alt text 3: has 1001 characters"));
    let alt = [("/alt_text/2", "A chart of meetings"), ("/caption", "Short & sweet")];
    assert_eq!(bench.post(&bench.owner, &caption, &alt).await.status, StatusCode::SEE_OTHER);
    let work = work(&bench, &ready).await;
    let caption = work.caption().expect("a caption");
    assert_eq!(
        (caption.alt_text[2].as_str(), caption.caption.as_str()),
        ("A chart of meetings", "Short & sweet")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn looks_are_seen_before_they_are_saved_and_unreadable_ones_are_refused() {
    let bench = Bench::new().await;
    let ready = bench.ready().await;
    let path = format!("/carousels/{}/looks", ready.id);
    let before = work(&bench, &ready).await.visual().expect("looks").clone();

    let page = bench.get(&bench.owner, &format!("{path}?look=tech_professional/1")).await;
    assert_eq!(page.status, StatusCode::OK);
    let page = page.text();
    assert!(page.contains("/looks/5.png?look=tech_professional%2F1"), "the slides are shown in the looks");
    for theme in ["modern_minimal/0", "bold_vibrant/2", "tech_professional/1"] {
        assert!(page.contains(&format!("value=\"{theme}\"")), "{theme} is offered");
    }
    let slide = bench.get(&bench.owner, &format!("{path}/1.png?look=tech_professional/1")).await;
    assert_eq!((slide.status, slide.header("content-type")), (StatusCode::OK, "image/png"));
    assert_eq!(work(&bench, &ready).await.visual(), Some(&before), "looking changes nothing");

    let pale =
        ["background", "surface", "text", "muted", "accent", "on_accent"].map(|name| (name, "#fafafa"));
    let pale = [&pale[..], &[("look", ""), ("own", "true")]].concat();
    let refused = bench.post(&bench.owner, &path, &pale).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("contrast") || refused.text().contains("read"), "{}", refused.text());
    assert_eq!(work(&bench, &ready).await.visual(), Some(&before));
    let wrong = [("look", ""), ("own", "true"), ("background", "url(x)")];
    assert_eq!(bench.post(&bench.owner, &path, &wrong).await.status, StatusCode::UNPROCESSABLE_ENTITY);

    let saved = bench.post(&bench.owner, &path, &[("look", "tech_professional/1")]).await;
    assert_eq!(saved.to(), format!("/carousels/{}?done=done-looks", ready.id));
    let after = work(&bench, &ready).await.visual().expect("looks").clone();
    assert_eq!(after.theme.0, "tech_professional");
    assert_eq!(after.layouts.first(), Some(&Layout::Cover));
    let theme = bench.studio.renderer().theme(&after.theme).expect("a theme").palettes[1];
    assert_eq!(after.palette, theme);
}

#[tokio::test(flavor = "multi_thread")]
async fn files_are_taken_out_under_clean_names_and_the_json_comes_back_in() {
    let bench = Bench::new().await;
    let ready = bench.ready().await;
    let path = format!("/carousels/{}/files", ready.id);
    let mut json = Vec::new();
    for (name, kind, begins) in [
        ("slides-jpeg.zip", "application/zip", &b"PK"[..]),
        ("slides-png.zip", "application/zip", b"PK"),
        ("carousel.pdf", "application/pdf", b"%PDF"),
        ("carousel.json", "application/json", b"{"),
        ("caption.txt", "text/plain; charset=utf-8", b""),
    ] {
        let file = bench.get(&bench.owner, &format!("{path}/{name}")).await;
        assert_eq!((file.status, file.header("content-type")), (StatusCode::OK, kind), "{name}");
        assert!(file.body.starts_with(begins) && !file.body.is_empty(), "{name}");
        let kept_as = file.header("content-disposition");
        assert!(kept_as.starts_with("attachment; filename=\"") && kept_as.is_ascii(), "{kept_as}");
        if name == "carousel.json" {
            json = file.body.to_vec();
        }
    }
    assert_eq!(bench.get(&bench.owner, &format!("{path}/secrets.txt")).await.status, StatusCode::NOT_FOUND);
    let open = bench.carousel(false).await;
    let early = bench.get(&bench.owner, &format!("/carousels/{}/files/carousel.pdf", open.id)).await;
    assert_eq!(early.status, StatusCode::CONFLICT);

    let imported = bench.upload(&bench.owner, "/carousels/import", &json).await;
    let to = imported.to().to_owned();
    assert!(!to.contains(&ready.id.to_string()), "it is another carousel");
    let page = bench.get(&bench.owner, &to).await;
    assert_eq!(page.status, StatusCode::OK);
    let id = to.trim_start_matches("/carousels/").split('?').next().expect("an id").parse().expect("an id");
    let copy = bench.studio.read_carousel(bench.actor, id).await.expect("it is there");
    let original = work(&bench, &ready).await;
    for stage in Stage::ALL {
        assert_eq!(copy.approved[stage].content, original.approved[stage].content, "{stage}");
    }
    for (wrong, says) in [(&b""[..], "Choose a file"), (b"{\"title\":1}", "carousel.json")] {
        let refused = bench.upload(&bench.owner, "/carousels/import", wrong).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text().contains(says), "{}", refused.text());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_carousel_is_renamed_archived_brought_back_and_duplicated() {
    let bench = Bench::new().await;
    let ready = bench.ready().await;
    let path = format!("/carousels/{}", ready.id);
    let renamed = bench.post(&bench.owner, &format!("{path}/title"), &[("title", " Fewer meetings ")]).await;
    assert_eq!(renamed.to(), format!("{path}?done=done-renamed"));
    assert!(bench.get(&bench.owner, renamed.to()).await.text().contains("<h1>Fewer meetings</h1>"));
    let long = "y".repeat(201);
    let refused = bench.post(&bench.owner, &format!("{path}/title"), &[("title", &long)]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains(&long), "what was typed comes back");

    let archived = bench.post(&bench.owner, &format!("{path}/archive"), &[]).await;
    assert_eq!(archived.to(), "/carousels?done=done-archived");
    assert!(!bench.get(&bench.owner, "/carousels").await.text().contains(&path));
    assert!(bench.get(&bench.owner, &path).await.text().contains(&format!("{path}/unarchive")));
    bench.post(&bench.owner, &format!("{path}/unarchive"), &[]).await.to();
    assert!(bench.get(&bench.owner, "/carousels").await.text().contains(&path));

    let copy = bench.post(&bench.owner, &format!("{path}/duplicate"), &[]).await;
    let copy = bench.get(&bench.owner, copy.to()).await;
    assert!(copy.to().ends_with("/stages/research?done=done-duplicated"), "{}", copy.to());
}
