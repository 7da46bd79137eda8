//! Fonts that a person brings: read with distrust, and copied into the data folder.
//!
//! A broken font registers without an error and then draws nothing, so a font is
//! only taken when it names a family, maps characters, and draws the outlines of
//! a sample of them.

use std::fs;
use std::path::{Path, PathBuf};

use skrifa::color::ColorGlyphFormat;
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::string::StringId;
use skrifa::{FontRef, MetadataProvider};

use crate::coverage::Coverage;
use crate::error::RenderError;

/// Largest font file, in bytes: Noto's CJK collections have 20 MB and more.
const MOST_BYTES: u64 = 64 << 20;
/// Most faces of one collection that are read.
const MOST_FACES: u32 = 64;
/// How many of a font's characters are drawn to see that it does not lie.
const PROBES: usize = 24;

/// A font that was copied into the data folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Added {
    pub file: PathBuf,
    pub families: Vec<String>,
    /// How many characters it covers.
    pub characters: usize,
}

/// A font file that was read and found sound.
#[derive(Debug)]
pub(crate) struct SoundFont {
    pub(crate) bytes: Vec<u8>,
    pub(crate) families: Vec<String>,
    pub(crate) coverage: Coverage,
}

/// Copies the fonts of a folder, or one font file, into `<data>/fonts`, each after it was found
/// sound; returns what was added.
///
/// # Errors
/// Where the folder can't be read or written, where a single named file is not a sound font, or
/// where a folder holds none. In a folder with others an unsound font is left out.
pub fn add_fonts(from: &Path, data: &Path) -> Result<Vec<Added>, RenderError> {
    let candidates = if from.is_dir() { files(from)? } else { vec![from.to_owned()] };
    let target = data.join("fonts");
    fs::create_dir_all(&target).map_err(|reason| RenderError::File { path: target.clone(), reason })?;
    let mut added = Vec::new();
    let mut first_refusal = None;
    for path in candidates {
        match copy(&path, &target) {
            Ok(one) => added.push(one),
            Err(refusal @ RenderError::Font { .. }) => first_refusal = first_refusal.or(Some(refusal)),
            Err(error) => return Err(error),
        }
    }
    match first_refusal {
        Some(refusal) if added.is_empty() => Err(refusal),
        None if added.is_empty() => Err(RenderError::Font {
            name: from.display().to_string(),
            reason: "there is no .ttf, .otf, .ttc, .woff or .woff2 file in it".to_owned(),
        }),
        _ => Ok(added),
    }
}

fn copy(path: &Path, target: &Path) -> Result<Added, RenderError> {
    let font = read(path)?;
    let name = path.file_name().unwrap_or_default();
    let file = target.join(name);
    let partial = target.join(format!(".{}.part", name.to_string_lossy()));
    let failed = |reason| RenderError::File { path: file.clone(), reason };
    fs::copy(path, &partial).map_err(failed)?;
    fs::rename(&partial, &file).map_err(failed)?;
    Ok(Added { file, families: font.families, characters: font.coverage.len() })
}

