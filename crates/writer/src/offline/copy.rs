//! The words on the slides: the pieces of the approved outline, within each block's limits.

use std::collections::BTreeSet;

use domain::Strategy;
use domain::content::{Block, Copy, CopySlide, FactId, Outline, OutlineSlide, Role, limits};

use super::desk::Desk;
use super::headline::{Headlines, is_phrase};
use super::hook;
use super::pieces::{Form, Piece};
use super::sentence::{ends_well, starts_well};
use crate::draft::WriteError;

/// A spoken slide is short, but never without its point.
const SPOKEN: usize = 240;
/// What is left on a slide after the wish to be direct.
const DIRECT: usize = 200;
/// A shorter text than this is hardly worth a slide.
const THIN: usize = 90;
/// What is left on a slide after the wish for less.
const SHORTER: usize = 140;

pub(super) fn write(desk: &Desk<'_>, strategy: Strategy) -> Result<Copy, WriteError> {
    let outline = match &desk.brief.outline {
        Some(outline) => outline.clone(),
        None => super::outline::write(desk, Strategy::Narrative)?,
    };
    let mut writer = CopyWriter::new(desk, strategy, &outline);
    let last = outline.slides.len().saturating_sub(1);
    let slides: Vec<CopySlide> = outline
        .slides
        .iter()
        .enumerate()
        .map(|(n, slide)| match n {
            0 => writer.cover(slide, &outline),
            n if n == last => writer.close(slide),
            n => writer.slide(n, slide),
        })
        .collect();
    let calls = desk.analysis.lexicon.calls.get(strategy.name());
    let call = calls.and_then(|calls| calls.get(desk.turn() % calls.len().max(1)));
    Ok(Copy { slides, call_to_action: call.cloned().unwrap_or_else(|| "↓".to_owned()) })
}

struct CopyWriter<'a> {
    desk: &'a Desk<'a>,
    strategy: Strategy,
    /// The pieces of the outline's slides; none where its words are not the article's.
    pieces: Vec<Option<&'a Piece>>,
    /// Sentences that stand on a slide, or will.
    used: BTreeSet<usize>,
    /// Key messages of the pieces on slides.
    shown: BTreeSet<String>,
    headlines: Headlines<'a>,
}

impl<'a> CopyWriter<'a> {
    fn new(desk: &'a Desk<'a>, strategy: Strategy, outline: &Outline) -> Self {
        let mut pieces: Vec<Option<&Piece>> =
            outline.slides.iter().map(|slide| desk.piece(&slide.key_message)).collect();
        let ends = [0, pieces.len().saturating_sub(1)];
        ends.into_iter().for_each(|end| pieces[end] = None);
        let mut used: BTreeSet<usize> =
            pieces.iter().flatten().flat_map(|piece| piece.sentences.iter().copied()).collect();
        used.extend(outline.slides.last().and_then(|slide| desk.find(&slide.key_message)));
        let shown = outline.slides.iter().map(|slide| slide.key_message.clone()).collect();
        Self { desk, strategy, pieces, used, shown, headlines: Headlines::new(desk.analysis) }
    }

    /// The first slide: its headline stands until the hook stage replaces it.
    fn cover(&mut self, slide: &OutlineSlide, outline: &Outline) -> CopySlide {
        let pattern = match self.strategy {
            Strategy::Conversational => Some(Strategy::Question),
            Strategy::Professional => Some(Strategy::BoldClaim),
            _ => None,
        };
        let told =
            outline.slides.iter().map(|slide| slide.key_message.as_str()).collect::<Vec<_>>().join(" ");
        // The slide that answers a question of the article asks it; the cover will change.
        let asked = |headline: &str| outline.slides.iter().any(|slide| slide.working_title == headline);
        let hook = pattern.and_then(|pattern| hook::fill(self.desk, pattern, &told));
        let hook = hook.filter(|hook| !asked(&hook.headline));
        let (headline, body) = match hook {
            Some(hook) => (hook.headline, hook.subline),
            None => (slide.working_title.clone(), None),
        };
        let headline = fitted(&headline).unwrap_or_else(|| self.desk.topic().to_owned());
        self.headlines.take(&headline);
        let body = body.or_else(|| self.angle(&slide.key_message));
        CopySlide { headline, body, block: None, facts: slide.facts.clone() }
    }

    /// The angle as the cover's second line, where no other slide says it.
    fn angle(&self, message: &str) -> Option<String> {
        let free = self.desk.find(message).is_none_or(|n| !self.used.contains(&n));
        let fits = message.chars().count() <= limits::SUBLINE && ends_well(message);
        let titled = self.desk.title().is_some_and(|title| title == message);
        (free && fits && !titled).then(|| message.to_owned())
    }

