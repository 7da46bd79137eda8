//! Reservations, settlements and the ledger: no limit is ever passed, and no cost is ever lost.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use domain::MicroUsd;
use futures::future::{BoxFuture, FutureExt, join_all};
use llm::{
    Basis, Call, Claim, Heard, LedgerRow, Limits, MemoryPurse, Outcome, Purse, PurseBroken, Reason, Refusal,
};
use model_server::Reply;

use crate::bench::{Bench, GOOD, call, micro, settings};

#[tokio::test]
async fn the_ledger_has_all_that_is_known_of_an_attempt() {
    let bench = Bench::new().await;
    let details = |body: &mut serde_json::Value| {
        body["usage"]["prompt_tokens_details"]["cached_tokens"] = 600.into();
        body["usage"]["completion_tokens_details"]["reasoning_tokens"] = 20.into();
    };
    bench
        .server
        .reply(Reply::chat(GOOD).model("one-2026").tokens(1_000, 100).cost("0.00123").change(details));
    bench.gateway.ask(call()).await.unwrap();
    insta::assert_json_snapshot!(bench.purse.rows()[0]);
}

#[tokio::test]
async fn savings_are_measured_against_the_reference_model() {
    let bench = Bench::new().await;
    bench.server.reply(Reply::chat(GOOD).tokens(1_000, 100)).reply(Reply::chat(GOOD).tokens(1_000, 100));
    bench.server.reply(Reply::chat(GOOD).tokens(1_000, 100));
    bench.gateway.ask(call()).await.unwrap();
    let with = |model: &str| {
        let mut call = call();
        call.payer.reference_model = Some(model.to_owned());
        call
    };
    bench.gateway.ask(with("one")).await.unwrap();
    bench.gateway.ask(with("nobody knows its price")).await.unwrap();
    let rows = bench.purse.rows();
    let measured: Vec<_> =
        rows.iter().map(|row| (row.reference_model.as_deref(), row.reference_cost)).collect();
    assert_eq!(
        measured,
        [(Some("dear"), Some(micro(3_000))), (Some("one"), Some(micro(1_500))), (None, None)]
    );
}

#[tokio::test]
async fn a_cost_is_read_to_its_last_digit() {
    let bench = Bench::new().await;
    let body = |cost: &str| {
        let text = serde_json::to_string(GOOD).unwrap();
        format!(
            r#"{{"choices":[{{"message":{{"content":{text}}}}}],"usage":{{"prompt_tokens":1,"completion_tokens":1,"cost":{cost}}}}}"#
        )
    };
    for (cost, expected) in
        [("0.00423", 4_230), ("4.23e-3", 4_230), ("0.0000001", 1), ("0.1000000000000000055", 100_001)]
    {
        bench.server.reply(Reply::raw(body(cost)));
        let answer = bench.gateway.ask(call()).await.unwrap();
        assert_eq!(answer.cost(), micro(expected), "{cost}");
    }
}

#[tokio::test]
async fn nothing_is_free_where_the_price_is_unknown_or_zero() {
    let mut settings = settings();
    settings.prices.clear();
    let bench = Bench::with(settings).await;
    for reply in [
        Reply::chat(GOOD).tokens(1_000, 100).without_cost(),
        Reply::chat(GOOD).tokens(1_000, 100).cost("0"),
        Reply::chat(GOOD).without_usage(),
        Reply::chat(GOOD).tokens(0, 0).cost("0"),
        Reply::chat(GOOD).change(|body| body["usage"] = serde_json::Value::Null),
    ] {
        bench.server.reply(reply);
        bench.gateway.ask(call()).await.unwrap();
    }
    let rows = bench.purse.rows();
    let bases: Vec<_> = rows.iter().map(|row| row.basis).collect();
    use Basis::{Estimated, WorstCase};
    assert_eq!(bases, [Estimated, Estimated, WorstCase, WorstCase, WorstCase]);
    assert_eq!(rows[0].cost, micro(1_500), "the floor is $1 and $5 a million");
    assert!(rows.iter().all(|row| row.cost > MicroUsd::ZERO && row.reserved >= micro(1_000)));
}

