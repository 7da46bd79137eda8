//! What goes wrong with a plain form is said on its page, and addresses that lead nowhere look like ours.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use domain::{MemberRole, Stage};

use super::bench::{Answer, Bench};

/// As a browser sends a form from a page of ours.
async fn from_page(bench: &Bench, session: &str, page: &str, path: &str, form: &[(&str, &str)]) -> Answer {
    let form = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
    let request = Request::post(path)
        .header("sec-fetch-site", "same-origin")
        .header(header::REFERER, format!("http://localhost:3000{page}"))
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    bench.ask(request, session, Body::from(form)).await
}

/// The page that an answer leads back to, and the one after it.
async fn followed(bench: &Bench, session: &str, answer: &Answer) -> (String, String) {
    let cookie = answer.header("set-cookie").split(';').next().expect("a cookie").to_owned();
    let ask = |cookie: String| {
        let request = Request::get(answer.to()).header(header::COOKIE, cookie);
        bench.ask(request, "", Body::empty())
    };
    let session = format!("slidewright={session}");
    let first = ask(format!("{session}; {cookie}")).await;
    assert!(first.header("set-cookie").starts_with("slidewright-said=;"), "it is said once");
    (first.text(), ask(session).await.text())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_form_leads_back_to_its_page_with_the_sentence() {
    let bench = Bench::new().await;
    let carousel = bench.carousel(false).await;
    let page = format!("/carousels/{}/stages/research", carousel.id);
    let view = bench.studio.stage_view(bench.actor, carousel.id, Stage::Research, None).await.unwrap();
    let approval = format!("{page}/approval");
    let [first, second] = [0, 1].map(|n| view.variants[n].variant.id.to_string());
    let approve = |id: String| {
        let (bench, page, approval) = (&bench, format!("{page}?done=done-rated&round=1"), &approval);
        async move { from_page(bench, &bench.owner, &page, approval, &[("variant_id", &id)]).await }
    };
    assert_eq!(approve(first).await.to(), format!("/carousels/{}", carousel.id));
    let late = approve(second).await;
    assert_eq!(late.to(), format!("{page}?round=1"));
    let (said, after) = followed(&bench, &bench.owner, &late).await;
    let box_of = "<div class=\"problems\" role=\"alert\" tabindex=\"-1\"><p>";
    assert!(said.contains(box_of) && said.contains("Ada was first to choose here."), "{said}");
    assert!(!after.contains("was first to choose"));

    let me = format!("/members/{}/role", bench.actor.member);
    let last = from_page(&bench, &bench.owner, "/members", &me, &[("role", "viewer")]).await;
    assert_eq!(last.to(), "/members");
    let (said, _) = followed(&bench, &bench.owner, &last).await;
    assert!(said.contains("owner") && said.contains(box_of) && said.contains("Members"), "{said}");

    let viewer = bench.member(MemberRole::Viewer).await;
    let forbidden = from_page(&bench, &viewer, &page, &format!("{page}/reopening"), &[]).await;
    let (said, _) = followed(&bench, &viewer, &forbidden).await;
    assert!(said.contains("Your role may not make or change carousels"), "{said}");
    // Without a page of ours to go back to, and for scripts, the answer itself says it.
    let foreign = Request::post(&approval)
        .header("sec-fetch-site", "same-origin")
        .header(header::REFERER, "http://evil.test/x")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let answer =
        bench.ask(foreign, &viewer, Body::from(format!("variant_id={}", view.variants[0].variant.id))).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_is_none_of_ours_says_so_on_a_page_of_ours() {
    let bench = Bench::new().await;
    let id = "018f0000-0000-7000-8000-000000000000";
    for path in [
        "/carousels/zzz".to_owned(),
        "/variants/x/edit".to_owned(),
        "/profiles/zzz/basics".to_owned(),
        format!("/profiles/{id}/nothing"),
        format!("/carousels/{id}/stages/foo"),
    ] {
        let answer = bench.get(&bench.owner, &path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        let page = answer.text();
        assert!(page.contains("There is no such page") && page.contains("/sign-out"), "{path}: {page}");
    }
    let up = bench.get(&bench.owner, "/members/invitations").await;
    assert_eq!(up.to(), "/members", "an address of forms alone leads to their page");
}
