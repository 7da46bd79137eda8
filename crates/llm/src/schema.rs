//! The JSON schema of an answer: sent with the call, and held against every answer here, whoever made it.

use std::error::Error;
use std::fmt::{self, Write};
use std::sync::Arc;

use boon::{Compiler, ErrorKind, SchemaIndex, Schemas, UrlLoader, ValidationError};
use serde_json::Value;
use thiserror::Error;

use crate::strict;

/// Under which a schema is known to the validator; nothing is ever loaded from an address.
const LOCATION: &str = "answer:/schema";
/// How much of what is wrong is told to the model.
const MOST_PROBLEMS: usize = 12;

/// A compiled schema with its name; cheap to clone.
#[derive(Clone)]
pub struct Schema(Arc<Compiled>);

struct Compiled {
    name: String,
    source: Value,
    schemas: Schemas,
    index: SchemaIndex,
}

/// A schema that can't be used.
#[derive(Debug, Error)]
#[error("The schema `{name}` can't be used: {reason}; mend the schema.")]
pub struct BadSchema {
    pub name: String,
    pub reason: String,
}

/// A schema is self-contained: a `$ref` never leaves it.
struct NoLoader;

impl UrlLoader for NoLoader {
    fn load(&self, url: &str) -> Result<Value, Box<dyn Error>> {
        Err(format!("{url} is outside the schema").into())
    }
}

impl Schema {
    /// # Errors
    /// Where it is no schema of an object, refers outside itself, or its name is not 1 to 64 letters, digits,
    /// `_` and `-`.
    pub fn new(name: &str, source: Value) -> Result<Self, BadSchema> {
        let bad = |reason: String| BadSchema { name: name.to_owned(), reason };
        let letters = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
        if name.is_empty() || name.len() > 64 || !letters {
            return Err(bad("its name must be 1 to 64 letters, digits, `_` and `-`".to_owned()));
        }
        if !source.is_object() {
            return Err(bad("it is no object".to_owned()));
        }
        let mut compiler = Compiler::new();
        compiler.use_loader(Box::new(NoLoader));
        compiler.add_resource(LOCATION, source.clone()).map_err(|error| bad(error.to_string()))?;
        let mut schemas = Schemas::new();
        let index = compiler.compile(LOCATION, &mut schemas).map_err(|error| bad(error.to_string()))?;
        Ok(Self(Arc::new(Compiled { name: name.to_owned(), source, schemas, index })))
    }

    #[must_use]
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// As the caller gave it.
    #[must_use]
    pub fn source(&self) -> &Value {
        &self.0.source
    }

    /// As strict connections want it, or `None` where it can't be said their way.
    pub(crate) fn strict(&self, limits: strict::Limits) -> Option<Value> {
        strict::tighten(self.source(), limits)
    }

    /// Accepts a value, or says what is wrong with it and where, a line for each.
    ///
    /// Strict connections send `null` for what is left out; that is taken for left out.
    ///
    /// # Errors
    /// The lines, worded for the model that wrote it.
    pub fn accept(&self, value: Value) -> Result<Value, String> {
        let problems = match self.check(&value) {
            Ok(()) => return Ok(value),
            Err(problems) => problems,
        };
        let pruned = strict::without_nulls(value);
        if self.check(&pruned).is_ok() { Ok(pruned) } else { Err(problems) }
    }

    fn check(&self, value: &Value) -> Result<(), String> {
        let checked = self.0.schemas.validate(value, self.0.index);
        checked.map_err(|error| {
            let mut lines = Vec::new();
            collect(&error, &mut lines);
            // The validator's order differs from run to run.
            lines.sort();
            lines.truncate(MOST_PROBLEMS);
            lines.join("\n")
        })
    }
}

impl fmt::Debug for Schema {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Schema").field(&self.name()).finish()
    }
}

/// The leaves of the tree of errors: they name the place and what is wrong there.
fn collect(error: &ValidationError<'_, '_>, lines: &mut Vec<String>) {
    let is_alternative = matches!(error.kind, ErrorKind::OneOf(_) | ErrorKind::AnyOf);
    if error.causes.is_empty() || is_alternative {
        let mut line = String::new();
        let place = error.instance_location.to_string();
        let place = if place.is_empty() { "/" } else { &place };
        // A string takes it all.
        let _ = write!(line, "at {place}: {}", error.kind);
        lines.push(line);
    }
    for cause in &error.causes {
        collect(cause, lines);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Schema;

    #[test]
    fn an_answer_is_accepted_or_told_what_is_wrong_and_where() {
        let schema = Schema::new(
            "slide",
            json!({"type": "object", "additionalProperties": false,
            "properties": {"title": {"type": "string", "maxLength": 5}, "note": {"type": "string"},
                "points": {"type": "array", "items": {"type": "integer"}}},
            "required": ["title"]}),
        )
        .unwrap();
        let good = json!({"title": "Five!", "note": null});
        assert_eq!(schema.accept(good), Ok(json!({"title": "Five!"})));
        let bad = json!({"title": "Too long", "points": [1, "two"], "more": 1});
        insta::assert_snapshot!(schema.accept(bad).unwrap_err(), @r"
        at /: additionalProperties 'more' not allowed
        at /points/1: want integer, but got string
        at /title: length must be <=5, but got 8
        ");
    }

    #[test]
    fn a_schema_never_reaches_outside() {
        for address in ["file:///etc/hostname", "https://example.com/a.json", "other.json"] {
            let error = Schema::new("a", json!({"type": "object", "properties": {"a": {"$ref": address}}}));
            assert!(error.unwrap_err().to_string().contains("can't be used"), "{address}");
        }
        assert!(Schema::new("no spaces", json!({})).is_err());
        assert!(Schema::new("a", json!(true)).is_err());
        assert!(Schema::new("a", json!({"type": "strange"})).is_err());
    }
}
