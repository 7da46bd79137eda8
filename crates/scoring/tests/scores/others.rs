//! The dimensions of the other five stages by hand.

use domain::content::{Block, Content, FactSource, Role};
use domain::{Check, CheckKind, ProfileFields};
use scoring::{Context, score};

use crate::samples::{book_page, caption, check, context, copy, dimension, fact, outline, research, visual};

#[test]
fn research_by_hand() {
    let source = "Rents rose by 12 % in 2014. Wages stood still. It rained.";
    let profile = ProfileFields::default();
    let mut page = fact("f3", "Half of all tenants moved in 2024.", None);
    page.source = FactSource::Url { url: "https://www.Example.org/a?b".into(), title: None };
    let facts = vec![
        fact("f1", "Rents rose by 12 % in 2014.", None),
        fact("f2", "Wages stood still.", None),
        page,
        fact("f4", "Nobody said this.", None),
    ];
    let score = score(&Content::Research(research(facts)), &context("en", &profile, source));
    // 4 facts, 2 with figures: 0.7 x 4 + 0.3 x 4
    check(&score, "facts", 4.0);
    // own text and example.org: 2 sources
    check(&score, "source_diversity", 7.0);
    assert!(dimension(&score, "source_diversity").evidence[0].contains("example.org"));
    // 2014 is 10 years older than 2024: (0 + 10) / 2
    check(&score, "recency", 5.0);
    // f4 is not in the text: 3 of 4
    check(&score, "supported_claims", 7.5);
    assert!(score.flags.is_empty());
}

#[test]
fn a_figure_that_its_own_sentence_lacks_is_flagged() {
    let profile = ProfileFields::default();
    let mut wrong = fact("f1", "Rents rose by 12 %.", None);
    wrong.claim = "Rents rose by 21 %.".into();
    let score =
        score(&Content::Research(research(vec![wrong])), &context("en", &profile, "Rents rose by 12 %."));
    check(&score, "supported_claims", 0.0);
    assert_eq!(score.flags[0].message, "unsupported figure: 21 %");
    assert_eq!(dimension(&score, "recency").value, None);
}

#[test]
fn outline_by_hand() {
    let profile = ProfileFields::default();
    let whole = outline(&[
        (Role::Hook, "Beans climb walls"),
        (Role::Point, "Beans need poles and water"),
        (Role::Point, "Poles carry heavy plants"),
        (Role::Cta, "Plants grow: save this"),
    ]);
    let score_whole = score(&Content::Outline(whole), &context("en", &profile, ""));
    check(&score_whole, "completeness", 10.0);
    // stems without stop words: {bean climb wall} {bean need pole water} {pole carri heavi plant} {plant grow save}
    // neighbours share 1 of 3, 1 of 4, 1 of 3 of the smaller: all within 0.1 to 0.5
    check(&score_whole, "flow", 10.0);
    // slides 2 and 3 share 1 of 4 = 0.25: below 0.3
    check(&score_whole, "theme_diversity", 10.0);

    let lame = outline(&[
        (Role::Point, "Beans climb walls"),
        (Role::Point, "Rents rise"),
        (Role::Point, "Beans climb walls"),
    ]);
    let score_lame = score(&Content::Outline(lame), &context("en", &profile, ""));
    // missing: hook, call to action, number of slides; met: message, points, facts = 3 of 6
    check(&score_lame, "completeness", 5.0);
    check(&score_lame, "flow", 4.0);
    check(&score_lame, "theme_diversity", 0.0);
    assert!(score_lame.total < score_whole.total);
}

