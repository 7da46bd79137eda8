//! The first and the last impression: ten hooks that the slides keep, and captions without debris.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a helper that fails is a failed test")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use domain::content::{Block, Caption, Copy, CopySlide, Hook, Role, limits};
use domain::{Content, Language, Stage, Strategy};
use writer::{Article, OfflineWriter, StageBrief, WriteError};

mod common;

use common::{approve, article, brief, toolchain_docs, words, words_of};

/// One carousel with all its hooks and captions.
struct Written {
    path: PathBuf,
    language: Language,
    article: Article,
    copy: Copy,
    /// Slides that tell something of their own.
    telling: usize,
    hooks: Vec<(Strategy, Hook)>,
    captions: Vec<Caption>,
}

fn texts() -> Vec<(PathBuf, u8)> {
    let docs = toolchain_docs();
    let pages = [
        "book/ch04-01-what-is-ownership.html",
        "book/ch16-00-concurrency.html",
        "cargo/guide/cargo-toml-vs-cargo-lock.html",
        "cargo/reference/semver.html",
        "cargo/reference/profiles.html",
        "cargo/faq.html",
        "nomicon/meet-safe-and-unsafe.html",
        "clippy/lints.html",
    ];
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let examples =
        ["city-trees.md", "meetings.md", "sauerteig.md"].map(|name| here.join("../../examples").join(name));
    let bees = ["es", "fr", "it", "pt"].map(|code| here.join(format!("tests/data/bees.{code}.md")));
    let long = pages.iter().map(|page| docs.join(page)).chain(examples).map(|path| (path, 8));
    long.chain(bees.into_iter().map(|path| (path, 5))).collect()
}

fn write(path: &Path, slides: u8) -> Written {
    let article = article(path);
    let mut brief: StageBrief = brief(article.clone());
    brief.slides = slides.try_into().unwrap();
    let writer = OfflineWriter::new();
    // A short page gets as many slides as it fills.
    let tried = || [Stage::Research, Stage::Outline].into_iter().flat_map(Stage::strategies);
    while let Some(Err(WriteError::TooShort { possible: Some(possible), .. })) =
        tried().map(|strategy| writer.draft(&brief, *strategy)).find(Result::is_err)
    {
        brief.slides = u8::try_from(possible).unwrap().try_into().unwrap();
    }
    let (mut hooks, mut captions) = (Vec::new(), Vec::new());
    for stage in Stage::ALL {
        let contents = stage.strategies().iter().map(|strategy| {
            let draft = writer.draft(&brief, *strategy);
            (*strategy, draft.unwrap_or_else(|error| panic!("{}: {error}", path.display())).content)
        });
        let contents: Vec<(Strategy, Content)> = contents.collect();
        for (strategy, content) in &contents {
            match content {
                Content::Hook(hook) => hooks.push((*strategy, hook.clone())),
                Content::Caption(caption) => captions.push(caption.clone()),
                _ => {}
            }
        }
        approve(&mut brief, contents.into_iter().next().unwrap().1);
    }
    let outline = brief.outline.unwrap();
    let inner = &outline.slides[1..outline.slides.len() - 1];
    let telling = inner.iter().filter(|slide| !matches!(slide.role, Role::Context | Role::Summary)).count();
    Written {
        path: path.to_owned(),
        language: brief.language,
        article,
        copy: brief.copy.unwrap(),
        telling,
        hooks,
        captions,
    }
}

fn all() -> &'static [Written] {
    static ALL: LazyLock<Vec<Written>> =
        LazyLock::new(|| texts().iter().map(|(path, slides)| write(path, *slides)).collect());
    &ALL
}

#[test]
fn ten_hooks_differ_and_fit_on_every_text() {
    for written in all() {
        let path = written.path.display();
        assert_eq!(written.hooks.len(), 10);
        let different: BTreeSet<String> =
            written.hooks.iter().map(|(_, hook)| hook.headline.to_lowercase()).collect();
        assert_eq!(different.len(), 10, "{path}: {different:#?}");
        for (strategy, hook) in &written.hooks {
            let texts = [Some(&hook.headline), hook.subline.as_ref()];
            for text in texts.into_iter().flatten() {
                assert!(!text.contains(['{', '}']), "{path} {strategy}: {text}");
                assert!(
                    !text.trim().is_empty() && !text.ends_with([',', ';', ' ']),
                    "{path} {strategy}: {text}"
                );
            }
            assert!(
                hook.headline.chars().count() <= limits::HEADLINE,
                "{path} {strategy}: {}",
                hook.headline
            );
            let subline = hook.subline.as_deref().unwrap_or_default().to_lowercase();
            assert!(
                subline.is_empty() || subline != hook.headline.to_lowercase(),
                "{path} {strategy}: says it twice: {subline}"
            );
        }
    }
}