#[tokio::test]
async fn a_call_that_could_pass_a_limit_is_not_sent() {
    for (limits, named) in [
        (Limits { carousel: Some(micro(1_000)), ..Limits::default() }, "budget of this carousel"),
        (Limits { day: Some(micro(1_000)), ..Limits::default() }, "budget of the day"),
        (Limits { month: Some(micro(1_000)), ..Limits::default() }, "budget of the month"),
    ] {
        let bench = Bench::limited(settings(), limits).await;
        let failed = bench.gateway.ask(call()).await.unwrap_err();
        let Reason::OverBudget(over) = &failed.reason else { panic!("{failed}") };
        assert_eq!((over.limit.as_str(), over.left), (named, micro(1_000)));
        assert!(bench.server.asked().is_empty());
        assert_eq!((bench.purse.rows().len(), bench.purse.open()), (0, 0));
    }
    let limits = Limits { day: Some(micro(1_000)), ..Limits::default() };
    let failed = Bench::limited(settings(), limits).await.gateway.ask(call()).await.unwrap_err();
    insta::assert_snapshot!(failed, @"This call may cost up to $0.001320, and of the budget of the day of $0.001000 only $0.001000 is left; the workspace's owner can raise it, or a cheaper tier or the offline writer can do the work.");
}

#[tokio::test]
async fn a_retry_is_reserved_for_itself() {
    let limits = Limits { day: Some(micro(2_000)), ..Limits::default() };
    let bench = Bench::limited(settings(), limits).await;
    bench.server.rule(|_| Some(Reply::error(504, "timeout")));
    let failed = bench.gateway.ask(call()).await.unwrap_err();
    assert!(matches!(failed.reason, Reason::OverBudget(_)), "{failed}");
    assert_eq!((failed.attempts.len(), bench.server.asked().len()), (1, 1));
    assert!(bench.purse.spent() <= micro(2_000));
}

/// Sixty-four calls against one budget, by a server that is slow, fails, stalls, breaks off, and says too little.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sixty_four_calls_cannot_pass_a_limit_between_them() {
    for limit in [20_000, 60_000] {
        let mut settings = settings();
        settings.timeouts.text = Duration::from_millis(900);
        settings.in_flight.per_workspace = 64;
        settings.in_flight.per_key = 64;
        settings.rate.burst = 1_000;
        let bench =
            Bench::limited(settings, Limits { carousel: Some(micro(limit)), ..Limits::default() }).await;
        let count = AtomicU32::new(0);
        bench.server.rule(move |_| {
            let n = count.fetch_add(1, Ordering::SeqCst);
            let slow = Duration::from_millis(u64::from(n % 13) * 7);
            Some(match n % 10 {
                0 => Reply::error(500, "server").latency(slow),
                1 => Reply::error(429, "rate_limit_exceeded").retry_after(0),
                2 => Reply::chat(GOOD).without_cost().tokens(40, 200).latency(slow),
                3 => Reply::chat(GOOD).without_usage().latency(slow),
                4 => Reply::chat(GOOD).cost("0").tokens(40, 200),
                5 => Reply::chat(GOOD).cut_after(50),
                6 => Reply::chat(GOOD).stall_after(10),
                7 => Reply::chat("No.").cost("0.0011").latency(slow),
                8 => Reply::error(504, "timeout"),
                _ => Reply::chat(GOOD).cost("0.001").latency(slow),
            })
        });
        let results = join_all((0..64).map(|_| bench.gateway.ask(call()))).await;
        bench.gateway.settled().await;
        let rows = bench.purse.rows();
        assert!(bench.purse.spent() <= micro(limit), "{} of {limit}", bench.purse.spent());
        assert_eq!(bench.purse.open(), 0, "nothing stays reserved");
        assert_eq!(rows.len(), bench.server.asked().len(), "a row for every request");
        let refused = |failed: &llm::Failed| matches!(failed.reason, Reason::OverBudget(_));
        assert!(results.iter().any(|result| result.as_ref().is_err_and(refused)), "the limit was reached");
        assert!(results.iter().any(Result::is_ok));
        let told: usize = results
            .iter()
            .map(|result| result.as_ref().map_or_else(|f| f.attempts.len(), |a| a.attempts.len()))
            .sum();
        assert_eq!(told, rows.len());
    }
}

