//! Pictures: what is asked for, what is taken as one, what it costs.

use llm::{Basis, ImageCall, Outcome, Reason, Settings};
use model_server::Reply;
use serde_json::json;

use crate::bench::{Bench, micro, payer, settings};

/// The first bytes of a JPEG, in base64.
const JPEG: &str = "/9j/4AAQSkZJRg==";
const PNG: &str = "iVBORw0KGgoAAAAN";

fn with_images() -> Settings {
    let mut settings = settings();
    settings.routing.image.models = vec!["painter".to_owned(), "other".to_owned()];
    settings
}

fn picture() -> ImageCall {
    ImageCall { seed: Some(7), ..ImageCall::new(payer(), "Navy gradient, no text", "4:5") }
}

#[tokio::test]
async fn a_picture_comes_as_bytes_with_its_kind() {
    let bench = Bench::with(with_images()).await;
    bench.server.reply(Reply::image(JPEG, Some("image/png"))).reply(Reply::image(PNG, None));
    let image = bench.gateway.image(picture()).await.unwrap();
    assert_eq!(
        (image.media_type, &image.bytes[..3], image.model.as_str()),
        ("image/jpeg", &[0xff, 0xd8, 0xff][..], "painter")
    );
    assert_eq!(image.cost(), micro(40_000));
    assert_eq!(bench.gateway.image(picture()).await.unwrap().media_type, "image/png");
    let asked = &bench.server.asked()[0];
    assert_eq!(asked.path, "/images");
    assert_eq!(
        asked.body,
        json!({"model": "painter", "prompt": "Navy gradient, no text", "n": 1, "aspect_ratio": "4:5",
        "resolution": "1K", "output_format": "jpeg", "seed": 7})
    );
}

#[tokio::test]
async fn what_is_no_picture_leads_to_the_next_model() {
    let bench = Bench::with(with_images()).await;
    bench
        .server
        .reply(Reply::json(&json!({"data": []})))
        .reply(Reply::image("PHN2Zz4=", None))
        .reply(Reply::image(JPEG, None));
    assert_eq!(bench.gateway.image(picture()).await.unwrap().model, "other");
    assert_eq!(bench.models_asked(), ["painter", "painter", "other"]);
    assert_eq!(bench.outcomes(), [Outcome::Invalid, Outcome::Invalid, Outcome::Answered]);
    let first = &bench.purse.rows()[0];
    assert_eq!((first.basis, first.cost), (Basis::WorstCase, micro(200_000)), "the floor for one image");
}

#[tokio::test]
async fn errors_are_those_of_every_call() {
    let bench = Bench::with(with_images()).await;
    bench.server.reply(Reply::error(403, "permission_denied"));
    let failed = bench.gateway.image(picture()).await.unwrap_err();
    assert!(matches!(failed.reason, Reason::Refused { .. }), "{failed}");
    assert_eq!(bench.purse.spent(), micro(0));
    let failed = Bench::plain(with_images()).await.gateway.image(picture()).await.unwrap_err();
    assert_eq!(failed.reason, Reason::NoModel { what: "images".to_owned() });
}

#[tokio::test]
async fn a_model_gets_only_what_its_list_says_and_its_price_is_reserved() {
    let bench = Bench::with(with_images()).await;
    bench.server.list("/models", model_server::model_list(&[model_server::Listed::new("one")]));
    let painter = json!({"id": "painter", "supported_parameters": {"aspect_ratio": {"type": "enum"}, "n": {}},
        "pricing": [{"billable": "output", "unit": "image", "cost_usd": 0.05, "variant": "1K"}, {"unit": "token", "cost_usd": 9}]});
    bench.server.list("/images/models", json!({"data": [painter]}));
    let probed = bench.gateway.probe(payer()).await.unwrap();
    assert!(probed.capabilities.images);
    assert_eq!(bench.gateway.routing().image.models, ["painter"], "the other is not listed");
    bench.server.reply(Reply::image(JPEG, None));
    bench.gateway.image(picture()).await.unwrap();
    assert_eq!(
        bench.server.asked()[0].body,
        json!({"model": "painter", "prompt": "Navy gradient, no text", "n": 1, "aspect_ratio": "4:5"})
    );
    assert_eq!(bench.purse.rows()[0].reserved, micro(50_000));
}
