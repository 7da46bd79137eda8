//! Takes out of a line of text what is not meant for reading on a slide.

/// Put before a sign in code, it keeps the sign from being read as a mark; it is dropped itself.
const GUARD: char = '\u{2060}';

/// Stand around code in running text until the article is whole: see `finish::spell`.
pub(crate) const CODE: [char; 2] = ['\u{e000}', '\u{e001}'];

/// Code within running text, marked, so that `args[1]` is not taken for a word with a footnote.
pub(crate) fn code(code: &str) -> String {
    let inner = code.replace(CODE, "").replace('[', "\u{2060}[").replace(':', "\u{2060}:");
    if inner.trim().is_empty() { inner } else { format!("{}{}{}", CODE[0], inner, CODE[1]) }
}

/// The text on one line, without footnote marks, emoji shortcodes, permalink signs,
/// zero-width characters and the blanks they leave.
pub(crate) fn line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut guarded = false;
    while let Some(c) = rest.chars().next() {
        if !guarded && let Some(skip) = mark_length(rest, out.chars().last()) {
            rest = &rest[skip..];
            continue;
        }
        guarded = c == GUARD;
        match c {
            '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}' | '\u{feff}' | '¶' => {}
            c if c.is_whitespace() => push_blank(&mut out),
            c if c.is_control() => {}
            c => out.push(c),
        }
        rest = &rest[c.len_utf8()..];
    }
    close_up(out.trim())
}

fn push_blank(out: &mut String) {
    if !out.ends_with(' ') && !out.is_empty() {
        out.push(' ');
    }
}

/// The length of a mark at the start of `text` that is to be dropped.
fn mark_length(text: &str, before: Option<char>) -> Option<usize> {
    if text.starts_with('[') {
        let end = text.find(']')?;
        let inside = text[1..end].trim_start_matches('^');
        let number = !inside.is_empty()
            && inside != "0"
            && inside.len() <= 3
            && inside.bytes().all(|b| b.is_ascii_digit());
        let footnote = text.starts_with("[^") || number;
        let closed =
            text[end + 1..].chars().next().is_none_or(|c| !c.is_alphanumeric() && !"(_=".contains(c));
        return (footnote && closed).then_some(end + 1);
    }
    if text.starts_with(':') && before.is_none_or(char::is_whitespace) {
        let end = text[1..].find(':')? + 1;
        let name = &text[1..end];
        let shortcode = name.len() > 1
            && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"_+-".contains(&b))
            && name.bytes().any(|b| b.is_ascii_lowercase());
        return shortcode.then_some(end + 1);
    }
    None
}

/// Blanks before closing punctuation and inside brackets that lost their content.
fn close_up(text: &str) -> String {
    let mut out = text.to_owned();
    for (from, to) in [(" .", "."), (" ,", ","), ("( ", "("), (" )", ")"), ("  ", " ")] {
        // A blank before a leading dot belongs there in names such as ` .gitignore`.
        if from == " ." {
            out = close_dots(&out);
        } else if out.contains(from) {
            out = out.replace(from, to);
        }
    }
    out
}

fn close_dots(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let lone_dot = c == ' ' && chars.peek() == Some(&'.') && {
            let mut ahead = chars.clone();
            ahead.next();
            ahead.next().is_none_or(char::is_whitespace)
        };
        if !lone_dot {
            out.push(c);
        }
    }
    out
}

/// A heading without its number (`4.1.`, `A.5.`, `Chapter 3:`), permalink sign, the date it was
/// published and closing colon or full stop.
pub(crate) fn heading(text: &str) -> String {
    let text = line(text);
    let text = text.trim_matches(|c: char| matches!(c, '#' | '§' | '*') || c.is_whitespace());
    // A Debian changelog's entry: the package and its version.
    let entry = text.find(") ").filter(|at| text[*at..].contains("; urgency="));
    let text = entry.map_or(text, |at| &text[..=at]);
    let text = without_date(without_number(text)).trim_end_matches([':', '.', ' ']);
    manual_page(text).unwrap_or_else(|| shouting_calmed(text))
}

/// A list's item without the markers of the list inside it, where the text had them as signs.
pub(crate) fn item(text: &str) -> String {
    let text = line(text);
    let mut rest = text.as_str();
    while let Some(inner) = ["* ", "\\* ", "- ", "• ", "– ", "[ ] ", "[x] ", "[X] "]
        .iter()
        .find_map(|mark| rest.strip_prefix(mark))
    {
        rest = inner.trim_start();
    }
    rest.to_owned()
}

