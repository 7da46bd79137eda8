//! Takes the answer out of what models wrap around it: reasoning, fences, a sentence before and after.

use serde_json::Value;

/// Tags in which models think aloud before they answer.
const REASONING: [&str; 4] = ["think", "thinking", "reasoning", "thought"];

/// The text without byte order mark, white space and reasoning around it.
pub(crate) fn plain(raw: &str) -> &str {
    let mut text = raw.trim_start_matches('\u{feff}').trim();
    while let Some(rest) = REASONING.iter().find_map(|tag| after_reasoning(text, tag)) {
        text = rest.trim();
    }
    text
}

/// What follows the reasoning that a text begins with; reasoning that never ends leaves nothing.
fn after_reasoning<'a>(text: &'a str, tag: &str) -> Option<&'a str> {
    let close = format!("</{tag}>");
    if text.starts_with(&format!("<{tag}>")) {
        return Some(text.split_once(&close).map_or("", |(_, rest)| rest));
    }
    // Some servers leave out the opening tag that their template wrote.
    let (before, rest) = text.split_once(&close)?;
    (!before.contains(['{', '['])).then_some(rest)
}

/// The JSON in an answer, and the text that it stood in, or why there is none.
pub(crate) fn json(raw: &str) -> Result<(Value, &str), String> {
    let text = plain(raw);
    let whole = match serde_json::from_str(text) {
        Ok(value) => return Ok((value, text)),
        Err(error) => error,
    };
    let parsed = [fenced(text), braced(text)].into_iter().flatten();
    let mut found = parsed.filter_map(|inner| Some((serde_json::from_str(inner).ok()?, inner)));
    found.next().ok_or_else(|| format!("it is not valid JSON: {whole}"))
}

/// The inside of the first fence.
fn fenced(text: &str) -> Option<&str> {
    let (_, after) = text.split_once("```")?;
    let (language, inside) = after.split_once('\n').unwrap_or(("", after));
    let inside =
        if language.trim().bytes().all(|byte| byte.is_ascii_alphanumeric()) { inside } else { after };
    Some(inside.rsplit_once("```").map_or(inside, |(inner, _)| inner).trim())
}

/// From the first brace to the last.
fn braced(text: &str) -> Option<&str> {
    let (open, close) = (text.find(['{', '['])?, text.rfind(['}', ']'])?);
    text.get(open..=close)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{json as unwrapped, plain};

    #[test]
    fn json_is_found_in_what_models_wrap_around_it() {
        for raw in [
            r#"{"a":1}"#,
            "\u{feff}\n\n  {\"a\":1}\n   \n",
            "```json\n{\"a\":1}\n```",
            "```\n{\"a\":1}\n```\n",
            "```{\"a\":1}```",
            "```json\n{\"a\":1}",
            "Here you are:\n```json\n{\"a\":1}\n```\nI hope it helps.",
            "Sure! {\"a\":1} Anything else?",
            "<think>{\"a\":2} or {\"a\":1}?</think>\n{\"a\":1}",
            "<thinking>a</thinking><reasoning>b</reasoning>```json\n{\"a\":1}\n```",
            "so the answer is one</think>{\"a\":1}",
        ] {
            assert_eq!(unwrapped(raw).map(|(value, _)| value), Ok(json!({"a": 1})), "{raw}");
        }
    }

    #[test]
    fn what_stands_in_a_string_is_left_alone() {
        let fence = r#"{"code":"```js\nx\n```","tag":"<think>a</think>"}"#;
        assert_eq!(unwrapped(fence).unwrap().0["code"], json!("```js\nx\n```"));
        let closing = r#"{"tag":"</think>"}"#;
        assert_eq!(unwrapped(closing).unwrap().0, json!({"tag": "</think>"}));
    }

    #[test]
    fn what_is_no_json_says_why() {
        assert_eq!(plain("<think>for ever"), "");
        for raw in ["", "I can't.", "{\"a\":1", "```json\n{\"a\":", "} {", "{\"a\":1} and {\"a\":2}"] {
            assert!(unwrapped(raw).unwrap_err().starts_with("it is not valid JSON"), "{raw}");
        }
    }
}
