//! Draws the layouts of every theme with sample words, so that a person sees before choosing.

use std::path::{Path, PathBuf};

use domain::Format;
use render::{Assets, Encoding, Renderer};

use crate::error::StudioError;
use crate::folder;
use crate::studio::Studio;

impl Studio {
    /// Writes one PNG a layout and theme into a folder, and says which.
    ///
    /// # Errors
    /// Where the folder can't be written.
    pub async fn preview_themes(&self, folder: &Path) -> Result<Vec<PathBuf>, StudioError> {
        let (renderer, folder) = (self.renderer(), folder.to_owned());
        tokio::task::spawn_blocking(move || preview(&renderer, &folder))
            .await
            .map_err(|panic| StudioError::internal(&panic))?
    }
}

fn preview(renderer: &Renderer, folder: &Path) -> Result<Vec<PathBuf>, StudioError> {
    let mut files = Vec::new();
    for theme in renderer.themes() {
        let deck = render::sample_deck(theme, Format::Portrait);
        let drawn = renderer.render(&deck, &Assets::default(), Encoding::PngFast)?;
        for (slide, png) in deck.slides.iter().zip(drawn) {
            let png = png.map_err(|error| StudioError::Unfit(vec![error.to_string()]))?;
            files.push((folder.join(format!("{}-{}.png", theme.name, slide.layout)), png));
        }
    }
    folder::write_all(folder, &files).map_err(|error| folder::cant_write(folder, &error))?;
    Ok(files.into_iter().map(|(path, _)| path).collect())
}
