//! An article taken apart once for all stages: its sentences, key phrases and what its sections hold.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use domain::Language;
use scoring::text::{figures, is_stop_word, sentences, stem, words};

use super::lexicon::{Lexicon, flat};
use super::phrases::{Phrase, key_phrases};
use super::pieces::Piece;
use super::sentence::{Judge, Sentence};
use crate::source::{Article, Passage, Section};

/// Longer texts than this are read to here: a carousel holds some hundred words.
const MOST_SENTENCES: usize = 2_500;
/// With fewer sentences that can stand alone than this the judge is less strict.
const ENOUGH: usize = 10;

/// What stands in a section.
#[derive(Clone, Debug)]
pub(crate) enum Unit {
    /// Running text, by its sentences.
    Paragraph(std::ops::Range<usize>),
    Other {
        passage: Passage,
        /// The sentence before it where that ends with a colon and may stand on a slide.
        introduction: Option<String>,
        /// Whether the sentence before it introduces it and can't stand on a slide.
        torn: bool,
    },
}

/// A section that may be used.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    /// A heading that says what the section is about.
    pub(crate) heading: Option<String>,
    /// The heading as it is, where it may be asked and answered.
    pub(crate) asked: Option<String>,
    pub(crate) level: u8,
    /// The section that this one is a part of.
    pub(crate) parent: Option<usize>,
    pub(crate) concludes: bool,
    pub(crate) sentences: std::ops::Range<usize>,
    /// In the article's order.
    pub(crate) units: Vec<Unit>,
    pub(crate) words: usize,
}

#[derive(Debug)]
pub(crate) struct Analysis {
    pub(crate) lexicon: &'static Lexicon,
    /// Whether the text tells what is new, release by release.
    pub(crate) changelog: bool,
    pub(crate) language: Language,
    pub(crate) judge: Judge,
    pub(crate) title: Option<String>,
    /// What the article is about, as a phrase that fits after a colon.
    pub(crate) topic: String,
    pub(crate) sentences: Vec<Sentence>,
    pub(crate) parts: Vec<Part>,
    /// What may become a slide, in the article's order; crumbs are single sentences, for short texts.
    pub(crate) pieces: Vec<Piece>,
    pub(crate) crumbs: Vec<Piece>,
    pub(crate) phrases: Vec<Phrase>,
    /// Words in the midst of sentences, how often with a small letter less how often with a capital.
    vocabulary: BTreeMap<String, i64>,
    /// Stems of the title, the headings and the words used most.
    known: BTreeSet<String>,
    /// Stems of words that stand alone after an article somewhere: nouns.
    nouns: BTreeSet<String>,
    /// What each sentence is about, where that is a headline.
    subjects: Vec<Option<String>>,
    /// How many different words of content there are: few where the same is said over and over.
    pub(crate) variety: usize,
    /// How many sentences of running text there are, whole or not.
    pub(crate) all_sentences: usize,
}

/// The share of sentences, as a divisor, that speak of what a text is about.
const MAIN: usize = 7;

impl Analysis {
    pub(crate) fn new(article: &Article, language: Language) -> Self {
        let lexicon = Lexicon::of(language);
        let changelog = super::focus::is_changelog(article);
        let focused = super::focus::focused(article);
        let article = focused.as_ref().unwrap_or(article);
        let codes = |passage: &&Passage| matches!(passage, Passage::Code { .. });
        let code = article.sections.iter().flat_map(|section| &section.passages).filter(codes).count();
        let judges = [code >= 2, false].map(|tutorial| Judge { lexicon, language, tutorial });
        let mut analysis = Self::judged(article, judges[0]);
        for judge in &judges[1..] {
            if analysis.alone().count() >= ENOUGH {
                break;
            }
            analysis = Self::judged(article, *judge);
        }
        analysis.changelog = changelog;
        analysis.weigh();
        analysis.bind_to_paragraphs();
        analysis.topic = analysis.find_topic();
        analysis.subjects = (0..analysis.sentences.len()).map(|n| analysis.find_subject(n)).collect();
        analysis.cut();
        analysis
    }