#[test]
fn copy_by_hand() {
    let profile = ProfileFields::default();
    let own = copy(
        &[
            ("Beans climb", ""),
            ("Give your beans poles", ""),
            ("Water your poles at night", ""),
            ("Your beans thank you", ""),
        ],
        "Save this for May",
    );
    let scored = score(&Content::Copy(own.clone()), &context("en", &profile, ""));
    // there, asks one thing (save this), no other slide asks
    check(&scored, "call_to_action", 10.0);
    // person: you on 3 of 3; tense: present on 4 of 4;
    // terms: bean, pole shared: 4 of 4; headlines between: 4 and 5 words: 1 of 2 alike
    check(&scored, "consistency", (10.0 + 10.0 + 10.0 + 5.0) / 4.0);
    // the fullest headline takes 25 of 90 characters: all below 80 %
    check(&scored, "fit", 10.0);

    let mut busy = own;
    busy.call_to_action = "Save this and share it".into();
    busy.slides[1].body = Some("Follow us for more.".into());
    busy.slides[2].headline = "x".repeat(91);
    let scored = score(&Content::Copy(busy), &context("en", &profile, ""));
    // 4 present + 1 several + 0 another slide asks
    check(&scored, "call_to_action", 5.0);
    // slide 3 is over its limit: (10 + 10 + 0 + 10) / 4
    check(&scored, "fit", 7.5);
}

#[test]
fn the_renderers_checks_decide_where_there_are_any() {
    let profile = ProfileFields::default();
    let check_of = |kind, passed| Check {
        slide: 2,
        kind,
        passed,
        measured: 2.0,
        limit: 4.0,
        message: "it overflows by 2 px.".into(),
    };
    let checks = [
        check_of(CheckKind::Overflow, false),
        check_of(CheckKind::SmallestSize, true),
        check_of(CheckKind::Contrast, false),
    ];
    let context = Context { checks: &checks, ..context("en", &profile, "") };
    let own = copy(&[("a", ""), ("b", ""), ("c", ""), ("d", "")], "Save this");
    check(&score(&Content::Copy(own), &context), "fit", 5.0);
    let looks = score(&Content::Visual(visual("light", "#000000", "#ffffff")), &context);
    check(&looks, "text_fit", 5.0);
    // contrast measured 2:1 of 4:1 required: 5 x 0.5
    check(&looks, "contrast", 2.5);
}

#[test]
fn visual_by_hand() {
    let grey = ProfileFields::default();
    let looks = Content::Visual(visual("light", "#767676", "#ffffff"));
    let scored = score(&looks, &context("en", &grey, ""));
    // #767676 on white is 4.5422:1, which just passes 4.5:1
    check(&scored, "contrast", 10.0);
    check(&scored, "palette_and_fonts", 10.0);
    assert_eq!(dimension(&scored, "text_fit").value, None);
    assert_eq!(dimension(&scored, "profile_match").value, None);

    // below 4.5: #777777 on white is 4.4781:1: 5 x 4.4781 / 4.5 = 4.9757
    let scored = score(&Content::Visual(visual("light", "#777777", "#ffffff")), &context("en", &grey, ""));
    assert!((dimension(&scored, "contrast").value.unwrap() - 4.975_7).abs() < 1e-3);

    let brand = ProfileFields {
        brand_color: Some("#0050c8".parse().unwrap()),
        theme: Some(domain::content::ThemeName("dark".into())),
        ..ProfileFields::default()
    };
    // wrong theme 0, the brand's own colour as accent 10
    check(&score(&looks, &context("en", &brand, "")), "profile_match", 5.0);
}

#[test]
fn caption_by_hand() {
    let profile = ProfileFields::default();
    let own = copy(&[("Beans climb poles", ""), ("b", ""), ("c", ""), ("d", "")], "Save this");
    let context = Context { copy: Some(&own), ..context("en", &profile, "") };
    let good = caption(
        "Why do your beans climb?\n\nSave this for May.",
        &["beans", "urban_poles", "fitness"],
        &["Beans on a pole", "A jug of water", "Two tall poles", "A full basket"],
    );
    let scored = score(&Content::Caption(good), &context);
    // 24 characters fit: 4; question, curiosity (why), the reader (your): 3 x 1.5
    check(&scored, "first_line", 8.5);
    // caption 44 + 2 + "#beans #urban_poles #fitness" 28 = 74 characters: 4 + 0.6 x 9.25
    check(&scored, "length", 9.55);
    // beans and urban_poles are on topic, fitness is not
    check(&scored, "hashtags", 20.0 / 3.0);
    check(&scored, "call_to_action", 10.0);
    check(&scored, "alt_text", 10.0);

    let bad = caption(&"word ".repeat(500), &[], &["same old text", "same old text", "x"]);
    let scored = score(&Content::Caption(bad), &context);
    check(&scored, "length", 0.0);
    check(&scored, "hashtags", 3.0);
    check(&scored, "call_to_action", 2.0);
    // one of four slides has a text of its own
    check(&scored, "alt_text", 2.5);
}

