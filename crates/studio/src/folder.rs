//! Writes several files into a folder so that either all of them appear whole, or none changes.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::error::StudioError;

/// Writes each file beside its place first, moves the `stale` ones out of the way, and moves all into place when
/// all are whole.
///
/// # Errors
/// The first failure; whatever was written beside is removed again, and what was moved away is back.
pub(crate) fn write_all(folder: &Path, files: &[(PathBuf, Vec<u8>)], stale: &[PathBuf]) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let aside: Vec<PathBuf> = stale.iter().map(|path| hidden(path, "old")).collect();
    let beside: Vec<PathBuf> = files.iter().map(|(path, _)| hidden(path, "part")).collect();
    let written = files.iter().zip(&beside).try_for_each(|((_, bytes), path)| write_whole(path, bytes));
    let cleared =
        written.and_then(|()| stale.iter().zip(&aside).try_for_each(|(from, to)| fs::rename(from, to)));
    let moved = cleared.and_then(|()| {
        files.iter().zip(&beside).try_for_each(|((path, _), beside)| fs::rename(beside, path))
    });
    // What was never written or moved, or is in place already, fails here: that is as wanted.
    if moved.is_err() {
        for (path, aside) in stale.iter().zip(&aside) {
            let _ = fs::rename(aside, path);
        }
        for path in &beside {
            let _ = fs::remove_file(path);
        }
    } else {
        for path in &aside {
            let _ = fs::remove_file(path);
        }
    }
    moved
}

/// A name in the same folder that this process alone uses.
fn hidden(path: &Path, ending: &str) -> PathBuf {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    path.with_file_name(format!(".{name}.{}.{ending}", std::process::id()))
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
