//! A studio whose model is the scripted one.

use std::path::Path;
use std::time::Duration;

use domain::{
    Carousel, CarouselId, Format, MicroUsd, Mode, SlideCount, Source, SourceKind, Stage, State, Variant,
    WriterChoice,
};
use llm::{Backoff, Connection, Gateway, Price, Routing, Settings};
use model_server::{Asked, ModelServer, Reply};
use store::Store;
use store::money::{Entry, ledger};
use studio::{Actor, Budgets, NewCarousel, Outcome, Studio, Surroundings};
use tempfile::TempDir;

use crate::script;

pub(crate) struct Bench {
    pub(crate) server: ModelServer,
    pub(crate) studio: Studio,
    pub(crate) actor: Actor,
    pub(crate) folder: TempDir,
}

impl Bench {
    pub(crate) async fn new() -> Self {
        let server = ModelServer::start().await;
        server.rule(|asked| Some(script::good(asked)));
        let folder = tempfile::tempdir().unwrap();
        let (studio, actor) = open(folder.path(), &server.address(), Surroundings::real()).await;
        Self { server, studio, actor, folder }
    }

    /// With answers of the test's own; where it has none, the good one is given.
    pub(crate) async fn answering(rule: impl Fn(&Asked) -> Option<Reply> + Send + Sync + 'static) -> Self {
        let bench = Self::new().await;
        bench.server.rule(move |asked| Some(rule(asked).unwrap_or_else(|| script::good(asked))));
        bench
    }

    pub(crate) async fn create(&self, mode: Mode, autopilot: bool) -> Carousel {
        self.studio.create_carousel(self.actor, request(mode, autopilot)).await.unwrap()
    }

    pub(crate) async fn work(&self, carousel: &Carousel) -> Carousel {
        let work = self.studio.work_on(self.actor, carousel.id, "bench", std::future::pending());
        match work.await.unwrap() {
            Outcome::Settled(carousel) => *carousel,
            Outcome::Stopped => panic!("nobody stopped it"),
        }
    }

    /// The carousel with all stages before this one approved, and this one written.
    pub(crate) async fn written_up_to(&self, mode: Mode, last: Stage) -> Carousel {
        let mut carousel = self.work(&self.create(mode, false).await).await;
        while carousel.progress.state.stage().unwrap() < last {
            let stage = carousel.progress.state.stage().unwrap();
            let best = self.variants(&carousel, stage).await[0].id;
            carousel = self.studio.approve(self.actor, carousel.id, best).await.unwrap();
            carousel = self.work(&carousel).await;
        }
        carousel
    }

    pub(crate) async fn variants(&self, carousel: &Carousel, stage: Stage) -> Vec<Variant> {
        self.studio.last_round(self.actor, carousel, stage).await.unwrap()
    }

    pub(crate) async fn limit(&self, carousel: Option<i64>, day: Option<i64>) {
        let (carousel, day) = (carousel.map(MicroUsd), day.map(MicroUsd));
        self.studio.set_budgets(self.actor, Budgets { carousel, day, ..Budgets::default() }).await.unwrap();
    }

    /// The tables, past the studio.
    pub(crate) async fn store(&self) -> Store {
        Store::open_folder(self.folder.path()).await.unwrap()
    }

    pub(crate) async fn ledger(&self, carousel: CarouselId) -> Vec<Entry> {
        let mut tx = self.store().await.read(self.actor.workspace).await.unwrap();
        ledger::of_carousel(&mut tx, carousel, None, 10_000).await.unwrap()
    }
}

pub(crate) async fn open(data: &Path, address: &str, surroundings: Surroundings) -> (Studio, Actor) {
    let studio = Studio::open(data, surroundings).await.unwrap();
    let actor = studio.owner().await.unwrap();
    let gateway = gateway(&studio, address);
    (studio.with_models(gateway), actor)
}

/// A gateway with a model for each tier at known prices, which does not wait long.
fn gateway(studio: &Studio, address: &str) -> Gateway {
    let connection = Connection::openrouter_at(address, "sk-or-v1-of-the-test".into()).unwrap();
    let mut routing = Routing::single("one");
    (routing.simple.models, routing.complex.models) = (vec!["small".into()], vec!["large".into()]);
    let mut settings = Settings::new(routing);
    for (model, dollars) in [("small", 1), ("one", 2), ("large", 4)] {
        settings.prices.insert(model.into(), Price::per_million(dollars, 5 * dollars));
    }
    settings.backoff = Backoff { first: Duration::from_millis(5), most: Duration::from_millis(20) };
    Gateway::new(connection, settings, studio.purse(), llm::Surroundings::real()).unwrap()
}

pub(crate) fn request(mode: Mode, autopilot: bool) -> NewCarousel {
    let source = Source {
        kind: SourceKind::Markdown,
        text: script::ARTICLE.into(),
        url: None,
        name: Some("bread.md".into()),
    };
    NewCarousel {
        topic: Some("Sourdough".into()),
        source: Some(source),
        slides: SlideCount::try_from(script::SLIDES).unwrap(),
        format: Format::Portrait,
        language: None,
        theme: None,
        mode,
        writer: WriterChoice::Auto,
        autopilot,
        profile: None,
    }
}

/// The reason of a failure, and whether the same may be tried again.
pub(crate) fn failure(carousel: &Carousel) -> (String, bool) {
    match &carousel.progress.state {
        State::Failed { reason, retryable, .. } => (reason.clone(), *retryable),
        other => panic!("it did not fail: {other:?}"),
    }
}
