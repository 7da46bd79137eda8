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

/// Rewrites a block, whose text may stand in several nodes, or what is inside a larger box.
fn rewrite(node: &mut Node, breaks: &Breaks) {
    let mut letters = String::new();
    let has_soft = gather(node, &mut letters);
    if !has_soft {
        return;
    }
    if let Some(ends) = breaks.get(&letters) {
        return rewrite_block(node, ends, &mut 0);
    }
    match &mut node.kind {
        NodeKind::Container { children } => children.iter_mut().for_each(|child| rewrite(child, breaks)),
        _ => rewrite_block(node, &[], &mut 0),
    }
}

/// Adds the letters below a node; whether there is a soft hyphen among them.
fn gather(node: &Node, letters: &mut String) -> bool {
    match &node.kind {
        NodeKind::Container { children } => {
            // Every child's letters are wanted, so this may not stop at the first soft hyphen.
            children.iter().filter(|child| gather(child, letters)).count() > 0
        }
        NodeKind::Text(data) => {
            letters.extend(data.text.chars().filter(|character| is_letter(*character)));
            data.text.contains(SOFT)
        }
        _ => false,
    }
}

fn rewrite_block(node: &mut Node, ends: &[usize], count: &mut usize) {
    match &mut node.kind {
        NodeKind::Container { children } => {
            children.iter_mut().for_each(|child| rewrite_block(child, ends, count));
        }
        NodeKind::Text(data) => data.text = rewritten(&data.text, ends, count),
        _ => {}
    }
}

/// The text with a hyphen after every count of letters in `ends`; `count` goes on from text to text.
fn rewritten(text: &str, ends: &[usize], count: &mut usize) -> String {
    let mut written = String::with_capacity(text.len());
    for character in text.chars() {
        if character != SOFT {
            *count += usize::from(is_letter(character));
            written.push(character);
        } else if ends.contains(count) {
            written.push('-');
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use takumi::prelude::{Node, NodeKind};

    use super::{Breaks, rewrite};

    fn text(node: &Node) -> String {
        match &node.kind {
            NodeKind::Container { children } => children.iter().map(text).collect(),
            NodeKind::Text(data) => data.text.clone(),
            _ => String::new(),
        }
    }

    #[test]
    fn only_the_hyphens_at_a_line_end_stay() {
        let breaks: Breaks = [("Kraftstoffverbrauch-xsinkt".to_owned(), vec![10])].into();
        let block =
            [Node::text("Kraft\u{ad}stoff\u{ad}ver\u{ad}brauch "), Node::text("-x"), Node::text(" sinkt")];
        let mut page = Node::container([Node::container(block), Node::text("an\u{ad}ders")]);
        rewrite(&mut page, &breaks);
        assert_eq!(text(&page), "Kraftstoff-verbrauch -x sinktanders");
    }
}
