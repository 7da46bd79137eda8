//! Goes through the elements of a page in order and writes down what they hold.

use dom_query::NodeRef;

use super::DEEPEST;
use super::node::{BLOCKS, code, has_block, inline, is_all_in, is_code, is_dropped, is_navigation};
use crate::source::article::{Article, Passage};
use crate::source::{clean, plain};

/// A line in bold letters that is longer than this is emphasis, not a heading.
const LONG_HEADING: usize = 90;

pub(super) fn walk(article: &mut Article, root: &NodeRef<'_>) {
    let mut walker = Walker { article, loose: String::new(), level: 1 };
    walker.children(root, 0);
    walker.flush();
}

pub(super) struct Walker<'a> {
    pub(super) article: &'a mut Article,
    /// Text that stands between blocks.
    loose: String,
    /// Of the last heading that was marked as one.
    level: u8,
}

impl Walker<'_> {
    pub(super) fn children(&mut self, node: &NodeRef<'_>, depth: usize) {
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
                self.level = name[1..].parse().unwrap_or(6);
                self.article.open(&inline(node, depth), self.level);
            }
            "ul" | "ol" => {
                self.flush();
                self.list(node, depth);
            }
            "dl" => {
                self.flush();
                self.definitions(node, depth);
            }
            "pre" => {
                self.flush();
                self.code(node);
            }
            "blockquote" => {
                self.flush();
                self.quote(node, depth);
            }
            "table" => {
                self.flush();
                self.table(node, depth);
            }
            "p" => {
                self.flush();
                self.paragraph(node, depth);
            }
            "br" | "hr" => self.loose.push(' '),
            _ if BLOCKS.contains(&&*name) || has_block(node, BLOCKS) => {
                self.flush();
                if !is_navigation(node) {
                    self.children(node, depth);
                    self.flush();
                }
            }
            name if is_code(name, node) => self.loose.push_str(&clean::code(&node.text())),
            _ => self.loose.push_str(&inline(node, depth)),
        }
    }

    pub(super) fn flush(&mut self) {
        let text = std::mem::take(&mut self.loose);
        self.article.push_text(&text);
    }

    pub(super) fn code(&mut self, node: &NodeRef<'_>) {
        let (language, code) = code(node);
        if !code.trim().is_empty() {
            self.article.push(Passage::Code { language, code });
        }
    }

    /// Running text; a line in bold letters alone is a heading, a line of code alone a command.
    fn paragraph(&mut self, node: &NodeRef<'_>, depth: usize) {
        if is_navigation(node) {
            return;
        }
        if has_block(node, BLOCKS) {
            self.children(node, depth);
            return self.flush();
        }
        let text = clean::line(&inline(node, depth));
        let bold = is_all_in(node, &["b", "strong"]) && text.chars().count() <= LONG_HEADING;
        if bold && !text.ends_with(['.', ',', ';', ':', '!']) && follows(node) {
            return self.article.open(&text, self.level + 1);
        }
        let typed = node.text();
        if is_all_in(node, &["code", "kbd", "samp", "tt"]) && typed.trim().contains(' ') {
            return self.article.push(Passage::Code { language: None, code: typed.trim().to_owned() });
        }
        self.article.push_text(&text);
    }

    fn quote(&mut self, node: &NodeRef<'_>, depth: usize) {
        let blocks: Vec<NodeRef<'_>> = node.element_children();
        if blocks.iter().any(|block| has_block(block, &["p", "ul", "ol", "pre"]) || is_no_prose(block)) {
            self.children(node, depth);
            return self.flush();
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
        if paragraphs.is_empty() || !blocks.iter().any(|block| block.has_name("p")) {
            paragraphs = vec![inline(node, depth)];
        }
        plain::push_quote(self.article, &paragraphs);
    }
}

fn is_no_prose(block: &NodeRef<'_>) -> bool {
    ["pre", "ul", "ol", "dl", "table", "h1", "h2", "h3", "h4"].iter().any(|name| block.has_name(name))
}

/// Whether anything stands below an element: a heading has its text.
fn follows(node: &NodeRef<'_>) -> bool {
    node.next_element_sibling().is_some_and(|next| !next.text().trim().is_empty())
}
