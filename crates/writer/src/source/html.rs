//! HTML to an article: the main text by the page's own marks or by `dom_smoothie`,
//! without navigation, captions, notes and what is hidden.

use dom_query::{Document, NodeRef};

use super::article::{Article, Passage};
use super::{clean, markdown, plain};

/// Deeper nesting than this is no article; reading on would only cost the stack.
const DEEPEST: usize = 200;
/// A semantic element with fewer characters than this is no main text.
const LEAST: usize = 250;
/// An explanation with more characters than this is no list's item.
const LONG_DEFINITION: usize = 240;

const DROPPED: &[&str] = &[
    "script",
    "style",
    "noscript",
    "nav",
    "aside",
    "footer",
    "form",
    "button",
    "select",
    "iframe",
    "svg",
    "img",
    "picture",
    "video",
    "audio",
    "figcaption",
    "template",
    "input",
    "label",
    "canvas",
    "object",
    "math",
    "head",
    "del",
];
const DROPPED_CLASSES: &[&str] = &[
    "nav",
    "navbar",
    "navigation",
    "menu",
    "sidebar",
    "breadcrumb",
    "breadcrumbs",
    "footer",
    "toc",
    "share",
    "social",
    "related",
    "comments",
    "caption",
    "headerlink",
    "footnote",
    "footnotes",
    "footnote-reference",
    "footnote-definition",
    "sr-only",
    "hidden",
    "advert",
    "cookie",
    "newsletter",
    "boring",
    "buttons",
    "admonition-title",
    "navheader",
    "navfooter",
    "titlepage-toc",
    "list-of-tables",
    "list-of-figures",
    "mw-editsection",
    "noprint",
    "item-table",
    "metadata",
    "tooltip",
];
const BLOCKS: &[&str] = &[
    "p",
    "div",
    "section",
    "article",
    "main",
    "ul",
    "ol",
    "dl",
    "table",
    "pre",
    "blockquote",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "details",
    "header",
    "body",
    "center",
    "td",
    "li",
    "dd",
];

pub(super) fn read(text: &str) -> Article {
    if depth(text) > DEEPEST * 2 {
        return plain::read(&without_tags(text));
    }
    let document = Document::from(text);
    let mut article = own_reading(&document).unwrap_or_else(|| {
        let mut whole = Article::default();
        let body = document.body();
        if let Some(body) = &body {
            walk(&mut whole, body);
        }
        // What is found is the main text, unless it is a small part of a page that is text all over.
        let is_text = body.is_some_and(|body| !is_linked(&body, 15));
        let headings =
            |article: &Article| article.sections.iter().filter(|one| one.heading.is_some()).count();
        let part = |found: &Article| {
            is_text && (characters(found) * 3 < characters(&whole) || headings(found) * 3 < headings(&whole))
        };
        main_text(text).filter(|found| !part(found)).unwrap_or(whole)
    });
    article.title = title(&document, &article).or(article.title);
    article.published = published(&document);
    article
}

/// How deep the tags nest, at most; void elements count as closed.
fn depth(text: &str) -> usize {
    const OPEN_ENDED: [&str; 10] = ["<br", "<img", "<hr", "<in", "<meta", "<link", "<li", "<p", "<!", "<t"];
    let (mut now, mut most) = (0_usize, 0);
    for (at, _) in text.match_indices('<') {
        let rest = text[at..].get(..5).unwrap_or(&text[at..]);
        if rest.starts_with("</") {
            now = now.saturating_sub(1);
        } else if !OPEN_ENDED.iter().any(|tag| rest.starts_with(tag)) {
            now += 1;
            most = most.max(now);
        }
    }
    most
}

fn without_tags(text: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in text.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => out.push(c),
            _ => {}
        }
    }
    out
}

