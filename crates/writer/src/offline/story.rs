//! The points of a story: which sentences and lists lead its slides, and in which order.

use std::collections::BTreeSet;

use domain::content::Role;

use super::analysis::Analysis;
use super::material::{Items, is_telling};

/// Two sentences that share more of their words than this say one thing.
pub(crate) const SAME: f64 = 0.45;

/// A carousel with more slides that nothing names would be a list of loose sentences.
const NAMELESS: usize = 2;
/// A text with more sections than this is looked up: its last words conclude nothing.
const ESSAY: usize = 8;

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
    /// What the slides so far are called.
    names: BTreeSet<String>,
    /// The words of the topic and the title.
    topic: BTreeSet<String>,
}

impl<'a> Story<'a> {
    pub(crate) fn new(analysis: &'a Analysis, avoided: &'a BTreeSet<usize>, manner: Manner) -> Self {
        let title = analysis.title.as_deref().unwrap_or_default();
        let topic = analysis.stems(&format!("{} {title}", analysis.topic));
        Self { analysis, avoided, manner, used: BTreeSet::new(), names: BTreeSet::new(), topic }
    }

    /// The slides between the hook and the call to action, in their order, and the sentence to take away.
    pub(crate) fn points(&mut self, slots: usize) -> (Vec<Point>, Option<usize>) {
        let mut points = Vec::new();
        let with_context = slots >= 3;
        let with_summary = slots >= 5;
        let conclusion = self.conclusion();
        let context = if with_context { self.context() } else { None };
        if let Some(lead) = context {
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
        points.extend(self.middle(wanted, context));
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
        let headed = self.analysis.heading_of(n).is_some();
        let nameless = match (self.analysis.named[n], headed) {
            (true, _) => 0.0,
            (false, true) => 0.4,
            (false, false) => 0.8,
        };
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
        self.best(alone[..opening].iter().copied(), |n| {
            let sentence = &self.analysis.sentences[n];
            let defines = self.analysis.definition(sentence).is_some();
            let on_topic = self.on_topic(n) as f64;
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

    /// The advice with which the article's last section ends, else its last words, where they speak
    /// of what the article is about.
    fn closing(&self) -> Option<usize> {
        let analysis = self.analysis;
        let last = analysis.alone().last()?;
        let section = analysis.sentences[last].section;
        // A reference ends where its last entry does.
        let inside = analysis.parts.len() > 1 && section + 1 < analysis.parts.len();
        if inside || analysis.parts.len() > ESSAY {
            return None;
        }
        let from = analysis.sentences.len().saturating_sub(8);
        let usual = self.usual_score();
        let fits = |n: &usize| {
            let sentence = &analysis.sentences[*n];
            *n >= from
                && sentence.section == section
                && (30..=180).contains(&sentence.length())
                && !analysis.is_anaphoric(sentence)
                && sentence.score >= usual
                && self.on_topic(*n) > 0
                && !self.avoided.contains(n)
        };
        let advises = |n: &usize| {
            let flat = &analysis.sentences[*n].flat;
            analysis.lexicon.openers.imperative.opening(flat).is_some()
                || analysis.lexicon.cues.advice.within(flat)
        };
        let last_words = |n: &usize| *n + 4 >= analysis.sentences.len();
        let closing: Vec<usize> = analysis.alone().filter(fits).filter(|n| self.is_new(*n)).collect();
        let advice = closing.iter().rev().find(|n| advises(n));
        advice.or_else(|| closing.iter().rev().find(|n| last_words(n))).copied()
    }

    /// The score in the middle of all that may open a slide.
    fn usual_score(&self) -> f64 {
        let mut scores: Vec<f64> = self.analysis.alone().map(|n| self.analysis.sentences[n].score).collect();
        scores.sort_by(f64::total_cmp);
        scores.get(scores.len() / 2).copied().unwrap_or_default()
    }

    /// How many words of the topic and the title a sentence has, two at most.
    fn on_topic(&self, n: usize) -> usize {
        self.title_words(n).min(2)
    }

    fn title_words(&self, n: usize) -> usize {
        self.analysis.sentences[n].stems.intersection(&self.topic).count()
    }

    /// What the article claims as a whole: a short strong sentence on its topic, most likely an early one.
    fn takeaway(&self) -> Option<usize> {
        let analysis = self.analysis;
        let most = analysis.sentences.len().max(1) as f64;
        let short = |n: &usize| {
            let sentence = &analysis.sentences[*n];
            (45..=160).contains(&sentence.length()) && !analysis.is_anaphoric(sentence)
        };
        let found = self.best(analysis.alone().filter(short), |n| {
            let sentence = &analysis.sentences[n];
            let claims = analysis.lexicon.cues.benefit.within(&sentence.flat)
                || analysis.lexicon.cues.contrast.within(&sentence.flat)
                || analysis.lexicon.cues.strong.within(&sentence.flat);
            let early = 0.4 * (1.0 - n as f64 / most);
            self.worth(n) + 0.4 * self.title_words(n).min(4) as f64 + early + if claims { 0.2 } else { 0.0 }
                - 2.0 * self.analysis.detail(n)
                - sentence.length() as f64 / 800.0
        });
        found.or_else(|| self.best(analysis.alone(), |n| self.worth(n)))
    }

    /// Short sentences from all over the article that have no slide of their own, each of which says
    /// something of the topic; nothing where there are too few of them.
    fn summary(&self) -> Option<Anchor> {
        let sentences = &self.analysis.sentences;
        let usual = self.usual_score();
        let sums_up = |n: &usize| {
            (25..=100).contains(&sentences[*n].length())
                && self.is_new(*n)
                && !self.analysis.is_anaphoric(&sentences[*n])
                && self.analysis.is_of_the_topic(&sentences[*n].text)
                && sentences[*n].score >= usual
                && self.analysis.detail(*n) == 0.0
                && !self.avoided.contains(n)
        };
        let mut ranked: Vec<usize> = self.analysis.alone().filter(sums_up).collect();
        // Leave enough for the points.
        if self.analysis.alone().count() < 14 {
            return None;
        }
        let worth = |n: usize| self.worth(n) + 0.3 * self.on_topic(n) as f64;
        ranked.sort_by(|a, b| worth(*b).total_cmp(&worth(*a)).then(a.cmp(b)));
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
        (chosen.len() == 3).then_some(Anchor::Sentences(chosen))
    }

    /// The points proper.
    fn middle(&mut self, wanted: usize, context: Option<usize>) -> Vec<Point> {
        let mut points: Vec<(usize, Point)> = Vec::new();
        let mut given = vec![0_usize; self.analysis.parts.len()];
        // The context stands under its section's heading.
        if let Some(lead) = context {
            given[self.analysis.sentences[lead].section] += 1;
        }
        let lists = self.lists(wanted);
        for (part, items) in lists {
            given[part] += 1;
            let at = self.analysis.parts[part].sentences.end;
            points.push((at, Point { anchor: Anchor::List { part, items }, role: Role::Point }));
        }
        let mut nameless = 0;
        while points.len() < wanted {
            let Some(lead) = self.next_lead(&given, nameless < NAMELESS) else { break };
            let sentence = &self.analysis.sentences[lead];
            nameless += usize::from(!self.has_name(lead, &given));
            given[sentence.section] += 1;
            self.used.insert(lead);
            self.names.extend(self.analysis.subject(lead).cloned());
            let role = self.role(lead);
            points.push((lead, Point { anchor: Anchor::Sentences(vec![lead]), role }));
        }
        self.ordered(points)
    }

    /// The lists that get a slide: all steps of a how-to, else one in three slides at most; more where
    /// the article is made of lists. A list that needs two slides gets both or none.
    fn lists(&self, wanted: usize) -> Vec<(usize, Items)> {
        let analysis = self.analysis;
        let mut found: Vec<(usize, Vec<Items>)> = Vec::new();
        for (n, part) in analysis.parts.iter().enumerate() {
            for items in analysis.lists(part) {
                match found.last_mut() {
                    Some((of, list)) if *of == n && items.numbered_from.is_some_and(|from| from > 1) => {
                        list.push(items);
                    }
                    _ => found.push((n, vec![items])),
                }
            }
        }
        let scarce = analysis.alone().count() < 2 * wanted;
        let least = if scarce { 2 } else { 3 };
        found.retain(|(_, list)| list[0].items.len() >= least || list[0].is_ordered());
        // What a list is of, the sentence above it says; a heading does where its items are sentences,
        // explained terms or steps, or the whole article is made of lists.
        let named = |n: usize, list: &[Items]| {
            let first = &list[0];
            let told = |item: &String| item.ends_with(['.', '!', '?', '。']) || item.contains(": ");
            let whole = scarce || first.is_ordered() || first.items.iter().all(told);
            first.introduction.is_some() || whole && analysis.parts[n].heading.is_some()
        };
        found.retain(|(n, list)| named(*n, list));
        let ordered = |list: &[Items]| list[0].is_ordered();
        let in_steps = self.manner != Manner::Informational && found.iter().any(|(_, list)| ordered(list));
        let mut room = if scarce {
            wanted
        } else if in_steps {
            wanted.div_ceil(2)
        } else {
            wanted.div_ceil(3)
        };
        if in_steps {
            found.sort_by_key(|(n, list)| (!ordered(list), *n));
        }
        let avoided = |list: &[Items]| list.iter().any(|items| self.avoided.contains(&list_mark(items)));
        found.sort_by_key(|(_, list)| avoided(list));
        let (mut seen, mut said) = (BTreeSet::new(), BTreeSet::new());
        found.retain(|(n, list)| said.insert(list[0].message()) && (ordered(list) || seen.insert(*n)));
        let mut chosen = Vec::new();
        for (n, list) in found {
            if list.len() <= room {
                room -= list.len();
                chosen.extend(list.into_iter().map(|items| (n, items)));
            }
        }
        chosen
    }

    /// The next best lead: the more a section has got, the less its next point is worth.
    fn next_lead(&self, given: &[usize], nameless: bool) -> Option<usize> {
        let leads = self.analysis.alone().filter(|n| nameless || self.has_name(*n, given));
        self.best(leads, |n| {
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
            // A second slide on the same thing would need a second name.
            let named = self.analysis.subject(n).is_some_and(|name| self.names.contains(name));
            self.worth(n) + headed
                - spread * share
                - if near { 0.5 } else { 0.0 }
                - if named && headed == 0.0 { 0.4 } else { 0.0 }
        })
    }

    /// Whether a slide can be called by its section's heading, or by what its lead says.
    fn has_name(&self, n: usize, given: &[usize]) -> bool {
        let section = self.analysis.sentences[n].section;
        self.analysis.named[n] || (given[section] == 0 && self.analysis.heading_of(n).is_some())
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
