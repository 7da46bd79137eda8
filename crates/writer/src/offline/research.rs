//! What the article knows: facts with their sentences, questions that it answers, ideas to show.

use std::collections::BTreeSet;

use domain::Strategy;
use domain::content::{Block, Fact, FactId, FactSource, Research};
use scoring::text::FigureKind;

use super::analysis::Unit;
use super::desk::Desk;
use super::material::is_telling;
use super::pieces::Form;
use super::story::SAME;
use crate::draft::WriteError;

/// With fewer facts than this, a text of lists gives their entries, too.
const FEW: usize = 8;

pub(super) fn write(desk: &Desk<'_>, strategy: Strategy) -> Result<Research, WriteError> {
    let most = match strategy {
        Strategy::Focused => 8,
        Strategy::VisualFirst => 12,
        _ => 24,
    };
    let chosen = choose(desk, strategy, most);
    let mut facts: Vec<Fact> =
        chosen.iter().enumerate().map(|(n, sentence)| fact(desk, n, *sentence)).collect();
    if facts.len() < FEW {
        listed(desk, most.min(2 * FEW), &mut facts);
    }
    let angle = angle(desk, strategy).ok_or_else(|| desk.too_short(0))?;
    Ok(Research {
        angle: desk.analysis.sentences[angle].text.clone(),
        facts,
        questions: questions(desk, strategy),
        visual_ideas: visual_ideas(desk),
        sources: vec![source(desk)],
    })
}

/// The sentences that become facts, in the article's order.
fn choose(desk: &Desk<'_>, strategy: Strategy, most: usize) -> Vec<usize> {
    let analysis = desk.analysis;
    let topic = analysis.stems(desk.topic());
    let shown = |unit: &Unit| matches!(unit, Unit::Other { .. });
    let worth = |n: usize| {
        let sentence = &analysis.sentences[n];
        let telling = sentence.figures.iter().any(is_telling);
        let manner = match strategy {
            Strategy::Focused => 0.3 * sentence.stems.intersection(&topic).count().min(2) as f64,
            Strategy::VisualFirst => {
                let part = &analysis.parts[sentence.section];
                0.8 * f64::from(u8::from(telling)) + if part.units.iter().any(shown) { 0.4 } else { 0.0 }
            }
            _ => 0.2 * f64::from(u8::from(telling || !sentence.figures.is_empty())),
        };
        sentence.score + manner - if desk.avoided.contains(&n) { 1.5 } else { 0.0 }
    };
    let mut ranked: Vec<(usize, f64)> = analysis.alone().map(|n| (n, worth(n))).collect();
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let mut chosen: Vec<usize> = Vec::new();
    for (n, _) in ranked {
        let same = |other: &usize| analysis.sentences[n].likeness(&analysis.sentences[*other]) >= SAME;
        if !chosen.iter().any(same) {
            chosen.push(n);
        }
        if chosen.len() == most {
            break;
        }
    }
    chosen.sort_unstable();
    chosen
}

fn fact(desk: &Desk<'_>, n: usize, sentence: usize) -> Fact {
    let sentence = &desk.analysis.sentences[sentence];
    let source = match &desk.brief.source_url {
        Some(url) => FactSource::Url { url: url.clone(), title: desk.analysis.title.clone() },
        None => FactSource::Sentence { text: sentence.source.clone() },
    };
    let dated = |kind: FigureKind| matches!(kind, FigureKind::Year | FigureKind::Date);
    let said = sentence.figures.iter().find(|figure| dated(figure.kind)).map(|figure| figure.text.clone());
    let published = || desk.brief.article.as_ref().and_then(|article| article.published.clone());
    Fact {
        id: FactId(format!("f{}", n + 1)),
        claim: sentence.text.clone(),
        source,
        date: said.or_else(published),
        unconfirmed: false,
    }
}

/// The entries of lists as facts, each under its section's name: a changelog has hardly anything else.
fn listed(desk: &Desk<'_>, most: usize, facts: &mut Vec<Fact>) {
    let analysis = desk.analysis;
    for piece in &analysis.pieces {
        let Form::Block { block: Block::Bullets { items, .. }, .. } = &piece.form else { continue };
        let Some(heading) = &analysis.parts[piece.section].heading else { continue };
        for item in items {
            if facts.len() >= most {
                return;
            }
            let source = match &desk.brief.source_url {
                Some(url) => FactSource::Url { url: url.clone(), title: analysis.title.clone() },
                None => FactSource::Sentence { text: item.clone() },
            };
            let id = FactId(format!("f{}", facts.len() + 1));
            facts.push(Fact {
                id,
                claim: format!("{heading}: {item}"),
                source,
                date: None,
                unconfirmed: false,
            });
        }
    }
}

