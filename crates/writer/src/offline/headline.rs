//! Headlines that are phrases: headings, what a sentence defines, key phrases, short main clauses.

use std::collections::BTreeSet;

use domain::content::limits;

use super::analysis::Analysis;
use super::lexicon::flat;
use super::phrases::Phrase;
use super::sentence::{Sentence, capitalised, is_balanced, looks_like_code};

/// A headline should be read at a glance; longer ones are used only where nothing else is there.
const SHORT: usize = 64;

/// The headlines of one carousel: none is used twice.
#[derive(Debug)]
pub(crate) struct Headlines<'a> {
    analysis: &'a Analysis,
    taken: BTreeSet<String>,
}

impl<'a> Headlines<'a> {
    pub(crate) fn new(analysis: &'a Analysis) -> Self {
        Self { analysis, taken: BTreeSet::new() }
    }

    /// Marks a headline as used; `false` where one of the same words was used before.
    pub(crate) fn take(&mut self, headline: &str) -> bool {
        self.taken.insert(self.key(headline))
    }

    fn is_free(&self, headline: &str) -> bool {
        !self.taken.contains(&self.key(headline))
    }

    /// `Iterator` says no more than `Iterators` did.
    fn key(&self, headline: &str) -> String {
        let flat = flat(headline, self.analysis.language);
        match flat.split_whitespace().collect::<Vec<_>>().as_slice() {
            [word] => scoring::text::stem(word, self.analysis.language),
            _ => flat,
        }
    }

    /// The first of the candidates that is a phrase, fits, and is not used yet; it is used then.
    pub(crate) fn choose(&mut self, candidates: impl IntoIterator<Item = Option<String>>) -> Option<String> {
        for candidate in candidates.into_iter().flatten() {
            if self.is_free(&candidate) && is_phrase(&candidate, self.analysis) {
                self.take(&candidate);
                return Some(candidate);
            }
        }
        None
    }

    /// A headline for a slide that these sentences lead; a heading first.
    ///
    /// `opening` is what a slide is called that nothing in it names well.
    pub(crate) fn for_sentences(&mut self, run: &[usize], opening: Option<String>) -> Option<String> {
        let first = *run.first()?;
        let heading = self.analysis.heading_of(first);
        let subject = self.analysis.subject(first).cloned();
        let (subject, short) = match subject {
            Some(subject) if subject.contains(' ') => (Some(subject), None),
            short => (None, short),
        };
        let defined = self.analysis.defined_by(first);
        let phrases = self.analysis.phrases_in(run);
        // A clause of the sentence below would be read twice.
        let said_by_author =
            self.analysis.lexicon.cues.first_person.within(&self.analysis.sentences[first].flat);
        let whole = |clause: &String| {
            run.len() > 1
                && !said_by_author
                && clause.chars().count() + 1 >= self.analysis.sentences[first].length()
        };
        let clause = self.analysis.clause(first).filter(whole);
        let said = self.analysis.noun_phrases_of(first);
        let long = self.analysis.clause_within(first, limits::HEADLINE).filter(whole);
        // One word alone names a topic, and says nothing of it: only where the sentence begins with it,
        // and nothing else is left.
        let (phrases, single): (Vec<_>, Vec<_>) =
            phrases.into_iter().partition(|phrase| phrase.contains(' '));
        let language = self.analysis.language;
        let start: Vec<&str> = self.analysis.sentences[first].flat.split_whitespace().take(2).collect();
        let start = format!(" {} ", start.join(" "));
        let single = single.into_iter().filter(|word| start.contains(&flat(word, language)));
        self.choose(
            [heading, subject, defined, short]
                .into_iter()
                .chain(phrases.into_iter().map(Some))
                .chain([clause])
                .chain(said.into_iter().map(Some))
                .chain([opening])
                .chain(single.map(Some))
                .chain([long]),
        )
    }
}

