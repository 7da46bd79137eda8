//! A gateway at a scripted server, with a purse in memory, a clock that stands still and nothing random.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use domain::{CarouselId, MicroUsd, WorkspaceId};
use llm::{
    Call, Connection, Gateway, Limits, MemoryPurse, Message, Outcome, Payer, Price, Purpose, Purse, Routing,
    Schema, Settings, Surroundings, Tier,
};
use model_server::ModelServer;
use serde_json::{Value, json};
use time::macros::datetime;
use uuid::Uuid;

pub(crate) const KEY: &str = "sk-or-v1-secret-of-the-test";
/// The price of every model here unless a test says otherwise: $1 and $5 a million tokens.
pub(crate) const GOOD: &str = r#"{"title":"A good one"}"#;

pub(crate) struct Bench {
    pub(crate) server: ModelServer,
    pub(crate) purse: Arc<MemoryPurse>,
    pub(crate) gateway: Gateway,
    /// Seconds that the gateway's clock stands at.
    pub(crate) clock: Arc<AtomicU64>,
}

/// The standard tier asks `one`, then `two`; attempts follow each other at once.
pub(crate) fn settings() -> Settings {
    let mut routing = Routing::single("one");
    routing.standard.models = vec!["one".to_owned(), "two".to_owned()];
    routing.complex.models = vec!["dear".to_owned()];
    let mut settings = Settings::new(routing);
    for model in ["one", "two"] {
        settings.prices.insert(model.to_owned(), Price::per_million(1, 5));
    }
    settings.prices.insert("dear".to_owned(), Price::per_million(2, 10));
    settings
}

impl Bench {
    pub(crate) async fn new() -> Self {
        Self::with(settings()).await
    }

    pub(crate) async fn with(settings: Settings) -> Self {
        Self::limited(settings, Limits::default()).await
    }

    pub(crate) async fn limited(settings: Settings, limits: Limits) -> Self {
        let purse = Arc::new(MemoryPurse::new(limits));
        let server = ModelServer::start().await;
        let connection = Connection::openrouter_at(&server.address(), KEY.into()).unwrap();
        Self::of(server, connection, settings, purse.clone(), purse)
    }

    /// Any server of which nothing is assumed, without a key.
    pub(crate) async fn plain(settings: Settings) -> Self {
        let purse = Arc::new(MemoryPurse::default());
        let server = ModelServer::start().await;
        let connection = Connection::compatible(&server.address(), None).unwrap();
        Self::of(server, connection, settings, purse.clone(), purse)
    }

    pub(crate) async fn paying(paid_by: Arc<dyn Purse>) -> Self {
        let server = ModelServer::start().await;
        let connection = Connection::openrouter_at(&server.address(), KEY.into()).unwrap();
        Self::of(server, connection, settings(), Arc::new(MemoryPurse::default()), paid_by)
    }

    fn of(
        server: ModelServer,
        connection: Connection,
        settings: Settings,
        purse: Arc<MemoryPurse>,
        paid_by: Arc<dyn Purse>,
    ) -> Self {
        let clock = Arc::new(AtomicU64::new(1_000));
        let gateway = Gateway::new(connection, settings, paid_by, surroundings(&clock)).unwrap();
        Self { server, purse, gateway, clock }
    }

    pub(crate) fn seconds_pass(&self, seconds: u64) {
        self.clock.fetch_add(seconds, Ordering::SeqCst);
    }

    pub(crate) fn outcomes(&self) -> Vec<Outcome> {
        self.purse.rows().iter().map(|row| row.outcome).collect()
    }

    /// The models that were asked, in their order.
    pub(crate) fn models_asked(&self) -> Vec<String> {
        self.server.asked().iter().map(|asked| asked.model().to_owned()).collect()
    }
}

fn surroundings(clock: &Arc<AtomicU64>) -> Surroundings {
    let (clock, ids) = (clock.clone(), AtomicU64::new(0));
    Surroundings {
        clock: Arc::new(|| datetime!(2026-11-22 10:00:00 UTC)),
        elapsed: Arc::new(move || Duration::from_secs(clock.load(Ordering::SeqCst))),
        ids: Arc::new(move || Uuid::from_u128(ids.fetch_add(1, Ordering::SeqCst).into())),
        jitter: Arc::new(|| 0.0),
    }
}

pub(crate) fn payer() -> Payer {
    Payer::new(WorkspaceId(Uuid::from_u128(1)), Some(CarouselId(Uuid::from_u128(2))))
}

pub(crate) fn title_schema() -> Schema {
    let schema = json!({"type": "object", "additionalProperties": false, "required": ["title"],
        "properties": {"title": {"type": "string", "maxLength": 20}, "note": {"type": "string"}}});
    Schema::new("headline", schema).unwrap()
}

/// A call of the standard tier that wants a title.
pub(crate) fn call() -> Call {
    let messages = vec![Message::system("You write titles.").stable(), Message::user("A title on bread.")];
    Call::new(Purpose::Copy, Tier::Standard, payer(), messages, 200).schema(title_schema())
}

pub(crate) fn good() -> Value {
    json!({"title": "A good one"})
}

pub(crate) const fn micro(amount: i64) -> MicroUsd {
    MicroUsd(amount)
}
