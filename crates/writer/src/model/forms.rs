//! The answers: what each stage's looks like, and the content that becomes of it.

use std::collections::BTreeSet;

use domain::content::{Caption, Copy, FactId, Hashtag, Hook, Layout, Outline, Role, Visual, limits};
use domain::{Content, Problem, Stage};
use llm::Citation;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::material::slide_words;
use super::research;
use crate::brief::StageBrief;

/// What an answer became.
#[derive(Debug)]
pub(super) struct Read {
    pub(super) content: Content,
    pub(super) notes: Vec<String>,
}

/// The looks, chosen from what is on offer.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct LooksAnswer {
    /// The name of a theme on offer.
    theme: String,
    /// The number of one of its palettes, from 1.
    #[schemars(range(min = 1))]
    palette: u32,
    /// One a slide, in order.
    layouts: Vec<Layout>,
}

/// Makes a content of an answer that follows the schema.
///
/// # Errors
/// The places where it breaks rules that the schema can't say.
pub(super) fn read(
    stage: Stage,
    answer: Value,
    brief: &StageBrief,
    citations: &[Citation],
) -> Result<Read, Vec<String>> {
    let mut notes = Vec::new();
    let content = match stage {
        Stage::Research => Content::Research(research::read(typed(answer)?, brief, citations, &mut notes)),
        Stage::Outline => Content::Outline(outline(typed(answer)?, brief)),
        Stage::Copy => Content::Copy(copy(typed(answer)?, brief)),
        Stage::Hook => Content::Hook(hook(typed(answer)?)),
        Stage::Visual => Content::Visual(looks(&typed(answer)?, brief)?),
        Stage::Caption => Content::Caption(caption(typed(answer)?, brief)),
    };
    let problems = content.problems(brief.slides.get());
    match problems.is_empty() {
        true => Ok(Read { content, notes }),
        false => Err(problems.iter().map(Problem::to_string).collect()),
    }
}

/// A content as its writer had answered it.
pub(super) fn answer_of(content: &Content, brief: &StageBrief) -> Value {
    match content {
        Content::Research(research) => json!(research::ResearchAnswer::of(research)),
        Content::Visual(visual) => json!(looks_of(visual, brief)),
        other => other.to_json(),
    }
}

fn typed<T: for<'de> Deserialize<'de>>(answer: Value) -> Result<T, Vec<String>> {
    serde_json::from_value(answer).map_err(|error| vec![error.to_string()])
}

