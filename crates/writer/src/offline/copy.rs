//! The words on the slides, by the approved outline, within each block's limits.

use std::collections::BTreeSet;

use domain::Strategy;
use domain::content::{Block, Copy, CopySlide, Outline, OutlineSlide, Role, limits};

use super::desk::Desk;
use super::headline::{Headlines, is_phrase};
use super::hook;
use super::sentence::{ends_well, starts_well};
use super::story::Anchor;
use crate::draft::WriteError;

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
    anchors: Vec<Anchor>,
    /// Sentences that stand on a slide, or lead one.
    used: BTreeSet<usize>,
    /// Sections whose list, quotation, code or table is on a slide.
    shown: BTreeSet<(usize, &'static str)>,
    headlines: Headlines<'a>,
    /// Running text without a block, at most.
    body: usize,
    sentences: usize,
}

impl<'a> CopyWriter<'a> {
    fn new(desk: &'a Desk<'a>, strategy: Strategy, outline: &Outline) -> Self {
        let anchors: Vec<Anchor> =
            outline.slides.iter().map(|slide| desk.anchor(&slide.key_message)).collect();
        let mut used = BTreeSet::new();
        for anchor in anchors.iter().skip(1) {
            if let Anchor::Sentences(sentences) = anchor {
                used.extend(sentences);
            }
        }
        let (body, sentences) = match strategy {
            Strategy::Conversational => (170, 2),
            Strategy::Professional => (200, 2),
            _ => (limits::BODY, 3),
        };
        let (body, sentences) = match desk.wishes {
            wishes if wishes.shorter => (body.min(140), 1),
            wishes if wishes.longer => (limits::BODY, 4),
            _ => (body, sentences),
        };
        Self {
            desk,
            strategy,
            anchors,
            used,
            shown: BTreeSet::new(),
            headlines: Headlines::new(desk.analysis),
            body,
            sentences,
        }
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
        let hook = pattern.and_then(|pattern| hook::fill(self.desk, pattern, &told));
        let (headline, body) = match hook {
            Some(hook) => (hook.headline, hook.subline),
            None => (slide.working_title.clone(), None),
        };
        let headline = fitted(&headline).unwrap_or_else(|| self.desk.topic().to_owned());
        self.headlines.take(&headline);
        // What stands on the cover must not be said again.
        let cover = super::lexicon::flat(
            &format!("{headline} . {}", body.clone().unwrap_or_default()),
            self.desk.brief.language,
        );
        self.used.extend(self.desk.sentences_in(&cover));
        let body = body.or_else(|| self.angle(&slide.key_message));
        CopySlide { headline, body, block: None, facts: slide.facts.clone() }
    }

    /// The angle as the cover's second line, where no other slide says it.
    fn angle(&mut self, message: &str) -> Option<String> {
        if message.chars().count() > limits::SUBLINE || !ends_well(message) {
            return None;
        }
        match self.anchors.first() {
            Some(Anchor::Sentences(sentences)) if sentences.iter().all(|n| !self.used.contains(n)) => {
                self.used.extend(sentences);
                Some(message.to_owned())
            }
            Some(Anchor::Own(text)) => Some(text.clone()),
            _ => None,
        }
    }

    /// The last slide: one thing to take away, and the call to action below it.
    fn close(&mut self, slide: &OutlineSlide) -> CopySlide {
        let own = match self.strategy {
            Strategy::Conversational => self.desk.label("takeaway_2"),
            Strategy::Professional => self.desk.label("takeaway_3"),
            _ => "",
        };
        let given = slide.working_title == self.desk.label("takeaway") && !own.is_empty();
        let headline = if given { own } else { &slide.working_title };
        let anchor = self.anchors.last().cloned();
        let (body, facts) = match anchor {
            Some(Anchor::Sentences(sentences)) if !sentences.is_empty() => {
                (Some(self.desk.analysis.sentences[sentences[0]].text.clone()), self.desk.facts(&sentences))
            }
            _ => (whole_within(self.desk, &slide.key_message, limits::BODY), slide.facts.clone()),
        };
        // The article's own last word is the headline itself, where it is short enough.
        let sentences = self.desk.analysis.sentences.len();
        let is_last_word = matches!(self.anchors.last(), Some(Anchor::Sentences(at)) if at.iter().all(|n| n * 8 >= sentences * 7));
        let said = body.as_ref().filter(|_| is_last_word).map(|body| body.trim_end_matches('.').to_owned());
        let said = said.and_then(|said| fitted(&said));
        if let Some(said) =
            said.filter(|said| is_phrase(said, self.desk.analysis) && self.headlines.take(said))
        {
            return CopySlide { headline: said, body: None, block: None, facts };
        }
        CopySlide {
            headline: fitted(headline).unwrap_or_else(|| self.desk.topic().to_owned()),
            body,
            block: None,
            facts,
        }
    }

