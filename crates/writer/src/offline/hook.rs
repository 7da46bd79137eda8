//! Ten ways into the same article, filled from its own claims, questions and figures.
//!
//! A pattern takes the first kind of material that the article has; the last kind is always
//! its topic after a colon, which is true of any text.

use std::collections::BTreeSet;

use domain::Strategy;
use domain::content::{Hook, limits};

use super::desk::{Desk, strings};
use super::lexicon::{Phrases, flat};
use super::material::is_telling;
use super::sentence::capitalised;
use crate::draft::WriteError;

/// A claim on a cover is read at a glance.
const CLAIM: usize = 78;

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

/// The hook of a pattern; `told` is what other slides say, which a hook doesn't say again.
///
/// All patterns before it are filled first, so that no two take the same words.
pub(super) fn fill(desk: &Desk<'_>, pattern: Strategy, told: &str) -> Option<Hook> {
    let told = flat(told, desk.brief.language);
    let mut filler = Filler {
        desk,
        told: desk.sentences_in(&told),
        taken: BTreeSet::new(),
        claimed: BTreeSet::new(),
        sublines: BTreeSet::new(),
    };
    for strategy in pattern.stage().strategies() {
        let hook = filler.fill(*strategy);
        if *strategy == pattern {
            return hook;
        }
    }
    None
}

struct Filler<'a> {
    desk: &'a Desk<'a>,
    told: BTreeSet<usize>,
    taken: BTreeSet<String>,
    claimed: BTreeSet<usize>,
    sublines: BTreeSet<usize>,
}

/// A headline with the sentence that it says, where it says one.
struct Candidate {
    headline: String,
    sentence: Option<usize>,
    /// Whether it names the topic.
    names_topic: bool,
}