/// The sentence that says what the article is about.
fn angle(desk: &Desk<'_>, strategy: Strategy) -> Option<usize> {
    let analysis = desk.analysis;
    let topic = analysis.stems(desk.topic());
    let count = analysis.alone().count().max(1) as f64;
    let worth = |(place, n): (usize, usize)| {
        let sentence = &analysis.sentences[n];
        let early = 1.0 - place as f64 / count;
        let defines = analysis.definition(sentence).is_some();
        let manner = match strategy {
            Strategy::Focused => {
                0.5 * f64::from(u8::from(analysis.lexicon.cues.benefit.within(&sentence.flat)))
            }
            Strategy::VisualFirst => 0.6 * f64::from(u8::from(sentence.figures.iter().any(is_telling))),
            _ => 0.3 * f64::from(u8::from(defines)),
        };
        let on_topic = sentence.stems.intersection(&topic).count().min(2) as f64;
        sentence.score + 0.8 * early + 0.3 * on_topic + manner
            - analysis.detail(n)
            - if analysis.has_verb(sentence) { 0.0 } else { 1.0 }
            - if desk.avoided.contains(&n) { 2.0 } else { 0.0 }
    };
    let ranked = analysis.alone().enumerate().map(|(place, n)| (n, worth((place, n))));
    ranked.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0))).map(|(n, _)| n)
}

fn questions(desk: &Desk<'_>, strategy: Strategy) -> Vec<String> {
    let analysis = desk.analysis;
    let headings =
        analysis.parts.iter().filter_map(|part| part.heading.clone()).filter(|text| text.ends_with('?'));
    let mut answered: Vec<usize> = analysis.alone().collect();
    if strategy != Strategy::Comprehensive {
        answered.sort_by(|a, b| {
            analysis.sentences[*b].score.total_cmp(&analysis.sentences[*a].score).then(a.cmp(b))
        });
    }
    let derived = answered.into_iter().filter_map(|n| analysis.question_answered_by(n));
    let mut seen = BTreeSet::new();
    headings
        .chain(derived)
        .filter(|text| text.chars().count() <= 120 && seen.insert(text.to_lowercase()))
        .take(6)
        .collect()
}

/// What the article has that can be shown: figures, lists, code, tables, quotations.
fn visual_ideas(desk: &Desk<'_>) -> Vec<String> {
    let analysis = desk.analysis;
    let mut ideas = Vec::new();
    for n in analysis.alone() {
        if let Some(Block::Stat { value, .. }) = analysis.stat(&analysis.sentences[n]) {
            ideas.push(desk.label("idea_figure").replace("{value}", &value));
        }
    }
    for piece in analysis.pieces.iter().filter(|piece| piece.part == 0) {
        let Form::Block { block, .. } = &piece.form else { continue };
        let about = analysis.parts[piece.section].heading.as_deref().unwrap_or(desk.topic());
        let (label, count) = match block {
            Block::Bullets { items, .. } => ("idea_list", items.len()),
            Block::Code { .. } => ("idea_code", 1),
            Block::Quote { .. } => ("idea_quote", 1),
            Block::Comparison { .. } | Block::Stat { .. } => ("idea_table", 1),
        };
        ideas.push(desk.label(label).replace("{count}", &count.to_string()).replace("{topic}", about));
    }
    for phrase in analysis.phrases.iter().take(3) {
        ideas.push(desk.label("idea_diagram").replace("{topic}", &phrase.text));
    }
    let mut seen = BTreeSet::new();
    ideas.retain(|idea| !idea.is_empty() && seen.insert(idea.clone()));
    ideas.truncate(8);
    ideas
}

/// The article as a person would cite it.
fn source(desk: &Desk<'_>) -> String {
    let title = desk.analysis.title.clone();
    let place = desk.brief.source_url.clone().or_else(|| desk.brief.source_name.clone());
    match (title, place) {
        (Some(title), Some(place)) => format!("{title} ({place})"),
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => desk.topic().to_owned(),
    }
}
