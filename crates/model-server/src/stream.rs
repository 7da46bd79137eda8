//! A chat answer as the server-sent events that a streaming request gets.

use serde_json::{Value, json};

/// Comments, a piece for every few characters, the usage in a chunk without choices, and the end.
pub(crate) fn events(answer: &Value) -> Vec<String> {
    let choice = &answer["choices"][0];
    let text = choice["message"]["content"].as_str().unwrap_or_default();
    let mut events = vec![": OPENROUTER PROCESSING\n\n".to_owned()];
    events.push(chunk(answer, &json!({"role": "assistant", "content": ""}), &Value::Null));
    let characters: Vec<char> = text.chars().collect();
    for piece in characters.chunks(7) {
        let piece: String = piece.iter().collect();
        events.push(chunk(answer, &json!({"content": piece}), &Value::Null));
    }
    if !choice["message"]["refusal"].is_null() {
        events.push(chunk(answer, &json!({"refusal": choice["message"]["refusal"]}), &Value::Null));
    }
    events.push(chunk(answer, &json!({}), &choice["finish_reason"]));
    if let Some(error) = choice.get("error") {
        events.push(event(&json!({"id": answer["id"], "error": error,
            "choices": [{"index": 0, "delta": {"content": ""}, "finish_reason": "error"}]})));
        return events;
    }
    if let Some(usage) = answer.get("usage") {
        events.push(event(&json!({"id": answer["id"], "choices": [], "usage": usage})));
    }
    events.push("data: [DONE]\n\n".to_owned());
    events
}

fn chunk(answer: &Value, delta: &Value, finish: &Value) -> String {
    event(&json!({"id": answer["id"], "object": "chat.completion.chunk", "created": answer["created"],
        "model": answer["model"], "provider": answer["provider"],
        "choices": [{"index": 0, "delta": delta, "finish_reason": finish}]}))
}

fn event(data: &Value) -> String {
    format!("data: {data}\n\n")
}
