//! Every call, by every role, in one's own workspace and another's, in one table.

use std::collections::BTreeSet;

use domain::{MemberRole, Right};
use serde_json::{Value, json};

use super::bench::{ARTICLE, Bench};

/// A call, its body, and the right that it takes. Words in braces are filled in.
type Row = (&'static str, &'static str, Option<Value>, Right);

/// In an order in which what ends something comes last.
fn calls() -> Vec<Row> {
    let text = json!({ "source": { "text": ARTICLE }, "slides": 4 });
    let settings = json!({ "name": "Bakery", "language": null, "time_zone": "UTC", "autopilot_floor": 2.0 });
    let some = Some;
    vec![
        ("GET", "/carousels", None, Right::Read),
        ("GET", "/carousels/{carousel}", None, Right::Read),
        ("GET", "/carousels/{carousel}/stages/hook", None, Right::Read),
        ("GET", "/carousels/{carousel}/slides/1.jpg", None, Right::Read),
        ("GET", "/carousels/{carousel}/files/caption", None, Right::Read),
        ("GET", "/carousels/{carousel}/links", None, Right::Read),
        ("GET", "/variants/{variant}", None, Right::Read),
        ("GET", "/variants/{variant}/slides/1.jpg", None, Right::Read),
        ("GET", "/profiles", None, Right::Read),
        ("GET", "/profiles/{profile}", None, Right::Read),
        ("GET", "/members", None, Right::Read),
        ("GET", "/tokens", None, Right::Read),
        ("GET", "/settings", None, Right::Read),
        ("GET", "/costs", None, Right::Read),
        ("GET", "/costs/ledger", None, Right::Read),
        ("GET", "/invitations", None, Right::Manage),
        ("GET", "/audit", None, Right::Manage),
        ("PUT", "/variants/{variant}/rating", some(json!({ "stars": 3 })), Right::Review),
        (
            "PUT",
            "/carousels/{carousel}/stages/hook/approval",
            some(json!({ "variant_id": "{variant}" })),
            Right::Review,
        ),
        ("POST", "/carousels/{carousel}/stages/hook/rejections", some(json!({})), Right::Review),
        ("POST", "/carousels", some(text), Right::Make),
        ("POST", "/carousels/import", some(json!({})), Right::Make),
        ("PATCH", "/carousels/{carousel}", some(json!({ "title": "Trees", "archived": false })), Right::Make),
        ("POST", "/carousels/{carousel}/duplicates", None, Right::Make),
        ("POST", "/carousels/{carousel}/retry", None, Right::Make),
        ("PUT", "/carousels/{carousel}/source", some(json!({ "text": ARTICLE })), Right::Make),
        ("PUT", "/carousels/{carousel}/order", some(json!({ "order": [1, 2, 3, 4, 5] })), Right::Make),
        ("PUT", "/carousels/{carousel}/looks", some(json!({})), Right::Make),
        ("PUT", "/carousels/{carousel}/stages/copy/content", some(json!({ "content": {} })), Right::Make),
        ("POST", "/variants/{variant}/edits", some(json!({ "content": {} })), Right::Make),
        ("POST", "/variants/{variant}/regeneration", None, Right::Make),
        ("POST", "/profiles", some(json!({ "name": "Bakery" })), Right::Make),
        ("PATCH", "/profiles/{profile}", some(json!({ "name": "Bread" })), Right::Make),
        ("POST", "/carousels/{carousel}/links", some(json!({ "name": "Client", "days": 3 })), Right::Make),
        ("DELETE", "/links/{link}", None, Right::Make),
        ("PUT", "/settings", some(settings), Right::Manage),
        ("POST", "/invitations", some(json!({ "name": "Bob", "role": "viewer" })), Right::Manage),
        ("DELETE", "/invitations/{invitation}", None, Right::Manage),
        ("PATCH", "/members/{member}", some(json!({ "role": "reviewer" })), Right::Manage),
        ("DELETE", "/members/{member}", None, Right::Manage),
        ("POST", "/tokens", some(json!({ "name": "script", "scope": "viewer" })), Right::Read),
        ("DELETE", "/tokens/{token}", None, Right::Read),
        ("POST", "/carousels/{carousel}/stages/research/reopening", None, Right::Make),
    ]
}

/// The things that the table's calls are about.
struct Things<'a> {
    bench: &'a Bench,
    carousel: String,
    variant: String,
    profile: String,
    member: String,
}

impl Things<'_> {
    async fn fill(&self, text: &str) -> String {
        let studio = &self.bench.studio;
        let mut text = text
            .replace("{carousel}", &self.carousel)
            .replace("{variant}", &self.variant)
            .replace("{profile}", &self.profile)
            .replace("{member}", &self.member);
        // What can be ended once is made anew for each.
        if text.contains("{link}") {
            let carousel = self.carousel.parse().expect("an id");
            let link = studio.create_link(self.bench.owner, carousel, "Client", 1).await.expect("a link");
            text = text.replace("{link}", &link.id.to_string());
        }
        if text.contains("{invitation}") {
            let (made, _) =
                studio.invite(self.bench.owner, "Eve", MemberRole::Viewer).await.expect("an invitation");
            text = text.replace("{invitation}", &made.id.to_string());
        }
        if text.contains("{token}") {
            let owner = self.bench.owner;
            let (token, _) = studio.create_token(owner, "to end", MemberRole::Viewer).await.expect("a token");
            text = text.replace("{token}", &token.id.to_string());
        }
        text
    }

    async fn status(&self, token: Option<&str>, (method, path, body, _): &Row) -> (u16, String) {
        let mut call = self.bench.call(method, &self.fill(path).await);
        if let Some(token) = token {
            call = call.by(token);
        }
        let answer = match body {
            Some(body) => {
                let body = self.fill(&body.to_string()).await;
                call.body("application/json", body).send().await
            }
            None => call.send().await,
        };
        (answer.status, String::from_utf8_lossy(&answer.body).into_owned())
    }
}

