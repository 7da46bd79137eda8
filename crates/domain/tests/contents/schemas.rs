//! The JSON schemas that models and API clients are given, held against what serde reads and writes.

use std::sync::LazyLock;

use boon::{Compiler, Schemas};
use domain::content::{
    Block, Caption, Color, Copy, CopySlide, Fact, FactId, FactSource, FontPair, Hashtag, Hook, Layout,
    Outline, OutlineSlide, Palette, Research, Role, ThemeName, Visual,
};
use domain::{AssetId, Content, Stage};
use proptest::prelude::*;
use proptest::{collection::vec, option, sample::select};
use serde_json::Value;

/// The schemas compiled by a validator that nobody here wrote, in the order of `Stage::ALL`.
static COMPILED: LazyLock<(Schemas, Vec<boon::SchemaIndex>)> = LazyLock::new(|| {
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    let indices = Stage::ALL.iter().map(|stage| {
        let name = format!("{stage}.json");
        compiler.add_resource(&name, Content::schema(*stage)).unwrap();
        compiler.compile(&name, &mut schemas).unwrap()
    });
    let indices = indices.collect();
    (schemas, indices)
});

fn validate(stage: Stage, json: &Value) -> Result<(), String> {
    let (schemas, indices) = &*COMPILED;
    schemas.validate(json, indices[stage as usize]).map_err(|error| error.to_string())
}

/// Every object schema within a schema, with the path to it.
fn objects(schema: &Value, path: &str, found: &mut Vec<(String, Value)>) {
    match schema {
        Value::Object(map) => {
            if map.contains_key("properties") {
                found.push((path.to_owned(), schema.clone()));
            }
            map.iter().for_each(|(key, value)| objects(value, &format!("{path}/{key}"), found));
        }
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(n, value)| objects(value, &format!("{path}/{n}"), found));
        }
        _ => {}
    }
}

#[test]
fn a_schema_changes_only_on_purpose() {
    for stage in Stage::ALL {
        insta::assert_json_snapshot!(format!("schema_{stage}"), Content::schema(*stage));
    }
}

#[test]
fn no_object_takes_a_field_that_it_does_not_name() {
    for stage in Stage::ALL {
        let mut found = Vec::new();
        objects(&Content::schema(*stage), "", &mut found);
        assert!(!found.is_empty(), "{stage} has an object");
        for (path, object) in found {
            assert_eq!(object["additionalProperties"], false, "{stage}{path}");
        }
    }
}

#[test]
fn the_schema_refuses_what_serde_refuses() {
    let samples = |stage| crate::samples::content(stage, 5).to_json();
    for stage in Stage::ALL {
        validate(*stage, &samples(*stage)).unwrap();
        let mut stray = samples(*stage);
        stray["colour"] = "red".into();
        assert!(validate(*stage, &stray).is_err(), "{stage} takes a stray field");
        assert!(Content::from_json(*stage, stray).is_err());
        for other in Stage::ALL.iter().filter(|other| *other != stage) {
            assert!(validate(*stage, &samples(*other)).is_err(), "{stage} takes the content of {other}");
            assert!(Content::from_json(*stage, samples(*other)).is_err(), "{stage} reads {other}");
        }
    }
    let mut visual = samples(Stage::Visual);
    visual["palette"]["accent"] = "red".into();
    assert!(validate(Stage::Visual, &visual).is_err());
    visual = samples(Stage::Visual);
    visual["layouts"][0] = "poster".into();
    assert!(validate(Stage::Visual, &visual).is_err());
}

fn text() -> impl Strategy<Value = String> {
    // Any characters, among them quotes, controls and those outside the first plane.
    "\\PC{0,24}|.{0,12}"
}

fn texts() -> impl Strategy<Value = Vec<String>> {
    vec(text(), 0..4)
}

fn fact_ids() -> impl Strategy<Value = Vec<FactId>> {
    vec(text().prop_map(FactId), 0..3)
}

