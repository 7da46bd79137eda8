//! The source of a manual page (`man` macros) to an article; nobody should have to print it first.

use super::article::{Article, Passage};
use super::clean;
use super::list::Inner;

/// What a text of macros is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Macros {
    Man,
    /// The other set of macros, whose sentences are macros themselves.
    Mdoc,
}

/// Whether a text is a manual page's source, by its first request.
pub(super) fn macros(text: &str) -> Option<Macros> {
    let comment = |line: &&str| {
        let line = line.trim();
        line.is_empty() || line.starts_with(".\\\"") || line.starts_with("'\\\"") || line == "."
    };
    let lines = text.lines().filter(|line| !comment(line)).take(60);
    lines.filter_map(|line| line.strip_prefix(['.', '\''])).find_map(|request| {
        match request.split_whitespace().next()? {
            "TH" => Some(Macros::Man),
            "Dd" | "Dt" => Some(Macros::Mdoc),
            _ => None,
        }
    })
}

pub(super) fn read(text: &str) -> Article {
    let mut reader = Reader::default();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let request = line.strip_prefix(['.', '\'']).map(str::trim_start);
        match request.map(|request| request.split_once([' ', '\t']).unwrap_or((request, ""))) {
            // What one defines for oneself, and tables, are of no use here.
            Some(("de" | "de1" | "am" | "ig", _)) => drop(lines.by_ref().find(|line| line.starts_with(".."))),
            Some(("TS", _)) => drop(lines.by_ref().find(|line| line.starts_with(".TE"))),
            Some((name, rest)) => reader.request(name, rest),
            None => reader.line(line),
        }
    }
    reader.flush();
    reader.close();
    reader.article
}

#[derive(Default)]
struct Reader {
    article: Article,
    text: String,
    /// Whether the paragraph has other words than those in bold.
    plain: bool,
    /// Whether a paragraph has begun that may stand beside the list, and whether what was set in has ended.
    beside: bool,
    left: bool,
    /// A heading or a term is on the next line.
    awaited: Option<Awaited>,
    /// Lines that stay as they are.
    code: Option<Vec<String>>,
    term: String,
    list: Option<(Inner, bool)>,
}

#[derive(Clone, Copy)]
enum Awaited {
    Heading(u8),
    Term,
}

impl Reader {
    fn request(&mut self, name: &str, rest: &str) {
        let args = arguments(rest);
        match name {
            "TH" => self.article.title = args.first().map(|title| unescaped(title).to_lowercase()),
            "SH" | "SS" => {
                self.flush();
                self.close();
                let level = if name == "SH" { 2 } else { 3 };
                if args.is_empty() {
                    self.awaited = Some(Awaited::Heading(level));
                } else {
                    self.article.open(&unescaped(&args.join(" ")), level);
                }
            }
            "PP" | "P" | "LP" | "HP" | "sp" => {
                self.flush();
                if name != "sp" {
                    self.beside = true;
                    if !std::mem::take(&mut self.left) {
                        self.close();
                    }
                }
            }
            // A line and what is set in below it: a term and its explanation.
            "RS" if self.beside
                && !self.text.trim().is_empty()
                && !self.text.trim().ends_with(['.', ':', '!']) =>
            {
                let term = std::mem::take(&mut self.text);
                self.open_item(&term);
            }
            "RE" => {
                self.flush();
                self.left = self.list.is_some();
            }
            "TP" => {
                self.flush();
                self.awaited = Some(Awaited::Term);
            }
            "TQ" => {
                self.term.push_str(", ");
                self.awaited = Some(Awaited::Term);
            }
            "IP" => {
                self.flush();
                // Without a mark it goes on with the item before.
                match args.first().filter(|mark| !mark.trim().is_empty()) {
                    Some(mark) => self.open_item(mark),
                    None if self.list.is_some() => {}
                    None => self.close(),
                }
            }
            "nf" | "EX" => {
                self.flush();
                self.code = Some(vec![]);
            }
            "fi" | "EE" => {
                if let Some(code) =
                    self.code.take().filter(|code| code.iter().any(|line| !line.trim().is_empty()))
                {
                    self.close();
                    self.article.push(Passage::Code { language: None, code: code.join("\n") });
                }
            }
            "br" => self.text.push_str(if self.text.is_empty() { "" } else { "\n" }),
            "B" => self.typed(&args.join(" ")),
            "I" | "SM" | "SB" | "R" => self.line(&args.join(" ")),
            "BR" | "RB" | "BI" | "IB" | "IR" | "RI" => self.line(&args.concat()),
            "UR" | "MT" => self.line(""),
            "UE" | "ME" => {
                if let Some(mark) = args.first() {
                    self.text.truncate(self.text.trim_end().len());
                    self.line(mark);
                }
            }
            _ => {}
        }
    }

