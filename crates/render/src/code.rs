//! Code told apart into comments, strings, figures, keywords and the rest, well enough for the
//! dozen lines of a slide in any of the common languages.

use serde::Serialize;

/// Words that most languages reserve; data, so that a list of them stays a list.
const KEYWORDS: &str = include_str!("../data/keywords.txt");

/// A stretch of a line in one colour; the kind is the class of its span.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Token {
    pub(crate) kind: &'static str,
    pub(crate) text: String,
}

/// The tokens of one line. Comments that span lines are not followed.
pub(crate) fn tokens(line: &str, language: Option<&str>) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut rest = line;
    while let Some(first) = rest.chars().next() {
        let (kind, length) = next(rest, first, language);
        let (text, after) = rest.split_at(length.clamp(first.len_utf8(), rest.len()));
        rest = after;
        match tokens.last_mut() {
            Some(last) if last.kind == kind => last.text.push_str(text),
            _ => tokens.push(Token { kind, text: text.to_owned() }),
        }
    }
    tokens
}

/// The kind of what the rest of a line starts with, and its length in bytes.
fn next(rest: &str, first: char, language: Option<&str>) -> (&'static str, usize) {
    if starts_comment(rest, language) {
        return ("t-comment", rest.len());
    }
    if matches!(first, '"' | '\'' | '`') {
        if let Some(length) = string_length(rest, first) {
            return ("t-string", length);
        }
        return ("t-plain", 1);
    }
    if first.is_ascii_digit() {
        let ends = |c: char| !(c.is_ascii_alphanumeric() || c == '.' || c == '_');
        return ("t-number", rest.find(ends).unwrap_or(rest.len()));
    }
    if first.is_alphabetic() || first == '_' {
        let length = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
        return (word_kind(&rest[..length], &rest[length..]), length);
    }
    let kind = if first.is_ascii_punctuation() { "t-sign" } else { "t-plain" };
    (kind, first.len_utf8())
}

fn starts_comment(rest: &str, language: Option<&str>) -> bool {
    let hash = !matches!(language, Some("rust" | "c" | "cpp" | "css" | "js" | "javascript" | "typescript"));
    let dashes = matches!(language, Some("sql" | "lua" | "haskell" | "elm"));
    rest.starts_with("//")
        || rest.starts_with("/*")
        || (hash && (rest.starts_with("# ") || rest.starts_with("#!")))
        || (dashes && rest.starts_with("--"))
}

fn string_length(rest: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    for (at, character) in rest.char_indices().skip(1) {
        if escaped {
            escaped = false;
        } else if character == '\\' {
            escaped = true;
        } else if character == quote {
            return Some(at + quote.len_utf8());
        }
    }
    None
}

fn word_kind(word: &str, after: &str) -> &'static str {
    if KEYWORDS.lines().any(|keyword| keyword == word) {
        "t-keyword"
    } else if after.starts_with(['(', '!']) && !after.starts_with("!=") {
        "t-call"
    } else if word.chars().next().is_some_and(char::is_uppercase) {
        "t-type"
    } else {
        "t-plain"
    }
}

#[cfg(test)]
mod tests {
    use super::tokens;

    fn kinds(line: &str) -> Vec<(&'static str, String)> {
        tokens(line, Some("rust")).into_iter().map(|token| (token.kind, token.text)).collect()
    }

    #[test]
    fn a_line_is_told_apart_and_nothing_is_lost() {
        let line = r#"let name = greet("it's \"fine\"", 42); // done"#;
        let text: String = kinds(line).into_iter().map(|(_, text)| text).collect();
        assert_eq!(text, line);
        assert_eq!(kinds(line)[0], ("t-keyword", "let".to_owned()));
        assert!(kinds(line).contains(&("t-string", r#""it's \"fine\"""#.to_owned())));
        assert!(kinds(line).contains(&("t-number", "42".to_owned())));
        assert!(kinds(line).contains(&("t-call", "greet".to_owned())));
        assert_eq!(kinds(line).last().unwrap(), &("t-comment", "// done".to_owned()));
    }

    #[test]
    fn an_open_quote_and_other_scripts_do_not_stop_it() {
        for line in ["'a lifetime", "\"", "é世界🙂", "`", "0", ""] {
            let text: String = kinds(line).into_iter().map(|(_, text)| text).collect();
            assert_eq!(text, line);
        }
    }
}
