//! What every test of the writer needs: real texts, a whole carousel of one, and a lint of its words.

#![allow(dead_code, unreachable_pub, reason = "each test binary uses its part")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use domain::content::{Block, Copy, CopySlide, FontPair, Palette, ThemeName};
use domain::{Content, Source, Stage};
use writer::{
    Article, OfflineWriter, Passage, StageBrief, ThemeOffer, WriteError, decode, read_article, source_kind,
};

/// The toolchain's documentation; a machine without it fails the test rather than skipping it.
pub fn toolchain_docs() -> PathBuf {
    let output = Command::new("rustc").args(["--print", "sysroot"]).output().expect("rustc runs");
    let sysroot = String::from_utf8(output.stdout).expect("a path");
    let docs = Path::new(sysroot.trim()).join("share/doc/rust/html");
    assert!(docs.is_dir(), "{} is missing: rustup component add rust-docs", docs.display());
    docs
}

pub fn article(path: &Path) -> Article {
    let bytes = std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    let text = decode(&bytes).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let source = Source { kind: source_kind(&bytes, name.as_deref()), text, url: None, name };
    read_article(&source).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

pub fn brief(article: Article) -> StageBrief {
    let language = article.language.unwrap_or(domain::Language::ENGLISH);
    let mut brief = StageBrief::new(Some(article), language);
    brief.themes = ["modern_minimal", "bold_vibrant", "tech_professional"].map(theme).to_vec();
    brief
}

pub fn theme(name: &str) -> ThemeOffer {
    let color = |text: &str| text.parse().unwrap();
    let palette = Palette {
        background: color("#ffffff"),
        surface: color("#f2f2f2"),
        text: color("#111111"),
        muted: color("#555555"),
        accent: color("#0044cc"),
        on_accent: color("#ffffff"),
    };
    let fonts = FontPair { display: "Inter".into(), text: "Inter".into() };
    ThemeOffer { name: ThemeName(name.to_owned()), palettes: vec![palette, palette, palette], fonts }
}

/// Approves a content, as the studio does.
pub fn approve(brief: &mut StageBrief, content: Content) {
    match content {
        Content::Research(content) => brief.research = Some(content),
        Content::Outline(content) => brief.outline = Some(content),
        Content::Copy(content) => brief.copy = Some(content),
        Content::Hook(content) => brief.hook = Some(content),
        Content::Visual(content) => brief.visual = Some(content),
        Content::Caption(_) => {}
    }
}

/// All variants of all stages; of each stage the `pick`-th is approved.
pub fn carousel(brief: &mut StageBrief, pick: usize) -> Result<Vec<Vec<Content>>, WriteError> {
    let writer = OfflineWriter::new();
    let mut stages = Vec::new();
    for stage in Stage::ALL {
        let drafts = stage.strategies().iter().map(|strategy| writer.draft(brief, *strategy));
        let contents: Vec<Content> =
            drafts.map(|draft| draft.map(|draft| draft.content)).collect::<Result<_, _>>()?;
        approve(brief, contents[pick % contents.len()].clone());
        stages.push(contents);
    }
    Ok(stages)
}

/// Every word of an article, lower case, with one blank between two.
pub fn words_of(article: &Article) -> String {
    let mut text = format!("{} ", article.title.as_deref().unwrap_or_default());
    for section in &article.sections {
        text.push_str(section.heading.as_deref().unwrap_or_default());
        text.push_str(" . ");
        for passage in &section.passages {
            match passage {
                Passage::Paragraph(one) => text.push_str(one),
                Passage::List { items, introduction, .. } => {
                    text.push_str(introduction.as_deref().unwrap_or_default());
                    text.push_str(" . ");
                    text.push_str(&items.join(" . "));
                }
                Passage::Quote { text: quote, attribution } => {
                    text.push_str(quote);
                    text.push_str(attribution.as_deref().unwrap_or_default());
                }
                Passage::Code { code, .. } => text.push_str(code),
                Passage::Table { header, rows } => {
                    text.push_str(&header.join(" . "));
                    rows.iter().for_each(|row| text.push_str(&row.join(" . ")));
                }
            }
            text.push_str(" . ");
        }
    }
    words(&text).join(" ")
}

pub fn words(text: &str) -> Vec<String> {
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric() && c != '%').to_lowercase();
    text.split_whitespace().map(bare).filter(|word| !word.is_empty()).collect()
}

const DANGLING: &[&str] = &[
    "this",
    "that",
    "these",
    "those",
    "it",
    "it's",
    "they",
    "they're",
    "he",
    "she",
    "its",
    "their",
    "however",
    "therefore",
    "thus",
    "moreover",
    "furthermore",
    "also",
    "additionally",
    "but",
    "and",
    "so",
    "or",
    "then",
    "here",
    "such",
    "which",
    "instead",
    "otherwise",
    "similarly",
    "likewise",
    "consequently",
    "hence",
    "nevertheless",
    "meanwhile",
];
const TRAILING: &[&str] = &[
    "a", "an", "the", "of", "in", "on", "at", "by", "for", "with", "to", "from", "into", "and", "or", "but",
    "that", "which", "is", "are", "was", "were", "be", "has", "have", "can", "will", "must", "should", "may",
    "not", "as", "than", "if", "when", "because", "while", "its", "their", "your",
];
const ELSEWHERE: &[&str] = &[
    "the following",
    "as shown",
    "this chapter",
    "this section",
    "next chapter",
    "previous chapter",
    "listing 1",
    "listing 2",
    "see chapter",
    "see section",
    "we'll",
    "we’ll",
    "let's",
    "let’s",
    "shown below",
    "shown above",
    "http",
    "click here",
    "chapter 1",
];

