//! Which figures need a source, and which have one.

use domain::ProfileFields;
use domain::content::{Block, FactSource, Role};
use scoring::{score, unsupported_figures};

use crate::samples::{book_page, context, copy, fact, hook, outline, research};

fn missing(language: &str, source: &str, text: &str) -> Vec<String> {
    let profile = ProfileFields::default();
    let figures = unsupported_figures(text, &context(language, &profile, source));
    figures.into_iter().map(|figure| figure.text).collect()
}

#[test]
fn the_same_value_and_unit_is_support_whatever_the_notation() {
    let source = "In March 2024, 73 percent of 4,200,000 users waited three days, or 3 to 5 hours. It cost $1,200 on May 3, 2023.";
    for text in [
        "73 %",
        "4.2 million",
        "4.2M users",
        "3 days",
        "3–5 hours",
        "5 hours",
        "USD 1,200",
        "in 2024",
        "in 2023",
        "3 May 2023",
        "3 May",
    ] {
        assert!(missing("en", source, text).is_empty(), "{text}");
    }
    for text in
        ["74 %", "73 people", "4.3 million", "3 weeks", "€1,200", "in 2022", "4 May 2023", "3–6 hours", "5 %"]
    {
        assert_eq!(missing("en", source, text).len(), 1, "{text}");
    }
}

#[test]
fn a_unit_may_be_dropped_and_not_gained() {
    assert!(missing("en", "It weighs 40 kg.", "40 on the scale").is_empty());
    assert_eq!(missing("en", "It has 40 rooms.", "40 kg"), ["40 kg"]);
    assert_eq!(missing("en", "It is 40 %.", "40 of them"), ["40"]);
}

#[test]
fn other_languages() {
    assert!(
        missing("de", "Es waren 1.200,5 Kilometer in drei Tagen, 73 Prozent.", "1200,5 km, 3 Tage, 73 %")
            .is_empty()
    );
    assert_eq!(missing("de", "Es waren 1.200 Euro.", "1.300 €"), ["1.300 €"]);
    assert!(missing("fr", "Environ 1 200 personnes et 12 pour cent.", "1200 personnes, 12 %").is_empty());
    assert!(missing("es", "El 12 por ciento de 1.200.000 personas.", "12 % de 1,2 millones").is_empty());
}

#[test]
fn facts_and_their_dates_are_support() {
    let profile = ProfileFields::default();
    let mut paper = fact("f1", "Rents rose by 12 %.", Some("March 2025"));
    paper.source = FactSource::Url { url: "https://example.org/rents".into(), title: None };
    let research = research(vec![paper]);
    let context = scoring::Context { research: Some(&research), ..context("en", &profile, "") };
    assert!(unsupported_figures("In 2025 rents rose by 12 percent", &context).is_empty());
    let score = score(&hook("Rents rose by 13 %, yes 13 %"), &context);
    assert_eq!(score.flags.len(), 1);
    assert_eq!(score.flags[0].message, "unsupported figure: 13 %");
    let fair = scoring::score(&hook("Rents rose by 12 %, yes 12 %"), &context);
    assert!((fair.total - score.total - 1.0).abs() < 1e-9, "a flag takes off a point");
}

#[test]
fn the_carousel_may_count_itself() {
    let profile = ProfileFields::default();
    let outline = outline(&[(Role::Hook, "a"), (Role::Point, "b"), (Role::Point, "c"), (Role::Cta, "d")]);
    let mut copy = copy(&[("a", ""), ("b", ""), ("c", ""), ("d", "")], "Save this");
    copy.slides[1].block = Some(Block::Bullets { items: vec!["x".into(); 5], numbered_from: None });
    let context =
        scoring::Context { outline: Some(&outline), copy: Some(&copy), ..context("en", &profile, "") };
    let missing = |text| unsupported_figures(text, &context).len();
    assert_eq!(missing("2 simple ways to plant"), 0);
    assert_eq!(missing("5 tips"), 0);
    assert_eq!(missing("7 tips"), 1, "there are not seven");
    assert_eq!(missing("Step 3: water"), 0);
    assert_eq!(missing("1. Water"), 0);
    assert_eq!(missing("3 people died"), 1);
}

#[test]
fn every_sentence_of_a_real_page_stands_on_the_page() {
    for page in ["ch03-02-data-types.html", "ch16-01-threads.html", "ch20-01-unsafe-rust.html"] {
        let text = book_page(page);
        assert!(scoring::text::figures(&text, crate::samples::english()).len() > 3, "{page}");
        assert_eq!(missing("en", &text, &text), Vec::<String>::new(), "{page}");
        for sentence in scoring::text::sentences(&text, crate::samples::english()) {
            assert_eq!(missing("en", &text, sentence), Vec::<String>::new(), "{page}: {sentence}");
        }
    }
}

#[test]
fn a_word_to_avoid_is_flagged() {
    let profile = ProfileFields { words_to_avoid: vec!["Game Changer".into()], ..ProfileFields::default() };
    let score = score(&hook("A real game changer"), &context("en", &profile, ""));
    assert_eq!(score.flags[0].message, "uses a word that the profile avoids: Game Changer");
}
