//! Research as a model answers it: each fact with the words of its source, which are looked up in the article.

use std::collections::BTreeSet;

use domain::content::{Fact, FactId, FactSource, Research};
use llm::Citation;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::forms::filled;
use super::material::whole_text_of;
use crate::brief::StageBrief;
use crate::source::Article;

/// What is known of the subject.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ResearchAnswer {
    /// The one thing the carousel is about, in a sentence.
    #[schemars(length(min = 1, max = 300))]
    angle: String,
    facts: Vec<FactAnswer>,
    /// What the audience would ask.
    #[schemars(length(max = 6), inner(length(max = 150)))]
    questions: Vec<String>,
    /// What could be shown rather than told.
    #[schemars(length(max = 8), inner(length(max = 150)))]
    visual_ideas: Vec<String>,
}

/// One statement that a slide may make.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct FactAnswer {
    /// The statement, a whole sentence, with its figures and units.
    #[schemars(length(min = 1, max = 300))]
    claim: String,
    /// Where it is from: the sentence of the source text word for word, an address, or the work.
    #[schemars(length(min = 1, max = 600))]
    source: String,
    /// When it was so, as the source says it.
    #[schemars(length(max = 40))]
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
    let article = brief.article.as_ref().map(|article| Searched::of(article, brief));
    let mut facts = Vec::new();
    for fact in answer.facts {
        let claim = fact.claim.trim().to_owned();
        let given = fact.source.trim();
        let (source, is_there) = source(given, brief, article.as_ref(), citations);
        let strange = article.as_ref().and_then(|article| article.strange_figure(&claim));
        if let Some(figure) = &strange {
            notes.push(format!("source not confirmed, {figure} does not stand in the text: “{claim}”"));
        } else if article.is_some() && !is_there {
            notes.push(format!("source not confirmed: “{claim}”"));
        }
        let id = FactId(format!("f{}", facts.len() + 1));
        let unconfirmed = !is_there || strange.is_some();
        // A date that the text does not have is the model's.
        let said =
            |date: &String| article.as_ref().is_none_or(|article| article.strange_figure(date).is_none());
        facts.push(Fact { id, claim, source, date: filled(fact.date).filter(said), unconfirmed });
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

/// The article as it is looked through.
struct Searched<'a> {
    brief: &'a StageBrief,
    text: String,
    letters: String,
    /// The digits of every figure, where the article is in another language than the carousel.
    translated: Option<BTreeSet<String>>,
}

impl<'a> Searched<'a> {
    fn of(article: &Article, brief: &'a StageBrief) -> Self {
        let text = whole_text_of(article);
        let foreign = article.language.is_some_and(|language| language != brief.language);
        let digits = || figures(&text).map(|(_, digits)| digits).collect();
        Self { brief, letters: letters(&text), translated: foreign.then(digits), text }
    }

    /// A figure that stands nowhere in the article: compared by value and unit where both are in one
    /// language, else by its digits, since languages write numbers in their own ways.
    fn strange_figure(&self, claim: &str) -> Option<String> {
        if let Some(known) = &self.translated {
            let strange = figures(claim).find(|(_, digits)| !known.contains(digits));
            return strange.map(|(figure, _)| figure.to_owned());
        }
        let context = scoring::Context {
            language: self.brief.language,
            slides: 0,
            profile: &self.brief.profile,
            source_text: &self.text,
            research: None,
            outline: None,
            copy: None,
            hook: None,
            theme_asked: None,
            checks: &[],
        };
        scoring::unsupported_figures(claim, &context).into_iter().next().map(|figure| figure.text)
    }
}

/// Every figure as it is written, and its digits alone: `1,200`, `1.200` and `1 200` are the same.
fn figures(text: &str) -> impl Iterator<Item = (&str, String)> {
    let groups = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '\'' | '’' | '\u{a0}' | '\u{202f}');
    text.split(move |c: char| !groups(c)).filter_map(|word| {
        let digits: String = word.chars().filter(char::is_ascii_digit).collect();
        let figure = word.trim_matches(|c: char| !c.is_ascii_digit());
        (!digits.is_empty()).then_some((figure, digits))
    })
}

/// The source of a fact, and whether its words stand in the article.
fn source(
    given: &str,
    brief: &StageBrief,
    article: Option<&Searched<'_>>,
    citations: &[Citation],
) -> (FactSource, bool) {
    let is_address = ["https://", "http://"].iter().any(|scheme| given.starts_with(scheme));
    if is_address && !given.contains(char::is_whitespace) {
        let cited = citations.iter().find(|citation| citation.url == given);
        let title = cited.and_then(|citation| citation.title.clone());
        return (FactSource::Url { url: given.to_owned(), title }, false);
    }
    let quoted = letters(given);
    let is_there = article.is_some_and(|article| !quoted.is_empty() && article.letters.contains(&quoted));
    match (&brief.source_url, &brief.article) {
        (Some(url), Some(article)) if is_there => {
            (FactSource::Url { url: url.clone(), title: article.title.clone() }, true)
        }
        _ => (FactSource::Sentence { text: given.to_owned() }, is_there),
    }
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
    let mut seen = BTreeSet::new();
    sources.retain(|one| !one.trim().is_empty() && seen.insert(one.clone()));
    sources
}
