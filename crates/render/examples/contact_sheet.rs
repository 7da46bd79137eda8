//! Contact sheets: every layout of a theme on one picture, to look at while a theme is made.
//!
//! `cargo run -p render --example contact_sheet -- OUT.png THEME [FORMAT] [DECK] [LANGUAGE] [PALETTE] [DATA]`
//!
//! DECK is `short`, `long`, `sample`, `arabic`, `asia`, `pictures`, or the `carousel.json` of a carousel that was
//! taken out, to see its words in another theme.

use std::error::Error;

use domain::content::ThemeName;
use domain::{Deck, Format};
use render::{Assets, Encoding, Renderer, Theme};

#[path = "../tests/decks/mod.rs"]
mod decks;

/// Slides beside one another, and the share of their size that they are shown at.
const COLUMNS: usize = 5;
const SHRINK: usize = 3;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let argument = |n: usize, default: &str| arguments.get(n).cloned().unwrap_or_else(|| default.to_owned());
    let renderer = Renderer::new(arguments.get(7).map(std::path::Path::new))?;
    for warning in renderer.warnings() {
        eprintln!("{warning}");
    }
    let theme = renderer.theme(&ThemeName(argument(2, "modern_minimal"))).ok_or("no such theme")?;
    let format: Format = argument(3, "4x5").parse()?;
    let mut deck = match argument(4, "sample").as_str() {
        "long" => decks::long(theme, format, argument(5, "de").parse()?),
        "short" => decks::short(theme, format),
        "arabic" => decks::arabic(theme, format),
        "asia" => decks::asia(theme, format),
        "pictures" => decks::pictures(theme, format),
        file if file.ends_with(".json") => exported(theme, format, file)?,
        _ => render::sample_deck(theme, format),
    };
    deck.palette = theme.palettes[argument(6, "0").parse::<usize>()?];
    let assets = decks::assets();
    for check in renderer.check(&deck, &assets)?.iter().filter(|check| !check.passed) {
        eprintln!("{}", check.message);
    }
    let out = argument(1, "sheet.png");
    let alt: Vec<String> = deck.slides.iter().map(|slide| slide.headline.clone()).collect();
    let bytes = match out.ends_with(".pdf") {
        true => renderer.pdf(&deck, &assets, "Contact sheet", &alt)?,
        false => sheet(&renderer, &deck, &assets)?,
    };
    std::fs::write(out, bytes)?;
    Ok(())
}

/// The deck of a carousel that was taken out, in this theme.
fn exported(theme: &Theme, format: Format, file: &str) -> Result<Deck, Box<dyn Error>> {
    let mut carousel: serde_json::Value = serde_json::from_slice(&std::fs::read(file)?)?;
    let deck: Deck = serde_json::from_value(carousel["deck"].take())?;
    let fonts = theme.fonts.clone();
    Ok(Deck { theme: theme.name.clone(), fonts, format, ..deck })
}

fn sheet(renderer: &Renderer, deck: &Deck, assets: &Assets) -> Result<Vec<u8>, Box<dyn Error>> {
    let (width, height) = deck.format.size();
    let (width, height) = (width as usize / SHRINK, height as usize / SHRINK);
    let slides = renderer.render(deck, assets, Encoding::PngFast)?;
    let rows = slides.len().div_ceil(COLUMNS);
    let gap = 12;
    let (sheet_width, sheet_height) = (COLUMNS * (width + gap) + gap, rows * (height + gap) + gap);
    let mut sheet = vec![120_u8; sheet_width * sheet_height * 3];
    for (n, slide) in slides.into_iter().enumerate() {
        let bytes = match slide {
            Ok(bytes) => bytes,
            Err(error) => {
                eprintln!("{error}");
                continue;
            }
        };
        let small = decks::shrunk(&bytes, SHRINK)?;
        let (left, top) = (gap + n % COLUMNS * (width + gap), gap + n / COLUMNS * (height + gap));
        for y in 0..height {
            let to = ((top + y) * sheet_width + left) * 3;
            let from = y * width * 3;
            sheet[to..to + width * 3].copy_from_slice(&small[from..from + width * 3]);
        }
    }
    let mut bytes = Vec::new();
    let mut encoder =
        png::Encoder::new(&mut bytes, u32::try_from(sheet_width)?, u32::try_from(sheet_height)?);
    encoder.set_color(png::ColorType::Rgb);
    encoder.write_header()?.write_image_data(&sheet)?;
    Ok(bytes)
}
