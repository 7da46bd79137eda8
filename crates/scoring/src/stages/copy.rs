//! The dimensions of copy: easy to read, of one piece, one call to action, and within its layouts.

use std::collections::{BTreeMap, HashSet};

use domain::CheckKind;
use domain::content::{Block, Copy, CopySlide, limits};

use crate::context::Context;
use crate::measure::{Measure, Measures, NOTHING_TO_CHANGE, mean, quoted, ramp, share};
use crate::pieces::{prose_of_slide, stems};
use crate::readability::readability;
use crate::sentiment::sentiment;
use crate::text::{figures, lexicon, words};

use super::{asks, hook::has_question};

pub(super) fn measures(copy: &Copy, context: &Context<'_>) -> Measures {
    let slides: Vec<String> = copy.slides.iter().map(|slide| prose_of_slide(slide).join("\n\n")).collect();
    let places = slides.iter().enumerate().map(|(n, text)| (format!("slide {}: ", n + 1), text.as_str()));
    vec![
        ("readability", readability(places, context.language)),
        ("sentiment", sentiment(&slides.join("\n\n"), context.language)),
        ("call_to_action", call_to_action(copy, context)),
        ("consistency", consistency(copy, &slides, context)),
        ("fit", fit(copy, context)),
        ("learned_tone", Measure::unmeasured("Nothing learned yet: rate a few carousels first.")),
    ]
}

fn call_to_action(copy: &Copy, context: &Context<'_>) -> Measure {
    let own = copy.call_to_action.trim();
    if own.is_empty() {
        let advice = "Ask the reader for one thing on the last slide.";
        return Measure::new(0.0, vec!["no call to action".into()], advice);
    }
    let Some(lists) = lexicon(context.language) else {
        let advice = "Read it once: what it asks for can't be checked in this language.";
        return Measure::new(7.0, vec![format!("there is one: {}", quoted(&[own]))], advice);
    };
    let asked = lists.call_to_action.matches(own);
    let elsewhere: Vec<usize> = (0..copy.slides.len().saturating_sub(1))
        .filter(|n| {
            prose_of_slide(&copy.slides[*n])
                .iter()
                .any(|piece| !asks(&lists.engagement, piece, context).is_empty())
        })
        .collect();
    let several = asked.len() > 1;
    let says_what = match asked.len() {
        0 => 0.0,
        1 => 3.0,
        _ => 1.0,
    };
    let value = 4.0 + says_what + if elsewhere.is_empty() { 3.0 } else { 0.0 };
    let mut evidence = vec![if asked.is_empty() {
        format!("there is one, with no known request: {}", quoted(&[own]))
    } else {
        format!("asks: {}", quoted(&asked))
    }];
    let advice = if let Some(n) = elsewhere.first() {
        evidence.push(format!("slide {} asks for something too", n + 1));
        format!("Leave the asking to the last slide; slide {} asks too.", n + 1)
    } else if several {
        "Ask for one thing only.".into()
    } else if asked.is_empty() {
        "Begin it with what the reader is to do: save, share, try, read.".into()
    } else {
        NOTHING_TO_CHANGE.into()
    };
    Measure::new(value, evidence, advice)
}

/// One aspect that should be alike across slides: what the commonest kind is, and on how many of how many.
struct Likeness {
    what: &'static str,
    kind: String,
    slides: usize,
    of: usize,
}

impl Likeness {
    /// The commonest kind among the slides that have one.
    fn of<'k>(what: &'static str, kinds: impl IntoIterator<Item = &'k str>) -> Option<Self> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        let mut of = 0;
        for kind in kinds {
            *counts.entry(kind).or_default() += 1;
            of += 1;
        }
        let (kind, slides) = counts.into_iter().max_by_key(|(_, count)| *count)?;
        Some(Self { what, kind: kind.to_owned(), slides, of })
    }
}

fn consistency(copy: &Copy, slides: &[String], context: &Context<'_>) -> Measure {
    let parts: Vec<Likeness> =
        [person(slides, context), tense(slides, context), terms(slides, context), headlines(copy, context)]
            .into_iter()
            .flatten()
            .collect();
    let values: Vec<f64> = parts.iter().map(|part| share(part.slides, part.of)).collect();
    let Some(value) = mean(&values) else {
        return Measure::unmeasured("One slide has nothing to agree with.");
    };
    let evidence =
        parts.iter().map(|part| format!("{}: {} on {} of {}", part.what, part.kind, part.slides, part.of));
    let worst = parts.iter().min_by_key(|part| part.slides * 1_000 / part.of.max(1));
    let advice = match worst {
        Some(part) if part.slides * 3 < part.of * 2 => {
            format!("Make the {} alike across slides; {} is the commonest.", part.what, part.kind)
        }
        _ => NOTHING_TO_CHANGE.into(),
    };
    Measure::new(value, evidence.collect(), advice)
}

/// Whether slides speak to the reader or of the writer.
fn person(slides: &[String], context: &Context<'_>) -> Option<Likeness> {
    let lists = lexicon(context.language)?;
    let kinds = slides.iter().filter_map(|text| {
        let (you, we) = (lists.second_person.matches(text).len(), lists.first_person.matches(text).len());
        match (you, we) {
            (0, 0) => None,
            _ if you >= we => Some("you"),
            _ => Some("I or we"),
        }
    });
    Likeness::of("person", kinds)
}

