//! The lines of a plain text without what is meant for editors, printers and the eye.

/// Drops modelines, overstrikes, page breaks and frames; letter-spaced words are closed up.
pub(super) fn cleaned(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut new_page = false;
    for raw in text.split_inclusive('\n') {
        let page = raw.starts_with('\u{c}') || raw.trim_end_matches(['\n', '\r', ' ']).ends_with('\u{c}');
        let line = without_overstrikes(&raw.replace(['\u{c}', '\r', '\n'], "")).replace('\t', "        ");
        let line = line.trim_end().to_owned();
        new_page |= page;
        if is_page_foot(&line) {
            while lines.last().is_some_and(String::is_empty) {
                lines.pop();
            }
            new_page = true;
            continue;
        }
        if new_page && line.is_empty() {
            continue;
        }
        if std::mem::take(&mut new_page) && is_page_head(&line) {
            // The paragraph goes on below the head of the page, unless a new one begins.
            lines.push(String::new());
            continue;
        }
        if is_modeline(&line) || manual_name(&line).is_some() {
            continue;
        }
        lines.push(closed_up(&unframed(&without_mode(&line))));
    }
    without_local_variables(lines)
}

/// `c\u{8}c` prints a letter twice for bold, `_\u{8}c` underlines it.
fn without_overstrikes(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    for c in line.chars() {
        if c == '\u{8}' {
            out.pop();
        } else {
            out.push(c);
        }
    }
    out
}

fn is_page_foot(line: &str) -> bool {
    let line = line.trim_end();
    line.ends_with(']')
        && line.rsplit_once("[Page ").is_some_and(|(_, number)| {
            number.trim_end_matches(']').chars().all(|c| c.is_ascii_alphanumeric())
        })
}

/// `RFC 793    Transmission Control Protocol    September 1981`.
fn is_page_head(line: &str) -> bool {
    let year = line.rsplit(' ').next().is_some_and(|last| {
        last.len() == 4
            && (last.starts_with("19") || last.starts_with("20"))
            && last.bytes().all(|b| b.is_ascii_digit())
    });
    year && line.contains("   ")
}

/// The program that the first and last line of a printed manual page name:
/// `GZIP(1)   General Commands   GZIP(1)`.
pub(super) fn manual_name(line: &str) -> Option<String> {
    let all: Vec<&str> = line.split_whitespace().collect();
    let (name, section) = all.last()?.split_once('(')?;
    let numbered = section.ends_with(')') && section.starts_with(|c: char| c.is_ascii_digit());
    let page = numbered && !name.is_empty() && line.contains("    ") && (2..=12).contains(&all.len());
    let shouted = !name.chars().any(char::is_lowercase);
    let first = !line.starts_with(' ');
    (page && first).then(|| if shouted { name.to_lowercase() } else { name.to_owned() })
}

fn is_modeline(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let vim =
        words.iter().position(|word| matches!(*word, "vim:" | "vi:" | "ex:") || word.starts_with("vim:"));
    vim.is_some_and(|at| {
        let rest = line[line.find(words[at]).unwrap_or(0)..].to_owned();
        at <= 2 && (rest.contains('=') || rest.contains("set ") || rest.contains(":no"))
    })
}

/// What Emacs reads: `-*- outline -*-`.
fn without_mode(line: &str) -> String {
    let Some(start) = line.find("-*-") else { return line.to_owned() };
    let Some(end) = line[start + 3..].find("-*-") else { return line.to_owned() };
    let rest = format!("{}{}", line[..start].trim_end(), &line[start + 3 + end + 3..]);
    if rest.chars().any(char::is_alphanumeric) { rest } else { String::new() }
}

fn without_local_variables(mut lines: Vec<String>) -> Vec<String> {
    let tail = lines.len().saturating_sub(60);
    if let Some(at) = lines[tail..].iter().position(|line| line.contains("Local Variables:")) {
        lines.truncate(tail + at);
    }
    lines
}

/// `= Welcome =` and `** Note **`: signs before and after that are no words.
fn unframed(line: &str) -> String {
    let text = line.trim();
    let Some(mark) = text.chars().next().filter(|c| "*#=|+!~".contains(*c)) else { return line.to_owned() };
    let inner = text.trim_matches(mark);
    if text.chars().count() >= 10 && !inner.is_empty() && inner.trim().is_empty() {
        return String::new(); // an empty line within a frame
    }
    let closed = text.ends_with(mark) && inner.starts_with(' ') && inner.ends_with(' ');
    if closed && inner.trim().chars().any(char::is_alphanumeric) && !inner.contains(mark) {
        let indent = line.len() - line.trim_start().len();
        return format!("{}{}", " ".repeat(indent), inner.trim());
    }
    line.to_owned()
}

/// `W e l c o m e  to  t h e  T o u r`: letters set apart by one blank, words by two.
fn closed_up(line: &str) -> String {
    let spaced = |chunk: &str| {
        let letters: Vec<&str> = chunk.split(' ').collect();
        letters.len() >= 2 && letters.iter().all(|one| one.chars().count() == 1)
    };
    let text = line.trim();
    let chunks: Vec<&str> = text.split("  ").map(str::trim).filter(|chunk| !chunk.is_empty()).collect();
    let telling = |chunk: &&&str| spaced(chunk) && chunk.chars().filter(|c| c.is_alphabetic()).count() >= 4;
    if !chunks.iter().any(|chunk| telling(&chunk)) {
        return line.to_owned();
    }
    let whole = |chunk: &&str| if spaced(chunk) { chunk.replace(' ', "") } else { (*chunk).to_owned() };
    let indent = line.len() - line.trim_start().len();
    format!("{}{}", " ".repeat(indent), chunks.iter().map(whole).collect::<Vec<_>>().join(" "))
}
