//! Answers that break a rule are mended: by the gateway where the schema says the rule, else by the writer.

use domain::content::{FactSource, Layout};
use domain::{Content, MicroUsd, Stage, Strategy};
use llm::{Outcome, Reason};
use model_server::Reply;
use serde_json::json;
use writer::WriteError;

use crate::bench::{Bench, answer, brief, brief_at, changed, message};

#[tokio::test]
async fn broken_json_is_asked_for_again() {
    let bench = Bench::new().await;
    let good = answer(Stage::Copy);
    bench.server.reply(Reply::chat(&good[..good.len() / 2])).reply(Reply::chat(good.as_str()));
    let draft = bench.write(&brief_at(Stage::Copy), Strategy::Educational).await.unwrap();
    assert_eq!(draft.cost, MicroUsd(2_000), "both attempts are paid");
    let outcomes: Vec<Outcome> = bench.purse.rows().iter().map(|row| row.outcome).collect();
    assert_eq!(outcomes, [Outcome::Invalid, Outcome::Answered]);
}

#[tokio::test]
async fn what_is_too_long_for_its_place_is_named() {
    let bench = Bench::new().await;
    let long = changed(Stage::Copy, |copy| copy["slides"][1]["headline"] = json!("x".repeat(91)));
    bench.server.reply(long).reply(Reply::chat(answer(Stage::Copy)));
    bench.write(&brief_at(Stage::Copy), Strategy::Educational).await.unwrap();
    let asked = bench.server.asked();
    let said = asked[1].last_message();
    assert!(said.contains("at /slides/1/headline: length must be <=90, but got 91"), "{said}");
}

