//! Plain text to an article: paragraphs, headings, lists and tables told by their look.

mod lines;
mod look;
mod table;

use super::article::{Article, Passage};
use super::clean;
use super::list::Inner;
use look::{
    heading_level, indent, is_contents, is_drawn, is_heading, is_prose, is_ruler, is_title, least_indent,
    marker, underline, usual_indent,
};

pub(super) fn read(text: &str) -> Article {
    let lines = lines::cleaned(text);
    let name = text.lines().take(20).find_map(|line| lines::manual_name(&line.replace('\t', "        ")));
    let blocks = blocks(&lines);
    let stars = |line: &&String| line.starts_with("** ") || line.starts_with("*** ");
    let mut reader = Reader {
        article: Article { title: name, ..Article::default() },
        base: usual_indent(&lines),
        // Where headings are underlined, a short line alone is none.
        underlined: blocks.iter().filter(|block| underline(block).is_some()).count() >= 3,
        outline: text.contains("-*- outline")
            || text.contains("-*- org")
            || lines.iter().filter(stars).count() >= 3,
        column: None,
        number: 0,
        list_indent: 0,
        text_indent: 0,
    };
    for (n, block) in blocks.iter().enumerate() {
        if n == 0 && reader.article.title.is_none() && blocks.len() > 2 && is_title(block) {
            reader.article.title = Some(clean::heading(block[0]));
            continue;
        }
        let next = blocks.get(n + 1);
        if let Some(next) = next
            && reader.column.is_none()
            && leads_section(block, next)
        {
            reader.article.open(block[0], 2);
            continue;
        }
        reader.take(block, next.is_some());
    }
    reader.article
}

/// Runs of lines between empty lines.
fn blocks(lines: &[String]) -> Vec<Vec<&str>> {
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let mut blocks: Vec<Vec<&str>> = vec![vec![]];
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        at += 1;
        if let Some(end) = fence_end(&lines, at - 1) {
            at = end + 1;
            blocks.push(vec![]);
        } else if line.trim().is_empty() {
            blocks.push(vec![]);
        } else if let Some(block) = blocks.last_mut() {
            block.push(line.trim_end());
        }
    }
    blocks.retain(|block| !block.is_empty());
    blocks
}

/// Where code ends that begins at a line of hyphens or dots, with no empty line after the one and
/// before the other.
fn fence_end(lines: &[&str], at: usize) -> Option<usize> {
    let fence = lines[at].trim_end();
    let mark = fence.chars().next().filter(|c| "-.`~".contains(*c))?;
    let is_fence = fence.len() >= 4 && fence.chars().all(|c| c == mark);
    let underlines = at > 0 && lines[at - 1].trim().chars().count().abs_diff(fence.len()) <= 3;
    if !is_fence || underlines || lines.get(at + 1)?.trim().is_empty() {
        return None;
    }
    let end = (at + 1..lines.len().min(at + 80)).find(|n| lines[*n].trim_end() == fence)?;
    (!lines[end - 1].trim().is_empty()).then_some(end)
}

struct Reader {
    article: Article,
    base: usize,
    underlined: bool,
    /// Stars count the level of a heading.
    outline: bool,
    /// Where the words of the last item begin: what stands below them belongs to it.
    column: Option<usize>,
    /// Of the last item.
    number: u32,
    /// How far the items of the last list are set in.
    list_indent: usize,
    /// How far the last paragraph was set in.
    text_indent: usize,
}

impl Reader {
    fn take(&mut self, block: &[&str], followed: bool) {
        let column = self.column.take();
        if self.headed(block, followed) || is_ruler(block) || is_contents(block) {
            return;
        }
        if column.is_some_and(|column| column > self.text_indent && least_indent(block) >= column)
            && self.goes_on(block)
        {
            self.column = column;
            return;
        }
        if let Some(table) = table::table(block) {
            return self.article.push(table);
        }
        if let Some(at) = block.iter().position(|line| marker(line).is_some())
            && self.listed(block, at, column)
        {
            return;
        }
        if self.defined(block) {
            return;
        }
        if let Some(inner) = set_off(block) {
            self.take(&block[..inner.start], false);
            self.set_off(&block[inner.clone()]);
            return self.rest(&block[inner.end..], followed);
        }
        let prompted = block.iter().all(|line| line.trim_start().starts_with(['$', '%', '#']));
        let set_in = least_indent(block) >= self.base + 4 && !is_prose(block);
        if prompted || set_in || is_drawn(block) && !is_prose(block) {
            return self.code(block);
        }
        if block[0].trim_start().starts_with("> ") {
            let lines: Vec<&str> =
                block.iter().map(|line| line.trim_start().trim_start_matches('>').trim()).collect();
            return push_quote(&mut self.article, &[lines.join("\n")]);
        }
        self.text_indent = least_indent(block);
        self.article.push_text(without_letter(&joined(block)));
    }

