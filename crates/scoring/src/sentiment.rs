//! How strong the feeling of an English text is: a port of the VADER rules.
//!
//! Hutto, C.J. & Gilbert, E.E. (2014), "VADER: A Parsimonious Rule-based Model for
//! Sentiment Analysis of Social Media Text", ICWSM-14; rules and lexicon as in the
//! Python package vaderSentiment 3.3.2 (MIT, `data/vader/`), oddities included, so
//! that the two agree.

use std::collections::HashMap;
use std::sync::OnceLock;

use domain::Language;
use serde::Deserialize;

use crate::measure::{Measure, NOTHING_TO_CHANGE, mean};
use crate::text::sentences;

const CAPITALS: f64 = 0.733;
const NEGATED: f64 = -0.74;
const PUNCTUATION: &[char] = &[
    '!', '"', '#', '$', '%', '&', '\'', '(', ')', '*', '+', ',', '-', '.', '/', ':', ';', '<', '=', '>', '?',
    '@', '[', '\\', ']', '^', '_', '`', '{', '|', '}', '~',
];

struct Vader {
    lexicon: HashMap<&'static str, f64>,
    emoji: HashMap<char, &'static str>,
    rules: Rules,
}

#[derive(Default, Deserialize)]
struct Rules {
    negations: Vec<String>,
    boosters: HashMap<String, f64>,
    special: HashMap<String, f64>,
}

fn vader() -> &'static Vader {
    static VADER: OnceLock<Vader> = OnceLock::new();
    VADER.get_or_init(|| Vader {
        lexicon: pairs(include_str!("../data/vader/lexicon.tsv"))
            .filter_map(|(word, valence)| Some((word, valence.parse().ok()?)))
            .collect(),
        emoji: pairs(include_str!("../data/vader/emoji.tsv"))
            .filter_map(|(emoji, meaning)| {
                let mut chars = emoji.chars();
                // Only single characters are ever looked up, as in the original.
                chars.next().filter(|_| chars.next().is_none()).map(|c| (c, meaning))
            })
            .collect(),
        rules: toml::from_str(include_str!("../data/vader/rules.toml")).unwrap_or_default(),
    })
}

fn pairs(file: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    file.lines().filter_map(|line| line.split_once('\t'))
}

/// A word as it is written, with what the rules ask of it again and again.
struct Word {
    lower: String,
    shouted: bool,
}

impl Word {
    fn new(token: &str) -> Self {
        let stripped = token.trim_matches(PUNCTUATION);
        let kept = if stripped.chars().count() <= 2 { token } else { stripped };
        Self {
            lower: kept.to_lowercase(),
            shouted: kept.chars().any(char::is_uppercase) && !kept.chars().any(char::is_lowercase),
        }
    }
}

/// VADER's compound valence of an English text, -1 (most negative) to 1 (most positive).
///
/// Made for a sentence; the time grows faster than the length for texts with `but`.
#[must_use]
pub fn compound(text: &str) -> f64 {
    let text = without_emoji(text);
    let words: Vec<Word> = text.split_whitespace().map(Word::new).collect();
    let shouted = words.iter().filter(|word| word.shouted).count();
    let some_shout = shouted > 0 && shouted < words.len();
    let mut valences: Vec<f64> = (0..words.len()).map(|at| valence(&words, at, some_shout)).collect();
    weigh_but(&words, &mut valences);
    normalise(emphasised(valences.iter().sum(), &text))
}

fn without_emoji(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut after_space = true;
    for c in text.chars() {
        if let Some(meaning) = vader().emoji.get(&c) {
            if !after_space {
                plain.push(' ');
            }
            plain.push_str(meaning);
            after_space = false;
        } else {
            plain.push(c);
            after_space = c == ' ';
        }
    }
    plain.trim().to_owned()
}

fn in_lexicon(word: &Word) -> Option<f64> {
    vader().lexicon.get(word.lower.as_str()).copied()
}

