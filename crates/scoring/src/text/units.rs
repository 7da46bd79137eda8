//! Sentences, words and stems.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use domain::Language;
use rust_stemmers::{Algorithm, Stemmer};
use unicode_segmentation::UnicodeSegmentation;

/// The longest stretch that is given to the segmenter at once, in bytes: a text
/// without paragraphs would otherwise cost time that grows faster than its length.
const LONGEST_STRETCH: usize = 8 * 1024;

/// The sentences of a text in their order, without the white space around them.
///
/// Abbreviations (`Dr.`, `z. B.`) don't end a sentence; a paragraph does.
#[must_use]
pub fn sentences(text: &str, language: Language) -> Vec<&str> {
    stretches(text)
        .flat_map(|stretch| sentencex::segment(language.code(), stretch))
        .map(str::trim)
        .filter(|sentence| !sentence.is_empty())
        .collect()
}

/// The text in pieces of bounded length, cut at a paragraph, else at a line, else
/// after a sentence mark, else at a space, else where the bound falls.
fn stretches(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (stretch, after) = rest.split_at(cut(rest));
        rest = after;
        Some(stretch)
    })
}

fn cut(text: &str) -> usize {
    if text.len() <= LONGEST_STRETCH {
        return text.len();
    }
    let bound = (0..=LONGEST_STRETCH).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
    let window = &text[..bound];
    ["\n\n", "\n", ". ", " "]
        .iter()
        .find_map(|mark| window.rfind(mark).map(|at| at + mark.len()))
        .unwrap_or(bound)
}

/// The words of a text by Unicode's rules (UAX #29): no punctuation, no spaces.
#[must_use]
pub fn words(text: &str) -> Vec<&str> {
    text.unicode_words().collect()
}

/// Whether a word carries next to no meaning of its own (`the`, `und`, `les`), in any case.
///
/// False for every word of a language without a list.
#[must_use]
pub fn is_stop_word(word: &str, language: Language) -> bool {
    stop_words(language).is_some_and(|list| list.contains(lower(word).as_ref()))
}

/// The word in lower case, with a plain apostrophe.
pub(crate) fn lower(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return Cow::Borrowed(word);
    }
    Cow::Owned(word.to_lowercase().replace('’', "'"))
}

fn stop_words(language: Language) -> Option<&'static HashSet<&'static str>> {
    static LISTS: OnceLock<HashMap<&'static str, HashSet<&'static str>>> = OnceLock::new();
    let lists = LISTS.get_or_init(|| {
        let codes = stop_words::available_languages().iter().copied();
        codes.filter_map(|code| Some((code, stop_words::lookup(code)?.iter().copied().collect()))).collect()
    });
    lists.get(language.code())
}

/// The word's stem by the Snowball rules of its language, in lower case; the
/// lower-case word itself in a language without rules.
#[must_use]
pub fn stem(word: &str, language: Language) -> String {
    /// Nothing longer is a word; the stemmers' time grows faster than the length.
    const LONGEST_WORD: usize = 128;
    let word = lower(word);
    match algorithm(language).filter(|_| word.len() <= LONGEST_WORD) {
        Some(algorithm) => Stemmer::create(algorithm).stem(&word).into_owned(),
        None => word.into_owned(),
    }
}

fn algorithm(language: Language) -> Option<Algorithm> {
    Some(match language.code() {
        "ar" => Algorithm::Arabic,
        "da" => Algorithm::Danish,
        "nl" => Algorithm::Dutch,
        "en" => Algorithm::English,
        "fi" => Algorithm::Finnish,
        "fr" => Algorithm::French,
        "de" => Algorithm::German,
        "el" => Algorithm::Greek,
        "hu" => Algorithm::Hungarian,
        "it" => Algorithm::Italian,
        "no" => Algorithm::Norwegian,
        "pt" => Algorithm::Portuguese,
        "ro" => Algorithm::Romanian,
        "ru" => Algorithm::Russian,
        "es" => Algorithm::Spanish,
        "sv" => Algorithm::Swedish,
        "ta" => Algorithm::Tamil,
        "tr" => Algorithm::Turkish,
        _ => return None,
    })
}
