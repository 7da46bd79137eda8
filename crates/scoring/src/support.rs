//! Whether a figure stands on something: an approved fact, or the person's own text.

use std::collections::HashSet;

use domain::content::{Block, Role};
use domain::{Flag, Language};

use crate::context::Context;
use crate::text::{Figure, FigureKind, figures, figures_and_number_words, lexicon, words};

/// The figures of a text that stand in no approved fact nor in the person's own text.
///
/// Compared by value and unit: `73 %` stands on `73 percent`, `3 days` on `three
/// days`, but `73 %` not on `73 people`. What a list counts (`3 ways`, `Step 2`) is
/// the carousel's own figure where it agrees with the carousel, and needs no source.
#[must_use]
pub fn unsupported_figures(text: &str, context: &Context<'_>) -> Vec<Figure> {
    Support::of(context).missing(text, context)
}

/// The figures that may be used, gathered once for all pieces of a content.
///
/// Kept in sets, so that a text of ten thousand figures is looked up in passable time.
pub(crate) struct Support {
    /// Value and unit of every figure, both ends of a range.
    values: HashSet<(u64, Option<String>)>,
    /// Values whatever their unit, save percentages.
    bare: HashSet<u64>,
    /// Figures without a value, such as versions, as they are written.
    texts: HashSet<String>,
}

impl Support {
    pub(crate) fn of(context: &Context<'_>) -> Self {
        let mut support = Self { values: HashSet::new(), bare: HashSet::new(), texts: HashSet::new() };
        support.add(context.source_text, context.language);
        for fact in context.research.map(|research| research.facts.as_slice()).unwrap_or_default() {
            for text in std::iter::once(&fact.claim).chain(&fact.date) {
                support.add(text, context.language);
            }
        }
        support
    }

    pub(crate) fn add(&mut self, text: &str, language: Language) {
        for figure in figures_and_number_words(text, language) {
            self.texts.insert(figure.text.to_lowercase());
            let ends = [figure.value, figure.upper];
            for value in ends.into_iter().flatten().chain(parts_of_date(&figure)) {
                self.values.insert((key(value), figure.unit.clone()));
                if figure.unit.as_deref() != Some("%") {
                    self.bare.insert(key(value));
                }
            }
        }
    }

    pub(crate) fn missing(&self, text: &str, context: &Context<'_>) -> Vec<Figure> {
        figures(text, context.language)
            .into_iter()
            .filter(|figure| !self.holds(figure) && !counts_the_carousel(figure, text, context))
            .collect()
    }

    /// Whether the figure stands on a known one. It may drop a unit that its source
    /// has, save `%`; it may not gain or change one.
    pub(crate) fn holds(&self, figure: &Figure) -> bool {
        if figure.text.replace(' ', "") == "24/7" {
            return true; // says "always"
        }
        if figure.value.is_none() {
            return self.texts.contains(&figure.text.to_lowercase());
        }
        [figure.value, figure.upper].into_iter().flatten().all(|value| match &figure.unit {
            None => self.bare.contains(&key(value)),
            unit => self.values.contains(&(key(value), unit.clone())),
        })
    }
}

/// Equal for values that differ only in how they were computed (`4.2 million`, `4,200,000`): ten digits count.
fn key(value: f64) -> u64 {
    let rounded: f64 = format!("{value:.9e}").parse().unwrap_or(value);
    (rounded + 0.0).to_bits() // -0 is 0
}

/// A year stands on any date in it, a day without its year on the day with it.
fn parts_of_date(figure: &Figure) -> Vec<f64> {
    let Some(date) = figure.value.filter(|_| figure.kind == FigureKind::Date) else { return Vec::new() };
    let year = (date / 10_000.0).floor();
    vec![year, date - year * 10_000.0]
}

/// Whether the figure is the carousel's own count: `3 ways`, `Step 2`, `4.` at the start.
fn counts_the_carousel(figure: &Figure, text: &str, context: &Context<'_>) -> bool {
    let whole = figure.value.filter(|value| value.fract() == 0.0 && (1.0..=30.0).contains(value));
    let Some(value) = whole.filter(|_| figure.unit.is_none() && figure.upper.is_none()) else { return false };
    let count = value as usize;
    let nouns = lexicon(context.language).map(|lexicon| &lexicon.list_nouns);
    let is_noun = |word: &&str| nouns.is_some_and(|nouns| nouns.contains(word));
    let before = &text[..figure.span.start];
    let after = &text[figure.span.end..];
    let numbered = before.trim().is_empty() && after.starts_with(['.', ')', ':', '/']);
    let named = tail(before).is_some_and(|word| is_noun(&word));
    if (numbered || named) && count <= context.slides {
        return true;
    }
    words(head(after)).iter().take(3).any(is_noun) && own_counts(context).contains(&count)
}

/// The last word before a figure, looked for in the few characters before it.
fn tail(before: &str) -> Option<&str> {
    let start = before.char_indices().rev().nth(40).map_or(0, |(at, _)| at);
    words(before[start..].trim_end_matches(['#', ' '])).pop()
}

fn head(after: &str) -> &str {
    after.char_indices().nth(60).map_or(after, |(at, _)| &after[..at])
}

/// What a list in this carousel may be said to count.
fn own_counts(context: &Context<'_>) -> Vec<usize> {
    let slides = context.slides;
    let mut counts = vec![slides, slides.saturating_sub(1), slides.saturating_sub(2)];
    if let Some(outline) = context.outline {
        let with = |roles: &[Role]| outline.slides.iter().filter(|slide| roles.contains(&slide.role)).count();
        counts.push(with(&[Role::Point]));
        counts.push(with(&[Role::Point, Role::Proof, Role::Example]));
    }
    let slides = context.copy.map(|copy| copy.slides.as_slice()).unwrap_or_default();
    counts.extend(slides.iter().filter_map(|slide| match &slide.block {
        Some(Block::Bullets { items, .. }) => Some(items.len()),
        _ => None,
    }));
    counts
}

/// One flag for each figure without support, however often it is used.
pub(crate) fn flags(pieces: &[&str], support: &Support, context: &Context<'_>) -> Vec<Flag> {
    let mut missing: Vec<String> = Vec::new();
    for figure in pieces.iter().flat_map(|piece| support.missing(piece, context)) {
        if !missing.contains(&figure.text) {
            missing.push(figure.text);
        }
    }
    let flag = |text| Flag {
        name: "unsupported_figure".into(),
        message: format!("unsupported figure: {text}"),
        about: text,
    };
    missing.into_iter().map(flag).collect()
}
