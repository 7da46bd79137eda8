//! Plain text to an article: paragraphs, headings and lists told by their look.

use super::article::{Article, Passage};
use super::clean;

const BULLETS: [&str; 5] = ["- ", "* ", "• ", "– ", "o "];

pub(super) fn read(text: &str) -> Article {
    let mut article = Article::default();
    let base = usual_indent(text);
    let blocks = blocks(text);
    // Where headings are underlined, a short line alone is none.
    let underlined = blocks.iter().filter(|block| underline(block).is_some()).count() >= 3;
    for (n, block) in blocks.iter().enumerate() {
        if n == 0 && blocks.len() > 2 && is_title(block) {
            article.title = Some(clean::heading(block[0]));
            continue;
        }
        take(&mut article, block, base, n + 1 < blocks.len() && !underlined);
    }
    article
}

/// Runs of lines between empty lines.
fn blocks(text: &str) -> Vec<Vec<&str>> {
    let mut blocks: Vec<Vec<&str>> = vec![vec![]];
    let lines: Vec<&str> = text.lines().collect();
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

fn indent(line: &str) -> usize {
    line.chars().take_while(|c| c.is_whitespace()).map(|c| if c == '\t' { 8 } else { 1 }).sum()
}

/// The indentation that most lines have: a manual's text is set in as a whole.
fn usual_indent(text: &str) -> usize {
    let mut counts = [0_usize; 13];
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        counts[indent(line).min(12)] += 1;
    }
    (0..counts.len()).rev().max_by_key(|n| counts[*n]).unwrap_or(0)
}

fn take(article: &mut Article, block: &[&str], base: usize, followed: bool) {
    if let Some(level) = underline(block) {
        if article.sections.is_empty() && article.title.is_none() {
            article.title = Some(clean::heading(block[0]));
        }
        article.open(block[0], level);
        if block.len() > 2 {
            take(article, &block[2..], base, followed);
        }
        return;
    }
    // A manual's heading stands near the margin, right above its text; a term above its explanation.
    if let [title, rest @ ..] = block
        && let Some(least) = rest.iter().map(|line| indent(line)).min()
        && least >= indent(title) + 3
        && list(block).is_none()
    {
        if indent(title) <= 3 && is_heading(&block[..1], base) {
            article.open(title, if indent(title) == 0 { 1 } else { 2 });
            return take(article, rest, base, followed);
        }
        let term = title.trim();
        if term.split_whitespace().count() <= 5 && !term.ends_with(['.', ',', ';', ':']) && is_prose(rest) {
            return push_list(article, false, vec![clean::item(&format!("{term}: {}", joined(rest)))]);
        }
    }
    if block.iter().any(|line| line.contains(". . .") || line.contains(".....")) || is_ruler(block) {
        return;
    }
    if is_contents(block) {
        return;
    }
    if followed && is_heading(block, base) {
        if article.sections.is_empty() && article.title.is_none() {
            article.title = Some(clean::heading(block[0]));
        }
        article.open(block[0], if indent(block[0]) < base { 1 } else { 2 });
        return;
    }
    if let Some((ordered, items)) = list(block) {
        return push_list(article, ordered, items);
    }
    if block.iter().all(|line| indent(line) >= base + 4) && !is_prose(block) {
        let least = block.iter().map(|line| indent(line)).min().unwrap_or(0);
        let cut = |line: &&str| line.chars().skip(least).collect::<String>();
        let code = block.iter().map(cut).collect::<Vec<_>>().join("\n");
        return article.push(Passage::Code { language: None, code });
    }
    if block[0].trim_start().starts_with('>') {
        let lines: Vec<String> =
            block.iter().map(|line| line.trim_start().trim_start_matches('>').trim().to_owned()).collect();
        return push_quote(article, &[lines.join("\n")]);
    }
    // `Stop   The process is stopped.`: a term and its explanation in two columns.
    if let Some((term, rest)) = block[0].trim().split_once("   ")
        && term.split_whitespace().count() <= 2
        && block[1..].iter().all(|line| indent(line) > indent(block[0]))
    {
        let text = joined(&[&[rest], &block[1..]].concat());
        return push_list(article, false, vec![clean::item(&format!("{term}: {text}"))]);
    }
    let text = joined(block);
    // Questions and answers, as they are often marked.
    if let Some(question) = text.strip_prefix("Q. ").or_else(|| text.strip_prefix("Q: ")) {
        if question.ends_with('?') && question.chars().count() <= 100 {
            return article.open(question, 3);
        }
        return;
    }
    let answer = text.strip_prefix("A. ").or_else(|| text.strip_prefix("A: "));
    article.push_text(without_letter(answer.unwrap_or(&text)));
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

/// A few short lines at the top that are no sentence: the title, and a date or author below it.
fn is_title(block: &[&str]) -> bool {
    let first = block[0].trim();
    block.len() <= 3
        && underline(block).is_none()
        && list(block).is_none()
        && (3..=90).contains(&first.chars().count())
        && first.chars().next().is_some_and(char::is_alphanumeric)
        && !block.iter().any(|line| line.trim_end().ends_with(['.', ':', ',', ';']))
}

/// A table of contents: most of its lines begin with a number such as `11.1.`.
fn is_contents(block: &[&str]) -> bool {
    let numbered = block.iter().filter(|line| {
        let first = line.split_whitespace().next().unwrap_or_default();
        let dotted =
            first.chars().filter(|c| *c == '.').count() >= 2 || first.trim_end_matches('.').contains('.');
        dotted && first.chars().all(|c| c.is_ascii_digit() || c == '.')
    });
    block.len() >= 2 && numbered.count() * 2 >= block.len()
}

fn is_ruler(block: &[&str]) -> bool {
    block.iter().all(|line| !line.chars().any(char::is_alphanumeric))
}

/// The level of a heading whose second line underlines it.
fn underline(block: &[&str]) -> Option<u8> {
    let [title, line, ..] = block else { return None };
    let mark = line.trim().chars().next().filter(|c| "=-~^*".contains(*c))?;
    // As long as the title, more or less: a longer one fences code.
    let fits = line.trim().len().abs_diff(title.trim().chars().count()) <= 3;
    let ruled = line.trim().chars().all(|c| c == mark) && line.trim().len() >= 3 && fits;
    (ruled && title.trim().chars().count() <= 100).then_some(if mark == '=' { 1 } else { 2 })
}

fn is_heading(block: &[&str], base: usize) -> bool {
    let [line] = block else { return false };
    if line.trim_start().starts_with("Q. ") || line.trim_start().starts_with("A. ") {
        return false;
    }
    // A numbered heading may end with a full stop.
    let text = match after_number(line.trim()) {
        Some(rest) if rest.split_whitespace().count() <= 8 => rest.trim_end_matches('.'),
        _ => line.trim(),
    };
    let words = text.split_whitespace().count();
    let starts = text.contains("; urgency=")
        || text.chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric() || !c.is_ascii());
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let set_in = indent(line) > base + 3 && indent(line) < 12;
    starts
        && !set_in
        && words <= 10
        && letters >= 3
        && letters * 2 > text.len() / 2
        && !text.ends_with(['.', ',', ';', ':', '!'])
        && !text.contains("://")
        && !BULLETS.iter().any(|bullet| text.starts_with(bullet))
}

