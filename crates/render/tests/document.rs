//! The PDF: a page a slide, its text as text, its alt text, and no soft hyphen in either.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a helper that fails is a failed test")]

use std::io::Read;

use domain::{Format, Language};
use render::Renderer;

mod decks;

/// Everything that the file says, its compressed streams unpacked.
fn unpacked(pdf: &[u8]) -> Vec<u8> {
    let mut all = pdf.to_vec();
    let find = |from: usize, mark: &[u8]| {
        pdf[from..].windows(mark.len()).position(|window| window == mark).map(|at| from + at)
    };
    let mut at = 0;
    while let Some(start) = find(at, b"stream\n") {
        let end = find(start, b"endstream").unwrap();
        let mut stream = Vec::new();
        // A picture's or font's bytes that are no such stream are not text anyway.
        let _ = flate2::read::ZlibDecoder::new(&pdf[start + 7..end]).read_to_end(&mut stream);
        all.extend(stream);
        at = end + 9;
    }
    all
}

fn count(bytes: &[u8], mark: &str) -> usize {
    bytes.windows(mark.len()).filter(|window| *window == mark.as_bytes()).count()
}

#[test]
fn every_slide_is_a_tagged_page_with_its_alt_text() {
    let renderer = Renderer::new(None).unwrap();
    for theme in renderer.themes() {
        let deck = decks::long(theme, Format::Portrait, Language::GERMAN);
        let alt: Vec<String> = (1..=9).map(|n| format!("Pictured number {n}, so\u{ad}ft")).collect();
        let pdf = renderer.pdf(&deck, &decks::assets(), "Nine slides", &alt).unwrap();
        let text = unpacked(&pdf);
        assert!(pdf.starts_with(b"%PDF-1.7"));
        assert_eq!(count(&text, "/MediaBox[0 0 810 1012.5]"), 9, "{}", theme.name);
        assert!(count(&text, "/StructTreeRoot") >= 1);
        assert!(count(&text, "Nine slides") >= 1);
        for n in 1..=9 {
            assert!(
                count(&text, &format!("Pictured number {n}, soft")) >= 1,
                "alt text {n} is not in the PDF"
            );
        }
        // What a reader copies goes through these maps; a soft hyphen would be in one.
        assert!(count(&text, "begincmap") > 0);
        assert_eq!(count(&text, "<00AD>") + count(&text, "<00ad>"), 0, "{}", theme.name);
    }
}

#[test]
fn characters_without_a_glyph_leave_their_space_and_not_an_error() {
    let renderer = Renderer::new(None).unwrap();
    let theme = renderer.themes().next().unwrap();
    let mut deck = decks::short(theme, Format::Square);
    deck.slides[0].headline = "नमस्ते world".to_owned();
    assert!(renderer.pdf(&deck, &decks::assets(), "blank", &[]).is_ok());
}
