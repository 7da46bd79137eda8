//! A second try is shown the first and told the exact reasons.

use domain::{Stage, Strategy, WrittenBy};
use llm::Purpose;
use model_server::Reply;
use serde_json::{Value, json};
use writer::{OfflineWriter, Writer};

use crate::bench::{Bench, answer, brief_at, message};

#[tokio::test]
async fn the_draft_goes_back_with_every_reason() {
    for stage in Stage::ALL {
        let bench = Bench::new().await;
        bench.server.rule(move |_| Some(Reply::chat(answer(*stage))));
        let (brief, strategy) = (brief_at(*stage), stage.strategies()[1]);
        let first = bench.write(&brief, strategy).await.unwrap();
        let reasons = [
            "The text of slide 3 does not fit its layout.".to_owned(),
            "Readability is 3.1 of 10.".to_owned(),
        ];
        let second = bench.writer.rewrite(&brief, strategy, &first, &reasons).unwrap().await.unwrap();
        let asked = bench.server.asked();
        let (before, after) = (&asked[0].body["messages"], asked[1].body["messages"].as_array().unwrap());
        assert_eq!(before.as_array().unwrap()[..], after[..4], "what is cached stays");
        let shown: Value = serde_json::from_str(&message(&asked[1], 4)).unwrap();
        let schema = &asked[0].body["response_format"]["json_schema"]["schema"];
        for field in schema["required"].as_array().unwrap() {
            assert!(
                shown.get(field.as_str().unwrap()).is_some(),
                "{stage}: the draft is shown as an answer: {field}"
            );
        }
        let said = message(&asked[1], 5);
        assert!(reasons.iter().all(|reason| said.contains(&format!("| - {reason}"))), "{said}");
        let seed = |draft: &writer::Draft| match draft.written_by {
            WrittenBy::Model { seed, .. } => seed,
            _ => None,
        };
        assert_ne!(seed(&first), seed(&second), "the same seed would write the same");
        let purpose = bench.purse.rows()[1].purpose;
        assert_eq!(purpose == Purpose::Rewrite, *stage == Stage::Copy, "{stage}");
    }
}

#[tokio::test]
async fn the_words_of_a_second_try() {
    let bench = Bench::new().await;
    bench.server.rule(|_| Some(Reply::chat(answer(Stage::Copy))));
    let brief = brief_at(Stage::Copy);
    let first = bench.write(&brief, Strategy::Professional).await.unwrap();
    let reasons = ["Slide 3: the headline is cut off.".to_owned()];
    bench.writer.rewrite(&brief, Strategy::Professional, &first, &reasons).unwrap().await.unwrap();
    insta::assert_snapshot!(message(&bench.server.asked()[1], 5), @r"
    That was not good enough, for these reasons:
    | - Slide 3: the headline is cut off.

    Write the whole answer again, in the same shape and under the same task. Mend what the reasons name, keep what is good, and add no figure that is not in the material.
    ");
    assert_eq!(bench.server.asked()[1].body["messages"][4]["role"], json!("assistant"));
}

#[tokio::test]
async fn who_would_write_the_same_again_says_so() {
    let (brief, writer) = (brief_at(Stage::Outline), OfflineWriter::new());
    let bench = Bench::new().await;
    bench.server.reply(Reply::chat(answer(Stage::Outline)));
    let draft = bench.write(&brief, Strategy::Narrative).await.unwrap();
    assert!(writer.rewrite(&brief, Strategy::Narrative, &draft, &[]).is_none());
}