    /// A line in bold, which is how what one types is set.
    fn typed(&mut self, line: &str) {
        let plain = self.plain;
        self.line(line);
        self.plain = plain;
    }

    fn line(&mut self, line: &str) {
        self.plain = true;
        let line = unescaped(line);
        if let Some(code) = &mut self.code {
            return code.push(line);
        }
        if line.trim().is_empty() && self.awaited.is_none() {
            return self.flush();
        }
        match self.awaited.take() {
            Some(Awaited::Heading(level)) => self.article.open(&line, level),
            Some(Awaited::Term) => {
                let before = std::mem::take(&mut self.term);
                self.open_item(&format!("{before}{line}"));
            }
            None => {
                if !self.text.is_empty() && !self.text.ends_with('\n') {
                    self.text.push(' ');
                }
                self.text.push_str(line.trim());
            }
        }
    }

    /// Begins an item: a bullet, a number or a term stands before its words.
    fn open_item(&mut self, mark: &str) {
        let mark = unescaped(mark);
        let mark = mark.trim();
        let number = mark.trim_matches(['.', ')', '(']).parse::<u32>().ok();
        let bullet = mark.chars().count() == 1 && !mark.chars().all(char::is_alphanumeric);
        if self.list.as_ref().is_some_and(|(_, ordered)| *ordered != number.is_some()) {
            self.close();
        }
        self.list
            .get_or_insert_with(|| (Inner::new(number.is_some(), number.unwrap_or(1)), number.is_some()));
        self.term = if bullet || number.is_some() { String::new() } else { mark.to_owned() };
        self.text.clear();
        self.plain = true;
        self.beside = false;
        self.left = false;
        if let Some((list, _)) = &mut self.list {
            list.open();
        }
    }

    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        if self.beside && !text.trim().is_empty() {
            self.close();
        }
        // A paragraph in bold that is no sentence is a command.
        let typed = !std::mem::take(&mut self.plain)
            && text.contains(' ')
            && !text.trim_end().ends_with(['.', '!', ':']);
        if typed && self.list.is_none() {
            return self.article.push(Passage::Code { language: None, code: text.trim().to_owned() });
        }
        let text = clean::line(&text);
        match &mut self.list {
            Some((list, _)) => list.write(&std::mem::take(&mut self.term), &text),
            None => self.article.push_text(&text),
        }
    }

    fn close(&mut self) {
        self.term.clear();
        if let Some((list, _)) = self.list.take() {
            self.article.push_list(list);
        }
    }
}

/// The arguments of a request: words, or what stands in quotation marks.
fn arguments(rest: &str) -> Vec<String> {
    let rest = rest.split("\\\"").next().unwrap_or_default();
    let mut all = Vec::new();
    let mut chars = rest.trim().chars().peekable();
    while let Some(c) = chars.next() {
        let mut word = String::new();
        if c == '"' {
            while let Some(c) = chars.next() {
                // Two of them stand for one.
                if c == '"' && chars.next_if_eq(&'"').is_none() {
                    break;
                }
                word.push(c);
            }
        } else if c == ' ' || c == '\t' {
            continue;
        } else {
            word.push(c);
            while let Some(c) = chars.next_if(|c| *c != ' ' && *c != '\t') {
                word.push(c);
                // A blank after a backslash belongs to the word.
                if c == '\\' {
                    word.extend(chars.next());
                }
            }
        }
        all.push(word);
    }
    all
}

/// The text without font changes, and signs in place of their names.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let Some(c) = rest.chars().next() else { break };
        rest = &rest[c.len_utf8()..];
        match c {
            '-' => out.push('-'),
            'e' | '\\' => out.push('\\'),
            ' ' | '~' | '0' => out.push(' '),
            '"' => return out,
            '(' => {
                let end = rest.char_indices().nth(2).map_or(rest.len(), |(at, _)| at);
                out.push_str(&sign(&rest[..end]));
                rest = &rest[end..];
            }
            '[' => {
                let end = rest.find(']').unwrap_or(0);
                out.push_str(&sign(&rest[..end]));
                rest = rest.get(end + 1..).unwrap_or_default();
            }
            'f' | '*' | 'n' | 'm' | 'F' | 'g' => {
                let (name, after) = named(rest);
                if c == '*' {
                    out.push_str(&sign(name));
                }
                rest = after;
            }
            's' => {
                rest = rest.trim_start_matches(['+', '-']).trim_start_matches(|c: char| c.is_ascii_digit())
            }
            'v' | 'h' | 'w' | 'l' | 'L' | 'D' if rest.starts_with('\'') => {
                rest = rest[1..].split_once('\'').map_or("", |(_, after)| after);
            }
            '\'' | '`' | '.' => out.push(c),
            _ => {}
        }
    }
    out.push_str(rest);
    out
}