/// The one element by which the page itself names its main text.
fn own_reading(document: &Document) -> Option<Article> {
    let named = ["main", "[role=main]", "article"].iter().find_map(|name| {
        let found = document.select(name);
        (found.length() == 1).then(|| found.nodes().first().copied()).flatten()
    })?;
    let mut article = Article::default();
    walk(&mut article, &named);
    (characters(&article) >= LEAST).then_some(article)
}

fn main_text(text: &str) -> Option<Article> {
    let config = dom_smoothie::Config { keep_classes: true, ..Default::default() };
    let found = dom_smoothie::Readability::new(text, None, Some(config)).ok()?.parse().ok()?;
    let content = Document::fragment(found.content);
    let mut article = Article { title: Some(found.title), ..Article::default() };
    walk(&mut article, &content.root());
    (characters(&article) >= LEAST).then_some(article)
}

fn characters(article: &Article) -> usize {
    let texts = article.sections.iter().flat_map(|section| &section.passages);
    texts.map(|passage| if let Passage::Paragraph(text) = passage { text.len() } else { 0 }).sum()
}

/// The first heading of the main text where it is a title, else the page's title without the site's name.
fn title(document: &Document, article: &Article) -> Option<String> {
    let page = clean::line(&document.select("title").text());
    let first = article.sections.first().filter(|section| section.level <= 2);
    if let Some(heading) = first.and_then(|section| section.heading.clone()) {
        return Some(heading);
    }
    let name = [" | ", " - ", " – ", " — ", " · ", " :: "].iter().find_map(|cut| page.split_once(cut));
    let title = name.map_or(page.as_str(), |(title, _)| title);
    Some(title.to_owned()).filter(|title| !title.is_empty())
}

fn published(document: &Document) -> Option<String> {
    let meta = document.select("meta[property='article:published_time']").attr("content");
    let date = meta.or_else(|| document.select("article time[datetime]").attr("datetime"))?;
    Some(date.chars().take(10).collect())
}

fn walk(article: &mut Article, root: &NodeRef<'_>) {
    let mut walker = Walker { article, loose: String::new() };
    walker.children(root, 0);
    walker.flush();
}

struct Walker<'a> {
    article: &'a mut Article,
    /// Text that stands between blocks.
    loose: String,
}

