//! Ten ways into the same carousel, filled from what its own slides say.
//!
//! A pattern takes the first kind of material that the slides have: a claim, a question that a
//! slide answers, a headline. The last kind is always the topic itself, which is true of any text.

use std::collections::BTreeSet;

use domain::Strategy;
use domain::content::{Hook, limits};

use super::desk::{Desk, strings};
use super::lexicon::{Phrases, flat};
use super::promise::{Claim, Promise};
use super::sentence::capitalised;
use crate::draft::WriteError;

/// In which order the patterns choose: those that only few claims fit come first.
const FIRST: [Strategy; 10] = [
    Strategy::Contrarian,
    Strategy::Surprise,
    Strategy::DirectBenefit,
    Strategy::Fomo,
    Strategy::BoldClaim,
    Strategy::PatternInterrupt,
    Strategy::Question,
    Strategy::CuriosityGap,
    Strategy::HowTo,
    Strategy::ListNumber,
];
/// Kinds of material, in the order of how much they say.
const KINDS: [&str; 15] = [
    "versus",
    "asking_title",
    "own_title",
    "verb",
    "title",
    "figure",
    "when",
    "why",
    "question",
    "contrast",
    "warning",
    "benefit",
    "steps",
    "questions",
    "definition",
];
/// Sentences among which an article says what it is about.
const EARLY: usize = 12;
/// What is left where a text has none of those.
const PLAIN: [&str; 2] = ["claim", "topic"];

pub(super) fn write(desk: &Desk<'_>, strategy: Strategy) -> Result<Hook, WriteError> {
    let mut told = String::new();
    if let Some(copy) = &desk.brief.copy {
        let json = serde_json::to_value(&copy.slides[copy.slides.len().min(1)..]).unwrap_or_default();
        strings(&json, &mut |text| {
            told.push_str(text);
            told.push(' ');
        });
    }
    fill(desk, strategy, &told).ok_or_else(|| desk.too_short(0))
}

/// The hook of a pattern; `told` is what the slides after the cover say.
///
/// The patterns that choose before it are filled first, so that no two take the same words.
pub(super) fn fill(desk: &Desk<'_>, pattern: Strategy, told: &str) -> Option<Hook> {
    let mut filler = Filler {
        desk,
        promise: Promise::of(desk, told),
        told: desk.sentences_in(&flat(told, desk.brief.language)),
        taken: BTreeSet::new(),
        used: BTreeSet::new(),
    };
    for strategy in FIRST {
        let hook = filler.fill(strategy);
        if strategy == pattern {
            return hook;
        }
    }
    None
}

struct Filler<'a> {
    desk: &'a Desk<'a>,
    promise: Promise,
    told: BTreeSet<usize>,
    /// Headlines, flat.
    taken: BTreeSet<String>,
    /// Claims, questions and slides' headlines that a pattern already rests on, flat.
    used: BTreeSet<String>,
}

/// A headline with what it is made of.
struct Candidate {
    headline: String,
    rests_on: Vec<String>,
}

