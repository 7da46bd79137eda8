//! What a model is told about a carousel, each part as lines of text, fenced.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::LazyLock;

use askama::Template;
use domain::content::{Block, CopySlide, FactSource, Outline, Research};
use domain::{Content, Language, ProfileFields, Stage};

use super::fence::Fenced;
use crate::brief::{StageBrief, ThemeOffer};
use crate::source::{Article, Passage};

/// Characters of the source text that go into a prompt: about fifteen thousand tokens.
pub(super) const MOST_ARTICLE: usize = 60_000;
/// Rejected texts that are shown, the latest, and characters of each.
const MOST_AVOIDED: usize = 12;
const MOST_GIST: usize = 600;

static LANGUAGES: LazyLock<BTreeMap<String, String>> =
    LazyLock::new(|| toml::from_str(include_str!("../../data/language_names.toml")).unwrap_or_default());

/// The parts that a stage is written from; the same for all of its strategies.
#[derive(Template)]
#[template(path = "brief.md")]
pub(super) struct Material {
    topic: Option<Fenced>,
    profile: Option<Fenced>,
    preferences: Option<Fenced>,
    examples: Option<Fenced>,
    article: Option<Fenced>,
    research: Option<Fenced>,
    outline: Option<Fenced>,
    slides: Option<Fenced>,
    themes: Option<Fenced>,
    nothing: bool,
}

impl Material {
    pub(super) fn of(brief: &StageBrief, stage: Stage) -> Self {
        let first = matches!(stage, Stage::Research | Stage::Outline | Stage::Copy);
        let research = brief.research.as_ref().filter(|_| stage != Stage::Research);
        let outline = brief.outline.as_ref().filter(|_| stage == Stage::Copy);
        let slides = matches!(stage, Stage::Hook | Stage::Visual | Stage::Caption);
        // Later stages rest on what was approved; the source is theirs only where nothing was.
        let article = brief.article.as_ref().filter(|_| first || brief.research.is_none());
        let mut material = Self {
            topic: brief.topic.as_deref().and_then(Fenced::of),
            profile: Fenced::of(&profile(&brief.profile)),
            preferences: Fenced::of(&brief.learned.preferences.join("\n")),
            examples: Fenced::of(&brief.learned.examples.join("\n\n")),
            article: article.and_then(|article| Fenced::of(&text_of(article))),
            research: research.and_then(|research| Fenced::of(&facts(research))),
            outline: outline.and_then(|outline| Fenced::of(&story(outline))),
            slides: Fenced::of(&slides_of(brief)).filter(|_| slides),
            themes: Fenced::of(&themes(&brief.themes)).filter(|_| stage == Stage::Visual),
            nothing: false,
        };
        let parts = [&material.topic, &material.article, &material.research, &material.slides];
        material.nothing = parts.iter().all(|part| part.is_none()) && material.profile.is_none();
        material
    }
}

/// `German (de)`.
pub(super) fn language(language: Language) -> String {
    let code = language.code();
    match LANGUAGES.get(code) {
        Some(name) => format!("{name} ({code})"),
        None => format!("the language with the ISO 639-1 code `{code}`"),
    }
}

/// What earlier drafts said, in short, the latest first.
pub(super) fn avoided(brief: &StageBrief) -> String {
    let gists = brief.avoid.iter().rev().take(MOST_AVOIDED).map(gist);
    gists.map(|gist| format!("- {gist}")).collect::<Vec<_>>().join("\n")
}

fn gist(content: &Content) -> String {
    let joined = |parts: Vec<&str>| parts.join(" / ");
    let gist = match content {
        Content::Research(research) => research.angle.clone(),
        Content::Outline(outline) => {
            joined(outline.slides.iter().map(|slide| slide.working_title.as_str()).collect())
        }
        Content::Copy(copy) => joined(copy.slides.iter().map(|slide| slide.headline.as_str()).collect()),
        Content::Hook(hook) => joined(
            [Some(&hook.headline), hook.subline.as_ref()].into_iter().flatten().map(String::as_str).collect(),
        ),
        Content::Visual(visual) => {
            format!(
                "theme {}, background {}, accent {}",
                visual.theme, visual.palette.background, visual.palette.accent
            )
        }
        Content::Caption(caption) => caption.caption.split_whitespace().collect::<Vec<_>>().join(" "),
    };
    gist.chars().take(MOST_GIST).collect()
}

