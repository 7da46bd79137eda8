//! What may become a slide: contiguous excerpts and whole structures of the article, in its order.

use std::ops::Range;

use domain::content::{Block, limits};

use super::analysis::{Analysis, Part, Unit};
use super::lexicon::flat;
use super::material::is_telling;
use super::sentence::{Sentence, Standing};
use crate::source::Passage;

/// An excerpt of more sentences is a page, not a slide.
const SENTENCES: usize = 3;
/// So many more are taken where the paragraph then is told whole.
const REST: usize = 2;
/// A paragraph that is shorter than this goes on in the next one.
const SHORT_PARAGRAPH: usize = 110;

/// How a piece stands on its slide.
#[derive(Clone, Debug)]
pub(crate) enum Form {
    /// Sentences that follow each other in the article. Those of an answer keep their first word as it is.
    Text { run: Vec<usize>, answers: bool },
    /// A list, table, quotation or piece of code, with what introduces it.
    Block { block: Block, body: Option<String> },
}

/// One slide's worth of the article.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    pub(crate) section: usize,
    pub(crate) form: Form,
    /// The sentences that it shows.
    pub(crate) sentences: Vec<usize>,
    /// A name of its own, beside its section's.
    pub(crate) title: Option<String>,
    /// Which part of how many, from 0, where a list needs several slides: all are shown, or none.
    pub(crate) part: usize,
    pub(crate) parts: usize,
    /// Its words in one text, by which later stages find it again.
    pub(crate) message: String,
    /// Whether it has a name besides its section's.
    pub(crate) named: bool,
    /// How much of what matters it tells; about 0 to 3.
    pub(crate) weight: f64,
}

impl Piece {
    pub(crate) fn is_text(&self) -> bool {
        matches!(self.form, Form::Text { .. })
    }

    pub(crate) fn is_ordered(&self) -> bool {
        matches!(self.form, Form::Block { block: Block::Bullets { numbered_from: Some(_), .. }, .. })
    }

    /// A list, a table or a quotation without the sentences around it.
    pub(crate) fn of_block(section: usize, block: Block, body: Option<String>) -> Self {
        let message = message_of(&block, body.as_deref());
        Self {
            section,
            form: Form::Block { block, body },
            sentences: vec![],
            title: None,
            part: 0,
            parts: 1,
            message,
            named: false,
            weight: 0.0,
        }
    }
}

/// Whether two neighbours begin with the same words and both have figures.
pub(crate) fn is_parallel(one: &Sentence, other: &Sentence) -> bool {
    let start = |sentence: &Sentence| -> Vec<String> {
        sentence.flat.split_whitespace().take(2).map(str::to_owned).collect()
    };
    let figures = !one.figures.is_empty() && !other.figures.is_empty();
    one.paragraph == other.paragraph && figures && start(one) == start(other)
}

/// The words of a block, within a key message's length.
fn message_of(block: &Block, body: Option<&str>) -> String {
    let text = match block {
        Block::Bullets { items, .. } => items.join("; "),
        Block::Stat { value, label } => format!("{value}: {label}"),
        Block::Quote { text, .. } => text.clone(),
        Block::Code { code, .. } => {
            let first = code.lines().next().unwrap_or_default();
            format!("{} {first}", body.unwrap_or_default()).trim().to_owned()
        }
        Block::Comparison { left_title, left, right_title, right } => {
            format!("{left_title}: {}. {right_title}: {}", left.join("; "), right.join("; "))
        }
    };
    text.chars().take(590).collect()
}

impl Analysis {
    /// All pieces with excerpts of at most so many sentences.
    pub(crate) fn find_pieces(&self, most: usize) -> Vec<Piece> {
        let mut pieces = Vec::new();
        for (section, part) in self.parts.iter().enumerate() {
            for place in 0..part.units.len() {
                match &part.units[place] {
                    Unit::Paragraph(range) => {
                        for start in range.clone() {
                            pieces.extend(self.text_piece(section, place, start, most));
                        }
                    }
                    Unit::Other { passage, .. } => {
                        pieces.extend(self.structures(section, place, passage));
                    }
                }
            }
        }
        for piece in &mut pieces {
            piece.weight = self.weight(piece);
            piece.named = piece.title.is_some() || !self.phrases_for(piece).is_empty();
        }
        pieces
    }

