//! What the writer makes of bad and odd input: a sound draft, or a sentence that says the mend.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use common::{brief, carousel};
use domain::content::Block;
use domain::{Content, Language, Source, SourceKind, Stage, Strategy};
use proptest::prelude::*;
use writer::{Article, OfflineWriter, StageBrief, WriteError, decode, read_article, source_kind};

fn source(kind: SourceKind, text: &str) -> Source {
    Source { kind, text: text.to_owned(), url: None, name: None }
}

fn write(text: &str) -> Result<Vec<Vec<Content>>, WriteError> {
    let article = read_article(&source(SourceKind::Plain, text)).expect("there is text");
    carousel(&mut brief(article), 0)
}

fn licence(name: &str) -> String {
    std::fs::read_to_string(format!("/usr/share/common-licenses/{name}"))
        .expect("Debian's licences are installed")
}

#[test]
fn a_topic_alone_needs_a_source() {
    let mut brief = StageBrief::new(None, Language::ENGLISH);
    brief.topic = Some("Sleep".to_owned());
    for stage in Stage::ALL {
        for strategy in stage.strategies() {
            let error = OfflineWriter::new().draft(&brief, *strategy).unwrap_err();
            assert_eq!(error, WriteError::NeedsSource);
            assert!(error.to_string().contains("connect a model"), "{error}");
            assert!(!error.retryable());
        }
    }
}

#[test]
fn too_little_is_refused_with_what_would_do() {
    let thirty = "A small shop sells bread and cakes on the corner of the street. The baker starts work at four in the morning. Most customers come before eight.";
    let error = write(thirty).unwrap_err();
    assert!(matches!(error, WriteError::TooShort { possible: Some(_), .. }), "{error:?}");
    assert!(error.to_string().contains("or ask for"), "{error}");
    for (text, what) in [
        ("word ".repeat(4_000), "repeated"),
        ("no end here ".repeat(300), "no end"),
        ("🎉🎊 ".repeat(300), "emoji"),
    ] {
        let Ok(article) = read_article(&source(SourceKind::Plain, &text)) else { continue };
        let error = carousel(&mut brief(article), 0).expect_err(what);
        let known =
            matches!(error, WriteError::NoSentences | WriteError::Repetitive | WriteError::TooShort { .. });
        assert!(known, "{what}: {error:?}");
    }
    let error = write(&"Buy this now and be happy. ".repeat(300)).unwrap_err();
    assert!(matches!(error, WriteError::Repetitive | WriteError::TooShort { .. }), "{error:?}");
}

#[test]
fn another_language_than_the_texts_is_refused() {
    let article = read_article(&source(SourceKind::Plain, &licence("GPL-3"))).unwrap();
    assert_eq!(article.language, Some(Language::ENGLISH));
    let mut brief = brief(article);
    brief.language = Language::GERMAN;
    let error = OfflineWriter::new().draft(&brief, Strategy::Focused).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the text is in the language `en` and the carousel is to be in `de`; the offline writer can't translate: ask for `en`, or connect a model"
    );
}

#[test]
fn a_language_without_lists_is_written_and_says_what_was_skipped() {
    // The Universal Declaration of Human Rights, articles 1 to 12, in Dutch and Arabic (public domain).
    let texts = [("nl", include_str!("data/udhr.nl.txt")), ("ar", include_str!("data/udhr.ar.txt"))];
    for (code, text) in texts {
        let article = read_article(&source(SourceKind::Plain, text)).unwrap();
        let mut brief = brief(article);
        brief.language = code.parse().unwrap();
        brief.slides = 5.try_into().unwrap();
        let writer = OfflineWriter::new();
        for stage in Stage::ALL {
            for strategy in stage.strategies() {
                let draft = writer
                    .draft(&brief, *strategy)
                    .unwrap_or_else(|error| panic!("{code} {strategy}: {error}"));
                assert!(
                    draft.notes.iter().any(|note| note.contains("no word lists")),
                    "{code}: {:?}",
                    draft.notes
                );
                if *strategy == stage.strategies()[0] {
                    common::approve(&mut brief, draft.content);
                }
            }
        }
    }
}

