//! The words of the interface: every language has every text that pages ask for, with the same
//! blanks, and none that nobody asks for.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use fluent_bundle::FluentResource;

/// Beginnings of keys that the code puts together: each with its own list in the program.
const PUT_TOGETHER: &[&str] = &[
    "about-",
    "audit-",
    "basis-",
    "budget-",
    "costs-budget-",
    "costs-by-",
    "dimension-",
    "format-",
    "group-",
    "hint-of-",
    "label-",
    "layout-",
    "lead-of-",
    "mode-",
    "outcome-",
    "profile-",
    "purpose-",
    "role-",
    "stage-",
    "state-",
    "step-",
    "strategy-",
    "weight-",
];

fn here(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)
}

fn files(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files(&path, found);
        } else if let Ok(text) = fs::read_to_string(&path) {
            found.push((path, text));
        }
    }
}

fn catalogues() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    files(&here("locales"), &mut found);
    // Sentences of the inner crates are in files of their own, with a test beside their code.
    found.retain(|(path, _)| path.extension().is_some_and(|ending| ending == "ftl"));
    found
}

/// Code and templates, without the code's tests.
fn sources() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    files(&here("src"), &mut found);
    files(&here("templates"), &mut found);
    for (_, text) in &mut found {
        if let Some(tests) = text.find("#[cfg(test)]") {
            text.truncate(tests);
        }
    }
    found
}

/// Each key of a catalogue with its blanks.
fn texts(catalogue: &str) -> Vec<(String, BTreeSet<String>)> {
    let mut texts: Vec<(String, BTreeSet<String>)> = Vec::new();
    for line in catalogue.lines().filter(|line| !line.starts_with('#')) {
        if line.starts_with(|first: char| first.is_ascii_alphabetic())
            && let Some((key, _)) = line.split_once(" =")
        {
            texts.push((key.to_owned(), BTreeSet::new()));
        }
        let Some((_, blanks)) = texts.last_mut() else { continue };
        blanks.extend(line.split('$').skip(1).map(|rest| {
            rest.chars()
                .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
                .collect::<String>()
        }));
    }
    texts
}

/// Every quoted word of a source that may be a key; in `"/a?done=done-b#c"` that is `done-b`.
fn quoted(source: &str) -> BTreeSet<&str> {
    let is_of_key = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_');
    let whole = source.split('"').filter(|text| !text.is_empty() && text.chars().all(is_of_key));
    let notices = source.match_indices("done=").map(|(at, said)| {
        let rest = &source[at + said.len()..];
        &rest[..rest.find(|c| !is_of_key(c)).unwrap_or(rest.len())]
    });
    whole.chain(notices).collect()
}

/// The keys that a source asks for by name: the first quoted word after each of these.
fn asked_for(source: &str) -> BTreeSet<&str> {
    let askers = [".t(\"", ".tt(\"", ".tn(\"", ".text(\"", ".fill(\"", "person.page(\""];
    let named = askers.iter().flat_map(|asker| {
        source.match_indices(asker).filter_map(|(at, asker)| source[at + asker.len()..].split('"').next())
    });
    named.collect()
}

#[test]
fn every_language_has_the_same_texts_with_the_same_blanks() {
    let catalogues = catalogues();
    assert!(catalogues.len() >= 2, "English and German at the least");
    let english = &catalogues.iter().find(|(path, _)| path.ends_with("en.ftl")).expect("English").1;
    let english: BTreeMap<_, _> = texts(english).into_iter().collect();
    assert!(english.len() > 100 && english["slide-n"].contains("n"), "the catalogue was read");
    for (path, text) in &catalogues {
        if let Err((_, errors)) = FluentResource::try_new(text.clone()) {
            panic!("{} can't be read: {errors:?}", path.display());
        }
        let list = texts(text);
        let own: BTreeMap<_, _> = list.iter().cloned().collect();
        let mut seen = BTreeSet::new();
        let twice: Vec<_> = list.iter().filter(|(key, _)| !seen.insert(key)).collect();
        assert!(twice.is_empty(), "{} says twice: {twice:?}", path.display());
        for (key, blanks) in &english {
            let other = own.get(key);
            assert_eq!(other, Some(blanks), "the blanks of {key} in {}", path.display());
        }
        let more: Vec<_> = own.keys().filter(|key| !english.contains_key(*key)).collect();
        assert!(more.is_empty(), "{} has what English has not: {more:?}", path.display());
    }
}

#[test]
fn every_text_that_a_page_asks_for_is_there() {
    let english = catalogues().into_iter().find(|(path, _)| path.ends_with("en.ftl")).expect("English").1;
    let known: BTreeSet<String> = texts(&english).into_iter().map(|(key, _)| key).collect();
    let mut asked = 0;
    for (path, source) in sources() {
        for key in asked_for(&source) {
            asked += 1;
            assert!(known.contains(key), "{} asks for {key}, which there is not", path.display());
        }
        let notices = quoted(&source).into_iter().filter(|word| word.starts_with("done-") && word.len() > 5);
        for notice in notices {
            assert!(known.contains(notice), "{} says {notice}, which there is not", path.display());
        }
    }
    assert!(asked > 100, "the sources were read");
}

#[test]
fn every_dimension_of_a_score_has_a_name() {
    let english = catalogues().into_iter().find(|(path, _)| path.ends_with("en.ftl")).expect("English").1;
    let known: BTreeSet<String> = texts(&english).into_iter().map(|(key, _)| key).collect();
    let weights = fs::read_to_string(here("../scoring/data/weights.toml")).expect("the weights are there");
    let measured =
        weights.lines().filter_map(|line| line.strip_prefix('[')?.strip_suffix(']')?.split_once('.'));
    let measured: Vec<_> = measured.map(|(_, name)| format!("dimension-{name}")).collect();
    assert!(measured.len() > 20, "the weights were read");
    for key in measured {
        assert!(known.contains(&key), "{key} is missing");
    }
}

#[test]
fn no_text_is_left_that_nobody_asks_for() {
    let sources = sources();
    let used: BTreeSet<&str> = sources.iter().flat_map(|(_, source)| quoted(source)).collect();
    for (path, catalogue) in catalogues() {
        let left: Vec<_> = texts(&catalogue)
            .into_iter()
            .map(|(key, _)| key)
            .filter(|key| !used.contains(key.as_str()))
            .filter(|key| !PUT_TOGETHER.iter().any(|beginning| key.starts_with(beginning)))
            .collect();
        assert!(left.is_empty(), "{} has texts that nobody asks for: {left:?}", path.display());
    }
}