/// Puts what may stand between two blocks of one item: a full stop where the first is a line of its own.
pub(crate) fn join(item: &mut String, next: &str) {
    let open =
        item.trim_end().ends_with(|c: char| c.is_alphanumeric() || matches!(c, ')' | '`' | '"' | '\u{e001}'));
    item.truncate(item.trim_end().len());
    if open && next.trim_start().trim_start_matches(CODE).starts_with(char::is_uppercase) {
        item.push('.');
    }
    item.push(' ');
}

/// Who wrote it and whose it is: no sentence, but an address or the sign of a right.
pub(crate) fn is_byline(text: &str) -> bool {
    let words = text.split_whitespace().count();
    let start = text.to_lowercase();
    let right =
        ["copyright ©", "copyright (c)", "copyright 1", "copyright 2", "© 1", "© 2", "(c) 1", "(c) 2"];
    let signed = words <= 12
        && text
            .match_indices("© ")
            .any(|(at, sign)| text[at + sign.len()..].starts_with(|c: char| c.is_ascii_digit()));
    let marked = signed || words <= 40 && right.iter().any(|right| start.starts_with(right));
    let mailed =
        words <= 25 && text.split_whitespace().any(is_address) && !text.ends_with(['.', '!', '?', ':']);
    marked || mailed
}

fn is_address(word: &str) -> bool {
    let word = word.trim_matches(|c: char| "<>()[],;".contains(c));
    word.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && host.contains('.') && !host.contains(['/', ':', '@']) && !host.starts_with('.')
    })
}

/// The question of `Q: May I? …` and what stands after it: one letter, whatever the language.
pub(crate) fn question(text: &str) -> Option<(&str, &str)> {
    let rest = after_letter(text)?;
    let end = rest.find('?')? + 1;
    (end <= 200 && (end == rest.len() || rest[end..].starts_with(' ')))
        .then(|| (&rest[..end], rest[end..].trim()))
}

/// The answer without its letter: `A: Yes.`
pub(crate) fn answer(text: &str) -> &str {
    let marked = ["A: ", "A : ", "R: ", "R : ", "A. "].iter().find_map(|mark| text.strip_prefix(mark));
    marked.unwrap_or(text)
}

fn after_letter(text: &str) -> Option<&str> {
    let letter = text.chars().next().filter(|c| "QFPD".contains(*c))?;
    let rest = text[letter.len_utf8()..].trim_start_matches(|c: char| c.is_ascii_digit()).trim_start();
    rest.strip_prefix([':', '.', ')']).filter(|rest| rest.starts_with(' ')).map(str::trim_start)
}

/// `Version 1.95 (2026-04-16)` without its date.
fn without_date(text: &str) -> &str {
    let Some((name, date)) = text.rsplit_once(" (").or_else(|| text.rsplit_once(" - ")) else { return text };
    let date = date.trim_end_matches(')');
    let is_date = date.len() >= 8 && date.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '/' | '.'));
    if is_date && !name.trim().is_empty() { name.trim_end() } else { text }
}

/// `git-log(1) Manual Page` and `TAR(1)  GNU TAR Manual  TAR(1)` name the program they are of.
fn manual_page(text: &str) -> Option<String> {
    let first = text.split(' ').next()?;
    let (name, section) = first.split_once('(')?;
    let numbered =
        section.ends_with(')') && section.starts_with(|c: char| c.is_ascii_digit()) && section.len() <= 4;
    let rest = text[first.len()..].trim();
    let of_page = rest.is_empty() || rest.ends_with("Manual Page") || rest.ends_with(first);
    let shouted = !name.chars().any(char::is_lowercase);
    (numbered && of_page && !name.is_empty())
        .then(|| if shouted { name.to_lowercase() } else { name.to_owned() })
}