impl Filler<'_> {
    fn fill(&mut self, pattern: Strategy) -> Option<Hook> {
        // In the order of how much they say.
        const KINDS: [&str; 15] = [
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
            "claim",
            "headings",
            "topic",
        ];
        let templates = self.desk.analysis.lexicon.hooks.get(pattern.name())?;
        let mut fallback = None;
        for kind in KINDS {
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
        let plain = [self.desk.title().unwrap_or_default(), self.desk.topic()].map(|text| Candidate {
            headline: text.to_owned(),
            sentence: None,
            names_topic: true,
        });
        let fallback = fallback.or_else(|| plain.into_iter().find(|candidate| self.is_free(candidate)));
        fallback.map(|candidate| self.take(candidate))
    }

    fn is_free(&self, candidate: &Candidate) -> bool {
        let length = candidate.headline.chars().count();
        (3..=limits::HEADLINE).contains(&length)
            && !self.taken.contains(&candidate.headline.to_lowercase())
            && candidate.sentence.is_none_or(|n| !self.claimed.contains(&n))
    }

    fn take(&mut self, candidate: Candidate) -> Hook {
        self.taken.insert(candidate.headline.to_lowercase());
        self.claimed.extend(candidate.sentence);
        let subline = self.subline(&candidate);
        Hook { headline: candidate.headline, subline }
    }

    /// A claim is followed by what it is about; a topic by a sentence that no slide says.
    fn subline(&mut self, candidate: &Candidate) -> Option<String> {
        let (desk, analysis) = (self.desk, self.desk.analysis);
        let headline = flat(&candidate.headline, desk.brief.language);
        if !candidate.names_topic {
            let about = desk.title().filter(|title| !headline.contains(&flat(title, desk.brief.language)));
            let topic =
                Some(desk.topic()).filter(|topic| !headline.contains(&flat(topic, desk.brief.language)));
            return about
                .or(topic)
                .map(str::to_owned)
                .filter(|text| text.chars().count() <= limits::SUBLINE && !text.is_empty());
        }
        let free = |n: &usize| !self.told.contains(n) && !self.claimed.contains(n);
        // The article's opening, or a telling figure: a sentence from its midst leans on what is not here.
        let cues = &analysis.lexicon.cues;
        let room = |n: &usize| {
            let sentence = &analysis.sentences[*n];
            sentence.length() <= limits::SUBLINE
                && !analysis.is_anaphoric(sentence)
                && !cues.first_person.within(&sentence.flat)
                && cues.conditions.opening(&sentence.flat).is_none()
                && (*n * 6 <= analysis.sentences.len() || sentence.figures.iter().any(is_telling))
        };
        // The sublines differ as long as there are enough.
        let fresh = analysis.alone().filter(free).filter(room).any(|n| !self.sublines.contains(&n));
        let fits = |n: &usize| {
            room(n)
                && free(n)
                && !(fresh && self.sublines.contains(n))
                && !desk.was_rejected(&analysis.sentences[*n].text)
        };
        let early = analysis.sentences.len() as f64;
        let worth = |n: &usize| analysis.sentences[*n].score - 0.5 * *n as f64 / early;
        let found =
            analysis.alone().filter(fits).max_by(|a, b| worth(a).total_cmp(&worth(b)).then(b.cmp(a)))?;
        self.sublines.insert(found);
        Some(analysis.sentences[found].text.clone())
    }

    fn candidates(&self, kind: &str, template: &str) -> Vec<Candidate> {
        let desk = self.desk;
        let cues = &desk.analysis.lexicon.cues;
        match kind {
            "topic" | "steps" => self.topical(kind, template).into_iter().collect(),
            "title" | "verb" | "own_title" | "asking_title" => self.out_of_titles(kind, template),
            "question" => self.questions(template),
            "when" => self.clauses(template, |n| desk.analysis.when_clause(n)),
            "why" => self.clauses(template, |n| self.reasoned(n)),
            "figure" => self.claims(template, |n| desk.analysis.sentences[n].figures.iter().any(is_telling)),
            "contrast" => self.cued(template, &cues.contrast),
            "warning" => self.cued(template, &cues.warning),
            "benefit" => self.cued(template, &cues.benefit),
            _ => self.claims(template, |_| true),
        }
    }

    /// Sentences by their worth, those told on other slides left out.
    fn ranked(&self) -> Vec<usize> {
        let analysis = self.desk.analysis;
        let mut found: Vec<usize> = analysis.alone().filter(|n| !self.told.contains(n)).collect();
        let worth = |n: &usize| {
            let sentence = &analysis.sentences[*n];
            let strong = analysis.lexicon.cues.strong.count(&sentence.flat).min(2) as f64;
            let personal = if analysis.lexicon.cues.first_person.within(&sentence.flat) { 0.5 } else { 0.0 };
            sentence.score + 0.15 * strong - personal - sentence.length() as f64 / 400.0
        };
        found.sort_by(|a, b| worth(b).total_cmp(&worth(a)).then(a.cmp(b)));
        found
    }

    fn claims(&self, template: &str, wanted: impl Fn(usize) -> bool) -> Vec<Candidate> {
        let room = (limits::HEADLINE - template.chars().count().min(60) + "{claim}".len()).min(CLAIM);
        let analysis = self.desk.analysis;
        let claim = |n: usize| {
            if analysis.is_anaphoric(&analysis.sentences[n]) {
                return None;
            }
            let text = analysis.clause_within(n, room).or_else(|| self.after_colon(n, room))?;
            (text.split_whitespace().count() <= 14).then_some((n, text))
        };
        let found = self.ranked().into_iter().filter(|n| wanted(*n)).filter_map(claim);
        found.map(|(n, text)| self.candidate(template, "{claim}", &text, Some(n))).collect()
    }

    /// A whole clause after a colon: "The bill told it: the cheap trees were the expensive ones."
    fn after_colon(&self, n: usize, room: usize) -> Option<String> {
        let analysis = self.desk.analysis;
        let (_, after) = analysis.sentences[n].text.split_once(": ")?;
        let clause = after.trim().strip_suffix('.')?;
        let flat = flat(clause, analysis.language);
        let words = flat.split_whitespace().count();
        let verb = flat.split_whitespace().any(|word| analysis.lexicon.words.verbs.has(word));
        let alone = analysis.judge.item_stands(clause, false) && !clause.contains([';', ':', '(']);
        ((5..=14).contains(&words) && verb && alone && clause.chars().count() <= room)
            .then(|| capitalised(clause))
    }

    fn cued(&self, template: &str, cues: &Phrases) -> Vec<Candidate> {
        let analysis = self.desk.analysis;
        let told = |n: usize| {
            let clause = analysis.clause_within(n, CLAIM).unwrap_or_default();
            cues.within(&flat(&clause, analysis.language))
        };
        self.claims(template, told)
    }

    fn clauses(&self, template: &str, clause: impl Fn(usize) -> Option<String>) -> Vec<Candidate> {
        // The slides answer what the hook asks.
        let told = self.told.iter().copied().filter(|n| self.desk.analysis.sentences[*n].stands_alone());
        let topic = self.desk.analysis.stems(self.desk.topic());
        let on_topic = |text: &str| !self.desk.analysis.stems(text).is_disjoint(&topic);
        let found = told.filter_map(|n| Some((n, clause(n)?)));
        let found = found.filter(|(_, text)| on_topic(text));
        found.map(|(n, text)| self.candidate(template, "{clause}", &text, Some(n))).collect()
    }

    /// The main clause of a sentence that gives its reason: "X, because Y".
    fn reasoned(&self, n: usize) -> Option<String> {
        let analysis = self.desk.analysis;
        let sentence = &analysis.sentences[n];
        let reason = analysis.lexicon.label("because");
        let at = sentence.text.find(reason).filter(|_| !reason.is_empty())?;
        let clause = sentence.text[..at].trim_end_matches([',', ' ']);
        let flat = flat(clause, analysis.language);
        let words = clause.split_whitespace().count();
        let whole = !clause.contains([',', ';', '(', ':']) && (4..=11).contains(&words);
        let unconditional = analysis.lexicon.cues.conditions.opening(&flat).is_none();
        let ends = !analysis.lexicon.words.trailing.ends(&flat);
        let verb = flat.split_whitespace().any(|word| analysis.lexicon.words.verbs.has(word));
        (whole && unconditional && verb && ends).then(|| analysis.in_midst(clause))
    }

    fn questions(&self, template: &str) -> Vec<Candidate> {
        let analysis = self.desk.analysis;
        let titles =
            analysis.title.iter().chain(analysis.parts.iter().filter_map(|part| part.heading.as_ref()));
        let asked = titles.filter(|text| text.ends_with('?')).map(|text| (text.clone(), None));
        // A question is asked where it is of the topic and a slide answers it.
        let topic = analysis.stems(self.desk.topic());
        let told = self.told.iter().copied().filter(|n| analysis.sentences[*n].stands_alone());
        let answered = told
            .filter_map(|n| Some((analysis.question_answered_by(n)?, Some(n))))
            .filter(|(question, _)| !analysis.stems(question).is_disjoint(&topic));
        asked.chain(answered).map(|(text, n)| self.candidate(template, "{question}", &text, n)).collect()
    }

    /// A title that says how to do something, or tells to do it. A section's heading would
    /// promise less than the whole.
    fn out_of_titles(&self, kind: &str, template: &str) -> Vec<Candidate> {
        let analysis = self.desk.analysis;
        let title = self.desk.title().into_iter().map(str::to_owned);
        let how = flat(analysis.lexicon.label("how_to"), analysis.language);
        let found = title.filter_map(|text| {
            let flat = flat(&text, analysis.language);
            if kind.ends_with("_title") {
                let words = text.split_whitespace().count();
                let asks = kind == "own_title" || analysis.lexicon.words.asking.opening(&flat).is_some();
                return ((5..=14).contains(&words) && !text.ends_with('?') && asks).then_some(text);
            }
            if kind == "title" {
                return (how.len() > 2 && flat.starts_with(&how) && !text.ends_with('?')).then_some(text);
            }
            let words = text.split_whitespace().count();
            // "Change categories" may be a noun: only a determiner after it makes a verb sure.
            let second = text.split_whitespace().nth(1).unwrap_or_default().to_lowercase();
            let words_of = &analysis.lexicon.words;
            let tells = analysis.lexicon.openers.imperative.opening(&flat).is_some()
                && (words_of.articles.has(&second) || words_of.determiners.has(&second));
            (tells && (2..=9).contains(&words) && !text.contains(['?', ':', ','])).then(|| lower_first(&text))
        });
        found
            .map(|text| {
                self.candidate(template, if kind == "verb" { "{verb}" } else { "{title}" }, &text, None)
            })
            .collect()
    }

    fn topical(&self, kind: &str, template: &str) -> Option<Candidate> {
        let desk = self.desk;
        let topic = desk.topic();
        if topic.is_empty() {
            return None;
        }
        let count = if kind == "steps" {
            // An ordered list of other things than instructions is no set of steps.
            let instructs = |item: &String| {
                let flat = flat(item, desk.brief.language);
                desk.analysis.lexicon.openers.imperative.opening(&flat).is_some()
            };
            let instructing = |items: &super::material::Items| {
                items.is_ordered()
                    && items.items.iter().filter(|item| instructs(item)).count() * 2 >= items.items.len()
            };
            let steps = desk
                .lists()
                .into_iter()
                .filter(|(_, items)| instructing(items))
                .map(|(_, items)| items.items.len());
            Some(steps.sum::<usize>()).filter(|steps| *steps >= 3)?
        } else {
            desk.slides().saturating_sub(2).max(1)
        };
        if template.contains("{count}") && count < 2 {
            return None;
        }
        let text = template
            .replace("{count}", &count.to_string())
            .replace("{slides}", &desk.slides().to_string())
            .replace("{topic}", topic);
        Some(Candidate { headline: capitalised(&text), sentence: None, names_topic: true })
    }

    fn candidate(&self, template: &str, slot: &str, text: &str, sentence: Option<usize>) -> Candidate {
        let before = template.split(slot).next().unwrap_or_default().trim_end();
        let midst = !before.is_empty() && !before.ends_with(['?', '!', '.', '…', '→', '≠', '✓']);
        let german = self.desk.brief.language == domain::Language::GERMAN;
        let text = if midst && !(german && before.ends_with(':')) {
            self.desk.analysis.in_midst(text)
        } else {
            text.to_owned()
        };
        let headline = capitalised(&template.replace(slot, &text));
        let topic = flat(self.desk.topic(), self.desk.brief.language);
        let names_topic =
            topic.trim().len() > 1 && flat(&headline, self.desk.brief.language).contains(&topic);
        Candidate { headline, sentence, names_topic }
    }
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}
