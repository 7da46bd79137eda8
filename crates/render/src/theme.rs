//! A theme: a folder with `theme.toml`, one stylesheet and one template a layout.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use domain::content::{Color, FontPair, Layout, Palette, ThemeName};
use serde::Deserialize;
use takumi::prelude::StyleSheet;

use crate::builtin::{BASE_CSS, BuiltinTheme};
use crate::digest;
use crate::error::RenderError;
use crate::template::Templates;

/// Largest file of a person's theme, in bytes.
const MOST_BYTES: u64 = 64 << 10;
/// What a stylesheet may not hold: files from elsewhere, and what a PDF can't draw or what
/// makes a slide cost seconds.
const BANNED: &[&str] = &["url(", "@import", "blur(", "drop-shadow(", "expression(", "<"];
/// Most shadows of one stylesheet: each blurred one costs milliseconds.
const MOST_SHADOWS: usize = 24;

/// The smallest sizes that a theme sets text in, in pixels of a slide 1080 wide.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Smallest {
    pub headline: f32,
    pub body: f32,
    /// Page marks, signatures and sources.
    pub note: f32,
}

/// A design that slides are rendered in.
#[derive(Clone, Debug)]
pub struct Theme {
    /// The folder's name: `modern_minimal`.
    pub name: ThemeName,
    pub title: String,
    pub description: String,
    /// The default first.
    pub palettes: Vec<Palette>,
    pub fonts: FontPair,
    pub smallest: Smallest,
    pub(crate) mono: String,
    /// Of all its files: other files, other slides.
    pub(crate) digest: [u8; 32],
    pub(crate) templates: Templates,
    pub(crate) stylesheet: Arc<StyleSheet>,
    /// The same for a PDF, which draws a blurred shadow with an opaque core.
    pub(crate) stylesheet_for_pdf: Arc<StyleSheet>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    title: String,
    description: String,
    fonts: Fonts,
    smallest: Smallest,
    palettes: Vec<NamedPalette>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fonts {
    display: String,
    text: String,
    mono: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NamedPalette {
    /// For whoever edits the file.
    #[serde(rename = "name")]
    _name: String,
    background: Color,
    surface: Color,
    text: Color,
    muted: Color,
    accent: Color,
    on_accent: Color,
}

impl Theme {
    pub(crate) fn builtin((name, files): &BuiltinTheme) -> Result<Self, RenderError> {
        let files = files.iter().map(|(file, text)| ((*file).to_owned(), (*text).to_owned())).collect();
        Self::of(name, &files)
    }

    /// Reads a person's theme from its folder.
    pub(crate) fn folder(folder: &Path) -> Result<Self, RenderError> {
        let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let wrong = |reason: String| RenderError::Theme { name: name.clone(), reason };
        let mut files = BTreeMap::new();
        for file in file_names() {
            let path = folder.join(&file);
            let size = fs::metadata(&path).map_err(|error| wrong(format!("{file}: {error}")))?.len();
            if size > MOST_BYTES {
                return Err(wrong(format!("{file} has {size} bytes; at most {MOST_BYTES} are read")));
            }
            let text = fs::read_to_string(&path).map_err(|error| wrong(format!("{file}: {error}")))?;
            files.insert(file, text);
        }
        let css = files["style.css"].to_lowercase();
        if let Some(banned) = BANNED.iter().find(|banned| css.contains(**banned)) {
            return Err(wrong(format!("style.css holds `{banned}`, which a theme may not use")));
        }
        if css.matches("shadow").count() > MOST_SHADOWS {
            return Err(wrong(format!("style.css has more than {MOST_SHADOWS} shadows")));
        }
        Self::of(&name, &files)
    }

    fn of(name: &str, files: &BTreeMap<String, String>) -> Result<Self, RenderError> {
        let wrong = |reason: String| RenderError::Theme { name: name.to_owned(), reason };
        if !is_folder_name(name) {
            return Err(wrong(
                "its folder's name may have lower-case letters, digits and _ alone".to_owned(),
            ));
        }
        let manifest: Manifest =
            toml::from_str(&files["theme.toml"]).map_err(|error| wrong(format!("theme.toml: {error}")))?;
        if manifest.palettes.is_empty() {
            return Err(wrong("theme.toml has no palette".to_owned()));
        }
        let css = format!("{BASE_CSS}\n{}", files["style.css"]);
        let sheet = |css: &str| {
            StyleSheet::parse(css).map(Arc::new).map_err(|error| wrong(format!("style.css: {error}")))
        };
        Ok(Self {
            name: ThemeName(name.to_owned()),
            title: manifest.title,
            description: manifest.description,
            palettes: manifest.palettes.iter().map(NamedPalette::palette).collect(),
            fonts: FontPair { display: manifest.fonts.display, text: manifest.fonts.text },
            smallest: manifest.smallest,
            mono: manifest.fonts.mono,
            digest: digest::of(files.iter().flat_map(|(name, text)| [name.as_bytes(), text.as_bytes()])),
            templates: Templates::new(files).map_err(wrong)?,
            stylesheet: sheet(&css)?,
            stylesheet_for_pdf: sheet(&crate::pdf::stylesheet(&css))?,
        })
    }
}

impl NamedPalette {
    fn palette(&self) -> Palette {
        Palette {
            background: self.background,
            surface: self.surface,
            text: self.text,
            muted: self.muted,
            accent: self.accent,
            on_accent: self.on_accent,
        }
    }
}

/// Every file of a theme's folder.
pub(crate) fn file_names() -> Vec<String> {
    let layouts = Layout::ALL.iter().map(|layout| format!("{}.html", layout.name()));
    ["theme.toml", "style.css", "frame.html"].into_iter().map(str::to_owned).chain(layouts).collect()
}

pub(crate) fn is_folder_name(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 40
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}
