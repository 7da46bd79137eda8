//! What lies on the writer's desk for one draft: the analysis, the brief, and what to keep away from.

use std::collections::BTreeSet;

use domain::content::{FactId, limits};

use super::analysis::Analysis;
use super::lexicon::flat;
use super::pieces::Piece;
use super::story::{Manner, plan};
use crate::brief::StageBrief;
use crate::draft::WriteError;

/// What the person asked for when rejecting.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Wishes {
    pub(crate) shorter: bool,
    pub(crate) longer: bool,
    pub(crate) figures: bool,
    pub(crate) direct: bool,
}

#[derive(Debug)]
pub(crate) struct Desk<'a> {
    pub(crate) analysis: &'a Analysis,
    pub(crate) brief: &'a StageBrief,
    /// Sentences that rejected contents were made of.
    pub(crate) avoided: BTreeSet<usize>,
    /// All rejected texts, flat.
    avoided_text: String,
    pub(crate) wishes: Wishes,
}

impl<'a> Desk<'a> {
    pub(crate) fn new(analysis: &'a Analysis, brief: &'a StageBrief) -> Self {
        let mut avoided_text = String::new();
        for content in &brief.avoid {
            strings(&content.to_json(), &mut |text| avoided_text.push_str(&flat(text, brief.language)));
        }
        let mut avoided: BTreeSet<usize> = BTreeSet::new();
        if !avoided_text.is_empty() {
            let sentences = analysis.sentences.iter().enumerate();
            avoided.extend(sentences.filter(|(_, one)| avoided_text.contains(&one.flat)).map(|(n, _)| n));
        }
        let said = brief.feedback.as_deref().map(|text| flat(text, brief.language)).unwrap_or_default();
        let english = &super::lexicon::Lexicon::of(domain::Language::ENGLISH).feedback;
        let own = &analysis.lexicon.feedback;
        let wishes = Wishes {
            shorter: own.shorter.within(&said) || english.shorter.within(&said),
            longer: own.longer.within(&said) || english.longer.within(&said),
            figures: own.figures.within(&said) || english.figures.within(&said),
            direct: own.direct.within(&said) || english.direct.within(&said),
        };
        Self { analysis, brief, avoided, avoided_text, wishes }
    }

    pub(crate) fn slides(&self) -> usize {
        self.brief.slides.get()
    }

    /// Whether a text was rejected before, word for word.
    pub(crate) fn was_rejected(&self, text: &str) -> bool {
        !self.avoided_text.is_empty() && self.avoided_text.contains(&flat(text, self.brief.language))
    }

    /// How many contents were rejected: the choice among equals moves on by as many.
    pub(crate) fn turn(&self) -> usize {
        self.brief.avoid.len() + self.brief.round.saturating_sub(1) as usize
    }