/// The font files of a folder, in order of their names; none where there is no folder.
pub(crate) fn files(folder: &Path) -> Result<Vec<PathBuf>, RenderError> {
    let failed = |reason| RenderError::File { path: folder.to_owned(), reason };
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let extension = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
        let is_font = matches!(extension.as_deref(), Some("ttf" | "otf" | "ttc" | "woff" | "woff2"));
        if is_font && path.is_file() {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// Reads a font file and sees that it is sound.
pub(crate) fn read(path: &Path) -> Result<SoundFont, RenderError> {
    let failed = |reason| RenderError::File { path: path.to_owned(), reason };
    let unsound = |reason: String| RenderError::Font { name: path.display().to_string(), reason };
    let size = fs::metadata(path).map_err(failed)?.len();
    if size > MOST_BYTES {
        return Err(unsound(format!("it has {size} bytes, more than the {MOST_BYTES} that are read")));
    }
    inspect(unpacked(fs::read(path).map_err(failed)?).map_err(unsound)?).map_err(unsound)
}

/// The plain font inside a WOFF or WOFF2 file.
fn unpacked(bytes: Vec<u8>) -> Result<Vec<u8>, String> {
    let plain = match bytes.get(..4) {
        Some(b"wOF2") => wuff::decompress_woff2(&bytes).map_err(|error| format!("{error:?}"))?,
        Some(b"wOFF") => wuff::decompress_woff1(&bytes).map_err(|error| format!("{error:?}"))?,
        _ => bytes,
    };
    Ok(plain)
}

fn inspect(bytes: Vec<u8>) -> Result<SoundFont, String> {
    let mut families: Vec<String> = Vec::new();
    let mut coverage = Coverage::default();
    let faces = match bytes.get(..12) {
        Some([b't', b't', b'c', b'f', _, _, _, _, count @ ..]) => {
            u32::from_be_bytes([count[0], count[1], count[2], count[3]]).min(MOST_FACES)
        }
        _ => 1,
    };
    for index in 0..faces {
        let face =
            FontRef::from_index(&bytes, index).map_err(|error| format!("it is not a font ({error})"))?;
        let family = family_of(&face).ok_or("it names no family")?;
        let covered = Coverage::of(&face);
        probe(&face, &covered)?;
        coverage.extend(&covered);
        if !families.contains(&family) {
            families.push(family);
        }
    }
    Ok(SoundFont { bytes, families, coverage })
}

/// The family's name, where it may stand in a stylesheet.
fn family_of(face: &FontRef<'_>) -> Option<String> {
    [StringId::TYPOGRAPHIC_FAMILY_NAME, StringId::FAMILY_NAME]
        .into_iter()
        .find_map(|id| face.localized_strings(id).english_or_first())
        .map(|name| name.to_string())
        .filter(|name| is_family_name(name))
}

/// Letters, digits, spaces and hyphens: nothing that could end a value in a stylesheet.
pub(crate) fn is_family_name(name: &str) -> bool {
    !name.trim().is_empty()
        && name.chars().count() <= 80
        && name.chars().all(|character| character.is_alphanumeric() || matches!(character, ' ' | '-' | '_'))
}

/// Sees that a sample of what the font maps is really drawn.
fn probe(face: &FontRef<'_>, covered: &Coverage) -> Result<(), String> {
    let letters: Vec<char> = covered
        .ranges()
        .iter()
        .flat_map(|&(from, to)| from..=to)
        .filter_map(char::from_u32)
        .filter(|character| character.is_alphanumeric())
        .collect();
    let has_pictures = !face.bitmap_strikes().is_empty() || has_flat_layers(face, covered);
    if letters.is_empty() && !has_pictures {
        return Err(
            "it has neither letters nor colour glyphs that can be drawn here (COLR version 1 and SVG \
                    ones can't; Debian's fonts-noto-color-emoji has bitmaps, which can)"
                .to_owned(),
        );
    }
    let step = letters.len().div_ceil(PROBES).max(1);
    let probed: Vec<char> = letters.into_iter().step_by(step).collect();
    let drawn = probed.iter().filter(|character| draws(face, **character)).count();
    if drawn * 2 < probed.len() && !has_pictures {
        return Err(format!("it draws only {drawn} of {} letters that it says it has", probed.len()));
    }
    Ok(())
}

/// Whether some character has flat colour layers, the one form of outlined colour that is drawn.
fn has_flat_layers(face: &FontRef<'_>, covered: &Coverage) -> bool {
    covered
        .ranges()
        .iter()
        .flat_map(|&(from, to)| from..=to)
        .filter_map(|code| face.charmap().map(code))
        .any(|glyph| face.color_glyphs().get_with_format(glyph, ColorGlyphFormat::ColrV0).is_some())
}

fn draws(face: &FontRef<'_>, character: char) -> bool {
    let Some(outline) = face.charmap().map(character).and_then(|glyph| face.outline_glyphs().get(glyph))
    else {
        return false;
    };
    let mut pen = Ink::default();
    let settings = DrawSettings::unhinted(Size::new(100.0), LocationRef::default());
    outline.draw(settings, &mut pen).is_ok() && pen.strokes > 2
}

/// Counts what an outline draws.
#[derive(Default)]
struct Ink {
    strokes: usize,
}

impl OutlinePen for Ink {
    fn move_to(&mut self, _: f32, _: f32) {}
    fn line_to(&mut self, _: f32, _: f32) {
        self.strokes += 1;
    }
    fn quad_to(&mut self, _: f32, _: f32, _: f32, _: f32) {
        self.strokes += 1;
    }
    fn curve_to(&mut self, _: f32, _: f32, _: f32, _: f32, _: f32, _: f32) {
        self.strokes += 1;
    }
    fn close(&mut self) {}
}