#[tokio::test]
async fn a_days_budget_is_free_again_on_the_next_day() {
    let purse = MemoryPurse::new(Limits { day: Some(micro(1_000)), ..Limits::default() });
    let claim = |n: u128, at| Claim {
        attempt: uuid::Uuid::from_u128(n),
        call: uuid::Uuid::nil(),
        payer: crate::bench::payer(),
        purpose: llm::Purpose::Copy,
        tier: None,
        model: "one".to_owned(),
        worst: micro(600),
        at,
    };
    let today = time::macros::datetime!(2026-11-22 23:59:59 UTC);
    let tomorrow = time::macros::datetime!(2026-11-23 00:00:00 UTC);
    purse.reserve(&claim(1, today)).await.unwrap();
    assert!(purse.reserve(&claim(2, today)).await.is_err());
    purse.reserve(&claim(3, tomorrow)).await.unwrap();
    purse.release(&claim(1, today)).await.unwrap();
    purse.release(&claim(1, today)).await.unwrap();
    purse.reserve(&claim(4, today)).await.unwrap();
    assert!(purse.reserve(&claim(5, today)).await.is_err());
}

/// Accounts that answer only sometimes.
struct Flaky {
    inner: MemoryPurse,
    /// Settlements that still fail.
    failures: AtomicU32,
    refuses: bool,
}

impl Purse for Flaky {
    fn reserve<'a>(&'a self, claim: &'a Claim) -> BoxFuture<'a, Result<(), Refusal>> {
        if self.refuses {
            return async { Err(PurseBroken("the disk is full".to_owned()).into()) }.boxed();
        }
        self.inner.reserve(claim)
    }

    fn settle<'a>(&'a self, row: &'a LedgerRow, heard: Heard<'a>) -> BoxFuture<'a, Result<(), PurseBroken>> {
        let fails = self
            .failures
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1))
            .is_ok();
        if fails {
            return async { Err(PurseBroken("busy".to_owned())) }.boxed();
        }
        self.inner.settle(row, heard)
    }

    fn release<'a>(&'a self, claim: &'a Claim) -> BoxFuture<'a, Result<(), PurseBroken>> {
        self.inner.release(claim)
    }
}

#[tokio::test]
async fn nothing_is_spent_while_the_accounts_cannot_be_written() {
    let purse = Arc::new(Flaky { inner: MemoryPurse::default(), failures: AtomicU32::new(0), refuses: true });
    let bench = Bench::paying(purse).await;
    let failed = bench.gateway.ask(call()).await.unwrap_err();
    assert!(matches!(failed.reason, Reason::Purse(_)), "{failed}");
    assert!(bench.server.asked().is_empty());
}

#[tokio::test]
async fn a_settlement_that_failed_is_tried_again_and_else_stays_reserved() {
    for (failures, rows, open) in [(3, 1, 0), (4, 0, 1)] {
        let purse = Arc::new(Flaky {
            inner: MemoryPurse::default(),
            failures: AtomicU32::new(failures),
            refuses: false,
        });
        let bench = Bench::paying(purse.clone()).await;
        bench.server.reply(Reply::chat(GOOD));
        bench.gateway.ask(call()).await.unwrap();
        assert_eq!((purse.inner.rows().len(), purse.inner.open()), (rows, open));
    }
}

#[tokio::test]
async fn a_search_of_the_web_is_reserved_too() {
    let bench = Bench::new().await;
    bench.server.reply(Reply::chat(GOOD)).reply(Reply::chat(GOOD).without_cost());
    bench.gateway.ask(call()).await.unwrap();
    bench.gateway.ask(Call { web_search: Some(5), ..call() }).await.unwrap();
    let rows = bench.purse.rows();
    assert_eq!(
        rows[1].reserved.0 - rows[0].reserved.0,
        20_000 + 5 * 2_000,
        "its price, and what it adds to the prompt"
    );
    assert!(rows[1].cost > micro(20_000));
    assert_eq!(rows[1].outcome, Outcome::Answered);
}
