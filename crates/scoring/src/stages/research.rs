//! The dimensions of research: how much is known, from where, how old, and on what it stands.

use std::collections::BTreeSet;

use domain::content::{Fact, FactSource, Research};

use crate::context::Context;
use crate::measure::{Measure, Measures, NOTHING_TO_CHANGE, counted, mean, quoted, ramp, share, step};
use crate::support::Support;
use crate::text::{FigureKind, figures};

pub(super) fn measures(research: &Research, context: &Context<'_>) -> Measures {
    vec![
        ("facts", facts(research, context)),
        ("source_diversity", source_diversity(research)),
        ("recency", recency(research, context)),
        ("supported_claims", supported_claims(research, context)),
    ]
}

/// What the figures of the research itself stand on: the person's text and each fact's own source sentence.
pub(super) fn support(research: &Research, context: &Context<'_>) -> Support {
    let mut support = Support::of(context);
    for fact in &research.facts {
        match &fact.source {
            FactSource::Sentence { text } if stands_in_source(text, context) => {
                support.add(text, context.language)
            }
            // A page can't be read from here: its claims are taken at their word.
            FactSource::Url { .. } => support.add(&fact.claim, context.language),
            FactSource::Sentence { .. } => {}
        }
    }
    support
}

fn facts(research: &Research, context: &Context<'_>) -> Measure {
    let all = research.facts.len();
    let tells = |claim: &str| {
        figures(claim, context.language).iter().any(|figure| figure.kind != FigureKind::Attribute)
    };
    let with_figures = research.facts.iter().filter(|fact| tells(&fact.claim)).count();
    let value = 0.7 * ramp(all as f64, 0.0, 10.0) + 0.3 * ramp(with_figures as f64, 0.0, 5.0);
    let advice = if all < 8 {
        "Gather a few more facts: eight slides need something to say each."
    } else if with_figures == 0 {
        "Look for a figure: it is what readers remember."
    } else {
        NOTHING_TO_CHANGE
    };
    Measure::new(value, vec![counted(all, "fact"), format!("{with_figures} with a figure")], advice)
}

fn source_diversity(research: &Research) -> Measure {
    let sources: BTreeSet<String> = research.facts.iter().map(|fact| source_name(&fact.source)).collect();
    let names: Vec<&String> = sources.iter().collect();
    let advice = if names.len() < 2 {
        "Everything rests on one source: a second one would show that it is not alone."
    } else {
        NOTHING_TO_CHANGE
    };
    let evidence = vec![format!("{}: {}", counted(names.len(), "source"), quoted(&names))];
    Measure::new(step(names.len(), &[0.0, 4.0, 7.0, 9.0, 10.0]), evidence, advice)
}

/// The host of a page; the person's own text is one source.
fn source_name(source: &FactSource) -> String {
    let FactSource::Url { url, .. } = source else { return "the person's own text".into() };
    let rest = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    host.trim_start_matches("www.").to_lowercase()
}

fn recency(research: &Research, context: &Context<'_>) -> Measure {
    let years: Vec<f64> = research.facts.iter().filter_map(|fact| newest_year(fact, context)).collect();
    let Some(newest) = years.iter().copied().max_by(f64::total_cmp) else {
        return Measure::unmeasured("No fact says when it was so; add the year where it matters.");
    };
    let oldest = years.iter().copied().min_by(f64::total_cmp).unwrap_or(newest);
    let values: Vec<f64> = years.iter().map(|year| ramp(newest - year, 10.0, 0.0)).collect();
    let evidence = vec![format!("{} with a year, {oldest} to {newest}", counted(years.len(), "fact"))];
    let advice = if newest - oldest > 5.0 {
        format!("Check whether what is said of {oldest} still holds.")
    } else {
        NOTHING_TO_CHANGE.into()
    };
    Measure::new(mean(&values).unwrap_or(0.0), evidence, advice)
}

/// The newest year in a fact's date, else in its claim.
fn newest_year(fact: &Fact, context: &Context<'_>) -> Option<f64> {
    let years = |text: &str| {
        figures(text, context.language)
            .into_iter()
            .filter_map(|figure| match figure.kind {
                FigureKind::Year => figure.upper.or(figure.value),
                FigureKind::Date => {
                    figure.value.map(|date| (date / 10_000.0).floor()).filter(|year| *year > 0.0)
                }
                _ => None,
            })
            .max_by(f64::total_cmp)
    };
    fact.date.as_deref().and_then(years).or_else(|| years(&fact.claim))
}

fn supported_claims(research: &Research, context: &Context<'_>) -> Measure {
    let all = research.facts.len();
    let unsupported: Vec<&str> = research
        .facts
        .iter()
        .filter(|fact| !is_supported(fact, context))
        .map(|fact| fact.id.0.as_str())
        .collect();
    let evidence = vec![match unsupported.as_slice() {
        [] => format!("{} of {all} facts name what they stand on", all),
        some => format!("{} of {all} facts without support: {}", some.len(), quoted(some)),
    }];
    let advice = match unsupported.first() {
        Some(id) => format!("Check fact {id}: its sentence, address or figure is not in the source."),
        None => NOTHING_TO_CHANGE.into(),
    };
    let value = if all == 0 { 0.0 } else { share(all - unsupported.len(), all) };
    Measure::new(value, evidence, advice)
}

fn is_supported(fact: &Fact, context: &Context<'_>) -> bool {
    match &fact.source {
        FactSource::Url { url, .. } => url.starts_with("https://") || url.starts_with("http://"),
        FactSource::Sentence { text } => {
            let mut own = Support::of(&Context { research: None, source_text: text, ..*context });
            own.add(fact.date.as_deref().unwrap_or_default(), context.language);
            let claimed = figures(&fact.claim, context.language);
            stands_in_source(text, context) && claimed.iter().all(|figure| own.holds(figure))
        }
    }
}

/// Whether the sentence is in the person's text, whatever the white space; true where there is no text to look in.
fn stands_in_source(sentence: &str, context: &Context<'_>) -> bool {
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let wanted = plain(sentence);
    !wanted.is_empty() && (context.source_text.is_empty() || plain(context.source_text).contains(&wanted))
}
