//! Markdown to an article, with `pulldown-cmark`.

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::article::{Article, Passage};
use super::{clean, html, plain};

pub(super) fn read(text: &str) -> Article {
    let mut reader = Reader::default();
    // Pandoc's title block.
    if let Some(title) = text.lines().next().and_then(|line| line.strip_prefix("% ")) {
        reader.article.title = Some(title.trim().to_owned());
        let rest = text.split_once('\n').map_or("", |(_, rest)| rest);
        return read_with(reader, rest);
    }
    read_with(reader, text)
}

fn read_with(mut reader: Reader, text: &str) -> Article {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS
        | Options::ENABLE_GFM;
    for event in Parser::new_ext(text, options) {
        reader.take(event);
    }
    let mut article = reader.article;
    let html_only = article.sections.is_empty() && text.contains('<');
    if html_only {
        article = html::read(text);
    }
    article
}

/// What is being read.
#[derive(Default)]
struct Reader {
    article: Article,
    text: String,
    /// Above 0 inside what is not read: pictures, footnotes, struck-out text.
    skipped: usize,
    lists: Vec<List>,
    quotes: usize,
    code: Option<Option<String>>,
    metadata: bool,
    cells: Vec<String>,
    header: Vec<String>,
    rows: Vec<Vec<String>>,
    quote: Vec<String>,
}

struct List {
    ordered: bool,
    items: Vec<String>,
}

impl Reader {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.metadata => self.front_matter(&text),
            Event::Text(text) if self.skipped == 0 => self.text.push_str(&text),
            Event::Code(text) if self.skipped == 0 => self.text.push_str(&clean::guarded(&text)),
            Event::SoftBreak if self.skipped == 0 => self.text.push(if self.quotes > 0 { '\n' } else { ' ' }),
            Event::HardBreak if self.skipped == 0 => self.text.push('\n'),
            _ => {}
        }
    }

    fn front_matter(&mut self, text: &str) {
        for line in text.lines() {
            let Some((key, value)) = line.split_once([':', '=']) else { continue };
            let value = value.trim().trim_matches(['"', '\'']).trim();
            match key.trim() {
                "title" if !value.is_empty() => self.article.title = Some(value.to_owned()),
                "date" | "published" if !value.is_empty() => {
                    self.article.published = Some(value.chars().take(10).collect());
                }
                _ => {}
            }
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Image { .. } | Tag::FootnoteDefinition(_) | Tag::Strikethrough | Tag::HtmlBlock => {
                self.skipped += 1;
            }
            Tag::MetadataBlock(_) => self.metadata = true,
            Tag::CodeBlock(kind) => {
                self.flush();
                let language = match kind {
                    CodeBlockKind::Fenced(info) => {
                        let name: String = info.split([',', ' ', '{']).next().unwrap_or_default().to_owned();
                        Some(name).filter(|name| !name.is_empty())
                    }
                    CodeBlockKind::Indented => None,
                };
                self.code = Some(language);
            }
            Tag::List(start) => {
                self.flush();
                self.lists.push(List { ordered: start.is_some(), items: vec![] });
            }
            Tag::Item => {
                self.flush();
                if let Some(list) = self.lists.last_mut() {
                    list.items.push(String::new());
                }
            }
            Tag::BlockQuote(_) => {
                self.flush();
                self.quotes += 1;
            }
            Tag::Heading { .. } | Tag::Paragraph => self.flush(),
            Tag::Table(_) => {
                self.flush();
                self.header.clear();
                self.rows.clear();
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Image | TagEnd::FootnoteDefinition | TagEnd::Strikethrough | TagEnd::HtmlBlock => {
                self.skipped = self.skipped.saturating_sub(1);
            }
            TagEnd::MetadataBlock(_) => self.metadata = false,
            TagEnd::Heading(level) => self.heading(level),
            TagEnd::CodeBlock => {
                let code = std::mem::take(&mut self.text);
                let language = self.code.take().flatten();
                self.article.push(Passage::Code { language, code: visible_code(&code) });
            }
            TagEnd::List(_) => {
                self.flush();
                self.close_list();
            }
            TagEnd::BlockQuote(_) => {
                self.flush();
                self.quotes = self.quotes.saturating_sub(1);
                if self.quotes == 0 {
                    plain::push_quote(&mut self.article, &std::mem::take(&mut self.quote));
                }
            }
            TagEnd::TableCell => self.cells.push(clean::line(&std::mem::take(&mut self.text))),
            TagEnd::TableHead => self.header = std::mem::take(&mut self.cells),
            TagEnd::TableRow => self.rows.push(std::mem::take(&mut self.cells)),
            TagEnd::Table => {
                let (header, rows) = (std::mem::take(&mut self.header), std::mem::take(&mut self.rows));
                self.article.push(Passage::Table { header, rows });
            }
            TagEnd::Paragraph | TagEnd::Item => self.flush(),
            _ => {}
        }
    }

    fn heading(&mut self, level: HeadingLevel) {
        let text = std::mem::take(&mut self.text);
        if level == HeadingLevel::H1 && self.article.title.is_none() {
            self.article.title = Some(clean::heading(&text));
        }
        self.article.open(&text, level as u8);
    }

    /// Puts the text read so far where it belongs.
    fn flush(&mut self) {
        if self.code.is_some() || self.text.trim().is_empty() {
            return;
        }
        let text = std::mem::take(&mut self.text);
        if let Some(item) = self.lists.last_mut().and_then(|list| list.items.last_mut()) {
            if !item.is_empty() {
                clean::join(item, &text);
            }
            item.push_str(&clean::item(&text));
        } else if self.quotes > 0 {
            self.quote.push(text);
        } else {
            self.article.push_text(&text);
        }
    }

    /// A list inside a list stands after the outer one's items so far: only whole lists are of use.
    fn close_list(&mut self) {
        let Some(mut list) = self.lists.pop() else { return };
        list.items.retain(|item| !item.is_empty());
        if self.quotes > 0 {
            self.quote.extend(list.items);
        } else if self.lists.is_empty() && !list.items.is_empty() {
            self.article.push(Passage::List { ordered: list.ordered, start: 1, introduction: None, items: list.items });
        }
    }
}

/// Code without the lines that documentation tools hide.
pub(super) fn visible_code(code: &str) -> String {
    let hidden =
        |line: &&str| !(line.trim() == "#" || line.trim_start().starts_with("# ") && code.contains("fn "));
    code.trim_matches('\n').lines().filter(hidden).map(str::trim_end).collect::<Vec<_>>().join("\n")
}