fn research() -> impl Strategy<Value = Content> {
    let source = prop_oneof![
        text().prop_map(|text| FactSource::Sentence { text }),
        (text(), option::of(text())).prop_map(|(url, title)| FactSource::Url { url, title }),
    ];
    let fact = (text(), text(), source, option::of(text()), any::<bool>()).prop_map(
        |(id, claim, source, date, unconfirmed)| Fact { id: FactId(id), claim, source, date, unconfirmed },
    );
    (text(), vec(fact, 0..4), texts(), texts(), texts()).prop_map(
        |(angle, facts, questions, visual_ideas, sources)| {
            Content::Research(Research { angle, facts, questions, visual_ideas, sources })
        },
    )
}

fn outline() -> impl Strategy<Value = Content> {
    let slide = (select(Role::ALL), text(), text(), fact_ids()).prop_map(
        |(role, working_title, key_message, facts)| OutlineSlide { role, working_title, key_message, facts },
    );
    vec(slide, 0..5).prop_map(|slides| Content::Outline(Outline { slides }))
}

fn block() -> impl Strategy<Value = Block> {
    prop_oneof![
        texts().prop_map(|items| Block::Bullets { items, numbered_from: Some(1) }),
        (text(), text()).prop_map(|(value, label)| Block::Stat { value, label }),
        (text(), option::of(text())).prop_map(|(text, attribution)| Block::Quote { text, attribution }),
        (option::of(text()), text()).prop_map(|(language, code)| Block::Code { language, code }),
        (text(), texts(), text(), texts()).prop_map(|(left_title, left, right_title, right)| {
            Block::Comparison { left_title, left, right_title, right }
        }),
    ]
}

fn copy() -> impl Strategy<Value = Content> {
    let slide = (text(), option::of(text()), option::of(block()), fact_ids())
        .prop_map(|(headline, body, block, facts)| CopySlide { headline, body, block, facts });
    (vec(slide, 0..4), text())
        .prop_map(|(slides, call_to_action)| Content::Copy(Copy { slides, call_to_action }))
}

fn color() -> impl Strategy<Value = Color> {
    any::<(u8, u8, u8)>().prop_map(|(red, green, blue)| Color { red, green, blue })
}

fn visual() -> impl Strategy<Value = Content> {
    let palette = [color(), color(), color(), color(), color(), color()].prop_map(
        |[background, surface, text, muted, accent, on_accent]| Palette {
            background,
            surface,
            text,
            muted,
            accent,
            on_accent,
        },
    );
    let fonts = (text(), text()).prop_map(|(display, text)| FontPair { display, text });
    let asset = |bytes| AssetId(uuid::Uuid::from_u128(bytes));
    let backgrounds = vec(option::of(any::<u128>().prop_map(asset)), 0..4);
    (text(), palette, fonts, vec(select(Layout::ALL), 0..4), backgrounds).prop_map(
        |(theme, palette, fonts, layouts, backgrounds)| {
            Content::Visual(Visual { theme: ThemeName(theme), palette, fonts, layouts, backgrounds })
        },
    )
}

fn caption() -> impl Strategy<Value = Content> {
    (text(), vec(text().prop_map(Hashtag), 0..4), texts(), option::of(text())).prop_map(
        |(caption, hashtags, alt_text, first_comment)| {
            Content::Caption(Caption { caption, hashtags, alt_text, first_comment })
        },
    )
}

fn hook() -> impl Strategy<Value = Content> {
    (text(), option::of(text())).prop_map(|(headline, subline)| Content::Hook(Hook { headline, subline }))
}

proptest! {
    #[test]
    fn what_is_written_fits_the_schema_and_is_read_back_the_same(
        content in prop_oneof![research(), outline(), copy(), hook(), visual(), caption()]
    ) {
        let bare = content.to_json();
        if let Err(error) = validate(content.stage(), &bare) {
            return Err(TestCaseError::fail(format!("{error}\n{bare:#}")));
        }
        prop_assert_eq!(&Content::from_json(content.stage(), bare.clone()).unwrap(), &content);

        let tagged = serde_json::to_string(&content).unwrap();
        prop_assert_eq!(&serde_json::from_str::<Content>(&tagged).unwrap(), &content);
        let tagged: Value = serde_json::from_str(&tagged).unwrap();
        prop_assert_eq!(&tagged["stage"], content.stage().name());
        prop_assert_eq!(&tagged["content"], &bare);
    }
}