/// Indented text that is prose nonetheless: mostly words, and sentences that end.
fn is_prose(block: &[&str]) -> bool {
    let text = block.join(" ");
    let words = text.split_whitespace().count();
    let plain = text
        .split_whitespace()
        .filter(|word| {
            word.trim_matches(|c: char| ".,;:!?()\"'".contains(c)).chars().all(char::is_alphabetic)
        })
        .count();
    words >= 8 && plain * 10 >= words * 8
}

/// The items of a block whose lines begin with bullets or numbers; other lines go on an item.
fn list(block: &[&str]) -> Option<(bool, Vec<String>)> {
    let (mut ordered, mut items) = (false, Vec::<String>::new());
    for line in block {
        let text = line.trim();
        if let Some(item) = BULLETS.iter().find_map(|bullet| text.strip_prefix(bullet)) {
            items.push(item.to_owned());
        } else if let Some(item) = after_number(text) {
            ordered = true;
            items.push(item.to_owned());
        } else {
            let last = items.last_mut()?;
            *last = joined(&[last.as_str(), text]);
        }
    }
    Some((ordered, items.iter().map(|item| clean::item(item)).filter(|item| !item.is_empty()).collect()))
}

fn after_number(text: &str) -> Option<&str> {
    let text = text.trim_start_matches('(');
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let digits = if digits == 0 && text.as_bytes().get(1) == Some(&b')') { 1 } else { digits };
    if digits == 0 || digits > 2 {
        return None;
    }
    text[digits..].strip_prefix(['.', ')']).filter(|rest| rest.starts_with(' ')).map(str::trim)
}

/// Adds to the list before where the text only has empty lines between its items.
fn push_list(article: &mut Article, ordered: bool, items: Vec<String>) {
    if items.is_empty() {
        return;
    }
    let last = article.sections.last_mut().and_then(|section| section.passages.last_mut());
    if let Some(Passage::List { ordered: before, items: known, .. }) = last
        && *before == ordered
    {
        known.extend(items);
        return;
    }
    article.push(Passage::List { ordered, start: 1, introduction: None, items });
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
