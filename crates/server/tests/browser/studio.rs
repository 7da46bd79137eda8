//! The real program on a data folder of its own.

use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use crate::process::Running;

/// A served studio, and where it is.
#[derive(Debug)]
pub(crate) struct Studio {
    program: Running,
    folder: TempDir,
    /// With a slash at the end.
    pub(crate) address: String,
}

impl Studio {
    pub(crate) fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let mut command = Command::new(env!("CARGO_BIN_EXE_slidewright"));
        command
            .current_dir(folder.path())
            .env_clear()
            .env("PATH", "/usr/bin:/bin")
            .args(["serve", "--addr", "127.0.0.1:0", "--data"])
            .arg(folder.path().join("data"));
        let (program, address) = Running::start(command, |line| {
            let from = line.find("http://")?;
            line[from..].split_whitespace().next().map(str::to_owned)
        });
        Self { program, folder, address }
    }

    /// A folder for what belongs to the test: downloads, files to upload.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Nothing broke behind the pages.
    pub(crate) fn is_well(&self) {
        let printed = self.program.printed();
        let broken = printed.lines().filter(|line| {
            line.contains("panicked") || line.contains(" ERROR ") || line.contains("\"ERROR\"")
        });
        let broken: Vec<&str> = broken.collect();
        assert!(broken.is_empty(), "the program says: {}", broken.join("\n"));
    }
}