impl Walker<'_> {
    fn children(&mut self, node: &NodeRef<'_>, depth: usize) {
        if depth > DEEPEST {
            return;
        }
        for child in node.children_it(false) {
            if child.is_text() {
                self.loose.push_str(&child.text());
            } else if child.is_element() && !is_dropped(&child) {
                self.element(&child, depth + 1);
            }
        }
    }

    fn element(&mut self, node: &NodeRef<'_>, depth: usize) {
        let name = node.node_name().unwrap_or_default();
        match &*name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.flush();
                let level = name[1..].parse().unwrap_or(6);
                self.article.open(&inline(node, depth), level);
            }
            "ul" | "ol" => self.list(node, &name == "ol", depth),
            "dl" => self.definitions(node, depth),
            "pre" => {
                self.flush();
                let (language, code) = code(node);
                if !code.trim().is_empty() {
                    self.article.push(Passage::Code { language, code });
                }
            }
            "blockquote" => {
                self.flush();
                self.quote(node, depth);
            }
            "table" if !has_block(node, &["p", "div", "h1", "h2", "h3", "ul"]) => {
                self.flush();
                self.table(node, depth);
            }
            "br" | "hr" => self.loose.push(' '),
            _ if BLOCKS.contains(&&*name) || has_block(node, BLOCKS) => {
                self.flush();
                self.children(node, depth);
                self.flush();
            }
            "code" | "kbd" | "samp" | "tt" => self.loose.push_str(&clean::guarded(&node.text())),
            _ => self.loose.push_str(&inline(node, depth)),
        }
    }

    fn flush(&mut self) {
        let text = std::mem::take(&mut self.loose);
        self.article.push_text(&text);
    }

    fn list(&mut self, node: &NodeRef<'_>, ordered: bool, depth: usize) {
        self.flush();
        let items: Vec<NodeRef<'_>> =
            node.element_children().into_iter().filter(|item| !is_dropped(item)).collect();
        let linked = items.iter().filter(|item| is_all_links(item)).count();
        if linked * 5 > items.len() * 3 && items.len() > 1 {
            return;
        }
        // An item with headings or long text is a section of its own.
        let long = |item: &NodeRef<'_>| has_block(item, &["h1", "h2", "h3", "h4", "table"]);
        if items.iter().any(long) {
            for item in &items {
                self.children(item, depth + 1);
                self.flush();
            }
            return;
        }
        let items: Vec<String> = items
            .iter()
            .map(|item| clean::item(&inline(item, depth)))
            .filter(|item| !item.is_empty())
            .collect();
        if !items.is_empty() {
            self.article.push(Passage::List { ordered, start: 1, introduction: None, items });
        }
    }

    /// Terms with their explanations, as items `term: explanation`.
    fn definitions(&mut self, node: &NodeRef<'_>, depth: usize) {
        self.flush();
        let children = node.element_children();
        let long = |child: &NodeRef<'_>| child.text().chars().count() > LONG_DEFINITION;
        if children.iter().filter(|child| child.has_name("dd") && long(child)).count() >= 2 {
            return self.explained(&children, depth);
        }
        let (mut items, mut term) = (Vec::new(), String::new());
        for child in children {
            let text = clean::line(&inline(&child, depth));
            if child.has_name("dt") {
                term = text.trim_end_matches([':', ' ']).to_owned();
            } else if !text.is_empty() && !term.is_empty() {
                items.push(format!("{term}: {text}"));
            }
        }
        if !items.is_empty() {
            self.article.push(Passage::List { ordered: false, start: 1, introduction: None, items });
        }
    }

    /// Terms with long explanations are sections of their own.
    fn explained(&mut self, children: &[NodeRef<'_>], depth: usize) {
        let level = self.article.sections.last().map_or(1, |section| section.level) + 1;
        for child in children {
            if child.has_name("dt") {
                self.article.open(&inline(child, depth), level);
            } else {
                self.children(child, depth + 1);
                self.flush();
            }
        }
    }

    fn quote(&mut self, node: &NodeRef<'_>, depth: usize) {
        let blocks: Vec<NodeRef<'_>> = node.element_children();
        if blocks.iter().any(|block| has_block(block, &["p", "ul", "ol", "pre"]) || block.has_name("pre")) {
            return self.children(node, depth);
        }
        let mut paragraphs: Vec<String> = blocks
            .iter()
            .filter(|block| !is_dropped(block))
            .map(|block| {
                let text = inline(block, depth);
                let cited = block.has_name("cite") || block.has_name("footer");
                if cited && !text.starts_with(['—', '–']) { format!("— {text}") } else { text }
            })
            .collect();
        if paragraphs.is_empty() {
            paragraphs.push(inline(node, depth));
        }
        plain::push_quote(self.article, &paragraphs);
    }

    fn table(&mut self, node: &NodeRef<'_>, depth: usize) {
        let mut header = Vec::new();
        let mut rows = Vec::new();
        for row in node.descendants_it().filter(|one| one.has_name("tr")) {
            let cells = row.element_children();
            let texts = cells.iter().map(|cell| clean::line(&inline(cell, depth))).collect::<Vec<_>>();
            if rows.is_empty() && header.is_empty() && cells.iter().all(|cell| cell.has_name("th")) {
                header = texts;
            } else {
                rows.push(texts);
            }
        }
        self.article.push(Passage::Table { header, rows });
    }
}