/// Whether a text may be a headline: whole, no trailing function word, no code.
pub(crate) fn is_phrase(text: &str, analysis: &Analysis) -> bool {
    let length = text.chars().count();
    let words = &analysis.lexicon.words;
    let flat = flat(text, analysis.language);
    (2..=limits::HEADLINE).contains(&length)
        && text.chars().any(char::is_alphabetic)
        && !text.ends_with([',', ';', ':', '-', '–', '…'])
        && is_balanced(text)
        && !looks_like_code(text)
        && !words.trailing.ends(&flat)
        && !words.demonstratives.within(&flat)
}

impl Analysis {
    /// The heading of a sentence's section, where it says what the section is about.
    pub(crate) fn heading_of(&self, sentence: usize) -> Option<String> {
        let part = self.parts.get(self.sentences[sentence].section)?;
        self.part_heading(part)
    }

    pub(crate) fn part_heading(&self, part: &super::analysis::Part) -> Option<String> {
        let heading = part.heading.clone()?;
        (heading.chars().count() <= limits::HEADLINE && is_phrase(&heading, self))
            // One word may be a name in code, and a version follows a package's name.
            .then(|| {
                let name =
                    !heading.contains(' ') || heading.contains(" (") && heading.contains(char::is_numeric);
                if name { heading } else { capitalised(&heading) }
            })
    }

    /// Whether a sentence itself has a headline that isn't the whole of it.
    pub(crate) fn can_be_named(&self, sentence: usize) -> bool {
        let Sentence { flat, .. } = &self.sentences[sentence];
        let phrase = |phrase: &Phrase| {
            phrase.stems.len() > 1 && flat.contains(&phrase.flat) && self.is_nominal(&phrase.text)
        };
        self.subject(sentence).is_some()
            || self.phrases.iter().any(phrase)
            || self.defined_by(sentence).is_some()
            || !self.noun_phrases_of(sentence).is_empty()
    }

    /// What a sentence defines, without its article: `Closures`, `Stack`.
    pub(crate) fn defined_by(&self, sentence: usize) -> Option<String> {
        let (noun, _) = self.definition(&self.sentences[sentence])?;
        let first = noun.split_whitespace().next()?;
        let bare = if self.lexicon.words.articles.has(&first.to_lowercase()) {
            noun[first.len()..].trim()
        } else {
            &noun
        };
        Some(capitalised(bare)).filter(|noun| noun.chars().count() >= 3)
    }

    /// The key phrases that stand in these sentences, longer ones before single words.
    pub(crate) fn phrases_in(&self, run: &[usize]) -> Vec<String> {
        self.phrases_within(&self.text_of(run))
    }

    /// The key phrases that stand in a text, longer ones before single words.
    pub(crate) fn phrases_within(&self, text: &str) -> Vec<String> {
        let text = flat(text, self.language);
        let inside = |phrase: &&Phrase| {
            text.contains(&phrase.flat) && (phrase.stems.len() == 1 || self.is_nominal(&phrase.text))
        };
        let (long, short): (Vec<_>, Vec<_>) =
            self.phrases.iter().filter(inside).partition(|phrase| phrase.stems.len() > 1);
        long.into_iter().chain(short).map(|phrase| capitalised(&phrase.text)).take(8).collect()
    }

    /// Noun phrases of a sentence that the article may have only once.
    fn noun_phrases_of(&self, sentence: usize) -> Vec<String> {
        let sentence = &self.sentences[sentence];
        let found = super::phrases::phrases_of(&sentence.text, self.lexicon, self.language);
        found
            .iter()
            .map(|phrase| capitalised(phrase))
            .filter(|phrase| phrase.contains(' ') && self.is_of_the_topic(phrase) && self.is_nominal(phrase))
            .collect()
    }

    /// A sentence's main clause where it can stand as a headline: the whole sentence where it is short,
    /// else without a clause that only adds to it. Conditions and negations always stay.
    pub(crate) fn clause(&self, sentence: usize) -> Option<String> {
        self.clause_within(sentence, SHORT)
    }

