//! Just enough Rust to judge a file: which text is code, which is a string, where functions begin and end.

/// A file's text, taken apart.
pub(crate) struct Lexed {
    /// The text with comments and the insides of strings and characters replaced by spaces,
    /// line for line as it was.
    pub(crate) code: String,
    /// Each string literal's content with the line (from 1) on which it begins.
    pub(crate) strings: Vec<(usize, String)>,
}

/// A function with the lines (from 1) of its `fn` and of its closing brace.
pub(crate) struct Function {
    pub(crate) name: String,
    pub(crate) first: usize,
    pub(crate) last: usize,
}

pub(crate) fn line_of(text: &[char], at: usize) -> usize {
    1 + text[..at].iter().filter(|c| **c == '\n').count()
}

pub(crate) fn lex(source: &str) -> Lexed {
    let text: Vec<char> = source.chars().collect();
    let mut code = text.clone();
    let mut strings = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let is_word = |at: usize| text.get(at).is_some_and(|c| c.is_alphanumeric() || *c == '_');
        let starts_a_word = is_word(at) && (at == 0 || !is_word(at - 1));
        let end = match text[at] {
            '/' if text.get(at + 1) == Some(&'/') => blank(&mut code, at, line_end(&text, at)),
            '/' if text.get(at + 1) == Some(&'*') => blank(&mut code, at, comment_end(&text, at)),
            '"' => {
                let end = string_end(&text, at);
                keep_string(&mut strings, &text, at, at + 1, end.saturating_sub(1));
                blank(&mut code, at, end)
            }
            'r' | 'b' | 'c' if starts_a_word => match raw_string(&text, at) {
                Some((begin, hashes, end)) => {
                    keep_string(&mut strings, &text, at, begin, end.saturating_sub(1 + hashes));
                    blank(&mut code, at, end)
                }
                None => at + 1,
            },
            '\'' => char_end(&text, at).map_or(at + 1, |end| blank(&mut code, at, end)),
            _ => at + 1,
        };
        at = end.max(at + 1);
    }
    Lexed { code: code.into_iter().collect(), strings }
}

fn keep_string(strings: &mut Vec<(usize, String)>, text: &[char], at: usize, begin: usize, end: usize) {
    strings.push((line_of(text, at), text[begin..end.max(begin)].iter().collect()));
}

fn blank(code: &mut [char], begin: usize, end: usize) -> usize {
    for c in &mut code[begin..end] {
        if *c != '\n' {
            *c = ' ';
        }
    }
    end
}

fn line_end(text: &[char], at: usize) -> usize {
    text[at..].iter().position(|c| *c == '\n').map_or(text.len(), |length| at + length)
}

/// The end of a block comment; they nest.
fn comment_end(text: &[char], mut at: usize) -> usize {
    let mut depth = 0;
    while at < text.len() {
        match (text[at], text.get(at + 1)) {
            ('/', Some('*')) => (depth, at) = (depth + 1, at + 2),
            ('*', Some('/')) if depth == 1 => return at + 2,
            ('*', Some('/')) => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
    }
    text.len()
}

fn string_end(text: &[char], mut at: usize) -> usize {
    at += 1;
    while at < text.len() {
        match text[at] {
            '\\' => at += 2,
            '"' => return at + 1,
            _ => at += 1,
        }
    }
    text.len()
}

/// The begin of the content, the number of hashes and the end of `r"…"`, `r#"…"#`, `br"…"` and so on.
fn raw_string(text: &[char], at: usize) -> Option<(usize, usize, usize)> {
    let mut begin = at;
    if matches!(text[begin], 'b' | 'c') {
        begin += 1;
    }
    if text.get(begin) != Some(&'r') {
        return None;
    }
    let hashes = text[begin + 1..].iter().take_while(|c| **c == '#').count();
    begin += 1 + hashes;
    if text.get(begin) != Some(&'"') {
        return None;
    }
    begin += 1;
    let closes = |at: usize| {
        text[at] == '"' && text[at + 1..].iter().take(hashes).filter(|c| **c == '#').count() == hashes
    };
    let end = (begin..text.len()).find(|at| closes(*at)).map_or(text.len(), |at| at + 1 + hashes);
    Some((begin, hashes, end))
}

/// The end of a character literal; `None` for a lifetime.
fn char_end(text: &[char], at: usize) -> Option<usize> {
    if text.get(at + 1) == Some(&'\\') {
        let closing = text.get(at + 3..)?.iter().position(|c| *c == '\'')?;
        return Some(at + 3 + closing + 1);
    }
    (text.get(at + 2) == Some(&'\'')).then_some(at + 3)
}

/// Every function with a body, those within others too.
pub(crate) fn functions(code: &str) -> Vec<Function> {
    let text: Vec<char> = code.chars().collect();
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut found = Vec::new();
    for at in 0..text.len().saturating_sub(2) {
        let word = text[at..].starts_with(&['f', 'n', ' ']) && (at == 0 || !is_word(text[at - 1]));
        let name: String =
            text[at + 2..].iter().skip_while(|c| **c == ' ').take_while(|c| is_word(**c)).collect();
        if !word || name.is_empty() {
            continue;
        }
        if let Some(end) = body_end(&text, at) {
            found.push(Function { name, first: line_of(&text, at), last: line_of(&text, end) });
        }
    }
    found
}

/// Where the body of the function that begins here ends; `None` for a declaration without one.
fn body_end(text: &[char], begin: usize) -> Option<usize> {
    let (mut round, mut curly) = (0_i32, 0_i32);
    for (at, c) in text.iter().enumerate().skip(begin) {
        match c {
            '(' | '[' => round += 1,
            ')' | ']' => round -= 1,
            ';' if round == 0 && curly == 0 => return None,
            '{' => curly += 1,
            '}' => {
                curly -= 1;
                if curly == 0 && round == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

#[test]
fn strings_comments_and_characters_are_told_from_code() {
    let source = r###"let a = "x { \" }"; // } fn not_one() {
/* { /* nested } */ } */ let b = '{'; let c: &'static str = r#"raw " } "#;
let d = b"bytes"; let e = '\''; let f = '\u{7d}'; let r#fn = br"}";"###;
    let lexed = lex(source);
    let strings: Vec<_> = lexed.strings.iter().map(|(line, text)| (*line, text.as_str())).collect();
    assert_eq!(strings, [(1, "x { \\\" }"), (2, "raw \" } "), (3, "bytes"), (3, "}")]);
    assert!(!lexed.code.contains(['{', '}']), "{}", lexed.code);
    assert!(lexed.code.contains("let c: &'static str =") && lexed.code.contains("let r#fn ="));
    assert_eq!(lexed.code.lines().count(), source.lines().count());
}

#[test]
fn a_functions_lines_are_counted_from_its_name_to_its_brace() {
    let source = "trait T { fn declared(a: [u8; 4]); }\nfn outer(f: fn(u8) -> u8) -> char {\n    fn inner() {}\n    if true {\n        '}'\n    } else { ' ' }\n}\n";
    let found: Vec<_> =
        functions(&lex(source).code).into_iter().map(|one| (one.name, one.first, one.last)).collect();
    assert_eq!(found, [("outer".to_owned(), 2, 7), ("inner".to_owned(), 3, 3)]);
}

#[test]
fn broken_source_is_read_to_its_end() {
    for source in ["\"open", "r#\"open", "/* open", "'", "'\\", "fn f() {", "b", "r", "\\", "fn ", "\"\\"] {
        functions(&lex(source).code);
    }
}
