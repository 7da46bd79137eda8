//! Secrets as they are handed out, and the digests that are kept in their place: who steals
//! the database can open nothing with it.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// A secret as text that fits into a cookie, a header and an address.
pub(super) fn text(secret: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(secret)
}

pub(super) fn bytes(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}

/// What is kept of a secret: its SHA-256, in hexadecimal. Random secrets need no slow hash.
pub(super) fn digest(secret: &str) -> String {
    Sha256::digest(secret).iter().map(|byte| format!("{byte:02x}")).collect()
}
