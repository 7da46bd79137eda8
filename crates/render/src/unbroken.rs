//! What a line never breaks inside: options, paths, identifiers, short compounds.
//!
//! Nothing is added to a person's words: what holds together stands in a span that does not wrap, so that what
//! a reader copies out of a PDF is what was written. Between the words and the spans, two characters that no
//! text holds mark where each begins and ends.

use domain::Language;
use takumi::prelude::{Node, NodeKind, Style, StyleDeclarationBlock};

use crate::hyphens::soften;
use crate::page::Breaking;

/// Noncharacters of Unicode, which [`crate::words::clean`] takes out of every text.
const OPEN: char = '\u{fdd0}';
const CLOSE: char = '\u{fdd1}';

/// Longest compound that is never broken at its hyphen, in characters: a line has room for it.
const SHORT_COMPOUND: usize = 17;
/// Fewest letters between two hyphens, or at an end, for a long compound to be broken there.
const LEAST_PART: usize = 4;
/// Longest code-like word that is held where words are hyphenated, and where they break anywhere.
const HELD_WITH_HYPHENS: usize = 24;
const HELD_ANYWHERE: usize = 16;

/// The text with what holds together marked, and the other words broken as `breaking` says.
///
/// `shortest` is the shortest word that is hyphenated; a headline breaks no compound while whole words fit.
pub(crate) fn hold(
    text: &str,
    language: Language,
    breaking: Breaking,
    shortest: usize,
    headline: bool,
) -> String {
    let mut held = String::with_capacity(text.len() + 8);
    for piece in text.split_inclusive(is_gap) {
        let word = piece.trim_end_matches(is_gap);
        let gap = &piece[word.len()..];
        if let Some(pieces) = held_pieces(word, breaking, headline) {
            for piece in pieces {
                held.extend([OPEN]);
                held.push_str(piece);
                held.extend([CLOSE]);
            }
        } else if breaking == Breaking::Never {
            held.push_str(word);
        } else {
            held.push_str(&soften(word, language, shortest));
        }
        held.push_str(gap);
    }
    held
}

/// A line may break at white space and at a dash between words.
fn is_gap(character: char) -> bool {
    character.is_whitespace() || character == '—'
}

/// The word in the pieces that hold together, mostly in one; `None` where it breaks as its language does.
fn held_pieces(word: &str, breaking: Breaking, headline: bool) -> Option<Vec<&str>> {
    let core = word.trim_matches(|c: char| !c.is_alphanumeric());
    if core.is_empty() || word.chars().any(is_unspaced) {
        return None;
    }
    let length = word.chars().count();
    if let Some(shortest_part) = compound(core).filter(|_| !is_option(word)) {
        let breaks = length > SHORT_COMPOUND && shortest_part >= LEAST_PART;
        let holds = match breaking {
            Breaking::Never => !breaks || headline,
            Breaking::Hyphens => !breaks,
            Breaking::Anywhere => length <= SHORT_COMPOUND,
        };
        return (holds && shortest_part < usize::MAX).then(|| vec![word]);
    }
    match breaking {
        Breaking::Hyphens if length > HELD_WITH_HYPHENS => Some(at_joints(word)),
        Breaking::Anywhere if length > HELD_ANYWHERE => None,
        _ => Some(vec![word]),
    }
}

/// A long path or address in pieces that end at its slashes and hyphens.
fn at_joints(word: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = word;
    let joint = |c: char| c == '/' || is_hyphen(c);
    while let Some((at, mark)) = rest.char_indices().find(|(at, c)| joint(*c) && *at >= LEAST_PART) {
        let (piece, after) = rest.split_at(at + mark.len_utf8());
        if after.chars().count() < LEAST_PART {
            break;
        }
        pieces.push(piece);
        rest = after;
    }
    pieces.push(rest);
    pieces
}

/// The letters of the shortest part of words joined by hyphens, [`usize::MAX`] for one plain word; `None` where
/// there is anything else in it than letters.
fn compound(core: &str) -> Option<usize> {
    let parts: Vec<&str> = core.split(is_hyphen).collect();
    let plain = |part: &&str| {
        !part.is_empty() && part.chars().all(|c| c.is_alphabetic() || is_mark(c) || matches!(c, '\'' | '’'))
    };
    if !parts.iter().all(plain) {
        return None;
    }
    if parts.len() == 1 {
        return Some(usize::MAX);
    }
    parts.iter().map(|part| part.chars().count()).min()
}

fn is_hyphen(character: char) -> bool {
    matches!(character, '-' | '\u{2010}' | '\u{2011}')
}

