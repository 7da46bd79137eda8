//! The whole way by API: from a text to slides, with everything that a person does between.

use serde_json::{Value, json};

use super::bench::{ARTICLE, Bench};
use domain::{MemberRole, Stage};

/// A carousel on its way, with who makes it.
struct Way {
    bench: Bench,
    token: String,
    id: String,
}

impl Way {
    fn path(&self, rest: &str) -> String {
        format!("/carousels/{}{rest}", self.id)
    }

    async fn get(&self, rest: &str) -> Value {
        self.bench.get(&self.path(rest)).by(&self.token).send().await.with(200)
    }

    /// The round of a stage that is open, once it is there.
    async fn round(&self, stage: Stage, round: u32) -> Value {
        let is_open = |state: &Value| {
            state["state"] == "awaiting_approval" && state["stage"] == stage.name() && state["round"] == round
        };
        self.bench.listen(&self.token, &self.id, is_open).await;
        let shown = self.get(&format!("/stages/{stage}")).await;
        assert_eq!((&shown["stage"], &shown["round"]), (&json!(stage.name()), &json!(round)));
        assert_eq!(shown["approved"], json!(null));
        let scores: Vec<f64> =
            shown["variants"].as_array().unwrap().iter().map(|one| one["score"].as_f64().unwrap()).collect();
        assert!(!scores.is_empty() && scores.is_sorted_by(|a, b| a >= b), "best first: {scores:?}");
        shown
    }

    async fn approve(&self, stage: Stage, variant: &Value) {
        let path = self.path(&format!("/stages/{stage}/approval"));
        let choice = json!({ "variant_id": variant });
        let carousel = self.bench.call("PUT", &path).by(&self.token).json(&choice).await.with(200);
        assert_eq!(carousel["approved"][stage.name()], *variant);
        let again = self.bench.call("PUT", &path).by(&self.token).json(&choice).await.problem(409);
        let said = again["detail"].as_str().unwrap();
        assert!(said.contains("Owner was first"), "{said}");
    }
}

async fn begin() -> Way {
    let bench = Bench::new().await;
    let token = bench.token(MemberRole::Owner).await;
    let asked = json!({
        "topic": "Trees in the city", "source": { "text": ARTICLE }, "slides": 5, "format": "1x1",
        "theme": "modern_minimal", "language": "en", "mode": "fast", "autopilot": false,
    });
    let made = bench.post("/carousels").by(&token).json(&asked).await;
    let carousel = made.with(202);
    let id = carousel["id"].as_str().unwrap().to_owned();
    assert_eq!(made.header("location"), format!("/api/v1/carousels/{id}"));
    assert_eq!(carousel["slides"], 5);
    Way { bench, token, id }
}

#[tokio::test(flavor = "multi_thread")]
async fn from_a_text_to_slides() {
    let way = begin().await;
    for stage in Stage::ALL {
        let shown = way.round(*stage, 1).await;
        let best = shown["variants"][0].clone();
        let chosen = match stage {
            Stage::Research => rated(&way, &best).await,
            Stage::Outline => rejected(&way, &best).await,
            Stage::Copy => edited(&way, &best).await,
            _ => best["id"].clone(),
        };
        way.approve(*stage, &chosen).await;
    }
    let carousel = way.get("").await;
    assert_eq!((&carousel["state"], &carousel["stage"]), (&json!("ready"), &json!(null)));
    looked_at(&way).await;
    changed(&way).await;
    taken_along(&way).await;
    way.bench.close().await;
}

async fn rated(way: &Way, variant: &Value) -> Value {
    let path = format!("/variants/{}", variant["id"].as_str().unwrap());
    let opinion = json!({ "stars": 4, "feedback": "  Good facts.  " });
    let rating =
        way.bench.call("PUT", &format!("{path}/rating")).by(&way.token).json(&opinion).await.with(200);
    assert_eq!((&rating["stars"], &rating["feedback"]), (&json!(4), &json!("Good facts.")));
    let shown = way.bench.get(&path).by(&way.token).send().await.with(200);
    assert_eq!(shown["rating"], rating);
    assert_eq!(way.get("/stages/research").await["variants"][0]["rating"], rating);
    variant["id"].clone()
}

async fn rejected(way: &Way, variant: &Value) -> Value {
    let other = way.path("/stages/copy/rejections");
    way.bench.post(&other).by(&way.token).json(&json!({})).await.problem(409);
    let path = way.path("/stages/outline/rejections");
    let feedback = json!({ "feedback": "Begin with the heat." });
    way.bench.post(&path).by(&way.token).json(&feedback).await.with(202);
    let second = way.round(Stage::Outline, 2).await;
    assert_eq!((&second["rounds"], &second["rejection"]), (&json!(2), &json!("Begin with the heat.")));
    let first = way.get("/stages/outline?round=1").await;
    assert!(first["variants"].as_array().unwrap().iter().any(|one| one["id"] == variant["id"]));
    second["variants"][0]["id"].clone()
}