    /// The last slide: the sentence to end with, and the call to action below it.
    fn close(&mut self, slide: &OutlineSlide) -> CopySlide {
        let label = match self.strategy {
            Strategy::Conversational => self.desk.label("takeaway_2"),
            Strategy::Professional => self.desk.label("takeaway_3"),
            _ => self.desk.label("takeaway"),
        };
        let given = slide.working_title == self.desk.label("takeaway");
        let headline = if given && !label.is_empty() { label } else { &slide.working_title };
        let text = whole_within(self.desk, &slide.key_message, limits::BODY);
        let facts = slide.facts.clone();
        // A short sentence is the headline itself.
        let said = text.as_ref().map(|text| text.trim_end_matches('.').to_owned());
        let said = said.and_then(|said| fitted(&said));
        if let Some(said) =
            said.filter(|said| given && is_phrase(said, self.desk.analysis) && self.headlines.take(said))
        {
            return CopySlide { headline: said, body: None, block: None, facts };
        }
        let headline = fitted(headline).unwrap_or_else(|| self.desk.topic().to_owned());
        let body = text.filter(|text| *text != headline);
        CopySlide { headline, body, block: None, facts }
    }

    fn slide(&mut self, n: usize, slide: &OutlineSlide) -> CopySlide {
        let Some(piece) = self.pieces[n] else {
            let (body, facts) = self.own_words(&slide.key_message);
            let facts = if facts.is_empty() { slide.facts.clone() } else { facts };
            return CopySlide { headline: self.title(slide, None), body, block: None, facts };
        };
        let other = self.alternative(piece, slide.role);
        let piece = other.unwrap_or(piece);
        self.used.extend(&piece.sentences);
        self.shown.insert(piece.message.clone());
        let headline = match other {
            Some(_) => self.headlines.for_piece(piece).unwrap_or_else(|| self.title(slide, Some(piece))),
            None => self.title(slide, Some(piece)),
        };
        let mut shown = match &piece.form {
            Form::Block { block, body } => {
                CopySlide { headline, body: body.clone(), block: Some(block.clone()), facts: vec![] }
            }
            Form::Text { run, .. } if self.desk.analysis.lead_of(piece).as_ref() == Some(&headline) => {
                self.text(headline, &run[1..], true)
            }
            _ if self.desk.analysis.statement_of(piece).as_ref() == Some(&headline) => {
                CopySlide { headline, body: None, block: None, facts: vec![] }
            }
            Form::Text { run, answers } => self.text(headline, run, *answers),
        };
        shown.facts = self.desk.facts(&piece.sentences);
        if shown.facts.is_empty() {
            shown.facts.clone_from(&slide.facts);
        }
        shown
    }

    /// A person's or model's words, or a sentence of the article with what follows it.
    fn own_words(&self, message: &str) -> (Option<String>, Vec<FactId>) {
        match self.desk.find(message) {
            Some(n) if message.chars().count() <= limits::BODY => {
                let run =
                    self.desk.analysis.excerpt_from(n, limits::BODY, 2, false).unwrap_or_else(|| vec![n]);
                (Some(self.desk.analysis.run_text(&run, false)), self.desk.facts(&run))
            }
            _ => (whole_within(self.desk, message, limits::BODY), vec![]),
        }
    }

