//! Schemas as strict connections take them: every object closed, every property required, few keywords.
//!
//! What a property may leave out becomes a property that may be `null`. Limits that a connection does not
//! take go into the description, where the model reads them; the answer is held against the schema as it was.

use serde_json::{Map, Value, json};

/// Whether the connection takes limits on lengths, counts and numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Limits {
    Kept,
    /// Said in words.
    Told,
}

/// Each with the words in which it is told.
const LIMITS: [(&str, &str); 8] = [
    ("minLength", "at least {} characters"),
    ("maxLength", "at most {} characters"),
    ("minItems", "at least {} items"),
    ("maxItems", "at most {} items"),
    ("minimum", "not below {}"),
    ("maximum", "not above {}"),
    ("pattern", "matches {}"),
    ("uniqueItems", "no item twice: {}"),
];
/// That no strict connection wants, and that say nothing that must hold.
const DROPPED: [&str; 6] = ["$schema", "title", "default", "examples", "format", "$comment"];
/// That can't be said strictly.
const REFUSED: [&str; 9] = [
    "allOf",
    "patternProperties",
    "prefixItems",
    "not",
    "if",
    "dependentSchemas",
    "propertyNames",
    "contains",
    "unevaluatedProperties",
];

/// The schema made strict, or `None` where it has something that can't be: an open object, `not`, and the like.
pub(crate) fn tighten(schema: &Value, limits: Limits) -> Option<Value> {
    let root = schema.as_object()?;
    // The root must be an object itself.
    if root.get("type")? != "object" {
        return None;
    }
    tightened(schema, limits)
}

fn tightened(schema: &Value, limits: Limits) -> Option<Value> {
    let Some(schema) = schema.as_object() else {
        // `true` takes anything.
        return None;
    };
    if let Some(target) = schema.get("$ref") {
        // Nothing may stand beside it.
        return Some(json!({"$ref": target}));
    }
    if REFUSED.iter().any(|word| schema.contains_key(*word)) {
        return None;
    }
    let mut out = Map::new();
    for (word, value) in schema {
        match word.as_str() {
            word if DROPPED.contains(&word) => {}
            word if limits == Limits::Told && LIMITS.iter().any(|(limit, _)| *limit == word) => {}
            "properties" | "required" | "additionalProperties" => {}
            "$defs" | "definitions" => drop(out.insert(word.clone(), each(value, limits)?)),
            "items" => drop(out.insert(word.clone(), tightened(value, limits)?)),
            "anyOf" | "oneOf" => {
                let all: Option<Vec<_>> =
                    value.as_array()?.iter().map(|one| tightened(one, limits)).collect();
                out.insert("anyOf".to_owned(), all?.into());
            }
            _ => drop(out.insert(word.clone(), value.clone())),
        }
    }
    if schema.get("type").is_some_and(|kind| kind == "object") || schema.contains_key("properties") {
        close(schema, &mut out, limits)?;
    }
    if limits == Limits::Told {
        tell(schema, &mut out);
    }
    Some(out.into())
}

fn each(schemas: &Value, limits: Limits) -> Option<Value> {
    let entries = schemas.as_object()?.iter();
    let entries: Option<Map<_, _>> =
        entries.map(|(name, one)| Some((name.clone(), tightened(one, limits)?))).collect();
    Some(entries?.into())
}

/// Closes an object and requires all that it has; one that is open on purpose can't be.
fn close(schema: &Map<String, Value>, out: &mut Map<String, Value>, limits: Limits) -> Option<()> {
    if schema.get("additionalProperties").is_some_and(|more| more != &json!(false)) {
        return None;
    }
    let properties = schema.get("properties")?.as_object()?;
    let required: Vec<&str> = match schema.get("required") {
        Some(names) => names.as_array()?.iter().filter_map(Value::as_str).collect(),
        None => Vec::new(),
    };
    let mut all = Map::new();
    for (name, property) in properties {
        let tight = tightened(property, limits)?;
        all.insert(name.clone(), if required.contains(&name.as_str()) { tight } else { or_null(tight) });
    }
    out.insert("required".to_owned(), all.keys().cloned().collect());
    out.insert("properties".to_owned(), all.into());
    out.insert("additionalProperties".to_owned(), json!(false));
    Some(())
}

