//! The points of a story: which sentences and lists lead its slides, and in which order.

use std::collections::BTreeSet;

use domain::content::Role;

use super::analysis::Analysis;
use super::material::{Items, is_telling};

/// Two sentences that share more of their words than this say one thing.
pub(crate) const SAME: f64 = 0.45;

/// What a slide rests on.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Anchor {
    /// Sentences, by their place.
    Sentences(Vec<usize>),
    /// A list of a section.
    List { part: usize, items: Items },
    /// A person's or model's own words, which are not in the article.
    Own(String),
}

#[derive(Clone, Debug)]
pub(crate) struct Point {
    pub(crate) anchor: Anchor,
    pub(crate) role: Role,
}

/// How the points are chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Manner {
    Narrative,
    Informational,
    Action,
}

/// Chooses points from an analysis, none of them saying what another says.
#[derive(Debug)]
pub(crate) struct Story<'a> {
    pub(crate) analysis: &'a Analysis,
    /// Sentences of rejected contents: used only where nothing else is left.
    pub(crate) avoided: &'a BTreeSet<usize>,
    pub(crate) manner: Manner,
    used: BTreeSet<usize>,
}

impl<'a> Story<'a> {
    pub(crate) fn new(analysis: &'a Analysis, avoided: &'a BTreeSet<usize>, manner: Manner) -> Self {
        Self { analysis, avoided, manner, used: BTreeSet::new() }
    }

    /// The slides between the hook and the call to action, in their order, and the sentence to take away.
    pub(crate) fn points(&mut self, slots: usize) -> (Vec<Point>, Option<usize>) {
        let mut points = Vec::new();
        let with_context = slots >= 3;
        let with_summary = slots >= 5;
        let conclusion = self.conclusion();
        if with_context && let Some(lead) = self.context() {
            self.used.insert(lead);
            points.push(Point { anchor: Anchor::Sentences(vec![lead]), role: Role::Context });
        }
        let takeaway = conclusion.or_else(|| self.closing()).or_else(|| self.takeaway());
        self.used.extend(takeaway);
        let summary = if with_summary { self.summary() } else { None };
        if let Some(Anchor::Sentences(sentences)) = &summary {
            self.used.extend(sentences);
        }
        let wanted = slots - points.len() - usize::from(summary.is_some());
        points.extend(self.middle(wanted));
        points.extend(summary.map(|anchor| Point { anchor, role: Role::Summary }));
        (points, takeaway)
    }

    /// A sentence's worth for this manner.
    fn worth(&self, n: usize) -> f64 {
        let sentence = &self.analysis.sentences[n];
        let cues = &self.analysis.lexicon.cues;
        let manner = match self.manner {
            Manner::Narrative => 0.0,
            Manner::Informational => 0.25 * f64::from(u8::from(sentence.figures.iter().any(is_telling))),
            Manner::Action => {
                let instructs = self.analysis.lexicon.openers.imperative.opening(&sentence.flat).is_some();
                0.25 * cues.advice.count(&sentence.flat).min(2) as f64 + if instructs { 0.3 } else { 0.0 }
            }
        };
        let company = self.analysis.run(n, 280, 3, &self.used).len().min(2) as f64 * 0.08;
        let nameless = if self.analysis.named[n] { 0.0 } else { 0.4 };
        sentence.score + manner + company - nameless - if self.avoided.contains(&n) { 2.0 } else { 0.0 }
    }

    fn is_new(&self, n: usize) -> bool {
        let sentence = &self.analysis.sentences[n];
        !self.used.contains(&n)
            && self.used.iter().all(|other| sentence.likeness(&self.analysis.sentences[*other]) < SAME)
    }