    fn slide(&mut self, n: usize, slide: &OutlineSlide) -> CopySlide {
        match self.anchors[n].clone() {
            Anchor::Sentences(sentences) if sentences.len() > 1 => self.recap(slide, &sentences),
            Anchor::Sentences(sentences) => self.point(slide, self.lead(sentences[0])),
            Anchor::List { part, items } => {
                self.shown.insert((part, "list"));
                let headline = self.title(slide, None);
                let body = items.introduction.clone();
                CopySlide {
                    headline,
                    body,
                    block: Some(Block::Bullets { items: items.items, numbered_from: items.numbered_from }),
                    facts: slide.facts.clone(),
                }
            }
            Anchor::Own(text) => {
                let headline = self.title(slide, None);
                let body = whole_within(self.desk, &text, limits::BODY);
                CopySlide { headline, body, block: None, facts: slide.facts.clone() }
            }
        }
    }

    /// Several sentences from all over the article, as bullets.
    fn recap(&mut self, slide: &OutlineSlide, sentences: &[usize]) -> CopySlide {
        let sentences = if self.desk.wishes.shorter { &sentences[..2] } else { sentences };
        let texts: Vec<String> =
            sentences.iter().map(|n| self.desk.analysis.sentences[*n].text.clone()).collect();
        let label = match self.strategy {
            Strategy::Conversational => self.desk.label("summary_2"),
            Strategy::Professional => self.desk.label("summary_3"),
            _ => "",
        };
        let given = slide.working_title == self.desk.label("summary") && !label.is_empty();
        let headline = if given { label.to_owned() } else { self.title(slide, None) };
        let fits = texts.iter().all(|text| text.chars().count() <= limits::BULLET)
            && texts.len() <= *limits::BULLETS.end();
        let facts = self.desk.facts(sentences);
        if fits {
            return CopySlide {
                headline,
                body: None,
                block: Some(Block::Bullets { items: texts, numbered_from: None }),
                facts,
            };
        }
        let body = whole_within(self.desk, &texts.join(" "), limits::BODY);
        CopySlide { headline, body, block: None, facts }
    }