    fn text_piece(&self, section: usize, place: usize, start: usize, most: usize) -> Option<Piece> {
        let part = &self.parts[section];
        let asked = part.asked.as_deref().is_some_and(|heading| heading.ends_with(['?', '？', '؟']));
        let first = part.units[..place].iter().all(|unit| !matches!(unit, Unit::Paragraph(_)));
        let answers = asked && first && start == part.sentences.start;
        if !answers && !self.sentences[start].stands_alone() {
            return None;
        }
        let end = self.end_of(part, place, start);
        let run = self.excerpt(start, end, limits::BODY, most, answers)?;
        // Where only a sentence or two are left of a paragraph, its point is among them.
        let whole = || self.excerpt(start, end, limits::BODY, most + REST, answers);
        let ends = |run: &Vec<usize>| run.last() == Some(&(end - 1));
        let run = if most > 1 { whole().filter(ends).unwrap_or(run) } else { run };
        // An answer that doesn't fit is not cut down to its "No."
        let length: usize = run.iter().map(|n| self.sentences[*n].length() + 1).sum();
        if answers && length < 40 {
            return None;
        }
        let message = self.run_text(&run, answers);
        Some(Piece {
            section,
            sentences: run.clone(),
            form: Form::Text { run, answers },
            title: None,
            part: 0,
            parts: 1,
            message,
            named: false,
            weight: 0.0,
        })
    }

    /// Where an excerpt must end: with its paragraph, or the next one after a short one.
    fn end_of(&self, part: &Part, place: usize, start: usize) -> usize {
        let Unit::Paragraph(range) = &part.units[place] else { return start };
        let length: usize = (start..range.end).map(|n| self.sentences[n].length() + 1).sum();
        match part.units.get(place + 1) {
            Some(Unit::Paragraph(next)) if length < SHORT_PARAGRAPH => next.end,
            _ => range.end,
        }
    }

    /// The sentences from one on that fit and belong together: none that the next one turns, no half of
    /// a thought, no question without its answer.
    pub(crate) fn excerpt(
        &self,
        start: usize,
        end: usize,
        most: usize,
        count: usize,
        answers: bool,
    ) -> Option<Vec<usize>> {
        let mut run: Vec<usize> = Vec::new();
        let (mut length, mut whole) = (0, 0);
        for n in start..end {
            let sentence = &self.sentences[n];
            let text = if n == start && !answers { &sentence.text } else { &sentence.inline };
            let more = text.chars().count() + usize::from(n > start);
            let broken = sentence.standing == Standing::Never && !self.is_short_answer(n, start, answers);
            if broken || length + more > most || whole == count {
                break;
            }
            run.push(n);
            length += more;
            whole += usize::from(text.split_whitespace().count() > 3);
        }
        while run.last().is_some_and(|last| self.wants_next(*last)) {
            run.pop();
        }
        (!run.is_empty()).then_some(run)
    }

    fn is_short_answer(&self, n: usize, start: usize, answers: bool) -> bool {
        answers && n == start && self.sentences[n].source.chars().count() <= 12
    }

    /// Whether a sentence says less, or something else, without the one after it.
    pub(crate) fn wants_next(&self, n: usize) -> bool {
        let sentence = &self.sentences[n];
        let half = self.lexicon.cues.halves.opening(&flat(&sentence.source, self.language)).is_some();
        let turned = self
            .sentences
            .get(n + 1)
            .is_some_and(|next| next.section == sentence.section && self.judge.turns(&next.source));
        // "Of the 91 …, 18. Of the 121 …, 5.": each is half of a comparison.
        let paired = self.sentences.get(n + 1).is_some_and(|next| is_parallel(sentence, next));
        let goes_on = self.sentences.get(n + 1).is_some_and(|next| next.paragraph == sentence.paragraph);
        sentence.is_question() || turned || paired || (half && goes_on)
    }