fn profile(profile: &ProfileFields) -> String {
    let list = |entries: &[String]| entries.join("; ");
    let avoid = list(&profile.words_to_avoid);
    let rows = [
        ("Name", profile.name.clone()),
        ("Industry", profile.industry.clone()),
        ("Voice", list(&profile.personality)),
        ("Values", list(&profile.values)),
        ("Audience", profile.audience.clone()),
        ("The audience's troubles", list(&profile.pains)),
        ("The audience's goals", list(&profile.goals)),
        ("Subjects", list(&profile.topics)),
        ("What sets them apart", list(&profile.unique_points)),
        ("Competitors, never to be named", list(&profile.competitors)),
        ("Copy that they like", list(&profile.liked_copy)),
        ("Hooks that they like", list(&profile.liked_hooks)),
        ("Words to avoid", avoid),
    ];
    let filled = rows.iter().filter(|(_, value)| !value.trim().is_empty());
    filled.map(|(name, value)| format!("{name}: {value}")).collect::<Vec<_>>().join("\n")
}

/// The article as plain text, as far as a prompt takes it.
pub(super) fn text_of(article: &Article) -> String {
    let text = whole_text_of(article);
    match text.char_indices().nth(MOST_ARTICLE) {
        Some((end, _)) => text[..end].rfind('\n').map_or(&text[..end], |line| &text[..line]).to_owned(),
        None => text,
    }
}

pub(super) fn whole_text_of(article: &Article) -> String {
    let mut text = String::new();
    if let Some(title) = &article.title {
        line(&mut text, format_args!("Title: {title}"));
    }
    if let Some(date) = &article.published {
        line(&mut text, format_args!("Published: {date}"));
    }
    for section in &article.sections {
        if let Some(heading) = &section.heading {
            line(
                &mut text,
                format_args!("\n{} {heading}", "#".repeat(usize::from(section.level.clamp(1, 6)))),
            );
        }
        for passage in &section.passages {
            say(&mut text, passage);
        }
    }
    text
}

fn say(text: &mut String, passage: &Passage) {
    match passage {
        Passage::Paragraph(paragraph) => line(text, format_args!("{paragraph}")),
        Passage::List { ordered, start, items, .. } => {
            for (number, item) in (*start..).zip(items) {
                match ordered {
                    true => line(text, format_args!("{number}. {item}")),
                    false => line(text, format_args!("- {item}")),
                }
            }
        }
        Passage::Quote { text: quote, attribution } => {
            line(text, format_args!("“{quote}”{}", after(" — ", attribution.as_deref())));
        }
        Passage::Code { language, code } => {
            line(text, format_args!("Code{}:\n{code}", after(" in ", language.as_deref())));
        }
        Passage::Table { header, rows } => {
            for row in std::iter::once(header).chain(rows).filter(|row| !row.is_empty()) {
                line(text, format_args!("{}", row.join(" \t ")));
            }
        }
    }
}

fn facts(research: &Research) -> String {
    let mut text = format!("Angle: {}\n", research.angle);
    for fact in &research.facts {
        let source = match &fact.source {
            FactSource::Sentence { .. } => String::new(),
            FactSource::Url { url, .. } => format!(" (from {url})"),
        };
        let doubt = if fact.unconfirmed { " (source not confirmed)" } else { "" };
        let date = after(" [", fact.date.as_deref()) + if fact.date.is_some() { "]" } else { "" };
        line(&mut text, format_args!("{}: {}{date}{source}{doubt}", fact.id.0, fact.claim));
    }
    for question in &research.questions {
        line(&mut text, format_args!("Question of the audience: {question}"));
    }
    for idea in &research.visual_ideas {
        line(&mut text, format_args!("To show: {idea}"));
    }
    text
}

fn story(outline: &Outline) -> String {
    let mut text = String::new();
    for (n, slide) in outline.slides.iter().enumerate() {
        let ids: Vec<&str> = slide.facts.iter().map(|id| id.0.as_str()).collect();
        line(&mut text, format_args!("Slide {} ({}): {}", n + 1, slide.role, slide.working_title));
        line(
            &mut text,
            format_args!("  Message: {}{}", slide.key_message, after("  Facts: ", Some(&ids.join(", ")))),
        );
    }
    text
}

