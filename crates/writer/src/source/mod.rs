//! From a person's bytes to an article: decoding, the kind of text, and its reading.

mod article;
mod clean;
mod decode;
mod html;
mod markdown;
mod plain;

pub use article::{Article, Passage, Section};
pub use decode::{Unreadable, decode, source_kind};

use std::collections::BTreeMap;

use domain::{Language, Source, SourceKind};

/// Reads a source text as an article.
///
/// # Errors
/// Where there is no text to read; the sentence says what to give instead.
pub fn read_article(source: &Source) -> Result<Article, Unreadable> {
    if source.text.trim().is_empty() {
        return Err(Unreadable::Empty);
    }
    let mut article = match source.kind {
        SourceKind::Markdown => markdown::read(&source.text),
        SourceKind::Html => html::read(&source.text),
        SourceKind::Plain => plain::read(&source.text),
    };
    article.tidy();
    if article.sections.is_empty() {
        return Err(Unreadable::NoArticle);
    }
    article.language = language_of(&article);
    Ok(article)
}

/// The language of most of the running text; of all text where there is too little running text.
fn language_of(article: &Article) -> Option<Language> {
    let mut spoken: BTreeMap<Language, usize> = BTreeMap::new();
    let mut rest = String::new();
    for passage in article.sections.iter().flat_map(|section| &section.passages) {
        match passage {
            Passage::Paragraph(text) => {
                if let Some(language) = scoring::text::detect_language(text) {
                    *spoken.entry(language).or_default() += text.len();
                }
                rest.push_str(text);
            }
            Passage::List { items, .. } => rest.push_str(&items.join(". ")),
            _ => {}
        }
        rest.push(' ');
        if spoken.values().sum::<usize>() > 20_000 {
            break;
        }
    }
    let most = spoken.into_iter().max_by_key(|(_, length)| *length);
    most.map(|(language, _)| language).or_else(|| scoring::text::detect_language(&rest))
}