#[test]
fn a_hook_counts_what_the_carousel_shows() {
    for written in all() {
        let (_, hook) = written.hooks.iter().find(|(strategy, _)| *strategy == Strategy::ListNumber).unwrap();
        let steps = written.copy.slides.iter().filter_map(|slide| match &slide.block {
            Some(Block::Bullets { items, numbered_from: Some(_) }) => Some(items.len()),
            _ => None,
        });
        let asks = |slide: &&CopySlide| slide.headline.ends_with('?');
        let inner = &written.copy.slides[1..written.copy.slides.len() - 1];
        let shown = [written.telling, steps.sum(), inner.iter().filter(asks).count()];
        let figures = scoring::text::figures(&hook.headline, written.language);
        let counted = figures
            .iter()
            .filter_map(|figure| figure.value)
            .any(|value| shown.iter().any(|count| (*count as f64 - value).abs() < 1e-9));
        assert!(counted, "{}: {} counts none of {shown:?}", written.path.display(), hook.headline);
    }
}

/// A cover that could stand on any carousel promises nothing: no ready-made trivia before what is no
/// statement with a figure, no headings glued together.
#[test]
fn did_you_know_stands_before_a_statement_with_a_figure() {
    let asks = ["did you know", "schon gewusst", "lo sabías", "saviez-vous", "lo sapevi", "sabia?"];
    for written in all() {
        for (strategy, hook) in &written.hooks {
            let path = written.path.display();
            let headline = hook.headline.to_lowercase();
            let asked = asks.iter().any(|phrase| headline.contains(phrase));
            assert!(
                !asked || headline.contains(|c: char| c.is_ascii_digit()),
                "{path} {strategy}: {headline}"
            );
            let glued = hook.headline.contains(" · ")
                || headline.contains("not only") && headline.contains("but also");
            assert!(!glued, "{path} {strategy}: {headline}");
            let subline = hook.subline.as_deref().unwrap_or_default();
            assert!(!subline.contains(" · "), "{path} {strategy}: {subline}");
            let generic = ["introduction", "frequently asked questions", "overview"];
            assert!(!generic.contains(&subline.to_lowercase().as_str()), "{path} {strategy}: {subline}");
        }
    }
}

/// What a bold claim says stands in the text: its figures, and its words in their order.
#[test]
fn a_claim_is_the_texts_own() {
    let mut claims = 0;
    for written in all() {
        let source = words_of(&written.article);
        let told = source.replace(" . ", " ");
        for (strategy, hook) in &written.hooks {
            let plain =
                [Strategy::BoldClaim, Strategy::Contrarian, Strategy::Surprise, Strategy::DirectBenefit];
            if !plain.contains(strategy) || hook.headline.contains([':', '?', '“', '„', '«', ',']) {
                continue;
            }
            let said = words(&hook.headline).join(" ");
            assert!(
                told.contains(&said) || source.contains(&said),
                "{} {strategy}: not in the text: {}",
                written.path.display(),
                hook.headline
            );
            claims += 1;
        }
    }
    assert!(claims >= 12, "only {claims} claims on fifteen texts");
}

#[test]
fn what_ready_made_phrases_promised_is_gone() {
    for written in all() {
        for (strategy, hook) in &written.hooks {
            for phrase in ["clear in 8 slides", "Pause for a moment", "how it works", "did you know this"] {
                assert!(
                    !hook.headline.contains(phrase),
                    "{} {strategy}: {}",
                    written.path.display(),
                    hook.headline
                );
            }
        }
    }
}

#[test]
fn captions_say_everything_once_and_ask_once() {
    for written in all() {
        for caption in &written.captions {
            let path = written.path.display();
            let paragraphs: Vec<&str> = caption.caption.split("\n\n").collect();
            let call = written.copy.call_to_action.trim_end_matches('.');
            assert!(
                paragraphs.last().is_some_and(|last| last.starts_with(call)),
                "{path}: {}",
                caption.caption
            );
            assert_eq!(caption.caption.matches(call).count(), 1, "{path}: {}", caption.caption);
            let mut said = BTreeSet::new();
            for paragraph in &paragraphs {
                for sentence in scoring::text::sentences(paragraph, written.language) {
                    let key = words(sentence);
                    assert!(key.len() < 4 || said.insert(key), "{path}: twice: {sentence}");
                }
            }
            assert_eq!(caption.alt_text.len(), written.copy.slides.len(), "{path}");
        }
    }
}

#[test]
fn hashtags_are_words_of_the_topic() {
    for written in all() {
        let squeezed: String = words_of(&written.article).chars().filter(|c| c.is_alphanumeric()).collect();
        for caption in &written.captions {
            assert!(caption.hashtags.len() <= limits::HASHTAGS);
            for tag in &caption.hashtags {
                let text = tag.0.trim_start_matches('#').to_lowercase();
                let digits = text.chars().filter(char::is_ascii_digit).count();
                assert!(digits <= 2, "{}: {}", written.path.display(), tag.0);
                assert!(!text.contains("vs"), "{}: {}", written.path.display(), tag.0);
                assert!(squeezed.contains(&text), "{}: #{text} is not in the text", written.path.display());
            }
        }
    }
}
