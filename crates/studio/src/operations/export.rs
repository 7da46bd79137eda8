//! Takes a carousel out as files: slides, PDF, caption, alt text, and the whole as JSON.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use domain::{Action, CarouselId, Check, Deck, Right, content::Caption};
use render::{Assets, Encoding, Renderer};

use super::read_carousel::CarouselInWork;
use super::report::CarouselReport;
use crate::error::StudioError;
use crate::folder;
use crate::studio::{Actor, Studio};

/// One file of an export.
#[derive(Clone, Debug)]
pub struct ExportedFile {
    pub path: PathBuf,
    pub bytes: u64,
}

/// What an export left behind.
#[derive(Debug)]
pub struct Exported {
    pub report: CarouselReport,
    pub files: Vec<ExportedFile>,
    /// Of every slide, the passed ones too.
    pub checks: Vec<Check>,
}

impl Studio {
    /// Writes the approved carousel into a folder: all of its files, or none.
    ///
    /// # Errors
    /// Where a stage is not approved, a slide has a failed check, or the folder can't be written.
    pub async fn export(&self, actor: Actor, id: CarouselId, out: &Path) -> Result<Exported, StudioError> {
        actor.require(Right::Read)?;
        let mut tx = self.store.write(actor.workspace).await?;
        let work = CarouselInWork::load(&mut tx, id).await?;
        let mut carousel = work.carousel.clone();
        self.transition(&mut tx, actor, &mut carousel, &Action::Export).await?;
        drop(tx); // rolled back: first the files, then the state
        let not_ready = || StudioError::internal(&"an approved stage is missing");
        let deck = work.approved_deck().ok_or_else(not_ready)?;
        let caption = work.caption().ok_or_else(not_ready)?.clone();
        let assets = self.assets(actor.workspace, &deck).await?;
        let checks = self.check(deck.clone(), assets.clone()).await?;
        let failed: Vec<String> =
            checks.iter().filter(|check| !check.passed).map(|check| check.message.clone()).collect();
        if !failed.is_empty() {
            return Err(StudioError::Unfit(failed));
        }
        let mut report = self.report(actor, id).await?;
        report.state = carousel.progress.state.clone();
        report.files =
            file_names(deck.slides.len()).map(|name| out.join(name).display().to_string()).collect();
        let (renderer, out, title) = (self.renderer(), out.to_owned(), work.carousel.title.clone());
        let made = report.clone();
        let files = tokio::task::spawn_blocking(move || {
            let contents = contents(&renderer, &deck, &assets, &caption, &title, &made)?;
            write(&out, contents)
        });
        let files = files.await.map_err(|panic| StudioError::internal(&panic))??;
        let mut tx = self.store.write(actor.workspace).await?;
        let mut carousel = store::carousels::get(&mut tx, id).await?;
        self.transition(&mut tx, actor, &mut carousel, &Action::Export).await?;
        tx.commit().await?;
        Ok(Exported { report, files, checks })
    }
}

/// The file that says what an export is made of, and which files are its own.
const REPORT: &str = "carousel.json";
/// More slides than any carousel has ever had.
const MOST_SLIDES: usize = 99;

/// The names of an export's files, in the order of [`contents`].
fn file_names(slides: usize) -> impl Iterator<Item = String> {
    let others = ["carousel.pdf", "caption.txt", "alt.txt", REPORT];
    (1..=slides).map(slide_name).chain(others.map(str::to_owned))
}

fn slide_name(n: usize) -> String {
    format!("slide-{n:02}.jpg")
}

fn contents(
    renderer: &Renderer,
    deck: &Deck,
    assets: &Assets,
    caption: &Caption,
    title: &str,
    report: &CarouselReport,
) -> Result<Vec<Vec<u8>>, StudioError> {
    let mut contents = Vec::new();
    for slide in renderer.render(deck, assets, Encoding::Jpeg)? {
        contents.push(slide.map_err(|error| StudioError::Unfit(vec![error.to_string()]))?);
    }
    contents.push(renderer.pdf(deck, assets, title, &caption.alt_text)?);
    contents.push(format!("{}\n", caption.as_posted()).into_bytes());
    contents.push(alt_text(caption).into_bytes());
    let json = serde_json::to_vec_pretty(report).map_err(|error| StudioError::internal(&error))?;
    contents.push(json);
    Ok(contents)
}

/// A line a slide, with its number.
pub(super) fn alt_text(caption: &Caption) -> String {
    let lines = caption.alt_text.iter().enumerate().map(|(n, text)| format!("{}. {text}\n", n + 1));
    lines.collect()
}

/// The slides of an earlier export into this folder that the new one does not replace.
///
/// Only what the earlier `carousel.json` names, and only names that an export gives: nothing else is ours.
fn stale(out: &Path, slides: usize) -> Vec<PathBuf> {
    let earlier = fs::read(out.join(REPORT)).ok().and_then(|json| serde_json::from_slice(&json).ok());
    let earlier: serde_json::Value = earlier.unwrap_or_default();
    let named = earlier["files"].as_array().into_iter().flatten().filter_map(|path| path.as_str());
    let named: BTreeSet<&str> = named.filter_map(|path| path.rsplit(['/', '\\']).next()).collect();
    let numbers = slides + 1..=MOST_SLIDES;
    numbers
        .map(slide_name)
        .filter(|name| named.contains(name.as_str()))
        .map(|name| out.join(name))
        .filter(|path| path.is_file())
        .collect()
}

fn write(out: &Path, contents: Vec<Vec<u8>>) -> Result<Vec<ExportedFile>, StudioError> {
    let slides = contents.len().saturating_sub(4);
    let files: Vec<(PathBuf, Vec<u8>)> =
        file_names(slides).map(|name| out.join(name)).zip(contents).collect();
    let described = files
        .iter()
        .map(|(path, bytes)| ExportedFile { path: path.clone(), bytes: bytes.len() as u64 })
        .collect();
    folder::write_all(out, &files, &stale(out, slides)).map_err(|error| folder::cant_write(out, &error))?;
    Ok(described)
}
