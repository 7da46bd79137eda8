//! The contract between writers and themes: whatever keeps within the limits fits every theme in
//! every format, at or above the theme's smallest sizes.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a helper that fails is a failed test")]

use domain::content::Palette;
use domain::{Check, Format, Language};
use render::{Assets, Renderer};

mod decks;

fn failures(checks: &[Check]) -> Vec<&str> {
    checks.iter().filter(|check| !check.passed).map(|check| check.message.as_str()).collect()
}

/// The longest texts of every field at once fit: all layouts, themes, formats, in both languages.
fn longest_texts_fit(format: Format) {
    let renderer = Renderer::new(None).unwrap();
    let assets = decks::assets();
    for theme in renderer.themes() {
        for language in [Language::GERMAN, Language::ENGLISH] {
            let deck = decks::long(theme, format, language);
            let checks = renderer.check(&deck, &assets).unwrap();
            assert_eq!(checks.len(), 6 * deck.slides.len());
            assert_eq!(failures(&checks), Vec::<&str>::new(), "{} {format} {language}", theme.name);
        }
    }
}

#[test]
fn longest_texts_fit_portrait() {
    longest_texts_fit(Format::Portrait);
}

#[test]
fn longest_texts_fit_square() {
    longest_texts_fit(Format::Square);
}

#[test]
fn longest_texts_fit_tall() {
    longest_texts_fit(Format::Tall);
}

#[test]
fn longest_texts_fit_story() {
    longest_texts_fit(Format::Story);
}

#[test]
fn shortest_right_to_left_and_pictured_decks_pass_in_every_palette() {
    let renderer = Renderer::new(None).unwrap();
    let assets = decks::assets();
    for theme in renderer.themes() {
        assert_eq!(theme.palettes.len(), 3, "{}", theme.name);
        for palette in &theme.palettes {
            let format = Format::Portrait;
            for mut deck in [
                decks::short(theme, format),
                decks::arabic(theme, format),
                decks::pictures(theme, format),
                render::sample_deck(theme, format),
            ] {
                deck.palette = *palette;
                let checks = renderer.check(&deck, &assets).unwrap();
                assert_eq!(failures(&checks), Vec::<&str>::new(), "{} {}", theme.name, palette.background);
            }
        }
    }
}

#[test]
fn palettes_keep_their_contrast() {
    let renderer = Renderer::new(None).unwrap();
    for palette in renderer.themes().flat_map(|theme| &theme.palettes) {
        let Palette { background, surface, text, muted, accent, on_accent } = *palette;
        for ground in [background, surface] {
            for ink in [text, muted, accent] {
                assert!(ink.contrast(ground) >= 4.5, "{ink} on {ground}: {:.2}", ink.contrast(ground));
            }
        }
        assert!(on_accent.contrast(accent) >= 4.5, "{on_accent} on {accent}");
    }
}

#[test]
fn a_slide_beyond_the_limits_says_how_many_words_are_too_many() {
    let renderer = Renderer::new(None).unwrap();
    for theme in renderer.themes() {
        let mut deck = decks::short(theme, Format::Portrait);
        let body = decks::text(Language::ENGLISH, 1_900, 0);
        deck.slides[1].body = Some(body.clone());
        let checks = renderer.check(&deck, &Assets::new()).unwrap();
        let messages = failures(&checks);
        let message = messages.iter().find(|message| message.starts_with("slide 2: about ")).unwrap();
        assert!(
            message.ends_with("words too many for `text`; shorten it or spread it over two slides"),
            "{message}"
        );
        let surplus: usize = message.split(' ').nth(3).unwrap().parse().unwrap();
        let words: Vec<&str> = body.split(' ').collect();
        // The count is "about": a tenth more is always enough, and half of it never is.
        let fits = |cut: usize| {
            let mut deck = deck.clone();
            deck.slides[1].body = Some(words[..words.len() - cut].join(" "));
            let checks = renderer.check(&deck, &Assets::new()).unwrap();
            checks.iter().filter(|check| check.slide == 2).all(|check| check.passed)
        };
        assert!(fits(surplus + surplus / 10 + 5), "{message}");
        assert!(!fits(surplus / 2), "{message}");
    }
}
