//! What stands beside the picture: a strong first line, one call to action, hashtags, alt text.

use std::collections::BTreeSet;

use domain::content::{Block, Caption, Copy, CopySlide, Hashtag, Hook, limits};
use domain::{Language, Strategy};

use super::desk::Desk;
use super::hook;
use super::lexicon::{Lexicon, flat};
use super::promise::Promise;
use crate::draft::WriteError;

pub(super) fn write(desk: &Desk<'_>, strategy: Strategy) -> Result<Caption, WriteError> {
    let copy = match &desk.brief.copy {
        Some(copy) => copy.clone(),
        None => super::copy::write(desk, Strategy::Educational)?,
    };
    let text = match strategy {
        Strategy::Story => story(desk, &copy),
        Strategy::SaveThis => save_this(desk, &copy),
        _ => short(desk, &copy),
    };
    let mut text = without_repeats(desk, text);
    if desk.wishes.shorter {
        text.truncate(2);
    }
    // The caption asks for what the last slide asks for, and for nothing else.
    text.push(closed(&copy.call_to_action));
    let hashtags = hashtags(desk);
    let mut caption = text.join("\n\n");
    while caption.chars().count() > limits::CAPTION - 400 && text.len() > 2 {
        text.remove(text.len() - 2);
        caption = text.join("\n\n");
    }
    let alt_text = alt_texts(&copy, desk.brief.hook.as_ref(), desk.brief.language);
    Ok(Caption { caption, hashtags, alt_text, first_comment: desk.brief.source_url.clone() })
}

/// The words that open the caption: the approved hook, or the cover's.
fn first_line(desk: &Desk<'_>, copy: &Copy) -> String {
    let hook = desk.brief.hook.as_ref().map(|hook| hook.headline.clone());
    let line = hook.or_else(|| copy.slides.first().map(|slide| slide.headline.clone()));
    closed(&line.unwrap_or_else(|| desk.topic().to_owned()))
}

/// The first line in words that were not rejected: the hook's, else those of other patterns.
fn fresh_line(desk: &Desk<'_>, copy: &Copy) -> String {
    let line = first_line(desk, copy);
    if !desk.was_rejected(&line) {
        return line;
    }
    let told = copy.slides.iter().filter_map(|slide| slide.body.as_deref()).collect::<Vec<_>>().join(" ");
    let patterns = [
        Strategy::BoldClaim,
        Strategy::Question,
        Strategy::CuriosityGap,
        Strategy::Contrarian,
        Strategy::ListNumber,
    ];
    let others = patterns
        .iter()
        .filter_map(|pattern| hook::fill(desk, *pattern, &told))
        .map(|hook| closed(&hook.headline));
    others.into_iter().find(|other| !desk.was_rejected(other)).unwrap_or(line)
}

/// A line with a sign at its end.
fn closed(line: &str) -> String {
    let line = line.trim();
    if line.ends_with(['.', '!', '?', '…', ':', '。']) { line.to_owned() } else { format!("{line}.") }
}

/// The thesis, and an excerpt that leads to it.
fn short(desk: &Desk<'_>, copy: &Copy) -> Vec<String> {
    let line = fresh_line(desk, copy);
    let adds = |body: &String| without_repeats(desk, vec![line.clone(), body.clone()]).len() == 2;
    let excerpts = || excerpts(desk, copy).into_iter().filter(adds);
    let excerpt = excerpts().find(|body| !desk.was_rejected(body)).or_else(|| excerpts().next());
    std::iter::once(line.clone()).chain(thesis(copy).filter(adds)).chain(excerpt).collect()
}

/// What the last slide says.
fn thesis(copy: &Copy) -> Option<String> {
    let last = copy.slides.last()?;
    Some(closed(last.body.as_ref().unwrap_or(&last.headline)))
}

/// The running text of the slides, longer ones first where they come early.
fn excerpts(desk: &Desk<'_>, copy: &Copy) -> Vec<String> {
    let inner = copy.slides.iter().take(copy.slides.len().saturating_sub(1)).skip(1);
    let texts = inner.filter(|slide| slide.block.is_none()).filter_map(|slide| slide.body.clone());
    let several = |text: &String| scoring::text::sentences(text, desk.brief.language).len() > 1;
    let (long, short): (Vec<String>, Vec<String>) = texts.partition(several);
    long.into_iter().chain(short).collect()
}

