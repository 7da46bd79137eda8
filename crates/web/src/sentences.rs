//! What the inner crates say, in the language of the page.
//!
//! Below the pages everything is said in English, as programs read it. A language's file in
//! `locales/` has what each sentence is there; what has no translation stays English.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use studio::StudioError;

use crate::catalogue::Catalogue;

/// Each language's code and its sentences.
const FILES: [(&str, &str); 1] = [("de", include_str!("../locales/sentences.de.toml"))];

static ALL: LazyLock<BTreeMap<&str, Sentences>> =
    LazyLock::new(|| FILES.iter().map(|(code, file)| (*code, Sentences::read(file))).collect());

/// A whole sentence, with a capital and a full stop.
pub(crate) fn sentence(words: &Catalogue, text: &str) -> String {
    // Its own words are for a command line.
    if text == StudioError::Internal.to_string() {
        return words.text("error-internal");
    }
    finished(&fragment(words, text))
}

/// A part of a line.
pub(crate) fn fragment(words: &Catalogue, text: &str) -> String {
    let said = ALL.get(words.code).and_then(|sentences| sentences.translated(text));
    said.unwrap_or_else(|| text.to_owned())
}

/// The text with a capital first, unless a file's name or an address is first, and a full stop last.
pub(crate) fn finished(text: &str) -> String {
    let text = text.trim();
    let first = text.split_whitespace().next().unwrap_or_default();
    let is_name = first.trim_end_matches([':', ',', ';']).contains(['.', '/', ':', '_', '@']);
    let mut letters = text.chars();
    let mut finished: String = match letters.next() {
        Some(letter) if !is_name => letter.to_uppercase().chain(letters).collect(),
        _ => text.to_owned(),
    };
    if !finished.is_empty() && !finished.ends_with(['.', '!', '?', '…', ':']) {
        finished.push('.');
    }
    finished
}

/// The sentences of one language.
struct Sentences {
    /// Those without blanks.
    whole: BTreeMap<String, String>,
    /// Those with blanks, the ones that say the most themselves first.
    patterns: Vec<Pattern>,
}

/// A sentence with blanks: what stands around them in English, and what is said instead.
struct Pattern {
    fixed: Vec<String>,
    said: String,
}

impl Sentences {
    fn read(file: &str) -> Self {
        // A file that can't be read is left out: its test says so before anybody else does.
        let read: BTreeMap<String, String> = toml::from_str(file).unwrap_or_default();
        let (with_blanks, whole): (BTreeMap<_, _>, BTreeMap<_, _>) =
            read.into_iter().partition(|(english, _)| english.contains("{}"));
        let mut patterns: Vec<Pattern> = with_blanks
            .into_iter()
            .map(|(english, said)| Pattern { fixed: english.split("{}").map(str::to_owned).collect(), said })
            .collect();
        patterns.sort_by_key(|pattern| Reverse(pattern.fixed.iter().map(String::len).sum::<usize>()));
        Self { whole, patterns }
    }

    /// The text, or the entries that it lists, where there is a translation.
    fn translated(&self, text: &str) -> Option<String> {
        self.one(text).or_else(|| self.listed(text))
    }

    fn one(&self, text: &str) -> Option<String> {
        if let Some(said) = self.whole.get(text) {
            return Some(said.clone());
        }
        let fitting = self.patterns.iter().find_map(|pattern| Some((pattern, pattern.blanks(text)?)));
        let (pattern, blanks) = fitting?;
        let filled = blanks.into_iter().zip(&pattern.fixed).map(|(blank, before)| {
            let own = closing(before).is_some();
            let said = if own { None } else { self.translated(blank) };
            said.unwrap_or_else(|| blank.to_owned())
        });
        Some(fill(&pattern.said, &filled.collect::<Vec<_>>()))
    }

    fn listed(&self, text: &str) -> Option<String> {
        let mut quoted = false;
        let entries = text.split(|c: char| {
            quoted = c == '“' || quoted && c != '”';
            c == ',' && !quoted
        });
        let mut found = false;
        let said = entries.map(|entry| {
            let Some(said) = self.one(entry.trim_start()) else { return entry.to_owned() };
            found = true;
            entry.replacen(entry.trim_start(), &said, 1)
        });
        let said = said.collect::<Vec<_>>().join(",");
        found.then_some(said)
    }
}

