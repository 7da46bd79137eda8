//! One sentence of the article: whether it can stand on a slide alone, and the form in which it can.

use std::collections::BTreeSet;

use domain::Language;
use scoring::text::Figure;

use super::lexicon::{Lexicon, flat, flat as flat_of};

/// Longer sentences than this are left out: no slide takes them.
const LONGEST: usize = 270;

/// What a sentence needs beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Nothing: it may open a slide.
    Alone,
    /// The sentence before it, on the same slide.
    Follows,
    /// It refers to what no slide has, or is no whole sentence.
    Never,
}

/// A sentence with all that the stages ask of it.
#[derive(Clone, Debug)]
pub(crate) struct Sentence {
    /// In the form in which it opens a slide: without a connective at its start.
    pub(crate) text: String,
    /// In the form in which it follows the sentence before it.
    pub(crate) inline: String,
    /// As it stands in the article.
    pub(crate) source: String,
    pub(crate) flat: String,
    pub(crate) standing: Standing,
    pub(crate) section: usize,
    /// Whether it draws a conclusion ("Therefore, …") and says it whole without the connective.
    pub(crate) closes: bool,
    /// Counted through the article.
    pub(crate) paragraph: usize,
    /// Its content words, as stems.
    pub(crate) stems: BTreeSet<String>,
    pub(crate) figures: Vec<Figure>,
    /// How much of what the article is about it says; about 0 to 2.
    pub(crate) score: f64,
}

impl Sentence {
    pub(crate) fn stands_alone(&self) -> bool {
        self.standing == Standing::Alone && !self.is_question()
    }

    pub(crate) fn is_question(&self) -> bool {
        self.text.trim_end_matches(['"', '”', '»', ')']).ends_with(['?', '？', '؟'])
    }

    pub(crate) fn length(&self) -> usize {
        self.text.chars().count()
    }

    /// The share of content words that both have, of all that either has.
    pub(crate) fn likeness(&self, other: &Self) -> f64 {
        let both = self.stems.intersection(&other.stems).count();
        let either = self.stems.len() + other.stems.len() - both;
        if either == 0 { 0.0 } else { both as f64 / either as f64 }
    }
}

/// The rules by which a sentence is judged.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Judge {
    pub(crate) lexicon: &'static Lexicon,
    pub(crate) language: Language,
    /// A text with code beside it speaks of "the output" and "our program".
    pub(crate) tutorial: bool,
}

/// What a judge makes of a sentence.
pub(crate) struct Judged {
    pub(crate) text: String,
    pub(crate) inline: String,
    pub(crate) standing: Standing,
    pub(crate) closes: bool,
}

impl Judge {
    pub(crate) fn sentence(&self, source: &str) -> Judged {
        let inline = self.without_asides(source);
        let text = self.repaired(&inline);
        let standing = self.standing(&text);
        let concluded = self.without_opening(&text, &self.lexicon.cues.concluding);
        if let Some(claim) = concluded.map(|claim| capitalised(&claim))
            && standing == Standing::Follows
            && self.standing(&claim) == Standing::Alone
        {
            return Judged { text: claim, inline, standing, closes: true };
        }
        Judged { text, inline, standing, closes: false }
    }

    /// Whether an item of a list may be shown below what introduces it; a step may speak of the step before.
    pub(crate) fn item_stands(&self, item: &str, in_sequence: bool) -> bool {
        let flat = flat(item, self.language);
        let words = &self.lexicon.words;
        let first = flat.split_whitespace().next().unwrap_or_default();
        let points = words.subject_pronouns.has(first) || words.pointing.has(first);
        (in_sequence || !self.refers(&flat) && !points)
            && is_balanced(item)
            && !item.contains("://")
            && !item.ends_with([':', '…', ','])
            && (in_sequence || !words.trailing.ends(&flat))
    }

    /// Whether a sentence may stand above the code that follows it: it may point at it, and at nothing else.
    pub(crate) fn introduces_code(&self, text: &str) -> bool {
        let mut flat = flat(text, self.language);
        let leans = self.leans(&flat);
        for word in self.lexicon.cues.below.found_in(&flat) {
            flat = flat.replace(&word, " ");
        }
        !leans && !self.lexicon.cues.refers.within(&flat) && is_balanced(text) && starts_well(text)
    }

    fn refers(&self, flat: &str) -> bool {
        let cues = &self.lexicon.cues;
        cues.refers.within(flat) || (self.tutorial && cues.tutorial.within(flat))
    }

