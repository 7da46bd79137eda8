//! A model writer at a scripted server, with a purse in memory, and a carousel that it writes.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use domain::{CarouselId, Content, Language, Source, SourceKind, Stage, Strategy, WorkspaceId};
use llm::{Connection, Gateway, Limits, MemoryPurse, Price, Routing, Settings, Surroundings};
use model_server::{Asked, ModelServer, Reply};
use serde_json::Value;
use time::macros::datetime;
use uuid::Uuid;
use writer::{Draft, ModelWriter, StageBrief, WriteError, Writer, read_article};

use crate::common::{approve, theme};

pub(crate) struct Bench {
    pub(crate) server: ModelServer,
    pub(crate) purse: Arc<MemoryPurse>,
    pub(crate) writer: ModelWriter,
}

impl Bench {
    /// At OpenRouter, as far as the server speaks it.
    pub(crate) async fn new() -> Self {
        Self::limited(Limits::default()).await
    }

    pub(crate) async fn limited(limits: Limits) -> Self {
        let server = ModelServer::start().await;
        let key = "sk-or-v1-secret-of-the-test".into();
        let connection = Connection::openrouter_at(&server.address(), key).unwrap();
        Self::at(server, connection, limits)
    }

    /// At a server of which nothing is assumed.
    pub(crate) async fn plain() -> Self {
        let server = ModelServer::start().await;
        let connection = Connection::compatible(&server.address(), None).unwrap();
        Self::at(server, connection, Limits::default())
    }

    fn at(server: ModelServer, connection: Connection, limits: Limits) -> Self {
        let mut routing = Routing::single("one");
        (routing.simple.models, routing.complex.models) = (vec!["small".into()], vec!["large".into()]);
        let mut settings = Settings::new(routing);
        for model in ["small", "one", "large"] {
            settings.prices.insert(model.into(), Price::per_million(1, 5));
        }
        let purse = Arc::new(MemoryPurse::new(limits));
        let gateway = Gateway::new(connection, settings, purse.clone(), surroundings()).unwrap();
        Self { server, purse, writer: ModelWriter::new(gateway) }
    }

    pub(crate) async fn write(&self, brief: &StageBrief, strategy: Strategy) -> Result<Draft, WriteError> {
        self.writer.write(brief, strategy).await
    }

    /// Each question's system message, material and task.
    pub(crate) fn prompts(&self) -> Vec<[String; 3]> {
        self.server.asked().iter().map(|asked| [0, 1, 3].map(|n| message(asked, n))).collect()
    }
}

fn surroundings() -> Surroundings {
    let ids = AtomicU64::new(1);
    Surroundings {
        clock: Arc::new(|| datetime!(2026-11-22 10:00:00 UTC)),
        elapsed: Arc::new(|| Duration::from_secs(1)),
        ids: Arc::new(move || Uuid::from_u128(ids.fetch_add(1, Ordering::SeqCst).into())),
        jitter: Arc::new(|| 0.0),
    }
}

/// The text of a message, whether it was sent as text or in parts.
pub(crate) fn message(asked: &Asked, n: usize) -> String {
    let content = &asked.body["messages"][n]["content"];
    content.as_str().or_else(|| content[0]["text"].as_str()).unwrap().to_owned()
}

/// The answer to each stage, as a good model gives it.
pub(crate) fn answer(stage: Stage) -> String {
    let path = format!("{}/tests/model/answers/{}.json", env!("CARGO_MANIFEST_DIR"), stage.name());
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The same, changed.
pub(crate) fn changed(stage: Stage, change: impl FnOnce(&mut Value)) -> Reply {
    let mut value = serde_json::from_str(&answer(stage)).unwrap();
    change(&mut value);
    Reply::chat(value.to_string())
}

pub(crate) const ARTICLE: &str = "# Why bread keeps longer with sourdough

Bread from sourdough stays fresh for five days. Bread from yeast alone is stale after two.

## What the acid does

Lactic acid slows the starch down as it turns back into crystals. In a trial of the bakers' school in \
Weinheim in 2023, loaves lost 31 % of their softness in three days, and loaves from yeast lost 58 %.

- Feed the starter twice before you bake.
- Let the dough rest for sixteen hours in the cold.
- Bake it until the crust is dark.

> Time is an ingredient that costs nothing.
";

/// A brief on an article, of a workspace of its own.
pub(crate) fn brief() -> StageBrief {
    let source = Source { kind: SourceKind::Markdown, text: ARTICLE.into(), url: None, name: None };
    let mut brief = StageBrief::new(Some(read_article(&source).unwrap()), Language::ENGLISH);
    brief.workspace = WorkspaceId(Uuid::from_u128(0xa));
    brief.carousel = CarouselId(Uuid::from_u128(0xb));
    brief.source_name = Some("bread.md".into());
    brief.topic = Some("Sourdough".into());
    brief.slides = 5.try_into().unwrap();
    brief.themes = ["modern_minimal", "bold_vibrant", "tech_professional"].map(theme).to_vec();
    brief.profile.name = "Ada's Bakery".into();
    brief.profile.personality = vec!["warm".into(), "exact".into()];
    brief.profile.audience = "people who bake at home on weekends".into();
    brief.profile.words_to_avoid = vec!["artisanal".into()];
    brief
}

/// The brief of a stage, with all stages before it approved.
pub(crate) fn brief_at(stage: Stage) -> StageBrief {
    let mut brief = brief();
    for earlier in Stage::ALL.iter().take_while(|earlier| **earlier < stage) {
        approve(&mut brief, approved(*earlier));
    }
    brief
}

fn approved(stage: Stage) -> Content {
    let path = format!("{}/tests/model/approved/{}.json", env!("CARGO_MANIFEST_DIR"), stage.name());
    let text = std::fs::read_to_string(&path).unwrap_or_else(|_| answer(stage));
    Content::from_json(stage, serde_json::from_str(&text).unwrap()).unwrap()
}
