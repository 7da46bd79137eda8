//! Key phrases: what an article speaks of, as noun phrases in their own spelling.

use std::collections::{BTreeMap, BTreeSet};

use domain::Language;
use scoring::text::{is_stop_word, stem};

use super::lexicon::Lexicon;
use super::sentence::Sentence;

/// A noun phrase that the article uses more than once, or has in its title or a heading.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Phrase {
    /// In the spelling that is used most often in the midst of sentences.
    pub(crate) text: String,
    /// As it is looked for in flat texts.
    pub(crate) flat: String,
    pub(crate) stems: Vec<String>,
    pub(crate) weight: f64,
}

#[derive(Default)]
struct Seen {
    spellings: BTreeMap<String, usize>,
    count: usize,
}

/// A word of a sentence with what stands around it.
struct Token<'a> {
    text: &'a str,
    lower: String,
    /// Punctuation between this word and the next.
    stop_after: bool,
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let mut start = None;
    let marks = |c: char| c.is_alphanumeric() || matches!(c, '-' | '\'' | '’' | '_' | '/' | '+' | '\u{301}');
    for (at, c) in text.char_indices().chain([(text.len(), '\n')]) {
        match (marks(c), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                let word = &text[from..at];
                let stop_after = !c.is_whitespace() || c == '\n';
                found.push(Token { text: word, lower: word.to_lowercase(), stop_after });
                start = None;
            }
            _ => {}
        }
    }
    found
}

/// The key phrases of the sentences, best first.
pub(crate) fn key_phrases(
    sentences: &[Sentence],
    title: &BTreeSet<String>,
    headings: &BTreeSet<String>,
    lexicon: &Lexicon,
    language: Language,
) -> Vec<Phrase> {
    let mut seen: BTreeMap<Vec<String>, Seen> = BTreeMap::new();
    for sentence in sentences {
        let words = tokens(&sentence.source);
        for (from, to) in chunks(&words, lexicon, language) {
            let chunk = &words[from..to];
            let stems: Vec<String> = chunk.iter().map(|word| stem(&word.lower, language)).collect();
            let entry = seen.entry(stems).or_default();
            entry.count += 1;
            let text = chunk.iter().map(|word| word.text).collect::<Vec<_>>().join(" ");
            let spelling = entry.spellings.entry(text).or_default();
            *spelling += if from > 0 { 2 } else { 1 };
        }
    }
    let mut phrases: Vec<Phrase> = seen
        .into_iter()
        .filter_map(|(stems, seen)| {
            let titled = stems.iter().all(|stem| title.contains(stem));
            let headed = stems.iter().all(|stem| headings.contains(stem));
            if seen.count < 2 && !titled && !headed {
                return None;
            }
            let text = seen
                .spellings
                .into_iter()
                .max_by_key(|(text, count)| (*count, text.len()))
                .map(|(text, _)| text)?;
            let length = 1.0 + 0.6 * (stems.len().min(3) - 1) as f64;
            let place = if titled {
                2.5
            } else if headed {
                1.5
            } else {
                1.0
            };
            let last = text.rsplit(' ').next().unwrap_or_default();
            let participle = language == Language::ENGLISH && last.ends_with("ed") && !last.ends_with("eed");
            if participle && stems.len() > 1 {
                return None; // "no longer created" names nothing
            }
            Some(Phrase {
                flat: super::lexicon::flat(&text, language),
                text,
                weight: (seen.count as f64).sqrt() * length * place,
                stems,
            })
        })
        .collect();
    phrases.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| a.text.cmp(&b.text)));
    phrases.truncate(60);
    phrases
}

/// The noun phrases of one sentence, longer ones first.
pub(crate) fn phrases_of(sentence: &str, lexicon: &Lexicon, language: Language) -> Vec<String> {
    let words = tokens(sentence);
    let mut found: Vec<(usize, String)> = chunks(&words, lexicon, language)
        .into_iter()
        .map(|(from, to)| {
            (to - from, words[from..to].iter().map(|word| word.text).collect::<Vec<_>>().join(" "))
        })
        .collect();
    found.sort_by_key(|(length, _)| std::cmp::Reverse(*length));
    found.into_iter().map(|(_, text)| text).collect()
}

/// The noun phrases of a sentence, as ranges of its words.
fn chunks(words: &[Token<'_>], lexicon: &Lexicon, language: Language) -> Vec<(usize, usize)> {
    match language.code() {
        "de" => german_nouns(words, lexicon, language),
        _ if lexicon.known => after_determiners(words, lexicon, language),
        _ => frequent_words(words, language),
    }
}

fn is_content(word: &Token<'_>, lexicon: &Lexicon, language: Language) -> bool {
    word.lower.chars().count() > 2
        && word.lower.chars().any(char::is_alphabetic)
        && !word.text.contains(['_', '/'])
        && !is_stop_word(&word.lower, language)
        && !lexicon.words.vague.has(&word.lower)
        && !lexicon.words.trailing.has(&word.lower)
}

/// A determiner, one to three words of content, and then a word or sign that ends a noun phrase.
fn after_determiners(words: &[Token<'_>], lexicon: &Lexicon, language: Language) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for at in 0..words.len() {
        let opened = lexicon.words.determiners.has(&words[at].lower) && !words[at].stop_after;
        let elided = words[at].lower.contains(['\'', '’']);
        if !opened || elided {
            continue;
        }
        let from = at + 1;
        let mut to = from;
        // A third word after a noun and its adjective would be a verb in the languages that put it there.
        let most = if lexicon.words.links.is_empty() { 3 } else { 2 };
        while to < words.len() && to - from < most && is_content(&words[to], lexicon, language) {
            to += 1;
            if words[to - 1].stop_after {
                break;
            }
            let linked = to + 1 < words.len() && lexicon.words.links.has(&words[to].lower);
            if linked && to - from == 1 && is_content(&words[to + 1], lexicon, language) {
                to += 2;
                break;
            }
        }
        let closed = to > from
            && (to == words.len()
                || words[to - 1].stop_after
                || lexicon.words.after_noun.has(&words[to].lower));
        if closed && !words[to - 1].lower.ends_with("ly") {
            found.push((from, to));
        }
    }
    found
}

/// German writes its nouns with a capital; adjectives change with the case and stay out.
fn german_nouns(words: &[Token<'_>], lexicon: &Lexicon, language: Language) -> Vec<(usize, usize)> {
    let noun = |at: usize| {
        let word = &words[at];
        at > 0 && word.text.starts_with(char::is_uppercase) && is_content(word, lexicon, language)
    };
    (0..words.len()).filter(|at| noun(*at)).map(|at| (at, at + 1)).collect()
}

fn frequent_words(words: &[Token<'_>], language: Language) -> Vec<(usize, usize)> {
    let long = |word: &Token<'_>| word.text.chars().count() > 2 && word.text.chars().all(char::is_alphabetic);
    (0..words.len())
        .filter(|at| {
            long(&words[*at])
                && words[*at].text.chars().count() < 30
                && !is_stop_word(&words[*at].lower, language)
        })
        .map(|at| (at, at + 1))
        .collect()
}
