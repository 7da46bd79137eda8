//! Lists, definitions and tables of a page: nothing of an item is lost.

use dom_query::NodeRef;

use super::DEEPEST;
use super::node::{code, has_block, inline, is_all_in, is_all_links, is_dropped};
use super::walk::Walker;
use crate::source::article::Passage;
use crate::source::clean;
use crate::source::list::{self, Inner};

/// An explanation with more characters than this is no list's item.
const LONG_DEFINITION: usize = 240;
/// A cell with more characters than this is part of the page's layout.
const LONG_CELL: usize = 300;

/// Fewest words of a linked item that is more than the name of a page.
const TELLING: usize = 4;

/// What one item of a list holds.
#[derive(Default)]
struct Item {
    text: String,
    inner: Vec<Inner>,
    code: Vec<Passage>,
}

/// A linked item that says something of its own, as a changelog's do: some words, and a link to elsewhere.
fn tells(item: &NodeRef<'_>) -> bool {
    let leads_away = |link: NodeRef<'_>| {
        link.has_name("a") && link.attr("href").is_some_and(|address| address.starts_with("http"))
    };
    item.text().split_whitespace().count() >= TELLING
        && item.descendants_it().all(|one| !one.has_name("a") || leads_away(one))
}

impl Walker<'_> {
    pub(super) fn list(&mut self, node: &NodeRef<'_>, depth: usize) {
        let items: Vec<NodeRef<'_>> =
            node.element_children().into_iter().filter(|item| !is_dropped(item)).collect();
        let linked = items.iter().filter(|item| is_all_links(item) && !tells(item)).count();
        if linked * 5 > items.len() * 3 && items.len() > 1 {
            return;
        }
        // An item with headings or tables is a section of its own.
        if items.iter().any(|item| has_block(item, &["h1", "h2", "h3", "h4", "table"])) {
            for item in &items {
                self.children(item, depth + 1);
                self.flush();
            }
            return;
        }
        let (list, code) = read_list(node, depth);
        self.article.push_list(list);
        code.into_iter().for_each(|code| self.article.push(code));
    }

    /// Terms with their explanations, as items `term: explanation`; questions and long ones as sections.
    pub(super) fn definitions(&mut self, node: &NodeRef<'_>, depth: usize) {
        let children: Vec<NodeRef<'_>> = entries(node);
        let long = |child: &NodeRef<'_>| child.text().chars().count() > LONG_DEFINITION;
        let asks = |child: &NodeRef<'_>| child.text().trim_end().ends_with('?');
        let explained = children.iter().filter(|child| child.has_name("dd") && long(child)).count() >= 2;
        if explained || children.iter().any(|child| child.has_name("dt") && asks(child)) {
            return self.explained(&children, depth);
        }
        let (list, code) = read_definitions(&children, depth);
        self.article.push_list(list);
        code.into_iter().for_each(|code| self.article.push(code));
    }

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

    /// A table with its cells in rows of one length; one that only lays out the page is read as it stands.
    pub(super) fn table(&mut self, node: &NodeRef<'_>, depth: usize) {
        let rows: Vec<NodeRef<'_>> = node.descendants_it().filter(|one| one.has_name("tr")).collect();
        let long = |cell: &NodeRef<'_>| {
            cell.text().chars().count() > LONG_CELL || has_block(cell, &["h1", "h2", "h3", "h4", "table"])
        };
        let lays_out = rows.iter().all(|row| cells(row).len() <= 1)
            || rows.iter().any(|row| cells(row).iter().any(long));
        if lays_out {
            self.children(node, depth);
            return self.flush();
        }
        let mut grid = Grid::default();
        let (mut header, mut body) = (Vec::new(), Vec::new());
        for row in &rows {
            let cells = cells(row);
            let titles = !cells.is_empty() && cells.iter().all(|cell| cell.has_name("th"));
            let texts = grid.row(&cells, depth);
            if body.is_empty() && header.is_empty() && titles {
                header = texts;
            } else if texts.iter().any(|text| !text.is_empty()) {
                body.push(texts);
            }
        }
        if !body.is_empty() {
            self.article.push(Passage::Table { header, rows: body });
        }
    }
}

fn cells<'a>(row: &NodeRef<'a>) -> Vec<NodeRef<'a>> {
    row.element_children().into_iter().filter(is_cell).collect()
}

fn is_cell(node: &NodeRef<'_>) -> bool {
    (node.has_name("td") || node.has_name("th")) && !is_dropped(node)
}

/// Cells that reach over several rows or columns stand in each of them.
#[derive(Default)]
struct Grid {
    /// For each column the text that goes on below, and over how many rows.
    open: Vec<(String, usize)>,
}

impl Grid {
    fn row(&mut self, cells: &[NodeRef<'_>], depth: usize) -> Vec<String> {
        let mut row = Vec::new();
        let span = |cell: &NodeRef<'_>, name: &str| -> usize {
            cell.attr(name).and_then(|span| span.trim().parse().ok()).unwrap_or(1).clamp(1, 50)
        };
        let mut cells = cells.iter();
        loop {
            let column = row.len();
            if let Some((text, left)) = self.open.get_mut(column).filter(|(_, left)| *left > 0) {
                *left -= 1;
                row.push(text.clone());
                continue;
            }
            let Some(cell) = cells.next() else { break };
            let text = clean::line(&inline(cell, depth));
            for column in column..column + span(cell, "colspan") {
                self.open.resize(self.open.len().max(column + 1), (String::new(), 0));
                self.open[column] = (text.clone(), span(cell, "rowspan") - 1);
                row.push(text.clone());
            }
        }
        row
    }
}