    fn best(&self, among: impl Iterator<Item = usize>, worth: impl Fn(usize) -> f64) -> Option<usize> {
        let free = among.filter(|n| self.is_new(*n));
        free.map(|n| (n, worth(n))).max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0))).map(|(n, _)| n)
    }

    /// What the reader must know first: from the article's opening, or the definition of its topic.
    fn context(&self) -> Option<usize> {
        let alone: Vec<usize> = self.analysis.alone().collect();
        let opening = match self.manner {
            Manner::Narrative => alone.len() / 6,
            _ => alone.len() / 3,
        };
        let opening = opening.max(3).min(alone.len());
        let topic = self.analysis.stems(&self.analysis.topic);
        self.best(alone[..opening].iter().copied(), |n| {
            let sentence = &self.analysis.sentences[n];
            let defines = self.analysis.definition(sentence).is_some();
            let on_topic = sentence.stems.intersection(&topic).count().min(2) as f64;
            let cues = &self.analysis.lexicon.cues;
            let why = cues.benefit.count(&sentence.flat) + cues.warning.count(&sentence.flat);
            let manner = match self.manner {
                Manner::Narrative => 0.0,
                Manner::Informational => {
                    if defines {
                        0.6
                    } else {
                        0.0
                    }
                }
                Manner::Action => 0.2 * why.min(2) as f64,
            };
            let early =
                0.3 * (1.0 - alone.iter().position(|one| *one == n).unwrap_or(0) as f64 / opening as f64);
            self.worth(n) + manner + early + 0.2 * on_topic
        })
    }

    /// The best sentence of a section that concludes.
    fn conclusion(&self) -> Option<usize> {
        let concluding = |n: &usize| self.analysis.parts[self.analysis.sentences[*n].section].concludes;
        self.best(self.analysis.alone().filter(concluding), |n| self.worth(n))
    }

    /// The advice with which the article's last section ends, else its last words.
    fn closing(&self) -> Option<usize> {
        let analysis = self.analysis;
        let last = analysis.alone().last()?;
        let section = analysis.sentences[last].section;
        if analysis.parts.len() > 1 && section + 1 < analysis.parts.len() {
            return None;
        }
        let from = analysis.sentences.len().saturating_sub(8);
        let fits = |n: &usize| {
            let sentence = &analysis.sentences[*n];
            *n >= from
                && sentence.section == section
                && sentence.length() <= 180
                && !analysis.is_anaphoric(sentence)
                && (analysis.lexicon.openers.imperative.opening(&sentence.flat).is_some()
                    || analysis.lexicon.cues.advice.within(&sentence.flat))
                && !self.avoided.contains(n)
        };
        let last_words = |n: &usize| {
            let sentence = &analysis.sentences[*n];
            *n + 4 >= analysis.sentences.len()
                && sentence.section == section
                && (30..=180).contains(&sentence.length())
                && !analysis.is_anaphoric(sentence)
                && analysis.is_of_the_topic(&sentence.text)
                && !self.avoided.contains(n)
        };
        let advice = analysis.alone().filter(fits).filter(|n| self.is_new(*n)).last();
        advice.or_else(|| analysis.alone().filter(last_words).filter(|n| self.is_new(*n)).last())
    }

    /// A short strong sentence to end with, from the article's second half where there is one.
    fn takeaway(&self) -> Option<usize> {
        let half = self.analysis.sentences.len() / 2;
        let short = |n: &usize| {
            let sentence = &self.analysis.sentences[*n];
            (30..=130).contains(&sentence.length()) && !self.analysis.is_anaphoric(sentence)
        };
        let topic = self.analysis.stems(&self.analysis.topic);
        let cues = &self.analysis.lexicon.cues;
        let found = self.best(self.analysis.alone().filter(short), |n| {
            let sentence = &self.analysis.sentences[n];
            let on_topic = sentence.stems.intersection(&topic).count().min(2) as f64;
            let conditional = if cues.conditions.opening(&sentence.flat).is_some() { 0.4 } else { 0.0 };
            self.worth(n) + 0.5 * on_topic - conditional + if n >= half { 0.2 } else { 0.0 }
                - self.analysis.sentences[n].length() as f64 / 800.0
        });
        found.or_else(|| self.best(self.analysis.alone(), |n| self.worth(n)))
    }

    /// Three short sentences from all over the article that have no slide of their own.
    fn summary(&self) -> Option<Anchor> {
        let sentences = &self.analysis.sentences;
        let short = |n: &usize| {
            (25..=100).contains(&sentences[*n].length())
                && self.is_new(*n)
                && !self.analysis.is_anaphoric(&sentences[*n])
        };
        let mut ranked: Vec<usize> = self.analysis.alone().filter(short).collect();
        // Leave enough for the points.
        if self.analysis.alone().count() < 14 {
            return None;
        }
        ranked.sort_by(|a, b| self.worth(*b).total_cmp(&self.worth(*a)).then(a.cmp(b)));
        let mut chosen: Vec<usize> = Vec::new();
        for n in ranked {
            let different = chosen.iter().all(|other| {
                let (one, two) = (&sentences[n], &sentences[*other]);
                let apart = if self.analysis.parts.len() >= 4 {
                    one.section != two.section
                } else {
                    one.paragraph != two.paragraph
                };
                one.likeness(two) < 0.3 && apart
            });
            if different {
                chosen.push(n);
            }
            if chosen.len() == 3 {
                break;
            }
        }
        chosen.sort_unstable();
        (chosen.len() >= 2).then_some(Anchor::Sentences(chosen))
    }

    /// The points proper.
    fn middle(&mut self, wanted: usize) -> Vec<Point> {
        let mut points: Vec<(usize, Point)> = Vec::new();
        let mut given = vec![0_usize; self.analysis.parts.len()];
        let lists = self.lists(wanted);
        for (part, items) in lists {
            given[part] += 1;
            let at = self.analysis.parts[part].sentences.end;
            points.push((at, Point { anchor: Anchor::List { part, items }, role: Role::Point }));
        }
        while points.len() < wanted {
            let Some(lead) = self.next_lead(&given) else { break };
            let sentence = &self.analysis.sentences[lead];
            given[sentence.section] += 1;
            self.used.insert(lead);
            let role = self.role(lead);
            points.push((lead, Point { anchor: Anchor::Sentences(vec![lead]), role }));
        }
        self.ordered(points)
    }

    /// The lists that get a slide: all steps of a how-to, else one in three slides at most.
    fn lists(&self, wanted: usize) -> Vec<(usize, Items)> {
        let parts = self.analysis.parts.iter().enumerate();
        let mut found: Vec<(usize, Items)> = parts
            .flat_map(|(n, part)| self.analysis.lists(part).into_iter().map(move |items| (n, items)))
            .filter(|(_, items)| items.items.len() >= 3 || items.is_ordered())
            .collect();
        let steps = found.iter().filter(|(_, items)| items.is_ordered()).count();
        let room = if steps > 0 && self.manner != Manner::Informational {
            wanted.div_ceil(2)
        } else {
            wanted.div_ceil(3)
        };
        if self.manner != Manner::Informational && steps > 0 {
            found.sort_by_key(|(n, items)| (!items.is_ordered(), *n));
        }
        let avoided = |items: &Items| self.avoided.contains(&list_mark(items));
        found.sort_by_key(|(_, items)| avoided(items));
        let (mut seen, mut said) = (BTreeSet::new(), BTreeSet::new());
        found.retain(|(n, items)| said.insert(items.message()) && (items.is_ordered() || seen.insert(*n)));
        found.truncate(room);
        found
    }

    /// The next best lead: the more a section has got, the less its next point is worth.
    fn next_lead(&self, given: &[usize]) -> Option<usize> {
        self.best(self.analysis.alone(), |n| {
            let sentence = &self.analysis.sentences[n];
            let part = &self.analysis.parts[sentence.section];
            let share = given[sentence.section] as f64;
            let spread = match self.manner {
                Manner::Narrative => 0.45,
                Manner::Informational => 0.2,
                Manner::Action => 0.3,
            };
            let headed = if part.heading.is_some() && given[sentence.section] == 0 { 0.25 } else { 0.0 };
            let near =
                self.used.iter().any(|other| self.analysis.sentences[*other].paragraph == sentence.paragraph);
            self.worth(n) + headed - spread * share - if near { 0.5 } else { 0.0 }
        })
    }

    fn role(&self, lead: usize) -> Role {
        let sentence = &self.analysis.sentences[lead];
        let part = &self.analysis.parts[sentence.section];
        if self.analysis.stat(sentence).is_some() {
            return Role::Proof;
        }
        let example = self.analysis.lexicon.cues.example.within(&sentence.flat)
            || self.analysis.code(part, sentence.paragraph).is_some();
        if example { Role::Example } else { Role::Point }
    }

    /// In the article's order; the informational manner puts the strongest section first.
    fn ordered(&self, mut points: Vec<(usize, Point)>) -> Vec<Point> {
        points.sort_by_key(|(at, _)| *at);
        if self.manner == Manner::Informational {
            let section =
                |at: usize| self.analysis.sentences.get(at.saturating_sub(1)).map_or(0, |s| s.section);
            let strength = |part: usize| {
                let best = points
                    .iter()
                    .filter(|(at, _)| section(*at) == part)
                    .map(|(at, _)| self.analysis.sentences.get(*at).map_or(0.5, |sentence| sentence.score));
                best.fold(0.0, f64::max)
            };
            let mut keyed: Vec<(f64, usize, usize)> = points
                .iter()
                .enumerate()
                .map(|(n, (at, _))| (strength(section(*at)), section(*at), n))
                .collect();
            keyed.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
            return keyed.into_iter().map(|(_, _, n)| points[n].1.clone()).collect();
        }
        points.into_iter().map(|(_, point)| point).collect()
    }
}

/// A list's place among the avoided sentences: beyond all sentences, told by its words.
pub(crate) fn list_mark(items: &Items) -> usize {
    items
        .message()
        .bytes()
        .fold(usize::MAX / 2, |mark, byte| mark.wrapping_mul(31).wrapping_add(usize::from(byte)))
        | (1 << 40)
}