#[test]
fn a_real_page_as_copy_reads_harder_than_short_sentences() {
    let profile = ProfileFields::default();
    let page = book_page("ch04-01-what-is-ownership.html");
    let sentences = scoring::text::sentences(&page, domain::Language::ENGLISH);
    assert!(sentences.len() > 50);
    let longest = sentences.iter().max_by_key(|sentence| sentence.len()).unwrap();
    let mut hard = copy(&[("Ownership", longest)], "Read the chapter");
    let scored = score(&Content::Copy(hard.clone()), &context("en", &profile, &page));
    let easy = copy(&[("Ownership", "One value has one owner. It is freed at the end.")], "Read the chapter");
    let scored_easy = score(&Content::Copy(easy), &context("en", &profile, &page));
    assert!(dimension(&scored, "readability").value < dimension(&scored_easy, "readability").value);
    assert!(scored.flags.is_empty(), "{:?}", scored.flags);
    hard.slides[0].block = Some(Block::Stat { value: "99.7 %".into(), label: "of programs".into() });
    let flagged = score(&Content::Copy(hard), &context("en", &profile, &page));
    assert_eq!(flagged.flags[0].message, "unsupported figure: 99.7 %");
}

fn prose_slide(body: &str) -> (&'static str, String) {
    ("A thought", body.to_owned())
}

/// The value that each shipped theme has for a text, by the theme's name.
fn match_of(theme: &str, copy: &domain::content::Copy, profile: &ProfileFields, source: &str) -> Option<f64> {
    let context = Context { copy: Some(copy), ..context("en", profile, source) };
    let scored = score(&Content::Visual(visual(theme, "#000000", "#ffffff")), &context);
    let found = dimension(&scored, "text_match");
    assert!(!found.evidence.is_empty() && !found.advice.is_empty());
    found.value
}

#[test]
fn a_text_asks_for_the_theme_that_was_made_for_it() {
    let profile = ProfileFields::default();
    let long = "The garden was laid out by somebody who knew that nothing in it would be seen whole before the \
                second generation had grown old beside it.";
    let slides: Vec<(&str, String)> = (0..6).map(|_| prose_slide(long)).collect();
    let slides: Vec<(&str, &str)> = slides.iter().map(|(head, body)| (*head, body.as_str())).collect();
    let prose = copy(&slides, "Save this");
    let code_text = "Run `tool --force` and then `tool::open()` in /etc/tool/rules. ".repeat(8);
    let mut points = copy(&[("Heads", "It rose by 40 %. That is 3 km more."); 6], "Save this");
    for slide in &mut points.slides[1..5] {
        let items = vec!["12 kg of flour".to_owned(), "300 g of water".to_owned()];
        slide.block = Some(domain::content::Block::Bullets { items, numbered_from: None });
    }
    for (copy, source, best) in [
        (&prose, "", "modern_minimal"),
        (&points, "", "bold_vibrant"),
        (&prose, code_text.as_str(), "tech_professional"),
    ] {
        let value = |theme| match_of(theme, copy, &profile, source).unwrap();
        for other in
            ["modern_minimal", "bold_vibrant", "tech_professional"].iter().filter(|other| **other != best)
        {
            assert!(value(best) > value(other) + 2.0, "{best} {} {other} {}", value(best), value(other));
        }
    }
    assert_eq!(match_of("my_own", &prose, &profile, ""), Some(5.0));
    let asked = ProfileFields { theme: Some(domain::content::ThemeName("bold_vibrant".into())), ..profile };
    assert_eq!(match_of("modern_minimal", &prose, &asked, ""), None);
}