    fn standing(&self, text: &str) -> Standing {
        let flat = flat(text, self.language);
        let length = text.chars().count();
        if length > LONGEST || !ends_well(text) || !starts_well(text) || !is_balanced(text) {
            return Standing::Never;
        }
        // A line of a table of contents ends with a section's number.
        let last = text.rsplit(' ').next().unwrap_or_default();
        if last.len() >= 4
            && last.ends_with('.')
            && last.matches('.').count() >= 2
            && !last.contains(char::is_alphabetic)
        {
            return Standing::Never;
        }
        let variable = self.tutorial && flat.split_whitespace().any(is_variable);
        if self.language != Language::GERMAN && is_title_case(text) {
            return Standing::Never;
        }
        if looks_like_code(text) || self.refers(&flat) || !letters_in_words(text) || variable {
            return Standing::Never;
        }
        if text.split_whitespace().any(is_ticket) {
            return Standing::Never;
        }
        let words = flat.split_whitespace().count();
        let spaced = text.contains(' ');
        // Words in quotation marks without their speaker.
        let spoken = text.starts_with(['"', '“', '„', '«']) && text.ends_with(['"', '”', '“', '»']);
        // "…," she said: the speaker's name stands in the sentence before.
        let quoted =
            text.starts_with(['"', '“', '„', '«']).then(|| text.rfind(['"', '”', '“', '»'])).flatten();
        let told = quoted.is_some_and(|close| {
            let after = flat_of(&text[close..], self.language);
            self.lexicon.words.subject_pronouns.within(&after)
        });
        if spoken || told {
            return Standing::Follows;
        }
        if (spaced && words < 4) || length < 8 || self.leans(&flat) {
            return Standing::Follows;
        }
        let words = &self.lexicon.words;
        if is_entry(text) {
            return Standing::Follows;
        }
        if self.points_outside(&flat)
            || words.closers.ends(&flat)
            || self.lost_subject(&flat)
            || self.leans_after_front(text)
            || self.lost_object(&flat, text)
            || self.turns(text)
            || self.adds(text)
        {
            return Standing::Follows;
        }
        Standing::Alone
    }

    /// Whether a sentence begins with what only the sentence before explains.
    pub(crate) fn leans(&self, flat: &str) -> bool {
        let Lexicon { openers, words, .. } = self.lexicon;
        if openers.expletive.opening(flat).is_some() {
            return false;
        }
        if openers.dependent.opening(flat).is_some()
            || openers.removable.opening(flat).is_some_and(|o| o.contains(' '))
        {
            return true;
        }
        if openers.removable_bare.opening(flat).is_some() {
            return true;
        }
        let first = flat.split_whitespace().next().unwrap_or_default();
        if openers.drops_subject && words.verbs.has(first) && openers.imperative.opening(flat).is_none() {
            return true;
        }
        // "For all trees that made 500": the phrase at the front leaves "that" without its noun.
        let fronted = openers.fronting.opening(flat).is_some();
        let upto = flat.split(openers.relative.as_str()).next().unwrap_or_default();
        if fronted && !openers.relative.is_empty() && upto.len() < flat.len() {
            let verb = upto.split_whitespace().any(|word| words.verbs.has(word));
            if !verb && upto.split_whitespace().count() <= 8 {
                return true;
            }
        }
        // A pronoun before any noun has its noun elsewhere; a noun is told by its determiner or its place.
        if words.free_pronouns.within(flat) {
            return false;
        }
        let start: Vec<&str> = flat.split_whitespace().take(6).collect();
        let Some(pronoun) = start.iter().position(|word| words.pronouns.has(word)) else { return false };
        let content = |word: &&str| !scoring::text::is_stop_word(word, self.language);
        let noun = start[..pronoun].iter().any(|word| words.articles.has(word))
            || start.first().is_some_and(content) && pronoun > 2;
        !noun || !start[..pronoun].iter().any(content)
    }

    /// The sentence without brackets that point elsewhere.
    fn without_asides(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(open) = rest.find('(') {
            let Some(close) = rest[open..].find(')').map(|at| at + open) else { break };
            let inside = &rest[open + 1..close];
            let aside = !inside.contains('(')
                && open > 0
                && rest[..open].ends_with(' ')
                && (self.refers(&flat(inside, self.language))
                    || inside.contains("://")
                    || inside.trim().is_empty());
            out.push_str(&rest[..if aside { open } else { close + 1 }]);
            if aside {
                out.truncate(out.trim_end().len());
            }
            rest = &rest[close + 1..];
        }
        out.push_str(rest);
        out.trim().to_owned()
    }

