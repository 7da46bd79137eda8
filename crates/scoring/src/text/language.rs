//! Which language a text is in: by its script, and for Latin letters by letter statistics.

use std::collections::HashSet;

use domain::Language;
use whichlang::Lang;

use super::units::{is_stop_word, words};

/// How much of a text is looked at; more adds nothing.
const SAMPLE: usize = 20_000;
/// Fewer Latin letters than this say too little.
const FEWEST_LETTERS: usize = 20;
/// From this many words on, a text without one stop word in twenty, and two different ones, is not in that language.
const ENOUGH_WORDS: usize = 12;

/// The language of a text, or `None` where it is too short or not one of those known.
///
/// Languages with a script of their own are told by the script alone. Latin text
/// goes to `whichlang` and must then hold the stop words of the language it names,
/// so that, say, Polish is `None` and not the nearest known language.
#[must_use]
pub fn detect_language(text: &str) -> Option<Language> {
    let sample = head(text);
    let script = Script::of(sample)?;
    let code = match script {
        Script::Latin(letters) => return latin(sample, letters),
        Script::Arabic => arabic(sample),
        Script::Cyrillic => cyrillic(sample),
        Script::Own(code) => code,
    };
    code.parse().ok()
}

fn head(text: &str) -> &str {
    text.char_indices().nth(SAMPLE).map_or(text, |(end, _)| &text[..end])
}

fn latin(text: &str, letters: usize) -> Option<Language> {
    if letters < FEWEST_LETTERS {
        return None;
    }
    let code = match whichlang::detect_language(text) {
        Lang::Deu => "de",
        Lang::Eng => "en",
        Lang::Fra => "fr",
        Lang::Ita => "it",
        Lang::Nld => "nl",
        Lang::Por => "pt",
        Lang::Spa => "es",
        Lang::Swe => "sv",
        Lang::Tur => "tr",
        Lang::Vie => "vi",
        _ => return None,
    };
    let language = code.parse().ok()?;
    let words = words(text);
    let stops: Vec<String> = words
        .iter()
        .filter(|word| word.chars().count() > 1 && is_stop_word(word, language))
        .map(|word| word.to_lowercase())
        .collect();
    let different: HashSet<&String> = stops.iter().collect();
    let its_own = stops.len() * 20 >= words.len() && different.len() > 1;
    (words.len() < ENOUGH_WORDS || its_own).then_some(language)
}

/// Letters that Persian and Urdu have and Arabic does not.
fn arabic(text: &str) -> &'static str {
    let has = |letters: &[char]| text.contains(letters);
    if has(&['ٹ', 'ڈ', 'ڑ', 'ے', 'ں']) {
        "ur"
    } else if has(&['پ', 'چ', 'ژ', 'گ']) {
        "fa"
    } else {
        "ar"
    }
}

/// Letters that Ukrainian has and Russian does not.
fn cyrillic(text: &str) -> &'static str {
    if text.contains(['і', 'ї', 'є', 'ґ']) { "uk" } else { "ru" }
}

/// The script of most of a text's letters.
enum Script {
    Latin(usize),
    Arabic,
    Cyrillic,
    /// A script that one language has to itself, or nearly so.
    Own(&'static str),
}

impl Script {
    fn of(text: &str) -> Option<Self> {
        let mut counts = [0_usize; KINDS.len()];
        for c in text.chars().filter(|c| c.is_alphabetic()) {
            if let Some(kind) = KINDS.iter().position(|(_, ranges)| ranges.iter().any(|r| r.contains(&c))) {
                counts[kind] += 1;
            }
        }
        // Japanese mixes kana with Chinese characters: a little kana decides.
        let (kana, han) = (counts[KANA], counts[HAN]);
        if kana * 10 > han && kana + han > counts[LATIN] {
            return Some(Self::Own("ja"));
        }
        let (kind, count) = counts.iter().copied().enumerate().max_by_key(|(_, count)| *count)?;
        match (kind, count) {
            (_, 0) => None,
            (LATIN, letters) => Some(Self::Latin(letters)),
            (ARABIC, _) => Some(Self::Arabic),
            (CYRILLIC, _) => Some(Self::Cyrillic),
            _ => Some(Self::Own(KINDS[kind].0)),
        }
    }
}

const LATIN: usize = 0;
const ARABIC: usize = 1;
const CYRILLIC: usize = 2;
const KANA: usize = 3;
const HAN: usize = 4;

type Ranges = &'static [std::ops::RangeInclusive<char>];

const KINDS: &[(&str, Ranges)] = &[
    ("latin", &['A'..='Z', 'a'..='z', '\u{c0}'..='\u{24f}', '\u{1e00}'..='\u{1eff}']),
    (
        "arabic",
        &['\u{600}'..='\u{6ff}', '\u{750}'..='\u{77f}', '\u{fb50}'..='\u{fdff}', '\u{fe70}'..='\u{fefe}'],
    ),
    ("cyrillic", &['\u{400}'..='\u{52f}']),
    ("ja", &['\u{3040}'..='\u{30ff}']),
    ("zh", &['\u{3400}'..='\u{4dbf}', '\u{4e00}'..='\u{9fff}']),
    ("ko", &['\u{ac00}'..='\u{d7a3}', '\u{1100}'..='\u{11ff}']),
    ("he", &['\u{590}'..='\u{5ff}']),
    ("el", &['\u{370}'..='\u{3ff}', '\u{1f00}'..='\u{1fff}']),
    ("hi", &['\u{900}'..='\u{97f}']),
    ("bn", &['\u{980}'..='\u{9ff}']),
    ("ta", &['\u{b80}'..='\u{bff}']),
    ("te", &['\u{c00}'..='\u{c7f}']),
    ("th", &['\u{e00}'..='\u{e7f}']),
    ("ka", &['\u{10a0}'..='\u{10ff}']),
    ("hy", &['\u{530}'..='\u{58f}']),
    ("am", &['\u{1200}'..='\u{137f}']),
];
