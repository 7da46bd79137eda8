//! A carousel to look at: what `themes` previews and the benchmark renders.

use domain::content::{Block, Color, Layout, Palette, Role};
use domain::{Deck, Format, Language, Slide};
use serde::Deserialize;

use crate::error::{Fault, RenderError, SlideError};
use crate::theme::Theme;

/// The words of the sample, one slide a layout; the contents and names are those of a deck.
const SAMPLE: &str = include_str!("../data/sample.json");

#[derive(Deserialize)]
struct Words {
    role: Role,
    layout: Layout,
    headline: String,
    body: Option<String>,
    block: Option<Block>,
    call_to_action: Option<String>,
    source_note: Option<String>,
}

/// A landscape in a palette's own colours, as a PNG: what the layout for pictures is shown with.
///
/// # Errors
/// Where the encoder fails, which it does for want of memory alone.
pub fn sample_picture(palette: &Palette) -> Result<Vec<u8>, RenderError> {
    const WIDTH: u32 = 1080;
    const HEIGHT: u32 = 900;
    let (wide, high) = (f64::from(WIDTH), f64::from(HEIGHT));
    let mut pixels = Vec::with_capacity((WIDTH * HEIGHT * 3) as usize);
    for y in 0..HEIGHT {
        let down = f64::from(y) / high;
        let sky = mixed(palette.surface, palette.accent, 0.15 + 0.6 * down);
        for x in 0..WIDTH {
            let across = f64::from(x) / wide;
            let hills = [(0.62, 0.07, 1.7, 0.45), (0.76, 0.05, 2.6, 0.8)];
            let hill = hills.iter().rev().find(|(top, rise, waves, _)| {
                down > top + rise * (across * waves * std::f64::consts::TAU).sin()
            });
            let sun = (across - 0.72).hypot((down - 0.3) * high / wide) < 0.1;
            let color = match hill {
                Some((.., depth)) => mixed(palette.accent, palette.text, *depth),
                None if sun => palette.background,
                None => sky,
            };
            pixels.extend([color.red, color.green, color.blue]);
        }
    }
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, WIDTH, HEIGHT);
    encoder.set_color(png::ColorType::Rgb);
    let written = encoder.write_header().and_then(|mut writer| writer.write_image_data(&pixels));
    written.map_err(|error| SlideError { slide: 1, fault: Fault::Encode(error.to_string()) })?;
    Ok(bytes)
}

/// `part` of the way from one colour to another.
fn mixed(from: Color, to: Color, part: f64) -> Color {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between two bytes")]
    let mix = |a: u8, b: u8| (f64::from(a) + (f64::from(b) - f64::from(a)) * part).round() as u8;
    Color { red: mix(from.red, to.red), green: mix(from.green, to.green), blue: mix(from.blue, to.blue) }
}

/// A carousel of one slide a layout in a theme's default palette, without pictures.
#[must_use]
pub fn sample_deck(theme: &Theme, format: Format) -> Deck {
    let words: Vec<Words> = serde_json::from_str(SAMPLE).unwrap_or_default();
    let slides = words.into_iter().map(|words| Slide {
        role: words.role,
        layout: words.layout,
        headline: words.headline,
        body: words.body,
        block: words.block,
        call_to_action: words.call_to_action,
        source_note: words.source_note,
        picture: None,
    });
    Deck {
        format,
        language: Language::ENGLISH,
        theme: theme.name.clone(),
        palette: theme.palettes[0],
        fonts: theme.fonts.clone(),
        signature: Some("@slidewright".to_owned()),
        logo: None,
        slides: slides.collect(),
    }
}
