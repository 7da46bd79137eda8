//! The model writer against a model server that nobody here wrote: `./test --real-llm` starts it.
//!
//! The model has 135 million parameters and writes badly, so nothing here judges what it says: only that the
//! schemas are ones that a server's grammar takes, that what comes of them is valid, and that it is paid for.

#![allow(clippy::unwrap_used, clippy::panic, reason = "what a helper can't do fails its test")]

mod common;

use std::sync::Arc;
use std::time::Duration;

use domain::{Language, Mode, Source, SourceKind, Stage};
use llm::{Connection, Gateway, Limits, MemoryPurse, Payer, Routing, Settings, Structured, Surroundings};
use writer::{ModelWriter, StageBrief, WriteError, Writer, read_article};

use common::{approve, theme};

const KEY: &str = "sk-local-test";
const MODEL: &str = "smollm2-135m-instruct";
/// Short, as the model's memory is.
const TEXT: &str = "Sourdough keeps bread fresh for five days. Bread from yeast alone is stale after two. \
    The acid slows the starch down. The dough rests for sixteen hours in the cold.";

#[expect(clippy::disallowed_methods, reason = "this is where the test is told of its server")]
fn address() -> String {
    std::env::var("SLIDEWRIGHT_TEST_MODEL").expect("run ./test --real-llm, which starts the server")
}

async fn gateway(brief: &StageBrief, purse: &Arc<MemoryPurse>) -> Gateway {
    let connection = Connection::compatible(&address(), Some(KEY.into())).unwrap();
    let mut settings = Settings::new(Routing::single(MODEL));
    settings.timeouts.text = Duration::from_secs(600);
    settings.in_flight.per_workspace = 2;
    let gateway = Gateway::new(connection, settings, purse.clone(), Surroundings::real()).unwrap();
    let found = gateway.probe(Payer::new(brief.workspace, None)).await.unwrap();
    assert_eq!(found.capabilities.structured, Structured::Strict);
    gateway
}

fn brief() -> StageBrief {
    let source = Source { kind: SourceKind::Plain, text: TEXT.into(), url: None, name: None };
    let mut brief = StageBrief::new(Some(read_article(&source).unwrap()), Language::ENGLISH);
    brief.topic = Some("Sourdough".into());
    brief.slides = 2.try_into().unwrap();
    brief.mode = Mode::Fast;
    brief.themes = vec![theme("modern_minimal"), theme("bold_vibrant")];
    brief
}

/// A small model may fail a stage's rules three times; it must not be the schema's or the prompt's fault.
#[tokio::test]
async fn every_stage_is_written_by_a_server_that_keeps_schemas() {
    let purse = Arc::new(MemoryPurse::new(Limits::default()));
    let mut brief = brief();
    let writer = ModelWriter::new(gateway(&brief, &purse).await).with_patience(Duration::from_secs(900));
    for stage in Stage::ALL {
        let mut written = None;
        for strategy in stage.strategies().iter().take(3) {
            match writer.write(&brief, *strategy).await {
                Ok(draft) => written = Some(draft),
                Err(WriteError::Model(trouble)) => {
                    assert!(
                        matches!(trouble.reason, llm::Reason::InvalidAnswer { .. }),
                        "{stage}: {}",
                        trouble.reason
                    );
                    println!("{stage}, {strategy}: {}", trouble.reason);
                    continue;
                }
                Err(other) => panic!("{stage}: {other}"),
            }
            break;
        }
        let draft = written.unwrap_or_else(|| panic!("{stage}: no variant became a valid one"));
        assert_eq!(draft.content.problems(2), vec![]);
        println!("{stage}: {}", draft.content.to_json());
        approve(&mut brief, draft.content);
    }
    assert_eq!(purse.open(), 0, "nothing stays reserved");
    assert!(purse.rows().len() >= Stage::ALL.len(), "every attempt has its row");
}