/// `None` where there is nothing in it: models write `""` for what they leave out.
pub(super) fn filled(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// Only facts that exist, each once.
fn known(facts: &mut Vec<FactId>, brief: &StageBrief) {
    let mut seen = Vec::new();
    facts.retain(|id| {
        let exists = brief.research.as_ref().is_some_and(|research| research.fact(id).is_some());
        let first = !seen.contains(id);
        seen.push(id.clone());
        exists && first
    });
}

fn outline(mut outline: Outline, brief: &StageBrief) -> Outline {
    for slide in &mut outline.slides {
        known(&mut slide.facts, brief);
        slide.working_title = slide.working_title.trim().to_owned();
    }
    // The places in the story are given, whatever the model calls them.
    if let Some(first) = outline.slides.first_mut() {
        first.role = Role::Hook;
    }
    if let Some(last) = outline.slides.last_mut().filter(|_| brief.slides.get() > 1) {
        last.role = Role::Cta;
    }
    outline
}

fn copy(mut copy: Copy, brief: &StageBrief) -> Copy {
    for slide in &mut copy.slides {
        known(&mut slide.facts, brief);
        slide.headline = slide.headline.trim().to_owned();
        slide.body = filled(slide.body.take());
    }
    copy.call_to_action = copy.call_to_action.trim().to_owned();
    copy
}

fn hook(hook: Hook) -> Hook {
    let headline = hook.headline.trim().to_owned();
    Hook { headline, subline: filled(hook.subline) }
}

fn caption(caption: Caption, brief: &StageBrief) -> Caption {
    let mut hashtags: Vec<Hashtag> = Vec::new();
    for tag in caption.hashtags {
        let letters = |c: &char| c.is_alphanumeric() || *c == '_' || ('\u{300}'..='\u{36f}').contains(c);
        let tag: String = tag.0.trim().trim_start_matches('#').chars().filter(letters).collect();
        let is_there = hashtags.iter().any(|other| other.0.to_lowercase() == tag.to_lowercase());
        if !is_there && tag.chars().any(|c| !c.is_numeric()) {
            hashtags.push(Hashtag(tag));
        }
    }
    hashtags.truncate(limits::HASHTAGS);
    Caption {
        caption: caption.caption.trim().to_owned(),
        hashtags,
        alt_text: caption.alt_text.iter().enumerate().map(|(n, text)| alt_text(n, text, brief)).collect(),
        first_comment: filled(caption.first_comment),
    }
}

/// What the model says is on a slide, where it is what is on it; else the slide's own words.
fn alt_text(n: usize, said: &str, brief: &StageBrief) -> String {
    let own = slide_words(brief, n);
    let words =
        |text: &str| scoring::text::words(text).into_iter().map(str::to_lowercase).collect::<BTreeSet<_>>();
    let (headline, said_words) = (words(own.first().map_or("", String::as_str)), words(said));
    let told = headline.intersection(&said_words).count();
    if own.is_empty() || (2 * told >= headline.len() && !said.trim().is_empty()) {
        return said.trim().to_owned();
    }
    own.iter().map(|text| closed(text)).collect::<Vec<_>>().join(" ").chars().take(limits::ALT_TEXT).collect()
}

/// With a mark at its end, so that a reader's voice pauses.
fn closed(text: &str) -> String {
    let open = text.ends_with(|c: char| c.is_alphanumeric());
    format!("{text}{}", if open { "." } else { "" })
}

fn looks(answer: &LooksAnswer, brief: &StageBrief) -> Result<Visual, Vec<String>> {
    let offer = brief.themes.iter().find(|offer| offer.name.0 == answer.theme);
    let offer = offer.ok_or_else(|| vec![format!("theme: `{}` is not on offer", answer.theme)])?;
    let count = offer.palettes.len();
    let place = usize::try_from(answer.palette).unwrap_or_default().checked_sub(1);
    let Some(palette) = place.and_then(|place| offer.palettes.get(place)) else {
        return Err(vec![format!("palette: `{}` has the palettes 1 to {count}", answer.theme)]);
    };
    let slides = brief.slides.get();
    Ok(Visual {
        theme: offer.name.clone(),
        palette: *palette,
        fonts: brief.profile.fonts.clone().unwrap_or_else(|| offer.fonts.clone()),
        layouts: answer.layouts.iter().enumerate().map(|(n, layout)| layout_of(n, *layout, brief)).collect(),
        backgrounds: vec![None; slides],
    })
}

/// The layout that was chosen, where the slide has what it shows.
fn layout_of(n: usize, chosen: Layout, brief: &StageBrief) -> Layout {
    if n == 0 {
        return Layout::Cover;
    }
    if n + 1 == brief.slides.get() {
        return Layout::CallToAction;
    }
    let slide = brief.copy.as_ref().and_then(|copy| copy.slides.get(n));
    let own = Layout::for_block(slide.and_then(|slide| slide.block.as_ref()));
    if own == Layout::Text && chosen == Layout::Cover { chosen } else { own }
}

fn looks_of(visual: &Visual, brief: &StageBrief) -> LooksAnswer {
    let offer = brief.themes.iter().find(|offer| offer.name == visual.theme);
    let place = offer.and_then(|offer| offer.palettes.iter().position(|one| *one == visual.palette));
    LooksAnswer {
        theme: visual.theme.0.clone(),
        palette: u32::try_from(place.unwrap_or_default() + 1).unwrap_or(1),
        layouts: visual.layouts.clone(),
    }
}
