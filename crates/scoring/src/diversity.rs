//! How far apart two variants are, by their words and letters; and which of many to show.
//!
//! What is measured here is wording, not meaning: two texts that say one thing in
//! other words are far apart. A distance by embeddings joins it later.

use std::collections::{BTreeMap, HashSet};

use domain::Stage;
use domain::content::{Color, Content, Visual};

use crate::color::difference;
use crate::measure::rounded;
use crate::pieces;
use crate::text::words;

/// The weight of the score against the distance in [`shown_set`], 0..=1.
pub const SCORE_AGAINST_DISTANCE: f64 = 0.6;

/// The distance below which two variants of a stage are too much alike.
///
/// The figures are those asked for of an embedding; they are not yet calibrated for
/// the distance by wording that stands in for it.
#[must_use]
pub const fn minimum_distance(stage: Stage) -> f64 {
    match stage {
        Stage::Hook => 0.40,
        Stage::Outline | Stage::Copy | Stage::Research | Stage::Caption => 0.30,
        Stage::Visual => 0.10,
    }
}

/// How far apart two contents of one stage are, 0 (the same) to 1.
///
/// Texts by [`wording_distance`]; visuals by theme, layouts and colours. Contents of
/// different stages are 1 apart.
#[must_use]
pub fn distance(a: &Content, b: &Content) -> f64 {
    match (a, b) {
        (Content::Visual(a), Content::Visual(b)) => looks_distance(a, b),
        _ if a.stage() != b.stage() => 1.0,
        _ => wording_distance(&text(a), &text(b)),
    }
}

/// 1 less the mean of two cosines: of the counts of words, and of the counts of runs
/// of three characters, both in lower case.
#[must_use]
pub fn wording_distance(a: &str, b: &str) -> f64 {
    let (a, b) = (a.to_lowercase(), b.to_lowercase());
    let by_words = cosine(&counts(words(&a)), &counts(words(&b)));
    let by_letters = cosine(&counts(character_trigrams(&a)), &counts(character_trigrams(&b)));
    rounded((1.0 - f64::midpoint(by_words, by_letters)).clamp(0.0, 1.0))
}

/// Whether two contents share more than half of the word 3-grams of the one that has
/// fewer; texts of fewer than three words, where they are the same words.
#[must_use]
pub fn near_duplicate(a: &Content, b: &Content) -> bool {
    if a.stage() != b.stage() {
        return false;
    }
    if let (Content::Visual(_), Content::Visual(_)) = (a, b) {
        return a == b;
    }
    let (a, b) = (text(a).to_lowercase(), text(b).to_lowercase());
    let (a, b) = (words(&a), words(&b));
    if a.len() < 3 || b.len() < 3 {
        return a == b;
    }
    let trigrams =
        |words: &[&str]| words.windows(3).map(|three| three.join(" ")).collect::<HashSet<String>>();
    pieces::overlap(&trigrams(&a), &trigrams(&b)) > 0.5
}

/// The accepted content that is too much like the candidate, with its distance; of several the nearest.
#[must_use]
pub fn too_similar(candidate: &Content, accepted: &[&Content], stage: Stage) -> Option<(usize, f64)> {
    let measured = accepted.iter().enumerate().map(|(n, other)| (n, *other, distance(candidate, other)));
    measured
        .filter(|(_, other, apart)| *apart < minimum_distance(stage) || near_duplicate(candidate, other))
        .map(|(n, _, apart)| (n, apart))
        .min_by(|(_, a), (_, b)| a.total_cmp(b))
}

/// The smallest distance between any two; `None` with fewer than two.
#[must_use]
pub fn smallest_distance(contents: &[&Content]) -> Option<f64> {
    let pairs =
        contents.iter().enumerate().flat_map(|(n, a)| contents[n + 1..].iter().map(move |b| distance(a, b)));
    pairs.min_by(f64::total_cmp)
}

/// Which `most` of the candidates to show, the best first: greedy maximal marginal
/// relevance (Carbonell and Goldstein 1998), [`SCORE_AGAINST_DISTANCE`] x score / 10
/// against the likeness to the nearest one already chosen.
#[must_use]
pub fn shown_set(candidates: &[(&Content, f64)], most: usize) -> Vec<usize> {
    let mut likeness = vec![0.0_f64; candidates.len()];
    let mut chosen: Vec<usize> = Vec::new();
    while chosen.len() < most.min(candidates.len()) {
        let worth = |n: &usize| {
            SCORE_AGAINST_DISTANCE * candidates[*n].1 / 10.0 - (1.0 - SCORE_AGAINST_DISTANCE) * likeness[*n]
        };
        let left = (0..candidates.len()).filter(|n| !chosen.contains(n));
        // Of equals the first: `max_by` would take the last.
        let Some(next) = left.rev().max_by(|a, b| worth(a).total_cmp(&worth(b))) else { break };
        for (n, (candidate, _)) in candidates.iter().enumerate() {
            likeness[n] = likeness[n].max(1.0 - distance(candidate, candidates[next].0));
        }
        chosen.push(next);
    }
    chosen
}

fn text(content: &Content) -> String {
    pieces::of_content(content).join("\n")
}

fn counts<T: Ord>(grams: Vec<T>) -> BTreeMap<T, f64> {
    let mut counts = BTreeMap::new();
    for gram in grams {
        *counts.entry(gram).or_insert(0.0) += 1.0;
    }
    counts
}

/// Runs of three characters within and across words, white space as one space.
fn character_trigrams(text: &str) -> Vec<[char; 3]> {
    let spaced = text.split_whitespace().flat_map(|word| std::iter::once(' ').chain(word.chars()));
    let chars: Vec<char> = spaced.chain([' ']).collect();
    chars.windows(3).map(|three| [three[0], three[1], three[2]]).collect()
}

/// Two empty texts are the same.
fn cosine<T: Ord>(a: &BTreeMap<T, f64>, b: &BTreeMap<T, f64>) -> f64 {
    if a.is_empty() && b.is_empty() {
        return 1.0;
    }
    let dot: f64 = a.iter().filter_map(|(gram, count)| Some(count * b.get(gram)?)).sum();
    let norm = |counts: &BTreeMap<T, f64>| counts.values().map(|count| count * count).sum::<f64>();
    let norms = (norm(a) * norm(b)).sqrt();
    if norms > 0.0 { (dot / norms).min(1.0) } else { 0.0 }
}

/// A third each: another theme, the share of slides set otherwise, and how far the
/// colours are apart (by OKLab, full at the distance of black from white).
fn looks_distance(a: &Visual, b: &Visual) -> f64 {
    let theme = f64::from(u8::from(a.theme != b.theme));
    let slides = a.layouts.len().max(b.layouts.len());
    let same = a.layouts.iter().zip(&b.layouts).filter(|(a, b)| a == b).count();
    let layouts = if slides == 0 { 0.0 } else { 1.0 - same as f64 / slides as f64 };
    let colors = |visual: &Visual| {
        let palette = visual.palette;
        [palette.background, palette.surface, palette.text, palette.muted, palette.accent, palette.on_accent]
    };
    let pairs: [(Color, Color); 6] = std::array::from_fn(|n| (colors(a)[n], colors(b)[n]));
    let color = pairs.iter().map(|(a, b)| difference(*a, *b)).sum::<f64>() / 6.0;
    rounded(((theme + layouts + color) / 3.0).clamp(0.0, 1.0))
}
