//! The small values that come from outside, as JSON or words: what is taken, and what a refusal says.

use domain::{
    CarouselId, Format, Language, Mode, SlideCount, SourceKind, Stage, Stars, Strategy, VariantId, WrittenBy,
};
use proptest::prelude::*;

#[test]
fn a_carousel_has_two_to_ten_slides() {
    for count in 0..=u8::MAX {
        let taken = SlideCount::try_from(count);
        let json = serde_json::from_str::<SlideCount>(&count.to_string());
        if (2..=10).contains(&count) {
            assert_eq!(taken.unwrap().get(), usize::from(count));
            assert_eq!(serde_json::to_string(&json.unwrap()).unwrap(), count.to_string());
        } else {
            let refusal = format!("a carousel has 2 to 10 slides, not {count}");
            assert_eq!(taken.unwrap_err().to_string(), refusal);
            assert!(json.unwrap_err().to_string().starts_with(&refusal));
        }
    }
    assert_eq!(SlideCount::default().get(), 8);
}

#[test]
fn a_rating_has_one_to_five_stars() {
    let taken: Vec<u8> = (0..=u8::MAX).filter(|stars| Stars::try_from(*stars).is_ok()).collect();
    assert_eq!(taken, [1, 2, 3, 4, 5]);
    let refusal = serde_json::from_str::<Stars>("6").unwrap_err().to_string();
    assert!(refusal.starts_with("a rating is 1 to 5 stars, not 6"), "{refusal}");
}

#[test]
fn a_language_is_two_letters_in_json_too() {
    for (given, code) in [("\"de\"", "de"), ("\" EN \"", "en"), ("\"xx\"", "xx")] {
        assert_eq!(serde_json::from_str::<Language>(given).unwrap().code(), code);
    }
    for wrong in ["", "e", "eng", "e1", "日本", "de-AT", "\u{0}\u{0}"] {
        let json = serde_json::to_string(wrong).unwrap();
        let refusal = serde_json::from_str::<Language>(&json).unwrap_err().to_string();
        let sentence = format!("`{wrong}` is not a language code; use two letters, such as en or de");
        assert_eq!(refusal, sentence);
    }
    let from_right: Vec<Language> = ["ar", "he", "fa", "de", "ja"]
        .map(|code| code.parse::<Language>().unwrap())
        .into_iter()
        .filter(Language::is_right_to_left)
        .collect();
    assert_eq!(from_right.iter().map(Language::code).collect::<Vec<_>>(), ["ar", "he", "fa"]);
}

#[test]
fn an_id_is_a_plain_uuid_in_words_and_json() {
    let text = "0190b6c1-4a5e-7c3d-8f00-0123456789ab";
    let id: CarouselId = text.parse().unwrap();
    assert_eq!(id.to_string(), text);
    assert_eq!(serde_json::to_string(&id).unwrap(), format!("\"{text}\""));
    assert_eq!(serde_json::from_str::<CarouselId>(&format!("\"{text}\"")).unwrap(), id);
    for wrong in ["", "1", "../../etc", "0190b6c1-4a5e-7c3d-8f00-0123456789a", "é"] {
        assert!(wrong.parse::<VariantId>().is_err(), "{wrong}");
    }
}

#[test]
fn formats_have_the_sizes_that_their_names_say() {
    for format in Format::ALL {
        let (width, height) = format.size();
        let (across, down) = format.name().split_once('x').unwrap();
        let (across, down): (u32, u32) = (across.parse().unwrap(), down.parse().unwrap());
        assert_eq!((width, width * down), (1080, height * across), "{format}");
    }
}

#[test]
fn every_name_is_read_back_in_words_and_json() {
    fn check<T>(all: &[T])
    where
        T: Copy + PartialEq + std::fmt::Debug + std::fmt::Display + std::str::FromStr,
        T: serde::Serialize + for<'de> serde::Deserialize<'de>,
    {
        for one in all {
            let json = serde_json::to_string(one).unwrap();
            assert_eq!(json, format!("\"{one}\""));
            assert_eq!(serde_json::from_str::<T>(&json).unwrap(), *one);
            assert_eq!(one.to_string().parse::<T>().ok(), Some(*one));
        }
    }
    check(Stage::ALL);
    check(Strategy::ALL);
    check(Format::ALL);
    check(Mode::ALL);
    check(SourceKind::ALL);
}

#[test]
fn a_variant_says_who_wrote_it() {
    let edited_from = VariantId(uuid::Uuid::from_u128(1));
    let writers = [
        (WrittenBy::Offline { version: "1".into() }, "offline"),
        (
            WrittenBy::Model { model: "some/model".into(), prompt_version: "3".into(), seed: None },
            "some/model",
        ),
        (WrittenBy::Person { member: None, edited_from }, "person"),
    ];
    for (writer, name) in writers {
        assert_eq!(writer.name(), name);
        let json = serde_json::to_value(&writer).unwrap();
        assert_eq!(serde_json::from_value::<WrittenBy>(json).unwrap(), writer);
    }
}

proptest! {
    #[test]
    fn any_words_are_a_language_or_a_refusal(words in ".{0,6}|[ a-zA-Z]{0,4}") {
        let two_letters = {
            let trimmed = words.trim();
            trimmed.len() == 2 && trimmed.bytes().all(|byte| byte.is_ascii_alphabetic())
        };
        prop_assert_eq!(words.parse::<Language>().is_ok(), two_letters);
    }
}