    fn judged(article: &Article, judge: Judge) -> Self {
        let Judge { lexicon, language, .. } = judge;
        let mut analysis = Self {
            lexicon,
            changelog: false,
            language,
            judge,
            title: article.title.clone(),
            topic: String::new(),
            sentences: Vec::new(),
            parts: Vec::new(),
            pieces: Vec::new(),
            crumbs: Vec::new(),
            phrases: Vec::new(),
            vocabulary: BTreeMap::new(),
            known: BTreeSet::new(),
            nouns: BTreeSet::new(),
            subjects: Vec::new(),
            variety: 0,
            all_sentences: 0,
        };
        analysis.read(article);
        analysis
    }

    fn read(&mut self, article: &Article) {
        let mut paragraph = 0;
        let mut skipped_level = None;
        for section in &article.sections {
            let heading = section.heading.as_deref().unwrap_or_default();
            if skipped_level.is_some_and(|level| section.level > level) {
                continue;
            }
            skipped_level = None;
            let name = flat(heading, self.language);
            let named = |phrases: &super::lexicon::Phrases| {
                phrases.opening(&name).is_some_and(|p| p.len() == name.trim().len())
            };
            if named(&self.lexicon.headings.skip) {
                skipped_level = Some(section.level);
                continue;
            }
            let start = self.sentences.len();
            let units = self.units(section, &mut paragraph);
            let same_as_title =
                self.title.as_deref().is_some_and(|title| title.eq_ignore_ascii_case(heading));
            let usable = !heading.is_empty() && !same_as_title && !named(&self.lexicon.headings.generic);
            let parent = (0..self.parts.len()).rev().find(|n| self.parts[*n].level < section.level);
            self.parts.push(Part {
                heading: Some(heading.to_owned()).filter(|_| usable),
                asked: section.heading.clone(),
                level: section.level,
                parent,
                concludes: named(&self.lexicon.headings.conclusion),
                sentences: start..self.sentences.len(),
                units,
                words: super::focus::words(std::slice::from_ref(section)),
            });
        }
    }

    fn units(&mut self, section: &Section, paragraph: &mut usize) -> Vec<Unit> {
        let mut units = Vec::new();
        let mut before: Option<&str> = None;
        for passage in &section.passages {
            if let Some(text) = running(passage) {
                units.push(self.paragraph(text, paragraph));
                before = Some(text);
                continue;
            }
            // A list of what a chapter covers is a table of contents.
            let about_itself =
                before.and_then(|text| sentences(text, self.language).last().copied()).is_some_and(|last| {
                    last.ends_with(':') && self.lexicon.cues.meta.within(&flat(last, self.language))
                });
            if about_itself && matches!(passage, Passage::List { .. }) {
                continue;
            }
            // What a sentence introduces with a colon goes on from it.
            let introduced = before.is_some_and(|text| text.ends_with(':'));
            if let Passage::List { ordered, items, .. } = passage
                && !introduced
                && self.list(ordered.then_some(1), items).is_empty()
            {
                for item in items.iter().filter(|item| self.is_prose(item)).cloned().collect::<Vec<_>>() {
                    units.push(self.paragraph(&item, paragraph));
                }
            }
            let introduction = before.take().and_then(|text| self.introduction(text));
            let torn = introduced && introduction.is_none();
            units.push(Unit::Other { passage: passage.clone(), introduction, torn });
        }
        units
    }