    /// The sentence without a connective at its start, where a whole sentence is left.
    fn repaired(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for _ in 0..3 {
            let Some(shorter) = self.without_connective(&text) else { break };
            text = capitalised(&shorter);
        }
        text
    }

    /// What follows one of these phrases and its comma.
    fn without_opening(&self, text: &str, phrases: &super::lexicon::Phrases) -> Option<String> {
        let phrase = phrases.opening(&flat(text, self.language))?;
        let rest = after_phrase(text, phrase.chars().count(), self.language).trim_start();
        let rest = rest.strip_prefix([',', ':', '،', '、'])?.trim_start();
        (rest.split_whitespace().count() >= 4).then(|| rest.to_owned())
    }

    fn without_connective(&self, text: &str) -> Option<String> {
        let openers = &self.lexicon.openers;
        if let Some(rest) = self.without_opening(text, &openers.removable) {
            return Some(rest);
        }
        let flat = flat(text, self.language);
        let phrase = openers.removable_bare.opening(&flat)?;
        let longer = openers.dependent.opening(&flat).is_some_and(|other| other.len() > phrase.len());
        if longer || openers.expletive.opening(&flat).is_some_and(|other| other.len() > phrase.len()) {
            return None;
        }
        let rest = after_phrase(text, phrase.chars().count(), self.language).trim_start();
        let rest = rest.trim_start_matches([',', ' ']);
        (rest.split_whitespace().count() >= 4).then(|| rest.to_owned())
    }
}

/// What follows the first `length` characters of the flat form of a text.
fn after_phrase(text: &str, length: usize, language: Language) -> &str {
    let ends = text.char_indices().map(|(at, c)| at + c.len_utf8());
    for end in ends {
        // The flat form has a blank at each end.
        if flat(&text[..end], language).trim().chars().count() >= length {
            return &text[end..];
        }
    }
    ""
}

/// `TARGET — the target triple`: an entry of a glossary.
fn is_entry(text: &str) -> bool {
    [" — ", " – ", ": "].iter().filter_map(|sign| text.split_once(sign)).any(|(term, rest)| {
        let mut words = term.split_whitespace();
        let name = words.clone().count() <= 2
            && words.all(|word| word.contains(|c: char| c.is_uppercase() || c == '_'));
        name && rest.starts_with(char::is_lowercase)
    })
}

/// A heading that ends with a full stop.
fn is_title_case(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().filter(|word| word.chars().count() > 3).collect();
    let capital = words.iter().filter(|word| word.chars().next().is_some_and(char::is_uppercase)).count();
    words.len() >= 3 && capital * 10 > words.len() * 7
}

/// `#15931`: something that is kept elsewhere.
fn is_ticket(word: &str) -> bool {
    let number = word.trim_start_matches('(').strip_prefix('#').unwrap_or_default();
    number.chars().take_while(char::is_ascii_digit).count() >= 2
}

/// `s1` or `x`: a name out of code that isn't there.
fn is_variable(word: &str) -> bool {
    let mut chars = word.chars();
    let letter = chars
        .next()
        .is_some_and(|c| c.is_ascii_lowercase() && !matches!(c, 'a' | 'i' | 'e' | 'o' | 'y' | 'u' | 'f'));
    letter && word.len() <= 2 && chars.all(|c| c.is_ascii_digit())
}

pub(crate) fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    let Some(first) = chars.next() else { return String::new() };
    // A name such as `iPhone`, `w3m`, `rustc_driver` or `std::fs` keeps its own case.
    let word = text.split_whitespace().next().unwrap_or_default();
    let bare = word.trim_end_matches([',', '.', ':', ';', '!', '?']);
    let own_case = bare.chars().skip(1).any(|c| c.is_uppercase() || c.is_ascii_digit())
        || bare.contains(['_', ':', '(', '.', '/', '?', '=', '+', '<', '$', '@'])
        || bare.matches('-').count() >= 2;
    if own_case { text.to_owned() } else { first.to_uppercase().chain(chars).collect() }
}