#[test]
fn every_number_of_slides_is_kept() {
    let article = read_article(&source(SourceKind::Plain, &licence("GPL-3"))).unwrap();
    for slides in [2, 3, 5, 10_u8] {
        let mut brief = brief(article.clone());
        brief.slides = slides.try_into().unwrap();
        let stages = carousel(&mut brief, 1).unwrap_or_else(|error| panic!("{slides}: {error}"));
        for content in stages.iter().flatten() {
            assert_eq!(content.problems(usize::from(slides)), vec![], "{slides}");
        }
    }
}

#[test]
fn a_megabyte_of_text_is_written_too() {
    let text: String = std::iter::repeat_n(licence("GPL-3"), 30).collect();
    assert!(text.len() > 1_000_000);
    let article = read_article(&source(SourceKind::Plain, &text)).unwrap();
    let draft = OfflineWriter::new().draft(&brief(article), Strategy::Focused).unwrap();
    assert_eq!(draft.content.problems(8), vec![]);
}

#[test]
fn html_that_nests_without_end_is_read_without_a_crash() {
    let text = format!("{}<p>Some text stands here.</p>", "<div>".repeat(50_000));
    let _ = read_article(&source(SourceKind::Html, &text));
}

const SHOP: &str = include_str!("data/shop.md");

fn shop() -> Article {
    read_article(&source(SourceKind::Markdown, SHOP)).unwrap()
}

#[test]
fn steps_figures_quotations_and_comparisons_get_their_blocks() {
    let mut brief = brief(shop());
    brief.slides = 9.try_into().unwrap();
    let stages = carousel(&mut brief, 0).unwrap();
    let copies: Vec<_> = stages[2]
        .iter()
        .map(|content| if let Content::Copy(copy) = content { copy.clone() } else { panic!("no copy") })
        .collect();
    let blocks: Vec<&Block> =
        copies.iter().flat_map(|copy| &copy.slides).filter_map(|slide| slide.block.as_ref()).collect();
    let steps = [
        "Weigh the flour and the water.",
        "Mix them and let the dough rest for 40 minutes.",
        "Fold the dough four times.",
        "Bake it at 240 °C for 45 minutes.",
    ];
    assert!(
        blocks.iter().any(
            |block| matches!(block, Block::Bullets { items, numbered_from: Some(1) } if items == &steps)
        ),
        "the steps keep their order: {blocks:#?}"
    );
    let stat = blocks
        .iter()
        .find_map(|block| if let Block::Stat { value, label } = block { Some((value, label)) } else { None });
    let (value, label) = stat.expect("a figure becomes a stat");
    assert!(SHOP.contains(&format!("{value} {label}")) || SHOP.contains(label.as_str()), "{value} | {label}");
    for copy in &copies {
        assert_eq!(common::lint(copy, brief.article.as_ref().unwrap(), true), Vec::<String>::new());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        let kind = source_kind(&bytes, None);
        if let Ok(text) = decode(&bytes) {
            let _ = read_article(&source(kind, &text));
        }
    }

    #[test]
    fn no_text_panics(
        text in "([A-Za-zäöüßéñç\\x{5d0}-\\x{5ea}\\x{627}-\\x{64a}\\x{4e00}-\\x{4e20} ,.;:!?()\\[\\]\"'“”„«»#*>_`|~0-9%€$<&/-]|However, |This |[.] |\n\n|- |1[.] |# ){0,300}",
        kind in prop_oneof![Just(SourceKind::Plain), Just(SourceKind::Markdown), Just(SourceKind::Html)],
        code in prop_oneof![Just("en"), Just("de"), Just("fr"), Just("it"), Just("ar"), Just("zh")],
        slides in 2..=4_u8,
    ) {
        if let Ok(mut article) = read_article(&source(kind, &text)) {
            article.language = None;
            let mut brief = brief(article);
            brief.language = code.parse().unwrap();
            brief.slides = slides.try_into().unwrap();
            match carousel(&mut brief, 0) {
                Ok(stages) => {
                    for content in stages.iter().flatten() {
                        prop_assert_eq!(content.problems(usize::from(slides)), vec![]);
                    }
                }
                Err(WriteError::Invalid { problems, .. }) => prop_assert!(false, "{:?}", problems),
                Err(_) => {}
            }
        }
    }
}
