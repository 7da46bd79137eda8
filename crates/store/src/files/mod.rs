//! Files in the data folder: written whole or not at all.

mod key;

use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use domain::{CarouselId, WorkspaceId};

pub use key::{FileKey, FileName, NotAFileName, PictureKind, Under};

use crate::error::StoreError;

/// Files in the making, in the same file system as the finished ones.
const UNFINISHED: &str = "tmp";

/// The files of one workspace. Cheap to make.
#[derive(Clone, Debug)]
pub struct Files {
    root: PathBuf,
    unfinished: PathBuf,
}

impl Files {
    pub(crate) fn new(data: &Path, workspace: WorkspaceId) -> Self {
        Self { root: data.join("files").join(workspace.to_string()), unfinished: data.join(UNFINISHED) }
    }

    /// Keeps a file, in place of one that has the same key.
    ///
    /// # Errors
    /// Where it can't be written; then the earlier file is as it was.
    pub async fn put(&self, key: &FileKey, bytes: Vec<u8>) -> Result<(), StoreError> {
        let (target, unfinished) = (self.root.join(key.path()), self.unfinished.clone());
        off_thread(move || put(&target, &unfinished, &bytes)).await
    }

    /// The bytes of a file.
    ///
    /// # Errors
    /// `NotFound` where there is none.
    pub async fn get(&self, key: &FileKey) -> Result<Vec<u8>, StoreError> {
        let path = self.root.join(key.path());
        let bytes = off_thread(move || none_where_absent(fs::read(path))).await?;
        bytes.ok_or_else(|| StoreError::not_found("file", key))
    }

    /// Removes a file; one that is not there is removed already.
    ///
    /// # Errors
    /// Where it can't be removed.
    pub async fn delete(&self, key: &FileKey) -> Result<(), StoreError> {
        let path = self.root.join(key.path());
        off_thread(move || none_where_absent(fs::remove_file(path))).await?;
        Ok(())
    }

    /// Removes all slides and exports of a carousel.
    ///
    /// # Errors
    /// Where they can't be removed.
    pub async fn delete_carousel(&self, carousel: CarouselId) -> Result<(), StoreError> {
        let path = self.root.join(key::of_carousel(carousel));
        off_thread(move || none_where_absent(fs::remove_dir_all(path))).await?;
        Ok(())
    }

    /// Removes the oldest files of one kind until the rest has at most `most` bytes, and tells
    /// how many went: for what can be made again.
    ///
    /// # Errors
    /// Where the folder can't be read, or a file can't be removed.
    pub async fn trim(&self, under: Under, most: u64) -> Result<usize, StoreError> {
        let folder = self.root.join(under.folder());
        off_thread(move || trim(&folder, under, most)).await
    }

    /// The finished files of one kind, in the order of their names.
    ///
    /// # Errors
    /// Where the folder can't be read.
    pub async fn list(&self, under: Under) -> Result<Vec<FileKey>, StoreError> {
        let folder = self.root.join(under.folder());
        off_thread(move || {
            let Some(entries) = none_where_absent(fs::read_dir(folder))? else { return Ok(vec![]) };
            let mut keys = vec![];
            for entry in entries {
                keys.extend(entry?.file_name().to_str().and_then(|name| under.key(name)));
            }
            keys.sort();
            Ok(keys)
        })
        .await
    }
}

fn trim(folder: &Path, under: Under, most: u64) -> io::Result<usize> {
    let Some(entries) = none_where_absent(fs::read_dir(folder))? else { return Ok(0) };
    let mut files = vec![];
    for entry in entries {
        let entry = entry?;
        if entry.file_name().to_str().and_then(|name| under.key(name)).is_none() {
            continue;
        }
        // Another trim may have removed it since.
        let Some(about) = none_where_absent(entry.metadata())? else { continue };
        files.push((about.modified()?, entry.path(), about.len()));
    }
    files.sort();
    let mut size: u64 = files.iter().map(|(.., bytes)| bytes).sum();
    let mut removed = 0;
    for (_, path, bytes) in files {
        if size <= most {
            break;
        }
        none_where_absent(fs::remove_file(path))?;
        size -= bytes;
        removed += 1;
    }
    Ok(removed)
}

/// Makes the data folder where it is missing, says clearly why it can't be used, and
/// sweeps away what killed processes left unfinished.
pub(crate) fn prepare(data: &Path) -> Result<(), StoreError> {
    let io = |error: io::Error| StoreError::from_io(&error);
    let unfinished = data.join(UNFINISHED);
    fs::create_dir_all(&unfinished).map_err(|error| match error.kind() {
        ErrorKind::NotADirectory | ErrorKind::AlreadyExists => StoreError::NotAFolder(data.to_owned()),
        // Below `/proc` and its like nothing can be made, whoever asks.
        ErrorKind::NotFound | ErrorKind::Unsupported => StoreError::CantBeMade(data.to_owned()),
        _ => StoreError::from_io(&error),
    })?;
    // A full or read-only disk is told best by a plain file.
    let (mut probe, path) = temporary(&unfinished).map_err(io)?;
    let written = probe.write_all(&[0; 4096]).and_then(|()| probe.sync_all());
    fs::remove_file(path).map_err(io)?;
    written.map_err(io)?;
    sweep(&unfinished).map_err(io)
}

/// Removes the temporary files that no living process has locked.
fn sweep(unfinished: &Path) -> io::Result<()> {
    for entry in fs::read_dir(unfinished)? {
        let path = entry?.path();
        let Some(file) = none_where_absent(File::open(&path))? else { continue };
        match file.try_lock() {
            Ok(()) => drop(none_where_absent(fs::remove_file(&path))?),
            Err(TryLockError::WouldBlock) => {}
            Err(TryLockError::Error(error)) => return Err(error),
        }
    }
    Ok(())
}

/// Writes beside, syncs, and renames: readers see the old file or the new one, never a part.
fn put(target: &Path, unfinished: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = target.parent().unwrap_or(target);
    fs::create_dir_all(folder)?;
    let (mut file, temporary) = temporary(unfinished)?;
    let written =
        file.write_all(bytes).and_then(|()| file.sync_all()).and_then(|()| fs::rename(&temporary, target));
    if written.is_err() {
        // The first error is the one to tell.
        let _ = fs::remove_file(&temporary);
        return written;
    }
    sync_folder(folder)
}

/// A new file that is locked as long as its process lives and holds it.
fn temporary(unfinished: &Path) -> io::Result<(File, PathBuf)> {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    loop {
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = unfinished.join(format!("{}-{number}", std::process::id()));
        match File::create_new(&path) {
            Ok(file) => {
                file.lock()?;
                return Ok((file, path));
            }
            // A killed process had the same id, or one in another container has.
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
}

/// So that the new name outlives a power cut; only Unix lets a folder be synced.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

fn none_where_absent<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Disks block; the async threads must not.
async fn off_thread<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T, StoreError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done.map_err(|error| StoreError::from_io(&error)),
        Err(error) => Err(StoreError::Internal(error.to_string())),
    }
}