    /// A paragraph's last sentence where it introduces what follows: it may stand above it.
    fn introduction(&self, text: &str) -> Option<String> {
        let last = sentences(text, self.language).last()?.trim();
        let flat = flat(last, self.language);
        let leans = self.lexicon.openers.dependent.opening(&flat).is_some();
        let words = &self.lexicon.words;
        let first = flat.split_whitespace().next().unwrap_or_default();
        let points = words.pointing.has(first) || words.subject_pronouns.has(first);
        let told = self.lexicon.cues.first_person.within(&flat);
        let whole = super::sentence::starts_well(last);
        if self.lexicon.cues.meta.within(&flat) || self.is_foreign(last) || points || told || !whole {
            return None;
        }
        let there = self.lexicon.openers.presenting.opening(&flat).is_some();
        let fits = last.chars().count() <= domain::content::limits::BODY_WITH_BLOCK && last.contains(' ');
        (last.ends_with(':') && fits && (there || !leans) && super::sentence::is_balanced(last))
            .then(|| last.to_owned())
    }

    /// A list's item that is running text: several sentences, or one whose verb comes early.
    fn is_prose(&self, item: &str) -> bool {
        let all = sentences(item, self.language);
        let start = all.first().map(|first| first.split(',').next().unwrap_or_default()).unwrap_or_default();
        let verb =
            words(start).into_iter().take(6).any(|word| self.lexicon.words.verbs.has(&word.to_lowercase()));
        all.len() >= 2 || verb
    }

    /// A paragraph in another language than the article's: half-translated texts have them.
    pub(crate) fn is_foreign(&self, text: &str) -> bool {
        text.len() >= 50
            && scoring::text::detect_language(text).is_some_and(|language| language != self.language)
    }

    fn paragraph(&mut self, text: &str, paragraph: &mut usize) -> Unit {
        let start = self.sentences.len();
        *paragraph += 1;
        if self.sentences.len() >= MOST_SENTENCES || self.is_foreign(text) {
            return Unit::Paragraph(start..start);
        }
        for source in whole_sentences(text, self.language) {
            self.all_sentences += 1;
            let judged = self.judge.sentence(source);
            let flat = flat(&judged.text, self.language);
            self.sentences.push(Sentence {
                stems: self.stems(&judged.text),
                figures: figures(&judged.text, self.language),
                source: source.to_owned(),
                text: judged.text,
                inline: judged.inline,
                standing: judged.standing,
                closes: judged.closes,
                section: self.parts.len(),
                paragraph: *paragraph,
                flat,
                score: 0.0,
            });
        }
        Unit::Paragraph(start..self.sentences.len())
    }

    /// The content words of a text, as stems.
    pub(crate) fn stems(&self, text: &str) -> BTreeSet<String> {
        words(text)
            .into_iter()
            .filter(|word| !is_stop_word(word, self.language) && word.chars().any(char::is_alphabetic))
            .map(|word| stem(word, self.language))
            .collect()
    }

    fn weigh(&mut self) {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for stem in self.sentences.iter().flat_map(|sentence| &sentence.stems) {
            *counts.entry(stem).or_default() += 1;
        }
        let variety = counts.len();
        let title = self.title.as_deref().map(|title| self.stems(title)).unwrap_or_default();
        let headings: BTreeSet<String> = self
            .parts
            .iter()
            .filter_map(|part| part.heading.as_deref())
            .flat_map(|text| self.stems(text))
            .collect();
        let weight = |stem: &String| {
            let count = counts.get(stem.as_str()).copied().unwrap_or(0) as f64;
            (1.0 + count).ln() * if title.contains(stem) { 1.6 } else { 1.0 }
        };
        let central: Vec<f64> = self
            .sentences
            .iter()
            .map(|sentence| {
                sentence.stems.iter().map(weight).sum::<f64>() / (sentence.stems.len() as f64 + 5.0)
            })
            .collect();
        let mut known: BTreeSet<String> = title.union(&headings).cloned().collect();
        let mut frequent: Vec<(&str, usize)> = counts.iter().map(|(stem, count)| (*stem, *count)).collect();
        frequent.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        known.extend(frequent.iter().take(6).map(|(stem, _)| (*stem).to_owned()));
        let most = central.iter().copied().fold(0.001, f64::max);
        self.known = known;
        self.variety = variety;
        let scores: Vec<f64> =
            central.iter().enumerate().map(|(n, value)| value / most + self.bonus(n)).collect();
        for (sentence, score) in self.sentences.iter_mut().zip(scores) {
            sentence.score = score;
        }
        for sentence in &self.sentences {
            for word in words(&sentence.source).into_iter().skip(1) {
                let small = !word.chars().any(char::is_uppercase);
                *self.vocabulary.entry(word.to_lowercase()).or_default() += if small { 1 } else { -1 };
            }
        }
        self.nouns = self.sentences.iter().flat_map(|sentence| self.nouns_of(sentence)).collect();
        self.phrases = key_phrases(&self.sentences, &title, &headings, self.lexicon, self.language);
    }

