//! What a line or block of plain text is, by its look.

use crate::source::clean;

pub(super) const BULLETS: [&str; 7] = ["- ", "* ", "• ", "– ", "o ", "+ ", "· "];

pub(super) fn indent(line: &str) -> usize {
    line.chars().take_while(|c| c.is_whitespace()).count()
}

pub(super) fn least_indent(block: &[&str]) -> usize {
    block.iter().map(|line| indent(line)).min().unwrap_or(0)
}

/// The indentation that most lines have: a manual's text is set in as a whole.
pub(super) fn usual_indent(lines: &[String]) -> usize {
    let mut counts = [0_usize; 13];
    for line in lines.iter().filter(|line| !line.trim().is_empty()) {
        counts[indent(line).min(12)] += 1;
    }
    (0..counts.len()).rev().max_by_key(|n| counts[*n]).unwrap_or(0)
}

/// A few short lines at the top that are no sentence: the title, and a date or author below it.
pub(super) fn is_title(block: &[&str]) -> bool {
    let first = block[0].trim();
    block.len() <= 3
        && block[1..].iter().all(|line| indent(line) < indent(block[0]) + 3 || indent(block[0]) > 3)
        && underline(block).is_none()
        && marker(block[0]).is_none()
        && (3..=90).contains(&first.chars().count())
        && first.chars().next().is_some_and(char::is_alphanumeric)
        && !block.iter().any(|line| line.trim_end().ends_with(['.', ':', ',', ';', '?']))
}

/// A table of contents: most of its lines begin with a number such as `11.1.`, or lead to a page.
pub(super) fn is_contents(block: &[&str]) -> bool {
    let numbered = block.iter().filter(|line| {
        let first = line.split_whitespace().next().unwrap_or_default();
        let dotted =
            first.chars().filter(|c| *c == '.').count() >= 2 || first.trim_end_matches('.').contains('.');
        dotted && first.chars().all(|c| c.is_ascii_digit() || c == '.')
    });
    let leaders = block.iter().any(|line| line.contains(". . .") || line.contains("....."));
    leaders || block.len() >= 2 && numbered.count() * 2 >= block.len()
}

pub(super) fn is_ruler(block: &[&str]) -> bool {
    block.iter().all(|line| !line.chars().any(char::is_alphanumeric))
}

/// The level of a heading whose second line underlines it.
pub(super) fn underline(block: &[&str]) -> Option<u8> {
    let [title, line, ..] = block else { return None };
    let mark = line.trim().chars().next().filter(|c| "=-~^*_#".contains(*c))?;
    // As long as the title, more or less: a longer one fences code.
    let fits = line.trim().len().abs_diff(title.trim().chars().count()) <= 3;
    let ruled = line.trim().chars().all(|c| c == mark) && line.trim().len() >= 3 && fits;
    (ruled && title.trim().chars().count() <= 100).then_some(if mark == '=' || mark == '#' { 1 } else { 2 })
}

pub(super) fn is_heading(block: &[&str], base: usize) -> bool {
    let [line] = block else { return false };
    let trimmed = line.trim();
    if trimmed.starts_with("Q. ")
        || trimmed.starts_with("A. ")
        || clean::question(trimmed).is_some()
        || clean::is_byline(trimmed)
    {
        return false;
    }
    let text = numbered(trimmed).map_or(trimmed, |(_, rest)| rest);
    let words = text.split_whitespace().count();
    let starts = text.contains("; urgency=")
        || text.chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric() || !c.is_ascii());
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let set_in = indent(line) > base + 3 && indent(line) < 12;
    starts
        && !set_in
        && words <= 10
        && letters >= 3
        && (letters * 2 > text.len() / 2 || is_release(text) && indent(line) == 0)
        && !text.ends_with(['.', ',', ';', ':', '!'])
        && !text.contains("://")
        && !text.contains("   ")
        && marker(text).is_none()
}

/// A name and a version: `Gzip 1.3.9 (2006-12-15)`.
fn is_release(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let name = words.next().is_some_and(|word| word.chars().all(char::is_alphabetic));
    name && words.take(2).any(|word| {
        word.contains('.') && word.trim_start_matches('v').chars().all(|c| c.is_ascii_digit() || c == '.')
    })
}

/// What one types: it has an option, a path, or signs that no sentence has.
pub(super) fn is_command(line: &str) -> bool {
    let option = |word: &str| {
        word.len() > 1
            && word.starts_with('-')
            && word[1..].starts_with(|c: char| c.is_alphabetic() || c == '-')
    };
    let text = line.trim();
    text.contains(['|', '>', '=', '{', '$', '\\', '_'])
        || text.starts_with("./")
        || text.split_whitespace().any(option)
}

