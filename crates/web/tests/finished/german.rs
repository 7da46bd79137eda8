//! The pages in German: what the inner crates say in English is said in German there.

use domain::Stage;

use crate::bench::Bench;

/// A text as a page writes it.
fn escaped(text: &str) -> String {
    let text = text.replace('&', "&#38;").replace('<', "&#60;").replace('>', "&#62;");
    text.replace('"', "&#34;").replace('\'', "&#39;")
}

#[tokio::test(flavor = "multi_thread")]
async fn every_score_and_every_refusal_is_told_in_german() {
    let bench = Bench::new().await;
    let ready = bench.ready().await;
    bench.post(&bench.owner, "/account/language", &[("language", "de")]).await;
    let path = format!("/carousels/{}", ready.id);
    let mut praised = 0;
    for stage in Stage::ALL {
        let page = bench.get(&bench.owner, &format!("{path}/stages/{stage}")).await.text();
        let evidence = page.split("<p class=\"evidence\">").skip(1);
        let evidence = evidence.filter_map(|rest| rest.split("</p>").next());
        let evidence: Vec<&str> = evidence.flat_map(|line| line.split(" · ")).collect();
        assert!(!evidence.is_empty(), "{stage} says what was seen");
        let view = bench.studio.stage_view(bench.actor, ready.id, *stage, None).await;
        for one in view.expect("it was written").variants {
            for dimension in one.variant.score.dimensions {
                let advice = format!("<p>{}</p>", escaped(&dimension.advice));
                assert!(!page.contains(&advice), "{stage}: {}", dimension.advice);
                let english = dimension.evidence.iter().find(|seen| evidence.contains(&&*escaped(seen)));
                assert_eq!(english, None, "{stage}");
            }
        }
        praised += page.matches("<p>Hier muss sich nichts ändern.</p>").count();
    }
    assert!(praised > 0);

    let path = |to: &str| format!("{path}/{to}");
    refused(&bench, "/tokens", &[("name", " "), ("scope", "editor")], "Name: ist leer; gib einen Namen an.")
        .await;
    let long = "x".repeat(91);
    let says = "Folie 2, Überschrift: hat 91 Zeichen; höchstens 90 passen.";
    refused(&bench, &path("stages/copy/revision"), &[("/slides/1/headline", long.as_str())], says).await;
    let swapped = ["2", "1", "3", "4", "5"].map(|n| ("order", n));
    let says = "Reihenfolge: verschiebt den Titel; er bleibt die erste Folie.";
    refused(&bench, &path("order"), &swapped, says).await;
    let says =
        "Nichts ist fehlgeschlagen, also gibt es nichts noch einmal zu versuchen (das Karussell ist fertig).";
    refused(&bench, &path("retry"), &[], says).await;
    let nobodys = "/carousels/018f0000-0000-7000-8000-000000000000/archive";
    refused(&bench, nobodys, &[], "Dieses Karussell gibt es in diesem Arbeitsbereich nicht.").await;
}

async fn refused(bench: &Bench, to: &str, form: &[(&str, &str)], says: &str) {
    let answer = bench.post(&bench.owner, to, form).await;
    assert!(answer.status.is_client_error(), "{to}: {}", answer.status);
    assert!(answer.text().contains(says), "{to}: {}", answer.text());
}
