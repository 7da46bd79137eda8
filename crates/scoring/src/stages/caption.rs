//! The dimensions of a caption: its first line, its size, its hashtags, what it asks, and the alt texts.

use std::collections::{BTreeSet, HashSet};

use domain::content::{Caption, limits};

use crate::context::Context;
use crate::measure::{Measure, Measures, NOTHING_TO_CHANGE, counted, quoted, ramp, share, step};
use crate::pieces::{prose_of_slide, stems};
use crate::text::{figures, lexicon, words};

use super::{asks, hook::has_question, no_lists};

/// Where Instagram folds a caption on a phone, in characters.
const FOLD: usize = 125;

pub(super) fn measures(caption: &Caption, context: &Context<'_>) -> Measures {
    vec![
        ("first_line", first_line(caption, context)),
        ("length", length(caption)),
        ("hashtags", hashtags(caption, context)),
        ("call_to_action", call_to_action(caption, context)),
        ("alt_text", alt_text(caption, context)),
    ]
}

fn first_line(caption: &Caption, context: &Context<'_>) -> Measure {
    let Some(line) = caption.caption.lines().map(str::trim).find(|line| !line.is_empty()) else {
        return Measure::new(0.0, vec!["no words".into()], "Write a caption.");
    };
    let lists = lexicon(context.language);
    let cues = [
        ("a figure", !figures(line, context.language).is_empty()),
        ("a question", has_question(line)),
        ("a curiosity", lists.is_some_and(|lists| !lists.curiosity.matches(line).is_empty())),
        ("the reader", lists.is_some_and(|lists| !lists.second_person.matches(line).is_empty())),
    ];
    let found: Vec<&str> = cues.iter().filter(|(_, there)| *there).map(|(cue, _)| *cue).collect();
    let length = line.chars().count();
    let fits = (FOLD as f64 / length as f64).min(1.0);
    let mut evidence = vec![format!("{} of the {FOLD} that show", counted(length, "character"))];
    if !found.is_empty() {
        evidence.push(format!("holds {}", found.join(", ")));
    }
    let advice = if length > FOLD {
        "Shorten the first line: it is cut off before its end."
    } else if found.is_empty() {
        "Open with a figure, a question, or a word to the reader."
    } else {
        NOTHING_TO_CHANGE
    };
    Measure::new(4.0 * fits + 1.5 * found.len() as f64, evidence, advice)
}

fn length(caption: &Caption) -> Measure {
    let count = caption.as_posted().chars().count();
    let evidence = vec![format!("{count} of {} characters, hashtags included", limits::CAPTION)];
    if count > limits::CAPTION {
        return Measure::new(
            0.0,
            evidence,
            format!("Shorten it by {}.", counted(count - limits::CAPTION, "character")),
        );
    }
    let advice = if count < 80 { "Say a little more about what the slides hold." } else { NOTHING_TO_CHANGE };
    Measure::new(4.0 + 0.6 * ramp(count as f64, 0.0, 80.0), evidence, advice)
}

fn hashtags(caption: &Caption, context: &Context<'_>) -> Measure {
    let count = caption.hashtags.len();
    let evidence = vec![format!("{} of {}", counted(count, "hashtag"), limits::HASHTAGS)];
    if count == 0 {
        return Measure::new(3.0, evidence, "Add two or three hashtags of the topic.");
    }
    if count > limits::HASHTAGS {
        return Measure::new(0.0, evidence, format!("Keep the best {}.", limits::HASHTAGS));
    }
    let topic = topic_stems(caption, context);
    let (on, off): (Vec<&str>, Vec<&str>) =
        caption.hashtags.iter().map(|tag| tag.0.as_str()).partition(|tag| is_on_topic(tag, &topic));
    let different: BTreeSet<String> = caption.hashtags.iter().map(|tag| tag.0.to_lowercase()).collect();
    let mut evidence = evidence;
    if !on.is_empty() {
        evidence.push(format!("on topic: {}", quoted(&on)));
    }
    let advice = match off.first() {
        Some(tag) => format!("Replace #{tag}: the carousel doesn't speak of it."),
        None if different.len() < count => "One hashtag is there twice.".into(),
        None => NOTHING_TO_CHANGE.into(),
    };
    Measure::new(share(on.len().min(different.len()), count), evidence, advice)
}

/// The words that a hashtag may be about: those of everything approved, else of the caption.
fn topic_stems(caption: &Caption, context: &Context<'_>) -> HashSet<String> {
    let mut texts: Vec<&str> = vec![&caption.caption];
    texts.extend(context.profile.topics.iter().map(String::as_str));
    texts.extend(context.profile.industry.lines());
    if let Some(copy) = context.copy {
        texts.extend(copy.slides.iter().flat_map(prose_of_slide));
    }
    if let Some(research) = context.research {
        texts.push(&research.angle);
        texts.extend(research.facts.iter().map(|fact| fact.claim.as_str()));
    }
    if let Some(hook) = context.hook {
        texts.push(&hook.headline);
    }
    texts
        .into_iter()
        .flat_map(|text| stems(text, context.language))
        .filter(|stem| stem.chars().count() > 2)
        .collect()
}

/// A hashtag runs its words together, so a stem may stand anywhere in it.
fn is_on_topic(tag: &str, topic: &HashSet<String>) -> bool {
    let tag = tag.to_lowercase().replace('_', "");
    topic.iter().any(|stem| tag.contains(stem.as_str()))
}

fn call_to_action(caption: &Caption, context: &Context<'_>) -> Measure {
    let Some(lists) = lexicon(context.language) else { return Measure::unmeasured(no_lists(context)) };
    let asked: Vec<&str> =
        caption.caption.lines().flat_map(|line| asks(&lists.call_to_action, line, context)).collect();
    let evidence = vec![match asked.as_slice() {
        [] => "no sentence that asks the reader for something".to_owned(),
        some => format!("asks: {}", quoted(some)),
    }];
    let advice = match asked.len() {
        0 => "End with one thing that the reader can do.",
        1 => NOTHING_TO_CHANGE,
        _ => "Ask for one thing only.",
    };
    Measure::new(step(asked.len(), &[2.0, 10.0, 7.0, 4.0]), evidence, advice)
}

fn alt_text(caption: &Caption, context: &Context<'_>) -> Measure {
    let mut seen: HashSet<&str> = HashSet::new();
    let slides = context.slides.max(caption.alt_text.len());
    let described =
        caption.alt_text.iter().filter(|text| words(text).len() >= 3 && seen.insert(text.trim())).count();
    let evidence = vec![format!("{described} of {slides} slides described")];
    let advice = if described < slides {
        "Say on every slide's alt text what is on it, in a sentence of its own."
    } else {
        NOTHING_TO_CHANGE
    };
    Measure::new(share(described, slides), evidence, advice)
}