    /// Another piece of the same section: after a rejection, or one in the form that this manner of
    /// writing prefers.
    fn alternative(&self, piece: &Piece, role: Role) -> Option<&'a Piece> {
        let desk = self.desk;
        let rejected = desk.was_rejected(&piece.message)
            || piece.sentences.first().is_some_and(|n| desk.avoided.contains(n));
        let prefers = |other: &&Piece| match &other.form {
            _ if rejected => true,
            Form::Block { block: Block::Quote { .. }, .. } => self.strategy == Strategy::Conversational,
            Form::Block { block, .. } => {
                let code = matches!(block, Block::Code { .. });
                self.strategy == Strategy::Professional && !code
            }
            Form::Text { .. } => false,
        };
        if !piece.is_text() || role == Role::Context && !rejected {
            return None;
        }
        let free = |other: &&Piece| {
            let new = !other.sentences.iter().any(|n| self.used.contains(n) || desk.avoided.contains(n));
            let said = self.shown.contains(&other.message) || desk.was_rejected(&other.message);
            other.section == piece.section && other.parts == 1 && new && !said
        };
        let others = desk.analysis.pieces.iter().filter(free).filter(prefers);
        others.max_by(|a, b| a.weight.total_cmp(&b.weight))
    }

    /// An excerpt as this manner of writing shows it.
    fn text(&mut self, headline: String, run: &[usize], answers: bool) -> CopySlide {
        let analysis = self.desk.analysis;
        let wants_figures = self.strategy == Strategy::Professional || self.desk.wishes.figures;
        if wants_figures
            && !answers
            && let Some((block, body)) = self.figure(run)
        {
            return CopySlide { headline, body, block: Some(block), facts: vec![] };
        }
        let wishes = self.desk.wishes;
        let (most, count) = match self.strategy {
            _ if wishes.shorter => (SHORTER, 1),
            _ if wishes.longer => (limits::BODY, 4),
            _ if wishes.direct => (DIRECT, 2),
            Strategy::Conversational if !answers => (SPOKEN, run.len()),
            _ => (limits::BODY, run.len()),
        };
        // Within the run of the outline, so that the slides stay apart from each other.
        let mut cut = analysis.excerpt_from(run[0], most, count, answers).unwrap_or_default();
        cut.retain(|n| run.contains(n) || (wishes.longer && !self.used.contains(n)));
        let least = if wishes.shorter { 1 } else { THIN };
        let fits =
            |run: &[usize]| (least..=limits::BODY).contains(&analysis.run_text(run, answers).chars().count());
        let run = if cut.is_empty() || !fits(&cut) { run } else { cut.as_slice() };
        if self.strategy == Strategy::Professional
            && !answers
            && let Some(items) = self.points(run)
        {
            let block = Some(Block::Bullets { items, numbered_from: None });
            return CopySlide { headline, body: None, block, facts: vec![] };
        }
        let body = Some(analysis.run_text(run, answers));
        CopySlide { headline, body, block: None, facts: vec![] }
    }

    /// A big figure with its label, and beside it what the excerpt says before or after it.
    fn figure(&self, run: &[usize]) -> Option<(Block, Option<String>)> {
        let analysis = self.desk.analysis;
        let stat = |n: &usize| {
            let sentence = &analysis.sentences[*n];
            analysis.stat(sentence).filter(|_| sentence.stands_alone() && !analysis.wants_next(*n))
        };
        let (at, block) = run.iter().enumerate().find_map(|(at, n)| Some((at, stat(n)?)))?;
        let rest = if at == 0 { &run[1..] } else { &run[..at] };
        let leans = rest.first().is_some_and(|n| !analysis.sentences[*n].stands_alone());
        let text = analysis.run_text(rest, false);
        let fits = !leans && text.chars().count() <= limits::BODY_WITH_BLOCK;
        let turned = rest.last().is_some_and(|n| analysis.wants_next(*n));
        match (at, fits && !turned) {
            (_, true) => Some((block, Some(text).filter(|text| !text.is_empty()))),
            (0, false) => Some((block, None)),
            _ => None,
        }
    }

    /// Sentences that each stand alone and are short, as points.
    fn points(&self, run: &[usize]) -> Option<Vec<String>> {
        let sentences = run.iter().map(|n| &self.desk.analysis.sentences[*n]);
        let short = |one: &&super::sentence::Sentence| one.stands_alone() && one.length() <= limits::BULLET;
        // Two sentences are no list.
        ((3..=*limits::BULLETS.end()).contains(&run.len()) && sentences.clone().all(|one| short(&one)))
            .then(|| sentences.map(|one| one.text.clone()).collect())
    }

    /// The outline's headline; another one where that was rejected or is taken.
    fn title(&mut self, slide: &OutlineSlide, piece: Option<&Piece>) -> String {
        let given = fitted(&slide.working_title);
        let rejected = given.as_deref().is_some_and(|title| self.desk.was_rejected(title));
        if !rejected && let Some(title) = self.headlines.choose([given.clone()]) {
            return title;
        }
        let made = piece.and_then(|piece| self.headlines.for_piece(piece));
        made.or_else(|| self.headlines.choose([given]))
            .unwrap_or_else(|| fitted(&slide.working_title).unwrap_or_else(|| self.desk.topic().to_owned()))
    }
}

fn fitted(headline: &str) -> Option<String> {
    let headline = headline.trim();
    (!headline.is_empty() && headline.chars().count() <= limits::HEADLINE).then(|| headline.to_owned())
}

/// The first whole sentences of a text that fit; a text of one long sentence is left out.
fn whole_within(desk: &Desk<'_>, text: &str, most: usize) -> Option<String> {
    if text.chars().count() <= most {
        return Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    }
    let mut whole = String::new();
    for sentence in scoring::text::sentences(text, desk.brief.language) {
        if whole.chars().count() + sentence.chars().count() + 1 > most {
            break;
        }
        if !whole.is_empty() {
            whole.push(' ');
        }
        whole.push_str(sentence);
    }
    Some(whole).filter(|text| !text.is_empty() && (ends_well(text) || starts_well(text)))
}
