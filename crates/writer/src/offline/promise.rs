//! What the slides after the cover show: the only things that a hook may promise.

use domain::content::{Block, Role};
use scoring::text::is_stop_word;

use super::analysis::Analysis;
use super::desk::Desk;
use super::lexicon::flat;
use super::material::is_telling;

/// A claim on a cover is read at a glance.
const CLAIM: usize = 86;
const CLAIM_WORDS: std::ops::RangeInclusive<usize> = 4..=16;
/// A slide that says little more than the hook would be turned to for nothing.
const MORE_WORDS: usize = 4;
/// What a claim is worth less that a slide says word for word, and nothing else.
const REPEATED: f64 = 0.3;
/// What a claim is worth less that the slides go into without saying it.
const BESIDE: f64 = 0.2;
/// What the author set above a section is worth more.
const SET_ABOVE: f64 = 0.4;

/// One slide between the cover and the call to action.
#[derive(Debug)]
pub(super) struct Shown {
    /// From 1, as people count slides.
    pub(super) number: usize,
    pub(super) headline: String,
    role: Option<Role>,
    body: Option<String>,
    items: Vec<String>,
    numbered: bool,
    words: usize,
}

/// A statement that a slide makes, short enough for a cover.
#[derive(Clone, Debug)]
pub(super) struct Claim {
    pub(super) text: String,
    pub(super) flat: String,
    /// How likely it makes a reader look up; only the order counts.
    worth: f64,
    pub(super) has_figure: bool,
}

/// All that a hook may speak of.
#[derive(Debug)]
pub(super) struct Promise {
    pub(super) slides: Vec<Shown>,
    /// Best first.
    pub(super) claims: Vec<Claim>,
}

impl Promise {
    /// `told` stands for the slides where there is neither copy nor outline yet.
    pub(super) fn of(desk: &Desk<'_>, told: &str) -> Self {
        let (analysis, language) = (desk.analysis, desk.brief.language);
        let mut promise = Self { slides: shown(desk), claims: Vec::new() };
        let mut claims: Vec<Claim> =
            promise.titled(desk).filter_map(|slide| headline_claim(desk, slide)).collect();
        claims.extend(promise.slides.iter().flat_map(|slide| claims_of(desk, slide)));
        let told = desk.sentences_in(&flat(told, language));
        let rest = analysis.alone().filter(|n| promise.slides.is_empty() == told.contains(n));
        // Without word lists nothing but the text's own sentences is at hand.
        let free = promise.slides.is_empty() || !analysis.lexicon.known;
        let near = |n: &usize| free || is_gone_into(analysis, *n, &told);
        claims
            .extend(rest.filter(near).filter_map(|n| claim_of(analysis, n)).map(|claim| claim.less(BESIDE)));
        claims.sort_by(|a, b| b.worth.total_cmp(&a.worth));
        let mut seen = std::collections::BTreeSet::new();
        claims.retain(|claim| seen.insert(claim.flat.clone()));
        promise.claims = claims;
        promise
    }

    /// Slides whose headline names a matter of its own: no label, not the topic again.
    pub(super) fn titled<'a>(&'a self, desk: &'a Desk<'_>) -> impl Iterator<Item = &'a Shown> + 'a {
        let language = desk.brief.language;
        let lexicon = desk.analysis.lexicon;
        let labels: Vec<String> = lexicon.labels.values().map(|label| flat(label, language)).collect();
        let topic = flat(desk.topic(), language);
        let title = flat(desk.title().unwrap_or_default(), language);
        self.slides.iter().filter(move |slide| {
            let headline = flat(&slide.headline, language);
            let named = !labels.contains(&headline) && headline != topic && headline != title;
            named && slide.role != Some(Role::Summary) && !slide.headline.contains(char::is_numeric)
        })
    }

    /// How many things the carousel tells: its slides without those that only open or repeat.
    pub(super) fn count(&self) -> usize {
        let tells = |slide: &&Shown| !matches!(slide.role, Some(Role::Context | Role::Summary));
        self.slides.iter().filter(tells).count()
    }

    /// Whether a slide is headed by a text.
    pub(super) fn is_headline(&self, text: &str) -> bool {
        self.slides.iter().any(|slide| slide.headline == text)
    }

    /// How many slides are headed by a question.
    pub(super) fn questions(&self) -> usize {
        self.slides.iter().filter(|slide| slide.headline.ends_with(['?', '？', '؟'])).count()
    }

    /// How many steps the slides show in all.
    pub(super) fn steps(&self, desk: &Desk<'_>) -> usize {
        let analysis = desk.analysis;
        // A numbered list of other things than instructions is no set of steps.
        let instructs = |item: &&String| {
            let flat = flat(item, analysis.language);
            analysis.lexicon.openers.imperative.opening(&flat).is_some()
        };
        let instructing = |slide: &&Shown| {
            slide.numbered && slide.items.iter().filter(instructs).count() * 2 >= slide.items.len()
        };
        self.slides.iter().filter(instructing).map(|slide| slide.items.len()).sum()
    }
}

