//! Fonts and themes that a person uploads: they serve the whole installation, at once.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::path::Path;

use domain::content::ThemeName;
use domain::{Format, Right};
use render::{Added, Assets, RenderError};
use sha2::{Digest, Sha256};
use zip::ZipArchive;

use crate::error::StudioError;
use crate::pictures::hex;
use crate::studio::{Actor, Studio};

/// A theme that was uploaded.
#[derive(Clone, Debug, PartialEq)]
pub struct UploadedTheme {
    pub name: ThemeName,
    /// What its sample slides fail in, a sentence each: it can be used, and should be mended.
    pub warnings: Vec<String>,
}

/// Most fonts of one upload, and the largest of each in bytes.
const FONTS: usize = 20;
const FONT: usize = 24 << 20;
/// The largest zip of a theme, of one file in it (as it is read), and the most entries.
const THEME: usize = 2 << 20;
const THEME_FILE: u64 = 64 << 10;
const THEME_ENTRIES: usize = 200;

impl Studio {
    /// Adds font files (TTF, OTF, TTC, WOFF, WOFF2), given with their names; they can be used at
    /// once.
    ///
    /// # Errors
    /// Where one is not sound, too large, or the actor is no owner of this installation's own
    /// workspace.
    pub async fn upload_fonts(
        &self,
        actor: Actor,
        files: Vec<(String, Vec<u8>)>,
    ) -> Result<Vec<Added>, StudioError> {
        self.require_house(actor).await?;
        if files.is_empty() || files.len() > FONTS {
            return Err(StudioError::invalid("fonts", format!("must be 1 to {FONTS} files")));
        }
        if let Some((name, _)) = files.iter().find(|(_, bytes)| bytes.len() > FONT) {
            return Err(StudioError::invalid("fonts", format!("{name} is larger than {} MB", FONT >> 20)));
        }
        let data = self.data().to_owned();
        let added = tokio::task::spawn_blocking(move || add_fonts(&files, &data)).await;
        let added = added.map_err(|panic| StudioError::internal(&panic))??;
        self.reload_renderer().await?;
        Ok(added)
    }

    /// Adds a theme from a zip of its files; `name` is that of its folder. It can be used at once.
    ///
    /// # Errors
    /// Where it is no zip of a theme, too large, named as a built-in one, or the actor is no owner
    /// of this installation's own workspace.
    pub async fn upload_theme(
        &self,
        actor: Actor,
        name: &str,
        bytes: Vec<u8>,
    ) -> Result<UploadedTheme, StudioError> {
        self.require_house(actor).await?;
        if bytes.len() > THEME {
            return Err(StudioError::invalid("theme", format!("is larger than {} MB", THEME >> 20)));
        }
        let (name, data) = (name.to_owned(), self.data().to_owned());
        let added = tokio::task::spawn_blocking(move || {
            let files = unzipped(bytes)?;
            render::add_theme(&name, &files, &data).map_err(refused)
        });
        let name = added.await.map_err(|panic| StudioError::internal(&panic))??;
        self.reload_renderer().await?;
        let renderer = self.renderer();
        let theme = renderer.theme(&name).cloned().ok_or(StudioError::NotFound("theme"))?;
        let sample = render::sample_deck(&theme, Format::Portrait);
        let checks = self.check(sample, Assets::new()).await?;
        let warnings = checks.into_iter().filter(|check| !check.passed).map(|check| check.message);
        Ok(UploadedTheme { name, warnings: warnings.collect() })
    }

    /// Fonts and themes are the installation's, so only the owner of its own workspace adds some.
    async fn require_house(&self, actor: Actor) -> Result<(), StudioError> {
        actor.require(Right::Manage)?;
        if self.owner().await?.workspace == actor.workspace {
            return Ok(());
        }
        Err(StudioError::Forbidden(Right::Manage))
    }
}

/// What is wrong with what was uploaded is told of its field.
fn refused(error: RenderError) -> StudioError {
    match error {
        RenderError::Theme { .. } => StudioError::invalid("theme", error.to_string()),
        RenderError::Font { .. } => StudioError::invalid("fonts", error.to_string()),
        other => other.into(),
    }
}

fn add_fonts(files: &[(String, Vec<u8>)], data: &Path) -> Result<Vec<Added>, StudioError> {
    let mut added = Vec::new();
    for (name, bytes) in files {
        // A name of ours, so that no text from outside becomes a path; the same font, the same file.
        let digest = hex(&Sha256::digest(bytes)[..8]);
        let path = data.join("tmp").join(format!("{digest}.{}", kind(bytes)));
        let cant_write =
            |error: std::io::Error| StudioError::Unavailable(format!("the font can't be kept ({error})"));
        std::fs::write(&path, bytes).map_err(cant_write)?;
        let one = render::add_fonts(&path, data);
        std::fs::remove_file(&path).map_err(cant_write)?;
        added.extend(one.map_err(|error| match error {
            RenderError::Font { reason, .. } => {
                StudioError::invalid("fonts", format!("{name} can't be used: {reason}"))
            }
            other => other.into(),
        })?);
    }
    Ok(added)
}

/// The ending that a font's first bytes ask for.
fn kind(bytes: &[u8]) -> &'static str {
    match bytes.get(..4) {
        Some(b"wOF2") => "woff2",
        Some(b"wOFF") => "woff",
        Some(b"OTTO") => "otf",
        Some(b"ttcf") => "ttc",
        _ => "ttf",
    }
}

/// The files of a zip by their names without folders, each read no further than a theme's may be.
fn unzipped(bytes: Vec<u8>) -> Result<BTreeMap<String, Vec<u8>>, StudioError> {
    let broken = |error: &dyn std::fmt::Display| {
        StudioError::invalid("theme", format!("is not a zip of a theme's files ({error})"))
    };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    if archive.len() > THEME_ENTRIES {
        return Err(StudioError::invalid("theme", format!("has more than {THEME_ENTRIES} files")));
    }
    let mut files = BTreeMap::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).map_err(|error| broken(&error))?;
        if file.is_dir() {
            continue;
        }
        let path = file.name().map_err(|error| broken(&error))?.into_owned();
        let name = path.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
        let mut content = Vec::new();
        (&mut file).take(THEME_FILE + 1).read_to_end(&mut content).map_err(|error| broken(&error))?;
        if content.len() as u64 > THEME_FILE {
            return Err(StudioError::invalid(
                "theme",
                format!("{name} is larger than {} kB", THEME_FILE >> 10),
            ));
        }
        files.insert(name, content);
    }
    Ok(files)
}
