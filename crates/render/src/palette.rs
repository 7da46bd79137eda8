//! Colours from one brand colour, with the contrast that reading needs.

use domain::content::{Color, Palette};

/// Least contrast of text by WCAG 2.2 AA.
pub(crate) const TEXT_CONTRAST: f64 = 4.5;
/// Least contrast of large display text by WCAG 2.2 AA.
pub(crate) const DISPLAY_CONTRAST: f64 = 3.0;

const BLACK: Color = Color { red: 16, green: 16, blue: 18 };
const WHITE: Color = Color { red: 255, green: 255, blue: 255 };

/// A palette around a brand colour, on the base palette's background.
///
/// The accent is the brand colour, moved towards black or white only as far as it
/// must go to stand out as text on background and surface (4.5:1); the text on
/// it keeps 4.5:1 too. Background, surface, text and muted stay the base's.
#[must_use]
pub fn palette_from_brand(brand: Color, base: &Palette) -> Palette {
    let on_light = base.background.luminance() > 0.18;
    let target = if on_light { BLACK } else { WHITE };
    let reads = |accent: Color| {
        accent.contrast(base.background) >= TEXT_CONTRAST && accent.contrast(base.surface) >= TEXT_CONTRAST
    };
    let accent = (0..=40)
        .map(|step| mix(brand, target, f64::from(step) / 40.0))
        .find(|accent| reads(*accent) && best_on(*accent).contrast(*accent) >= TEXT_CONTRAST)
        .unwrap_or(target);
    Palette { accent, on_accent: best_on(accent), ..*base }
}

/// The palette for words on a photograph: light on dark, whichever way the palette itself is,
/// since a darkened photograph keeps its depth and a whitened one fades.
pub(crate) fn on_picture(palette: &Palette) -> Palette {
    /// Contrast of the accent with the dark, so that a picture shows through before it is lost.
    const ACCENT_CONTRAST: f64 = 10.0;
    let is_dark = palette.background.luminance() < palette.text.luminance();
    let (dark, light) = if is_dark { (palette.background, palette.text) } else { (palette.text, WHITE) };
    let background = mix(dark, BLACK, 0.5);
    let accent = (0..=20)
        .map(|step| mix(palette.accent, WHITE, f64::from(step) / 20.0))
        .find(|accent| accent.contrast(background) >= ACCENT_CONTRAST)
        .unwrap_or(WHITE);
    Palette {
        background,
        surface: mix(background, light, 0.1),
        text: light,
        muted: light,
        accent,
        on_accent: best_on(accent),
    }
}

/// Black or white, whichever reads better on the colour.
fn best_on(color: Color) -> Color {
    if BLACK.contrast(color) > WHITE.contrast(color) { BLACK } else { WHITE }
}

/// The colour `share` of the way from one to the other, in sRGB.
pub(crate) fn mix(from: Color, to: Color, share: f64) -> Color {
    let channel = |a: u8, b: u8| (f64::from(a) + (f64::from(b) - f64::from(a)) * share).round() as u8;
    Color {
        red: channel(from.red, to.red),
        green: channel(from.green, to.green),
        blue: channel(from.blue, to.blue),
    }
}

#[cfg(test)]
mod tests {
    use super::{TEXT_CONTRAST, palette_from_brand};
    use domain::content::{Color, Palette};

    fn color(text: &str) -> Color {
        text.parse().unwrap()
    }

    #[test]
    fn any_brand_colour_keeps_its_contrast_on_light_and_dark() {
        let bases =
            [("#faf8f4", "#ffffff", "#1a1a1a", "#5f5a52"), ("#0b0f17", "#141b27", "#e8edf5", "#97a3b6")];
        for (background, surface, text, muted) in bases {
            let base = Palette {
                background: color(background),
                surface: color(surface),
                text: color(text),
                muted: color(muted),
                accent: color("#000000"),
                on_accent: color("#ffffff"),
            };
            for code in (0..=0xff_ff_ff).step_by(65_793 / 4) {
                let brand = color(&format!("#{code:06x}"));
                let palette = palette_from_brand(brand, &base);
                assert!(palette.accent.contrast(base.background) >= TEXT_CONTRAST, "{brand} on {background}");
                assert!(palette.accent.contrast(base.surface) >= TEXT_CONTRAST, "{brand} on {surface}");
                assert!(palette.on_accent.contrast(palette.accent) >= TEXT_CONTRAST, "text on {brand}");
            }
        }
    }

    #[test]
    fn a_brand_colour_that_reads_is_kept() {
        let base = Palette {
            background: color("#ffffff"),
            surface: color("#f4f4f4"),
            text: color("#111111"),
            muted: color("#555555"),
            accent: color("#000000"),
            on_accent: color("#ffffff"),
        };
        assert_eq!(palette_from_brand(color("#1d4ed8"), &base).accent, color("#1d4ed8"));
    }
}