fn shown(desk: &Desk<'_>) -> Vec<Shown> {
    let outline = desk.brief.outline.as_ref().map(|outline| outline.slides.as_slice()).unwrap_or_default();
    let role = |n: usize| outline.get(n).map(|slide| slide.role);
    let Some(copy) = &desk.brief.copy else {
        let inner = outline.iter().enumerate().take(outline.len().saturating_sub(1)).skip(1);
        let slides = inner.map(|(n, slide)| {
            let body = Some(slide.key_message.clone());
            Shown::new(n, &slide.working_title, role(n), body, &[], false)
        });
        return slides.collect();
    };
    let inner = copy.slides.iter().enumerate().take(copy.slides.len().saturating_sub(1)).skip(1);
    let slides = inner.map(|(n, slide)| {
        let (items, numbered) = match &slide.block {
            Some(Block::Bullets { items, numbered_from }) => (items.as_slice(), numbered_from.is_some()),
            Some(Block::Stat { label, .. }) => (std::slice::from_ref(label), false),
            _ => (&[][..], false),
        };
        Shown::new(n, &slide.headline, role(n), slide.body.clone(), items, numbered)
    });
    slides.collect()
}

impl Shown {
    fn new(
        place: usize,
        headline: &str,
        role: Option<Role>,
        body: Option<String>,
        items: &[String],
        numbered: bool,
    ) -> Self {
        let texts = body.iter().chain(items).map(|text| text.split_whitespace().count());
        let words = texts.sum();
        Self {
            number: place + 1,
            headline: headline.to_owned(),
            role,
            body,
            items: items.to_vec(),
            numbered,
            words,
        }
    }
}

/// A headline that states something; its slide goes into it.
fn headline_claim(desk: &Desk<'_>, slide: &Shown) -> Option<Claim> {
    let (analysis, language) = (desk.analysis, desk.brief.language);
    let flat = flat(&slide.headline, language);
    let words = &analysis.lexicon.words;
    let verb = flat.split_whitespace().rev().skip(1).any(|word| words.verbs.has(word))
        && !flat.split_whitespace().next().is_some_and(|first| words.verbs.has(first));
    let asks = words.asking.opening(&flat).is_some();
    (verb && !asks && stands(analysis, &slide.headline, &flat)).then(|| {
        let figures = scoring::text::figures(&slide.headline, language);
        weighed(analysis, slide.headline.clone(), flat, 0.6 + SET_ABOVE, figures.iter().any(is_telling))
    })
}

/// Whether a slide has the sentences around this one, and so goes into its matter.
fn is_gone_into(analysis: &Analysis, n: usize, told: &std::collections::BTreeSet<usize>) -> bool {
    let sentence = &analysis.sentences[n];
    told.iter().map(|other| (*other, &analysis.sentences[*other])).any(|(place, other)| {
        let common = sentence.stems.intersection(&other.stems).count();
        let near = other.section == sentence.section && place.abs_diff(n) <= 4;
        let beside = other.section == sentence.section && place.abs_diff(n) <= 2;
        beside || common >= if near { 1 } else { 3 }
    })
}

fn claims_of(desk: &Desk<'_>, slide: &Shown) -> Vec<Claim> {
    let (analysis, language) = (desk.analysis, desk.brief.language);
    let body = slide.body.iter().map(String::as_str);
    let sentences = body.flat_map(|text| desk.sentences_in(&flat(text, language)));
    let sentences: Vec<usize> = sentences.filter(|n| analysis.sentences[*n].stands_alone()).collect();
    let found: Vec<Claim> = sentences.into_iter().filter_map(|n| claim_of(analysis, n)).collect();
    let headline = flat(&slide.headline, language);
    let first = slide.body.as_deref().map(|body| flat(body, language)).unwrap_or_default();
    let opens_next = |claim: &Claim| slide.number <= 3 && first.starts_with(claim.flat.trim_end());
    let found = found.into_iter().filter(|claim| claim.flat != headline && !opens_next(claim));
    let weighed = found.map(|claim| {
        let more = slide.words >= claim.flat.split_whitespace().count() + MORE_WORDS;
        if more { claim } else { claim.less(REPEATED) }
    });
    weighed.collect()
}

fn claim_of(analysis: &Analysis, n: usize) -> Option<Claim> {
    let sentence = &analysis.sentences[n];
    // A cover speaks of what the title names.
    let named =
        analysis.stems(&format!("{} {}", analysis.topic, analysis.title.as_deref().unwrap_or_default()));
    let topical = !analysis.lexicon.known || !sentence.stems.is_disjoint(&named);
    let second = n > 0 && super::pieces::is_parallel(&analysis.sentences[n - 1], sentence);
    if analysis.is_anaphoric(sentence) || analysis.wants_next(n) || second || !topical {
        return None;
    }
    let whole = || analysis.clause_within(n, CLAIM).filter(|text| stands_flat(analysis, text));
    let text = whole()
        .or_else(|| after_colon(analysis, &sentence.text))
        .or_else(|| before_joined(analysis, &sentence.text))?;
    let flat = flat(&text, analysis.language);
    let figures = scoring::text::figures(&text, analysis.language);
    let has_figure = figures.iter().any(is_telling);
    Some(weighed(analysis, text, flat, sentence.score, has_figure))
}