    pub(crate) fn clause_within(&self, sentence: usize, most: usize) -> Option<String> {
        let text = self.sentences[sentence].text.trim();
        let whole = text.strip_suffix('.').or_else(|| text.strip_suffix('。')).unwrap_or(text);
        if whole.ends_with(['…', '"', '”', ')', '»']) {
            return None;
        }
        if whole.chars().count() <= most && !whole.contains([';', '(', ':']) {
            return Some(whole.to_owned());
        }
        let cut = self.droppable_at(whole)?;
        let clause = whole[..cut].trim_end();
        (clause.chars().count() <= most && self.is_clause(clause, &whole[cut..])).then(|| clause.to_owned())
    }

    /// Where the first clause begins that may be left out.
    fn droppable_at(&self, text: &str) -> Option<usize> {
        let cues = &self.lexicon.cues;
        text.match_indices([',', ';', '—', '(']).map(|(at, _)| at).find(|at| {
            let sign = &text[*at..];
            let rest = flat(sign, self.language);
            sign.starts_with([';', '—'])
                || (cues.droppable.opening(&rest).is_some() && cues.conditions.opening(&rest).is_none())
        })
    }

    /// Whether what is left of a cut is a main clause, and what was cut off did not limit it.
    fn is_clause(&self, clause: &str, rest: &str) -> bool {
        let (words, cues) = (&self.lexicon.words, &self.lexicon.cues);
        let start = flat(clause, self.language);
        let has_verb = start.split_whitespace().any(|word| words.verbs.has(word));
        let later = rest.trim_start_matches([',', ';', '—', ' ']);
        let goes_on = later.match_indices(',').any(|(at, _)| {
            let after = flat(&later[at..], self.language);
            after.split_whitespace().next().is_some_and(|word| words.verbs.has(word))
        });
        start.split_whitespace().count() >= 4
            && has_verb
            && !goes_on
            && is_balanced(clause)
            && !clause.contains([',', '('])
            && cues.conditions.opening(&start).is_none()
            && cues.droppable.opening(&start).is_none()
            && !words.trailing.ends(&start)
    }

    /// A question that a sentence answers: what something is, or what happens when.
    pub(crate) fn question_answered_by(&self, sentence: usize) -> Option<String> {
        let questions = &self.lexicon.questions;
        if let Some((noun, plural)) = self.definition(&self.sentences[sentence]) {
            let template = questions.get(if plural { "what_are" } else { "what_is" })?;
            return Some(template.replace("{noun}", &noun));
        }
        let clause = self.when_clause(sentence)?;
        Some(questions.get("what_happens")?.replace("{clause}", &clause))
    }

    /// The condition of a sentence "When X, Y", without its conjunction.
    pub(crate) fn when_clause(&self, sentence: usize) -> Option<String> {
        let sentence = &self.sentences[sentence];
        let opening = self.lexicon.cues.when.opening(&sentence.flat)?;
        if opening.contains(' ') {
            return None;
        }
        let (clause, rest) = sentence.text.get(opening.len()..)?.trim_start().split_once(',')?;
        let words = clause.split_whitespace().count();
        let flat = flat(clause, self.language);
        // "When used" has no subject to ask about.
        let words_of = &self.lexicon.words;
        let first = flat.split_whitespace().next().unwrap_or_default();
        let subject = words_of.articles.has(first)
            || words_of.determiners.has(first)
            || clause.trim_start().starts_with(char::is_uppercase);
        let alone = subject
            && self.lexicon.cues.speakers.opening(&flat).is_none()
            && !self.lexicon.words.pronouns.within(&flat)
            && !self.lexicon.words.trailing.ends(&flat);
        let clause = clause.trim();
        let one_condition = !rest.trim_start().starts_with("and ") && !rest.trim_start().starts_with("or ");
        (alone && one_condition && (3..=11).contains(&words) && is_balanced(clause))
            .then(|| clause.to_owned())
    }
}