/// The terms and explanations of a list; newer pages put each pair into a `div`.
fn entries<'a>(node: &NodeRef<'a>) -> Vec<NodeRef<'a>> {
    let children = node.element_children().into_iter().filter(|child| !is_dropped(child));
    children
        .flat_map(|child| if child.has_name("div") { child.element_children() } else { vec![child] })
        .filter(|child| child.has_name("dt") || child.has_name("dd"))
        .collect()
}

fn read_list(node: &NodeRef<'_>, depth: usize) -> (Inner, Vec<Passage>) {
    let start = node.attr("start").and_then(|start| start.trim().parse().ok()).unwrap_or(1);
    let mut list = Inner::new(node.has_name("ol"), start);
    let mut code = Vec::new();
    for child in node.element_children().into_iter().filter(|child| !is_dropped(child)) {
        // Lists that stand beside the items of their outer list belong to the item before.
        if child.has_name("ul") || child.has_name("ol") {
            let (inner, more) = read_list(&child, depth + 1);
            list.belongs_to_last(inner);
            code.extend(more);
            continue;
        }
        let mut item = Item::default();
        read_item(&child, depth, &mut item);
        list.add(&clean::item(&item.text), item.inner);
        code.extend(item.code);
    }
    (list, code)
}

fn read_definitions(children: &[NodeRef<'_>], depth: usize) -> (Inner, Vec<Passage>) {
    let mut list = Inner::new(false, 1);
    let mut code = Vec::new();
    let (mut terms, mut item) = (Vec::<String>::new(), Item::default());
    let mut close = |terms: &mut Vec<String>, item: &mut Item, code: &mut Vec<Passage>| {
        let text = list::defined(&terms.join(", "), &clean::line(&item.text));
        let Item { inner, code: more, .. } = std::mem::take(item);
        if !terms.is_empty() {
            list.add(&text, inner);
        }
        terms.clear();
        code.extend(more);
    };
    let mut explained = false;
    for child in children {
        if child.has_name("dt") {
            if explained {
                close(&mut terms, &mut item, &mut code);
                explained = false;
            }
            terms.push(clean::line(&inline(child, depth)).trim_end_matches([':', ' ']).to_owned());
        } else {
            read_item(child, depth, &mut item);
            explained = true;
        }
    }
    close(&mut terms, &mut item, &mut code);
    (list, code)
}

/// An item's words, the lists in it and its code; a line of code alone is what the words before speak of.
fn read_item(node: &NodeRef<'_>, depth: usize, item: &mut Item) {
    if depth > DEEPEST {
        return;
    }
    if !has_block(node, &["ul", "ol", "dl", "pre", "p", "div", "blockquote"]) {
        return add_text(item, &inline(node, depth));
    }
    let mut loose = String::new();
    for child in node.children_it(false) {
        if child.is_text() {
            loose.push_str(&child.text());
            continue;
        }
        if !child.is_element() || is_dropped(&child) {
            continue;
        }
        let name = child.node_name().unwrap_or_default();
        let block = ["ul", "ol", "dl", "pre", "p", "div", "blockquote", "section", "details"];
        if !block.contains(&&*name) {
            let wrapped = format!(" {}", inline_of(&child, depth));
            loose.push_str(if wrapped.trim().is_empty() { " " } else { wrapped.trim_start_matches(' ') });
            continue;
        }
        add_text(item, &std::mem::take(&mut loose));
        match &*name {
            "ul" | "ol" => {
                let (inner, code) = read_list(&child, depth + 1);
                item.inner.push(inner);
                item.code.extend(code);
            }
            "dl" => {
                let (inner, code) = read_definitions(&entries(&child), depth + 1);
                item.inner.push(inner);
                item.code.extend(code);
            }
            "pre" => {
                let (language, code) = code(&child);
                add_code(item, language, &code);
            }
            "p" if is_all_in(&child, &["code", "kbd", "samp", "tt"]) && child.text().contains(' ') => {
                add_code(item, None, &child.text());
            }
            _ => read_item(&child, depth + 1, item),
        }
    }
    add_text(item, &loose);
}

fn inline_of(node: &NodeRef<'_>, depth: usize) -> String {
    let name = node.node_name().unwrap_or_default();
    match &*name {
        "br" => "\n".to_owned(),
        name if super::node::is_code(name, node) => clean::code(&node.text()),
        _ => inline(node, depth),
    }
}

fn add_text(item: &mut Item, text: &str) {
    if text.trim().is_empty() {
        return;
    }
    if !item.text.trim().is_empty() {
        clean::join(&mut item.text, text);
    }
    item.text.push_str(text.trim());
}

/// One line goes on from the words, as far as a line can take it; more is a passage of its own.
fn add_code(item: &mut Item, language: Option<String>, code: &str) {
    let code = code.trim_matches('\n').trim_end();
    let said = item.text.trim_end().trim_end_matches(['.', ':']);
    let joined = format!("{said}: {}", clean::code(code.trim()));
    let fits = joined.chars().count() <= list::LINE && !code.contains('\n') && said.contains(' ');
    if fits {
        item.text = joined;
    } else if !code.trim().is_empty() {
        item.code.push(Passage::Code { language, code: code.to_owned() });
    }
}
