//! What holds for every text: in range, finite, explained, the same again, and in bounded time.

use domain::{ProfileFields, Stage};
use proptest::prelude::*;
use scoring::diversity::{distance, near_duplicate, too_similar};
use scoring::{score, weights};

use crate::samples::{context, everywhere, hook};

fn check_all(text: &str, language: &str) {
    let profile =
        ProfileFields { words_to_avoid: vec![text.chars().take(20).collect()], ..ProfileFields::default() };
    let context = context(language, &profile, text);
    for content in everywhere(text) {
        let scored = score(&content, &context);
        assert!((0.0..=10.0).contains(&scored.total));
        let known = &weights().stages[&content.stage()];
        assert_eq!(scored.dimensions.len(), known.len(), "{}", content.stage());
        for dimension in &scored.dimensions {
            assert!(dimension.value.is_none_or(|value| (0.0..=10.0).contains(&value)), "{dimension:?}");
            assert!(known.contains_key(&dimension.name), "{} has no weight", dimension.name);
            assert!(!dimension.evidence.is_empty() && dimension.evidence.iter().all(|seen| !seen.is_empty()));
            assert!(dimension.advice.ends_with('.') || dimension.advice.contains(text), "{dimension:?}");
        }
        assert_eq!(scored, score(&content, &context), "the same input gives the same score");
    }
}

#[test]
fn odd_texts() {
    for text in [
        "",
        " ",
        "😀🎉👩‍👩‍👧",
        "\u{fffd}\u{fffd}",
        "שלום עולם 73 %",
        "مرحبا ٧٣",
        "?!?!",
        "\0\u{1}\u{200f}",
        "1",
        "a\n\n\n\nb",
    ] {
        for language in ["en", "de", "es", "fr", "it", "pt", "ar", "ja", "xx"] {
            check_all(text, language);
        }
    }
}

/// A text whose time grew with the square of its length would not come back from this.
#[test]
fn long_texts() {
    let profile = ProfileFields::default();
    let longest = "word ".repeat(40_000);
    let hook = score(&hook(&longest), &context("en", &profile, &longest));
    assert!((0.0..=10.0).contains(&hook.total));
    for unit in ["x", "7", "1,2,3,4.", "bad but good. ", "good but bad ", "Ab 3 May ", "\u{fffd}"] {
        let source = unit.repeat(60_000 / unit.len());
        for content in everywhere(&unit.repeat(10_000 / unit.len())) {
            let scored = score(&content, &context("en", &profile, &source));
            assert!((0.0..=10.0).contains(&scored.total), "{unit}");
        }
    }
}

#[test]
fn a_content_is_no_distance_from_itself() {
    for text in ["", "a", "Plant your beans early in May", "😀"] {
        for content in everywhere(text) {
            assert!(distance(&content, &content).abs() < 1e-6);
            assert!(near_duplicate(&content, &content));
            assert!(too_similar(&content, &[&content], content.stage()).is_some());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text(text in "\\PC{0,120}|[A-Za-z0-9 .,!?%$€\u{fffd}א\n]{0,200}", language in "en|de|es|fr|it|pt|he|zh") {
        check_all(&text, &language);
    }

    #[test]
    fn distance_is_symmetric_and_in_range(a in "\\PC{0,60}|[a-d ]{0,40}", b in "\\PC{0,60}|[a-d ]{0,40}") {
        for (a, b) in everywhere(&a).iter().zip(&everywhere(&b)) {
            let apart = distance(a, b);
            prop_assert!((0.0..=1.0).contains(&apart));
            prop_assert!((apart - distance(b, a)).abs() < 1e-9);
            prop_assert_eq!(near_duplicate(a, b), near_duplicate(b, a));
        }
    }
}

#[test]
fn every_stage_has_weights() {
    for stage in Stage::ALL {
        assert!(weights().stages.contains_key(stage), "{stage}");
    }
}
