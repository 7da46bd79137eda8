//! A source from a file or from standard input, with the size looked at before the text.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use domain::Source;

use super::{IntakeError, MOST_BYTES, source_from_bytes};

/// Reads a text file of at most [`MOST_BYTES`].
///
/// # Errors
/// Where the file is missing, a folder, unreadable, too large, empty or no text.
pub fn read_file(path: &Path) -> Result<Source, IntakeError> {
    let name = path.display().to_string();
    let cant_read = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => IntakeError::NoSuchFile(name.clone()),
        _ => IntakeError::CantRead { name: name.clone(), reason: error.to_string() },
    };
    let metadata = std::fs::metadata(path).map_err(cant_read)?;
    if metadata.is_dir() {
        return Err(IntakeError::IsAFolder(name));
    }
    if metadata.len() > MOST_BYTES {
        return Err(IntakeError::TooLarge { name, bytes: metadata.len() });
    }
    let file = File::open(path).map_err(cant_read)?;
    let short_name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    read_stream(file, short_name)
}

/// Reads a text from a stream, such as standard input, of at most [`MOST_BYTES`].
///
/// # Errors
/// Where the stream fails, is too long, empty or no text.
pub fn read_stream(stream: impl Read, name: Option<String>) -> Result<Source, IntakeError> {
    let called = || name.clone().unwrap_or_else(|| "the text".into());
    let mut bytes = Vec::new();
    stream
        .take(MOST_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| IntakeError::CantRead { name: called(), reason: error.to_string() })?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(IntakeError::TooLong { name: called() });
    }
    source_from_bytes(&bytes, name, None)
}
