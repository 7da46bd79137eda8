//! Attempts of models that are put into the ledger as the studio's purse puts them there.

use std::path::Path;

use domain::{MicroUsd, WorkspaceId};
use store::money::answers::{self, RawAnswer};
use store::money::{Entry, Period, settle};
use time::OffsetDateTime;
use uuid::Uuid;

/// The attempt of this number, which is a call of its own.
pub(crate) fn entry(n: u128, at: OffsetDateTime, cost: i64) -> Entry {
    let day = at.date().to_string();
    Entry {
        attempt: Uuid::from_u128(0xa000 + n),
        call: Uuid::from_u128(0xc000 + n),
        carousel: None,
        at,
        period: Period { month: day[..7].to_owned(), day },
        purpose: "copy".into(),
        mode: Some("balanced".into()),
        tier: Some("standard".into()),
        connection: "openrouter".into(),
        model_asked: "maker/model-5".into(),
        model_used: Some("maker/model-5-2026-10".into()),
        provider: None,
        tokens_in: 1_200,
        tokens_out: 200,
        tokens_cached: 600,
        tokens_cache_written: 0,
        tokens_reasoning: 0,
        cost: MicroUsd(cost),
        basis: "reported".into(),
        reserved: MicroUsd(cost),
        reference_cost: Some(MicroUsd(cost * 3)),
        reference_model: Some("maker/large".into()),
        latency_ms: 1_234,
        outcome: "answered".into(),
        status: Some(200),
        generation_id: None,
    }
}

/// Puts them into the ledger of a workspace, each with what the model said.
pub(crate) async fn spend(folder: &Path, workspace: WorkspaceId, entries: &[Entry], said: &str) {
    let store = store::Store::open_folder(folder).await.expect("the same data");
    for entry in entries {
        let mut tx = store.write_durable(workspace).await.expect("a transaction");
        assert!(settle(&mut tx, entry).await.expect("a row"), "each attempt is settled once");
        let raw = Some(said.to_owned());
        let answer = RawAnswer { attempt: entry.attempt, carousel: None, raw, problem: None, at: entry.at };
        answers::keep(&mut tx, &answer).await.expect("an answer");
        tx.commit().await.expect("the row is kept");
    }
    store.close().await;
}
