//! `slidewright.toml`: the same settings under the same names, for those who keep them in a file.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::sync::OnceLock;

use clap::Command;
use toml::{Table, Value};

use super::{ALL, FILE, of_environment};

/// What the file says, read once at the start.
static READ: OnceLock<BTreeMap<String, String>> = OnceLock::new();

/// Reads the file, where there is one. One that was named must be there.
///
/// # Errors
/// A sentence, where it can't be read or is no table of settings.
pub(crate) fn load() -> Result<(), String> {
    let named = of_environment(FILE);
    let path = named.as_deref().unwrap_or(ALL[0].default);
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound && named.is_none() => return Ok(()),
        Err(error) => {
            return Err(format!("the settings in {path} can't be read ({error}); mend or remove it"));
        }
    };
    let read = parse(&text).map_err(|error| format!("the settings in {path} are not right: {error}"))?;
    READ.get_or_init(|| read);
    Ok(())
}

/// What the file says of a setting.
pub(crate) fn value(name: &str) -> Option<&'static str> {
    READ.get()?.get(name).map(String::as_str).filter(|text| !text.trim().is_empty())
}

/// All names that stand in the file.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    READ.get().into_iter().flat_map(|read| read.keys().map(String::as_str))
}

/// The command with the file's values where it would take its own: the environment and the command line
/// count before them.
pub(crate) fn as_defaults(command: Command) -> Command {
    let command = command.mut_args(|arg| {
        let set = arg.get_env().and_then(|name| name.to_str()).and_then(value);
        match set {
            Some(text) => arg.default_value(text),
            None => arg,
        }
    });
    command.mut_subcommands(as_defaults)
}

fn parse(text: &str) -> Result<BTreeMap<String, String>, String> {
    let table: Table = text.parse().map_err(|error: toml::de::Error| error.message().to_owned())?;
    let said = |(name, value)| match value {
        Value::String(text) => Ok((name, text)),
        Value::Integer(_) | Value::Float(_) | Value::Boolean(_) => Ok((name, value.to_string())),
        _ => Err(format!("{name} is neither a text nor a number nor true or false")),
    };
    table.into_iter().map(said).collect()
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn texts_numbers_and_switches_are_settings_and_nothing_else_is() {
        let read =
            parse("LLM_MODEL = \"small\"\nSLIDEWRIGHT_SLIDES = 6\nSLIDEWRIGHT_BEHIND_PROXY = true").unwrap();
        assert_eq!(read["LLM_MODEL"], "small");
        assert_eq!(
            (read["SLIDEWRIGHT_SLIDES"].as_str(), read["SLIDEWRIGHT_BEHIND_PROXY"].as_str()),
            ("6", "true")
        );
        assert!(parse("[llm]\nmodel = 1").unwrap_err().contains("llm is neither"));
        assert!(parse("no table").is_err());
    }
}
