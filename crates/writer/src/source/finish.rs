//! What is done when the whole article is known: its title, what only repeats its headings, and code
//! in its sentences.

use std::collections::BTreeSet;

use domain::Language;

use super::article::{Article, Passage};
use super::clean;
use crate::offline::Lexicon;

/// Files that are named for what they are, not for what they are about.
const NAMELESS: &[&str] = &[
    "readme",
    "index",
    "main",
    "news",
    "changelog",
    "changes",
    "history",
    "faq",
    "todo",
    "license",
    "copying",
];

impl Article {
    /// Takes the title from where it may be, and drops sections without content.
    pub(super) fn tidy(&mut self) {
        self.drop_contents();
        if self.title.is_none() {
            self.title = self.opening_heading();
        }
        self.title = self.title.take().map(|title| clean::heading(&title)).filter(|title| !title.is_empty());
        self.keep_filled();
    }

    /// The heading that the text begins with, where no other is as great.
    fn opening_heading(&self) -> Option<String> {
        let (first, rest) = self.sections.split_first()?;
        let above = first.level <= 2 && rest.iter().all(|other| other.level > first.level);
        first.heading.clone().filter(|_| above)
    }

    /// What the first sentence says something is (`Zstandard, or zstd for short, is a …`), else the file's name.
    pub(super) fn name_itself(&mut self, file: Option<&str>) {
        if self.title.is_none() {
            self.title = self.subject().or_else(|| file.and_then(readable));
        }
    }

    fn subject(&self) -> Option<String> {
        let Some(Passage::Paragraph(text)) = self.sections.first()?.passages.first() else { return None };
        let words = &Lexicon::of(self.language?).words;
        let all: Vec<&str> = text.split_whitespace().take(14).collect();
        let is = all.iter().position(|word| words.is.has(&word.to_lowercase()))?;
        let kind = all.get(is + 1).is_some_and(|word| words.articles.has(&word.to_lowercase()));
        let end = all[..is].iter().position(|word| word.ends_with(',') || word.starts_with('('));
        let cut = end.map_or(is, |at| if all[at].ends_with(',') { at + 1 } else { at });
        let first = all.first()?.trim_matches(|c: char| !c.is_alphanumeric());
        let lower = first.to_lowercase();
        let vague = words.pronouns.has(&lower) || words.articles.has(&lower) || words.definite.has(&lower);
        let name = all[..cut].join(" ").replace(clean::CODE, "");
        let name = name.trim_end_matches(',');
        (kind && (1..=4).contains(&cut) && !vague && first.starts_with(char::is_uppercase))
            .then(|| name.to_owned())
    }

    /// A list whose items are the headings of the text is its table of contents.
    fn drop_contents(&mut self) {
        let flat = |text: &str| -> String {
            clean::heading(text)
                .chars()
                .filter(|c| c.is_alphanumeric())
                .flat_map(char::to_lowercase)
                .collect()
        };
        let headings: BTreeSet<String> =
            self.sections.iter().filter_map(|section| section.heading.as_deref()).map(flat).collect();
        let named = |item: &String| {
            let whole = |text: &str| headings.contains(&flat(text));
            whole(item) || item.split([':', ';', ',']).all(whole)
        };
        for section in &mut self.sections {
            section.passages.retain(|passage| {
                let Passage::List { items, .. } = passage else { return true };
                let known = items.iter().filter(|item| named(item)).count();
                known < 2 || known * 5 < items.len() * 3
            });
        }
    }

    /// Drops sections without content, unless sections below them have some: a release is known by its
    /// heading alone.
    fn keep_filled(&mut self) {
        let filled: Vec<bool> = (0..self.sections.len())
            .map(|n| {
                let level = self.sections[n].level;
                let below = self.sections[n + 1..].iter().take_while(|other| other.level > level);
                let named = self.sections[n].heading.is_some();
                !self.sections[n].passages.is_empty()
                    || named && below.into_iter().any(|other| !other.passages.is_empty())
            })
            .collect();
        let mut filled = filled.into_iter();
        self.sections.retain(|_| filled.next().unwrap_or(false));
    }

