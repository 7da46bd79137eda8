//! Where a person's text comes in: a file, standard input, or an address.

mod address;
mod fetch;
mod file;

pub use fetch::{FetchLimits, Fetcher};
pub(crate) use fetch::{PAGE, PICTURE, STYLESHEET};
pub use file::{read_file, read_stream};

use domain::Source;
use thiserror::Error;

/// The longest source that is read, in bytes. A book chapter has about 50,000.
pub const MOST_BYTES: u64 = 5 * 1024 * 1024;

/// Why a text could not be taken in, with the mend.
#[derive(Debug, Error)]
pub enum IntakeError {
    #[error("there is no file {0}; check the name, or give an address that starts with https://")]
    NoSuchFile(String),
    #[error("{0} is a folder; name one file in it")]
    IsAFolder(String),
    #[error("{name} can't be read ({reason}); check that you may read it")]
    CantRead { name: String, reason: String },
    #[error("{name} has {} and at most {} are read; cut it to the part that the carousel is about", megabytes(*.bytes), megabytes(MOST_BYTES))]
    TooLarge { name: String, bytes: u64 },
    #[error(
        "{name} has more than {} and no more is read; cut it to the part that the carousel is about",
        megabytes(MOST_BYTES)
    )]
    TooLong { name: String },
    #[error("{name} is empty; give a text of at least a few paragraphs")]
    Empty { name: String },
    #[error("{name} can't be used: {reason}")]
    Unreadable { name: String, reason: String },
    #[error("`{0}` is not an address that can be fetched; it must start with http:// or https://")]
    NotAnAddress(String),
    #[error(
        "{0} is on a private network or this machine, which is refused so that nobody can read what is not \
         public; if you mean it, add --allow-private-addresses"
    )]
    PrivateAddress(String),
    #[error(
        "this machine's certificates can't be used ({0}); install them (Debian: ca-certificates), or save the page and give the file"
    )]
    NoCertificates(String),
    #[error(
        "{url} can't be reached ({reason}); check the address and your connection, or save the page and give the file"
    )]
    Unreachable { url: String, reason: String },
    #[error(
        "{url} answered with {status}; open it in a browser to see whether it needs a login, or save the page and give the file"
    )]
    BadStatus { url: String, status: u16 },
    #[error("{url} leads on through more than {most} redirects; give the address where it ends")]
    TooManyRedirects { url: String, most: usize },
    #[error("{url} is {kind}, not a page or a text; give the address of an article")]
    NotText { url: String, kind: String },
}

fn megabytes(bytes: u64) -> String {
    let tenths = bytes.saturating_mul(10) / (1024 * 1024);
    if tenths.is_multiple_of(10) {
        format!("{} MB", tenths / 10)
    } else {
        format!("{}.{} MB", tenths / 10, tenths % 10)
    }
}

/// Reads the bytes of a source into text, and says which kind of text it is.
fn source_from_bytes(bytes: &[u8], name: Option<String>, url: Option<String>) -> Result<Source, IntakeError> {
    let called = url.clone().or_else(|| name.clone()).unwrap_or_else(|| "the text".into());
    if bytes.is_empty() {
        return Err(IntakeError::Empty { name: called });
    }
    let text = writer::decode(bytes)
        .map_err(|error| IntakeError::Unreadable { name: called.clone(), reason: error.to_string() })?;
    if text.trim().is_empty() {
        return Err(IntakeError::Empty { name: called });
    }
    let kind = writer::source_kind(bytes, name.as_deref());
    Ok(Source { kind, text, url, name })
}

#[cfg(test)]
mod tests {
    use super::megabytes;

    #[test]
    fn sizes_are_said_in_megabytes() {
        assert_eq!(megabytes(super::MOST_BYTES), "5 MB");
        assert_eq!(megabytes(200 * 1024 * 1024 + 600 * 1024), "200.5 MB");
    }
}