fn is_dropped(node: &NodeRef<'_>) -> bool {
    let name = node.node_name().unwrap_or_default();
    if DROPPED.contains(&&*name) || node.has_attr("hidden") {
        return true;
    }
    if node.attr("aria-hidden").is_some_and(|hidden| &*hidden == "true") {
        return true;
    }
    if node.attr("role").is_some_and(|role| matches!(&*role, "navigation" | "banner" | "contentinfo")) {
        return true;
    }
    // Some encyclopedias' footnotes; elsewhere the class of any link.
    if &*name == "sup" && node.has_class("reference") {
        return true;
    }
    node.class().is_some_and(|classes| {
        classes.split_whitespace().any(|class| DROPPED_CLASSES.contains(&class.to_ascii_lowercase().as_str()))
    })
}

fn has_block(node: &NodeRef<'_>, names: &[&str]) -> bool {
    node.descendants_it().any(|one| one.node_name().is_some_and(|name| names.contains(&&*name)))
}

/// An item that is nothing but links leads elsewhere: navigation, or a table of contents.
fn is_all_links(item: &NodeRef<'_>) -> bool {
    is_linked(item, 90)
}

/// Whether at least so many of a hundred letters are a link's.
fn is_linked(item: &NodeRef<'_>, percent: usize) -> bool {
    let all = item.text().chars().filter(|c| c.is_alphanumeric()).count();
    let linked: usize = item
        .descendants_it()
        .filter(|one| one.has_name("a") && one.has_attr("href"))
        .map(|link| link.text().chars().filter(|c| c.is_alphanumeric()).count())
        .sum();
    all == 0 || linked * 100 >= all * percent
}

/// The text of an element on one line, without code blocks, inner lists, marks and hidden parts.
fn inline(node: &NodeRef<'_>, depth: usize) -> String {
    let mut text = String::new();
    gather(node, depth, &mut text);
    text
}

fn gather(node: &NodeRef<'_>, depth: usize, text: &mut String) {
    if depth > DEEPEST {
        return;
    }
    for child in node.children_it(false) {
        if child.is_text() {
            text.push_str(&child.text());
            continue;
        }
        if !child.is_element() || is_dropped(&child) {
            continue;
        }
        let name = child.node_name().unwrap_or_default();
        match &*name {
            "pre" | "ul" | "ol" | "table" | "dl" => {}
            "br" => text.push('\n'),
            "code" | "kbd" | "samp" | "tt" => text.push_str(&clean::guarded(&child.text())),
            "sup" if is_mark(&child.text()) => {
                if text.ends_with(|c: char| c.is_ascii_digit()) {
                    text.extend(child.text().chars().filter_map(raised));
                }
            }
            _ => {
                let block = BLOCKS.contains(&&*name);
                let mut inner = String::new();
                gather(&child, depth + 1, &mut inner);
                if block && !text.trim().is_empty() {
                    clean::join(text, &inner);
                }
                text.push_str(&inner);
            }
        }
    }
}

/// A raised number is a footnote's mark; a raised letter may be an exponent or an ordinal.
fn is_mark(text: &str) -> bool {
    let text = text.trim();
    text.starts_with('[') || (text.len() <= 2 && text.bytes().all(|b| b.is_ascii_digit() || b == b'*'))
}

/// An exponent after a digit is part of the number: `10⁶`.
fn raised(c: char) -> Option<char> {
    let digits = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    digits.get(c.to_digit(10)? as usize).copied()
}

fn code(node: &NodeRef<'_>) -> (Option<String>, String) {
    let classes = node.descendants_it().chain(std::iter::once(*node)).filter_map(|one| one.class());
    let language = classes
        .flat_map(|classes| classes.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
        .find_map(|class| class.strip_prefix("language-").map(str::to_owned));
    let mut text = String::new();
    code_text(node, 0, &mut text);
    (language, markdown::visible_code(&text))
}

/// The text of a code block as it stands, without what is hidden or pressed.
fn code_text(node: &NodeRef<'_>, depth: usize, text: &mut String) {
    if depth > DEEPEST {
        return;
    }
    for child in node.children_it(false) {
        if child.is_text() {
            text.push_str(&child.text());
        } else if !child.has_class("boring") && !child.has_name("button") {
            code_text(&child, depth + 1, text);
        }
    }
}
