//! The names of kept files: typed, so that no text from outside becomes a path.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use domain::{AssetId, CarouselId, VariantId};
use thiserror::Error;

domain::named_enum! {
    /// How a rendered slide is stored.
    pub enum PictureKind ("kind of picture") {
        Jpeg = "jpg",
        Png = "png",
        Svg = "svg",
    }
}

/// A file of a workspace.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileKey {
    /// A photograph, a logo, a font that was given.
    Asset(AssetId),
    /// A rendered slide, by the digest of all that it depends on: made again where it is gone.
    Rendered { digest: [u8; 32] },
    /// A rendered slide of a variant; `number` from 1.
    Slide { carousel: CarouselId, variant: VariantId, number: u8, kind: PictureKind },
    /// A finished file of a carousel: `carousel.pdf`, `caption.txt`.
    Export { carousel: CarouselId, name: FileName },
}

/// Which files are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Under {
    Assets,
    Rendered,
    Slides { carousel: CarouselId, variant: VariantId },
    Exports(CarouselId),
}

impl Under {
    pub(super) fn folder(self) -> PathBuf {
        match self {
            Self::Assets => PathBuf::from("assets"),
            Self::Rendered => PathBuf::from("rendered"),
            Self::Slides { carousel, variant } => {
                of_carousel(carousel).join("slides").join(variant.to_string())
            }
            Self::Exports(carousel) => of_carousel(carousel).join("exports"),
        }
    }

    /// The key of a file name in this folder; `None` for what we did not put there.
    pub(super) fn key(self, name: &str) -> Option<FileKey> {
        Some(match self {
            Self::Assets => FileKey::Asset(name.parse().ok()?),
            Self::Rendered => FileKey::Rendered { digest: read_hex(name)? },
            Self::Slides { carousel, variant } => {
                let (number, kind) = name.split_once('.')?;
                let key = FileKey::Slide {
                    carousel,
                    variant,
                    number: number.parse().ok()?,
                    kind: kind.parse().ok()?,
                };
                // 1.jpg is read as 01.jpg would be, but only one of them is ours.
                (key.name() == name).then_some(key)?
            }
            Self::Exports(carousel) => FileKey::Export { carousel, name: name.parse().ok()? },
        })
    }
}

pub(super) fn of_carousel(carousel: CarouselId) -> PathBuf {
    Path::new("carousels").join(carousel.to_string())
}

impl FileKey {
    fn under(&self) -> Under {
        match self {
            Self::Asset(_) => Under::Assets,
            Self::Rendered { .. } => Under::Rendered,
            Self::Slide { carousel, variant, .. } => Under::Slides { carousel: *carousel, variant: *variant },
            Self::Export { carousel, .. } => Under::Exports(*carousel),
        }
    }

    fn name(&self) -> String {
        match self {
            Self::Asset(id) => id.to_string(),
            Self::Rendered { digest } => digest.iter().map(|byte| format!("{byte:02x}")).collect(),
            Self::Slide { number, kind, .. } => format!("{number:02}.{kind}"),
            Self::Export { name, .. } => name.0.clone(),
        }
    }

    /// The path within the workspace's folder.
    pub(super) fn path(&self) -> PathBuf {
        self.under().folder().join(self.name())
    }
}

impl fmt::Display for FileKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.path().display().fmt(f)
    }
}

/// 32 bytes in small hexadecimal digits.
fn read_hex(text: &str) -> Option<[u8; 32]> {
    if text.len() != 64 || !text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')) {
        return None;
    }
    let mut bytes = [0; 32];
    for (n, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * n..2 * n + 2)?, 16).ok()?;
    }
    Some(bytes)
}

/// A plain file name: 1 to 100 of `a-z 0-9 . _ -`, beginning with a letter or digit.
///
/// That is safe on every file system, also on those that don't tell capitals apart.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileName(String);

#[derive(Debug, Error, PartialEq, Eq)]
#[error(
    "`{0}` can't be a file's name; use up to 100 small letters, digits, `.`, `_` and `-`, a letter or digit first"
)]
pub struct NotAFileName(String);

impl FileName {
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for FileName {
    type Err = NotAFileName;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let is_word = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
        let is_plain = name.len() <= 100
            && name.as_bytes().first().is_some_and(is_word)
            && name.bytes().all(|byte| is_word(&byte) || b"._-".contains(&byte));
        if is_plain { Ok(Self(name.to_owned())) } else { Err(NotAFileName(name.to_owned())) }
    }
}

impl fmt::Display for FileName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