    /// The words in small letters of the running text that are not marked as code.
    fn said(&self) -> BTreeSet<String> {
        let mut said = BTreeSet::new();
        let passages = self.sections.iter().flat_map(|section| &section.passages);
        let texts = passages.flat_map(|passage| match passage {
            Passage::Paragraph(text) => vec![text],
            Passage::List { items, .. } => items.iter().collect(),
            _ => vec![],
        });
        for text in texts {
            // What stands before each mark's beginning and after its end.
            let plain =
                text.split(clean::CODE[0]).map(|part| part.rsplit(clean::CODE[1]).next().unwrap_or_default());
            for word in plain.flat_map(str::split_whitespace) {
                let word = word.trim_matches(|c: char| !c.is_alphanumeric());
                if !word.is_empty() && word.chars().all(char::is_lowercase) && !said.contains(word) {
                    said.insert(word.to_owned());
                }
            }
        }
        said
    }

    /// Takes the marks off the code in running text; code that looks like words of the sentence gets
    /// quotation marks, since a slide's text has one font: the change of “if let” to “match”.
    pub(super) fn spell(&mut self) {
        let said = self.said();
        let quotes = Spelling { quotes: quotes(self.language), said: &said };
        let none = Spelling { quotes: ["", ""], said: &said };
        let mut code = BTreeSet::new();
        for bare in self.title.iter_mut() {
            none.spell(bare, &mut code);
        }
        for section in &mut self.sections {
            if let Some(heading) = &mut section.heading {
                none.spell(heading, &mut code);
            }
            for passage in &mut section.passages {
                match passage {
                    Passage::Paragraph(text) => quotes.spell(text, &mut code),
                    Passage::List { items, introduction, .. } => {
                        items.iter_mut().chain(introduction).for_each(|text| quotes.spell(text, &mut code));
                    }
                    Passage::Quote { text, attribution } => {
                        none.spell(text, &mut code);
                        attribution.iter_mut().for_each(|who| none.spell(who, &mut code));
                    }
                    Passage::Table { header, rows } => {
                        header
                            .iter_mut()
                            .chain(rows.iter_mut().flatten())
                            .for_each(|cell| none.spell(cell, &mut code));
                    }
                    Passage::Code { .. } => {}
                }
            }
        }
        self.code = code;
    }
}

fn quotes(language: Option<Language>) -> [&'static str; 2] {
    match language {
        Some(Language::GERMAN) => ["„", "“"],
        Some(Language::FRENCH) => ["«\u{a0}", "\u{a0}»"],
        _ => ["“", "”"],
    }
}

struct Spelling<'a> {
    quotes: [&'static str; 2],
    /// Words that the text uses as words, too.
    said: &'a BTreeSet<String>,
}

impl Spelling<'_> {
    fn spell(&self, text: &mut String, code: &mut BTreeSet<String>) {
        let [start, end] = clean::CODE;
        let [open, close] = self.quotes;
        while let Some(from) = text.find(start) {
            let Some(to) = text[from..].find(end).map(|at| at + from) else { break };
            let inner = text[from + start.len_utf8()..to].to_owned();
            let before = text[..from].chars().last();
            let after = text[to + end.len_utf8()..].chars().next();
            let free = before.is_some_and(char::is_whitespace)
                && after.is_none_or(|c| c.is_whitespace() || ".,;:!?)".contains(c));
            let quoted = if free && self.reads_as_words(&inner) {
                format!("{open}{inner}{close}")
            } else {
                inner.clone()
            };
            text.replace_range(from..to + end.len_utf8(), &quoted);
            code.insert(inner);
        }
        text.retain(|c| c != start && c != end);
    }

    /// Code that may be taken for words of its sentence: all of it is said without marks elsewhere.
    fn reads_as_words(&self, code: &str) -> bool {
        code.split(' ').count() <= 3 && code.split(' ').all(|word| self.said.contains(word))
    }
}

/// `street-trees_2024.md` as a title: `Street trees 2024`.
fn readable(file: &str) -> Option<String> {
    let name = file.rsplit(['/', '\\']).next()?;
    let name = name.rsplit_once('.').filter(|(name, _)| !name.is_empty()).map_or(name, |(name, _)| name);
    let words: Vec<&str> = name
        .split(['-', '_', ' ', '.'])
        .filter(|word| !word.is_empty() && !NAMELESS.contains(&word.to_lowercase().as_str()))
        .collect();
    let text = words.join(" ");
    let telling = text.chars().filter(|c| c.is_alphabetic()).count() >= 2;
    if !telling {
        return None;
    }
    let mut chars = text.chars();
    let first = chars.next()?;
    Some(first.to_uppercase().chain(chars).collect())
}
