//! What one element of a page says: its words on one line, its code, and whether it is there to be read.

use dom_query::NodeRef;

use super::DEEPEST;
use crate::source::{clean, markdown};

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
    "menu-title",
    "nav-panel",
    "legalnotice",
    "copyright",
    "author",
    "authorgroup",
    "revhistory",
    "pubdate",
    "language-switcher",
    "language-list",
    "languages",
    "langs",
    "edit-link",
    "editlink",
    "edit-this-page",
    "pagination",
    "prev-next",
    "skip-link",
    "out-of-band",
    "rightside",
    "src",
    "sub-heading",
    "hideme",
    "since",
];
pub(super) const BLOCKS: &[&str] = &[
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
    "dt",
];

pub(super) fn is_dropped(node: &NodeRef<'_>) -> bool {
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
    // The caption of a table or picture.
    if &*name == "p" && node.has_class("title") {
        return true;
    }
    node.class().is_some_and(|classes| {
        classes.split_whitespace().any(|class| DROPPED_CLASSES.contains(&class.to_ascii_lowercase().as_str()))
    })
}

pub(super) fn has_block(node: &NodeRef<'_>, names: &[&str]) -> bool {
    node.descendants_it().any(|one| one.node_name().is_some_and(|name| names.contains(&&*name)))
}

/// An element that leads elsewhere: nothing but links, or links of a book's pages to one another.
pub(super) fn is_navigation(node: &NodeRef<'_>) -> bool {
    let links: Vec<NodeRef<'_>> =
        node.descendants_it().filter(|one| one.has_name("a") && one.has_attr("href")).collect();
    if links.is_empty() {
        return false;
    }
    let text = node.text();
    let short = text.split_whitespace().count() <= 40;
    let turns = |link: &NodeRef<'_>| {
        let rel = link.attr("rel").map(|rel| rel.to_ascii_lowercase()).unwrap_or_default();
        ["next", "prev", "previous", "up", "contents", "index"]
            .iter()
            .any(|one| rel.split(' ').any(|it| it == *one))
    };
    let closed = text.trim_end().ends_with(['.', '!', '?', '。']);
    short
        && (links.iter().any(turns)
            || !closed && (is_all_links(node) || links.len() >= 3 && is_linked(node, 60)))
}

/// An item that is nothing but links leads elsewhere: navigation, or a table of contents.
pub(super) fn is_all_links(item: &NodeRef<'_>) -> bool {
    is_linked(item, 90)
}

/// Whether at least so many of a hundred letters are a link's.
pub(super) fn is_linked(item: &NodeRef<'_>, percent: usize) -> bool {
    let all = item.text().chars().filter(|c| c.is_alphanumeric()).count();
    let linked: usize = item
        .descendants_it()
        .filter(|one| one.has_name("a") && one.has_attr("href"))
        .map(|link| link.text().chars().filter(|c| c.is_alphanumeric()).count())
        .sum();
    all == 0 || linked * 100 >= all * percent
}

/// The text of an element on one line, without code blocks, inner lists, marks and hidden parts.
pub(super) fn inline(node: &NodeRef<'_>, depth: usize) -> String {
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
            name if is_code(name, &child) => text.push_str(&clean::code(&child.text())),
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

/// What is to be typed, or stands for it.
pub(super) fn is_code(name: &str, node: &NodeRef<'_>) -> bool {
    matches!(name, "code" | "kbd" | "samp" | "tt" | "var") || name == "em" && node.has_class("replaceable")
}

/// Whether all words of an element stand in elements of these names.
pub(super) fn is_all_in(node: &NodeRef<'_>, names: &[&str]) -> bool {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
    fn inside(node: &NodeRef<'_>, names: &[&str]) -> String {
        let named = |one: &NodeRef<'_>| one.node_name().is_some_and(|name| names.contains(&&*name));
        let mut text = String::new();
        for child in node.children_it(false) {
            if named(&child) {
                text.push_str(&child.text());
            } else if child.is_element() && text.len() < 10_000 && !child.has_name("div") {
                text.push_str(&inside(&child, names));
            }
        }
        text
    }
    let all = letters(&node.text());
    all > 0 && node.text().len() < 300 && letters(&inside(node, names)) == all
}

pub(super) fn code(node: &NodeRef<'_>) -> (Option<String>, String) {
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
