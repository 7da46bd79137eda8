//! The names that people give: of themselves, of a workspace, of a key or a link.

use crate::error::StudioError;

/// The longest name, in characters.
const LONGEST: usize = 80;

/// A name without blanks around it.
pub(super) fn accepted(field: &str, name: &str) -> Result<String, StudioError> {
    let name = name.trim();
    if name.is_empty() {
        return Err(StudioError::invalid(field, "is empty; give a name"));
    }
    if name.chars().count() > LONGEST {
        return Err(StudioError::invalid(
            field,
            format!("is longer than {LONGEST} characters; say it shorter"),
        ));
    }
    if name.chars().any(char::is_control) {
        return Err(StudioError::invalid(field, "has line breaks or control characters; leave them out"));
    }
    Ok(name.to_owned())
}