    /// Takes the headings at the start of a block, with what stands right below them.
    fn headed(&mut self, block: &[&str], followed: bool) -> bool {
        if let Some(level) = underline(block) {
            if self.article.sections.is_empty() && self.article.title.is_none() && block.len() == 2 {
                self.article.title = Some(clean::heading(block[0]));
            }
            self.article.open(block[0], level);
            self.rest(&block[2..], followed);
            return true;
        }
        // A ruler above or below a line is part of its look.
        if block.len() >= 2 && (is_ruler(&block[..1]) || is_ruler(&block[block.len() - 1..])) {
            let inner: Vec<&str> = block.iter().copied().filter(|line| !is_ruler(&[line])).collect();
            if table::table(block).is_none() && inner.len() + 2 >= block.len() {
                if self.article.sections.is_empty() && self.article.title.is_none() && inner.len() <= 3 {
                    self.article.title = inner.first().map(|title| clean::heading(title));
                } else {
                    self.rest(&inner, followed);
                }
                return true;
            }
        }
        let stars = block[0].bytes().take_while(|byte| *byte == b'*').count();
        let starred = (1..=5).contains(&stars) && block[0][stars..].starts_with(' ');
        let goes_on = block.get(1).is_some_and(|line| line.trim_start().starts_with(char::is_lowercase));
        if self.outline && starred && stars > 1 && goes_on {
            let mut list = Inner::new(false, 1);
            list.add(&clean::item(&joined(block)[stars..]), vec![]);
            self.push_list(list, 0, None, 0);
            self.list_indent = 0;
            return true;
        }
        let item = stars == 1 && (block[0].ends_with(['.', ':', ';', ',']) || block.len() > 1);
        if self.outline && starred && !item {
            self.article.open(&block[0][stars..], stars as u8);
            self.rest(&block[1..], followed);
            return true;
        }
        if look::is_numbered_title(block) {
            self.article.open(&joined(block), heading_level(block[0], self.base));
            return true;
        }
        if self.outline && indent(block[0]) >= self.base.max(1) {
            return false;
        }
        // A manual's heading stands near the margin, right above its text; a changelog's above its items.
        let [title, rest @ ..] = block else { return false };
        let below = !rest.is_empty()
            && indent(title) <= 3
            && (least_indent(rest) >= indent(title) + 3
                || marker(rest[0]).is_some() && marker(title).is_none());
        if below && is_heading(&block[..1], self.base) && !look::is_prose(&block[..1]) {
            self.article.open(title, if indent(title) == 0 { 1 } else { 2 });
            self.rest(rest, followed);
            return true;
        }
        let counts_on = look::numbered(block[0].trim()).is_some_and(|(number, _)| self.follows(number));
        if followed && !self.underlined && !counts_on && is_heading(block, self.base) {
            self.article.open(block[0], heading_level(block[0], self.base));
            return true;
        }
        false
    }

    /// Whether a number goes on counting the last list.
    fn follows(&self, number: u32) -> bool {
        let last = self.article.sections.last().and_then(|section| {
            section.passages.iter().rev().take(3).find(|passage| matches!(passage, Passage::List { .. }))
        });
        number == self.number + 1 && matches!(last, Some(Passage::List { ordered: true, .. }))
    }

    fn rest(&mut self, block: &[&str], followed: bool) {
        if !block.is_empty() {
            self.take(block, followed);
        }
    }

    /// A paragraph below an item's words is the item's.
    fn goes_on(&mut self, block: &[&str]) -> bool {
        let last = self.article.sections.last_mut().and_then(|section| section.passages.last_mut());
        let Some(Passage::List { items, .. }) = last else { return false };
        let Some(item) = items.last_mut().filter(|_| is_prose(block) && marker(block[0]).is_none()) else {
            return false;
        };
        let text = clean::line(&joined(block));
        if item.ends_with(char::is_alphanumeric) {
            item.push('.');
        }
        clean::join(item, &text);
        item.push_str(&text);
        true
    }