    /// The words right after an article that no other word of content follows.
    fn nouns_of(&self, sentence: &Sentence) -> Vec<String> {
        let tokens: Vec<&str> = sentence.flat.split_whitespace().collect();
        let ends = |at: usize| tokens.get(at).is_none_or(|word| is_stop_word(word, self.language));
        let lists = &self.lexicon.words;
        (1..tokens.len())
            .filter(|at| lists.determiners.has(tokens[at - 1]) && !ends(*at) && ends(at + 1))
            .map(|at| stem(tokens[at], self.language))
            .collect()
    }

    /// Whether a phrase names something: its main word is a noun somewhere in the article.
    pub(super) fn is_nominal(&self, phrase: &str) -> bool {
        let all: Vec<&str> = words(phrase);
        // In the languages that put adjectives after it, the noun comes first.
        let main = if self.lexicon.words.links.is_empty() { all.last() } else { all.first() };
        let closed = all.last().is_some_and(|last| {
            let last = last.to_lowercase();
            let past = self.language == Language::ENGLISH && last.ends_with("ed") && !last.ends_with("eed");
            is_stop_word(&last, self.language) || self.lexicon.words.verbs.has(&last) || past
        });
        !closed && main.is_some_and(|word| self.nouns.contains(&stem(&word.to_lowercase(), self.language)))
    }

    /// What a sentence's place, length and manner add to what it is about.
    fn bonus(&self, n: usize) -> f64 {
        let sentence = &self.sentences[n];
        let cues = &self.lexicon.cues;
        let opens_paragraph = n == 0 || self.sentences[n - 1].paragraph != sentence.paragraph;
        let opens_section = n == 0 || self.sentences[n - 1].section != sentence.section;
        let length = sentence.length();
        let mut bonus = 0.0;
        bonus += if opens_paragraph { 0.15 } else { 0.0 };
        bonus += if opens_section { 0.15 } else { 0.0 };
        bonus += 0.06 * cues.strong.count(&sentence.flat).min(3) as f64;
        bonus += if sentence.figures.iter().any(super::material::is_telling) { 0.3 } else { 0.0 };
        bonus += if self.definition(sentence).is_some() { 0.2 } else { 0.0 };
        bonus -= if length > 180 {
            0.25
        } else if length < 40 {
            0.1
        } else {
            0.0
        };
        bonus -= if sentence.text.contains(['(', '—', ';']) { 0.1 } else { 0.0 };
        bonus -= if cues.example.within(&sentence.flat) { 0.15 } else { 0.0 };
        bonus -= if self.is_anaphoric(sentence) { 0.35 } else { 0.0 };
        bonus -= if cues.first_person.within(&sentence.flat) { 0.1 } else { 0.0 };
        bonus
    }

    /// Whether a sentence begins with "the X" where X is none of the article's main things:
    /// most likely an X that the sentences before speak of.
    pub(crate) fn is_anaphoric(&self, sentence: &Sentence) -> bool {
        self.definite_heads(sentence).first().is_some_and(|head| !self.is_known(head))
    }

