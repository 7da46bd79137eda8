//! From a person's bytes to an article: decoding, the kind of text, and its reading.

mod article;
mod clean;
mod decode;
mod html;
mod markdown;
mod plain;

pub use article::{Article, Passage, Section};
pub use decode::{Unreadable, decode, source_kind};

use domain::{Source, SourceKind};

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

/// Told from the running text: code, tables and headings say little of the language.
fn language_of(article: &Article) -> Option<domain::Language> {
    let mut sample = String::new();
    for section in &article.sections {
        for passage in &section.passages {
            if let Passage::Paragraph(text) = passage {
                sample.push_str(text);
                sample.push(' ');
            }
            if sample.len() > 4_000 {
                return scoring::text::detect_language(&sample);
            }
        }
    }
    if sample.len() < 200 {
        for section in &article.sections {
            for passage in &section.passages {
                if let Passage::List { items, .. } = passage {
                    sample.push_str(&items.join(". "));
                }
            }
        }
    }
    scoring::text::detect_language(&sample)
}
