//! Headlines that are phrases: headings, what a sentence defines, key phrases, short main clauses.

use std::collections::BTreeSet;

use domain::content::{Block, limits};

use super::analysis::Analysis;
use super::lexicon::flat;
use super::phrases::Phrase;
use super::pieces::{Form, Piece};
use super::sentence::{capitalised, is_balanced, looks_like_code};

/// A single word from this length on is mostly a compound, and says as much as two.
const COMPOUND: usize = 12;
/// A shorter word alone is no headline.
const WORD: usize = 6;
/// Characters of a sentence that is a headline as it stands.
const LEAD: (usize, usize) = (18, 72);
/// Characters that must be left below such a headline.
const BELOW: usize = 60;

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
            if self.is_free(&candidate)
                && (self.analysis.is_heading(&candidate) || is_phrase(&candidate, self.analysis))
            {
                self.take(&candidate);
                return Some(candidate);
            }
        }
        None
    }

    /// A headline for a piece: what its section is called; else what it is about.
    pub(crate) fn for_piece(&mut self, piece: &Piece) -> Option<String> {
        let names = self.analysis.names_of(piece).into_iter().map(Some);
        if let Some(name) = self.choose(names) {
            return Some(name);
        }
        // The section goes on.
        let part = &self.analysis.parts[piece.section];
        let above =
            self.analysis.ancestors(piece.section).find_map(|n| self.analysis.parts[n].heading.clone());
        let heading = part.heading.clone().or(above).unwrap_or_else(|| self.analysis.topic.clone());
        let single = self.analysis.words_for(piece).into_iter();
        let numbered = (2..10).map(|n| format!("{heading} ({n})"));
        let about = self.analysis.lexicon.questions.get("about").map(|text| text.replace("{noun}", &heading));
        let about = about.filter(|_| self.analysis.opens_article(piece));
        let rest = self.analysis.lesser_names_of(piece);
        let candidates = about.into_iter().chain(single).chain(rest).chain(numbered);
        self.choose(candidates.map(Some))
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
    /// What a piece may be called, best first: never the words that it begins with, unless its section
    /// is called so.
    fn names_of(&self, piece: &Piece) -> Vec<String> {
        let part = &self.parts[piece.section];
        let heading = part.heading.clone().filter(|heading| heading.chars().count() <= limits::HEADLINE);
        let above = self.ancestors(piece.section).find_map(|n| self.parts[n].heading.clone());
        let mut names: Vec<String> = piece.title.clone().into_iter().collect();
        if let Some(range) = self.range_of(piece) {
            names.extend(heading.as_ref().map(|heading| format!("{heading}: {range}")));
        }
        let first = piece.sentences.first().filter(|_| piece.is_text());
        let question = first.and_then(|n| self.defining_question(*n));
        if let Some((question, noun)) = question
            && heading.as_ref().is_none_or(|heading| self.stems(heading) == self.stems(&noun))
        {
            names.push(question);
        }
        names.extend(heading);
        // What stands before the first heading is about the whole.
        names.extend(Some(self.topic.clone()).filter(|topic| self.opens_article(piece) && !topic.is_empty()));
        names.extend(above.filter(|_| part.heading.is_none()));
        names.extend(self.lead_of(piece));
        names.extend(self.phrases_for(piece));
        names
    }

    /// The first of several sentences, where it is a short statement: the others go on below it.
    pub(crate) fn lead_of(&self, piece: &Piece) -> Option<String> {
        let Form::Text { run, answers: false } = &piece.form else { return None };
        let (first, rest) = run.split_first()?;
        // Below a headline a sentence is looked at first.
        let stands = rest.first().is_some_and(|next| self.sentences[*next].stands_alone());
        let lead = self.sentences[*first].text.trim().strip_suffix('.')?;
        let rest = self.run_text(rest, true).chars().count();
        let whole = !lead.contains([';', ':', '(', '"', '“', '”', '«', '»', '„']) && !lead.ends_with('.');
        ((LEAD.0..=LEAD.1).contains(&lead.chars().count()) && rest >= BELOW && whole && stands)
            .then(|| lead.to_owned())
    }

    /// What a piece may be called before it is only numbered: also what it begins with.
    fn lesser_names_of(&self, piece: &Piece) -> Vec<String> {
        let subject = piece.sentences.first().and_then(|n| self.subject(*n).cloned());
        let nouns = piece
            .sentences
            .iter()
            .flat_map(|n| super::phrases::phrases_of(&self.sentences[*n].text, self.lexicon, self.language));
        let nouns = nouns.filter(|phrase| phrase.contains(' ') && self.is_nominal(phrase));
        let known = self.phrases_within(&piece.message).into_iter();
        let telling = known
            .filter(|word| word.chars().count() >= COMPOUND || word.chars().skip(1).any(char::is_uppercase));
        let statement = self.statement_of(piece);
        let names = subject.into_iter().chain(nouns.map(|phrase| capitalised(&phrase))).chain(telling);
        let alone = piece.sentences.iter().filter(|n| self.sentences[**n].stands_alone());
        let clauses = alone.filter_map(|n| self.clause_within(*n, LEAD.1));
        names.chain(statement).chain(clauses).collect()
    }

    /// The only sentence of a piece, where it is short enough to be all that its slide says.
    pub(crate) fn statement_of(&self, piece: &Piece) -> Option<String> {
        let Form::Text { run, answers: false } = &piece.form else { return None };
        let [only] = run.as_slice() else { return None };
        let text = self.sentences[*only].text.trim().strip_suffix('.')?;
        (text.chars().count() <= LEAD.1 && !text.contains([';', ':', '('])).then(|| text.to_owned())
    }

    /// Whether a piece stands before the first heading.
    fn opens_article(&self, piece: &Piece) -> bool {
        let before = &self.parts[..piece.section];
        self.parts[piece.section].heading.is_none() && before.iter().all(|part| part.words == 0)
    }

    /// Whether a text is a heading of the article: that needs no further proof.
    fn is_heading(&self, text: &str) -> bool {
        let fits = (2..=limits::HEADLINE).contains(&text.chars().count()) && !text.ends_with([':', ',', ';']);
        fits && is_balanced(text) && self.parts.iter().any(|part| part.heading.as_deref() == Some(text))
    }

    /// Noun phrases of several words out of a piece: the article's key phrases, then its own.
    pub(crate) fn phrases_for(&self, piece: &Piece) -> Vec<String> {
        let opening = flat(&piece.message, self.language);
        let text: Vec<&str> = piece.message.split_whitespace().collect();
        let skipped = text.first().is_some_and(|word| self.lexicon.words.articles.has(&word.to_lowercase()));
        let bare = flat(&text[usize::from(skipped)..].join(" "), self.language);
        let begins = |name: &String| {
            let name = flat(name, self.language);
            opening.starts_with(&name) || bare.starts_with(&name)
        };
        let telling = |phrase: &String| phrase.contains(' ') || phrase.chars().count() >= COMPOUND;
        let long = self.phrases_within(&piece.message).into_iter().filter(telling);
        let own = piece.sentences.iter().flat_map(|n| self.noun_phrases_of(*n));
        let subjects = piece.sentences.iter().skip(1).filter_map(|n| self.subject(*n).cloned());
        let phrases = long.chain(own).chain(subjects.filter(telling)).filter(|name| !begins(name));
        // "Service attacks" are the second half of a name.
        let of = flat(self.lexicon.label("of"), self.language);
        let torn = |name: &String| {
            let name = flat(name, self.language);
            of.len() > 2 && opening.contains(&format!("{}{}", of.trim_end(), name))
        };
        phrases.filter(|name| !torn(name)).collect()
    }

    /// Single words that a piece is about: a name where nothing else is one.
    fn words_for(&self, piece: &Piece) -> Vec<String> {
        let opening = flat(&piece.message, self.language);
        let long = |word: &String| word.chars().count() >= WORD && !word.contains(' ');
        let all = self.phrases_within(&piece.message).into_iter().filter(long);
        all.filter(|word| !opening.starts_with(&flat(word, self.language)) && self.is_nominal(word))
            .filter(|word| self.is_of_the_topic(word) || word.chars().skip(1).any(char::is_uppercase))
            .collect()
    }

    /// Which steps of how many a piece shows.
    fn range_of(&self, piece: &Piece) -> Option<String> {
        let Form::Block { block: Block::Bullets { items, numbered_from }, .. } = &piece.form else {
            return None;
        };
        if piece.parts < 2 {
            return None;
        }
        let Some(from) = numbered_from else { return Some(format!("{}/{}", piece.part + 1, piece.parts)) };
        let to = *from as usize + items.len() - 1;
        let label = self.lexicon.label("steps_range");
        let range = label.replace("{from}", &from.to_string()).replace("{to}", &to.to_string());
        Some(if self.inflects() { range } else { range.to_lowercase() }).filter(|range| !range.is_empty())
    }

    /// The sections that a section is a part of, from the nearest on.
    pub(crate) fn ancestors(&self, section: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(self.parts[section].parent, |n| self.parts[*n].parent)
    }

    /// "What is X?" for a sentence that says it, and the X.
    fn defining_question(&self, sentence: usize) -> Option<(String, String)> {
        let (noun, plural) = self.definition(&self.sentences[sentence])?;
        let template = self.lexicon.questions.get(if plural { "what_are" } else { "what_is" })?;
        Some((template.replace("{noun}", &noun), noun))
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

    /// A sentence's main clause where it is a statement of its own: the whole sentence where it is short,
    /// else without a clause that only adds to it. Conditions and negations always stay.
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
        if let Some((question, _)) = self.defining_question(sentence) {
            return Some(question);
        }
        let clause = self.when_clause(sentence)?;
        Some(self.lexicon.questions.get("what_happens")?.replace("{clause}", &clause))
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