    /// Whether a stem is of the title, of a heading, or one of those used most.
    pub(super) fn is_known(&self, stem: &str) -> bool {
        self.known.contains(stem)
    }

    /// Whether a phrase has a word of the title, of a heading, or one of those used most.
    pub(crate) fn is_of_the_topic(&self, phrase: &str) -> bool {
        words(phrase).into_iter().any(|word| self.known.contains(&stem(word, self.language)))
    }

    /// The title where it is a short phrase, else the key phrase that says most of it.
    fn find_topic(&self) -> String {
        if let Some(title) = &self.title {
            let asks = self.lexicon.words.asking.opening(&flat(title, self.language)).is_some();
            let short = title.chars().count() <= 48
                && title.split_whitespace().count() <= 5
                && !title.ends_with(['?', '!'])
                && !asks;
            let whole = !title.contains([':', '–', '—', '|']) || title.chars().count() <= 30;
            if short && whole && !self.is_generic(title) {
                return title.clone();
            }
            let before_colon = title.split([':', '–', '—', '|']).next().unwrap_or_default().trim();
            if before_colon.chars().count() >= 4
                && before_colon.len() < title.len()
                && before_colon.chars().count() <= 48
            {
                return before_colon.to_owned();
            }
            if let Some(run) = self.longest_run(title) {
                return super::sentence::capitalised(&run);
            }
            let stems = self.stems(title);
            let titled = |phrase: &&Phrase| phrase.stems.iter().all(|stem| stems.contains(stem));
            if let Some(phrase) = self.phrases.iter().find(titled) {
                return super::sentence::capitalised(&self.spelled_in(title, phrase));
            }
        }
        if let Some(name) = self.main_name() {
            return name;
        }
        let heading =
            self.parts.iter().find_map(|part| part.heading.clone()).filter(|h| h.chars().count() <= 48);
        let phrase = self.phrases.first().map(|phrase| super::sentence::capitalised(&phrase.text));
        let title = self.title.clone().filter(|title| title.chars().count() <= 70);
        phrase.or(heading).or(title).unwrap_or_default()
    }

    /// The name that most sentences speak of: `Cargo`. German writes every noun with a capital.
    fn main_name(&self) -> Option<String> {
        if self.language == Language::GERMAN {
            return None;
        }
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        for sentence in &self.sentences {
            let named = sentence.source.split_whitespace().skip(1).map(|word| {
                word.trim_matches(|c: char| !c.is_alphanumeric())
                    .trim_end_matches("'s")
                    .trim_end_matches("’s")
            });
            let named = named.filter(|word| {
                let letters = word.chars().count() >= 3 && word.chars().all(char::is_alphanumeric);
                letters
                    && word.contains(char::is_uppercase)
                    && !is_stop_word(&word.to_lowercase(), self.language)
            });
            named
                .collect::<BTreeSet<&str>>()
                .into_iter()
                .for_each(|word| *seen.entry(word).or_default() += 1);
        }
        let (name, count) = seen.into_iter().max_by_key(|(_, count)| *count)?;
        (count >= 4 && count * MAIN >= self.sentences.len()).then(|| name.to_owned())
    }

    /// The longest run of content words of a title, where no verb stands in it: `street trees`.
    fn longest_run(&self, title: &str) -> Option<String> {
        let lists = &self.lexicon.words;
        let breaks = |word: &str| {
            let lower = word.to_lowercase();
            let lower = lower.trim_matches(|c: char| !c.is_alphanumeric());
            is_stop_word(lower, self.language)
                || lists.trailing.has(lower)
                || lists.verbs.has(lower)
                || lists.asking.has(lower)
        };
        let mut runs: Vec<Vec<&str>> = vec![vec![]];
        for word in title.split_whitespace() {
            let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
            match runs.last_mut() {
                Some(run) if !bare.is_empty() && !breaks(word) => run.push(bare),
                _ => runs.push(vec![]),
            }
            if word.ends_with([',', ':', '?', '!', ';']) {
                runs.push(vec![]);
            }
        }
        // Only words that the article itself uses together name a thing.
        let said = |run: &&[&str]| {
            let run = flat(&run.join(" "), self.language);
            self.sentences.iter().any(|sentence| sentence.flat.contains(&run))
        };
        let parts = runs.iter().flat_map(|run| (2..=4).rev().flat_map(|length| run.windows(length)));
        let named = |part: &&[&str]| !part[0].chars().all(|c| c.is_ascii_digit());
        let thing = |part: &&[&str]| self.is_nominal(&part.join(" "));
        let found = parts.filter(named).filter(said).filter(thing).max_by_key(|part| part.len())?;
        Some(found.join(" ")).filter(|run| run.chars().count() <= 48)
    }

