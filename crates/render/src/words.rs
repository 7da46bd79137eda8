//! A person's words made ready to be set: no control characters, no stray white space,
//! no figure parted from its unit.

use crate::unbroken::is_mark_of_hold;

/// The text without control characters and direction overrides, white space collapsed.
///
/// Soft hyphens go too: where a word may break is decided here, by its language.
pub(crate) fn clean(text: &str) -> String {
    let mut cleaned = String::with_capacity(text.len());
    let mut pending_space = false;
    for character in text.chars().filter(|character| !is_banned(*character)) {
        if character.is_whitespace() && !is_fixed_space(character) {
            pending_space = !cleaned.is_empty();
            continue;
        }
        if pending_space {
            cleaned.push(' ');
            pending_space = false;
        }
        cleaned.push(character);
    }
    keep_units(&cleaned)
}

/// A line of code: tabs as two spaces, everything else as it is.
pub(crate) fn clean_code(line: &str) -> String {
    line.trim_end().replace('\t', "  ").chars().filter(|character| !is_banned(*character)).collect()
}

fn is_fixed_space(character: char) -> bool {
    matches!(character, '\u{a0}' | '\u{202f}')
}

fn is_banned(character: char) -> bool {
    let control = character.is_control() && !character.is_whitespace();
    let direction = matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let hidden = matches!(character, '\u{ad}' | '\u{200b}' | '\u{feff}' | '\u{fffc}');
    control || direction || hidden || is_mark_of_hold(character)
}

/// Units of one to three letters, which are never parted from their figure.
const UNITS: [&str; 24] = [
    "g", "kg", "mg", "t", "mm", "cm", "m", "km", "m²", "m³", "l", "ml", "cl", "h", "min", "s", "ms", "kB",
    "MB", "GB", "W", "kW", "kWh", "Hz",
];

/// Ties a unit to its figure (`73 %`, `50 g`), and French punctuation to its word, so that
/// no line begins with either.
fn keep_units(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut last = ' ';
    for (at, character) in text.char_indices() {
        let tied = character == ' ' && {
            let after = &text[at + 1..];
            let word = after.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
            let unit = after.starts_with(['%', '‰', '€', '£', '$', '°']) || UNITS.contains(&word);
            (last.is_ascii_digit() && unit) || after.starts_with([':', ';', '!', '?', '»']) || last == '«'
        };
        kept.push(if tied { '\u{a0}' } else { character });
        last = character;
    }
    kept
}

/// A headline with its last two words tied where the last is so short that it would look forgotten on a line of
/// its own. Balancing does the rest, so a headline of three words is left to it.
pub(crate) fn tie_headline(text: &str) -> String {
    tied(text, 4, 5, 14)
}

/// Running text with its last two words tied where both are short.
pub(crate) fn tie_body(text: &str) -> String {
    tied(text, 6, 6, 13)
}

/// The same for a text that holds something unbroken: the layout evens out no such lines, so longer words are
/// tied too.
pub(crate) fn tie_uneven(text: &str) -> String {
    tied(text, 6, 14, 24)
}

/// Ties the last two words of a text of at least `words` words where the last has at most `last` characters and
/// both together at most `both`.
fn tied(text: &str, words: usize, last: usize, both: usize) -> String {
    let Some((before, end)) = text.rsplit_once(' ') else { return text.to_owned() };
    let one = before.rsplit(' ').next().unwrap_or(before);
    let (one, letters) = (one.chars().count(), end.chars().count());
    let ties = count(text) >= words && letters <= last && one + 1 + letters <= both;
    if ties { format!("{before}\u{a0}{end}") } else { text.to_owned() }
}

/// How many words a text has, by white space.
pub(crate) fn count(text: &str) -> usize {
    text.split_whitespace().count()
}

#[cfg(test)]
mod tests {
    use super::{clean, clean_code, tie_body, tie_headline, tie_uneven};

    #[test]
    fn white_space_collapses_and_controls_go() {
        assert_eq!(clean("  a\n\n b\u{0}\u{7}\tc\u{202e}d "), "a b cd");
        assert_eq!(clean("soft\u{ad}hyphen"), "softhyphen");
    }

    #[test]
    fn a_figure_keeps_its_unit() {
        assert_eq!(clean("73 % of 20 € at 4 m"), "73\u{a0}% of 20\u{a0}€ at 4\u{a0}m");
    }

    #[test]
    fn a_short_last_word_is_not_left_alone() {
        assert_eq!(tie_headline("A walk or a run"), "A walk or a\u{a0}run");
        assert_eq!(tie_headline("The main points"), "The main points");
        assert_eq!(tie_headline("A very considerable understanding"), "A very considerable understanding");
        assert_eq!(tie_body("Nobody knew which way to go."), "Nobody knew which way to\u{a0}go.");
        let uneven = "It was done by the steward.";
        assert_eq!(tie_body(uneven), uneven);
        assert_eq!(tie_uneven(uneven), "It was done by the\u{a0}steward.");
        assert_eq!(tie_uneven("Ask the steward."), "Ask the steward.");
    }

    #[test]
    fn code_keeps_its_indent() {
        assert_eq!(clean_code("\tlet x = 1;  "), "  let x = 1;");
    }
}
