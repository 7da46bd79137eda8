//! What a person may bring by mistake or on purpose: each gets a sentence that names the slide, in
//! bounded time and memory, and the other slides stay.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a helper that fails is a failed test")]

use std::fs;

use domain::content::ThemeName;
use domain::{CheckKind, Deck, Format};
use render::{Assets, Encoding, RenderError, Renderer};

mod decks;

fn renderer() -> Renderer {
    Renderer::new(None).unwrap()
}

fn with_picture(renderer: &Renderer, bytes: Vec<u8>) -> (Deck, Assets) {
    let theme = renderer.themes().next().unwrap();
    let mut deck = render::sample_deck(theme, Format::Portrait);
    deck.slides.truncate(3);
    deck.slides[1].picture = Some(decks::photo_id());
    (deck, [(decks::photo_id(), bytes)].into())
}

/// The sentence about slide 2, after seeing that slides 1 and 3 were rendered.
fn complaint(renderer: &Renderer, deck: &Deck, assets: &Assets) -> String {
    let mut slides = renderer.render(deck, assets, Encoding::PngFast).unwrap();
    assert!(slides[0].is_ok() && slides[2].is_ok());
    let complaint = slides.remove(1).unwrap_err().to_string();
    assert!(complaint.starts_with("slide 2: "), "{complaint}");
    let checks = renderer.check(deck, assets).unwrap();
    assert!(checks.iter().any(|check| check.slide == 2 && !check.passed && check.message == complaint));
    assert!(checks.iter().filter(|check| check.slide != 2).all(|check| check.passed));
    let pdf = renderer.pdf(deck, assets, "broken", &[]).unwrap_err().to_string();
    assert_eq!(pdf, complaint);
    complaint
}

/// A PNG that says it has these dimensions and holds next to nothing.
fn png_of(width: u32, height: u32) -> Vec<u8> {
    let mut png = decks::photo(2, 2);
    png[16..20].copy_from_slice(&width.to_be_bytes());
    png[20..24].copy_from_slice(&height.to_be_bytes());
    png
}

#[test]
fn broken_huge_missing_and_foreign_pictures_are_named() {
    let renderer = renderer();
    let mut cut = decks::photo(400, 400);
    cut.truncate(700);
    let cases = [
        (b"not a picture at all".to_vec(), "neither JPEG, PNG nor WebP"),
        (Vec::new(), "neither JPEG, PNG nor WebP"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(), "neither JPEG, PNG nor WebP"),
        (b"GIF89a\x01\x00\x01\x00\x00\x00\x00".to_vec(), "neither JPEG, PNG nor WebP"),
        (cut, "it is broken"),
        (png_of(10_000, 10_000), "10000 x 10000 pixels"),
        (png_of(60_000, 60_000), "60000 x 60000 pixels"),
        (png_of(8_000, 8_000), "8000 x 8000 pixels"),
        (png_of(5_000, 5_000), "it is broken"),
        (vec![0xff; 30 << 20], "31457280 bytes"),
    ];
    for (bytes, expected) in cases {
        let (deck, assets) = with_picture(&renderer, bytes);
        let complaint = complaint(&renderer, &deck, &assets);
        assert!(complaint.contains(expected), "{complaint}");
    }
    let (deck, _) = with_picture(&renderer, Vec::new());
    assert!(complaint(&renderer, &deck, &Assets::new()).contains("is not among the carousel's files"));
}

#[test]
fn a_small_picture_is_a_failed_check() {
    let renderer = renderer();
    let (deck, assets) = with_picture(&renderer, decks::photo(120, 150));
    let checks = renderer.check(&deck, &assets).unwrap();
    let failed: Vec<_> = checks.iter().filter(|check| !check.passed).collect();
    assert_eq!(failed.len(), 1);
    assert_eq!(failed[0].kind, CheckKind::PictureTooSmall);
    assert!(failed[0].message.contains("120 x 150 pixels"), "{}", failed[0].message);
}

#[test]
fn a_megabyte_of_headline_is_refused_before_it_costs() {
    let renderer = renderer();
    let (mut deck, assets) = with_picture(&renderer, decks::photo(1200, 1500));
    deck.slides[1].headline = "word ".repeat(200_000);
    let complaint = complaint(&renderer, &deck, &assets);
    assert!(complaint.contains("the headline has 1000000 characters"), "{complaint}");
}