impl Filler<'_> {
    fn fill(&mut self, pattern: Strategy) -> Option<Hook> {
        let templates = self.desk.analysis.lexicon.hooks.get(pattern.name())?;
        let mut fallback = None;
        for kind in KINDS.into_iter().chain(PLAIN) {
            for template in templates.get(kind).into_iter().flatten() {
                for candidate in self.candidates(kind, template) {
                    if self.is_free(&candidate) {
                        if !self.desk.was_rejected(&candidate.headline) {
                            return Some(self.take(candidate));
                        }
                        fallback.get_or_insert(candidate);
                    }
                }
            }
        }
        let plain = [self.desk.title().unwrap_or_default(), self.desk.topic()]
            .map(|text| Candidate { headline: text.to_owned(), rests_on: vec![] });
        // Where there is nothing to count, a plain form of another pattern does.
        let others =
            self.desk.analysis.lexicon.hooks.values().filter_map(|kinds| kinds.get("topic")).flatten();
        let others = others.filter_map(|template| self.topical("topic", template));
        let spare = plain.into_iter().chain(others).find(|candidate| self.is_free(candidate));
        let fallback = fallback.or(spare);
        fallback.map(|candidate| self.take(candidate))
    }

    fn flat(&self, text: &str) -> String {
        flat(text, self.desk.brief.language)
    }

    fn is_free(&self, candidate: &Candidate) -> bool {
        let length = candidate.headline.chars().count();
        (3..=limits::HEADLINE).contains(&length)
            && !self.taken.contains(&candidate.headline.to_lowercase())
            && !candidate.rests_on.iter().any(|text| self.used.contains(text))
    }

    fn take(&mut self, candidate: Candidate) -> Hook {
        self.taken.insert(candidate.headline.to_lowercase());
        self.used.extend(candidate.rests_on);
        Hook { subline: self.subline(&candidate.headline), headline: candidate.headline }
    }

    /// A claim is followed by what it is about; a topic speaks for itself.
    fn subline(&self, headline: &str) -> Option<String> {
        let desk = self.desk;
        let headline = self.flat(headline);
        let says = |text: &str| headline.contains(self.flat(text).trim());
        let fits = |text: &&str| !text.is_empty() && text.chars().count() <= limits::SUBLINE;
        let title = desk.title().filter(|title| {
            !says(title) && !title.ends_with(['?', '？']) && !desk.analysis.is_generic(title)
        });
        title.or(Some(desk.topic()).filter(|topic| !says(topic))).filter(fits).map(str::to_owned)
    }

    fn candidates(&self, kind: &str, template: &str) -> Vec<Candidate> {
        let desk = self.desk;
        let cues = &desk.analysis.lexicon.cues;
        match kind {
            "topic" | "steps" | "questions" => self.topical(kind, template).into_iter().collect(),
            "title" | "own_title" | "asking_title" => self.out_of_title(kind, template),
            "definition" => self.definitions(template),
            "versus" => self.versus(template).into_iter().collect(),
            "verb" => self.instructions(template),
            "question" => self.questions(template),
            "when" => self.clauses(template, |n| desk.analysis.when_clause(n)),
            "why" => self.clauses(template, |n| self.reasoned(n)),
            "figure" => self.claims(template, |claim| claim.has_figure && !self.tells(claim)),
            "contrast" => self.cued(template, &cues.contrast),
            "warning" => self.cued(template, &cues.warning),
            "benefit" => self.cued(template, &cues.benefit),
            _ => self.claims(template, |claim| !self.tells(claim)),
        }
    }

    fn claims(&self, template: &str, wanted: impl Fn(&Claim) -> bool) -> Vec<Candidate> {
        let found = self.promise.claims.iter().filter(|claim| wanted(claim));
        found.map(|claim| self.candidate(template, "{claim}", &claim.text, &claim.flat)).collect()
    }

    fn tells(&self, claim: &Claim) -> bool {
        self.desk.analysis.tells(&claim.flat)
    }

    /// A title that sets two things against each other.
    fn versus(&self, template: &str) -> Option<Candidate> {
        let title = self.desk.title().filter(|title| !title.contains([':', '?', ',']))?;
        let (one, other) = [" vs ", " vs. ", " versus "].iter().find_map(|sign| title.split_once(sign))?;
        let headline = capitalised(&template.replace("{a}", one.trim()).replace("{b}", other.trim()));
        Some(Candidate { headline, rests_on: vec![self.flat(title)] })
    }

    fn cued(&self, template: &str, cues: &Phrases) -> Vec<Candidate> {
        self.claims(template, |claim| cues.within(&claim.flat) && !self.tells(claim))
    }

    /// What the topic is, as the article says it: "Zstandard: a fast lossless compression algorithm".
    fn definitions(&self, template: &str) -> Vec<Candidate> {
        let analysis = self.desk.analysis;
        let topic = analysis.stems(self.desk.topic());
        let found = analysis.sentences.iter().take(EARLY).filter_map(|sentence| {
            let (noun, kind) = analysis.defined_as(sentence)?;
            let about = !topic.is_empty() && topic.is_subset(&analysis.stems(&noun));
            let headline = template.replace("{noun}", &capitalised(&noun)).replace("{kind}", &kind);
            about.then(|| Candidate { headline, rests_on: vec![sentence.flat.clone()] })
        });
        found.collect()
    }

    fn clauses(&self, template: &str, clause: impl Fn(usize) -> Option<String>) -> Vec<Candidate> {
        // The slides answer what the hook asks.
        let told = self.told.iter().copied().filter(|n| self.desk.analysis.sentences[*n].stands_alone());
        let topic = self.desk.analysis.stems(self.desk.topic());
        let on_topic = |text: &str| !self.desk.analysis.stems(text).is_disjoint(&topic);
        let found = told.filter_map(|n| Some((n, clause(n)?)));
        let found = found.filter(|(_, text)| on_topic(text));
        let said = |n: usize| self.desk.analysis.sentences[n].flat.clone();
        found.map(|(n, text)| self.candidate(template, "{clause}", &text, &said(n))).collect()
    }

    /// The main clause of a sentence that gives its reason: "X, because Y".
    fn reasoned(&self, n: usize) -> Option<String> {
        let analysis = self.desk.analysis;
        let sentence = &analysis.sentences[n];
        let reason = analysis.lexicon.label("because");
        let at = sentence.text.find(reason).filter(|_| !reason.is_empty())?;
        let clause = sentence.text[..at].trim_end_matches([',', ' ']);
        let flat = self.flat(clause);
        let words = clause.split_whitespace().count();
        let whole = !clause.contains([',', ';', '(', ':']) && (4..=11).contains(&words);
        let unconditional = analysis.lexicon.cues.conditions.opening(&flat).is_none();
        let ends = !analysis.lexicon.words.trailing.ends(&flat);
        let verb = flat.split_whitespace().any(|word| analysis.lexicon.words.verbs.has(word));
        (whole && unconditional && verb && ends).then(|| analysis.in_midst(clause))
    }

    fn questions(&self, template: &str) -> Vec<Candidate> {
        let analysis = self.desk.analysis;
        let asked = self.desk.title().map(str::to_owned).into_iter();
        let asked = asked.filter(|text| text.ends_with(['?', '？', '؟']));
        // A question is asked where it is of the topic and a slide answers it.
        let topic = analysis.stems(self.desk.topic());
        let told = self.told.iter().copied().filter(|n| analysis.sentences[*n].stands_alone());
        let answered = told
            .filter_map(|n| analysis.question_answered_by(n))
            .filter(|question| !analysis.stems(question).is_disjoint(&topic));
        // What a slide asks itself is no cover: the same words would stand there twice.
        let all = asked.chain(answered).filter(|text| !self.promise.is_headline(text));
        all.map(|text| self.candidate(template, "{question}", &text, &self.flat(&text))).collect()
    }

    /// A title that asks, says how to do something, or makes a statement.
    fn out_of_title(&self, kind: &str, template: &str) -> Vec<Candidate> {
        let lexicon = self.desk.analysis.lexicon;
        let how = self.flat(lexicon.label("how_to"));
        let Some(title) = self.desk.title().filter(|title| !title.ends_with('?')) else { return vec![] };
        let flat = self.flat(title);
        let words = flat.split_whitespace().count();
        let fits = match kind {
            "title" => how.len() > 2 && flat.starts_with(&how),
            "asking_title" => (5..=14).contains(&words) && lexicon.words.asking.opening(&flat).is_some(),
            _ => (2..=14).contains(&words) && !self.desk.analysis.is_generic(title),
        };
        fits.then(|| self.candidate(template, "{title}", title, &flat)).into_iter().collect()
    }

    /// A title that tells to do something, as it follows "how to".
    fn instructions(&self, template: &str) -> Vec<Candidate> {
        let lexicon = self.desk.analysis.lexicon;
        let endings = lexicon.hooks.get("how_to").and_then(|kinds| kinds.get("infinitives"));
        let tells = |text: &str| {
            let flat = self.flat(text);
            let mut words = flat.split_whitespace();
            let first = words.next().unwrap_or_default();
            // "Change categories" may be a noun: only a determiner after it makes a verb sure.
            let second = words.next().unwrap_or_default();
            let sure = lexicon.words.articles.has(second) || lexicon.words.determiners.has(second);
            // In a title, what stands before an article and is no preposition tells to do something.
            let titled = self.desk.title() == Some(text)
                && lexicon.words.articles.has(second)
                && !lexicon.words.trailing.has(first)
                && !lexicon.words.asking.has(first)
                && !scoring::text::is_stop_word(first, self.desk.brief.language)
                && !first.ends_with("ing");
            let infinitive = endings.into_iter().flatten().any(|ending| first.ends_with(ending.as_str()));
            let told = lexicon.openers.imperative.opening(&flat).is_some();
            let imperative = endings.is_none() && (told || titled);
            sure && (imperative || infinitive) && (3..=9).contains(&flat.split_whitespace().count())
        };
        let found = self
            .desk
            .title()
            .into_iter()
            .filter(|text| tells(text) && !text.contains(['?', ':', ',', ';', '.']));
        found
            .map(|text| {
                let headline = capitalised(&template.replace("{verb}", &lower_first(text)));
                Candidate { headline, rests_on: vec![self.flat(text)] }
            })
            .collect()
    }

    fn topical(&self, kind: &str, template: &str) -> Option<Candidate> {
        let desk = self.desk;
        if desk.topic().is_empty() {
            return None;
        }
        let count = match kind {
            "steps" => Some(self.promise.steps(desk)).filter(|steps| *steps >= 3)?,
            "questions" => Some(self.promise.questions()).filter(|questions| *questions >= 3)?,
            _ => self.promise.count(),
        };
        if template.contains("{count}") && count < 2 {
            return None;
        }
        let headline = self.with_topic(template).replace("{count}", &count.to_string());
        Some(Candidate { headline: begun(template, &headline), rests_on: vec![] })
    }

    fn with_topic(&self, template: &str) -> String {
        let topic = self.desk.topic();
        let (before, _) = template.split_once("{topic}").unwrap_or_default();
        let quoted = before.trim_end().ends_with([':', '?', '.', '…', '→']) || before.trim().is_empty();
        let topic = if quoted { topic.to_owned() } else { self.in_midst(topic) };
        template.replace("{slides}", &self.desk.slides().to_string()).replace("{topic}", &topic)
    }

    /// A name as it stands within a sentence; a title in capitals keeps them.
    fn in_midst(&self, text: &str) -> String {
        let capitals = text.split_whitespace().skip(1).any(|word| word.starts_with(char::is_uppercase));
        if capitals { text.to_owned() } else { self.desk.analysis.in_midst(text) }
    }

    fn candidate(&self, template: &str, slot: &str, text: &str, rests_on: &str) -> Candidate {
        let before = template.split(slot).next().unwrap_or_default().trim_end();
        let midst = !before.is_empty() && !before.ends_with(['?', '!', '.', '…', '→', '≠', '✓']);
        let german = self.desk.brief.language == domain::Language::GERMAN;
        let text = if midst && !(german && before.ends_with(':')) {
            self.desk.analysis.in_midst(text)
        } else {
            text.to_owned()
        };
        Candidate {
            headline: begun(template, &template.replace(slot, &text)),
            rests_on: vec![rests_on.to_owned()],
        }
    }
}

/// A headline with a capital, unless its first word is the article's own: that may be code.
fn begun(template: &str, headline: &str) -> String {
    if template.starts_with('{') { headline.to_owned() } else { capitalised(headline) }
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}
