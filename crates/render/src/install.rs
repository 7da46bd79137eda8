//! A person's theme, put into the data folder once it was found sound.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use domain::content::ThemeName;

use crate::builtin::THEMES;
use crate::error::RenderError;
use crate::theme::Theme;

/// Puts a theme's files into `<data>/themes/<name>`, in place of the person's earlier one of that
/// name. What is no file of a theme is left out.
///
/// # Errors
/// Where the theme can't be used, has the name of a built-in one, or the folder can't be written;
/// then nothing has changed.
pub fn add_theme(
    name: &str,
    files: &BTreeMap<String, Vec<u8>>,
    data: &Path,
) -> Result<ThemeName, RenderError> {
    let wrong = |reason: &str| RenderError::Theme { name: name.to_owned(), reason: reason.to_owned() };
    if THEMES.iter().any(|(builtin, _)| *builtin == name) {
        return Err(wrong("a built-in theme has this name; choose another"));
    }
    if !crate::theme::is_folder_name(name) {
        return Err(wrong("its name may have lower-case letters, digits and _ alone"));
    }
    // Beside its place, in a folder of its own: a theme is known by its folder's name.
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let beside = data.join("themes").join(format!(".new-{}-{number}", std::process::id()));
    let fresh = beside.join(name);
    let failed = |reason| RenderError::File { path: fresh.clone(), reason };
    fs::create_dir_all(&fresh).map_err(failed)?;
    let installed = write(files, &fresh).map_err(failed).and_then(|()| {
        Theme::folder(&fresh)?;
        put_in_place(&fresh, &data.join("themes").join(name), &beside.join("old")).map_err(failed)
    });
    // What is left is the theme that was replaced, or the one that was refused.
    fs::remove_dir_all(&beside).map_err(failed)?;
    installed.map(|()| ThemeName(name.to_owned()))
}

fn write(files: &BTreeMap<String, Vec<u8>>, folder: &Path) -> std::io::Result<()> {
    for name in crate::theme::file_names() {
        if let Some(bytes) = files.get(&name) {
            fs::write(folder.join(name), bytes)?;
        }
    }
    Ok(())
}

fn put_in_place(fresh: &Path, place: &Path, old: &Path) -> std::io::Result<()> {
    if place.exists() {
        fs::rename(place, old)?;
    }
    fs::rename(fresh, place)
}
