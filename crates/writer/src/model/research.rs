//! Research as a model answers it: each fact with the words of its source, which are looked up in the article.

use domain::content::{Fact, FactId, FactSource, Research};
use llm::Citation;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::forms::filled;
use super::material::whole_text_of;
use crate::brief::StageBrief;

/// What is known of the subject.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ResearchAnswer {
    /// The one thing the carousel is about, in a sentence.
    #[schemars(length(min = 1, max = 400))]
    angle: String,
    #[schemars(length(min = 1, max = 40))]
    facts: Vec<FactAnswer>,
    /// What the audience would ask.
    #[schemars(length(max = 10))]
    questions: Vec<String>,
    /// What could be shown rather than told.
    #[schemars(length(max = 12))]
    visual_ideas: Vec<String>,
}

/// One statement that a slide may make.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct FactAnswer {
    /// The statement, a whole sentence, with its figures and units.
    #[schemars(length(min = 1, max = 600))]
    claim: String,
    /// Where it is from: the sentence of the source text word for word, an address, or the work.
    #[schemars(length(min = 1))]
    source: String,
    /// When it was so, as the source says it.
    date: Option<String>,
}

impl ResearchAnswer {
    /// The answer that had led to this research.
    pub(super) fn of(research: &Research) -> Self {
        let facts = research.facts.iter().map(|fact| {
            let (FactSource::Sentence { text } | FactSource::Url { url: text, .. }) = &fact.source;
            FactAnswer { claim: fact.claim.clone(), source: text.clone(), date: fact.date.clone() }
        });
        Self {
            angle: research.angle.clone(),
            facts: facts.collect(),
            questions: research.questions.clone(),
            visual_ideas: research.visual_ideas.clone(),
        }
    }
}

pub(super) fn read(
    answer: ResearchAnswer,
    brief: &StageBrief,
    citations: &[Citation],
    notes: &mut Vec<String>,
) -> Research {
    let article = brief.article.as_ref().map(|article| letters(&whole_text_of(article)));
    let mut facts = Vec::new();
    for fact in answer.facts {
        let claim = fact.claim.trim().to_owned();
        let source = source(fact.source.trim(), brief, article.as_deref(), citations);
        if article.is_some() && matches!(source, Found::Not(_)) {
            notes.push(format!("source not confirmed: “{claim}”"));
        }
        let (Found::There(source) | Found::Not(source)) = source;
        let id = FactId(format!("f{}", facts.len() + 1));
        facts.push(Fact { id, claim, source, date: filled(fact.date) });
    }
    let lines = |lines: Vec<String>| lines.into_iter().filter_map(|line| filled(Some(line))).collect();
    Research {
        angle: answer.angle.trim().to_owned(),
        sources: sources(brief, &facts, citations),
        facts,
        questions: lines(answer.questions),
        visual_ideas: lines(answer.visual_ideas),
    }
}

/// A source, and whether its words stand in the article.
enum Found {
    There(FactSource),
    Not(FactSource),
}

fn source(given: &str, brief: &StageBrief, article: Option<&str>, citations: &[Citation]) -> Found {
    if ["https://", "http://"].iter().any(|scheme| given.starts_with(scheme))
        && !given.contains(char::is_whitespace)
    {
        let cited = citations.iter().find(|citation| citation.url == given);
        let title = cited.and_then(|citation| citation.title.clone());
        return Found::Not(FactSource::Url { url: given.to_owned(), title });
    }
    let quoted = letters(given);
    if !article.is_some_and(|article| !quoted.is_empty() && article.contains(&quoted)) {
        return Found::Not(FactSource::Sentence { text: given.to_owned() });
    }
    Found::There(match &brief.source_url {
        Some(url) => {
            let title = brief.article.as_ref().and_then(|article| article.title.clone());
            FactSource::Url { url: url.clone(), title }
        }
        None => FactSource::Sentence { text: given.to_owned() },
    })
}

/// Letters and digits alone, in small letters: quotation marks, dashes and breaks of lines don't count.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The sources as a person would cite them.
fn sources(brief: &StageBrief, facts: &[Fact], citations: &[Citation]) -> Vec<String> {
    let mut sources: Vec<String> = Vec::new();
    if let Some(article) = &brief.article {
        let place = brief.source_url.clone().or_else(|| brief.source_name.clone());
        sources.push(match (article.title.clone(), place) {
            (Some(title), Some(place)) => format!("{title} ({place})"),
            (Some(one), None) | (None, Some(one)) => one,
            (None, None) => brief.topic.clone().unwrap_or_default(),
        });
    }
    sources.extend(citations.iter().map(|citation| match &citation.title {
        Some(title) => format!("{title} ({})", citation.url),
        None => citation.url.clone(),
    }));
    for fact in facts {
        match &fact.source {
            FactSource::Sentence { text } if brief.article.is_none() => sources.push(text.clone()),
            FactSource::Url { url, .. } if !sources.iter().any(|one| one.contains(url.as_str())) => {
                sources.push(url.clone());
            }
            _ => {}
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    sources.retain(|one| !one.trim().is_empty() && seen.insert(one.clone()));
    sources
}
