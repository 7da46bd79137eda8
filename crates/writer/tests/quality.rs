//! The offline writer on dozens of real texts that nobody here wrote: every slide is held
//! against the rules that a careful person keeps.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use std::collections::BTreeSet;
use std::path::PathBuf;

use common::{article, brief, carousel, lint, toolchain_docs};
use domain::content::Role;
use domain::{Content, Language};
use writer::{OfflineWriter, WriteError};

/// Pages of the toolchain's books with enough running text, spread over all of them.
fn pages() -> Vec<PathBuf> {
    let docs = toolchain_docs();
    let folders = [
        "book",
        "nomicon",
        "cargo/guide",
        "cargo/reference",
        "rustc",
        "edition-guide/editions",
        "embedded-book/start",
        "rustdoc",
        "clippy",
        "rust-by-example",
    ];
    let mut pages = Vec::new();
    for folder in folders {
        let entries =
            std::fs::read_dir(docs.join(folder)).unwrap_or_else(|error| panic!("{folder}: {error}"));
        let mut here: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
        here.retain(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            name.ends_with(".html")
                && !["print.html", "toc.html", "index.html", "404.html"].contains(&name.as_str())
        });
        here.sort();
        pages.extend(here.into_iter().step_by(if folder == "book" { 5 } else { 6 }));
    }
    pages
}

#[test]
fn dozens_of_documentation_pages_give_sound_carousels() {
    let (mut written, mut long, mut failures) = (0, 0, Vec::new());
    let (mut slides, mut numbered) = (0, 0);
    for (n, path) in pages().into_iter().enumerate() {
        let text = std::fs::read_to_string(&path).unwrap();
        if text.contains("http-equiv=\"refresh\"") || text.len() < 12_000 {
            continue;
        }
        let article = article(&path);
        let words = article.words();
        if article.language != Some(Language::ENGLISH) || words < 400 {
            continue;
        }
        long += usize::from(words >= 700);
        let mut brief = brief(article.clone());
        let stages = match carousel(&mut brief, n) {
            Ok(stages) => stages,
            Err(WriteError::TooShort { .. }) => continue,
            Err(error) => panic!("{}: {error}", path.display()),
        };
        written += 1;
        let mut report = |problems: Vec<String>| {
            failures.extend(problems.into_iter().map(|problem| format!("{}: {problem}", path.display())));
        };
        for content in stages.iter().flatten() {
            let problems = content.problems(8);
            report(problems.iter().map(ToString::to_string).collect());
            match content {
                Content::Copy(copy) => {
                    report(lint(copy, &article, true));
                    slides += copy.slides.len();
                    numbered += copy.slides.iter().filter(|slide| slide.headline.ends_with("2)")).count();
                }
                Content::Outline(outline) => {
                    let roles: Vec<Role> = outline.slides.iter().map(|slide| slide.role).collect();
                    assert_eq!((roles[0], roles[7]), (Role::Hook, Role::Cta), "{}", path.display());
                }
                _ => {}
            }
        }
        let hooks: BTreeSet<String> =
            stages[3]
                .iter()
                .map(|content| {
                    if let Content::Hook(hook) = content {
                        hook.headline.to_lowercase()
                    } else {
                        String::new()
                    }
                })
                .collect();
        assert_eq!(hooks.len(), 10, "{}: ten different hooks: {hooks:#?}", path.display());
        assert!(!hooks.iter().any(|hook| hook.contains(['{', '}'])), "{hooks:?}");
    }
    assert!(failures.is_empty(), "{} of {written} carousels:\n{}", failures.len(), failures.join("\n"));
    // `Migration (2)` names nothing: the last resort.
    assert!(numbered * 25 <= slides, "{numbered} of {slides} headlines are only numbered");
    assert!(written >= 24, "only {written} carousels were written");
    assert!(written * 10 >= long * 8, "{written} written, {long} pages are long enough");
}

#[test]
fn the_same_brief_gives_the_same_drafts() {
    let path = toolchain_docs().join("book/ch04-01-what-is-ownership.html");
    let write = || carousel(&mut brief(article(&path)), 0).unwrap();
    assert_eq!(write(), write());
}

#[test]
fn a_rejected_round_is_followed_by_other_words() {
    let path = toolchain_docs().join("book/ch14-02-publishing-to-crates-io.html");
    let mut brief = brief(article(&path));
    let first = carousel(&mut brief, 0).unwrap();
    let writer = OfflineWriter::new();
    for (stage, contents) in
        domain::Stage::ALL.iter().zip(&first).filter(|(stage, _)| **stage != domain::Stage::Visual)
    {
        let mut again = brief.clone();
        again.round = 2;
        again.avoid.clone_from(contents);
        for (strategy, before) in stage.strategies().iter().zip(contents) {
            let after = writer.draft(&again, *strategy).unwrap().content;
            assert_ne!(&after, before, "{strategy} wrote the same again");
        }
    }
}

#[test]
fn a_wish_for_less_is_kept() {
    let path = toolchain_docs().join("book/ch14-02-publishing-to-crates-io.html");
    let mut brief = brief(article(&path));
    carousel(&mut brief, 0).unwrap();
    let writer = OfflineWriter::new();
    let length = |content: &Content| {
        let Content::Copy(copy) = content else { panic!("no copy") };
        copy.slides.iter().flat_map(common::texts).map(|text| text.len()).sum::<usize>()
    };
    let before = writer.draft(&brief, domain::Strategy::Educational).unwrap().content;
    brief.feedback = Some("Too long, please make it shorter.".to_owned());
    brief.round = 2;
    let after = writer.draft(&brief, domain::Strategy::Educational).unwrap().content;
    assert!(length(&after) < length(&before), "{} is not shorter than {}", length(&after), length(&before));
}
