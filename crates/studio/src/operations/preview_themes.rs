//! Draws the layouts of every theme with sample words, so that a person sees before choosing.

use std::path::{Path, PathBuf};

use domain::content::Layout;
use domain::{AssetId, Deck, Format, Slide};
use render::{Assets, Encoding, Renderer};
use uuid::Uuid;

use crate::error::StudioError;
use crate::folder;
use crate::studio::Studio;

/// The picture of a preview is drawn here and stored nowhere.
const PICTURE: AssetId = AssetId(Uuid::nil());

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

/// The ninth layout: the words of the text slide beside a picture.
fn with_picture(deck: &Deck) -> Option<Slide> {
    let text = deck.slides.iter().find(|slide| slide.layout == Layout::Text)?;
    Some(Slide { layout: Layout::Image, picture: Some(PICTURE), ..text.clone() })
}

fn preview(renderer: &Renderer, folder: &Path) -> Result<Vec<PathBuf>, StudioError> {
    let mut files = Vec::new();
    for theme in renderer.themes() {
        let mut deck = render::sample_deck(theme, Format::Portrait);
        deck.slides.extend(with_picture(&deck));
        let assets = Assets::from([(PICTURE, render::sample_picture(&deck.palette)?)]);
        let drawn = renderer.render(&deck, &assets, Encoding::PngFast)?;
        for (slide, png) in deck.slides.iter().zip(drawn) {
            let png = png.map_err(|error| StudioError::Unfit(vec![error.to_string()]))?;
            files.push((folder.join(format!("{}-{}.png", theme.name, slide.layout)), png));
        }
    }
    folder::write_all(folder, &files, &[]).map_err(|error| folder::cant_write(folder, &error))?;
    Ok(files.into_iter().map(|(path, _)| path).collect())
}