    /// The text of a run: its first sentence as it opens a slide, the others as they follow.
    pub(crate) fn run_text(&self, run: &[usize], answers: bool) -> String {
        let texts = run.iter().enumerate().map(|(place, n)| {
            let sentence = &self.sentences[*n];
            if place == 0 && !answers { sentence.text.as_str() } else { sentence.inline.as_str() }
        });
        texts.collect::<Vec<_>>().join(" ")
    }

    fn structures(&self, section: usize, place: usize, passage: &Passage) -> Vec<Piece> {
        let lead = self.lead_in(section, place);
        let blocks = match passage {
            Passage::List { .. } => return self.list_pieces(section, place, passage),
            Passage::Quote { .. } => self.quote(passage).into_iter().collect(),
            Passage::Code { language, code } => {
                return self.code_piece(section, place, language.as_deref(), code).into_iter().collect();
            }
            Passage::Table { header, rows } => self.table(header, rows),
            Passage::Paragraph(_) => vec![],
        };
        let alone = self.parts[section].heading.is_none() && lead.is_none();
        if alone && !matches!(passage, Passage::Quote { .. }) {
            return vec![];
        }
        self.spread(section, blocks, lead.filter(|_| !matches!(passage, Passage::Quote { .. })))
    }

    /// Blocks of one structure, each a piece; what introduces them stands above the first.
    fn spread(
        &self,
        section: usize,
        blocks: Vec<Block>,
        lead: Option<(Option<usize>, String)>,
    ) -> Vec<Piece> {
        let parts = blocks.len();
        let mut pieces: Vec<Piece> =
            blocks.into_iter().map(|block| Piece::of_block(section, block, None)).collect();
        for (part, piece) in pieces.iter_mut().enumerate() {
            (piece.part, piece.parts) = (part, parts);
            let Some((sentence, text)) = &lead else { continue };
            if part == 0
                && let Form::Block { body, .. } = &mut piece.form
            {
                *body = Some(text.clone());
                piece.sentences.extend(sentence);
            }
        }
        pieces
    }

    /// What stands right above a structure and introduces it: a sentence that ends with a colon, or the
    /// last of the paragraph before it.
    fn lead_in(&self, section: usize, place: usize) -> Option<(Option<usize>, String)> {
        let part = &self.parts[section];
        if let Unit::Other { introduction: Some(text), .. } = &part.units[place] {
            return Some((None, text.clone()));
        }
        let Unit::Paragraph(range) = part.units.get(place.checked_sub(1)?)? else { return None };
        let last = range.clone().last()?;
        let sentence = &self.sentences[last];
        let fits = sentence.stands_alone() && sentence.length() <= limits::BODY_WITH_BLOCK;
        fits.then(|| (Some(last), sentence.text.clone()))
    }

