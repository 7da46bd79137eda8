//! Pixels into files.

use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use takumi::prelude::Bitmap;

use crate::error::Fault;

/// Instagram takes JPEG files of at most this many bytes.
const MOST_JPEG: usize = 8_000_000;
/// 90 with full colour resolution keeps text edges at 44 dB; 4:2:0 costs 4 to 7 dB on coloured
/// edges. Lower ones are only tried where a file would be too large to publish.
const QUALITIES: [u8; 4] = [90, 80, 65, 45];

/// What a slide is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// For publishing: sRGB, quality 90, 4:4:4, at most 8 MB.
    Jpeg,
    /// For a look: larger, in a twentieth of the time.
    PngFast,
    /// For a download.
    Png,
    /// For a live preview.
    Svg,
}

/// Encodes pixels; `Svg` is not one of the formats that has any.
pub(crate) fn encode(bitmap: &Bitmap, encoding: Encoding) -> Result<Vec<u8>, Fault> {
    match encoding {
        Encoding::Jpeg => jpeg(bitmap),
        Encoding::PngFast => png(bitmap, png::Compression::Fast),
        Encoding::Png => png(bitmap, png::Compression::Balanced),
        Encoding::Svg => Err(Fault::Encode("an SVG has no pixels".to_owned())),
    }
}

fn jpeg(bitmap: &Bitmap) -> Result<Vec<u8>, Fault> {
    let failed = |reason: String| Fault::Encode(reason);
    let side = |pixels: u32| u16::try_from(pixels).map_err(|error| failed(error.to_string()));
    let (width, height) = (side(bitmap.width())?, side(bitmap.height())?);
    for quality in QUALITIES {
        let mut bytes = Vec::with_capacity(512 << 10);
        let mut encoder = Encoder::new(&mut bytes, quality);
        encoder.set_sampling_factor(SamplingFactor::F_1_1);
        encoder
            .encode(bitmap.as_raw(), width, height, ColorType::Rgba)
            .map_err(|error| failed(error.to_string()))?;
        if bytes.len() <= MOST_JPEG {
            return Ok(bytes);
        }
    }
    Err(failed(format!("the JPEG is larger than {MOST_JPEG} bytes; take a calmer picture")))
}

fn png(bitmap: &Bitmap, compression: png::Compression) -> Result<Vec<u8>, Fault> {
    let failed = |error: png::EncodingError| Fault::Encode(error.to_string());
    let rgb: Vec<u8> =
        bitmap.as_raw().chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
    let mut bytes = Vec::with_capacity(rgb.len() / 8);
    let mut encoder = png::Encoder::new(&mut bytes, bitmap.width(), bitmap.height());
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(compression);
    encoder.set_source_srgb(png::SrgbRenderingIntent::Perceptual);
    encoder.write_header().map_err(failed)?.write_image_data(&rgb).map_err(failed)?;
    Ok(bytes)
}
