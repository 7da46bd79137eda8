//! All that can be set about the gateway, each with the value that fits most.

use std::collections::BTreeMap;
use std::time::Duration;

use domain::MicroUsd;

use crate::money::{Femto, Price};
use crate::routing::Routing;

/// How long to wait between attempts, where the provider does not say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backoff {
    /// At most this after the first failure, twice as much after each further one.
    pub first: Duration,
    pub most: Duration,
}

impl Backoff {
    /// Full jitter: anything between nothing and the limit, by a number in 0..1.
    pub(crate) fn wait(&self, failures: u32, jitter: f64) -> Duration {
        let doubled = 2_u32.checked_pow(failures.saturating_sub(1)).unwrap_or(u32::MAX);
        self.first.saturating_mul(doubled).min(self.most).mul_f64(jitter.clamp(0.0, 1.0))
    }
}

/// What a router is told besides the call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preferences {
    /// Only providers that do not keep what they are sent.
    pub no_data_collection: bool,
    /// The router mends broken JSON before it sends it on.
    pub healing: bool,
}

/// Longest times of single attempts; the whole call has its own deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeouts {
    pub connect: Duration,
    /// A whole text, or all vectors of a batch.
    pub text: Duration,
    pub image: Duration,
    /// Between two pieces of a stream.
    pub stall: Duration,
    /// A list, or another question that costs nothing.
    pub list: Duration,
}

/// How many calls run and wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InFlight {
    pub per_key: usize,
    pub per_workspace: usize,
    /// More than these are refused at once.
    pub waiting: usize,
}

/// How many requests a key sends in a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateLimit {
    pub per_minute: u32,
    pub burst: u32,
}

/// When a failing model is left alone, and for how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resting {
    /// Failures in a row.
    pub failures: u32,
    pub rest: Duration,
    /// A key that was refused, or has no credits, is not tried again for so long.
    pub key: Duration,
}

/// What is taken as the price where a list says none, or nothing: nothing is ever reserved for free.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Floor {
    pub tokens: Price,
    /// For one image.
    pub image: MicroUsd,
}

/// How much one request for vectors may carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BatchLimits {
    /// Texts. Providers take 2,048; the answer would be tens of megabytes.
    pub texts: usize,
    /// Tokens of all texts together, as estimated.
    pub tokens: u64,
}

/// The gateway's settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    pub routing: Routing,
    pub preferences: Preferences,
    /// Requests for one call, over all models, repairs included.
    pub attempts: u32,
    pub backoff: Backoff,
    pub timeouts: Timeouts,
    pub in_flight: InFlight,
    pub rate: RateLimit,
    pub resting: Resting,
    pub floor: Floor,
    pub batch: BatchLimits,
    /// Prices that count before those of the list: for servers without one.
    pub prices: BTreeMap<String, Price>,
    /// Models whose output costs more for a token are not used.
    pub price_cap: Option<Femto>,
    /// Against whose price savings are measured; `None` takes the first model of the complex tier.
    pub reference_model: Option<String>,
}

impl Settings {
    #[must_use]
    pub fn new(routing: Routing) -> Self {
        let seconds = Duration::from_secs;
        Self {
            routing,
            preferences: Preferences { no_data_collection: true, healing: true },
            attempts: 3,
            backoff: Backoff { first: Duration::from_millis(500), most: seconds(20) },
            timeouts: Timeouts {
                connect: seconds(10),
                text: seconds(120),
                image: seconds(180),
                stall: seconds(45),
                list: seconds(20),
            },
            in_flight: InFlight { per_key: 32, per_workspace: 12, waiting: 512 },
            // Paid models have no cap of the platform's; this one keeps a fault of ours from looking like an attack.
            rate: RateLimit { per_minute: 3_000, burst: 100 },
            resting: Resting { failures: 5, rest: seconds(30), key: seconds(30) },
            floor: Floor {
                tokens: Price { web_search: Femto::from_micro(MicroUsd(20_000)), ..Price::per_million(1, 5) },
                image: MicroUsd(200_000),
            },
            batch: BatchLimits { texts: 256, tokens: 300_000 },
            prices: BTreeMap::new(),
            price_cap: None,
            reference_model: None,
        }
    }
}
