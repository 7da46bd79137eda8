//! Every theme and layout against a picture of it that a person looked at.
//!
//! Another processor may round a pixel differently, so the pictures are compared at a quarter of
//! their size with a tolerance: the mean difference stays under 0.5 of 255. After a wanted change
//! of a theme, look at `cargo run -p render --example contact_sheet`, then bless the new pictures
//! with `UPDATE_REFERENCES=1 cargo test -p render --test references`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a helper that fails is a failed test")]

use std::fs;
use std::path::{Path, PathBuf};

use domain::{Deck, Format};
use render::{Encoding, Renderer, Theme};

mod decks;

const SHRINK: usize = 4;
const TOLERANCE: f64 = 0.5;

/// One slide a layout: the sample's, and one with a photograph.
fn deck(theme: &Theme) -> Deck {
    let mut deck = render::sample_deck(theme, Format::Portrait);
    let image = decks::pictures(theme, Format::Portrait).slides.remove(2);
    let last = deck.slides.len() - 1;
    deck.slides.insert(last, image);
    deck
}

#[allow(
    clippy::disallowed_methods,
    reason = "a person blesses new references by this variable; tests take no flags"
)]
fn blessing() -> bool {
    std::env::var_os("UPDATE_REFERENCES").is_some()
}

#[test]
fn slides_look_as_they_were_approved() {
    let renderer = Renderer::new(None).unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/references");
    let mut differences = Vec::new();
    for theme in renderer.themes() {
        let deck = deck(theme);
        let slides = renderer.render(&deck, &decks::assets(), Encoding::PngFast).unwrap();
        assert_eq!(slides.len(), 9);
        for (slide, bytes) in deck.slides.iter().zip(slides) {
            let file = folder.join(theme.name.to_string()).join(format!("{}.png", slide.layout));
            let seen = decks::shrunk(&bytes.unwrap(), SHRINK).unwrap();
            if blessing() {
                bless(&file, &seen);
            }
            let difference = mean_difference(&seen, &approved(&file));
            if difference >= TOLERANCE {
                differences.push(format!("{} {}: {difference:.2}", theme.name, slide.layout));
            }
        }
    }
    assert!(differences.is_empty(), "these differ from their references: {differences:#?}");
}

fn approved(file: &PathBuf) -> Vec<u8> {
    let bytes = fs::read(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    decks::shrunk(&bytes, 1).unwrap()
}

fn mean_difference(seen: &[u8], approved: &[u8]) -> f64 {
    assert_eq!(seen.len(), approved.len());
    let sum: u64 = seen.iter().zip(approved).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
    sum as f64 / seen.len() as f64
}

fn bless(file: &Path, pixels: &[u8]) {
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    let (width, height) = Format::Portrait.size();
    let mut encoder =
        png::Encoder::new(fs::File::create(file).unwrap(), width / SHRINK as u32, height / SHRINK as u32);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_compression(png::Compression::High);
    encoder.write_header().unwrap().write_image_data(pixels).unwrap();
}