    pub(crate) fn label(&self, name: &'a str) -> &'a str {
        self.analysis.lexicon.label(name)
    }

    /// The topic that was asked for, where it is short and the text speaks of it, else the article's.
    pub(crate) fn topic(&self) -> &str {
        let asked = self.asked().filter(|topic| topic.chars().count() <= 48);
        asked.filter(|topic| self.speaks_of(topic)).unwrap_or(&self.analysis.topic)
    }

    fn asked(&self) -> Option<&str> {
        self.brief.topic.as_deref().map(str::trim).filter(|topic| !topic.is_empty())
    }

    /// Whether most of a topic's words are the text's.
    fn speaks_of(&self, topic: &str) -> bool {
        let analysis = self.analysis;
        let wanted = analysis.stems(topic);
        let headings = analysis.parts.iter().filter_map(|part| part.asked.as_deref());
        let titled: BTreeSet<String> =
            headings.chain(analysis.title.as_deref()).flat_map(|text| analysis.stems(text)).collect();
        let said = |stem: &&String| {
            titled.contains(*stem) || analysis.sentences.iter().any(|one| one.stems.contains(*stem))
        };
        wanted.is_empty() || wanted.iter().filter(said).count() * 2 >= wanted.len()
    }

    pub(crate) fn title(&self) -> Option<&str> {
        self.analysis.title.as_deref().filter(|title| title.chars().count() <= limits::HEADLINE)
    }

    pub(crate) fn notes(&self) -> Vec<String> {
        let skipped = Some(self.label("note_skipped").to_owned()).filter(|note| !note.is_empty());
        let off = self.asked().filter(|topic| !self.speaks_of(topic));
        let off = off.map(|topic| self.label("note_topic").replace("{topic}", topic));
        skipped.into_iter().chain(off).collect()
    }

    /// Whether the text has enough for the slides that were asked for, before anything is written.
    pub(crate) fn check_material(&self) -> Result<(), WriteError> {
        let analysis = self.analysis;
        let alone: Vec<usize> = analysis.alone().collect();
        let different: BTreeSet<&str> = alone.iter().map(|n| analysis.sentences[*n].flat.as_str()).collect();
        let few_words = analysis.variety < 12 && analysis.all_sentences >= 8;
        if few_words || (alone.len() >= 8 && different.len() < 3) {
            return Err(WriteError::Repetitive);
        }
        if alone.is_empty() {
            let any = analysis.sentences.iter().any(|one| super::sentence::ends_well(&one.source));
            return Err(if any { self.too_short(0) } else { WriteError::NoSentences });
        }
        let slots = self.slides() - 2;
        let plan = plan(self, Manner::Narrative, slots);
        if plan.points.len() < slots || plan.closing.is_none() {
            return Err(self.too_short(plan.points.len() + usize::from(plan.closing.is_some())));
        }
        Ok(())
    }

    pub(crate) fn too_short(&self, found: usize) -> WriteError {
        WriteError::TooShort {
            slides: self.slides(),
            sentences: found,
            needed: self.slides() - 1,
            possible: Some(found + 1).filter(|slides| *slides >= 2 && *slides < self.slides()),
        }
    }

    /// The approved facts that a slide made of these sentences rests on.
    pub(crate) fn facts(&self, sentences: &[usize]) -> Vec<FactId> {
        let Some(research) = &self.brief.research else { return vec![] };
        let language = self.analysis.language;
        let of_slide = |claim: &str| {
            let claim = flat(claim, language);
            sentences.iter().any(|n| self.analysis.sentences[*n].flat == claim)
        };
        research.facts.iter().filter(|fact| of_slide(&fact.claim)).map(|fact| fact.id.clone()).collect()
    }

    /// The piece that a key message was made of.
    pub(crate) fn piece(&self, message: &str) -> Option<&'a Piece> {
        let wanted = flat(message, self.analysis.language);
        let all = self.analysis.pieces.iter().chain(&self.analysis.crumbs);
        let same = |piece: &&Piece| flat(&piece.message, self.analysis.language) == wanted;
        all.into_iter().find(same)
    }

    /// The sentence of the article that a text is.
    pub(crate) fn find(&self, text: &str) -> Option<usize> {
        let wanted = flat(text, self.analysis.language);
        self.analysis.sentences.iter().position(|sentence| sentence.flat == wanted)
    }

    /// The sentences whose words stand anywhere in these texts.
    pub(crate) fn sentences_in(&self, texts: &str) -> BTreeSet<usize> {
        let sentences = self.analysis.sentences.iter().enumerate();
        sentences.filter(|(_, one)| texts.contains(&one.flat)).map(|(n, _)| n).collect()
    }
}

/// Every string of a JSON value.
pub(crate) fn strings(value: &serde_json::Value, visit: &mut impl FnMut(&str)) {
    match value {
        serde_json::Value::String(text) => visit(text),
        serde_json::Value::Array(values) => values.iter().for_each(|value| strings(value, visit)),
        serde_json::Value::Object(fields) => fields.values().for_each(|value| strings(value, visit)),
        _ => {}
    }
}