fn valence(words: &[Word], at: usize, some_shout: bool) -> f64 {
    let word = &words[at];
    let next = words.get(at + 1);
    let kind_of = word.lower == "kind" && next.is_some_and(|next| next.lower == "of");
    if kind_of || vader().rules.boosters.contains_key(&word.lower) {
        return 0.0;
    }
    let Some(listed) = in_lexicon(word) else { return 0.0 };
    let mut valence = listed;
    if word.lower == "no" && next.is_some_and(|next| in_lexicon(next).is_some()) {
        valence = 0.0;
    }
    let back = |steps: usize| at.checked_sub(steps).map(|before| words[before].lower.as_str());
    let no_or = back(3) == Some("no") && matches!(back(1), Some("or" | "nor"));
    if back(1) == Some("no") || back(2) == Some("no") || no_or {
        valence = listed * NEGATED;
    }
    if word.shouted && some_shout {
        valence += if valence > 0.0 { CAPITALS } else { -CAPITALS };
    }
    for steps in 1..=3.min(at) {
        let before = &words[at - steps];
        if in_lexicon(before).is_some() {
            continue;
        }
        valence += boost(before, valence, some_shout) * [1.0, 0.95, 0.9][steps - 1];
        valence = negation(valence, words, at, steps);
        if steps == 3 {
            valence = special(valence, words, at);
        }
    }
    least(valence, words, at)
}

fn boost(word: &Word, valence: f64, some_shout: bool) -> f64 {
    let Some(by) = vader().rules.boosters.get(&word.lower).copied() else { return 0.0 };
    let by = if valence < 0.0 { -by } else { by };
    if !(word.shouted && some_shout) {
        return by;
    }
    if valence > 0.0 { by + CAPITALS } else { by - CAPITALS }
}

fn negates(word: &Word) -> bool {
    word.lower.contains("n't") || vader().rules.negations.contains(&word.lower)
}

fn negation(valence: f64, words: &[Word], at: usize, steps: usize) -> f64 {
    let back = |steps: usize| words[at - steps].lower.as_str();
    let so = |word: &str| matches!(word, "so" | "this");
    let never_so = match steps {
        2 => back(2) == "never" && so(back(1)),
        3 => back(3) == "never" && so(back(2)) || so(back(1)),
        _ => false,
    };
    let without_doubt = match steps {
        2 => back(2) == "without" && back(1) == "doubt",
        3 => back(3) == "without" && (back(2) == "doubt" || back(1) == "doubt"),
        _ => false,
    };
    if never_so {
        valence * 1.25
    } else if !without_doubt && negates(&words[at - steps]) {
        valence * NEGATED
    } else {
        valence
    }
}

/// Phrases whose valence is not the sum of their words; only looked for three words into a text, as in the original.
fn special(valence: f64, words: &[Word], at: usize) -> f64 {
    let phrase = |from: usize, to: usize| {
        words[from..=to].iter().map(|word| word.lower.as_str()).collect::<Vec<_>>().join(" ")
    };
    let rules = &vader().rules;
    let behind = [
        phrase(at - 1, at),
        phrase(at - 2, at),
        phrase(at - 2, at - 1),
        phrase(at - 3, at - 1),
        phrase(at - 3, at - 2),
    ];
    let mut valence = behind.iter().find_map(|phrase| rules.special.get(phrase)).copied().unwrap_or(valence);
    for ahead in [1, 2] {
        if at + ahead < words.len() {
            valence = rules.special.get(&phrase(at, at + ahead)).copied().unwrap_or(valence);
        }
    }
    let boosters = [&behind[3], &behind[4], &behind[2]];
    valence + boosters.iter().filter_map(|phrase| rules.boosters.get(*phrase)).sum::<f64>()
}

fn least(valence: f64, words: &[Word], at: usize) -> f64 {
    let back = |steps: usize| at.checked_sub(steps).map(|before| &words[before]);
    let is_least = back(1).is_some_and(|word| word.lower == "least" && in_lexicon(word).is_none());
    let softened = back(2).is_some_and(|word| matches!(word.lower.as_str(), "at" | "very"));
    if is_least && !softened { valence * NEGATED } else { valence }
}

