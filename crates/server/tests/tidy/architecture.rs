//! The rules that hold ARCHITECTURE.md and README.md against the tree, and the crates against its list of arrows.

use std::collections::BTreeMap;

use crate::rules::Violation;
use crate::tree::File;

/// The heading in ARCHITECTURE.md below which a code block lists the arrows between our crates.
pub(crate) const HEADING: &str = "## Allowed arrows";

/// What each crate may depend on, by the document; a crate may be listed before it exists.
pub(crate) type Arrows = BTreeMap<String, Vec<String>>;

/// Reads the list of arrows: lines such as `writer -> domain scoring` in the block below the heading.
pub(crate) fn arrows(document: &str) -> Arrows {
    let section = document.lines().skip_while(|line| line.trim() != HEADING).skip(1);
    let block = section.skip_while(|line| !line.starts_with("```")).skip(1);
    let listed = block.take_while(|line| !line.starts_with("```")).filter_map(|line| line.split_once("->"));
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect();
    listed.map(|(from, to)| (from.trim().to_owned(), words(to))).collect()
}

/// The crates of ours that a Cargo.toml names outside its dev-dependencies, each with its line.
pub(crate) fn dependencies(manifest: &str, ours: &[String]) -> Vec<(usize, String)> {
    let table: toml::Table = manifest.parse().unwrap();
    let mut tables = vec![&table];
    if let Some(targets) = table.get("target").and_then(toml::Value::as_table) {
        tables.extend(targets.values().filter_map(toml::Value::as_table));
    }
    let kinds = ["dependencies", "build-dependencies"];
    let sections =
        tables.iter().flat_map(|table| kinds.iter().filter_map(|kind| table.get(*kind)?.as_table()));
    let named = sections.flat_map(|section| {
        section.iter().map(|(name, value)| value.get("package").and_then(toml::Value::as_str).unwrap_or(name))
    });
    let line = |name: &str| manifest.lines().position(|line| line.contains(name)).map_or(1, |n| n + 1);
    named
        .filter(|name| ours.iter().any(|own| own == name))
        .map(|name| (line(name), name.to_owned()))
        .collect()
}

/// What a crate depends on against what the document allows it.
pub(crate) fn check_arrows(manifest: &File, ours: &[String], arrows: &Arrows) -> Vec<Violation> {
    let owner = manifest.owner().unwrap_or_default();
    let Some(allowed) = arrows.get(owner) else {
        let what = format!("the crate `{owner}` is not in ARCHITECTURE.md's list of arrows");
        return vec![Violation::new(&manifest.path, 1, what, "say there what it is and what it may know")];
    };
    let used = dependencies(&manifest.text, ours);
    let forbidden = used.iter().filter(|(_, name)| !allowed.contains(name)).map(|(line, name)| {
        let mend = "turn the arrow round, or say in ARCHITECTURE.md why it must be";
        Violation::new(&manifest.path, *line, format!("`{owner}` must not know `{name}`"), mend)
    });
    let planned = |name: &&String| ours.contains(name) && !used.iter().any(|(_, used)| used == *name);
    let unused = allowed.iter().filter(planned).map(|name| {
        let what = format!("the arrow from `{owner}` to `{name}` is listed, but there is none");
        Violation::new(&manifest.path, 1, what, "take it out of ARCHITECTURE.md")
    });
    forbidden.chain(unused).collect()
}

/// Every path that a document names in backticks or links to, outside code blocks, with its line.
pub(crate) fn paths(document: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut in_block = false;
    for (n, line) in document.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            in_block = !in_block;
        }
        if in_block {
            continue;
        }
        let named = line.split('`').skip(1).step_by(2).filter(|word| is_path(word));
        let linked = line.split("](").skip(1).filter_map(|rest| rest.split([')', ' ', '#']).next());
        let linked = linked.filter(|target| !target.is_empty() && !target.contains("://"));
        found.extend(named.chain(linked).map(|path| (n + 1, path.trim_end_matches('/').to_owned())));
    }
    found
}

/// Whether a word in backticks is meant as a path into this tree.
fn is_path(word: &str) -> bool {
    let plain = word.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '_' | '-'));
    let kinds = ["rs", "md", "toml", "sql", "html", "css", "js", "sh"];
    let is_file = word.rsplit_once('.').is_some_and(|(name, kind)| !name.is_empty() && kinds.contains(&kind));
    let is_folder = word.contains('/') && word.split('/').filter(|part| !part.is_empty()).count() > 0;
    // What the program writes, routes, and options are not in the tree.
    let made = word.starts_with("out/") || word.starts_with(['/', '-']);
    plain && !made && (is_file || is_folder)
}

/// The paths of a document that are not there: from the root, or as the end of some file's path.
pub(crate) fn check_paths(document: &File, files: &[File], exists: impl Fn(&str) -> bool) -> Vec<Violation> {
    let is_there = |path: &str| {
        exists(path.trim_start_matches("./"))
            || files.iter().any(|file| file.path.ends_with(&format!("/{path}")))
    };
    let missing = paths(&document.text).into_iter().filter(|(_, path)| !is_there(path));
    let mend = "name what is there now, or take the sentence out";
    missing
        .map(|(line, path)| Violation::new(&document.path, line, format!("`{path}` does not exist"), mend))
        .collect()
}
