//! A page without soft hyphens: those at a line's end become hyphens, the others go.
//!
//! In a PDF a soft hyphen inside a line would be copied and read aloud, and a search
//! would not find the word.

use std::collections::HashMap;

use takumi::prelude::{Node, NodeKind};

use crate::placed::{Placed, TextBlock};

const SOFT: char = '\u{ad}';

/// For every text that is broken by hyphens, by its letters alone: after how many letters.
type Breaks = HashMap<String, Vec<usize>>;

/// Rewrites the page's texts as they were placed.
pub(crate) fn unhyphen(node: &mut Node, placed: &Placed) {
    let breaks = placed.texts.iter().map(breaks_of).collect();
    rewrite(node, &breaks);
}

fn breaks_of(block: &TextBlock) -> (String, Vec<usize>) {
    let mut letters = String::new();
    let mut count = 0;
    let mut breaks = Vec::new();
    let mut after_soft = false;
    for (_, text) in &block.lines {
        // The engine draws the hyphen as a run of its own, after the soft one.
        if after_soft && matches!(text.trim(), "-" | "\u{2010}") {
            breaks.push(count);
            after_soft = false;
            continue;
        }
        after_soft = text.trim_end().ends_with(SOFT);
        let added: String = text.chars().filter(|character| is_letter(*character)).collect();
        count += added.chars().count();
        letters.push_str(&added);
    }
    (letters, breaks)
}

fn is_letter(character: char) -> bool {
    character != SOFT && !character.is_whitespace()
}

fn rewrite(node: &mut Node, breaks: &Breaks) {
    match &mut node.kind {
        NodeKind::Container { children } => children.iter_mut().for_each(|child| rewrite(child, breaks)),
        NodeKind::Text(data) if data.text.contains(SOFT) => data.text = rewritten(&data.text, breaks),
        _ => {}
    }
}

fn rewritten(text: &str, breaks: &Breaks) -> String {
    let letters: String = text.chars().filter(|character| is_letter(*character)).collect();
    let ends = breaks.get(&letters).map_or(&[][..], Vec::as_slice);
    let mut count = 0;
    let mut written = String::with_capacity(text.len());
    for character in text.chars() {
        if character != SOFT {
            count += usize::from(is_letter(character));
            written.push(character);
        } else if ends.contains(&count) {
            written.push('-');
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::{Breaks, rewritten};

    #[test]
    fn only_the_hyphens_at_a_line_end_stay() {
        let breaks: Breaks = [("Kraftstoffverbrauchsinkt".to_owned(), vec![10])].into();
        let soft = "Kraft\u{ad}stoff\u{ad}ver\u{ad}brauch sinkt";
        assert_eq!(rewritten(soft, &breaks), "Kraftstoff-verbrauch sinkt");
        assert_eq!(rewritten("an\u{ad}ders", &breaks), "anders");
    }
}
