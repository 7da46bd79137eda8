//! Markdown to an article: `pulldown-cmark` renders it, and the page is read like any other.

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd, html::push_html};

use super::article::Article;
use super::html;

/// Elements that people write into Markdown; other names in angle brackets are words: `Vec<T>`.
const ELEMENTS: &[&str] = &[
    "a",
    "abbr",
    "b",
    "big",
    "blockquote",
    "br",
    "center",
    "cite",
    "code",
    "dd",
    "del",
    "details",
    "div",
    "dl",
    "dt",
    "em",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "picture",
    "pre",
    "q",
    "s",
    "samp",
    "small",
    "source",
    "span",
    "strike",
    "strong",
    "style",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
];

pub(super) fn read(text: &str) -> Article {
    // Pandoc's title block.
    let block = text.lines().next().and_then(|line| line.strip_prefix("% "));
    let rest = block.map_or(text, |_| text.split_once('\n').map_or("", |(_, rest)| rest));
    let mut front = FrontMatter::default();
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM;
    let mut page = String::new();
    push_html(&mut page, Parser::new_ext(rest, options).filter_map(|event| front.take(event)));
    let mut article = html::read_rendered(&page);
    article.title =
        front.title.or_else(|| block.map(|title| title.trim().to_owned())).or_else(|| first_title(&article));
    article.published = front.published;
    article
}

/// The one heading of the highest level, or the first where the text begins with it.
fn first_title(article: &Article) -> Option<String> {
    let great = article.sections.iter().filter(|section| section.level == 1 && section.heading.is_some());
    let great: Vec<_> = great.collect();
    let opens =
        article.sections.first().is_some_and(|section| section.level == 1 && section.heading.is_some());
    (opens || great.len() == 1).then(|| great[0].heading.clone()).flatten()
}

#[derive(Default)]
struct FrontMatter {
    inside: bool,
    title: Option<String>,
    published: Option<String>,
}

impl FrontMatter {
    /// Keeps what the front matter says for itself, and hands on the rest.
    fn take<'a>(&mut self, event: Event<'a>) -> Option<Event<'a>> {
        match event {
            Event::Start(Tag::MetadataBlock(_)) => self.inside = true,
            Event::End(TagEnd::MetadataBlock(_)) => self.inside = false,
            Event::Text(text) if self.inside => self.read(&text),
            Event::InlineHtml(tag) if !is_element(&tag) => return Some(Event::Text(tag)),
            // The language of code goes up to the first comma: `rust,ignore`.
            Event::Start(Tag::CodeBlock(kind)) => return Some(Event::Start(Tag::CodeBlock(short(kind)))),
            event => return Some(event),
        }
        None
    }

    fn read(&mut self, text: &str) {
        for line in text.lines() {
            let Some((key, value)) = line.split_once([':', '=']) else { continue };
            let value = value.trim().trim_matches(['"', '\'']).trim();
            match key.trim() {
                "title" if !value.is_empty() => self.title = Some(value.to_owned()),
                "date" | "published" if !value.is_empty() => {
                    self.published = Some(value.chars().take(10).collect());
                }
                _ => {}
            }
        }
    }
}

fn short(kind: pulldown_cmark::CodeBlockKind<'_>) -> pulldown_cmark::CodeBlockKind<'_> {
    use pulldown_cmark::CodeBlockKind::{Fenced, Indented};
    match kind {
        Fenced(info) => {
            let name = info.split([',', ' ', '{']).next().unwrap_or_default().to_owned();
            Fenced(CowStr::from(name))
        }
        Indented => Indented,
    }
}

fn is_element(tag: &str) -> bool {
    let name = tag.trim_start_matches(['<', '/']);
    let name = name.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    tag.starts_with("<!") || ELEMENTS.contains(&name.to_ascii_lowercase().as_str())
}

/// Code without the lines that documentation tools hide.
pub(super) fn visible_code(code: &str) -> String {
    let hidden =
        |line: &&str| !(line.trim() == "#" || line.trim_start().starts_with("# ") && code.contains("fn "));
    code.trim_matches('\n').lines().filter(hidden).map(str::trim_end).collect::<Vec<_>>().join("\n")
}