    /// The items from a line on, by their marks and how far they are set in; the lines before lead to them.
    fn listed(&mut self, block: &[&str], at: usize, outer: Option<usize>) -> bool {
        let first = marker(block[at]);
        let alone = block[at..].iter().filter(|line| marker(line).is_some()).count() == 1;
        // A dash or number at the start of one line in the midst of a paragraph is none.
        let lead = joined(&block[..at]);
        if at > 0 && !lead.ends_with(':') && (alone || indent(block[at]) <= indent(block[at - 1]) && at > 2) {
            return false;
        }
        if at > 0 {
            self.text_indent = least_indent(&block[..at]);
            self.article.push_text(&lead);
        }
        let mut groups: Vec<(usize, Option<u32>, usize, Vec<&str>)> = Vec::new();
        for line in &block[at..] {
            match (marker(line), groups.last_mut()) {
                (Some((number, column)), _) => groups.push((indent(line), number, column, vec![*line])),
                (None, Some(group)) => group.3.push(line),
                (None, None) => {}
            }
        }
        self.column = groups.last().map(|group| group.2);
        let depth = groups[0].0;
        let start = first.and_then(|(number, _)| number);
        let mut list = Inner::new(start.is_some(), start.unwrap_or(1));
        let mut inner: Option<Inner> = None;
        let mut last = start.unwrap_or(0);
        for (indent, number, column, lines) in groups {
            let rest: String = lines[0].chars().skip(column).collect();
            let text = clean::item(&joined(&[&[rest.as_str()], &lines[1..]].concat()));
            if indent > depth + 1 {
                let start = number.unwrap_or(1);
                inner.get_or_insert_with(|| Inner::new(number.is_some(), start)).add(&text, vec![]);
                continue;
            }
            if let Some(inner) = inner.take() {
                list.belongs_to_last(inner);
            }
            last = number.unwrap_or(0);
            list.add(&text, vec![]);
        }
        if let Some(inner) = inner {
            list.belongs_to_last(inner);
        }
        if outer.is_some_and(|column| depth >= column && at == 0 && depth > self.list_indent) {
            self.push_inner(list);
        } else {
            self.push_list(list, depth, start, last);
        }
        self.list_indent = depth;
        true
    }

    /// A list below an item, set in further, is the item's.
    fn push_inner(&mut self, list: Inner) {
        let before = self.article.sections.last_mut().and_then(|section| section.passages.last_mut());
        let Some(Passage::List { ordered, start, items, introduction }) = before else {
            return self.article.push_list(list);
        };
        let (introduction, mut outer) = (introduction.take(), Inner::new(*ordered, *start));
        std::mem::take(items).into_iter().for_each(|item| outer.add(&item, vec![]));
        outer.belongs_to_last(list);
        if let Some(section) = self.article.sections.last_mut() {
            section.passages.pop();
            outer.passages(introduction, &mut section.passages);
        }
    }

    /// Adds to the list before where the text only has empty lines between its items.
    fn push_list(&mut self, list: Inner, depth: usize, start: Option<u32>, last: u32) {
        let counts_on = start.is_none_or(|start| start == self.number + 1);
        self.number = last;
        let before = self.article.sections.last_mut().and_then(|section| section.passages.last_mut());
        if let Some(Passage::List { ordered, items, .. }) = before
            && *ordered == start.is_some()
            && counts_on
            && depth == self.list_indent
            && list.is_flat()
        {
            return items.extend(list.into_items());
        }
        self.article.push_list(list);
    }

