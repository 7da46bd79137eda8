//! An article as a reader sees it: sections with headings, and what stands in them.

use std::collections::BTreeSet;

use domain::Language;

use super::clean;

/// A text that was read, cleaned of markup, navigation and what a slide can't show.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Article {
    pub title: Option<String>,
    /// `None` where the text is too short or too mixed to tell.
    pub language: Option<Language>,
    /// When it was published, as the source says it.
    pub published: Option<String>,
    /// In the order of the text; the first may have no heading.
    pub sections: Vec<Section>,
    /// What the text sets as code in the midst of a sentence: it keeps its small letters and its hyphens.
    pub code: BTreeSet<String>,
}

/// A heading and what stands below it, up to the next heading of any level.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Section {
    pub heading: Option<String>,
    /// 1 for the title's level; deeper headings have more.
    pub level: u8,
    pub passages: Vec<Passage>,
}

/// One piece of a section.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Passage {
    /// Running text, on one line.
    Paragraph(String),
    List {
        ordered: bool,
        /// The number of the first item of an ordered list.
        start: u32,
        /// The sentence that leads to the list: the last one of the paragraph before it where that ends
        /// with a colon (it stays there too), or the item that a long inner list belongs to.
        introduction: Option<String>,
        /// `term: definition` where the text defines terms.
        items: Vec<String>,
    },
    Quote {
        text: String,
        attribution: Option<String>,
    },
    Code {
        language: Option<String>,
        code: String,
    },
    Table {
        header: Vec<String>,
        rows: Vec<Vec<String>>,
    },
}

impl Article {
    /// How many words of running text, lists and quotes it has.
    #[must_use]
    pub fn words(&self) -> usize {
        let count = |text: &str| text.split_whitespace().count();
        let passages = self.sections.iter().flat_map(|section| &section.passages);
        passages
            .map(|passage| match passage {
                Passage::Paragraph(text) | Passage::Quote { text, .. } => count(text),
                Passage::List { items, .. } => items.iter().map(|item| count(item)).sum(),
                Passage::Code { .. } | Passage::Table { .. } => 0,
            })
            .sum()
    }

    /// Begins a section, or gives the open empty one its heading.
    pub(super) fn open(&mut self, heading: &str, level: u8) {
        let heading = clean::heading(heading);
        if !heading.is_empty() {
            self.sections.push(Section { heading: Some(heading), level, passages: vec![] });
        }
    }

    /// Adds a passage to the last section.
    pub(super) fn push(&mut self, passage: Passage) {
        if self.sections.is_empty() {
            self.sections.push(Section::default());
        }
        if let Some(section) = self.sections.last_mut() {
            section.passages.push(passage);
        }
    }

    /// Questions of a list stand side by side, below the heading before the first.
    fn question_level(&self) -> u8 {
        let Some(last) = self.sections.last() else { return 2 };
        let asks = last.heading.as_deref().is_some_and(|heading| heading.ends_with('?'));
        if asks { last.level } else { last.level + 1 }
    }

    /// Adds running text, cleaned, unless nothing is left of it.
    pub(super) fn push_text(&mut self, text: &str) {
        let text = clean::line(text);
        if text.is_empty() || clean::is_byline(&text) {
            return;
        }
        let (question, rest) = clean::question(&text).unwrap_or(("", &text));
        if !question.is_empty() {
            self.open(question, self.question_level());
        }
        let asked = self.sections.last().and_then(|last| last.heading.as_ref());
        let answers = asked.is_some_and(|heading| heading.ends_with('?'));
        let rest = if answers { clean::answer(rest) } else { rest };
        if !rest.is_empty() {
            self.push(Passage::Paragraph(rest.to_owned()));
        }
    }
}