fn stands_flat(analysis: &Analysis, text: &str) -> bool {
    stands(analysis, text, &flat(text, analysis.language))
}

/// Whether a clause is a statement that a reader understands before anything else.
fn stands(analysis: &Analysis, text: &str, flat: &str) -> bool {
    let (lexicon, language) = (analysis.lexicon, analysis.language);
    let words: Vec<&str> = flat.split_whitespace().collect();
    let cues = &lexicon.cues;
    let own_words = words.iter().filter(|word| is_stop_word(word, language)).count();
    // After "more precisely," there was something less precise before; "unlike C," says what it needs.
    let early = text.split_whitespace().take(3).position(|word| word.ends_with(','));
    let fronted = cues.contrast.opening(flat).is_some() || lexicon.openers.fronting.opening(flat).is_some();
    let goes_on = |at: usize| words.get(at + 1).is_some_and(|word| !lexicon.words.verbs.has(word));
    let early_comma = early.is_some_and(|at| !fronted || !goes_on(at));
    // "Is the dough young, add yeast": a condition, a question, or a subject left behind.
    let lacks_subject =
        lexicon.words.verbs.opening(flat).is_some() && lexicon.openers.imperative.opening(flat).is_none();
    (CLAIM_WORDS.contains(&words.len()) || !text.contains(' '))
        && text.chars().count() <= CLAIM
        && !text.contains(['!', '?', '[', '`', '=', '"', '“', '„', '«', '#', '_', '\\', ';', ':'])
        && (!lexicon.known || own_words > 0)
        && cues.conditions.opening(flat).is_none()
        && cues.droppable.opening(flat).is_none()
        && !cues.example.within(flat)
        && lexicon.openers.presenting.opening(flat).is_none()
        && !analysis.judge.leans(flat)
        && !plural_person(analysis, &words)
        && !early_comma
        && !lacks_subject
        && !lexicon.words.trailing.ends(flat)
        && super::sentence::starts_well(text)
}

/// "We" and "our" are people whom the reader of a cover hasn't met.
fn plural_person(analysis: &Analysis, words: &[&str]) -> bool {
    let personal = &analysis.lexicon.cues.first_person;
    words.iter().any(|word| personal.has(word))
}

/// A whole clause after a colon: "The bill told it: the cheap trees were the expensive ones."
fn after_colon(analysis: &Analysis, text: &str) -> Option<String> {
    let (_, after) = text.split_once(": ")?;
    let clause = super::sentence::capitalised(after.trim().strip_suffix('.')?);
    let flat = flat(&clause, analysis.language);
    let verb = flat.split_whitespace().any(|word| analysis.lexicon.words.verbs.has(word));
    let alone = analysis.judge.item_stands(&clause, false) && !clause.contains('(');
    (verb && alone && flat.split_whitespace().count() >= 5 && stands(analysis, &clause, &flat))
        .then_some(clause)
}

impl Claim {
    fn less(self, worth: f64) -> Self {
        Self { worth: self.worth - worth, ..self }
    }
}

/// The first of two main clauses: "It is a manifest, and you write it."
fn before_joined(analysis: &Analysis, text: &str) -> Option<String> {
    let joins = analysis.lexicon.hooks.get("bold_claim").and_then(|kinds| kinds.get("joins"))?;
    let at = joins.iter().filter_map(|join| text.find(join.as_str())).min()?;
    let clause = &text[..at];
    let flat = flat(clause, analysis.language);
    let verb = flat.split_whitespace().skip(1).any(|word| analysis.lexicon.words.verbs.has(word));
    // Two commas make a list, and what only holds on a condition is no statement.
    let single = !text[at + 1..].contains(',') && !clause.contains([',', '(']);
    (verb && single && flat.split_whitespace().count() >= 5 && stands(analysis, clause, &flat))
        .then(|| clause.to_owned())
}

fn weighed(analysis: &Analysis, text: String, flat: String, score: f64, has_figure: bool) -> Claim {
    let cues = &analysis.lexicon.cues;
    let some = |phrases: &super::lexicon::Phrases, most: usize| phrases.count(&flat).min(most) as f64;
    let definite = flat
        .split_whitespace()
        .next()
        .is_some_and(|first| analysis.lexicon.words.definite.has(first) && score < 1.0);
    let worth = 0.5 * score
        + if has_figure { 0.5 } else { 0.0 }
        + 0.3 * some(&cues.contrast, 2)
        + 0.15 * some(&cues.strong, 2)
        + 0.15 * some(&cues.warning, 2)
        + 0.1 * some(&cues.benefit, 1)
        - if definite { 0.15 } else { 0.0 }
        - text.chars().count() as f64 / 250.0;
    Claim { text, flat, worth, has_figure }
}