    /// The sentence that leads a slide: the outline's, or after a rejection another of its section.
    fn lead(&self, anchor: usize) -> usize {
        let sentences = &self.desk.analysis.sentences;
        let too_long = self.desk.wishes.shorter && sentences[anchor].length() > 110;
        if !self.desk.avoided.contains(&anchor) && !too_long {
            return anchor;
        }
        let section = sentences[anchor].section;
        let near = |n: &usize| {
            sentences[*n].section == section
                && !self.used.contains(n)
                && !self.desk.avoided.contains(n)
                && anchor.abs_diff(*n) <= 12
                && (!too_long || sentences[*n].length() <= 110)
        };
        let worth = |n: usize| sentences[n].likeness(&sentences[anchor]) + 0.3 * sentences[n].score;
        let others = self.desk.analysis.alone().filter(near).map(|n| (n, worth(n)));
        others.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0))).map_or(anchor, |(n, _)| n)
    }

    fn point(&mut self, slide: &OutlineSlide, lead: usize) -> CopySlide {
        self.used.insert(lead);
        let wants_figures = self.strategy == Strategy::Professional
            || self.desk.wishes.figures
            || slide.role == Role::Proof && self.strategy == Strategy::Educational;
        if wants_figures && let Some(slide) = self.figure(slide, lead) {
            return slide;
        }
        if self.strategy != Strategy::Conversational
            && let Some(slide) = self.with_block(slide, lead)
        {
            return slide;
        }
        if self.strategy == Strategy::Professional
            && let Some(slide) = self.short_points(slide, lead)
        {
            return slide;
        }
        if (self.strategy == Strategy::Conversational || self.desk.wishes.direct)
            && let Some(slide) = self.spoken(lead)
        {
            return slide;
        }
        let run = self.run(lead, self.body);
        let headline = self.title(slide, Some(&run));
        self.plain(headline, &run, None)
    }

    fn run(&self, lead: usize, most: usize) -> Vec<usize> {
        let mut others = self.used.clone();
        others.remove(&lead);
        self.desk.analysis.run(lead, most, self.sentences, &others)
    }

    fn plain(&mut self, headline: String, run: &[usize], block: Option<Block>) -> CopySlide {
        self.used.extend(run);
        // A headline that is the first sentence itself is not said twice.
        let analysis = self.desk.analysis;
        let spoken = run.first().is_some_and(|n| {
            analysis.sentences[*n].flat == super::lexicon::flat(&headline, analysis.language)
        });
        let rest = if spoken { &run[1..] } else { run };
        let rest = if rest.first().is_some_and(|n| spoken && !analysis.sentences[*n].stands_alone()) {
            &[]
        } else {
            rest
        };
        let text = analysis.text_of(rest);
        // A headline alone leaves a slide empty: the sentence is its text, under a label.
        if let (true, None, Some(first)) = (text.is_empty(), &block, run.first().filter(|_| spoken))
            && let Some(label) = self.headlines.choose(self.desk.neutral_labels())
        {
            let body = Some(analysis.sentences[*first].text.clone());
            return CopySlide { headline: label, body, block, facts: self.desk.facts(run) };
        }
        CopySlide {
            headline,
            body: Some(text).filter(|text| !text.is_empty()),
            block,
            facts: self.desk.facts(run),
        }
    }

    /// A big figure, its label, and nothing that says it again.
    fn figure(&mut self, slide: &OutlineSlide, lead: usize) -> Option<CopySlide> {
        let block = self.desk.analysis.stat(&self.desk.analysis.sentences[lead])?;
        let headline = self.name_of_figure(slide, lead);
        let next = self.run(lead, limits::BODY_WITH_BLOCK + self.desk.analysis.sentences[lead].length());
        let next: Vec<usize> = next
            .into_iter()
            .skip(1)
            .filter(|n| self.desk.analysis.sentences[*n].stands_alone())
            .take(1)
            .filter(|n| self.desk.analysis.sentences[*n].length() <= limits::BODY_WITH_BLOCK)
            .collect();
        let mut shown = self.plain(headline, &next, Some(block));
        shown.facts.extend(self.desk.facts(&[lead]));
        Some(shown)
    }

    /// The headline beside a figure: never the sentence that the figure and its label say.
    fn name_of_figure(&mut self, slide: &OutlineSlide, lead: usize) -> String {
        let analysis = self.desk.analysis;
        let says_it = |title: &str| {
            let title = analysis.stems(title);
            let sentence = &analysis.sentences[lead].stems;
            title.len() >= 4 && title.intersection(sentence).count() * 10 >= title.len() * 8
        };
        if !says_it(&slide.working_title) {
            return self.title(slide, Some(&[lead]));
        }
        let phrases = analysis.phrases_in(&[lead]).into_iter().map(Some);
        let labels = ["figure", "worth"]
            .map(|name| Some(self.desk.label(name).to_owned()).filter(|text| !text.is_empty()));
        let found =
            self.headlines.choose([analysis.heading_of(lead)].into_iter().chain(phrases).chain(labels));
        found.unwrap_or_else(|| self.title(slide, None))
    }

    /// A comparison, quotation or piece of code of the lead's section, once.
    fn with_block(&mut self, slide: &OutlineSlide, lead: usize) -> Option<CopySlide> {
        let analysis = self.desk.analysis;
        let section = analysis.sentences[lead].section;
        let part = &analysis.parts[section];
        let code = || {
            (slide.role == Role::Example)
                .then(|| analysis.code(part, analysis.sentences[lead].paragraph))
                .flatten()
        };
        let found = [
            ("comparison", analysis.comparison(part, analysis.sentences[lead].paragraph)),
            ("quote", analysis.quote(part)),
            ("code", code()),
        ];
        let (kind, block) = found.into_iter().find_map(|(kind, block)| Some((kind, block?)))?;
        if analysis.sentences[lead].length() > limits::BODY_WITH_BLOCK || !self.shown.insert((section, kind))
        {
            return None;
        }
        let run = self.run(lead, limits::BODY_WITH_BLOCK);
        let headline = self.title(slide, Some(&run));
        Some(self.plain(headline, &run, Some(block)))
    }

    /// The lead and its section's other short sentences, as bullets.
    fn short_points(&mut self, slide: &OutlineSlide, lead: usize) -> Option<CopySlide> {
        let analysis = self.desk.analysis;
        let sentences = &analysis.sentences;
        let fits = |n: &usize| (20..=limits::BULLET).contains(&sentences[*n].length());
        if !fits(&lead) {
            return None;
        }
        let mut chosen = vec![lead];
        let near =
            |n: &usize| sentences[*n].section == sentences[lead].section && *n > lead && *n - lead <= 14;
        for n in analysis.alone().filter(near) {
            let new =
                chosen.iter().all(|other| sentences[n].likeness(&sentences[*other]) < super::story::SAME);
            if fits(&n) && new && !self.used.contains(&n) && !self.desk.avoided.contains(&n) {
                chosen.push(n);
            }
            if chosen.len() == 3 {
                break;
            }
        }
        if chosen.len() < 2 {
            return None;
        }
        let spoken = super::lexicon::flat(&slide.working_title, analysis.language);
        chosen.retain(|n| sentences[*n].flat != spoken);
        if chosen.len() < 2 {
            return None;
        }
        let headline = self.title(slide, Some(&chosen));
        self.used.extend(&chosen);
        let items = chosen.iter().map(|n| sentences[*n].text.clone()).collect();
        Some(CopySlide {
            headline,
            body: None,
            block: Some(Block::Bullets { items, numbered_from: None }),
            facts: self.desk.facts(&chosen),
        })
    }

    /// As one would say it: a question with its answer, or a short claim and what follows from it.
    fn spoken(&mut self, lead: usize) -> Option<CopySlide> {
        let analysis = self.desk.analysis;
        if let Some(claim) = self.claim_beside(lead)
            && let Some(headline) = self.headlines.choose([analysis.clause_within(claim, 70)])
        {
            self.used.insert(claim);
            let run = self.run(lead, self.body);
            let mut slide = self.plain(headline, &run, None);
            slide.facts.extend(self.desk.facts(&[claim]));
            return Some(slide);
        }
        let run = self.run(lead, self.body);
        if let Some(question) = analysis.question_answered_by(lead)
            && let Some(headline) = self.headlines.choose([Some(question)])
        {
            return Some(self.plain(headline, &run, None));
        }
        let whole = analysis
            .clause_within(lead, 70)
            .filter(|clause| clause.chars().count() + 1 >= analysis.sentences[lead].length())?;
        let next = *self.run(lead, 320).get(1)?;
        if !analysis.sentences[next].stands_alone() {
            return None;
        }
        let headline = self.headlines.choose([Some(whole)])?;
        let run = self.run(next, self.body);
        let mut slide = self.plain(headline, &run, None);
        slide.facts.extend(self.desk.facts(&[lead]));
        Some(slide)
    }

    /// A short claim of the lead's section that says something else than the lead.
    fn claim_beside(&self, lead: usize) -> Option<usize> {
        let analysis = self.desk.analysis;
        let sentences = &analysis.sentences;
        let fits = |n: &usize| {
            let sentence = &sentences[*n];
            sentence.section == sentences[lead].section
                && n.abs_diff(lead) <= 12
                && *n != lead
                && !self.used.contains(n)
                && !self.desk.avoided.contains(n)
                && !analysis.is_anaphoric(sentence)
                && (18..=66).contains(&sentence.length())
                && analysis
                    .clause_within(*n, 66)
                    .is_some_and(|clause| clause.chars().count() + 1 >= sentence.length())
                && sentence.likeness(&sentences[lead]) < super::story::SAME
                && sentence.stems.intersection(&sentences[lead].stems).count() > 0
        };
        let worth = |n: &usize| sentences[*n].score + sentences[*n].likeness(&sentences[lead]);
        analysis.alone().filter(fits).max_by(|a, b| worth(a).total_cmp(&worth(b)).then(b.cmp(a)))
    }

    /// A short sentence that introduces a section's list.
    /// The outline's title where it is a phrase not used yet, else one made from the sentences.
    fn title(&mut self, slide: &OutlineSlide, run: Option<&[usize]>) -> String {
        let given = fitted(&slide.working_title).filter(|title| is_phrase(title, self.desk.analysis));
        let rejected = given.as_deref().is_some_and(|title| self.desk.was_rejected(title));
        if !rejected && let Some(title) = self.headlines.choose([given.clone()]) {
            return title;
        }
        let made = run.and_then(|run| self.headlines.for_sentences(run, None));
        made.or_else(|| self.headlines.choose([given]))
            .or_else(|| self.headlines.choose(self.desk.neutral_labels()))
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
