//! That no statement in the source was never run: PostgreSQL's refusal shows only then.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use store::statements::{Dialect, executed};

use crate::support::{Story, tell};
use crate::{
    carousels, choices, costs, crashes, cron, files, jobs, library, money, people, races, schema, sharing,
    workspaces,
};

#[test]
fn every_statement_of_the_source_is_run_on_both_databases() {
    for story in all_stories() {
        tell(Dialect::Sqlite, story);
        tell(Dialect::Postgres, story);
    }
    let ran = executed();
    let statements = in_source();
    assert!(statements.len() > 40, "only {} statements were found in the source", statements.len());
    let mut missing = vec![];
    for (file, statement) in &statements {
        let dialects: &[Dialect] = match file.file_stem().and_then(|name| name.to_str()) {
            Some("sqlite") => &[Dialect::Sqlite],
            Some("postgres") => &[Dialect::Postgres],
            _ => &[Dialect::Sqlite, Dialect::Postgres],
        };
        for dialect in dialects {
            if !ran.iter().any(|(on, sql)| on == dialect && sql == statement) {
                missing.push(format!("{dialect:?} never ran, in {}:\n{statement}", file.display()));
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n\n"));
    let known: BTreeSet<_> = statements.iter().map(|(_, statement)| statement.as_str()).collect();
    let unseen: Vec<_> = ran.iter().filter(|(_, sql)| !known.contains(sql)).collect();
    assert!(unseen.is_empty(), "these ran, but the source was not searched rightly: {unseen:?}");
}

/// The string literals that are SQL, with their files.
fn in_source() -> Vec<(PathBuf, String)> {
    let mut found = vec![];
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let source = std::fs::read_to_string(&path).unwrap();
                found.extend(
                    literals(&source)
                        .into_iter()
                        .filter(|text| is_sql(text))
                        .map(|text| (path.clone(), text)),
                );
            }
        }
    }
    found
}

fn is_sql(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or_default();
    ["SELECT", "INSERT", "UPDATE", "DELETE", "WITH"].contains(&first)
}

/// The string literals of Rust source. Comments are passed over; our SQL needs no escapes.
fn literals(source: &str) -> Vec<String> {
    let (mut found, mut rest) = (vec![], source);
    while let Some(start) = rest.find(['"', '/', '\'']) {
        let from = &rest[start..];
        let length = if from.starts_with("//") {
            from.find('\n').unwrap_or(from.len())
        } else if from.starts_with("'\"'") {
            3
        } else if let Some(text) = from.strip_prefix('"') {
            let mut escaped = false;
            let end = text.find(|c| {
                let ends = c == '"' && !escaped;
                escaped = c == '\\' && !escaped;
                ends
            });
            let end = end.unwrap_or(text.len());
            found.push(text[..end].to_owned());
            end + 2
        } else {
            1
        };
        rest = from.get(length..).unwrap_or_default();
    }
    found
}

fn all_stories() -> impl Iterator<Item = &'static Story> {
    [
        carousels::ALL,
        choices::ALL,
        costs::ALL,
        crashes::ALL,
        cron::ALL,
        files::ALL,
        jobs::ALL,
        library::ALL,
        money::ALL,
        people::ALL,
        races::ALL,
        schema::ALL,
        sharing::ALL,
        workspaces::ALL,
    ]
    .into_iter()
    .flatten()
}