fn without_number(text: &str) -> &str {
    let mut rest = text;
    if let Some((first, after)) = rest.split_once(' ') {
        let chapter = ["chapter", "kapitel", "capítulo", "chapitre", "capitolo", "appendix", "section"];
        if chapter.contains(&first.to_lowercase().as_str())
            && let Some((number, title)) = after.split_once([' ', '\u{a0}'])
            && number.trim_end_matches(['.', ':']).len() <= 3
            && !title.trim().is_empty()
            && (number.ends_with(['.', ':']) || title.starts_with(['-', '–', '—', ':']))
        {
            rest = title.trim_start_matches(['-', '–', '—', ':', ' ']);
        }
    }
    // An appendix counts from a letter.
    let letter = usize::from(rest.as_bytes().first().is_some_and(u8::is_ascii_uppercase));
    let lettered = letter == 1 && rest.as_bytes().get(1) == Some(&b'.');
    let letter = if lettered { 1 } else { 0 };
    let digits = letter + rest[letter..].bytes().take_while(|b| b.is_ascii_digit() || *b == b'.').count();
    let number = &rest[..digits];
    let counted = number.bytes().any(|b| b.is_ascii_digit());
    let is_number = counted && number.contains('.');
    let after = rest[digits..].trim_start_matches([')', ' ', '-', '–', '—', ':']);
    // `1.2.3 (2024-05-01)` is a release and its date.
    let title = !after.trim_start_matches(['(', '[']).starts_with(|c: char| c.is_ascii_digit());
    if is_number && rest[digits..].starts_with([' ', ')']) && title { after } else { rest.trim() }
}

/// `GNU GENERAL PUBLIC LICENSE` as a person would write it: short words keep their capitals.
fn shouting_calmed(text: &str) -> String {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    if letters < 5 || text.chars().any(char::is_lowercase) || !text.chars().any(char::is_uppercase) {
        return text.to_owned();
    }
    let calm = |word: &str| -> String {
        if word.chars().count() <= 3 && text.split(' ').count() > 1 && !is_small_word(word) {
            return word.to_owned();
        }
        let mut chars = word.chars();
        let first: String = chars.next().into_iter().collect();
        first + &chars.as_str().to_lowercase()
    };
    text.split(' ')
        .enumerate()
        .map(|(n, word)| if n > 0 && is_small_word(word) { word.to_lowercase() } else { calm(word) })
        .collect::<Vec<_>>()
        .join(" ")
}

fn is_small_word(word: &str) -> bool {
    [
        "THE", "OF", "AND", "A", "AN", "TO", "IN", "FOR", "OR", "ON", "BY", "DER", "DIE", "DAS", "UND", "DE",
        "LA", "LE", "EL", "ET", "Y", "E", "DI", "SEE", "NEW", "HOW", "WHY", "WHO", "NOT", "ALL", "YOU", "IS",
    ]
    .contains(&word)
}

#[cfg(test)]
mod tests {
    use super::{heading, item, line};

    #[test]
    fn marks_go_and_the_words_stay() {
        assert_eq!(line("It  grew by 4 %.[1] :rocket: See\u{a0}more [^note]."), "It grew by 4 %. See more.");
        assert_eq!(
            line(&format!("Use {} of it[2].", super::code("args[1]"))),
            "Use \u{e000}args[1]\u{e001} of it."
        );
        assert_eq!(
            line("at 10:30 and std::mem::swap in .gitignore"),
            "at 10:30 and std::mem::swap in .gitignore"
        );
    }

    #[test]
    fn an_item_loses_the_markers_of_an_inner_list() {
        assert_eq!(item("\\* Declare the `type`"), "Declare the `type`");
        assert_eq!(item("* - [x] done"), "done");
        assert_eq!(item("-v prints more"), "-v prints more");
    }

    #[test]
    fn a_heading_loses_its_number_and_its_shouting() {
        assert_eq!(heading("4.1. What Is Ownership?¶"), "What Is Ownership?");
        assert_eq!(heading("Appendix G - How Rust is Made"), "How Rust is Made");
        assert_eq!(heading("Chapter 2. Debian package management"), "Debian package management");
        assert_eq!(heading("3 ways to fail"), "3 ways to fail");
        assert_eq!(heading("A.5. Native packages"), "Native packages");
        assert_eq!(heading("§Querying the variant"), "Querying the variant");
        assert_eq!(heading("A. B. Yehoshua in his time"), "A. B. Yehoshua in his time");
        assert_eq!(heading("Version 1.95 (2026-04-16)"), "Version 1.95");
        assert_eq!(heading("1.2.3 (2024-05-01)"), "1.2.3");
        assert_eq!(heading("apt (2.5.2) unstable; urgency=medium"), "apt (2.5.2)");
        assert_eq!(heading("5.7. (How) Is Java supported?"), "(How) Is Java supported?");
        assert_eq!(heading("git-log(1) Manual Page"), "git-log");
        assert_eq!(heading("TAR(1) GNU TAR Manual TAR(1)"), "tar");
        assert_eq!(heading("GNU GENERAL PUBLIC LICENSE"), "GNU General Public License");
    }
}
