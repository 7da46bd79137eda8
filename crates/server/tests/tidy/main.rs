//! Holds the tree against the house rules and ARCHITECTURE.md; each rule is also shown to catch its violation.

#![allow(clippy::unwrap_used, reason = "what a helper can't do fails its test")]

mod architecture;
mod rules;
mod rust;
mod samples;
mod tree;

use rules::{RULES, Violation};

/// Fails with every violation at once, a line each.
fn none(violations: &[Violation]) {
    let lines: Vec<String> = violations.iter().map(Violation::to_string).collect();
    assert!(lines.is_empty(), "{} to mend:\n{}", lines.len(), lines.join("\n"));
}

#[test]
fn every_file_keeps_the_house_rules() {
    let files = tree::files();
    let broken: Vec<_> = RULES.iter().flat_map(|(_, rule)| files.iter().flat_map(rule)).collect();
    none(&broken);
}

#[test]
fn every_path_that_the_documents_name_exists() {
    let files = tree::files();
    let documents: Vec<_> =
        files.iter().filter(|file| ["ARCHITECTURE.md", "README.md"].contains(&file.path.as_str())).collect();
    assert!(documents.iter().any(|file| file.path == "ARCHITECTURE.md"), "there is no ARCHITECTURE.md");
    let exists = |path: &str| tree::root().join(path).exists();
    none(
        &documents
            .iter()
            .flat_map(|file| architecture::check_paths(file, &files, exists))
            .collect::<Vec<_>>(),
    );
}

#[test]
fn crates_know_only_what_the_architecture_allows() {
    let files = tree::files();
    let read = |path: &str| files.iter().find(|file| file.path == path).unwrap();
    let arrows = architecture::arrows(&read("ARCHITECTURE.md").text);
    assert!(!arrows.is_empty(), "ARCHITECTURE.md has no list below `{}`", architecture::HEADING);
    let ours = tree::crates();
    let manifests = ours.iter().map(|name| read(&format!("crates/{name}/Cargo.toml")));
    none(&manifests.flat_map(|file| architecture::check_arrows(file, &ours, &arrows)).collect::<Vec<_>>());
}

#[test]
fn a_crate_is_named_as_its_folder() {
    for name in tree::crates() {
        let manifest = std::fs::read_to_string(tree::root().join("crates").join(&name).join("Cargo.toml"));
        let table: toml::Table = manifest.unwrap().parse().unwrap();
        assert_eq!(table["package"]["name"].as_str(), Some(name.as_str()));
    }
}