    /// A phrase as a title spells it: `Editions` rather than `edition`.
    fn spelled_in(&self, title: &str, phrase: &Phrase) -> String {
        let of_phrase = |word: &&str| phrase.stems.contains(&stem(word, self.language));
        let spelled: Vec<&str> = words(title).into_iter().filter(of_phrase).collect();
        if spelled.len() == phrase.stems.len() { spelled.join(" ") } else { phrase.text.clone() }
    }

    pub(crate) fn is_generic(&self, heading: &str) -> bool {
        let name = flat(heading, self.language);
        let generic = self.lexicon.headings.generic.opening(&name);
        generic.is_some_and(|phrase| phrase.len() == name.trim().len())
    }

    /// The noun phrase that a sentence of the form "X is a Y" defines, and whether it is plural.
    pub(crate) fn definition(&self, sentence: &Sentence) -> Option<(String, bool)> {
        let words = &self.lexicon.words;
        let spoken = self.without_apposition(&sentence.text);
        let text: Vec<&str> = spoken.split_whitespace().collect();
        let lower = |n: usize| text.get(n).map(|word| word.to_lowercase());
        let verb = (1..text.len().min(6))
            .find(|n| lower(*n).is_some_and(|w| words.is.has(&w) || words.are.has(&w)))?;
        let plural = lower(verb).is_some_and(|w| words.are.has(&w));
        let after = lower(verb + 1)?;
        let names_a_kind =
            words.articles.has(&after) || (plural && !words.trailing.has(&after) && text.len() > verb + 2);
        let noun = &text[..verb];
        let first = noun.first()?.to_lowercase();
        let inner = if words.articles.has(&first) { &noun[1..] } else { noun };
        let plain = !inner.is_empty()
            && inner.iter().all(|word| {
                let word = word.to_lowercase();
                !words.trailing.has(&word) && !words.pronouns.has(&word) && !word.contains([',', '(', '"'])
            });
        let content = inner
            .iter()
            .any(|word| !is_stop_word(word, self.language) && !words.vague.has(&word.to_lowercase()));
        // "The X is" and "Xs are" may say anything of X: only the article's main things are defined so.
        let main = inner.iter().all(|word| self.known.contains(&stem(word, self.language)));
        if (plural || words.definite.has(&first)) && !main {
            return None;
        }
        (names_a_kind && plain && content && !words.vague.has(&inner.last()?.to_lowercase()))
            .then(|| (self.in_midst(&noun.join(" ")), plural))
    }

    /// What a sentence defines, and as what: the words after its verb up to the first sign.
    pub(crate) fn defined_as(&self, sentence: &Sentence) -> Option<(String, String)> {
        let (noun, _) = self.definition(sentence).filter(|_| sentence.stands_alone())?;
        let text = self.without_apposition(&sentence.text);
        let words = &self.lexicon.words;
        let is = |word: &str| words.is.has(&word.to_lowercase()) || words.are.has(&word.to_lowercase());
        let all: Vec<&str> = text.split_whitespace().collect();
        let verb = all.iter().position(|word| is(word))?;
        let rest = all[verb + 1..].join(" ");
        let kind = rest.split([',', ';', ':', '(', '–', '—']).next()?.trim().trim_end_matches('.');
        let told = kind.split_whitespace().count();
        let whole = (3..=12).contains(&told) && !words.trailing.ends(&flat(kind, self.language));
        (whole && super::sentence::is_balanced(kind)).then(|| (noun, kind.to_owned()))
    }