    /// Terms with their explanations: set in below them, or in a second column.
    fn defined(&mut self, block: &[&str]) -> bool {
        let [title, rest @ ..] = block else { return false };
        let term = title.trim();
        let deeper = !rest.is_empty() && least_indent(rest) >= indent(title) + 3;
        let mut items = Vec::new();
        let option = term.starts_with('-') && !term.contains("  ");
        if deeper
            && term.split_whitespace().count() <= 6
            && !term.ends_with(['.', ',', ';', ':'])
            && (option || is_prose(rest))
        {
            items.push(format!("{term}: {}", joined(rest)));
            self.column = Some(least_indent(rest));
        } else {
            for line in block {
                let new = indent(line) <= indent(title);
                match line.trim().split_once("   ") {
                    Some((term, text))
                        if new && term.split_whitespace().count() <= 3 && !text.trim().contains("   ") =>
                    {
                        items.push(format!("{}: {}", term.trim_end_matches(':'), text.trim()));
                    }
                    _ if new || items.is_empty() => return false,
                    _ => {
                        if let Some(item) = items.last_mut() {
                            *item = joined(&[item.as_str(), line]);
                        }
                    }
                }
            }
            if !is_prose(block) && !term.starts_with('-') {
                return false;
            }
        }
        let mut list = Inner::new(false, 1);
        for item in &items {
            list.add(&clean::item(item), vec![]);
        }
        self.push_list(list, indent(title), None, 0);
        self.list_indent = indent(title);
        true
    }

    /// What a colon leads to: items, running text, or else code.
    fn set_off(&mut self, block: &[&str]) {
        if marker(block[0]).is_some() || is_prose(block) { self.take(block, false) } else { self.code(block) }
    }

    fn code(&mut self, block: &[&str]) {
        let least = least_indent(block);
        let cut = |line: &&str| line.chars().skip(least).collect::<String>();
        let code = block.iter().map(cut).collect::<Vec<_>>().join("\n");
        self.article.push(Passage::Code { language: None, code });
    }
}

/// `Running it as root:` above running text that stands no further in.
fn leads_section(block: &[&str], next: &[&str]) -> bool {
    let [line] = block else { return false };
    let words = line.trim().trim_end_matches(':').split_whitespace().count();
    line.ends_with(':')
        && (2..=6).contains(&words)
        && line.trim().starts_with(char::is_uppercase)
        && marker(line).is_none()
        && marker(next[0]).is_none()
        && least_indent(next) == indent(line)
        && is_prose(next)
}

/// Lines in a paragraph that are set in below a colon, or one at its end: a command, an example.
fn set_off(block: &[&str]) -> Option<std::ops::Range<usize>> {
    (1..block.len()).find_map(|at| {
        let before = block[at - 1];
        let deeper = block[at..].iter().take_while(|line| indent(line) >= indent(before) + 2).count();
        let ends = at + deeper == block.len();
        let command = deeper == 1 && ends && look::is_command(block[at]);
        (deeper > 0
            && (before.ends_with(':') || command && !block[..at].iter().any(|line| marker(line).is_some())))
        .then(|| at..at + deeper)
    })
}

/// A paragraph without the letter that counts it: `b.  Fixed a bug`.
fn without_letter(text: &str) -> &str {
    let letters = text.bytes().take_while(u8::is_ascii_lowercase).count();
    match text.get(letters..).and_then(|rest| rest.strip_prefix(". ")) {
        Some(rest) if (1..=2).contains(&letters) => rest.trim_start(),
        _ => text,
    }
}

/// The lines of a block as one; words that were divided at a line's end become whole again.
fn joined(lines: &[&str]) -> String {
    let mut text = String::new();
    for line in lines {
        let line = line.trim();
        if text.ends_with('\u{2010}') {
            text.pop();
        } else if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(line);
    }
    text
}

/// A quotation with its attribution; without one it is running text, set off as notes are.
pub(super) fn push_quote(article: &mut Article, paragraphs: &[String]) {
    let lines: Vec<&str> = paragraphs.iter().flat_map(|text| text.lines()).map(str::trim).collect();
    let attributed = lines.iter().rposition(|line| !line.is_empty()).and_then(|last| {
        let who = ["— ", "– ", "-- ", "—", "― "].iter().find_map(|dash| lines[last].strip_prefix(dash))?;
        (last > 0 && who.chars().count() <= 80).then(|| (last, clean::line(who)))
    });
    let Some((last, who)) = attributed else {
        for paragraph in paragraphs {
            article.push_text(paragraph);
        }
        return;
    };
    let text = clean::line(&lines[..last].join(" "));
    let text = text.trim_matches(['"', '“', '”', '„', '«', '»', ' ']).to_owned();
    if !text.is_empty() {
        article.push(Passage::Quote { text, attribution: Some(who) });
    }
}
