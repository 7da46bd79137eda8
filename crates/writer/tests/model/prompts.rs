//! Every prompt as it is sent: a file a stage, with what its variants share once, and each one's task.

use domain::content::{Copy, Hook};
use domain::{Content, Language, Stage};
use model_server::Reply;

use crate::bench::{Bench, answer, brief, brief_at};

/// What is sent for every strategy of a stage.
async fn sent(stage: Stage, change: impl Fn(&mut writer::StageBrief)) -> Vec<[String; 3]> {
    let bench = Bench::new().await;
    bench.server.rule(move |_| Some(Reply::chat(answer(stage))));
    let mut brief = brief_at(stage);
    change(&mut brief);
    for strategy in stage.strategies() {
        bench.write(&brief, *strategy).await.unwrap();
    }
    bench.prompts()
}

#[tokio::test]
async fn every_prompt_is_as_it_was_read() {
    for stage in Stage::ALL {
        let prompts = sent(*stage, |_| {}).await;
        let [instructions, material, _] = &prompts[0];
        let mut shown = format!("=== system\n{instructions}\n\n=== material\n{material}\n");
        for (strategy, prompt) in stage.strategies().iter().zip(&prompts) {
            assert_eq!(prompt[..2], prompts[0][..2], "{strategy}: what is cached is the same");
            shown.push_str(&format!("\n=== task: {strategy}\n{}\n", prompt[2]));
        }
        insta::assert_snapshot!(format!("prompt_{stage}"), shown);
    }
}

#[tokio::test]
async fn a_rejected_round_tells_why_and_what_was_there() {
    let hook =
        |headline: &str| Content::Hook(Hook { headline: headline.into(), subline: Some("A subline".into()) });
    let prompts = sent(Stage::Hook, |brief| {
        brief.round = 2;
        brief.feedback = Some("Too loud.\nSay something about the crust".into());
        brief.avoid = vec![hook("Bread, at last"), hook("Yeast is over")];
        brief.learned.preferences = vec!["Questions were liked.".into()];
        brief.learned.examples = vec!["Why is your crust pale?".into()];
    })
    .await;
    insta::assert_snapshot!("prompt_rejected", format!("{}\n\n{}", prompts[6][1], prompts[6][2]));
}

#[tokio::test]
async fn a_topic_alone_in_another_language_is_a_prompt_too() {
    let bench = Bench::plain().await;
    bench.server.reply(Reply::chat(answer(Stage::Research)));
    let mut brief = brief();
    (brief.article, brief.language, brief.profile) = (None, Language::GERMAN, Default::default());
    bench.write(&brief, domain::Strategy::Focused).await.unwrap();
    let [instructions, material, _] = &bench.prompts()[0];
    let instructions = instructions.split("\"$defs\"").next().unwrap();
    assert!(instructions.contains("Write in German (de)"), "{instructions}");
    assert!(instructions.contains("There is no source text."), "{instructions}");
    assert_eq!(material, "# The material\n\n## The topic that was asked for\n| Sourdough");
}

#[tokio::test]
async fn what_was_approved_stands_in_for_the_article() {
    let with = |stage: Stage| async move { sent(stage, |_| {}).await[0][1].contains("## The source text") };
    assert!(with(Stage::Research).await && with(Stage::Outline).await && with(Stage::Copy).await);
    assert!(!with(Stage::Hook).await && !with(Stage::Caption).await);
    let without = sent(Stage::Hook, |brief| brief.research = None).await;
    assert!(without[0][1].contains("## The source text"), "a stage without research has the article");
}

#[tokio::test]
async fn a_long_article_is_cut_at_a_line() {
    let bench = Bench::new().await;
    bench.server.reply(Reply::chat(answer(Stage::Research)));
    let mut brief = brief();
    let article = brief.article.as_mut().unwrap();
    let passage = article.sections[0].passages[0].clone();
    article.sections[0].passages.extend(std::iter::repeat_n(passage, 3_000));
    bench.write(&brief, domain::Strategy::Focused).await.unwrap();
    let material = &bench.prompts()[0][1];
    let length = material.chars().count();
    assert!((58_000..65_000).contains(&length), "{length}");
    assert!(material.ends_with("stale after two."), "the last line is whole");
}

/// The same carousel at another time, with another copy, has the same instructions.
#[tokio::test]
async fn instructions_do_not_depend_on_what_was_written() {
    let one = sent(Stage::Hook, |_| {}).await;
    let other = sent(Stage::Hook, |brief| {
        let copy = brief.copy.take().unwrap();
        brief.copy = Some(Copy { call_to_action: "Bake".into(), ..copy });
    })
    .await;
    assert_eq!(one[0][0], other[0][0]);
    assert_ne!(one[0][1], other[0][1]);
}