/// What stands before the first `but` counts half, what stands after it half again as much.
///
/// The original looks each value up by its first equal, which this repeats.
fn weigh_but(words: &[Word], valences: &mut [f64]) {
    let Some(but) = words.iter().position(|word| word.lower == "but") else { return };
    for at in 0..valences.len() {
        let value = valences[at];
        if value == 0.0 {
            continue;
        }
        let first = valences.iter().position(|other| *other == value).unwrap_or(at);
        match first.cmp(&but) {
            std::cmp::Ordering::Less => valences[first] *= 0.5,
            std::cmp::Ordering::Greater => valences[first] *= 1.5,
            std::cmp::Ordering::Equal => {}
        }
    }
}

fn emphasised(sum: f64, text: &str) -> f64 {
    let exclamations = text.matches('!').count().min(4) as f64 * 0.292;
    let questions = match text.matches('?').count() {
        0 | 1 => 0.0,
        count @ (2 | 3) => count as f64 * 0.18,
        _ => 0.96,
    };
    let emphasis = exclamations + questions;
    if sum > 0.0 {
        sum + emphasis
    } else if sum < 0.0 {
        sum - emphasis
    } else {
        sum
    }
}

fn normalise(sum: f64) -> f64 {
    (sum / (sum * sum + 15.0).sqrt()).clamp(-1.0, 1.0)
}

/// Strength of feeling of either sign: ten times the mean of |compound| over the sentences.
pub(crate) fn sentiment(text: &str, language: Language) -> Measure {
    if language != Language::ENGLISH {
        return Measure::unmeasured(format!(
            "Feeling is measured in English alone: there is no open word list of that quality for “{language}”."
        ));
    }
    let compounds: Vec<f64> = sentences(text, language).into_iter().map(compound).collect();
    let strengths: Vec<f64> = compounds.iter().map(|compound| compound.abs()).collect();
    let Some(strength) = mean(&strengths) else { return Measure::unmeasured("There are no words to read.") };
    let loaded: Vec<&str> = text
        .split_whitespace()
        .filter(|token| in_lexicon(&Word::new(token)).is_some())
        .take(12)
        .map(|token| token.trim_matches(PUNCTUATION))
        .collect();
    let mut evidence = vec![format!("valence {:+.2} (VADER, -1 to 1)", mean(&compounds).unwrap_or(0.0))];
    if !loaded.is_empty() {
        evidence.push(format!("words with feeling: {}", crate::measure::quoted(&loaded)));
    }
    let advice = if strength < 0.2 {
        "It reads neutral: name what the reader gains or loses, in a word with feeling."
    } else {
        NOTHING_TO_CHANGE
    };
    Measure::new(10.0 * strength, evidence, advice)
}

#[cfg(test)]
mod tests {
    use super::{compound, sentiment};
    use domain::Language;

    #[derive(serde::Deserialize)]
    struct Case {
        text: String,
        compound: f64,
    }

    /// Expected values are those of Python's vaderSentiment 3.3.2.
    #[test]
    fn agrees_with_the_python_package() {
        let cases: Vec<Case> = serde_json::from_str(include_str!("../tests/fixtures/vader.json")).unwrap();
        assert!(cases.len() >= 200);
        for Case { text, compound: expected } in &cases {
            let ours = compound(text);
            assert!((ours - expected).abs() < 1e-4, "{ours} is not {expected}: {text}");
        }
    }

    #[test]
    fn one_sentence_by_hand() {
        // `good` has 1.9 and `very` adds 0.293: 2.193 / sqrt(2.193^2 + 15) = 0.4927
        assert!((compound("This is very good") - 0.4927).abs() < 1e-4);
        let measure = sentiment("This is very good.", Language::ENGLISH);
        assert!((measure.value.unwrap() - 4.927).abs() < 1e-3);
        assert_eq!(sentiment("Das ist sehr gut.", Language::GERMAN).value, None);
    }
}