fn tense(slides: &[String], context: &Context<'_>) -> Option<Likeness> {
    let lists = lexicon(context.language)?;
    let kinds = slides.iter().map(|text| {
        let (past, future) = (lists.past.matches(text).len(), lists.future.matches(text).len());
        match (past, future) {
            (0, 0) => "present",
            _ if past >= future => "past",
            _ => "future",
        }
    });
    Likeness::of("tense", kinds)
}

/// Slides that share a term with another one.
fn terms(slides: &[String], context: &Context<'_>) -> Option<Likeness> {
    if slides.len() < 2 {
        return None;
    }
    let stems: Vec<HashSet<String>> = slides.iter().map(|text| stems(text, context.language)).collect();
    let mut on: BTreeMap<&str, usize> = BTreeMap::new();
    for stem in stems.iter().flatten() {
        *on.entry(stem).or_default() += 1;
    }
    let sharing = stems.iter().filter(|stems| stems.iter().any(|stem| on[stem.as_str()] > 1)).count();
    let commonest = on.iter().max_by_key(|(_, count)| **count).filter(|(_, count)| **count > 1);
    let kind =
        commonest.map_or_else(|| "none shared".to_owned(), |(stem, _)| format!("shared (most: “{stem}”)"));
    Some(Likeness { what: "terms", kind, slides: sharing, of: slides.len() })
}

/// Whether the headlines between the first and the last are built alike.
fn headlines(copy: &Copy, context: &Context<'_>) -> Option<Likeness> {
    let between = copy.slides.get(1..copy.slides.len().saturating_sub(1))?;
    let kinds = between.iter().map(|slide| {
        let headline = slide.headline.as_str();
        let numbered =
            figures(headline, context.language).first().is_some_and(|figure| figure.span.start == 0);
        match words(headline).len() {
            _ if has_question(headline) => "questions",
            _ if numbered => "numbered",
            _ if headline.ends_with(['.', '!', '。']) => "sentences",
            0..=4 => "up to four words",
            _ => "phrases",
        }
    });
    Likeness::of("headlines", kinds)
}

fn fit(copy: &Copy, context: &Context<'_>) -> Measure {
    let checks: Vec<_> = context
        .checks
        .iter()
        .filter(|check| matches!(check.kind, CheckKind::Overflow | CheckKind::SmallestSize))
        .collect();
    if !checks.is_empty() {
        let failed: Vec<_> = checks.iter().filter(|check| !check.passed).collect();
        let evidence = vec![format!("{} of {} checks passed", checks.len() - failed.len(), checks.len())];
        // The check's own sentence names the slide, with the mend.
        let advice =
            failed.first().map_or_else(|| NOTHING_TO_CHANGE.to_owned(), |check| check.message.clone());
        return Measure::new(share(checks.len() - failed.len(), checks.len()), evidence, advice);
    }
    let fullest: Vec<f64> = copy.slides.iter().map(fullness).collect();
    let values: Vec<f64> = fullest
        .iter()
        .map(|full| if *full > 1.0 { 0.0 } else { 7.0 + 0.3 * ramp(*full, 1.0, 0.8) })
        .collect();
    let worst = fullest.iter().enumerate().max_by(|(_, a), (_, b)| a.total_cmp(b));
    let (Some(value), Some((n, full))) = (mean(&values), worst) else {
        return Measure::unmeasured("There are no slides.");
    };
    let evidence = vec![format!("fullest: slide {}, {:.0} % of its room", n + 1, 100.0 * full)];
    let advice = if *full > 1.0 { format!("Shorten slide {}.", n + 1) } else { NOTHING_TO_CHANGE.to_owned() };
    Measure::new(value, evidence, advice)
}

/// The fullest field of a slide, as a share of the characters it takes.
fn fullness(slide: &CopySlide) -> f64 {
    let of = |text: &str, most: usize| text.chars().count() as f64 / most as f64;
    let room = if slide.block.is_some() { limits::BODY_WITH_BLOCK } else { limits::BODY };
    let head = of(&slide.headline, limits::HEADLINE).max(of(slide.body.as_deref().unwrap_or_default(), room));
    let longest = |items: &[String], most| items.iter().map(|item| of(item, most)).fold(0.0, f64::max);
    let block = match &slide.block {
        None => 0.0,
        Some(Block::Bullets { items, .. }) => longest(items, limits::BULLET),
        Some(Block::Stat { value, label }) => {
            of(value, limits::STAT_VALUE).max(of(label, limits::STAT_LABEL))
        }
        Some(Block::Quote { text, .. }) => of(text, limits::QUOTE),
        Some(Block::Code { code, .. }) => {
            let lines = code.lines().count() as f64 / limits::CODE_LINES as f64;
            code.lines().map(|line| of(line, limits::CODE_LINE)).fold(lines, f64::max)
        }
        Some(Block::Comparison { left, right, .. }) => {
            longest(left, limits::SIDE_ITEM).max(longest(right, limits::SIDE_ITEM))
        }
    };
    head.max(block)
}
