//! What may be stored as a variant's content, and what each refusal says and where.

use crate::samples::{caption, content, copy, copy_slide, hook, id, outline, research, visual};
use domain::content::{Block, FactSource, Hashtag, Role, limits};
use domain::{Content, Problem, Stage};
use proptest::prelude::*;

/// The problems as they are shown, in a carousel of `slides` slides.
fn problems(content: &Content, slides: usize) -> Vec<String> {
    content.problems(slides).iter().map(Problem::to_string).collect()
}

fn letters(count: usize) -> String {
    "ä".repeat(count)
}

/// The problems of one block at the place of the first slide's.
fn block_problems(block: Block) -> Vec<String> {
    let mut content = copy(2);
    content.slides[0] = copy_slide(Some(block));
    problems(&Content::Copy(content), 2)
}

#[test]
fn a_faultless_content_has_no_problem_in_any_length_of_carousel() {
    for slides in 2..=10 {
        for stage in Stage::ALL {
            assert_eq!(problems(&content(*stage, slides), slides), [""; 0], "{stage} of {slides} slides");
        }
    }
}

#[test]
fn a_carousel_of_another_length_is_named_by_every_stage_that_counts_slides() {
    let other_length = |stage| problems(&content(stage, 5), 8);
    assert_eq!(other_length(Stage::Outline), ["slides: has 5 entries; 8 are needed"]);
    assert_eq!(other_length(Stage::Copy), ["slides: has 5 entries; 8 are needed"]);
    assert_eq!(
        other_length(Stage::Visual),
        ["layouts: has 5 entries; 8 are needed", "backgrounds: has 5 entries; 8 are needed"]
    );
    assert_eq!(other_length(Stage::Caption), ["alt_text: has 5 entries; 8 are needed"]);
}

#[test]
fn research_needs_an_angle_and_facts_that_can_be_told_apart_and_traced() {
    let mut content = research();
    content.angle = " \n".into();
    content.facts[1].id = id("f1");
    content.facts[0].source = FactSource::Sentence { text: String::new() };
    content.facts[1].claim = letters(601);
    assert_eq!(
        problems(&Content::Research(content.clone()), 8),
        [
            "angle: is empty",
            "facts[0].source: is empty",
            "facts[1].claim: has 601 characters; at most 600 fit",
            "facts[1].id: is used by an earlier fact",
        ]
    );
    content = research();
    content.facts[0].id = id("");
    assert_eq!(problems(&Content::Research(content.clone()), 8), ["facts[0].id: is empty"]);
    content.facts.clear();
    assert_eq!(problems(&Content::Research(content), 8), ["facts: has 0 entries; 1 to 60 are needed"]);
}

#[test]
fn a_story_opens_with_its_hook_and_ends_with_its_call() {
    let mut content = outline(3);
    content.slides[0].role = Role::Context;
    content.slides[1].key_message.clear();
    content.slides[2].role = Role::Summary;
    assert_eq!(
        problems(&Content::Outline(content), 3),
        [
            "slides[1].key_message: is empty",
            "slides[0].role: the first slide is the hook",
            "slides[2].role: the last slide is the cta",
        ]
    );
}

#[test]
fn copy_takes_exactly_what_fits_on_a_slide() {
    let mut content = copy(7);
    let (with_block, without) = (4, 5);
    content.slides[without].headline = letters(limits::HEADLINE);
    content.slides[without].body = Some(letters(limits::BODY));
    content.slides[with_block].body = Some(letters(limits::BODY_WITH_BLOCK));
    content.call_to_action = letters(limits::CALL_TO_ACTION);
    assert_eq!(problems(&Content::Copy(content.clone()), 7), [""; 0]);

    content.slides[without].headline.push('ä');
    content.slides[without].body = Some(letters(limits::BODY + 1));
    content.slides[with_block].body = Some(letters(limits::BODY_WITH_BLOCK + 1));
    content.call_to_action.push('ä');
    assert_eq!(
        problems(&Content::Copy(content), 7),
        [
            "slides[4].body: has 141 characters; at most 140 fit",
            "slides[5].headline: has 91 characters; at most 90 fit",
            "slides[5].body: has 281 characters; at most 280 fit",
            "call_to_action: has 61 characters; at most 60 fit",
        ]
    );
}

#[test]
fn a_body_may_be_missing_but_not_blank() {
    let mut content = copy(2);
    content.slides[0].body = None;
    content.slides[1].body = Some("  ".into());
    assert_eq!(problems(&Content::Copy(content), 2), ["slides[1].body: is empty"]);
}

#[test]
fn each_kind_of_block_has_its_own_limits() {
    let bullets =
        |count: usize, length| Block::Bullets { items: vec![letters(length); count], numbered_from: None };
    assert_eq!(block_problems(bullets(2, limits::BULLET)), [""; 0]);
    assert_eq!(block_problems(bullets(1, 3)), ["slides[0].block.items: has 1 entries; 2 to 5 are needed"]);
    assert_eq!(block_problems(bullets(6, 3)), ["slides[0].block.items: has 6 entries; 2 to 5 are needed"]);
    assert_eq!(
        block_problems(bullets(2, 101)),
        [0, 1].map(|n| format!("slides[0].block.items[{n}]: has 101 characters; at most 100 fit"))
    );

    let stat = |value: usize, label: usize| Block::Stat { value: letters(value), label: letters(label) };
    assert_eq!(block_problems(stat(limits::STAT_VALUE, limits::STAT_LABEL)), [""; 0]);
    assert_eq!(
        block_problems(stat(17, 0)),
        ["slides[0].block.value: has 17 characters; at most 16 fit", "slides[0].block.label: is empty"]
    );

    let quote = Block::Quote { text: letters(241), attribution: Some(letters(81)) };
    assert_eq!(
        block_problems(quote),
        [
            "slides[0].block.text: has 241 characters; at most 240 fit",
            "slides[0].block.attribution: has 81 characters; at most 80 fit",
        ]
    );

    let comparison = |items: usize| Block::Comparison {
        left_title: letters(28),
        left: vec![letters(60); 4],
        right_title: letters(29),
        right: vec![letters(60); items],
    };
    assert_eq!(
        block_problems(comparison(5)),
        [
            "slides[0].block.right_title: has 29 characters; at most 28 fit",
            "slides[0].block.right: has 5 entries; 1 to 4 are needed",
        ]
    );
}