#[tokio::test]
async fn a_rule_that_the_schema_cannot_say_goes_back_with_its_place() {
    let bench = Bench::new().await;
    let beside = changed(Stage::Copy, |copy| copy["slides"][2]["body"] = json!("word ".repeat(40)));
    bench.server.reply(beside).reply(Reply::chat(answer(Stage::Copy)));
    let draft = bench.write(&brief_at(Stage::Copy), Strategy::Educational).await.unwrap();
    assert_eq!(draft.cost, MicroUsd(2_000));
    let asked = bench.server.asked();
    assert_eq!(asked[1].body["response_format"], asked[0].body["response_format"]);
    assert_eq!(asked[1].body["messages"][4]["role"], json!("assistant"), "it is shown its answer");
    insta::assert_snapshot!(message(&asked[1], 5), @r"
    These places break the rules:
    | - slides[2].body: has 199 characters; at most 140 fit

    Write the whole answer again with these places mended and everything else as it was. Shorten by saying less, not by cutting off.
    ");
}

#[tokio::test]
async fn an_answer_that_stays_against_the_rules_is_told_with_its_place_in_the_ledger() {
    let bench = Bench::new().await;
    let wrong = || changed(Stage::Visual, |looks| looks["palette"] = json!(9));
    bench.server.reply(wrong()).reply(wrong());
    let error = bench.write(&brief_at(Stage::Visual), Strategy::BoldVibrant).await.unwrap_err();
    assert!(error.retryable());
    insta::assert_snapshot!(error, @"The model's answer can't be used (palette: `bold_vibrant` has the palettes 1 to 3); try again, or choose a stronger model.");
    let WriteError::Model(trouble) = error else { panic!() };
    assert!(matches!(trouble.reason, Reason::InvalidAnswer { .. }));
    let last = bench.purse.rows()[1].clone();
    assert_eq!((trouble.call, trouble.attempt), (Some(last.call), Some(last.attempt)));
}

#[tokio::test]
async fn places_in_the_story_and_unknown_facts_need_no_second_call() {
    let bench = Bench::plain().await;
    let odd = changed(Stage::Outline, |outline| {
        outline["slides"][0]["role"] = json!("point");
        outline["slides"][4]["role"] = json!("summary");
        outline["slides"][1]["facts"] = json!(["f3", "f3"]);
    });
    bench.server.reply(odd);
    let draft = bench.write(&brief_at(Stage::Outline), Strategy::Narrative).await.unwrap();
    let Content::Outline(outline) = draft.content else { panic!() };
    assert_eq!(outline.slides[1].facts.len(), 1);
    assert_eq!(bench.server.asked().len(), 1);
}

#[tokio::test]
async fn a_source_that_is_not_in_the_article_is_marked() {
    let bench = Bench::new().await;
    let invented = changed(Stage::Research, |research| {
        research["facts"][0]["source"] = json!("Bakers agree that it stays fresh for five days.");
        research["facts"][1]["claim"] = json!("Bread from yeast is stale for 90 % of people after two days.");
        research["facts"][2]["source"] =
            json!("LACTIC ACID slows the starch down — as it turns\nback into crystals");
        research["facts"][4]["source"] = json!("https://example.org/dough");
        research["facts"][0]["date"] = json!("March 2025");
        research["facts"][4]["claim"] = json!("The dough rests for 16 hours in the cold.");
    });
    bench.server.reply(invented);
    let draft = bench.write(&brief(), Strategy::Comprehensive).await.unwrap();
    let Content::Research(research) = draft.content else { panic!() };
    let unconfirmed: Vec<bool> = research.facts.iter().map(|fact| fact.unconfirmed).collect();
    assert_eq!(unconfirmed, [true, true, false, false, true]);
    assert_eq!(research.facts[0].date, None, "no date that the text does not have");
    assert_eq!(research.facts[3].date.as_deref(), Some("2023"));
    assert_eq!(draft.notes.len(), 3, "16 stands on sixteen: {:?}", draft.notes);
    assert_eq!(
        draft.notes[1],
        "source not confirmed, 90 % does not stand in the text: “Bread from yeast is stale for 90 % of people after two days.”"
    );
    assert!(
        matches!(&research.facts[4].source, FactSource::Url { url, .. } if url == "https://example.org/dough")
    );
}

#[tokio::test]
async fn facts_of_a_fetched_article_lead_to_its_page() {
    let bench = Bench::new().await;
    bench.server.reply(Reply::chat(answer(Stage::Research)));
    let mut brief = brief();
    brief.source_url = Some("https://example.org/bread".into());
    let draft = bench.write(&brief, Strategy::Comprehensive).await.unwrap();
    let Content::Research(research) = draft.content else { panic!() };
    let FactSource::Url { url, title } = &research.facts[0].source else { panic!() };
    assert_eq!(
        (url.as_str(), title.as_deref()),
        ("https://example.org/bread", Some("Why bread keeps longer with sourdough"))
    );
    assert_eq!(research.sources, ["Why bread keeps longer with sourdough (https://example.org/bread)"]);
}

#[tokio::test]
async fn a_layout_without_what_it_shows_gives_way() {
    let bench = Bench::new().await;
    let odd =
        changed(Stage::Visual, |looks| looks["layouts"] = json!(["text", "quote", "text", "code", "cover"]));
    bench.server.reply(odd);
    let draft = bench.write(&brief_at(Stage::Visual), Strategy::BoldVibrant).await.unwrap();
    let Content::Visual(visual) = draft.content else { panic!() };
    use Layout::{Bullets, CallToAction, Cover, Stat, Text};
    assert_eq!(visual.layouts, [Cover, Text, Stat, Bullets, CallToAction]);
}

#[tokio::test]
async fn an_alt_text_that_says_something_else_becomes_the_slides_own_words() {
    let bench = Bench::new().await;
    let vague = changed(Stage::Caption, |caption| {
        caption["alt_text"][2] = json!("An image with a nice chart.");
        caption["alt_text"][4] = json!("A slide.");
    });
    bench.server.reply(vague);
    let draft = bench.write(&brief_at(Stage::Caption), Strategy::Short).await.unwrap();
    let Content::Caption(caption) = draft.content else { panic!() };
    assert_eq!(
        caption.alt_text[2],
        "Half the loss, measured. Yeast loaves lost 58 % in the same three days. 31 % of their softness is what sourdough loaves lost in three days."
    );
    assert!(caption.alt_text[4].ends_with("Tomorrow it is ready. Save this for your next loaf."));
    assert!(caption.alt_text[0].starts_with("Why does your bread go stale"), "a good one stays");
}

#[tokio::test]
async fn a_caption_longer_than_a_post_takes_is_shortened_by_the_model() {
    let bench = Bench::new().await;
    // Within the limit by itself, beyond it with its hashtags.
    let long = changed(Stage::Caption, |caption| caption["caption"] = json!("x".repeat(2_190)));
    bench.server.reply(long).reply(Reply::chat(answer(Stage::Caption)));
    let draft = bench.write(&brief_at(Stage::Caption), Strategy::Short).await.unwrap();
    assert!(draft.content.problems(5).is_empty());
    let asked = bench.server.asked();
    assert!(
        asked[1].last_message().contains("caption: has 2236 characters; at most 2200 fit"),
        "{}",
        asked[1].last_message()
    );
}

#[tokio::test]
async fn figures_of_a_translated_text_keep_their_digits() {
    let bench = Bench::new().await;
    let german = changed(Stage::Research, |research| {
        research["facts"][0]["claim"] = json!("Brote verloren 31 Prozent, im Jahr 2023 gemessen.");
        research["facts"][1]["claim"] = json!("Brote verloren 32 % in drei Tagen.");
    });
    bench.server.reply(german);
    let mut brief = brief();
    brief.language = domain::Language::GERMAN;
    let draft = bench.write(&brief, Strategy::Comprehensive).await.unwrap();
    let Content::Research(research) = draft.content else { panic!() };
    assert_eq!(research.facts.iter().map(|fact| fact.unconfirmed).collect::<Vec<_>>()[..2], [false, true]);
    assert!(draft.notes[0].contains("32 does not stand in the text"), "{:?}", draft.notes);
}
