//! What stands in the way is a sentence that says what to do, and whether waiting helps.

use domain::{MicroUsd, Stage, Strategy};
use llm::{Limits, Reason};
use model_server::Reply;
use writer::{StageBrief, WriteError};

use crate::bench::{Bench, answer, brief_at, changed};

async fn error_of(bench: &Bench) -> WriteError {
    bench.write(&brief_at(Stage::Hook), Strategy::Question).await.unwrap_err()
}

#[tokio::test]
async fn a_refusal_is_told_and_trying_again_would_not_help() {
    let bench = Bench::new().await;
    bench.server.reply(Reply::chat("I can't help with that.").finish("content_filter"));
    let error = error_of(&bench).await;
    assert!(!error.retryable());
    let WriteError::Model(trouble) = &error else { panic!("{error}") };
    assert!(matches!(trouble.reason, Reason::Refused { .. }));
    assert_eq!(trouble.attempt, Some(bench.purse.rows()[0].attempt), "where the raw answer is kept");
    assert!(error.to_string().contains("change the text, or choose another model"), "{error}");
}

#[tokio::test]
async fn a_budget_that_is_used_up_names_the_limit_and_asks_nobody() {
    let bench = Bench::limited(Limits { carousel: Some(MicroUsd(10)), ..Limits::default() }).await;
    let error = error_of(&bench).await;
    assert!(!error.retryable());
    let WriteError::Model(trouble) = &error else { panic!("{error}") };
    assert!(matches!(trouble.reason, Reason::OverBudget(_)));
    assert_eq!((trouble.call, trouble.attempt), (None, None));
    let said = error.to_string();
    assert!(said.contains("budget of this carousel") && said.contains("offline writer"), "{said}");
    assert!(bench.server.asked().is_empty());
}

#[tokio::test]
async fn a_budget_that_ends_before_the_mending_leaves_nothing_open() {
    let bench = Bench::limited(Limits { carousel: Some(MicroUsd(15_000)), ..Limits::default() }).await;
    let mended = changed(Stage::Visual, |looks| looks["palette"] = 9.into()).cost("0.0095");
    bench.server.reply(mended);
    let error = bench.write(&brief_at(Stage::Visual), Strategy::BoldVibrant).await.unwrap_err();
    let WriteError::Model(trouble) = &error else { panic!("{error}") };
    assert!(matches!(trouble.reason, Reason::OverBudget(_)), "{error}");
    assert_eq!((bench.purse.spent(), bench.purse.open()), (MicroUsd(9_500), 0));
}

#[tokio::test]
async fn a_server_that_is_down_may_be_up_again() {
    let bench = Bench::new().await;
    bench.server.rule(|_| Some(Reply::error(503, "provider_overloaded").retry_after(0)));
    let error = error_of(&bench).await;
    assert!(error.retryable(), "{error}");
    bench.server.rule(|_| Some(Reply::chat(answer(Stage::Hook))));
    bench.write(&brief_at(Stage::Hook), Strategy::Question).await.unwrap();
}

#[tokio::test]
async fn a_key_that_is_refused_is_for_a_person_to_mend() {
    let bench = Bench::new().await;
    bench.server.reply(Reply::error(401, "authentication"));
    let error = error_of(&bench).await;
    assert!(!error.retryable() && error.to_string().contains("does not accept the key"), "{error}");
}

#[tokio::test]
async fn without_a_theme_no_model_is_asked_for_looks() {
    let bench = Bench::new().await;
    let brief = StageBrief { themes: vec![], ..brief_at(Stage::Visual) };
    let error = bench.write(&brief, Strategy::BoldVibrant).await.unwrap_err();
    assert_eq!(error, WriteError::NoThemes);
    assert!(bench.server.asked().is_empty());
}