    fn list_pieces(&self, section: usize, place: usize, passage: &Passage) -> Vec<Piece> {
        let part = &self.parts[section];
        let Unit::Other { torn, introduction, .. } = &part.units[place] else { return vec![] };
        let Passage::List { ordered, start, items, introduction: above } = passage else { return vec![] };
        let inner = above.clone().filter(|text| {
            introduction.is_none() && !*torn && text.chars().count() <= limits::BODY_WITH_BLOCK
        });
        // What a list inside another one belongs to is its name, where it is no sentence.
        let (inner, own_name) = match inner {
            Some(text) if text.ends_with([':', '.', '!', '?']) => (Some(text), None),
            name => (None, name),
        };
        let lead = inner.map(|text| (None, text)).or_else(|| self.lead_in(section, place));
        // Without what introduces it, a list is of nothing, unless its heading says the same.
        let says_it = |heading: &String| {
            let before = place.checked_sub(1).and_then(|before| part.units.get(before));
            let last = match before {
                Some(Unit::Paragraph(range)) => range.clone().last(),
                _ => None,
            };
            let said = last.map(|n| self.sentences[n].stems.clone()).unwrap_or_default();
            self.stems(heading).intersection(&said).next().is_some()
        };
        if (*torn && !ordered && !part.heading.as_ref().is_some_and(says_it))
            || (lead.is_none() && own_name.is_none() && part.heading.is_none())
        {
            return vec![];
        }
        let (blocks, left_out) = match self.list(ordered.then_some(*start), items) {
            blocks if !blocks.is_empty() || !self.changelog => (blocks, false),
            _ => (self.selected(items).into_iter().collect(), true),
        };
        let parts = blocks.len();
        let mut pieces = self.spread(section, blocks, lead);
        let Some(piece) = pieces.first_mut() else { return pieces };
        if left_out && let Some(heading) = &part.heading {
            let Form::Block { block: Block::Bullets { items: shown, .. }, body } = &mut piece.form else {
                return pieces;
            };
            *body = None;
            let counted = self.lexicon.label("selection").replace("{n}", &shown.len().to_string());
            piece.title =
                Some(counted.replace("{of}", &items.len().to_string()).replace("{heading}", heading));
            return pieces;
        }
        // A second list of a section is called by what introduces it.
        let is_list = |unit: &&Unit| matches!(unit, Unit::Other { passage: Passage::List { .. }, .. });
        let several = part.units.iter().filter(is_list).count() > 1 || part.heading.is_none();
        let named = own_name.is_some();
        let name = own_name.or_else(|| introduction.clone());
        let name = name.as_deref().map(|text| text.trim_end_matches(':').trim().to_owned());
        let name =
            name.filter(|name| (several || named) && parts == 1 && name.chars().count() <= limits::HEADLINE);
        let names = |name: &String| {
            let last = name.rsplit(' ').next().unwrap_or_default().to_lowercase();
            super::headline::is_phrase(name, self) && !self.lexicon.words.verbs.has(&last)
        };
        if let Some(name) = name.filter(names) {
            let short = |text: &&str| text.chars().count() <= 40;
            let heading = part.heading.as_deref().filter(short).filter(|_| short(&name.as_str()));
            piece.title = Some(match heading {
                Some(heading) => format!("{heading}: {}", self.in_midst(&name)),
                None => name,
            });
            if let Form::Block { body, .. } = &mut piece.form {
                *body = None;
            }
        }
        pieces
    }

    /// Code with the sentence that says what it does; that one may point at what stands below it.
    fn code_piece(&self, section: usize, place: usize, language: Option<&str>, code: &str) -> Option<Piece> {
        let part = &self.parts[section];
        let Unit::Paragraph(range) = part.units.get(place.checked_sub(1)?)? else { return None };
        let last = range.clone().last()?;
        let sentence = &self.sentences[last];
        let text = &sentence.inline;
        let fits = (20..=limits::BODY_WITH_BLOCK).contains(&text.chars().count())
            && text.ends_with([':', '.'])
            && self.judge.introduces_code(text);
        if !fits || part.heading.is_none() {
            return None;
        }
        let code = super::material::fitting_code(code)?;
        let named = language.filter(|name| *name != "text" && *name != "console").map(str::to_owned);
        let mut piece = Piece::of_block(section, Block::Code { language: named, code }, Some(text.clone()));
        piece.sentences.push(last);
        Some(piece)
    }

    /// How much of what matters a piece tells.
    fn weight(&self, piece: &Piece) -> f64 {
        let part = &self.parts[piece.section];
        let total: usize = self.parts.iter().map(|part| part.words).sum();
        let average = total as f64 / self.parts.iter().filter(|part| part.words > 0).count().max(1) as f64;
        let share = (part.words as f64 / average.max(1.0)).sqrt().clamp(0.5, 1.6);
        let deeper = f64::from(part.level.saturating_sub(self.top_level()));
        let section = 0.5 * share - 0.12 * deeper.min(3.0)
            + if part.heading.is_some() { 0.2 } else { 0.0 }
            + if part.concludes { 0.25 } else { 0.0 };
        section
            + match &piece.form {
                Form::Text { run, answers } => self.weight_of_text(run, *answers),
                Form::Block { block, body } => self.weight_of_block(block, body.is_some()),
            }
    }

