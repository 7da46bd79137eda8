//! `slidewright new` with a model behind it, as a process: what the environment connects writes.

#![allow(clippy::unwrap_used, reason = "what is not as it must be fails the test")]

#[path = "../../studio/tests/models/script.rs"]
mod script;
mod support;

use model_server::ModelServer;

use crate::support::{Desk, Ran, ran};

fn new(desk: &Desk, server: &ModelServer, extra: &[&str], environment: &[(&str, &str)]) -> Ran {
    let article = desk.write("bread.md", script::ARTICLE);
    let mut command = desk.command();
    command.args(["new", &article, "--slides", "5", "--json", "--out", "out"]).args(extra);
    command.env("LLM_BASE_URL", server.address()).env("LLM_MODEL", "one").envs(environment.iter().copied());
    ran(command.output().unwrap())
}

async fn server() -> ModelServer {
    let server = ModelServer::start().await;
    server.rule(|asked| Some(script::good(asked)));
    server
}

#[tokio::test(flavor = "multi_thread")]
async fn a_model_writes_all_six_stages_to_the_files() {
    let (desk, server) = (Desk::new(), server().await);
    let report = new(&desk, &server, &["--mode", "fast"], &[]).ok().json();
    let stages = report["stages"].as_array().unwrap();
    assert_eq!(stages.len(), 6);
    for variant in stages.iter().flat_map(|stage| stage["variants"].as_array().unwrap()) {
        assert_eq!(variant["written_by"]["kind"], "model", "{variant}");
    }
    assert!(report["cost_micro_usd"].as_i64().unwrap() > 0);
    assert!(desk.files("out").contains(&"slide-01.jpg".to_owned()), "{:?}", desk.files("out"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_stage_says_why_and_what_goes_on_without_a_model() {
    let (desk, server) = (Desk::new(), server().await);
    let budget = [("SLIDEWRIGHT_BUDGET_CAROUSEL", "0.00001")];
    new(&desk, &server, &[], &budget).refused(1, &["budget of this carousel", "--mode fast", "--offline"]);
    let report = new(&desk, &server, &["--offline"], &budget).ok();
    assert!(report.stderr.contains("Going on"), "{}", report.stderr);
    let report = report.json();
    for variant in
        report["stages"].as_array().unwrap().iter().flat_map(|one| one["variants"].as_array().unwrap())
    {
        assert_eq!(variant["written_by"]["kind"], "offline", "{variant}");
    }
}

#[test]
fn a_server_without_a_model_to_ask_for_is_answered_in_a_sentence() {
    let desk = Desk::new();
    let article = desk.write("bread.md", script::ARTICLE);
    let mut command = desk.command();
    command.args(["new", &article]).env("LLM_BASE_URL", "http://127.0.0.1:9/v1");
    ran(command.output().unwrap()).refused(1, &["LLM_MODEL"]);
    let mut command = desk.command();
    command.args(["new", &article]).env("SLIDEWRIGHT_BUDGET_DAY", "much");
    ran(command.output().unwrap()).refused(1, &["SLIDEWRIGHT_BUDGET_DAY", "0.50"]);
}