/// `-Z`, `--release`, `(--release)`: a hyphen before the first letter.
fn is_option(word: &str) -> bool {
    word.trim_start_matches(|c: char| !c.is_alphanumeric() && !is_hyphen(c)).starts_with(is_hyphen)
}

/// Marks that belong to the letter before them.
fn is_mark(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{5b0}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}')
}

/// Letters of scripts that have no spaces between words, or their own rules: the layout knows them.
fn is_unspaced(character: char) -> bool {
    let latin_or_greek = matches!(character, '\u{1e00}'..='\u{1fff}' | '\u{2c60}'..='\u{2c7f}');
    character >= '\u{900}' && character.is_alphanumeric() && !latin_or_greek
}

/// The text without marks.
pub(crate) fn unmarked(text: &str) -> String {
    text.replace([OPEN, CLOSE], "")
}

/// Whether anything in the text is marked.
pub(crate) fn is_held(text: &str) -> bool {
    text.contains(OPEN)
}

pub(crate) fn is_mark_of_hold(character: char) -> bool {
    matches!(character, OPEN | CLOSE)
}

/// Makes a span that does not wrap of everything between two marks.
pub(crate) fn spans(node: &mut Node) {
    match &mut node.kind {
        NodeKind::Container { children } => children.iter_mut().for_each(spans),
        NodeKind::Text(data) if data.text.contains(OPEN) => {
            node.kind = NodeKind::Container { children: pieces(&data.text) };
        }
        _ => {}
    }
}

fn pieces(text: &str) -> Vec<Node> {
    let mut nodes = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(OPEN) {
        let (held, after) = after.split_once(CLOSE).unwrap_or((after, ""));
        nodes.extend((!before.is_empty()).then(|| Node::text(before)));
        let style = Style::from(StyleDeclarationBlock::parse_loosy("display:inline;white-space:nowrap"));
        nodes.push(Node::text(held).with_tag_name("span").with_style(style));
        rest = after;
    }
    nodes.extend((!rest.is_empty()).then(|| Node::text(rest)));
    nodes
}

#[cfg(test)]
mod tests {
    use domain::Language;

    use super::{CLOSE, OPEN, hold};
    use crate::page::Breaking;

    fn seen(text: &str, breaking: Breaking, headline: bool) -> String {
        let held = hold(text, Language::ENGLISH, breaking, 8, headline);
        held.replace(OPEN, "<").replace(CLOSE, ">").replace('\u{ad}', "·")
    }

    #[test]
    fn options_paths_and_names_hold_together() {
        let never = |text| seen(text, Breaking::Never, false);
        assert_eq!(never("pass -Z fast-builds to it"), "pass <-Z> <fast-builds> to it");
        assert_eq!(
            never("tar -C out/gen, then (--no-same-owner)."),
            "tar <-C> <out/gen,> then <(--no-same-owner).>"
        );
        assert_eq!(never("call read_to_end() or ?broken-dep"), "call <read_to_end()> or <?broken-dep>");
        assert_eq!(never("from 4–6 kg — or 1,650"), "from <4–6> kg — or <1,650>");
        assert_eq!(
            never("s'ouvre-t-il\u{a0}? Avez-vous fini\u{a0}!"),
            "<s'ouvre-t-il>\u{a0}? <Avez-vous> fini\u{a0}!"
        );
    }

    #[test]
    fn plain_words_and_scripts_without_spaces_are_left_alone() {
        for text in ["don't stop, “now”!", "one—two", "日本語-テキスト", "- – —"] {
            assert_eq!(seen(text, Breaking::Never, true), text);
        }
    }

    #[test]
    fn long_compounds_break_in_running_text_and_in_a_headline_only_beside_hyphens() {
        let long = "Instandhaltungs-Vertrag";
        assert_eq!(seen(long, Breaking::Never, false), long);
        assert_eq!(seen(long, Breaking::Never, true), format!("<{long}>"));
        assert!(!seen(long, Breaking::Hyphens, true).contains('<'));
        assert_eq!(seen("error-handling", Breaking::Hyphens, true), "<error-handling>");
    }

    #[test]
    fn a_long_address_may_break_where_nothing_else_fits() {
        let address = "example.org/a-very-long/path/to/a-page";
        assert_eq!(seen(address, Breaking::Never, false), format!("<{address}>"));
        let joints = "<example.org/><a-very-><long/><path/><to/a-><page>";
        assert_eq!(seen(address, Breaking::Hyphens, false), joints);
        assert!(!seen(address, Breaking::Anywhere, false).contains('<'));
        assert_eq!(seen("--no-option", Breaking::Anywhere, false), "<--no-option>");
    }
}
