//! What was spent, as a page, as a file, and as a warning.

use axum::http::StatusCode;
use domain::MicroUsd;
use studio::{Actor, Budgets, Surroundings};
use time::OffsetDateTime;

use crate::browser::{Browser, House};
use crate::ledger::{entry, spend};
use crate::people::member;

fn now() -> OffsetDateTime {
    Surroundings::real().now()
}

async fn actor(house: &House, browser: &Browser) -> Actor {
    let secret = browser.session.borrow().clone();
    house.studio.session(&secret).await.expect("the database").expect("signed in").actor
}

#[tokio::test]
async fn a_month_without_models_costs_nothing_and_says_so() {
    let house = House::new().await;
    let owner = house.owner().await;
    for path in ["/costs", "/costs?month=2001-02", "/costs?month=nonsense&after=nonsense"] {
        let page = owner.get(path).await;
        assert!(page.status == StatusCode::OK && page.says("Nothing spent"), "{}", page.text);
    }
    assert_eq!(owner.get("/costs.csv").await.text.lines().count(), 1, "the heads of the columns alone");
    for path in ["/costs", "/costs.csv", "/attempts/00000000-0000-0000-0000-00000000a001"] {
        assert!(house.browser().get(path).await.to.starts_with("/sign-in"), "{path}");
    }
}

#[tokio::test]
async fn every_member_sees_what_was_spent_on_what() {
    let house = House::new().await;
    let owner = house.owner().await;
    let mut strange = entry(2, now(), 770);
    strange.model_asked = "<script>alert(1)</script>".into();
    strange.provider = Some("=HYPERLINK(\"http://x\",\"y\")".into());
    strange.purpose = "later_made".into();
    strange.basis = "estimated".into();
    let workspace = actor(&house, &owner).await.workspace;
    let said = "</pre><script>alert(2)</script>";
    spend(house.folder(), workspace, &[entry(1, now(), 3_460), strange], said).await;
    let viewer = member(&house, &owner, "viewer").await;
    for browser in [&owner, &viewer] {
        let page = browser.get("/costs").await;
        for said in [
            "$0.004230",
            "$0.003460",
            "$0.008460 saved",
            "$0.000770 of it is estimated",
            "later made",
            "50 %",
        ] {
            assert!(page.says(said), "{said} is missing: {}", page.text);
        }
        assert!(
            !page.says("<script>alert") && !page.says("style=") && page.says("role=\"img\""),
            "{}",
            page.text
        );
        for left in ["costs-", "purpose-", "outcome-", "basis-"] {
            assert!(
                !page.text.replace("costs-20", "").replace("/costs.css", "").contains(&format!(">{left}")),
                "{left}"
            );
        }
        let attempt = browser.get("/attempts/00000000-0000-0000-0000-00000000a002").await;
        assert!(attempt.says("alert(2)") && !attempt.says("<script>alert"), "{}", attempt.text);
        let file = browser.get("/costs.csv").await.text;
        assert!(file.contains(",0.000770,770,") && file.contains(",0.003460,3460,"), "{file}");
        assert!(file.contains(",\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\","), "{file}");
        assert_eq!(file.matches("\r\n").count(), 3, "{file}");
    }
    assert!(owner.get("/costs?month=2001-02").await.says("Nothing spent"));
    let nothing = owner.get("/attempts/00000000-0000-0000-0000-00000000a009").await;
    assert_eq!(nothing.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn another_workspace_sees_nothing_of_it() {
    let house = House::new().await;
    let owner = house.owner().await;
    let elsewhere = house.elsewhere().await;
    spend(house.folder(), elsewhere, &[entry(1, now(), 5_000)], "theirs").await;
    assert!(owner.get("/costs").await.says("Nothing spent"));
    assert_eq!(owner.get("/costs.csv").await.text.lines().count(), 1);
    let theirs = owner.get("/attempts/00000000-0000-0000-0000-00000000a001").await;
    assert!(theirs.status == StatusCode::NOT_FOUND && !theirs.says("theirs"), "{}", theirs.text);
}

#[tokio::test]
async fn a_budget_that_is_nearly_spent_is_said_on_every_page() {
    let house = House::new().await;
    let owner = house.owner().await;
    let acting = actor(&house, &owner).await;
    let budgets = Budgets { month: Some(MicroUsd(1_000_000)), ..Budgets::default() };
    house.studio.set_budgets(acting, budgets).await.expect("a budget");
    spend(house.folder(), acting.workspace, &[entry(1, now(), 799_999)], "").await;
    let costs = owner.get("/costs").await;
    assert!(costs.says("of $1.000000") && costs.says("79 %"), "{}", costs.text);
    assert!(!costs.says("Warning level") && !owner.get("/carousels").await.says("class=\"warning\""));
    spend(house.folder(), acting.workspace, &[entry(2, now(), 1)], "").await;
    assert!(owner.get("/costs").await.says("Warning level reached"));
    for path in ["/carousels", "/settings", "/members"] {
        let page = owner.get(path).await;
        assert!(
            page.says("80 % of the month&#39;s budget is taken: $0.800000 of $1.000000."),
            "{}",
            page.text
        );
    }
}

#[tokio::test]
async fn owners_set_budgets_and_nobody_else() {
    let house = House::new().await;
    let owner = house.owner().await;
    let viewer = member(&house, &owner, "viewer").await;
    let form = [("carousel", ""), ("day", "2,50"), ("month", "$40"), ("warn_percent", "90")];
    assert_eq!(viewer.get("/costs/budgets").await.status, StatusCode::FORBIDDEN);
    assert_eq!(viewer.post("/costs/budgets", &form).await.status, StatusCode::FORBIDDEN);
    assert!(!viewer.get("/costs").await.says("/costs/budgets"));
    assert_eq!(owner.post("/costs/budgets", &form).await.to, "/costs?done=done-budgets");
    let shown = owner.get("/costs/budgets").await;
    assert!(
        shown.says("value=\"2.5\"") && shown.says("value=\"40\"") && shown.says("value=\"90\""),
        "{}",
        shown.text
    );
    assert!(owner.get("/costs").await.says("of $2.500000"));
    for wrong in [("day", "much"), ("month", "-1"), ("warn_percent", "101"), ("warn_percent", "few")] {
        let form = form.map(|(name, value)| if name == wrong.0 { wrong } else { (name, value) });
        let page = owner.post("/costs/budgets", &form).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong:?}");
    }
    let kept = house.studio.budgets(actor(&house, &owner).await).await.expect("budgets");
    assert_eq!(
        (kept.day, kept.warn_percent),
        (Some(MicroUsd(2_500_000)), 90),
        "what was wrong changed nothing"
    );
}