/// The paragraphs without sentences that were said before, by the hook above all.
fn without_repeats(desk: &Desk<'_>, paragraphs: Vec<String>) -> Vec<String> {
    let language = desk.brief.language;
    let mut said: Vec<String> = Vec::new();
    let mut kept = Vec::new();
    for paragraph in paragraphs {
        if paragraph.contains('\n') {
            kept.push(paragraph); // a list
            continue;
        }
        let mut fresh = Vec::new();
        for sentence in scoring::text::sentences(&paragraph, language) {
            let now = flat(sentence, language);
            // A hook is the sentence itself, its first clause, or either after a few words and a colon.
            let claim = |text: &String| flat(text.rsplit(": ").next().unwrap_or_default(), language);
            let again = said.iter().any(|before| {
                let before_flat = flat(before, language);
                before_flat.contains(now.trim_end())
                    || claim(before).split_whitespace().count() >= 4
                        && now.starts_with(claim(before).trim_end())
            });
            if !again {
                said.push(sentence.trim().trim_end_matches(['.', '!', '?']).to_owned());
                fresh.push(sentence.trim());
            }
        }
        if !fresh.is_empty() {
            kept.push(fresh.join(" "));
        }
    }
    kept
}

/// The slides' running text as one story, the cover's and the last slide's included.
fn story(desk: &Desk<'_>, copy: &Copy) -> Vec<String> {
    let told = copy.slides.iter().filter_map(|slide| slide.body.as_deref()).collect::<Vec<_>>().join(" ");
    let opening = hook::fill(desk, Strategy::Question, &told).map(|hook| closed(&hook.headline));
    let opening = opening.filter(|line| !desk.was_rejected(line));
    let mut text = vec![opening.unwrap_or_else(|| fresh_line(desk, copy))];
    let inner = copy.slides.iter().take(copy.slides.len().saturating_sub(1)).skip(1);
    let bodies: Vec<String> =
        inner.filter(|slide| slide.block.is_none()).filter_map(|slide| slide.body.clone()).collect();
    // Beginning, middle and end: what lies between is on the slides.
    let places: BTreeSet<usize> = [0, bodies.len() / 2, bodies.len().saturating_sub(1)].into();
    text.extend(places.into_iter().filter_map(|place| bodies.get(place).cloned()));
    text.extend(thesis(copy));
    text
}

fn save_this(desk: &Desk<'_>, copy: &Copy) -> Vec<String> {
    let opening = hook::fill(desk, Strategy::ListNumber, "").map(|hook| closed(&hook.headline));
    let opening = opening.filter(|line| !desk.was_rejected(line));
    let line = opening.unwrap_or_else(|| fresh_line(desk, copy));
    let promise = Promise::of(desk, "");
    let points: Vec<String> = promise.titled(desk).map(|slide| format!("• {}", slide.headline)).collect();
    if points.len() < 2 {
        let mut text = short(desk, copy);
        text[0] = line;
        return text;
    }
    let list = format!("{}\n{}", desk.label("inside"), points.join("\n"));
    [line].into_iter().chain(thesis(copy)).chain([list]).collect()
}

/// At most five, from the topic and the key phrases, written as one word each.
fn hashtags(desk: &Desk<'_>) -> Vec<Hashtag> {
    let topic = Some(desk.topic()).filter(|topic| topic.split_whitespace().count() <= 3);
    let phrases = desk.analysis.phrases.iter().filter(|phrase| phrase.stems.len() <= 2);
    let mut seen = BTreeSet::new();
    topic
        .into_iter()
        .chain(phrases.map(|phrase| phrase.text.as_str()))
        .filter(|text| is_topical(desk, text))
        .map(camel_case)
        .filter(|tag| (3..=28).contains(&tag.chars().count()))
        .filter(|tag| {
            let tag = tag.to_lowercase();
            let repeats =
                seen.iter().any(|other: &String| other.contains(&tag) || tag.contains(other.as_str()));
            !repeats && seen.insert(tag)
        })
        .take(limits::HASHTAGS)
        .map(Hashtag)
        .collect()
}

