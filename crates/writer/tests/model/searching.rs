//! Research of a topic alone searches the web where the connection can, and keeps what it cites.

use domain::content::FactSource;
use domain::{Content, Mode, Strategy};
use model_server::Reply;
use serde_json::{Value, json};

use crate::bench::{Bench, answer, brief};
use domain::Stage;

fn cited() -> Reply {
    let facts = json!({"angle": "Sourdough is the oldest way to bake bread that lasts.",
        "facts": [
            {"claim": "Sourdough bread was found in a grave of 3,500 BC.", "source": "https://example.org/grave", "date": null},
            {"claim": "Acid slows the staling of bread.", "source": "Arendt and others, Impact of sourdough on the texture of bread, 2007", "date": "2007"}],
        "questions": [], "visual_ideas": []});
    let annotations = json!([{"type": "url_citation", "url_citation": {"url": "https://example.org/grave",
        "title": "A grave in Switzerland", "content": "…"}}]);
    Reply::chat(facts.to_string())
        .change(move |body| body["choices"][0]["message"]["annotations"] = annotations)
}

fn topic_alone() -> writer::StageBrief {
    writer::StageBrief { article: None, source_name: None, ..brief() }
}

#[tokio::test]
async fn cited_pages_become_sources_that_are_still_to_be_confirmed() {
    let bench = Bench::new().await;
    bench.server.reply(cited());
    let draft = bench.write(&topic_alone(), Strategy::Comprehensive).await.unwrap();
    assert_eq!(bench.server.asked()[0].body["plugins"][1], json!({"id": "web", "max_results": 5}));
    assert!(bench.prompts()[0][0].contains("Search the web"));
    let Content::Research(research) = draft.content else { panic!() };
    let FactSource::Url { url, title } = &research.facts[0].source else { panic!() };
    assert_eq!(
        (url.as_str(), title.as_deref()),
        ("https://example.org/grave", Some("A grave in Switzerland"))
    );
    assert!(matches!(&research.facts[1].source, FactSource::Sentence { .. }));
    assert!(research.facts.iter().all(|fact| fact.unconfirmed));
    assert_eq!(
        research.sources,
        [
            "A grave in Switzerland (https://example.org/grave)",
            "Arendt and others, Impact of sourdough on the texture of bread, 2007"
        ]
    );
}

#[tokio::test]
async fn how_much_is_searched_depends_on_the_mode() {
    for (mode, results) in [(Mode::Fast, 3), (Mode::Thorough, 10)] {
        let bench = Bench::new().await;
        bench.server.reply(cited());
        bench.write(&writer::StageBrief { mode, ..topic_alone() }, Strategy::Focused).await.unwrap();
        assert_eq!(bench.server.asked()[0].body["plugins"][1]["max_results"], json!(results));
    }
}

#[tokio::test]
async fn nobody_searches_where_there_is_a_text_or_no_search() {
    let with_text = Bench::new().await;
    with_text.server.reply(Reply::chat(answer(Stage::Research)));
    with_text.write(&brief(), Strategy::Focused).await.unwrap();
    let without_search = Bench::plain().await;
    without_search.server.reply(cited());
    without_search.write(&topic_alone(), Strategy::Focused).await.unwrap();
    for bench in [&with_text, &without_search] {
        let plugins = bench.server.asked()[0].body["plugins"].as_array().cloned().unwrap_or_default();
        assert!(plugins.iter().all(|plugin: &Value| plugin["id"] != "web"));
        assert!(!bench.prompts()[0][0].contains("Search the web"));
    }
}
