//! Writes several files into a folder so that either all of them appear whole, or none changes.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::error::StudioError;

/// Writes each file beside its place first, and moves all into place when all are whole.
///
/// # Errors
/// The first failure; whatever was written beside is removed again.
pub(crate) fn write_all(folder: &Path, files: &[(PathBuf, Vec<u8>)]) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let beside: Vec<PathBuf> = files.iter().map(|(path, _)| beside(path)).collect();
    let written = files.iter().zip(&beside).try_for_each(|((_, bytes), path)| write_whole(path, bytes));
    let moved = written.and_then(|()| {
        files.iter().zip(&beside).try_for_each(|((path, _), beside)| fs::rename(beside, path))
    });
    if moved.is_err() {
        for path in &beside {
            // What was never written or is in place already can't be removed: that is as wanted.
            let _ = fs::remove_file(path);
        }
    }
    moved
}

/// A name in the same folder that this process alone uses.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    path.with_file_name(format!(".{name}.{}.part", std::process::id()))
}

fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Why a folder can't be written, with the mend.
pub(crate) fn cant_write(out: &Path, error: &io::Error) -> StudioError {
    let out = out.display();
    StudioError::Unavailable(match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            format!(
                "the disk that holds {out} is full; free some space and run the same command again: nothing is lost"
            )
        }
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            format!("{out} can't be written; choose a folder that you may write with --out")
        }
        io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists => {
            format!("{out} is not a folder; choose another place with --out")
        }
        _ => format!("{out} can't be written ({error}); choose another folder with --out"),
    })
}