async fn edited(way: &Way, variant: &Value) -> Value {
    let path = format!("/variants/{}", variant["id"].as_str().unwrap());
    let mut content = variant["content"].clone();
    content["slides"][1]["headline"] = json!("Shade is cheap");
    let edits = format!("{path}/edits");
    let made = way.bench.post(&edits).by(&way.token).json(&json!({ "content": content })).await;
    let edited = made.with(201);
    assert_eq!(edited["written_by"]["edited_from"], variant["id"]);
    assert_eq!(edited["content"]["slides"][1]["headline"], "Shade is cheap");
    assert_eq!(made.header("location"), format!("/api/v1/variants/{}", edited["id"].as_str().unwrap()));
    content["slides"][1]["headline"] = json!("");
    let refused =
        way.bench.post(&edits).by(&way.token).json(&json!({ "content": content })).await.problem(422);
    assert_eq!(refused["errors"][0]["field"], "slides[1].headline");
    edited["id"].clone()
}

async fn looked_at(way: &Way) {
    for (name, kind, begins) in
        [("1.jpg", "image/jpeg", &[0xff_u8, 0xd8][..]), ("5.png", "image/png", &[0x89, b'P'][..])]
    {
        let path = way.path(&format!("/slides/{name}"));
        let slide = way.bench.get(&path).by(&way.token).send().await;
        assert_eq!((slide.status, slide.header("content-type")), (200, kind));
        assert!(slide.body.starts_with(begins));
        let tag = slide.header("etag").to_owned();
        let again = way.bench.get(&path).by(&way.token).header("if-none-match", &tag).send().await;
        assert_eq!((again.status, again.body.len()), (304, 0));
    }
    for name in ["6.jpg", "0.jpg", "1.gif", "x"] {
        way.bench.get(&way.path(&format!("/slides/{name}"))).by(&way.token).send().await.problem(404);
    }
}

async fn changed(way: &Way) {
    let known = way.bench.get(&way.path("")).by(&way.token).send().await.header("etag").to_owned();
    let change = |method: &'static str, rest: &'static str, body: Value, tag: String| async move {
        way.bench.call(method, &way.path(rest)).by(&way.token).header("if-match", &tag).json(&body).await
    };
    let moved = change("PUT", "/order", json!({ "order": [1, 3, 2, 4, 5] }), known.clone()).await;
    assert_eq!(moved.with(200)["state"], "ready");
    change("PUT", "/looks", json!({ "theme": "bold_vibrant" }), known).await.problem(412);
    let looks =
        change("PUT", "/looks", json!({ "theme": "bold_vibrant" }), moved.header("etag").to_owned()).await;
    looks.with(200);
    let mut caption = way.get("/stages/caption").await["variants"][0]["content"].clone();
    caption["caption"] = json!("Trees cool a street. Save this for your next walk.");
    let body = json!({ "content": caption });
    change("PUT", "/stages/caption/content", body, looks.header("etag").to_owned()).await.with(200);
    change("PUT", "/order", json!({ "order": [2, 1] }), "*".to_owned()).await.problem(422);
}

async fn taken_along(way: &Way) {
    let get = |name: &'static str| async move {
        way.bench.get(&way.path(&format!("/files/{name}"))).by(&way.token).send().await
    };
    for (name, begins) in
        [("jpeg.zip", "PK"), ("png.zip", "PK"), ("pdf", "%PDF"), ("caption", "Trees cool a street.")]
    {
        let file = get(name).await;
        assert!(file.status == 200 && file.body.starts_with(begins.as_bytes()), "{name}: {file:?}");
        assert!(file.header("content-disposition").starts_with("attachment; filename=\"trees-in-the-city"));
    }
    get("exe").await.problem(404);
    assert_eq!(way.get("").await["state"], "exported");
    let json = get("json").await;
    let import = way.bench.post("/carousels/import").by(&way.token);
    let imported = import.body("application/json", json.body).send().await.with(201);
    assert_eq!((&imported["state"], &imported["title"]), (&json!("ready"), &json!("Trees in the city")));
    assert_ne!(imported["id"], json!(way.id));
    let copy = way.bench.post(&way.path("/duplicates")).by(&way.token).send().await.with(202);
    assert_eq!(copy["state"], "generating");
    let reopened = way.bench.post(&way.path("/stages/hook/reopening")).by(&way.token).send().await.with(200);
    assert_eq!((&reopened["state"], &reopened["stage"]), (&json!("awaiting_approval"), &json!("hook")));
    let variant = way.get("/stages/hook").await["variants"][0]["id"].as_str().unwrap().to_owned();
    let more = way.bench.post(&format!("/variants/{variant}/regeneration")).by(&way.token).send().await;
    assert_eq!((more.status, more.body.len()), (202, 0));
    let slide = way.bench.get(&format!("/variants/{variant}/slides/1.jpg")).by(&way.token).send().await;
    assert_eq!(slide.status, 200);
}