/// The slides as they will be seen: with the hook on the first and the call to action on the last.
fn slides_of(brief: &StageBrief) -> String {
    let Some(copy) = &brief.copy else { return String::new() };
    let mut text = String::new();
    for (n, slide) in copy.slides.iter().enumerate() {
        line(&mut text, format_args!("Slide {}", n + 1));
        match brief.hook.as_ref().filter(|_| n == 0) {
            Some(hook) => {
                line(&mut text, format_args!("  Headline: {}", hook.headline));
                if let Some(subline) = &hook.subline {
                    line(&mut text, format_args!("  Below it: {subline}"));
                }
            }
            None => words_of(slide, &mut text),
        }
        if n + 1 == copy.slides.len() {
            line(&mut text, format_args!("  Call to action: {}", copy.call_to_action));
        }
    }
    text
}

/// All that is written on a slide, its headline first; nothing where there is no such slide.
pub(super) fn slide_words(brief: &StageBrief, n: usize) -> Vec<String> {
    let Some((copy, slide)) = brief.copy.as_ref().and_then(|copy| Some((copy, copy.slides.get(n)?))) else {
        return Vec::new();
    };
    let mut words = match brief.hook.as_ref().filter(|_| n == 0) {
        Some(hook) => [Some(hook.headline.clone()), hook.subline.clone()].into_iter().flatten().collect(),
        None => {
            let mut words = vec![slide.headline.clone()];
            words.extend(slide.body.clone());
            words.extend(slide.block.iter().flat_map(block_words));
            words
        }
    };
    if n + 1 == copy.slides.len() {
        words.push(copy.call_to_action.clone());
    }
    words
}

fn block_words(block: &Block) -> Vec<String> {
    match block {
        Block::Bullets { items, .. } => items.clone(),
        Block::Stat { value, label } => vec![format!("{value} {label}")],
        Block::Quote { text, attribution } => {
            vec![format!("“{text}”{}", after(" — ", attribution.as_deref()))]
        }
        Block::Code { code, .. } => vec![code.clone()],
        Block::Comparison { left_title, left, right_title, right } => {
            vec![format!("{left_title}: {}", left.join("; ")), format!("{right_title}: {}", right.join("; "))]
        }
    }
}

fn words_of(slide: &CopySlide, text: &mut String) {
    line(text, format_args!("  Headline: {}", slide.headline));
    if let Some(body) = &slide.body {
        line(text, format_args!("  Body: {body}"));
    }
    match &slide.block {
        None => {}
        Some(Block::Bullets { items, numbered_from }) => {
            line(
                text,
                format_args!("  Block: {}", if numbered_from.is_some() { "steps" } else { "bullets" }),
            );
            items.iter().for_each(|item| line(text, format_args!("  - {item}")));
        }
        Some(Block::Stat { value, label }) => line(text, format_args!("  Block: stat: {value} = {label}")),
        Some(Block::Quote { text: quote, attribution }) => {
            line(text, format_args!("  Block: quote: “{quote}”{}", after(" — ", attribution.as_deref())));
        }
        Some(Block::Code { language, code }) => {
            line(text, format_args!("  Block: code{}:\n{code}", after(" in ", language.as_deref())));
        }
        Some(Block::Comparison { left_title, left, right_title, right }) => {
            line(text, format_args!("  Block: comparison: {left_title}: {}", left.join("; ")));
            line(text, format_args!("  against {right_title}: {}", right.join("; ")));
        }
    }
}

fn themes(themes: &[ThemeOffer]) -> String {
    let mut text = String::new();
    for theme in themes {
        line(
            &mut text,
            format_args!("{} (fonts: {} and {})", theme.name, theme.fonts.display, theme.fonts.text),
        );
        for (n, palette) in theme.palettes.iter().enumerate() {
            let shade = if palette.background.luminance() < 0.2 { "dark" } else { "light" };
            let (back, text_color, accent) = (palette.background, palette.text, palette.accent);
            line(
                &mut text,
                format_args!(
                    "  palette {}: {shade}; background {back}, text {text_color}, accent {accent}",
                    n + 1
                ),
            );
        }
    }
    text
}

fn after(before: &str, text: Option<&str>) -> String {
    text.filter(|text| !text.is_empty()).map(|text| format!("{before}{text}")).unwrap_or_default()
}

fn line(text: &mut String, line: std::fmt::Arguments<'_>) {
    // A string takes it all.
    let _ = writeln!(text, "{line}");
}
