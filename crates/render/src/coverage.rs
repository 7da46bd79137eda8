//! Which characters a set of fonts can draw.

use skrifa::{FontRef, MetadataProvider};

/// A sorted list of character ranges.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Coverage(Vec<(u32, u32)>);

impl Coverage {
    /// What a font maps to a glyph.
    pub(crate) fn of(font: &FontRef<'_>) -> Self {
        let mut coverage = Self::default();
        let mapped: Vec<u32> = font
            .charmap()
            .mappings()
            .filter(|(_, glyph)| glyph.to_u32() != 0)
            .map(|(code, _)| code)
            .collect();
        coverage.add(mapped);
        coverage
    }

    fn add(&mut self, mut codes: Vec<u32>) {
        codes.sort_unstable();
        codes.dedup();
        for code in codes {
            match self.0.last_mut() {
                Some(last) if last.1 + 1 == code => last.1 = code,
                _ => self.0.push((code, code)),
            }
        }
    }

    pub(crate) fn extend(&mut self, other: &Self) {
        self.0.extend_from_slice(&other.0);
        self.0.sort_unstable();
        let mut merged: Vec<(u32, u32)> = Vec::with_capacity(self.0.len());
        for &(from, to) in &self.0 {
            match merged.last_mut() {
                Some(last) if from <= last.1.saturating_add(1) => last.1 = last.1.max(to),
                _ => merged.push((from, to)),
            }
        }
        self.0 = merged;
    }

    pub(crate) fn contains(&self, character: char) -> bool {
        let code = u32::from(character);
        let at = self.0.partition_point(|range| range.1 < code);
        self.0.get(at).is_some_and(|range| range.0 <= code)
    }

    pub(crate) fn ranges(&self) -> &[(u32, u32)] {
        &self.0
    }

    /// How many characters are covered.
    pub(crate) fn len(&self) -> usize {
        self.0.iter().map(|(from, to)| (to - from + 1) as usize).sum()
    }
}

/// Whether a character is never drawn by itself: joiners, selectors, white space, soft hyphens.
pub(crate) fn is_invisible(character: char) -> bool {
    character.is_whitespace()
        || character.is_control()
        || matches!(character,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}')
}