/// What is wrong with the words of a slide deck, one line each; English only where it looks at words.
pub fn lint(copy: &Copy, article: &Article, english: bool) -> Vec<String> {
    let source = words_of(article);
    let mut problems = Vec::new();
    let mut said: BTreeSet<Vec<String>> = BTreeSet::new();
    let mut headlines: BTreeSet<String> = BTreeSet::new();
    for (n, slide) in copy.slides.iter().enumerate() {
        let mut report = |what: &str, text: &str| problems.push(format!("slide {}: {what}: {text}", n + 1));
        // The cover's words stand until the hook is chosen: the last slide may say the title again.
        if n > 0 && !headlines.insert(slide.headline.to_lowercase()) {
            report("headline used twice", &slide.headline);
        }
        let heading = |section: &writer::Section| section.heading.as_deref() == Some(slide.headline.as_str());
        if !article.sections.iter().any(heading) {
            lint_headline(&slide.headline, english, &mut report);
        }
        let items: Vec<String> = match &slide.block {
            Some(Block::Bullets { items, .. }) => items.clone(),
            _ => vec![],
        };
        for text in texts(slide) {
            // An item of a list or table begins as its author began it, and is no sentence of the text.
            if items.contains(&text) {
                continue;
            }
            lint_text(&text, &source, english, &mut report);
            for sentence in scoring::text::sentences(&text, domain::Language::ENGLISH) {
                let key = words(sentence);
                if key.len() >= 5 && !said.insert(key) {
                    report("said twice", sentence);
                }
            }
        }
        if let Some(body) = &slide.body {
            let list_follows = matches!(slide.block, Some(Block::Bullets { .. } | Block::Code { .. }));
            let ends = body.trim_end_matches(['"', '”', '’', ')', '»', '“']);
            let closed = ends.ends_with(['.', '!', '?', '。']);
            let introduces = list_follows && ends.ends_with(':');
            if n > 0 && !closed && !introduces {
                report("does not end", body);
            }
        }
    }
    problems
}

/// The running texts of a slide: body and items.
pub fn texts(slide: &CopySlide) -> Vec<String> {
    let mut texts: Vec<String> = slide.body.iter().cloned().collect();
    match &slide.block {
        Some(Block::Bullets { items, .. }) => texts.extend(items.iter().cloned()),
        // A label goes on from its figure: `32 %` `of the loaves`.
        Some(Block::Stat { value, label }) if label.starts_with(char::is_lowercase) => {
            texts.push(format!("{value} {label}."));
        }
        Some(Block::Stat { label, .. }) => texts.push(label.clone()),
        _ => {}
    }
    texts
}

fn lint_headline(headline: &str, english: bool, report: &mut impl FnMut(&str, &str)) {
    let list = words(headline);
    let last = list.last().map(String::as_str).unwrap_or_default();
    let first = list.first().map(String::as_str).unwrap_or_default();
    if english && TRAILING.contains(&last) {
        report("headline ends in a function word", headline);
    }
    let expletive = first == "it" && list.get(1).is_some_and(|second| second == "is" || second == "takes");
    if english && DANGLING.contains(&first) && !expletive {
        report("headline leans on something", headline);
    }
    if headline.ends_with([',', ';', ':', '…']) || headline.contains(['{', '}']) || !balanced(headline) {
        report("headline is cut off", headline);
    }
}

fn lint_text(text: &str, source: &str, english: bool, report: &mut impl FnMut(&str, &str)) {
    let list = words(text);
    let first = list.first().map(String::as_str).unwrap_or_default();
    let second = list.get(1).map(String::as_str).unwrap_or_default();
    let expletive = first == "it" && ["is", "takes"].contains(&second) || first == "it's";
    if english && DANGLING.contains(&first) && !expletive {
        report("leans on something", text);
    }
    let lower = text.to_lowercase();
    if english
        && let Some(found) = ELSEWHERE.iter().find(|phrase| lower.contains(*phrase))
        && !text.ends_with(':')
    {
        report(&format!("refers to what is not there ({found})"), text);
    }
    let start =
        text.trim_start_matches(['"', '“', '„', '«', '‘', '¿', '¡', '(', '/', '.', '-', '\'']).chars().next();
    let code = text
        .split_whitespace()
        .next()
        .is_some_and(|word| word.contains(['_', ':', '.', '/', '-']) || word.chars().any(char::is_uppercase));
    if start.is_some_and(char::is_lowercase) && !code {
        report("begins with a small letter", text);
    }
    if !balanced(text) {
        report("brackets or quotes are open", text);
    }
    for figure in scoring::text::figures(text, domain::Language::ENGLISH) {
        let figure = words(&figure.text).join(" ");
        if !source.contains(&figure) {
            report("figure is not in the text", &figure);
        }
    }
    for sentence in scoring::text::sentences(text, domain::Language::ENGLISH) {
        let list = words(sentence);
        if list.len() >= 4 && !source.contains(&list.join(" ")) && !is_shortened(&list, source) {
            report("is not in the text", sentence);
        }
    }
}

/// Whether the words stand in the source in this order with at most twenty-four left out between them.
fn is_shortened(list: &[String], source: &str) -> bool {
    let start = list[..2].join(" ");
    source.match_indices(&start).any(|(at, _)| {
        let mut rest = source[at..].split(' ').take(list.len() + 24);
        list.iter().all(|word| rest.any(|other| other == word))
    })
}

fn balanced(text: &str) -> bool {
    let count = |c: char| text.matches(c).count();
    count('(') == count(')')
        && count('[') == count(']')
        && count('«') == count('»')
        && count('"') % 2 == 0
        && count('“') + count('„') >= count('”')
}
