//! The client's link: what it opens, what it takes, and that it opens nothing else.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use domain::CarouselId;
use domain::content::ThemeName;
use studio::NewLooks;

use super::bench::Bench;

/// Makes a link on the carousel's page and reads its address there.
async fn linked(bench: &Bench, id: CarouselId) -> String {
    let path = format!("/carousels/{id}");
    let made = bench.post(&bench.owner, &format!("{path}/links"), &[("name", "Café"), ("days", "7")]).await;
    assert_eq!(made.to(), format!("{path}?done=done-linked#links"));
    let page = bench.get(&bench.owner, &path).await.text();
    let (_, address) = page.split_once("value=\"http://localhost:3000/l/").expect("the address is shown");
    format!("/l/{}", address.split('"').next().expect("it ends"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_sees_the_slides_without_an_account_and_answers_by_sending_a_form_alone() {
    let bench = Bench::new().await;
    let ready = bench.ready().await;
    let link = linked(&bench, ready.id).await;
    let page = bench.get("", &format!("{link}?approved=true&stars=5")).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.header("referrer-policy"), "no-referrer");
    assert_eq!(page.header("x-robots-tag"), "noindex, nofollow");
    assert_eq!(page.header("set-cookie"), "");
    let text = page.text();
    assert!(text.contains("Café, here are the finished slides"));
    assert!(
        !text.contains("<nav aria-label=\"Main\"") && !text.contains("/carousels"),
        "nothing else is linked"
    );
    let slide = bench.get("", &format!("{link}/slides/2.jpg")).await;
    assert_eq!((slide.status, slide.header("content-type")), (StatusCode::OK, "image/jpeg"));
    assert_eq!(slide.header("referrer-policy"), "no-referrer");
    let answers = |bench: &Bench| {
        let (studio, actor) = (bench.studio.clone(), bench.actor);
        async move { studio.links(actor, ready.id).await.expect("links").remove(0).answers }
    };
    assert!(answers(&bench).await.is_empty(), "looking approves nothing");

    let empty = bench.post("", &format!("{link}/answers"), &[("comment", "  ")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let said = [("stars", "4"), ("comment", "Slide 2: <i>fewer</i> words")];
    let sent = bench.post("", &format!("{link}/answers"), &said).await;
    assert_eq!(sent.to(), format!("{link}?done=done-answered#answers"));
    let thanks = bench.get("", sent.to()).await.text();
    assert!(thanks.contains("Thank you") && thanks.contains("Slide 2: &#60;i&#62;fewer"), "{thanks}");
    assert!(!answers(&bench).await[0].approved);

    // A page that tells nobody its address sends no origin either.
    let approval = Request::post(format!("{link}/answers"))
        .header(header::ORIGIN, "null")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let seen = version(&bench.get("", &link).await.text());
    let body = format!("stars=&comment=&approved=true&version={seen}");
    let approval = bench.ask(approval, "", Body::from(body)).await;
    assert_eq!(approval.status, StatusCode::SEE_OTHER);
    assert!(answers(&bench).await[1].approved);
    assert!(bench.get("", &link).await.text().contains("You have approved these slides"));
    let page = bench.get(&bench.owner, &format!("/carousels/{}", ready.id)).await.text();
    assert!(
        page.contains("Slide 2: &#60;i&#62;fewer") && page.contains("★★★★"),
        "the maker reads the answers"
    );
    assert!(page.contains("A client approved"), "and the record has them");
}

/// Of the slides that a client's page shows.
fn version(page: &str) -> String {
    let (_, rest) =
        page.split_once("name=\"version\" value=\"").expect("the form says which slides it shows");
    rest.split('"').next().expect("it ends").to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_approval_is_of_the_slides_that_the_client_saw() {
    let bench = Bench::new().await;
    let ready = bench.ready().await;
    let link = linked(&bench, ready.id).await;
    let approve = async |version: &str| {
        let form = [("approved", "true"), ("version", version)];
        bench.post("", &format!("{link}/answers"), &form).await
    };
    let first = version(&bench.get("", &link).await.text());
    assert_eq!(approve(&first).await.status, StatusCode::SEE_OTHER);
    assert!(bench.get("", &link).await.text().contains("You have approved these slides"));

    let looks = NewLooks { theme: Some(ThemeName("bold_vibrant".to_owned())), palette: None };
    bench.studio.change_looks(bench.actor, ready.id, looks, None).await.expect("other looks");
    let changed = bench.get("", &link).await.text();
    assert!(!changed.contains("You have approved these slides"), "these are other slides");
    assert!(!bench.studio.links(bench.actor, ready.id).await.expect("links")[0].approved);
    let late = approve(&first).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.text().contains("were changed since you opened this page"));
    assert_eq!(approve(&version(&changed)).await.status, StatusCode::SEE_OTHER);
    assert!(bench.studio.links(bench.actor, ready.id).await.expect("links")[0].approved);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_opens_its_own_carousel_alone_until_it_is_taken_back() {
    let bench = Bench::new().await;
    let ready = bench.ready().await;
    let link = linked(&bench, ready.id).await;
    assert_eq!(bench.get("", &format!("{link}/slides/6.jpg")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(bench.get("", &format!("{link}/slides/../../carousels")).await.status, StatusCode::NOT_FOUND);
    let elsewhere = bench.get("", &format!("/carousels/{}/slides/1.jpg", ready.id)).await;
    assert!(elsewhere.to().starts_with("/sign-in"));
    let last = if link.ends_with('A') { 'B' } else { 'A' };
    for forged in [format!("{}{last}", &link[..link.len() - 1]), "/l/guess".to_owned(), "/l/a.b".to_owned()] {
        let page = bench.get("", &forged).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{forged}");
        assert!(page.text().contains("leads nowhere") && page.header("referrer-policy") == "no-referrer");
    }

    // While stages are open again, there is nothing to judge.
    let path = format!("/carousels/{}", ready.id);
    bench.post(&bench.owner, &format!("{path}/stages/caption/reopening"), &[]).await.to();
    let page = bench.get("", &link).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text().contains("being changed") && !page.text().contains("name=\"approved\""));
    assert_eq!(bench.get("", &format!("{link}/slides/1.jpg")).await.status, StatusCode::NOT_FOUND);
    let approval = bench.post("", &format!("{link}/answers"), &[("approved", "true")]).await;
    assert_eq!(approval.status, StatusCode::CONFLICT);

    let found = bench.studio.links(bench.actor, ready.id).await.expect("links").remove(0);
    assert!(found.answers.is_empty());
    let revoked = bench.post(&bench.owner, &format!("{path}/links/{}/revocation", found.link.id), &[]).await;
    assert_eq!(revoked.to(), format!("{path}?done=done-unlinked#links"));
    for path in [link.clone(), format!("{link}/slides/1.jpg")] {
        let page = bench.get("", &path).await;
        assert_eq!(page.status, StatusCode::GONE, "{path}");
        assert!(page.text().contains("This link is closed"));
    }
    let late = bench.post("", &format!("{link}/answers"), &[("stars", "1")]).await;
    assert_eq!(late.status, StatusCode::GONE);
}
