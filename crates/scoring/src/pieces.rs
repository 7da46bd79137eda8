//! The texts that a content is made of, piece by piece.

use std::collections::HashSet;

use domain::Language;
use domain::content::{Block, Content, CopySlide};

use crate::text::{is_stop_word, stem, words};

/// Every text of a block.
pub(crate) fn of_block(block: &Block) -> Vec<&str> {
    match block {
        Block::Bullets { items, .. } => items.iter().map(String::as_str).collect(),
        Block::Stat { value, label } => vec![value, label],
        Block::Quote { text, attribution } => {
            std::iter::once(text.as_str()).chain(attribution.as_deref()).collect()
        }
        Block::Code { code, .. } => vec![code],
        Block::Comparison { left_title, left, right_title, right } => {
            let titles = [left_title.as_str(), right_title.as_str()];
            titles.into_iter().chain(left.iter().chain(right).map(String::as_str)).collect()
        }
    }
}

/// The texts of a slide that are read as prose: all but code.
pub(crate) fn prose_of_slide(slide: &CopySlide) -> Vec<&str> {
    let block = slide.block.as_ref().filter(|block| !matches!(block, Block::Code { .. }));
    let head = std::iter::once(slide.headline.as_str()).chain(slide.body.as_deref());
    head.chain(block.into_iter().flat_map(of_block)).collect()
}

/// What a content says to its reader, piece by piece: what figures are looked for
/// in, and what two variants are compared by. Alt texts only describe, and are left out.
pub(crate) fn of_content(content: &Content) -> Vec<&str> {
    match content {
        Content::Research(research) => {
            let claims = research.facts.iter().map(|fact| fact.claim.as_str());
            std::iter::once(research.angle.as_str()).chain(claims).collect()
        }
        Content::Outline(outline) => outline
            .slides
            .iter()
            .flat_map(|slide| [slide.working_title.as_str(), &slide.key_message])
            .collect(),
        Content::Copy(copy) => {
            let slides = copy.slides.iter().flat_map(prose_of_slide);
            slides.chain([copy.call_to_action.as_str()]).collect()
        }
        Content::Hook(hook) => {
            std::iter::once(hook.headline.as_str()).chain(hook.subline.as_deref()).collect()
        }
        Content::Visual(_) => Vec::new(),
        Content::Caption(caption) => {
            std::iter::once(caption.caption.as_str()).chain(caption.first_comment.as_deref()).collect()
        }
    }
}

/// The stems of a text's words that carry meaning.
pub(crate) fn stems(text: &str, language: Language) -> HashSet<String> {
    words(text)
        .into_iter()
        .filter(|word| !is_stop_word(word, language))
        .map(|word| stem(word, language))
        .collect()
}

/// How much of the smaller of two sets is in the other, 0..=1; 0 where one is empty.
pub(crate) fn overlap<T: Eq + std::hash::Hash>(a: &HashSet<T>, b: &HashSet<T>) -> f64 {
    let smaller = a.len().min(b.len());
    if smaller == 0 {
        return 0.0;
    }
    a.intersection(b).count() as f64 / smaller as f64
}