pub(crate) fn ends_well(text: &str) -> bool {
    let text = text.trim_end_matches(['"', '”', '’', '»', ')', '“', '\'', ' ', '」', '』', '）']);
    text.ends_with(['.', '!', '?', '。', '！', '？', '؟', '।', '۔', '։', '။']) && !text.ends_with("..")
}

pub(crate) fn starts_well(text: &str) -> bool {
    let first = text.trim_start_matches(['"', '“', '„', '«', '¿', '¡', '‘', '\'', '「', ' ']).chars().next();
    first.is_some_and(|c| c.is_numeric() || (c.is_alphabetic() && !c.is_lowercase()))
}

/// Every bracket and double quotation mark that is opened is closed.
pub(crate) fn is_balanced(text: &str) -> bool {
    let mut open = Vec::new();
    for c in text.chars() {
        match c {
            '(' | '[' | '{' | '«' | '“' | '„' | '「' => open.push(c),
            ')' if open.pop() != Some('(') => return false,
            ']' if open.pop() != Some('[') => return false,
            '}' if open.pop() != Some('{') => return false,
            '”' if !matches!(open.pop(), Some('“' | '„')) => return false,
            '」' if open.pop() != Some('「') => return false,
            '»' if open.pop() != Some('«') => return false,
            _ => {}
        }
        // German quotes close with the sign that opens English ones.
        if open.ends_with(&['„', '“']) {
            open.truncate(open.len() - 2);
        }
    }
    open.is_empty() && text.matches('"').count().is_multiple_of(2)
}

/// Signs that are code or markup rather than prose.
pub(crate) fn looks_like_code(text: &str) -> bool {
    let signs = text.chars().filter(|c| "{}<>=;|\\^$@*~`#".contains(*c)).count();
    let paths = text.matches("::").count()
        + text.matches("->").count()
        + text.matches("--").count()
        + text.matches('_').count() / 2;
    signs > 1
        || paths > 2
        || text.contains("://")
        || text.contains("www.")
        || text.contains("&&")
        || text.contains("![")
        || text.contains("#!")
        || text.contains("//")
        || text.contains("#[")
}

/// Prose is mostly letters.
fn letters_in_words(text: &str) -> bool {
    let (mut letters, mut all) = (0_usize, 0_usize);
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        all += 1;
        letters += usize::from(
            c.is_alphabetic() || ('\u{300}'..='\u{36f}').contains(&c) || ('\u{900}'..='\u{dff}').contains(&c),
        );
    }
    letters * 10 >= all * 7
}

#[cfg(test)]
mod tests {
    use super::{Judge, Standing};
    use crate::offline::lexicon::Lexicon;
    use domain::Language;

    fn judged(text: &str) -> (String, Standing) {
        let judge =
            Judge { lexicon: Lexicon::of(Language::ENGLISH), language: Language::ENGLISH, tutorial: true };
        let judged = judge.sentence(text);
        (judged.text, judged.standing)
    }

    #[test]
    fn a_connective_goes_where_a_whole_sentence_is_left() {
        let (text, standing) = judged("Note that a slice never owns its data.");
        assert_eq!((text.as_str(), standing), ("A slice never owns its data.", Standing::Alone));
        assert_ne!(judged("So far, nothing was lost on the way.").1, Standing::Alone);
    }

    #[test]
    fn what_leans_on_another_sentence_may_only_follow_it() {
        for text in [
            "This is called borrowing.",
            "It returns a pointer to the heap.",
            "When it is dropped, the memory is freed.",
            "However, this rule has one exception.",
            "However, the heap is slower than the stack.",
            "The heap, however, is slower than the stack.",
            "Rust will run the drop function on it and its memory will be freed.",
            "Find the four or five people who disagree about it.",
            "You don't have to call the function to clone them.",
            "Because these values are small, copying is cheap.",
        ] {
            assert_eq!(judged(text).1, Standing::Follows, "{text}");
        }
    }

    #[test]
    fn what_refers_to_something_not_there_is_left_out() {
        for text in [
            "The following code does not compile.",
            "See Listing 4-1 for the whole program.",
            "In this chapter, you'll learn ownership.",
            "Here is a list of rules:",
            "and then it stops.",
            "The call is (see below",
        ] {
            assert_eq!(judged(text).1, Standing::Never, "{text}");
        }
        assert_eq!(
            judged("Rust moves values by default (see Chapter 4).").0,
            "Rust moves values by default."
        );
    }
}
