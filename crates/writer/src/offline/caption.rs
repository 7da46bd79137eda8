//! What stands beside the picture: a strong first line, one call to action, hashtags, alt text.

use std::collections::BTreeSet;

use domain::Strategy;
use domain::content::{Block, Caption, Copy, CopySlide, Hashtag, Role, limits};

use super::desk::Desk;
use super::hook;
use super::phrases::Phrase;
use crate::draft::WriteError;

pub(super) fn write(desk: &Desk<'_>, strategy: Strategy) -> Result<Caption, WriteError> {
    let copy = match &desk.brief.copy {
        Some(copy) => copy.clone(),
        None => super::copy::write(desk, Strategy::Educational)?,
    };
    let mut text = match strategy {
        Strategy::Story => story(desk, &copy),
        Strategy::SaveThis => save_this(desk, &copy),
        _ => short(desk, &copy),
    };
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
    let alt_text = copy.slides.iter().enumerate().map(|(n, slide)| alt_text(desk, &copy, n, slide)).collect();
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

fn short(desk: &Desk<'_>, copy: &Copy) -> Vec<String> {
    let mut text = vec![fresh_line(desk, copy)];
    let last = copy.slides.last().and_then(|slide| slide.body.clone());
    let bodies = || copy.slides.iter().filter_map(|slide| slide.body.clone());
    let last = last
        .clone()
        .filter(|last| !desk.was_rejected(last))
        .or_else(|| bodies().find(|body| !desk.was_rejected(body)))
        .or(last);
    text.extend(last.or_else(|| desk.brief.research.as_ref().map(|research| research.angle.clone())));
    text
}

/// The slides' running text as one story, the cover's and the last slide's included.
fn story(desk: &Desk<'_>, copy: &Copy) -> Vec<String> {
    let told = copy.slides.iter().filter_map(|slide| slide.body.as_deref()).collect::<Vec<_>>().join(" ");
    let opening = hook::fill(desk, Strategy::Question, &told).map(|hook| closed(&hook.headline));
    let opening = opening.filter(|line| !desk.was_rejected(line));
    let mut text = vec![opening.unwrap_or_else(|| fresh_line(desk, copy))];
    let roles = desk.brief.outline.as_ref().map(|outline| &outline.slides);
    let role = |n: usize| roles.and_then(|slides| slides.get(n)).map(|slide| slide.role);
    let inner = copy.slides.iter().enumerate().skip(1);
    let bodies: Vec<String> = inner
        .filter(|(n, slide)| role(*n) != Some(Role::Summary) && slide.block.is_none())
        .filter_map(|(_, slide)| slide.body.clone())
        .collect();
    // Beginning, middle and end: what lies between is on the slides.
    let places: BTreeSet<usize> = [0, bodies.len() / 2, bodies.len().saturating_sub(1)].into();
    text.extend(places.into_iter().filter_map(|place| bodies.get(place).cloned()));
    text
}

fn save_this(desk: &Desk<'_>, copy: &Copy) -> Vec<String> {
    let opening = hook::fill(desk, Strategy::ListNumber, "").map(|hook| closed(&hook.headline));
    let inner = copy.slides.len().saturating_sub(1);
    let told = desk.brief.outline.as_ref().map(|outline| &outline.slides);
    let recap =
        |n: usize| told.and_then(|slides| slides.get(n)).is_some_and(|slide| slide.role == Role::Summary);
    let inner = copy.slides.iter().enumerate().take(inner).skip(1).filter(|(n, _)| !recap(*n));
    let points: Vec<String> = inner.map(|(_, slide)| format!("• {}", slide.headline)).collect();
    let opening = opening.filter(|line| !desk.was_rejected(line));
    let mut text = vec![opening.unwrap_or_else(|| fresh_line(desk, copy))];
    let inside = desk.label("inside");
    if !points.is_empty() {
        text.push(format!("{inside}\n{}", points.join("\n")));
    }
    text
}

/// At most five, from the topic and the key phrases, written as one word each.
fn hashtags(desk: &Desk<'_>) -> Vec<Hashtag> {
    let topic = Some(desk.topic()).filter(|topic| topic.split_whitespace().count() <= 3);
    let phrases =
        desk.analysis.phrases.iter().filter(|phrase| is_tag(phrase)).map(|phrase| phrase.text.as_str());
    let mut seen = BTreeSet::new();
    topic
        .into_iter()
        .chain(phrases)
        .map(camel_case)
        .filter(|tag| (3..=28).contains(&tag.chars().count()) && !tag.chars().all(char::is_numeric))
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

fn is_tag(phrase: &Phrase) -> bool {
    phrase.stems.len() <= 2
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

/// What is on a slide, for those who can't see it.
fn alt_text(desk: &Desk<'_>, copy: &Copy, n: usize, slide: &CopySlide) -> String {
    let hook = desk.brief.hook.as_ref().filter(|_| n == 0);
    let headline = hook.map_or(&slide.headline, |hook| &hook.headline);
    let body = hook.map_or(slide.body.as_ref(), |hook| hook.subline.as_ref());
    let of = copy.slides.len();
    let place = desk.label("slide").replace("{n}", &(n + 1).to_string()).replace("{of}", &of.to_string());
    let mut text = format!("{place}: {}", closed(headline));
    for more in body
        .cloned()
        .into_iter()
        .chain(slide.block.as_ref().filter(|_| hook.is_none()).map(|block| block_text(desk, block)))
    {
        text.push(' ');
        text.push_str(&closed(&more));
    }
    if n + 1 == of {
        text.push(' ');
        text.push_str(&closed(&desk.label("alt_call").replace("{call}", &copy.call_to_action)));
    }
    text.chars().take(limits::ALT_TEXT).collect()
}

fn block_text(desk: &Desk<'_>, block: &Block) -> String {
    let bare =
        |items: &[String]| items.iter().map(|item| item.trim_end_matches('.')).collect::<Vec<_>>().join("; ");
    match block {
        Block::Bullets { items, .. } => desk.label("alt_bullets").replace("{items}", &bare(items)),
        Block::Stat { value, label } => {
            desk.label("alt_stat").replace("{value}", value).replace("{label}", label)
        }
        Block::Quote { text, attribution } => {
            let quote = desk.label("alt_quote").replace("{text}", text);
            attribution.as_ref().map_or(quote.clone(), |who| format!("{quote} ({who})"))
        }
        Block::Code { code, .. } => desk.label("alt_code").replace("{code}", &code.replace('\n', " ")),
        Block::Comparison { left_title, left, right_title, right } => desk
            .label("alt_comparison")
            .replace("{left_title}", left_title)
            .replace("{left}", &bare(left))
            .replace("{right_title}", right_title)
            .replace("{right}", &bare(right)),
    }
}