fn or_null(schema: Value) -> Value {
    let takes_null =
        |kind: &Value| kind == "null" || kind.as_array().is_some_and(|all| all.contains(&json!("null")));
    let alternatives = schema.get("anyOf").and_then(Value::as_array);
    let among = alternatives.is_some_and(|all| all.iter().any(|one| one.get("type").is_some_and(takes_null)));
    if schema.get("type").is_some_and(takes_null) || among {
        return schema;
    }
    json!({"anyOf": [schema, {"type": "null"}]})
}

/// Says the limits in the description.
fn tell(schema: &Map<String, Value>, out: &mut Map<String, Value>) {
    let worded = LIMITS.iter().filter_map(|(word, text)| {
        let limit = schema.get(*word)?;
        let limit = limit.as_str().map_or_else(|| limit.to_string(), str::to_owned);
        Some(text.replace("{}", &limit))
    });
    let worded: Vec<String> = worded.collect();
    if worded.is_empty() {
        return;
    }
    let limits = worded.join(", ");
    let described = match out.get("description").and_then(Value::as_str) {
        Some(said) => format!("{said} ({limits})"),
        None => limits,
    };
    out.insert("description".to_owned(), described.into());
}

/// The value without the properties that are `null`, at every depth.
pub(crate) fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(entries) => {
            let kept = entries.into_iter().filter(|(_, value)| !value.is_null());
            kept.map(|(name, value)| (name, without_nulls(value))).collect::<Map<_, _>>().into()
        }
        Value::Array(items) => items.into_iter().map(without_nulls).collect(),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Limits, tighten};

    #[test]
    fn what_may_be_left_out_may_be_null_and_limits_are_told() {
        let schema = json!({"$schema": "x", "type": "object", "additionalProperties": false,
            "properties": {
                "title": {"type": "string", "maxLength": 40, "description": "Short."},
                "note": {"type": ["string", "null"]},
                "kind": {"oneOf": [{"const": "a"}, {"$ref": "#/$defs/B", "description": "A B."}]},
                "list": {"type": "array", "items": {"type": "integer", "minimum": 1}, "maxItems": 3}},
            "required": ["title"],
            "$defs": {"B": {"type": "object", "properties": {"b": {"type": "string"}}}}});
        let tight = tighten(&schema, Limits::Told).unwrap();
        assert_eq!(
            tight,
            json!({"type": "object", "additionalProperties": false,
            "properties": {
                "title": {"type": "string", "description": "Short. (at most 40 characters)"},
                "note": {"type": ["string", "null"]},
                "kind": {"anyOf": [{"anyOf": [{"const": "a"}, {"$ref": "#/$defs/B"}]}, {"type": "null"}]},
                "list": {"anyOf": [{"type": "array", "description": "at most 3 items",
                    "items": {"type": "integer", "description": "not below 1"}}, {"type": "null"}]}},
            "required": ["kind", "list", "note", "title"],
            "$defs": {"B": {"type": "object", "additionalProperties": false,
                "properties": {"b": {"anyOf": [{"type": "string"}, {"type": "null"}]}}, "required": ["b"]}}})
        );
        let kept = tighten(&schema, Limits::Kept).unwrap();
        assert_eq!(kept["properties"]["title"]["maxLength"], json!(40));
    }

    #[test]
    fn what_cannot_be_strict_is_not_made_so() {
        let open =
            json!({"type": "object", "properties": {"a": {"type": "object", "additionalProperties": true}}});
        for schema in
            [open, json!({"type": "array"}), json!({"anyOf": []}), json!({"type": "object", "not": {}})]
        {
            assert_eq!(tighten(&schema, Limits::Kept), None, "{schema}");
        }
    }

    #[test]
    fn every_stages_schema_can_be_made_strict() {
        for stage in domain::Stage::ALL {
            let schema = domain::Content::schema(*stage);
            assert!(tighten(&schema, Limits::Told).is_some(), "{stage}");
        }
    }
}
