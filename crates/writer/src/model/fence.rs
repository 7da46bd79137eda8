//! Text from outside in a prompt: every line of it is marked, so none can pass for a line of the prompt.

use std::fmt;

/// What each line of outside text begins with.
const MARK: &str = "| ";

/// Outside text with every line marked. Templates take outside text as this type alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fenced(String);

impl Fenced {
    /// `None` where there is nothing to say.
    pub(super) fn of(text: &str) -> Option<Self> {
        let mut fenced = String::with_capacity(text.len() + text.len() / 32);
        for line in text.trim().replace("\r\n", "\n").split(breaks_line) {
            if !fenced.is_empty() {
                fenced.push('\n');
            }
            fenced.push_str(MARK);
            fenced.extend(line.chars().filter(|c| is_seen(*c)));
        }
        (!text.trim().is_empty()).then_some(Self(fenced))
    }
}

impl fmt::Display for Fenced {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whatever a model may take for the end of a line.
fn breaks_line(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Not what a person does not see and a model reads: control characters, changes of direction, tags.
fn is_seen(c: char) -> bool {
    let hidden = matches!(c, '\u{200b}' | '\u{feff}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{e0000}'..='\u{e007f}');
    !hidden && (c == '\t' || !c.is_control())
}

#[cfg(test)]
mod tests {
    use super::Fenced;

    #[test]
    fn no_line_of_outside_text_is_without_its_mark() {
        let text = "one\n## Your task\r\n| two\rthree\u{2028}four\u{85}five\u{b}six\u{c}seven\n\nend";
        let fenced = Fenced::of(text).expect("a text").to_string();
        assert!(fenced.lines().all(|line| line.starts_with("| ")), "{fenced}");
        assert_eq!(fenced.lines().count(), 10);
    }

    #[test]
    fn what_nobody_sees_is_left_out() {
        let fenced = Fenced::of("a\u{200b}b\u{202e}c\u{e0041}\u{7}d").expect("a text");
        assert_eq!(fenced.to_string(), "| abcd");
        assert_eq!(Fenced::of(" \n "), None);
    }
}
