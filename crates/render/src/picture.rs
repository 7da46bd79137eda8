//! Pictures: measured before they are decoded, and never larger than memory allows.

use std::io::Cursor;

use domain::content::{Color, Palette};
use imagesize::ImageType;
use takumi::prelude::ImageSource;

use crate::palette::{DISPLAY_CONTRAST, TEXT_CONTRAST, mix};

/// Largest file of a picture, in bytes.
const MOST_BYTES: usize = 24 << 20;
/// Most pixels of a side, and of the whole: decoded, a pixel takes four bytes.
const MOST_SIDE: usize = 8_192;
const MOST_PIXELS: usize = 36_000_000;
/// A picture's brightness is looked at in a grid of this many cells a side.
const GRID: u32 = 24;

/// A decoded picture.
#[derive(Clone, Debug)]
pub(crate) struct Picture {
    pub(crate) source: ImageSource,
    pub(crate) width: u32,
    pub(crate) height: u32,
}

/// What a picture is, found in its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PictureFacts {
    pub media_type: &'static str,
    /// In pixels.
    pub width: u32,
    pub height: u32,
}

/// Whether slides can show these bytes: a still JPEG, PNG or WebP of bearable size that decodes.
///
/// # Errors
/// Why not, as the end of a sentence: `it is broken (...)`.
pub fn examine_picture(bytes: &[u8]) -> Result<PictureFacts, String> {
    let picture = decode(bytes)?;
    let media_type = match imagesize::image_type(bytes) {
        Ok(ImageType::Jpeg) => "image/jpeg",
        Ok(ImageType::Png) => "image/png",
        _ => "image/webp",
    };
    Ok(PictureFacts { media_type, width: picture.width, height: picture.height })
}

/// Decodes a JPEG, PNG or WebP after its size was found bearable.
pub(crate) fn decode(bytes: &[u8]) -> Result<Picture, String> {
    if bytes.len() > MOST_BYTES {
        return Err(format!(
            "it has {} bytes; at most {MOST_BYTES} are read, so make it smaller",
            bytes.len()
        ));
    }
    let kind = imagesize::image_type(bytes).map_err(|_| unknown())?;
    if !matches!(kind, ImageType::Jpeg | ImageType::Png | ImageType::Webp) {
        return Err(unknown());
    }
    if is_animated(bytes) {
        return Err("it is animated; use a still picture".to_owned());
    }
    let size =
        imagesize::reader_size(Cursor::new(bytes)).map_err(|error| format!("it is broken ({error})"))?;
    if size.width > MOST_SIDE || size.height > MOST_SIDE || size.width * size.height > MOST_PIXELS {
        return Err(format!(
            "it has {} x {} pixels; at most {MOST_SIDE} a side and {} million in all are read, so make it smaller",
            size.width,
            size.height,
            MOST_PIXELS / 1_000_000
        ));
    }
    let source = ImageSource::from_bytes(bytes).map_err(|error| format!("it is broken ({error})"))?;
    let ImageSource::Bitmap(bitmap) = &source else { return Err(unknown()) };
    let (width, height) = (bitmap.width(), bitmap.height());
    if width == 0 || height == 0 {
        return Err("it is empty".to_owned());
    }
    Ok(Picture { width, height, source })
}

fn unknown() -> String {
    "it is neither JPEG, PNG nor WebP; save it as one of them".to_owned()
}

fn is_animated(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(4_096)];
    let holds = |mark: &[u8]| head.windows(mark.len()).any(|window| window == mark);
    (bytes.starts_with(b"\x89PNG") && holds(b"acTL")) || (bytes.starts_with(b"RIFF") && holds(b"ANIM"))
}

/// The colour of the veil over a picture, and how strongly it must cover it until the palette's
/// text reads on its busiest parts: 0 (not at all) to 1.
pub(crate) fn scrim(picture: &Picture, palette: &Palette) -> (Color, f64) {
    let veil = veil(palette);
    let cells = cells(picture);
    let reads = |strength: f64| {
        cells.iter().all(|cell| {
            let covered = mix(*cell, veil, strength);
            // Themes set nothing smaller than display type in the accent on a picture.
            [palette.text, palette.muted].iter().all(|ink| ink.contrast(covered) >= TEXT_CONTRAST)
                && palette.accent.contrast(covered) >= DISPLAY_CONTRAST
        })
    };
    let strength = (6..=19).map(|step| f64::from(step) / 20.0).find(|strength| reads(*strength));
    (veil, strength.unwrap_or(0.97))
}

/// The background's colour, driven towards black under light text and towards white under dark
/// text: the further it is from the text, the more of the picture is left.
fn veil(palette: &Palette) -> Color {
    let dark = Color { red: 0, green: 0, blue: 0 };
    let light = Color { red: 255, green: 255, blue: 255 };
    let end = if palette.text.luminance() > palette.background.luminance() { dark } else { light };
    mix(palette.background, end, 0.7)
}

fn cells(picture: &Picture) -> Vec<Color> {
    let ImageSource::Bitmap(bitmap) = &picture.source else { return Vec::new() };
    let at = |n: u32, size: u32| (u64::from(2 * n + 1) * u64::from(size) / u64::from(2 * GRID)) as u32;
    (0..GRID * GRID)
        .map(|n| bitmap.pixel(at(n % GRID, picture.width), at(n / GRID, picture.height)))
        .map(|[red, green, blue, _]| Color { red, green, blue })
        .collect()
}
