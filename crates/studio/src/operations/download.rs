//! A carousel as one file to take along: slides in a zip, a PDF, JSON, or the caption.

use std::io::{Cursor, Write};

use bytes::Bytes;
use domain::{Action, CarouselId, Deck, Right, content::Caption};
use futures::future::try_join_all;
use render::Encoding;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::export::alt_text;
use super::read_carousel::CarouselInWork;
use crate::error::StudioError;
use crate::pictures::Keep;
use crate::studio::{Actor, Studio};

/// What is taken along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Download {
    /// Slides as they are published, with the caption and the alt texts.
    JpegZip,
    /// The same slides without loss.
    PngZip,
    Pdf,
    /// Everything there is, which [`Studio::import`] reads.
    Json,
    /// The caption with its hashtags, as it is posted.
    Caption,
}

/// A file to take along.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Downloaded {
    /// `why-bread-rises-jpeg.zip`: of small letters, digits and `-`, safe in a header.
    pub name: String,
    pub media_type: &'static str,
    pub bytes: Bytes,
}

impl Studio {
    /// A finished carousel as a file; it counts as taken out.
    ///
    /// # Errors
    /// Where a stage is not approved, a slide has a failed check, or there is no such carousel.
    pub async fn download(
        &self,
        actor: Actor,
        id: CarouselId,
        what: Download,
    ) -> Result<Downloaded, StudioError> {
        actor.require(Right::Read)?;
        let mut tx = self.store.read(actor.workspace).await?;
        let work = CarouselInWork::load(&mut tx, id).await?;
        drop(tx);
        let progress = &work.carousel.progress;
        progress
            .apply(&Action::Export)
            .map_err(|refusal| StudioError::Conflict { refusal, state: progress.state.name() })?;
        let not_ready = || StudioError::internal(&"an approved stage is missing");
        let deck = work.approved_deck().ok_or_else(not_ready)?;
        let caption = work.caption().ok_or_else(not_ready)?.clone();
        let failed = self.failed_checks(actor, deck.clone()).await?;
        if !failed.is_empty() {
            return Err(StudioError::Unfit(failed.into_iter().map(|check| check.message).collect()));
        }
        let title = work.carousel.title.clone();
        let (ending, media_type, bytes) = match what {
            Download::JpegZip => {
                ("-jpeg.zip", ZIP, self.zipped(actor, deck, Encoding::Jpeg, &caption).await?)
            }
            Download::PngZip => ("-png.zip", ZIP, self.zipped(actor, deck, Encoding::Png, &caption).await?),
            Download::Pdf => {
                (".pdf", "application/pdf", self.pdf(actor, deck, title.clone(), caption).await?)
            }
            Download::Json => (".json", "application/json", self.json(actor, id).await?),
            Download::Caption => {
                (".txt", "text/plain; charset=utf-8", format!("{}\n", caption.as_posted()).into_bytes())
            }
        };
        let mut tx = self.store.write(actor.workspace).await?;
        let mut carousel = store::carousels::get(&mut tx, id).await?;
        self.transition(&mut tx, actor, &mut carousel, &Action::Export).await?;
        tx.commit().await?;
        self.announce(&carousel);
        Ok(Downloaded { name: format!("{}{ending}", slug(&title)), media_type, bytes: bytes.into() })
    }

    /// The slides in a zip whose bytes depend on nothing but them.
    async fn zipped(
        &self,
        actor: Actor,
        deck: Deck,
        encoding: Encoding,
        caption: &Caption,
    ) -> Result<Vec<u8>, StudioError> {
        let numbers = 1..=deck.slides.len();
        let slides = numbers.map(|n| self.picture(actor.workspace, deck.clone(), n, encoding, Keep::OnDisk));
        let slides = try_join_all(slides).await?;
        let kind = if encoding == Encoding::Jpeg { "jpg" } else { "png" };
        let mut files: Vec<(String, Bytes, CompressionMethod)> = Vec::new();
        for (n, slide) in slides.into_iter().enumerate() {
            // Pictures are small already.
            files.push((format!("slide-{:02}.{kind}", n + 1), slide.bytes, CompressionMethod::Stored));
        }
        let texts = [("caption.txt", format!("{}\n", caption.as_posted())), ("alt.txt", alt_text(caption))];
        for (name, text) in texts {
            files.push((name.to_owned(), text.into(), CompressionMethod::Deflated));
        }
        let zipped = tokio::task::spawn_blocking(move || zip_files(&files)).await;
        zipped.map_err(|panic| StudioError::internal(&panic))?.map_err(|error| StudioError::internal(&error))
    }

    async fn pdf(
        &self,
        actor: Actor,
        deck: Deck,
        title: String,
        caption: Caption,
    ) -> Result<Vec<u8>, StudioError> {
        let assets = self.assets(actor.workspace, &deck).await?;
        let renderer = self.renderer();
        let made =
            tokio::task::spawn_blocking(move || renderer.pdf(&deck, &assets, &title, &caption.alt_text))
                .await;
        Ok(made.map_err(|panic| StudioError::internal(&panic))??)
    }

    async fn json(&self, actor: Actor, id: CarouselId) -> Result<Vec<u8>, StudioError> {
        let report = self.report(actor, id).await?;
        serde_json::to_vec_pretty(&report).map_err(|error| StudioError::internal(&error))
    }
}

const ZIP: &str = "application/zip";

/// Every file with the zip format's first moment for its time.
fn zip_files(files: &[(String, Bytes, CompressionMethod)]) -> zip::result::ZipResult<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes, method) in files {
        let options = SimpleFileOptions::default()
            .compression_method(*method)
            .last_modified_time(zip::DateTime::default())
            .unix_permissions(0o644);
        zip.start_file(name, options)?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// A title as a file's name.
fn slug(title: &str) -> String {
    let mut slug = String::new();
    for character in title.chars().flat_map(char::to_lowercase) {
        match character {
            'a'..='z' | '0'..='9' => slug.push(character),
            'ä' => slug.push_str("ae"),
            'ö' => slug.push_str("oe"),
            'ü' => slug.push_str("ue"),
            'ß' => slug.push_str("ss"),
            _ if slug.is_empty() || slug.ends_with('-') => {}
            _ => slug.push('-'),
        }
        if slug.len() >= 60 {
            break;
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "carousel".to_owned() } else { slug.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn a_title_becomes_a_plain_name() {
        assert_eq!(slug("Why bread rises: 7 reasons!"), "why-bread-rises-7-reasons");
        assert_eq!(slug("Größe \"zählt\"\r\n../x"), "groesse-zaehlt-x");
        assert_eq!(slug("パンが膨らむ"), "carousel");
        assert!(slug(&"long ".repeat(50)).len() <= 61);
    }
}