/// A heading's level by its number: `1.` stands above `1.2`; others as they are set in.
pub(super) fn heading_level(line: &str, base: usize) -> u8 {
    let first = line.split_whitespace().next().unwrap_or_default();
    let parts = first.split('.').filter(|part| !part.is_empty()).count();
    if first.contains('.') && first.chars().all(|c| c.is_ascii_digit() || c == '.') {
        return 1 + parts.min(4) as u8;
    }
    if indent(line) < base { 1 } else { 2 }
}

/// `1.5. What is the difference between this one and all the others?` on one line or more.
pub(super) fn is_numbered_title(block: &[&str]) -> bool {
    let text = block.join(" ");
    let text = text.trim();
    let number = text.split_whitespace().next().unwrap_or_default();
    let parts = number.split('.').filter(|part| !part.is_empty() && part.len() <= 2).count();
    let counted = parts >= 2 && number.chars().all(|c| c.is_ascii_digit() || c == '.');
    let letters =
        text[number.len()..].trim_start().starts_with(|c: char| c.is_uppercase() || "¿¡«“\"".contains(c));
    let once = block[1..].iter().all(|line| !line.trim_start().starts_with(|c: char| c.is_ascii_digit()));
    counted
        && letters
        && once
        && block.len() <= 3
        && text.len() <= 200
        && !text.contains("...")
        && !text.ends_with(['.', ',', ';', ':'])
}

/// Indented text that is prose nonetheless: mostly words, and sentences that end.
pub(super) fn is_prose(block: &[&str]) -> bool {
    let text = block.join(" ");
    let words = text.split_whitespace().count();
    let plain = text
        .split_whitespace()
        .filter(|word| {
            word.trim_matches(|c: char| ".,;:!?()\"'".contains(c))
                .chars()
                .all(|c| c.is_alphabetic() || c == '-' || c == '\'')
        })
        .count();
    let closed = words >= 4
        && text.trim_end().ends_with(['.', '!', '?', ':'])
        && text.trim_start().starts_with(char::is_uppercase);
    (words >= 8 || closed) && plain * 10 >= words * 8
}

/// Columns or a drawing: most lines have wide gaps within them.
pub(super) fn is_drawn(block: &[&str]) -> bool {
    let gap = |line: &&&str| {
        let text = line.trim();
        text.match_indices("   ").any(|(at, _)| !text[..at].ends_with(['.', '!', '?', ':', ' ']))
    };
    let drawn = |line: &&&str| {
        line.chars().filter(|c| !c.is_alphanumeric() && !c.is_whitespace()).count() * 2
            > line.trim().chars().count()
    };
    let odd = block.iter().filter(|line| gap(line) || drawn(line)).count();
    odd >= 2 && odd * 2 >= block.len()
}

/// What an item begins with: its number where it has one, and the column of its words.
pub(super) fn marker(line: &str) -> Option<(Option<u32>, usize)> {
    let text = line.trim_start();
    let at = line.len() - text.len();
    if let Some(bullet) = BULLETS.iter().find(|bullet| text.starts_with(**bullet)) {
        let rest = text[bullet.len()..].trim_start();
        // `- - -` is a ruler.
        return rest
            .chars()
            .next()
            .filter(|c| !"-*=".contains(*c) || rest.len() > 6)
            .map(|_| (None, column(line, rest)));
    }
    let (number, rest) = numbered(text)?;
    Some((Some(number), at.max(column(line, rest))))
}

fn column(line: &str, rest: &str) -> usize {
    line[..line.len() - rest.len()].chars().count()
}

/// `3. Mix` and `(3) Mix` and `b) Mix`: the number and what is counted.
pub(super) fn numbered(text: &str) -> Option<(u32, &str)> {
    let text = text.trim_start_matches('(');
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let lettered =
        digits == 0 && text.as_bytes().get(1) == Some(&b')') && text.as_bytes()[0].is_ascii_lowercase();
    if !lettered && !(1..=2).contains(&digits) {
        return None;
    }
    let number =
        if lettered { u32::from(text.as_bytes()[0] - b'a') + 1 } else { text[..digits].parse().ok()? };
    let end = if lettered { 1 } else { digits };
    text[end..]
        .strip_prefix(['.', ')'])
        .filter(|rest| rest.starts_with(' '))
        .map(|rest| (number, rest.trim()))
}