    /// "Zstandard, or “zstd” as short version, is" without what stands between the first two commas.
    fn without_apposition<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let aside = || {
            let (subject, rest) = text.split_once(", ")?;
            let (_, verb) =
                rest.split_once(", ").filter(|(aside, _)| aside.split_whitespace().count() <= 7)?;
            let first = verb.split_whitespace().next()?.to_lowercase();
            let words = &self.lexicon.words;
            let short = subject.split_whitespace().count() <= 4;
            (short && (words.is.has(&first) || words.are.has(&first))).then(|| format!("{subject} {verb}"))
        };
        aside().map_or(Cow::Borrowed(text), Cow::Owned)
    }

    /// A text as it stands in the midst of a sentence: with a small first letter where it is no name.
    pub(crate) fn in_midst(&self, text: &str) -> String {
        let first =
            text.split(|c: char| !c.is_alphanumeric() && c != '-' && c != '_').next().unwrap_or_default();
        let lower = first.to_lowercase();
        let word = text.split_whitespace().next().unwrap_or_default().trim_end_matches([',', '.', ';']);
        let own_case =
            word.chars().skip(1).any(|c| c.is_uppercase() || matches!(c, '.' | '_' | ':')) || first == "I";
        let unseen = !self.vocabulary.contains_key(&lower);
        let common = self.lexicon.words.common_endings.iter().any(|ending| lower.ends_with(ending.as_str()));
        let small = is_stop_word(&lower, self.language)
            || (unseen && common)
            || (self.vocabulary.get(&lower).is_some_and(|small| *small > 0)
                && self.language != Language::GERMAN);
        if small && !own_case && !first.is_empty() {
            format!("{lower}{}", &text[first.len()..])
        } else {
            text.to_owned()
        }
    }

    /// A sentence's subject as a headline: `Compiler errors` of "Compiler errors can be frustrating."
    pub(crate) fn subject(&self, sentence: usize) -> Option<&String> {
        self.subjects.get(sentence)?.as_ref()
    }

    /// Sentences that may open a slide, by their place.
    pub(crate) fn alone(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.sentences.len()).filter(|n| self.sentences[*n].stands_alone())
    }
}

/// A paragraph's text; a list of one item is none.
fn running(passage: &Passage) -> Option<&str> {
    match passage {
        Passage::Paragraph(text) => Some(text),
        Passage::List { items, .. } if items.len() == 1 => items.first().map(String::as_str),
        _ => None,
    }
}

/// The sentences of a text, where no blank stands in one: `changelog.Debian.gz` is one word.
fn whole_sentences(text: &str, language: Language) -> Vec<&str> {
    let mut whole: Vec<std::ops::Range<usize>> = Vec::new();
    let mut from = 0;
    for sentence in sentences(text, language) {
        let Some(start) = text[from..].find(sentence).map(|at| at + from) else { continue };
        let end = start + sentence.len();
        let before = text[..start].strip_suffix(['.', '!', '?', ':']).unwrap_or_default();
        let torn = before.ends_with(|c: char| c.is_ascii_alphanumeric());
        // `format! writes` and `etc. and` go on with a small letter.
        let goes_on = sentence.starts_with(char::is_lowercase) && !before_blank(text, start).ends_with(':');
        match whole.last_mut() {
            Some(last) if (torn && last.end == start) || goes_on => last.end = end,
            _ => whole.push(start..end),
        }
        from = end;
    }
    whole.into_iter().filter_map(|range| text.get(range)).collect()
}

fn before_blank(text: &str, at: usize) -> &str {
    text[..at].trim_end()
}
