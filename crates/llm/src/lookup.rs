//! Looks a call up afterwards: what a call that was cut off, timed out or cancelled really cost.

use std::time::Duration;

use domain::MicroUsd;
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;
use tokio_util::sync::CancellationToken;

use crate::error::Reason;
use crate::flow::stop::Stop;
use crate::gateway::Gateway;
use crate::money::Femto;
use crate::wire::failure::FailureKind;
use crate::wire::{count, text};

/// For one look.
const DEADLINE: Duration = Duration::from_secs(30);

/// A call as the router's own records have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub cost: Option<MicroUsd>,
    pub model: Option<String>,
    pub provider: Option<String>,
    pub tokens_in: u64,
    pub tokens_out: u64,
    /// The provider noticed that nobody waited any longer.
    pub cancelled: bool,
}

#[derive(Deserialize)]
struct Exact {
    data: ExactData,
}

#[derive(Deserialize)]
struct ExactData {
    total_cost: Option<Box<RawValue>>,
}

impl Gateway {
    /// Asks a router for the record of a call, by the `generation_id` of its row. The row stays as it is: a ledger
    /// is only added to, so what was estimated too high is another row of whoever keeps the accounts.
    ///
    /// `None` where there is no record, or not yet: it takes some seconds, so look again after 1, 3 and 10.
    ///
    /// # Errors
    /// Where the connection keeps no records, can't be reached, or does not accept the key.
    pub async fn look_up(&self, generation_id: &str) -> Result<Option<Found>, Reason> {
        if !self.core.known().capabilities.routes {
            return Err(Reason::Unsendable("this connection keeps no records of calls".to_owned()));
        }
        let id: String = url::form_urlencoded::byte_serialize(generation_id.as_bytes()).collect();
        let stop = Stop::new(DEADLINE, CancellationToken::new());
        match self.core.question(&format!("generation?id={id}"), &stop).await? {
            Ok(body) => Ok(read(&body)),
            Err(failure) if failure.kind == FailureKind::NoModel => Ok(None),
            Err(failure) => Err(Reason::of(&failure)),
        }
    }
}

fn read(body: &str) -> Option<Found> {
    let parsed: Value = serde_json::from_str(body.trim()).ok()?;
    let data = parsed.get("data").filter(|data| data.is_object())?;
    let exact = serde_json::from_str::<Exact>(body.trim()).ok().and_then(|exact| exact.data.total_cost);
    Some(Found {
        cost: exact.and_then(|cost| Femto::parse(cost.get())).and_then(Femto::to_micro),
        model: text(&data["model"]),
        provider: text(&data["provider_name"]),
        tokens_in: count(&data["native_tokens_prompt"]).unwrap_or_default(),
        tokens_out: count(&data["native_tokens_completion"]).unwrap_or_default(),
        cancelled: data["cancelled"].as_bool().unwrap_or(false),
    })
}
