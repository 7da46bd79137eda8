//! From a person's bytes to an article: decoding, the kind of text, and its reading.

mod article;
mod clean;
mod decode;
mod finish;
mod html;
mod list;
mod markdown;
mod plain;
mod troff;

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
    let macros = (source.kind != SourceKind::Html).then(|| troff::macros(&source.text)).flatten();
    let mut article = match (macros, source.kind) {
        (Some(troff::Macros::Man), _) => troff::read(&source.text),
        (Some(troff::Macros::Mdoc), _) => return Err(Unreadable::Manual),
        (None, SourceKind::Markdown) => markdown::read(&source.text),
        (None, SourceKind::Html) => html::read(&source.text),
        (None, SourceKind::Plain) => plain::read(&source.text),
    };
    let titled = article.title.is_some() || !article.sections.is_empty();
    article.tidy();
    if article.sections.is_empty() {
        return Err(match source.kind {
            SourceKind::Html => Unreadable::NoArticle,
            _ if titled => Unreadable::TitleAlone,
            _ => Unreadable::NoText,
        });
    }
    article.language = language_of(&article);
    article.name_itself(source.name.as_deref());
    article.spell();
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
