//! The story: which pieces of the article become its slides, and with which sentence it ends.

use std::collections::BTreeSet;

use domain::content::Role;

use super::analysis::{Analysis, Unit};
use super::desk::Desk;
use super::pieces::{Form, Piece};
use crate::source::Passage;

/// Two sentences that share more of their words than this say one thing.
pub(crate) const SAME: f64 = 0.45;
/// A text with more sections than this is looked up: its last words conclude nothing.
const ESSAY: usize = 14;
/// The share of an article, as a divisor, in which it claims what it is about.
const EARLY: usize = 5;
/// What a piece is worth less when it was rejected, or when another manner has it already.
const REJECTED: f64 = 2.0;
const TOLD_ELSEWHERE: f64 = 0.55;
/// What speaks of the topic that was asked for is worth more, and most where its heading does.
const ON_TOPIC: f64 = 0.8;

/// How the pieces are chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Manner {
    /// In running text, from the introduction to the end.
    Narrative,
    /// What there is to know: definitions, lists, tables, figures.
    Informational,
    /// What to do: steps, rules, advice, warnings.
    Action,
}

/// A slide between the hook and the call to action.
#[derive(Clone, Debug)]
pub(crate) struct Point<'a> {
    pub(crate) piece: &'a Piece,
    pub(crate) role: Role,
}

/// What the last slide says above its call to action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Closing {
    /// A sentence of the article that concludes it.
    Sentence(usize),
    /// The title again: a sentence from its midst would conclude nothing.
    Title,
}

/// The slides of a carousel between the first and the last, and what the last one says.
#[derive(Clone, Debug)]
pub(crate) struct Plan<'a> {
    pub(crate) points: Vec<Point<'a>>,
    pub(crate) closing: Option<Closing>,
}

/// Chooses pieces, none of them saying what another says.
struct Story<'a> {
    desk: &'a Desk<'a>,
    analysis: &'a Analysis,
    manner: Manner,
    pieces: &'a [Piece],
    /// What another manner's story has already.
    elsewhere: BTreeSet<usize>,
    chosen: Vec<usize>,
    /// Sentences on slides so far.
    used: BTreeSet<usize>,
    /// The stems of the topic that was asked for.
    topic: BTreeSet<String>,
    /// Pieces of which something stands on a slide already, in their own or other words.
    stale: Vec<bool>,
    /// What each piece is worth, whatever else is chosen.
    worth: Vec<f64>,
}

/// The plan for so many slides: with excerpts, or where those are too few, with single sentences.
pub(crate) fn plan<'a>(desk: &'a Desk<'a>, manner: Manner, slots: usize) -> Plan<'a> {
    let analysis = desk.analysis;
    let told = |pieces: &'a [Piece]| -> BTreeSet<usize> {
        let mut told = BTreeSet::new();
        for earlier in [Manner::Narrative, Manner::Informational] {
            if earlier == manner {
                break;
            }
            let mut story = Story::new(desk, earlier, pieces, told.clone());
            story.tell(slots);
            told.extend(story.chosen);
        }
        told
    };
    let mut best = Plan { points: vec![], closing: None };
    for pieces in [analysis.pieces.as_slice(), analysis.crumbs.as_slice()] {
        let mut story = Story::new(desk, manner, pieces, told(pieces));
        let plan = story.tell(slots);
        let better = plan.points.len() > best.points.len() || best.closing.is_none();
        if better {
            best = plan;
        }
        if best.points.len() == slots && best.closing.is_some() {
            break;
        }
    }
    best
}

impl<'a> Story<'a> {
    fn new(desk: &'a Desk<'a>, manner: Manner, pieces: &'a [Piece], elsewhere: BTreeSet<usize>) -> Self {
        let topic = desk.brief.topic.as_deref().map(|topic| desk.analysis.stems(topic)).unwrap_or_default();
        let mut story = Self {
            desk,
            analysis: desk.analysis,
            manner,
            pieces,
            elsewhere,
            chosen: Vec::new(),
            used: BTreeSet::new(),
            topic,
            stale: vec![false; pieces.len()],
            worth: Vec::new(),
        };
        story.worth = (0..pieces.len()).map(|n| story.rate(n)).collect();
        story
    }

