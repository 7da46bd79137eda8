//! The word lists of a language, read from `data/<lang>.toml` once.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::OnceLock;

use domain::Language;
use serde::Deserialize;
use unicode_segmentation::UnicodeSegmentation;

use super::units::lower;

/// What is known of a language's words. Each list names its source.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lexicon {
    pub code: Language,
    pub numbers: Numbers,
    /// Time and scarcity.
    pub urgency: WordList,
    /// A gap that is named and not filled.
    pub curiosity: WordList,
    /// Words that could stand in any text.
    pub vague: WordList,
    /// Words for what can be seen, touched or done.
    pub concrete: WordList,
    pub call_to_action: WordList,
    pub negation: WordList,
    pub second_person: WordList,
    pub first_person: WordList,
    pub question_words: WordList,
    /// Auxiliaries that mark the past, and the future.
    pub past: WordList,
    pub future: WordList,
    /// First words that lean on a sentence before them: `however`, `this`.
    pub leaning: WordList,
    /// What a numbered list counts: `ways`, `tips`.
    pub list_nouns: WordList,
    /// What is asked of a reader on the platform: save, share, follow.
    pub engagement: WordList,
    /// A gap that cheats: `you won't believe`.
    pub tricks: WordList,
    /// What can be said of any topic: `the short version`.
    pub ready_made: WordList,
}

/// How figures are written in a language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Numbers {
    /// What stands between groups of three digits.
    pub(super) grouping: Vec<char>,
    pub(super) decimal: char,
    /// What follows an ordinal: `st`, `º`.
    pub(super) ordinals: Vec<String>,
    /// Between the two ends of a range: `to`, `bis`.
    pub(super) ranges: Vec<String>,
    /// `million` and its like, with what they multiply by.
    pub(super) scales: HashMap<String, f64>,
    /// Names of the twelve months, each with its short forms.
    pub(super) months: Vec<Vec<String>>,
    pub(super) words: HashMap<String, f64>,
    /// Canonical name, and the words for it.
    #[serde(deserialize_with = "by_word")]
    pub(super) units: HashMap<String, String>,
}

/// Turns `day = ["day", "days"]` round: from the word to the canonical name.
fn by_word<'de, D: serde::Deserializer<'de>>(from: D) -> Result<HashMap<String, String>, D::Error> {
    let named = BTreeMap::<String, Vec<String>>::deserialize(from)?;
    Ok(named
        .into_iter()
        .flat_map(|(name, words)| words.into_iter().map(move |word| (word, name.clone())))
        .collect())
}

/// Signs that are the same in every language, from `data/units.toml`; the longest first.
#[derive(Debug)]
pub(super) struct Signs {
    /// (sign, canonical name)
    pub(super) units: Vec<(String, String)>,
    pub(super) currencies: Vec<(String, String)>,
    pub(super) scales: Vec<(String, f64)>,
}

/// A list of words and phrases, with where it is from.
#[derive(Debug, Deserialize)]
#[serde(from = "WrittenList")]
pub struct WordList {
    pub source: String,
    /// Phrases by their first word, the longest first.
    phrases: HashMap<String, Vec<Vec<String>>>,
    /// Beginnings of single words, written `geheim*`.
    beginnings: HashSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenList {
    source: String,
    words: Vec<String>,
}

impl From<WrittenList> for WordList {
    fn from(written: WrittenList) -> Self {
        let mut phrases: HashMap<String, Vec<Vec<String>>> = HashMap::new();
        let mut beginnings = HashSet::new();
        for entry in &written.words {
            if let Some(beginning) = entry.strip_suffix('*') {
                beginnings.insert(lower(beginning).into_owned());
                continue;
            }
            let words: Vec<String> = entry.unicode_words().map(|word| lower(word).into_owned()).collect();
            if let Some(first) = words.first() {
                phrases.entry(first.clone()).or_default().push(words);
            }
        }
        for same_start in phrases.values_mut() {
            same_start.sort_by_key(|phrase| std::cmp::Reverse(phrase.len()));
        }
        Self { source: written.source, phrases, beginnings }
    }
}

impl WordList {
    /// The words and phrases of the list that stand in the text, as they are written there, in order.
    #[must_use]
    pub fn matches<'t>(&self, text: &'t str) -> Vec<&'t str> {
        let words: Vec<(usize, &str)> = text.unicode_word_indices().collect();
        let mut found = Vec::new();
        let mut n = 0;
        while n < words.len() {
            let Some(length) = self.length_at(&words[n..]) else {
                n += 1;
                continue;
            };
            let (end_at, end) = words[n + length - 1];
            found.push(&text[words[n].0..end_at + end.len()]);
            n += length;
        }
        found
    }

    /// The word or phrase of the list with which the text begins.
    #[must_use]
    pub fn at_start<'t>(&self, text: &'t str) -> Option<&'t str> {
        const LONGEST_PHRASE: usize = 8;
        let words: Vec<(usize, &str)> = text.unicode_word_indices().take(LONGEST_PHRASE).collect();
        let length = self.length_at(&words)?;
        let (end_at, end) = words[length - 1];
        Some(&text[words[0].0..end_at + end.len()])
    }

    /// Whether this one word is in the list.
    #[must_use]
    pub fn contains(&self, word: &str) -> bool {
        self.length_at(&[(0, word)]).is_some()
    }

    /// How many of the words, from the first on, are one entry.
    fn length_at(&self, words: &[(usize, &str)]) -> Option<usize> {
        let first = lower(words.first()?.1);
        let same = |phrase: &&Vec<String>| {
            phrase.len() <= words.len()
                && phrase[1..]
                    .iter()
                    .zip(&words[1..])
                    .all(|(wanted, (_, word))| *wanted == lower(word).as_ref())
        };
        let phrase = self.phrases.get(first.as_ref()).and_then(|phrases| phrases.iter().find(same));
        phrase.map(Vec::len).or_else(|| self.begins(&first).then_some(1))
    }

    fn begins(&self, word: &str) -> bool {
        const LONGEST_BEGINNING: usize = 24;
        !self.beginnings.is_empty()
            && word
                .char_indices()
                .skip(1)
                .take(LONGEST_BEGINNING)
                .any(|(end, _)| self.beginnings.contains(&word[..end]))
            || self.beginnings.contains(word)
    }
}