async fn things<'a>(bench: &'a Bench, token: &str) -> Things<'a> {
    let carousel = bench.carousel(token, true).await;
    bench.listen(token, &carousel, |state| state["state"] == "ready").await;
    let hook = bench.get(&format!("/carousels/{carousel}/stages/hook")).by(token).send().await.with(200);
    let profile = bench.post("/profiles").by(token).json(&json!({ "name": "Bakery" })).await.with(201);
    let (_, secret) =
        bench.studio.invite(bench.owner, "Bob", MemberRole::Viewer).await.expect("an invitation");
    let bob = studio::Acceptance {
        name: "Bob".into(),
        email: "bob@example.org".parse().expect("an email"),
        password: studio::Password::new("a loaf of rye at dawn"),
        from: std::net::Ipv4Addr::LOCALHOST.into(),
    };
    let bob = bench.studio.accept_invitation(&secret, bob).await.expect("a member");
    let text = |value: &Value| value.as_str().expect("an id").to_owned();
    Things {
        bench,
        carousel,
        variant: text(&hook["variants"][0]["id"]),
        profile: text(&profile["id"]),
        member: bob.actor.member.to_string(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_call_asks_who_may_and_shows_nothing_of_another_workspace() {
    let bench = Bench::new().await;
    let owner = bench.token(MemberRole::Owner).await;
    let things = things(&bench, &owner).await;
    let stranger = bench.stranger().await;
    let (_, foreign) = bench.studio.create_token(stranger, "theirs", MemberRole::Owner).await.unwrap();
    let mut wrong = Vec::new();
    for row in calls() {
        let (method, path, _, right) = &row;
        let mut check = |who: &str, (status, body): (u16, String), is_right: bool| {
            if !is_right || status >= 500 {
                wrong.push(format!("{who}: {method} {path} -> {status} {body}"));
            }
        };
        let nobody = things.status(None, &row).await;
        let refused = nobody.0 == 401;
        check("nobody", nobody, refused);
        let liar = things.status(Some("slw_not-a-token"), &row).await;
        let refused = liar.0 == 401;
        check("a wrong token", liar, refused);
        if path.contains('{') {
            let other = things.status(Some(&foreign), &row).await;
            let refused = other.0 == 404;
            check("another workspace", other, refused);
        }
        // The one who may the most comes last, and ends what is to be ended.
        for role in MemberRole::ALL.iter().rev() {
            let token = bench.token(*role).await;
            let answered = things.status(Some(&token), &row).await;
            let is_right =
                if role.may(*right) { ![401, 403, 404].contains(&answered.0) } else { answered.0 == 403 };
            check(role.name(), answered, is_right);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    bench.close().await;
}

#[tokio::test]
async fn the_table_has_every_call_that_is_described() {
    let bench = Bench::new().await;
    let described = bench.get("/openapi.json").send().await.with(200);
    let shape = |path: &str| {
        let parts = path.split('/').map(|part| if part.starts_with('{') { "*" } else { part });
        parts.collect::<Vec<_>>().join("/")
    };
    let mut missing = BTreeSet::new();
    for (path, item) in described["paths"].as_object().unwrap() {
        let Some(path) = path.strip_prefix("/api/v1") else { continue };
        for method in item.as_object().unwrap().keys() {
            missing.insert((method.to_uppercase(), shape(path)));
        }
    }
    for (method, path, _, _) in calls() {
        let path = path.replace("/hook", "/{s}").replace("/research", "/{s}").replace("/copy/", "/{s}/");
        let path = path.replace("1.jpg", "{p}").replace("files/caption", "files/{f}");
        missing.remove(&(method.to_owned(), shape(&path)));
    }
    // Events go on for ever: the way by API listens to them.
    missing.remove(&("GET".to_owned(), "/carousels/*/events".to_owned()));
    assert!(missing.is_empty(), "no role was tried on {missing:?}");
    bench.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn events_and_what_a_body_names_belong_to_one_workspace() {
    let bench = Bench::new().await;
    let owner = bench.token(MemberRole::Owner).await;
    let stranger = bench.stranger().await;
    let (_, foreign) = bench.studio.create_token(stranger, "theirs", MemberRole::Owner).await.unwrap();
    let carousel = bench.carousel(&owner, false).await;
    let events = format!("/carousels/{carousel}/events");
    bench.get(&events).by(&foreign).send().await.problem(404);
    bench.get(&events).send().await.problem(401);
    let profile = bench.post("/profiles").by(&foreign).json(&json!({ "name": "Theirs" })).await.with(201);
    let asked = json!({ "topic": "Bread", "source": { "text": ARTICLE }, "profile": profile["id"] });
    bench.post("/carousels").by(&owner).json(&asked).await.problem(404);
    let theirs = bench.get("/carousels").by(&foreign).send().await.with(200);
    assert_eq!(theirs["items"], json!([]));
    bench.close().await;
}