impl Pattern {
    /// What stands in the blanks, in a text of this pattern.
    fn blanks<'t>(&self, text: &'t str) -> Option<Vec<&'t str>> {
        let (first, rest) = self.fixed.split_first()?;
        let (last, between) = rest.split_last()?;
        let mut left = text.strip_prefix(first.as_str())?.strip_suffix(last.as_str())?;
        let mut blanks = Vec::new();
        for fixed in between {
            let (blank, after) = left.split_once(fixed.as_str())?;
            blanks.push(blank);
            left = after;
        }
        blanks.push(left);
        let fits = |(blank, before): (&&str, &String)| {
            !blank.is_empty() && closing(before).is_none_or(|mark| !blank.contains(mark))
        };
        let all_fit = blanks.iter().zip(&self.fixed).all(fits);
        all_fit.then_some(blanks)
    }
}

/// The mark that closes the quotation in which a blank stands; what is quoted is somebody's own.
fn closing(before: &str) -> Option<char> {
    match before.chars().next_back()? {
        '“' => Some('”'),
        '`' => Some('`'),
        _ => None,
    }
}

/// The blanks filled: `{}` one after the other, `{1}` by its number from 0.
fn fill(said: &str, blanks: &[String]) -> String {
    let mut parts = said.split('{');
    let mut filled = parts.next().unwrap_or_default().to_owned();
    for (n, part) in parts.enumerate() {
        let (number, after) = part.split_once('}').unwrap_or((part, ""));
        let blank = blanks.get(number.parse::<usize>().unwrap_or(n));
        filled.push_str(blank.map_or("", String::as_str));
        filled.push_str(after);
    }
    filled
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use studio::StudioError;

    use super::{FILES, Sentences, fill, finished, fragment, sentence};
    use crate::catalogue::Catalogue;

    fn german() -> &'static Catalogue {
        Catalogue::of("de").unwrap()
    }

    /// The blanks of a translation, by number.
    fn blanks(said: &str) -> BTreeSet<usize> {
        let places = said.split('{').skip(1).map(|part| part.split_once('}').unwrap().0);
        places.enumerate().map(|(n, number)| number.parse().unwrap_or(n)).collect()
    }

    #[test]
    fn every_sentence_is_found_again_with_as_many_blanks() {
        for (code, file) in FILES {
            // A sentence that is there twice makes the file unreadable.
            let read: BTreeMap<String, String> = toml::from_str(file).unwrap();
            let sentences = Sentences::read(file);
            assert!(read.len() > 400 && Catalogue::of(code).is_some(), "{code}");
            for (english, said) in &read {
                let count = english.matches("{}").count();
                assert!(!said.trim().is_empty(), "{english}");
                assert_eq!(blanks(said), (0..count).collect::<BTreeSet<_>>(), "{english}");
                assert_ne!(english.trim(), "{}", "a blank alone fits everything");
                let sevens = vec!["7".to_owned(); count];
                assert_eq!(
                    sentences.one(&fill(english, &sevens)),
                    Some(fill(said, &sevens)),
                    "another sentence is taken for {english}"
                );
            }
        }
    }

    #[test]
    fn blanks_are_translated_save_what_is_quoted() {
        let said = |text| fragment(german(), text);
        assert_eq!(
            said("slide 3: about 12 words too many for `bullets`; shorten it or spread it over two slides"),
            "Folie 3: etwa 12 Wörter zu viel für die Anordnung „Liste“; kürze den Text oder verteile ihn auf \
             zwei Folien"
        );
        assert_eq!(
            said("terms: shared (most: “tree”) on 4 of 8"),
            "Begriffe: gemeinsame auf 4 von 8 (am häufigsten: „tree“)"
        );
        assert_eq!(said("holds a figure, the reader"), "enthält eine Zahl, eine Anrede");
        assert_eq!(
            said("asks: “save, 1 word”, “share”, 3 more"),
            "bittet um: „save, 1 word“, „share“, 3 weitere"
        );
        assert_eq!(
            said("this stage is open already (the carousel is awaiting_approval)"),
            "diese Stufe ist schon offen (das Karussell wartet auf eine Wahl)"
        );
        assert_eq!(said("1 word of mine"), "1 word of mine", "what is unknown stays");
        assert_eq!(fragment(&Catalogue::all()[0], "holds a figure"), "holds a figure");
    }

    #[test]
    fn a_sentence_begins_large_and_ends() {
        assert_eq!(sentence(german(), "this stage is open already"), "Diese Stufe ist schon offen.");
        assert_eq!(finished("nothing failed"), "Nothing failed.");
        assert_eq!(finished("notes.md is empty"), "notes.md is empty.");
        assert_eq!(finished("https://example.org: gone?"), "https://example.org: gone?");
        assert_eq!(finished("überschrift: ist leer"), "Überschrift: ist leer.");
        assert_eq!(finished(""), "");
        let internal = StudioError::Internal.to_string();
        for words in Catalogue::all() {
            assert!(!sentence(words, &internal).contains("command"), "{}", words.code);
        }
    }
}