#[test]
fn text_just_under_the_hard_limit_is_only_an_overflow() {
    let renderer = renderer();
    let (mut deck, assets) = with_picture(&renderer, decks::photo(1200, 1500));
    deck.slides[1].headline = "W".repeat(2_000);
    deck.slides[1].body = Some("\u{202e}\u{0}\u{7}".repeat(500));
    let checks = renderer.check(&deck, &assets).unwrap();
    assert!(checks.iter().any(|check| check.kind == CheckKind::Overflow && !check.passed));
    assert!(renderer.render(&deck, &assets, Encoding::PngFast).unwrap().iter().all(Result::is_ok));
}

#[test]
fn decks_that_are_none_are_refused() {
    let renderer = renderer();
    let (mut deck, assets) = with_picture(&renderer, Vec::new());
    let index = renderer.render_slide(&deck, 3, &assets, Encoding::Jpeg).unwrap_err();
    assert_eq!(index.to_string(), "there is no slide 4; the carousel has 3");
    deck.slides = vec![deck.slides[0].clone(); 21];
    assert!(matches!(renderer.check(&deck, &assets), Err(RenderError::TooManySlides(21))));
    deck.slides.clear();
    assert!(matches!(renderer.check(&deck, &assets), Err(RenderError::NoSlides)));
    assert!(matches!(renderer.render(&deck, &assets, Encoding::Jpeg), Err(RenderError::NoSlides)));
    assert!(matches!(renderer.pdf(&deck, &assets, "", &[]), Err(RenderError::NoSlides)));
    let (mut deck, _) = with_picture(&renderer, Vec::new());
    deck.theme = ThemeName("../../etc".to_owned());
    let unknown = renderer.check(&deck, &assets).unwrap_err().to_string();
    assert_eq!(
        unknown,
        "there is no theme `../../etc`; choose one of modern_minimal, bold_vibrant, tech_professional"
    );
}

#[test]
fn characters_without_a_glyph_are_named_with_a_font_pack() {
    let renderer = renderer();
    let (mut deck, assets) = with_picture(&renderer, decks::photo(1200, 1500));
    deck.slides[0].headline = "नमस्ते world".to_owned();
    deck.slides[2].headline = "日本 and \u{10ffff}".to_owned();
    let checks = renderer.check(&deck, &assets).unwrap();
    let missing: Vec<_> =
        checks.iter().filter(|check| check.kind == CheckKind::MissingGlyph && !check.passed).collect();
    assert_eq!(missing.len(), 2);
    assert!(missing[0].message.starts_with("slide 1: no font has न म"), "{}", missing[0].message);
    assert!(missing[0].message.contains("fonts-noto-core"));
    assert!(missing[1].message.contains("日 本") && missing[1].message.contains("fonts-noto-cjk"));
    assert_eq!(missing[1].measured, 3.0);
}

#[test]
fn broken_and_lying_fonts_are_refused_and_sound_ones_copied() {
    let fonts = concat!(env!("CARGO_MANIFEST_DIR"), "/fonts");
    let sound = fs::read(format!("{fonts}/geist/Geist.ttf")).unwrap();
    let (from, data) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let refused = |bytes: &[u8]| {
        let file = from.path().join("bad.ttf");
        fs::write(&file, bytes).unwrap();
        render::add_fonts(&file, data.path()).unwrap_err().to_string()
    };
    assert!(refused(b"").contains("it is not a font"));
    assert!(refused(&sound[..2_000]).contains("bad.ttf"));
    assert!(refused(&blanked(&sound, b"glyf")).contains("it draws only"));
    fs::write(from.path().join("good.ttf"), &sound).unwrap();
    fs::write(from.path().join("notes.txt"), "no font").unwrap();
    let added = render::add_fonts(from.path(), data.path()).unwrap();
    assert_eq!(added.len(), 1);
    assert_eq!(added[0].families, ["Geist"]);
    assert!(added[0].characters > 500);
    fs::write(data.path().join("fonts/later.otf"), b"OTTO broken").unwrap();
    let renderer = Renderer::new(Some(data.path())).unwrap();
    assert_eq!(renderer.warnings().len(), 1);
    assert!(renderer.warnings()[0].contains("later.otf"), "{:?}", renderer.warnings());
}

/// The font with one of its tables filled with zeros.
fn blanked(font: &[u8], table: &[u8; 4]) -> Vec<u8> {
    let mut blank = font.to_vec();
    let count = usize::from(u16::from_be_bytes([font[4], font[5]]));
    let record = (0..count).map(|n| 12 + n * 16).find(|at| font[*at..*at + 4] == *table).unwrap();
    let number = |at: usize| u32::from_be_bytes(font[at..at + 4].try_into().unwrap()) as usize;
    let (start, length) = (number(record + 8), number(record + 12));
    blank[start..start + length].fill(0);
    blank
}