/// Whether people would look for it: a name of things, without verbs, numbers and file names.
fn is_topical(desk: &Desk<'_>, text: &str) -> bool {
    let lexicon = desk.analysis.lexicon;
    let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
    let verb = words.iter().any(|word| lexicon.words.verbs.has(word));
    let tells =
        words.len() > 1 && lexicon.openers.imperative.opening(&flat(text, desk.brief.language)).is_some();
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    // `Version 2.0.1`, `Cargo.toml` and `A vs B` chopped into one word are no words any more.
    let chopped =
        text.contains(['.', '_', '/', ':', '+', '&', '?', '!', ',', '(', '`']) || text.contains(" vs");
    let ends = words.first().is_some_and(|word| lexicon.words.trailing.has(word))
        || words
            .last()
            .is_some_and(|word| lexicon.words.trailing.has(word) || lexicon.words.asking.has(word));
    // `dependency's feature` is none, nor are a name and a shouted word beside each other.
    let shouted = |word: &&str| word.chars().count() > 3 && word.chars().all(char::is_uppercase);
    let owned = text.contains(['\'', '’']);
    let mixed = words.len() > 1 && text.split_whitespace().filter(shouted).count() % words.len() > 0;
    let named = !lexicon.known
        || desk.analysis.is_nominal(text)
        || Some(text) == desk.title()
        || text == desk.topic() && words.len() > 1;
    let alone = words.len() == 1
        && (scoring::text::is_stop_word(&words[0], desk.brief.language)
            || lexicon.words.vague.has(&words[0])
            || words[0].chars().count() < 4);
    !verb
        && !tells
        && !owned
        && !mixed
        && named
        && !alone
        && !chopped
        && !ends
        && digits <= 2
        && letters > digits
}

fn camel_case(text: &str) -> String {
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty()).collect();
    words
        .iter()
        .map(|word| {
            word.chars().take(1).flat_map(char::to_uppercase).chain(word.chars().skip(1)).collect::<String>()
        })
        .collect()
}

/// What is on each slide, for those who can't see it: the words, told in the carousel's language.
#[must_use]
pub fn alt_texts(copy: &Copy, hook: Option<&Hook>, language: Language) -> Vec<String> {
    let lexicon = Lexicon::of(language);
    copy.slides.iter().enumerate().map(|(n, slide)| alt_text(lexicon, copy, hook, n, slide)).collect()
}

fn alt_text(lexicon: &Lexicon, copy: &Copy, hook: Option<&Hook>, n: usize, slide: &CopySlide) -> String {
    let hook = hook.filter(|_| n == 0);
    let headline = hook.map_or(&slide.headline, |hook| &hook.headline);
    let body = hook.map_or(slide.body.as_ref(), |hook| hook.subline.as_ref());
    // Without its number: the slides may be put in another order.
    let mut text = closed(headline);
    let block = slide.block.as_ref().filter(|_| hook.is_none()).map(|block| block_text(lexicon, block));
    for more in body.cloned().into_iter().chain(block) {
        text.push(' ');
        text.push_str(&closed(&more));
    }
    if n + 1 == copy.slides.len() {
        text.push(' ');
        text.push_str(&closed(&lexicon.label("alt_call").replace("{call}", &copy.call_to_action)));
    }
    text.chars().take(limits::ALT_TEXT).collect()
}

fn block_text(lexicon: &Lexicon, block: &Block) -> String {
    let bare =
        |items: &[String]| items.iter().map(|item| item.trim_end_matches('.')).collect::<Vec<_>>().join("; ");
    match block {
        Block::Bullets { items, .. } => lexicon.label("alt_bullets").replace("{items}", &bare(items)),
        Block::Stat { value, label } => {
            lexicon.label("alt_stat").replace("{value}", value).replace("{label}", label)
        }
        Block::Quote { text, attribution } => {
            let quote = lexicon.label("alt_quote").replace("{text}", text);
            attribution.as_ref().map_or(quote.clone(), |who| format!("{quote} ({who})"))
        }
        Block::Code { code, .. } => lexicon.label("alt_code").replace("{code}", &code.replace('\n', " ")),
        Block::Comparison { left_title, left, right_title, right } => lexicon
            .label("alt_comparison")
            .replace("{left_title}", left_title)
            .replace("{left}", &bare(left))
            .replace("{right_title}", right_title)
            .replace("{right}", &bare(right)),
    }
}