    fn weight_of_text(&self, run: &[usize], answers: bool) -> f64 {
        let first = run[0];
        let sentence = &self.sentences[first];
        let part = &self.parts[sentence.section];
        let mean = run.iter().map(|n| self.sentences[*n].score).sum::<f64>() / run.len() as f64;
        let length: usize = run.iter().map(|n| self.sentences[*n].length()).sum();
        let opens_paragraph = first == 0 || self.sentences[first - 1].paragraph != sentence.paragraph;
        let mut weight = 0.6 * mean;
        weight += if first == part.sentences.start { 0.4 } else { 0.0 };
        weight += if opens_paragraph { 0.2 } else { -0.55 };
        weight -= if run.len() == 1 && self.definition(sentence).is_none() { 0.15 } else { 0.0 };
        // "That depends" is no answer yet.
        let evasive = sentence.stems.len() < 3 && sentence.length() > 12;
        weight += if answers && !evasive { 0.3 } else { 0.0 };
        weight += if self.definition(sentence).is_some() { 0.25 } else { 0.0 };
        weight += match length {
            0..60 => -0.6,
            60..110 if run.len() == 1 => -0.5,
            60..110 => -0.2,
            _ => 0.2,
        };
        weight -= 0.5 * self.detail(first).min(0.8);
        weight - if self.is_anaphoric(sentence) && !answers { 0.5 } else { 0.0 }
    }

    fn weight_of_block(&self, block: &Block, introduced: bool) -> f64 {
        let led = if introduced { 0.15 } else { 0.0 };
        led + match block {
            Block::Bullets { items, numbered_from } => {
                let told = items.iter().filter(|item| item.split_whitespace().count() >= 4).count();
                let figures = items.iter().filter(|item| item.contains(|c: char| c.is_ascii_digit())).count();
                0.8 + 0.35 * told as f64 / items.len() as f64
                    + 0.25 * figures as f64 / items.len() as f64
                    + if numbered_from.is_some() { 0.7 } else { 0.0 }
                    - if items.len() < 3 { 0.3 } else { 0.0 }
            }
            Block::Comparison { .. } => 1.6,
            Block::Quote { .. } => 0.9,
            Block::Stat { .. } => 0.8,
            Block::Code { .. } => 0.35,
        }
    }

    fn top_level(&self) -> u8 {
        let titled = self.parts.iter().filter(|part| part.heading.is_some() && part.words > 0);
        titled.map(|part| part.level).min().unwrap_or(1)
    }

    /// Whether a piece has a figure that a reader would remember.
    pub(crate) fn tells_figure(&self, piece: &Piece) -> bool {
        scoring::text::figures(&piece.message, self.language).iter().any(is_telling)
    }

    /// The excerpt that begins at a sentence, within other limits than a slide's.
    ///
    /// None where it can't be cut there without losing its sense.
    pub(crate) fn excerpt_from(
        &self,
        start: usize,
        most: usize,
        count: usize,
        answers: bool,
    ) -> Option<Vec<usize>> {
        let part = &self.parts[self.sentences[start].section];
        let within = |range: &Range<usize>| range.contains(&start);
        let place =
            part.units.iter().position(|unit| matches!(unit, Unit::Paragraph(range) if within(range)));
        let end = place.map_or(start + 1, |place| self.end_of(part, place, start));
        self.excerpt(start, end, most, count, answers)
    }

    /// Pieces in the usual size; where a text is too short for them, a sentence each.
    pub(crate) fn cut(&mut self) {
        self.pieces = self.find_pieces(SENTENCES);
        self.crumbs = self.find_pieces(1);
    }
}