    fn tell(&mut self, slots: usize) -> Plan<'a> {
        let concluded = self.concluded().or_else(|| self.last_words());
        concluded.into_iter().for_each(|n| self.use_up(n));
        let context = if slots >= 2 { self.context() } else { None };
        if let Some(piece) = context {
            self.take(piece);
        }
        let thesis = concluded.or_else(|| self.thesis());
        thesis.into_iter().for_each(|n| self.use_up(n));
        let titled = || Some(Closing::Title).filter(|_| self.desk.title().is_some());
        let closing = thesis.map(Closing::Sentence).or_else(titled);
        while self.chosen.len() < slots {
            let Some(group) = self.next(slots - self.chosen.len()) else { break };
            group.into_iter().for_each(|piece| self.take(piece));
        }
        self.chosen.sort_unstable();
        let points = self.chosen.iter().map(|n| {
            let piece = &self.pieces[*n];
            Point { piece, role: self.role(*n, context) }
        });
        Plan { points: points.collect(), closing }
    }

    fn take(&mut self, piece: usize) {
        self.chosen.push(piece);
        let pieces = self.pieces;
        pieces[piece].sentences.iter().for_each(|n| self.use_up(*n));
        for (n, other) in pieces.iter().enumerate() {
            self.stale[n] |= other.message == pieces[piece].message;
        }
    }

    /// A sentence stands on a slide: pieces that say it, or the same in other words, say nothing new.
    fn use_up(&mut self, sentence: usize) {
        if !self.used.insert(sentence) {
            return;
        }
        let sentences = &self.analysis.sentences;
        let said = |n: &usize| *n == sentence || sentences[*n].likeness(&sentences[sentence]) >= SAME;
        for (n, piece) in self.pieces.iter().enumerate() {
            self.stale[n] = self.stale[n] || piece.sentences.iter().any(said);
        }
    }

    fn is_new(&self, piece: usize) -> bool {
        !self.stale[piece]
    }

    /// What a piece is worth in this manner, whatever else is chosen.
    fn rate(&self, n: usize) -> f64 {
        let piece = &self.pieces[n];
        let analysis = self.analysis;
        let rejected = piece.sentences.iter().any(|n| self.desk.avoided.contains(n))
            || self.desk.was_rejected(&piece.message);
        let told = if self.elsewhere.contains(&n) { TOLD_ELSEWHERE } else { 0.0 };
        piece.weight + self.manner_of(piece) + self.on_topic(piece)
            - if rejected { REJECTED } else { 0.0 }
            - told
            - if analysis.parts[piece.section].concludes && piece.is_text() { 0.2 } else { 0.0 }
    }

    fn manner_of(&self, piece: &Piece) -> f64 {
        let cues = &self.analysis.lexicon.cues;
        let flat = super::lexicon::flat(&piece.message, self.analysis.language);
        match self.manner {
            Manner::Narrative if piece.is_text() => 0.2,
            Manner::Narrative => 0.0,
            Manner::Informational if piece.is_text() => {
                0.25 * f64::from(u8::from(self.analysis.tells_figure(piece)))
            }
            Manner::Informational => 0.45,
            Manner::Action if piece.is_ordered() => 0.8,
            Manner::Action => {
                let instructs = self.analysis.lexicon.openers.imperative.opening(&flat).is_some();
                0.2 * cues.advice.count(&flat).min(2) as f64
                    + 0.15 * cues.warning.count(&flat).min(1) as f64
                    + if instructs { 0.3 } else { 0.0 }
            }
        }
    }

    fn on_topic(&self, piece: &Piece) -> f64 {
        if self.topic.is_empty() {
            return 0.0;
        }
        let share = |text: &str| {
            let common = self.analysis.stems(text).intersection(&self.topic).count();
            common as f64 / self.topic.len().min(3) as f64
        };
        let heading = self.analysis.parts[piece.section].asked.as_deref().unwrap_or_default();
        ON_TOPIC * (share(&piece.message).min(1.0) + share(heading).min(1.0))
    }

    /// What the reader must know first: the article's opening, or the definition of its topic.
    fn context(&self) -> Option<usize> {
        let texts: Vec<usize> = (0..self.pieces.len()).filter(|n| self.pieces[*n].is_text()).collect();
        let early = (texts.len() / 4).clamp(4, 16).min(texts.len());
        let title = self.analysis.title.as_deref().unwrap_or_default();
        let subject = self.analysis.stems(&format!("{} {title}", self.analysis.topic));
        let candidates = texts[..early].iter().enumerate().filter(|(_, n)| self.is_new(**n));
        let rated = candidates.map(|(place, n)| {
            let first = self.pieces[*n].sentences[0];
            let sentence = &self.analysis.sentences[first];
            let defined = self.analysis.definition(sentence);
            let defines = defined.is_some_and(|(noun, _)| !self.analysis.stems(&noun).is_disjoint(&subject));
            let on_subject = sentence.stems.intersection(&subject).count().min(2);
            let value = self.worth[*n] - 0.09 * place as f64
                + if defines { 0.7 } else { 0.0 }
                + if place == 0 { 0.3 } else { 0.0 }
                + 0.15 * on_subject as f64;
            (*n, value)
        });
        rated.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0))).map(|(n, _)| n)
    }

    /// The next best piece with what belongs to it: the more a section has got, the less it gets.
    fn next(&self, room: usize) -> Option<Vec<usize>> {
        let groups = (0..self.pieces.len()).filter(|n| self.pieces[*n].part == 0).filter_map(|n| {
            let group: Vec<usize> = (n..n + self.pieces[n].parts).collect();
            let new =
                group.len() <= room && group.iter().all(|n| !self.chosen.contains(n) && self.is_new(*n));
            new.then_some(group)
        });
        let rated = groups.map(|group| {
            let value = self.worth[group[0]] - self.crowding(group[0]) - 0.2 * (group.len() - 1) as f64;
            (group, value)
        });
        rated.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0))).map(|(group, _)| group)
    }

    /// How much the slides so far have of the place where a piece stands.
    fn crowding(&self, n: usize) -> f64 {
        let piece = &self.pieces[n];
        let of = |n: &&usize| self.pieces[**n].section == piece.section;
        let same = self.chosen.iter().filter(of).count() as f64;
        let kin = |section: usize| self.analysis.parts[section].parent;
        let beside = |n: &&usize| {
            let other = self.pieces[**n].section;
            other != piece.section && (kin(other) == kin(piece.section) || kin(other) == Some(piece.section))
        };
        let siblings = self.chosen.iter().filter(beside).count() as f64;
        let paragraph = |n: &usize| self.analysis.sentences[*n].paragraph;
        let near = piece.sentences.first().is_some_and(|first| {
            self.used.iter().any(|other| paragraph(other).abs_diff(paragraph(first)) == 0)
        });
        let alike = |n: &&usize| !self.pieces[**n].is_text() && !piece.is_text();
        let structures = self.chosen.iter().filter(alike).count() as f64;
        let single = self.analysis.parts.len() <= 2;
        let tired = if self.manner == Manner::Narrative { 0.2 } else { 0.08 };
        let nameless = if same > 0.0 && !piece.named { 0.6 } else { 0.0 };
        (if single { 0.05 } else { 0.5 }) * same
            + nameless
            + 0.06 * siblings
            + tired * structures
            + if near { 0.45 } else { 0.0 }
    }

    fn role(&self, n: usize, context: Option<usize>) -> Role {
        let piece = &self.pieces[n];
        if context == Some(n) {
            return Role::Context;
        }
        if self.analysis.parts[piece.section].concludes {
            return Role::Summary;
        }
        match &piece.form {
            Form::Block { block: domain::content::Block::Code { .. }, .. } => Role::Example,
            _ if self.analysis.tells_figure(piece) => Role::Proof,
            _ => Role::Point,
        }
    }

    /// Whether a sentence may stand last and alone.
    fn ends(&self, n: usize) -> bool {
        self.rounds_off(n) && self.analysis.has_verb(&self.analysis.sentences[n])
    }

    /// The same of the last words of a text: those are a sentence whether or not its verb is known.
    fn rounds_off(&self, n: usize) -> bool {
        let sentence = &self.analysis.sentences[n];
        (25..=200).contains(&sentence.length())
            && (sentence.stands_alone() || sentence.closes)
            && !self.analysis.is_anaphoric(sentence)
            && !self.analysis.wants_next(n)
            && !self.desk.avoided.contains(&n)
    }

    fn concluded(&self) -> Option<usize> {
        let concluding = |n: &usize| self.analysis.parts[self.analysis.sentences[*n].section].concludes;
        let all = 0..self.analysis.sentences.len();
        let found = all.filter(concluding).filter(|n| self.ends(*n));
        self.strongest(found)
    }

    /// The end of the last section, where that is running text that goes beyond its steps.
    fn last_words(&self) -> Option<usize> {
        let analysis = self.analysis;
        if analysis.parts.len() > ESSAY {
            return None;
        }
        let part = analysis.parts.iter().rev().find(|part| !part.sentences.is_empty())?;
        let lists =
            |unit: &Unit| matches!(unit, Unit::Other { passage: Passage::List { ordered: true, .. }, .. });
        let asked = part.asked.as_deref().is_some_and(|heading| heading.ends_with('?'));
        if part.units.iter().any(lists) || asked {
            return None;
        }
        let last = part.units.iter().rev().find_map(|unit| match unit {
            Unit::Paragraph(range) if !range.is_empty() => Some(range.clone()),
            _ => None,
        })?;
        let topical = |n: &usize| analysis.is_of_the_topic(&analysis.sentences[*n].text);
        last.rev().take(4).filter(topical).find(|n| self.rounds_off(*n) && self.is_general(*n))
    }

    /// Whether a sentence tells more than one step, person or case.
    fn is_general(&self, n: usize) -> bool {
        let sentence = &self.analysis.sentences[n];
        !self.analysis.tells(&sentence.flat) && self.analysis.detail(n) < 0.8
    }

    /// What the article claims of its subject as a whole: most likely early.
    fn thesis(&self) -> Option<usize> {
        let sentences = &self.analysis.sentences;
        let new = |n: &usize| self.used.iter().all(|used| sentences[*n].likeness(&sentences[*used]) < SAME);
        let alone = || self.analysis.alone().filter(new);
        let all = (0..sentences.len()).filter(new);
        // What stands further on is one matter of many.
        let early = sentences.len() / EARLY;
        let claims = all.filter(|n| *n <= early && self.ends(*n) && self.is_general(*n));
        let thesis = self.strongest(claims.filter(|n| self.is_of_the_subject(*n)));
        if thesis.is_some() || self.desk.title().is_some() {
            return thesis;
        }
        let wanted = self.strongest(alone().filter(|n| !self.desk.avoided.contains(n)));
        wanted.or_else(|| self.strongest(alone()))
    }

    /// Whether a sentence speaks of what the title names.
    fn is_of_the_subject(&self, n: usize) -> bool {
        let title = self.analysis.title.as_deref().unwrap_or_default();
        let subject = self.analysis.stems(&format!("{} {title}", self.analysis.topic));
        !self.analysis.sentences[n].stems.is_disjoint(&subject)
    }

    fn strongest(&self, among: impl Iterator<Item = usize>) -> Option<usize> {
        let analysis = self.analysis;
        let title = analysis.title.as_deref().unwrap_or_default();
        let subject = analysis.stems(&format!("{} {title}", analysis.topic));
        let count = analysis.sentences.len().max(1) as f64;
        let rated = among.map(|n| {
            let sentence = &analysis.sentences[n];
            let cues = &analysis.lexicon.cues;
            let claims = [&cues.benefit, &cues.strong].iter().any(|cues| cues.within(&sentence.flat));
            let topical = sentence.stems.intersection(&subject).count().min(3) as f64;
            let value = sentence.score
                + 0.3 * topical
                + if claims { 0.2 } else { 0.0 }
                + if sentence.closes { 0.5 } else { 0.0 }
                - analysis.detail(n)
                - 0.4 * n as f64 / count
                - sentence.length() as f64 / 800.0;
            (n, value)
        });
        rated.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0))).map(|(n, _)| n)
    }
}