/// The name after an escape: one letter, two after a bracket, or more within square ones.
fn named(rest: &str) -> (&str, &str) {
    let (skip, length) = match rest.chars().next() {
        Some('(') => (1, rest.char_indices().nth(3).map_or(rest.len(), |(at, _)| at)),
        Some('[') => return rest[1..].split_once(']').unwrap_or(("", "")),
        Some(c) => (0, c.len_utf8()),
        None => (0, 0),
    };
    (&rest[skip.min(length)..length], &rest[length..])
}

fn sign(name: &str) -> String {
    let sign = match name {
        "aq" | "cq" => "'",
        "oq" => "‘",
        "dq" => "\"",
        "lq" => "“",
        "rq" => "”",
        "Fo" => "«",
        "Fc" => "»",
        "bu" => "•",
        "em" => "—",
        "en" => "–",
        "co" => "©",
        "rg" | "R" => "®",
        "tm" | "Tm" => "™",
        "mi" | "hy" => "-",
        "ga" => "`",
        "ha" => "^",
        "ti" => "~",
        "rs" => "\\",
        "at" => "@",
        "sh" => "#",
        "Do" => "$",
        "->" => "→",
        "<-" => "←",
        "<=" => "≤",
        ">=" => "≥",
        "mu" => "×",
        "+-" => "±",
        "de" => "°",
        "ss" => "ß",
        _ => "",
    };
    if let Some(letter) = accented(name) {
        return letter.to_string();
    }
    let code =
        name.strip_prefix('u').and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32);
    code.map_or_else(|| sign.to_owned(), String::from)
}

/// `:u` is a letter with its accent before it.
fn accented(name: &str) -> Option<char> {
    let (plain, marked) = match name.chars().next()? {
        ':' => ("AEIOUYaeiouy", "ÄËÏÖÜŸäëïöüÿ"),
        '\'' => ("AEIOUYaeiouy", "ÁÉÍÓÚÝáéíóúý"),
        '`' => ("AEIOUaeiou", "ÀÈÌÒÙàèìòù"),
        '^' => ("AEIOUaeiou", "ÂÊÎÔÛâêîôû"),
        '~' => ("ANOano", "ÃÑÕãñõ"),
        ',' => ("Cc", "Çç"),
        _ => return None,
    };
    let letter = name.chars().nth(1)?;
    marked.chars().nth(plain.chars().position(|c| c == letter)?)
}

#[cfg(test)]
mod tests {
    use super::{Macros, macros, read};
    use crate::source::article::Passage;

    const PAGE: &str = ".\\\" made by hand\n.TH PRESS 1\n.SH NAME\npress \\- make files small\n.SH DESCRIPTION\n.B press\nmakes \\fIfiles\\fP small.\nSee\n.BR tar (1).\n.PP\nIt never waits.\n.TP\n.B \\-k\nKeep the file.\n.TP\n.BI \\-n \" number\"\nWork on\n.I number\nfiles.\n.SH \\(:UBERSICHT\n.PP\n\\fBup\\fR\n.RS 4\nGoes up.\n.RE\n.PP\n\\fBdown\\fR\n.RS 4\nGoes down.\n.RE\n.PP\nNot more.\n.SH FILES\n.IP \\(bu\nOne.\n.IP \\(bu\nTwo.\n.nf\npress a b\n.fi\n";

    #[test]
    fn a_manual_pages_source_is_read_as_its_reader_sees_it() {
        assert_eq!(macros(PAGE), Some(Macros::Man));
        assert_eq!(macros(".Dd May 1, 2020\n.Dt CAT 1\n"), Some(Macros::Mdoc));
        assert_eq!(macros("A text.\n.THE END\n"), None);
        let article = read(PAGE);
        assert_eq!(article.title.as_deref(), Some("press"));
        let headings: Vec<_> = article.sections.iter().filter_map(|one| one.heading.as_deref()).collect();
        assert_eq!(headings, ["NAME", "Description", "Übersicht", "Files"]);
        let paragraph = |text: &str| Passage::Paragraph(text.to_owned());
        assert_eq!(article.sections[1].passages[0], paragraph("press makes files small. See tar(1)."));
        assert_eq!(article.sections[1].passages[1], paragraph("It never waits."));
        let Passage::List { items, .. } = &article.sections[1].passages[2] else { panic!("{article:#?}") };
        assert_eq!(items, &["-k: Keep the file.", "-n number: Work on number files."]);
        let list = |section: usize| match &article.sections[section].passages[0] {
            Passage::List { items, .. } => items.clone(),
            other => panic!("{other:?}"),
        };
        assert_eq!(list(2), ["up: Goes up.", "down: Goes down."]);
        assert_eq!(article.sections[2].passages[1], paragraph("Not more."));
        assert_eq!(list(3), ["One.", "Two."]);
        let code = &article.sections[3].passages[1];
        assert!(matches!(code, Passage::Code { code, .. } if code == "press a b"));
    }
}
