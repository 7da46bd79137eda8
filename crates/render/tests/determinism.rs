//! The same deck gives the same bytes, however it is rendered.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a helper that fails is a failed test")]

use domain::Format;
use render::{Encoding, Renderer};

mod decks;

fn in_threads<T: Send>(count: usize, work: impl FnOnce() -> T + Send) -> T {
    rayon::ThreadPoolBuilder::new().num_threads(count).build().unwrap().install(work)
}

#[test]
fn bytes_are_the_same_twice_with_any_threads_and_slide_by_slide() {
    let renderer = Renderer::new(None).unwrap();
    let again = Renderer::new(None).unwrap();
    let assets = decks::assets();
    for theme in renderer.themes() {
        let mut deck = decks::pictures(theme, Format::Portrait);
        deck.slides.extend(decks::long(theme, Format::Portrait, domain::Language::GERMAN).slides.drain(..3));
        let render = |renderer: &Renderer| -> Vec<Vec<u8>> {
            let slides = renderer.render(&deck, &assets, Encoding::Jpeg).unwrap();
            slides.into_iter().map(Result::unwrap).collect()
        };
        let alone = in_threads(1, || render(&renderer));
        let together = in_threads(2, || render(&again));
        assert!(alone == together, "{}: the bytes depend on the threads", theme.name);
        // The second and the sixth share their layout with a neighbour.
        for (index, slide) in alone.iter().enumerate().skip(1).step_by(4) {
            let single = renderer.render_slide(&deck, index, &assets, Encoding::Jpeg).unwrap();
            assert!(single == *slide, "{}: slide {} alone differs", theme.name, index + 1);
        }
        let pdf = |renderer: &Renderer| renderer.pdf(&deck, &assets, "Twice", &[]).unwrap();
        assert!(pdf(&renderer) == pdf(&again), "{}: the PDF differs", theme.name);
    }
}

#[test]
fn every_encoding_is_what_it_says() {
    let renderer = Renderer::new(None).unwrap();
    let theme = renderer.themes().next().unwrap();
    let deck = render::sample_deck(theme, Format::Story);
    let slide = |encoding| renderer.render_slide(&deck, 0, &Default::default(), encoding).unwrap();
    let jpeg = slide(Encoding::Jpeg);
    assert!(jpeg.starts_with(b"\xff\xd8\xff") && jpeg.len() < 8_000_000);
    for encoding in [Encoding::Png, Encoding::PngFast] {
        let png = slide(encoding);
        let info = png::Decoder::new(std::io::Cursor::new(&png)).read_info().unwrap().info().size();
        assert_eq!(info, (1080, 1920));
    }
    let svg = String::from_utf8(slide(Encoding::Svg)).unwrap();
    assert!(svg.starts_with("<svg") && svg.contains("viewBox=\"0 0 1080 1920\"") && svg.len() > 10_000);
}
