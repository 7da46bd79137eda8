//! Runs the real program in folders of its own, as a person would.

#![allow(dead_code, reason = "each test target uses the part that it needs")]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use tempfile::TempDir;

/// A data folder, an out folder, and the program.
pub(crate) struct Desk {
    folder: TempDir,
}

/// What a run of the program left behind.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Desk {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a folder for the test") }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        fs::write(&path, bytes).expect("the test's own folder can be written");
        path.display().to_string()
    }

    /// The program with this desk's data folder and nobody's settings.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_slidewright"));
        command
            .current_dir(self.folder.path())
            .env_clear()
            .env("PATH", "/usr/bin:/bin")
            .env("SLIDEWRIGHT_DATA", self.path("data"))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        ran(self.command().args(arguments).output().expect("the program starts"))
    }

    pub(crate) fn run_with_input(&self, arguments: &[&str], input: &[u8]) -> Ran {
        let mut child =
            self.command().args(arguments).stdin(Stdio::piped()).spawn().expect("the program starts");
        // A program that refuses its input early closes the pipe; that is no failure of the test.
        let _ = child.stdin.take().expect("a pipe").write_all(input);
        ran(child.wait_with_output().expect("the program ends"))
    }

    pub(crate) fn start(&self, arguments: &[&str]) -> Child {
        self.command().args(arguments).spawn().expect("the program starts")
    }

    pub(crate) fn files(&self, folder: &str) -> Vec<String> {
        let Ok(entries) = fs::read_dir(self.path(folder)) else { return Vec::new() };
        let mut names: Vec<String> = entries
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }
}

pub(crate) fn ran(output: Output) -> Ran {
    let ran = Ran {
        code: output.status.code(),
        stdout: String::from_utf8(output.stdout).expect("the program writes UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("the program writes UTF-8"),
    };
    assert!(!ran.stderr.contains("panicked"), "a panic reached the person: {}", ran.stderr);
    ran
}

impl Ran {
    /// The run succeeded.
    pub(crate) fn ok(self) -> Self {
        assert_eq!(self.code, Some(0), "stdout: {}\nstderr: {}", self.stdout, self.stderr);
        self
    }

    /// The run was refused with this exit code, and said so in a sentence with these words.
    pub(crate) fn refused(self, code: i32, words: &[&str]) -> Self {
        assert_eq!(self.code, Some(code), "stdout: {}\nstderr: {}", self.stdout, self.stderr);
        for word in words {
            assert!(self.stderr.contains(word), "`{word}` is not in: {}", self.stderr);
        }
        assert_eq!(self.stdout, "", "a refused run prints no result");
        self
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).expect("one JSON object on standard output")
    }
}

/// A folder of the project.
pub(crate) fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

pub(crate) fn example(name: &str) -> String {
    project("examples").join(name).display().to_string()
}

/// A chapter of a book that comes with the toolchain: a real text that nobody here wrote.
pub(crate) fn toolchain_page(path: &str) -> PathBuf {
    let rustc = Command::new("rustc").args(["--print", "sysroot"]).output().expect("rustc is installed");
    let sysroot = String::from_utf8(rustc.stdout).expect("a path");
    let page = Path::new(sysroot.trim()).join("share/doc/rust/html").join(path);
    assert!(page.is_file(), "{} is missing: install the rust-docs component", page.display());
    page
}