#[test]
fn code_may_have_empty_lines_but_not_only_those() {
    let code = |code: &str| Block::Code { language: None, code: code.to_owned() };
    assert_eq!(block_problems(code("fn main() {\n\n}\n")), [""; 0]);
    assert_eq!(block_problems(code(" \n\n")), ["slides[0].block.code: is empty"]);
    assert_eq!(
        block_problems(code(&"x\n".repeat(13))),
        ["slides[0].block.code: has 13 lines; at most 12 fit"]
    );
    assert_eq!(
        block_problems(code(&format!("short\n{}", letters(45)))),
        ["slides[0].block.code line 2: has 45 characters; at most 44 fit"]
    );
}

#[test]
fn a_hook_is_a_headline_with_or_without_a_subline() {
    let mut content = hook();
    content.subline = None;
    assert_eq!(problems(&Content::Hook(content.clone()), 8), [""; 0]);
    content.headline = letters(91);
    content.subline = Some(letters(141));
    assert_eq!(
        problems(&Content::Hook(content), 8),
        ["headline: has 91 characters; at most 90 fit", "subline: has 141 characters; at most 140 fit"]
    );
}

#[test]
fn a_caption_is_counted_with_its_hashtags_but_must_not_be_hashtags_alone() {
    let mut content = caption(2);
    content.hashtags = vec![Hashtag("lime".into())];
    content.caption = letters(limits::CAPTION - "\n\n#lime".len());
    assert_eq!(problems(&Content::Caption(content.clone()), 2), [""; 0]);
    content.caption.push('!');
    assert_eq!(
        problems(&Content::Caption(content.clone()), 2),
        ["caption: has 2201 characters; at most 2200 fit"]
    );
    content.caption = " ".into();
    content.first_comment = Some(letters(2201));
    assert_eq!(
        problems(&Content::Caption(content), 2),
        ["caption: is empty", "first_comment: has 2201 characters; at most 2200 fit"]
    );
}

#[test]
fn hashtags_are_words_and_each_is_there_once() {
    let with = |tags: &[&str]| {
        let mut content = caption(2);
        content.hashtags = tags.iter().map(|tag| Hashtag((*tag).to_owned())).collect();
        problems(&Content::Caption(content), 2)
    };
    assert_eq!(with(&["bäume", "ÄPFEL", "a_b", "2024er", "緑"]), [""; 0]);
    assert_eq!(with(&["Lime", "lime"]), ["hashtags[1]: is there twice"]);
    assert_eq!(with(&["a", "b", "c", "d", "e", "f"]), ["hashtags: has 6 entries; 0 to 5 are needed"]);
    for wrong in ["", "#lime", "two words", "2024", "lime!", &letters(61)] {
        let message = format!("hashtags[0]: `{wrong}` is not a hashtag: letters, digits and _ only, no #");
        assert_eq!(with(&[wrong]), [message]);
    }
}

#[test]
fn the_caption_is_posted_with_its_hashtags_below_it() {
    let mut content = caption(2);
    assert_eq!(content.as_posted(), "Street trees, counted.\n\n#streettrees #stadtbäume");
    content.hashtags.clear();
    assert_eq!(content.as_posted(), "Street trees, counted.");
}

#[test]
fn json_of_another_stage_or_with_a_stray_field_is_refused_with_the_stage_and_the_field() {
    let error = Content::from_json(Stage::Hook, content(Stage::Outline, 2).to_json()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "this is not the content of a hook: unknown field `slides`, expected `headline` or `subline`"
    );
    let mut stray = content(Stage::Copy, 2).to_json();
    stray["slides"][1]["block"]["colour"] = "red".into();
    let error = Content::from_json(Stage::Copy, stray).unwrap_err();
    assert!(error.reason.contains("unknown field `colour`"), "{error}");
    let mut no_color = visual(2);
    no_color.layouts.clear();
    let mut json = Content::Visual(no_color).to_json();
    json["palette"]["text"] = "black".into();
    let error = Content::from_json(Stage::Visual, json).unwrap_err();
    assert!(error.reason.contains("`black` is not a colour; write it as #1a2b3c"), "{error}");
}

proptest! {
    /// Problems are found, never panicked over, whatever a writer returns.
    #[test]
    fn any_text_anywhere_is_judged(text in ".{0,300}", slides in 0_usize..12, asked in 0_usize..12) {
        let mut copy = copy(slides);
        for slide in &mut copy.slides {
            slide.headline.clone_from(&text);
            slide.block = Some(Block::Code { language: Some(text.clone()), code: text.clone() });
        }
        let found = Content::Copy(copy).problems(asked);
        let faultless = slides == 0 || (!text.trim().is_empty() && text.chars().count() <= limits::CODE_LINE);
        prop_assert_eq!(found.is_empty(), slides == asked && faultless);

        let mut caption = caption(slides);
        caption.hashtags = vec![Hashtag(text.clone())];
        caption.caption = text;
        let _ = Content::Caption(caption).problems(asked);
        let _ = Content::Outline(outline(slides)).problems(asked);
    }
}