const FILES: [&str; 6] = [
    include_str!("../../data/en.toml"),
    include_str!("../../data/de.toml"),
    include_str!("../../data/es.toml"),
    include_str!("../../data/fr.toml"),
    include_str!("../../data/it.toml"),
    include_str!("../../data/pt.toml"),
];

/// The word lists of a language; `None` for one that has none.
#[must_use]
pub fn lexicon(language: Language) -> Option<&'static Lexicon> {
    static LEXICONS: OnceLock<Vec<Lexicon>> = OnceLock::new();
    // A file that doesn't parse would be found by the tests: they load all six.
    let lexicons =
        LEXICONS.get_or_init(|| FILES.iter().filter_map(|file| toml::from_str(file).ok()).collect());
    lexicons.iter().find(|lexicon| lexicon.code == language)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SignsFile {
    units: BTreeMap<String, Vec<String>>,
    currencies: BTreeMap<String, Vec<String>>,
    scales: BTreeMap<String, f64>,
}

pub(super) fn signs() -> &'static Signs {
    static SIGNS: OnceLock<Signs> = OnceLock::new();
    SIGNS.get_or_init(|| {
        let file = toml::from_str::<SignsFile>(include_str!("../../data/units.toml")).ok();
        file.map_or_else(
            || Signs { units: Vec::new(), currencies: Vec::new(), scales: Vec::new() },
            |file| Signs {
                units: longest_first(file.units),
                currencies: longest_first(file.currencies),
                scales: file.scales.into_iter().collect(),
            },
        )
    })
}

fn longest_first(named: BTreeMap<String, Vec<String>>) -> Vec<(String, String)> {
    let mut pairs: Vec<(String, String)> = named
        .into_iter()
        .flat_map(|(name, signs)| signs.into_iter().map(move |sign| (sign, name.clone())))
        .collect();
    pairs.sort_by_key(|(sign, _)| std::cmp::Reverse(sign.len()));
    pairs
}

#[cfg(test)]
mod tests {
    use super::{FILES, Lexicon, SignsFile, WordList, lexicon};
    use domain::Language;

    #[test]
    fn every_file_reads_and_every_list_names_its_source() {
        for file in FILES {
            let lexicon: Lexicon = toml::from_str(file).unwrap();
            assert_eq!(lexicon.numbers.months.len(), 12, "{}", lexicon.code);
            for list in [
                &lexicon.urgency,
                &lexicon.curiosity,
                &lexicon.vague,
                &lexicon.concrete,
                &lexicon.call_to_action,
                &lexicon.negation,
                &lexicon.second_person,
                &lexicon.first_person,
                &lexicon.question_words,
                &lexicon.past,
                &lexicon.future,
                &lexicon.leaning,
                &lexicon.list_nouns,
                &lexicon.engagement,
                &lexicon.tricks,
                &lexicon.ready_made,
            ] {
                assert!(!list.source.is_empty() && !list.phrases.is_empty(), "{}", lexicon.code);
            }
        }
        toml::from_str::<SignsFile>(include_str!("../../data/units.toml")).unwrap();
    }

    #[test]
    fn the_longest_phrase_counts_and_beginnings_match() {
        let english = lexicon(Language::ENGLISH).unwrap();
        assert_eq!(
            english.urgency.matches("Last chance, ends soon: URGENTLY!"),
            ["Last chance", "ends soon", "URGENTLY"]
        );
        assert_eq!(english.leaning.at_start("As a result, it grew"), Some("As a result"));
        assert_eq!(english.leaning.at_start("Results grew"), None);
        assert_eq!(english.negation.matches("You don’t and can't"), ["don’t", "can't"]);
        let list: WordList = toml::from_str("source = \"x\"\nwords = [\"a b\", \"a\"]").unwrap();
        assert_eq!(list.matches("a a b a"), ["a", "a b", "a"]);
    }
}
