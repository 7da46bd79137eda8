//! A list as it is read: what stands inside an item is kept, on the item's line or as a list after it.

use domain::Language;

use super::article::{Article, Passage};
use super::clean;

/// What fits on one line of a slide's list, in characters.
pub(super) const LINE: usize = domain::content::limits::BULLET;

/// A list as it is read, with the lists inside it that are too long to stand in their item's line.
pub(super) struct Inner {
    ordered: bool,
    start: u32,
    items: Vec<String>,
    /// Each with the words of the item that it belongs to.
    within: Vec<(String, Inner)>,
}

impl Inner {
    pub(super) fn new(ordered: bool, start: u32) -> Self {
        Self { ordered, start, items: vec![], within: vec![] }
    }

    /// Adds an item; a short inner list goes on its line, a long one follows with the item's words.
    pub(super) fn add(&mut self, text: &str, inner: Vec<Inner>) {
        let text = clean::line(text);
        if !text.is_empty() {
            self.items.push(text);
        }
        for list in inner {
            self.belongs_to_last(list);
        }
    }

    /// Begins an item whose words follow.
    pub(super) fn open(&mut self) {
        self.items.push(String::new());
    }

    /// Goes on with the last item: its term, where it has one, and a paragraph.
    pub(super) fn write(&mut self, term: &str, text: &str) {
        let Some(item) = self.items.last_mut() else { return };
        if item.is_empty() {
            *item = defined(term, text);
        } else if !text.is_empty() {
            clean::join(item, text);
            item.push_str(text);
        }
    }

    /// Puts a list into the item before it.
    pub(super) fn belongs_to_last(&mut self, inner: Inner) {
        let Some(own) = self.items.pop() else {
            self.items.extend(inner.items);
            return self.within.extend(inner.within);
        };
        let line = inner.on_the_line_of(&own);
        if let Some(line) = line.filter(|line| line.chars().count() <= LINE) {
            return self.items.push(line);
        }
        let (kept, lead) = leading(&own);
        if !kept.is_empty() {
            self.items.push(kept.to_owned());
        }
        if !inner.items.is_empty() || !inner.within.is_empty() {
            self.within.push((lead.to_owned(), inner));
        }
    }

    pub(super) fn is_flat(&self) -> bool {
        self.within.is_empty()
    }

    pub(super) fn into_items(self) -> Vec<String> {
        self.items
    }

    fn on_the_line_of(&self, own: &str) -> Option<String> {
        if !self.within.is_empty() || self.items.is_empty() {
            return None;
        }
        if own.ends_with(['.', '!', '?']) {
            let whole = self.items.iter().all(|item| item.ends_with(['.', '!', '?']));
            return whole.then(|| format!("{own} {}", self.items.join(" ")));
        }
        let bare: Vec<&str> = self.items.iter().map(|item| item.trim_end_matches(['.', ';', ','])).collect();
        let between = if bare.iter().any(|item| item.contains(',')) { "; " } else { ", " };
        Some(format!("{}: {}", own.trim_end_matches(':'), bare.join(between)))
    }

    pub(super) fn passages(self, introduction: Option<String>, out: &mut Vec<Passage>) {
        let Inner { ordered, start, mut items, within } = self;
        items.retain(|item| !item.is_empty());
        if !items.is_empty() {
            out.push(Passage::List { ordered, start, introduction, items });
        }
        for (lead, list) in within {
            list.passages(Some(lead).filter(|lead| !lead.is_empty()), out);
        }
    }
}

/// What of an item stands for itself, and what leads to the list inside it: `A chip. It has` both,
/// `Trees:` only the latter.
fn leading(own: &str) -> (&str, &str) {
    if own.ends_with(['.', '!', '?', '。']) {
        return (own, own);
    }
    match own.rfind(". ") {
        Some(at) => (&own[..=at], own),
        None if own.ends_with(':') => ("", own),
        None => (own, own),
    }
}

/// `term: definition`; either alone where the other is missing.
pub(super) fn defined(term: &str, definition: &str) -> String {
    match (term.is_empty(), definition.is_empty()) {
        (false, false) => format!("{term}: {definition}"),
        _ => format!("{term}{definition}"),
    }
}

impl Article {
    /// Adds a list and the lists inside it; what leads to it stands in the paragraph right before.
    pub(super) fn push_list(&mut self, list: Inner) {
        let mut passages = Vec::new();
        list.passages(self.lead(), &mut passages);
        passages.into_iter().for_each(|list| self.push(list));
    }

    /// The last sentence of the paragraph before, where it ends with a colon.
    pub(super) fn lead(&self) -> Option<String> {
        let Some(Passage::Paragraph(text)) = self.sections.last()?.passages.last() else { return None };
        let open = text.ends_with([':', '：']);
        let language = Language::ENGLISH;
        open.then(|| scoring::text::sentences(text, language).last().map(|last| last.trim().to_owned()))
            .flatten()
    }
}
