//! Contents and contexts to score, and real texts from the toolchain's documents.

use std::path::PathBuf;
use std::process::Command;

use domain::content::{
    Block, Caption, Content, Copy, CopySlide, Fact, FactId, FactSource, FontPair, Hashtag, Hook, Layout,
    Outline, OutlineSlide, Palette, Research, Role, ThemeName, Visual,
};
use domain::{Dimension, Language, ProfileFields, Score};
use scoring::{Context, score};

pub(crate) fn context<'a>(language: &str, profile: &'a ProfileFields, source_text: &'a str) -> Context<'a> {
    Context {
        language: language.parse().unwrap(),
        slides: 4,
        profile,
        source_text,
        research: None,
        outline: None,
        copy: None,
        hook: None,
        theme_asked: None,
        checks: &[],
    }
}

pub(crate) fn hook(headline: &str) -> Content {
    Content::Hook(Hook { headline: headline.into(), subline: None })
}

pub(crate) fn score_hook(language: &str, headline: &str, source: &str) -> Score {
    let profile = ProfileFields::default();
    score(&hook(headline), &context(language, &profile, source))
}

#[track_caller]
pub(crate) fn dimension<'s>(score: &'s Score, name: &str) -> &'s Dimension {
    score.dimension(name).unwrap_or_else(|| panic!("no dimension {name}"))
}

#[track_caller]
pub(crate) fn check(score: &Score, name: &str, by_hand: f64) {
    let dimension = dimension(score, name);
    let value = dimension.value.unwrap_or_else(|| panic!("{name} is not measured"));
    assert!((value - by_hand).abs() < 1e-5, "{name} is {value}, by hand {by_hand}: {:?}", dimension.evidence);
}

pub(crate) fn fact(id: &str, sentence: &str, date: Option<&str>) -> Fact {
    Fact {
        id: FactId(id.into()),
        claim: sentence.into(),
        source: FactSource::Sentence { text: sentence.into() },
        date: date.map(Into::into),
        unconfirmed: false,
    }
}

pub(crate) fn research(facts: Vec<Fact>) -> Research {
    Research { angle: "The angle.".into(), facts, questions: vec![], visual_ideas: vec![], sources: vec![] }
}

pub(crate) fn outline(slides: &[(Role, &str)]) -> Outline {
    let slide = |(role, message): &(Role, &str)| OutlineSlide {
        role: *role,
        working_title: (*message).into(),
        key_message: (*message).into(),
        facts: vec![],
    };
    Outline { slides: slides.iter().map(slide).collect() }
}

pub(crate) fn copy(slides: &[(&str, &str)], call_to_action: &str) -> Copy {
    let slide = |(headline, body): &(&str, &str)| CopySlide {
        headline: (*headline).into(),
        body: (!body.is_empty()).then(|| (*body).into()),
        block: None,
        facts: vec![],
    };
    Copy { slides: slides.iter().map(slide).collect(), call_to_action: call_to_action.into() }
}

pub(crate) fn caption(text: &str, hashtags: &[&str], alt_text: &[&str]) -> Caption {
    Caption {
        caption: text.into(),
        hashtags: hashtags.iter().map(|tag| Hashtag((*tag).into())).collect(),
        alt_text: alt_text.iter().map(|text| (*text).into()).collect(),
        first_comment: None,
    }
}

pub(crate) fn visual(theme: &str, text: &str, background: &str) -> Visual {
    let color = |hex: &str| hex.parse().unwrap();
    Visual {
        theme: ThemeName(theme.into()),
        palette: Palette {
            background: color(background),
            surface: color(background),
            text: color(text),
            muted: color(text),
            accent: color("#0050c8"),
            on_accent: color("#ffffff"),
        },
        fonts: FontPair { display: "Inter".into(), text: "Inter".into() },
        layouts: vec![Layout::Cover, Layout::Text, Layout::Text, Layout::CallToAction],
        backgrounds: vec![None; 4],
    }
}

/// Every stage's content with this one text in every field.
pub(crate) fn everywhere(text: &str) -> Vec<Content> {
    let mut copy = copy(&[(text, text), (text, ""), (text, text)], text);
    copy.slides[1].block =
        Some(Block::Bullets { items: vec![text.into(), text.into()], numbered_from: None });
    copy.slides[2].block = Some(Block::Stat { value: text.into(), label: text.into() });
    let fact = Fact {
        id: FactId(text.into()),
        claim: text.into(),
        source: FactSource::Url { url: text.into(), title: None },
        date: Some(text.into()),
        unconfirmed: false,
    };
    let mut visual = visual(text, "#000000", "#ffffff");
    visual.layouts.clear();
    vec![
        Content::Research(research(vec![self::fact(text, text, Some(text)), fact])),
        Content::Outline(outline(&[
            (Role::Hook, text),
            (Role::Point, text),
            (Role::Proof, text),
            (Role::Cta, text),
        ])),
        Content::Copy(copy),
        Content::Hook(Hook { headline: text.into(), subline: Some(text.into()) }),
        Content::Visual(visual),
        Content::Caption(caption(text, &[text, text], &[text, text])),
    ]
}

/// The prose of a page of the Rust book, paragraph by paragraph.
pub(crate) fn book_page(name: &str) -> String {
    let sysroot =
        Command::new("rustc").args(["--print", "sysroot"]).output().expect("rustc says where it lives");
    let sysroot = PathBuf::from(String::from_utf8(sysroot.stdout).unwrap().trim());
    let page = sysroot.join("share/doc/rust/html/book").join(name);
    let html = std::fs::read_to_string(&page).unwrap_or_else(|error| {
        panic!("{}: {error}; install it with `rustup component add rust-docs`", page.display())
    });
    let paragraphs = html.split("<p>").skip(1).filter_map(|rest| rest.split_once("</p>"));
    paragraphs.map(|(paragraph, _)| without_tags(paragraph)).collect::<Vec<_>>().join("\n\n")
}

fn without_tags(html: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            _ if !inside => text.push(c),
            _ => {}
        }
    }
    let entities =
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#x27;", "'"), ("&amp;", "&")];
    entities.iter().fold(text, |text, (entity, plain)| text.replace(entity, plain))
}

pub(crate) fn english() -> Language {
    Language::ENGLISH
}
