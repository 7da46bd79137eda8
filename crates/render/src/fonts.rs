//! The fonts of a renderer: which families there are, what they cover, and in which order a
//! character is looked up.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use domain::Language;
use takumi::prelude::{
    FontFamily, FontOverride, FontResource, FontSource, Fonts, UnicodeRange, UnicodeRangeSet,
};

use crate::builtin::{EMOJI_FAMILY, FONTS, PICTOGRAPHS, TEXT_FAMILY};
use crate::coverage::{Coverage, is_invisible};
use crate::digest;
use crate::error::RenderError;
use crate::families;

/// Every font that slides are set in; read once, then only shared.
pub(crate) struct Library {
    fonts: Fonts,
    families: BTreeMap<String, Coverage>,
    /// Families in the order in which a missing character is looked up; emoji last.
    order: Vec<String>,
    /// Of the fonts that persons brought, in the order in which they were read.
    brought: Vec<[u8; 32]>,
}

impl fmt::Debug for Library {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Library").field("families", &self.order).finish_non_exhaustive()
    }
}

impl Library {
    /// The built-in fonts.
    pub(crate) fn builtin() -> Result<Self, RenderError> {
        let mut library = Self {
            fonts: Fonts::default(),
            families: BTreeMap::new(),
            order: Vec::new(),
            brought: Vec::new(),
        };
        for font in FONTS {
            library.add_builtin(font.family, font.bytes)?;
        }
        Ok(library)
    }

    fn add_builtin(&mut self, family: &str, bytes: &'static [u8]) -> Result<(), RenderError> {
        let broken = |reason: String| RenderError::Font { name: family.to_owned(), reason };
        let face = skrifa::FontRef::new(bytes).map_err(|error| broken(error.to_string()))?;
        let covered = Coverage::of(&face);
        let mut resource = FontResource::new(FontSource::from_static(bytes))
            .override_info(FontOverride { family_name: Some(family.into()), ..FontOverride::default() });
        // Slices of one family share it by what each covers, as `@font-face` rules do.
        let is_slice = FONTS.iter().filter(|font| font.family == family).count() > 1;
        if is_slice {
            resource = resource.unicode_range(range_set(covered.ranges()));
        } else if family == TEXT_FAMILY {
            resource = resource.unicode_range(all_but(PICTOGRAPHS));
        }
        self.fonts.register(resource).map_err(|error| broken(error.to_string()))?;
        self.enlist(family, &covered);
        Ok(())
    }

    /// Adds a font file that a person brought, under the families that it names itself.
    pub(crate) fn add_file(&mut self, path: &Path) -> Result<(), RenderError> {
        let font = families::read(path)?;
        self.brought.push(digest::of([font.bytes.as_slice()]));
        self.fonts.register(FontResource::new(font.bytes)).map_err(|error| RenderError::Font {
            name: path.display().to_string(),
            reason: error.to_string(),
        })?;
        for family in font.families {
            self.enlist(&family, &font.coverage);
        }
        Ok(())
    }

    fn enlist(&mut self, family: &str, covered: &Coverage) {
        self.families.entry(family.to_owned()).or_default().extend(covered);
        if !self.order.iter().any(|known| known == family) {
            self.order.push(family.to_owned());
        }
    }

    /// Of the fonts beyond the built-in ones, which belong to the program's version.
    pub(crate) fn digest(&self) -> [u8; 32] {
        digest::of(self.brought.iter().map(<[u8; 32]>::as_slice))
    }

    pub(crate) fn fonts(&self) -> &Fonts {
        &self.fonts
    }

    pub(crate) fn has(&self, family: &str) -> bool {
        self.families.contains_key(family)
    }

    pub(crate) fn families(&self) -> impl Iterator<Item = &str> {
        self.order.iter().map(String::as_str)
    }

    /// Where a character is looked up that the slide's own fonts lack.
    pub(crate) fn fallback(&self, language: Language) -> FontFamily {
        let preferred = han_suffixes(language);
        let rank = |family: &String| {
            let emoji = family == EMOJI_FAMILY;
            let text = family != TEXT_FAMILY;
            let wanted = !preferred.iter().any(|suffix| family.ends_with(suffix));
            (emoji, text, wanted)
        };
        let mut order = self.order.clone();
        order.sort_by_key(rank);
        FontFamily::from_names(order)
    }

    /// The characters that no font draws, each once, in order of appearance.
    pub(crate) fn missing(&self, text: &str) -> Vec<char> {
        let mut missing = Vec::new();
        for character in text.chars().filter(|character| !is_invisible(*character)) {
            let covered = self.families.values().any(|family| family.contains(character));
            if !covered && !missing.contains(&character) {
                missing.push(character);
            }
        }
        missing
    }
}

/// The national forms of Han characters, by the ending of a family's name.
fn han_suffixes(language: Language) -> &'static [&'static str] {
    match language.code() {
        "ja" => &[" JP"],
        "ko" => &[" KR"],
        _ => &[" SC"],
    }
}

fn range_set(ranges: &[(u32, u32)]) -> UnicodeRangeSet {
    ranges.iter().map(|&(from, to)| UnicodeRange::new(from, to)).collect()
}

/// Every character but these, which must be in ascending order.
fn all_but(left_out: &[char]) -> UnicodeRangeSet {
    let mut from = 0;
    let mut ranges = Vec::new();
    for code in left_out.iter().map(|character| u32::from(*character)) {
        ranges.push((from, code - 1));
        from = code + 1;
    }
    ranges.push((from, 0x0010_ffff));
    range_set(&ranges)
}
