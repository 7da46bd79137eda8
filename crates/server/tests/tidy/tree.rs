//! The project's own files, read from the disk.

use std::path::{Path, PathBuf};

/// Folders whose files are made by tools, wherever they stand; what is hidden is left out too.
const MADE: [&str; 2] = ["target", "out"];
/// Hidden names that are the project's own all the same.
const OURS: [&str; 3] = [".ci", ".gitattributes", ".gitignore"];

/// One file, with its path from the project's root in forward slashes.
#[derive(Debug)]
pub(crate) struct File {
    pub(crate) path: String,
    pub(crate) text: String,
}

impl File {
    pub(crate) fn new(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned() }
    }

    pub(crate) fn is_rust(&self) -> bool {
        self.has_extension("rs")
    }

    pub(crate) fn has_extension(&self, extension: &str) -> bool {
        Path::new(&self.path).extension().is_some_and(|own| own == extension)
    }

    /// The name of the crate that the file belongs to.
    pub(crate) fn owner(&self) -> Option<&str> {
        self.path.strip_prefix("crates/")?.split('/').next()
    }

    /// Whether the file is part of a crate's tests or benchmarks and not of the product.
    pub(crate) fn is_test(&self) -> bool {
        ["/tests/", "/benches/", "/examples/"].iter().any(|folder| self.path.contains(folder))
    }
}

pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Every text file of the project, in the order of their paths.
pub(crate) fn files() -> Vec<File> {
    let mut found = Vec::new();
    read_folder(&root(), "", &mut found);
    found.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(found.len() > 50, "only {} files were found: is this the project's root?", found.len());
    found
}

/// The crates that exist: the folders of `crates/`.
pub(crate) fn crates() -> Vec<String> {
    let folders = std::fs::read_dir(root().join("crates")).unwrap().map(|entry| entry.unwrap());
    let mut names: Vec<String> = folders
        .filter(|entry| entry.path().join("Cargo.toml").exists())
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn read_folder(folder: &Path, path: &str, found: &mut Vec<File>) {
    for entry in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap()) {
        let Ok(name) = entry.file_name().into_string() else { continue };
        let hidden = name.starts_with('.') && !OURS.contains(&name.as_str());
        if hidden || MADE.contains(&name.as_str()) || name.ends_with(".snap.new") {
            continue;
        }
        let path = if path.is_empty() { name } else { format!("{path}/{name}") };
        if entry.file_type().unwrap().is_dir() {
            read_folder(&entry.path(), &path, found);
        } else if let Ok(text) = std::fs::read_to_string(entry.path()) {
            // What is not text (pictures, fonts) has nothing to be judged.
            found.push(File { path, text });
        }
    }
}
