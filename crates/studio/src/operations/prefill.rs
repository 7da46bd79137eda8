//! What a site's own page says of its business, for a profile: suggested, and stored by nobody
//! before a person has confirmed it.

use std::time::Duration;

use domain::Right;
use domain::content::Color;
use futures::future::join_all;
use render::PictureFacts;

use crate::error::StudioError;
use crate::intake::{Fetcher, IntakeError, PAGE, PICTURE, STYLESHEET};
use crate::site::{self, Clues};
use crate::studio::{Actor, Studio};

/// A picture of the site that may be its logo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogoCandidate {
    pub url: String,
    pub bytes: Vec<u8>,
    pub facts: PictureFacts,
}

/// What a site's page says; whatever it does not say is empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// Where the page was found.
    pub site: String,
    pub title: String,
    pub description: String,
    /// The likeliest brand colour first.
    pub colors: Vec<Color>,
    /// The likeliest first.
    pub logos: Vec<LogoCandidate>,
    /// Its Instagram name, without `@`.
    pub handle: String,
}

/// The largest page, stylesheet and picture that are read, in bytes.
const PAGE_BYTES: u64 = 2 << 20;
const SHEET_BYTES: u64 = 512 << 10;
const PICTURE_BYTES: u64 = 2 << 20;
/// How long stylesheets and pictures are waited for, all together.
const PATIENCE: Duration = Duration::from_secs(10);
/// The longest address, in characters.
const ADDRESS: usize = 500;

impl Studio {
    /// Reads a site's page with at most two of its stylesheets and three of its pictures.
    ///
    /// # Errors
    /// Where the page can't be had: see [`IntakeError`]. What else can't be had is left out.
    pub async fn prefill(
        &self,
        actor: Actor,
        fetcher: &Fetcher,
        site: &str,
    ) -> Result<Suggestion, StudioError> {
        actor.require(Right::Make)?;
        let site = site.trim();
        if site.is_empty() || site.chars().count() > ADDRESS {
            return Err(IntakeError::NotAnAddress(site.chars().take(ADDRESS).collect()).into());
        }
        let address = if site.contains("://") { site.to_owned() } else { format!("https://{site}") };
        let page = fetcher.load(&address, PAGE, PAGE_BYTES).await?;
        let url = page.url.clone();
        let clues = tokio::task::spawn_blocking(move || {
            writer::decode(&page.bytes).map(|html| site::read(&html, &page.url)).map_err(|error| {
                IntakeError::Unreadable { name: page.url.to_string(), reason: error.to_string() }
            })
        });
        let clues = clues.await.map_err(|panic| StudioError::internal(&panic))??;
        let (sheets, logos) = tokio::join!(sheets(fetcher, &clues), logos(fetcher, &clues));
        let colors = tokio::task::spawn_blocking({
            let clues = clues.clone();
            move || site::colors(&clues, &sheets)
        });
        Ok(Suggestion {
            site: url.to_string(),
            colors: colors.await.map_err(|panic| StudioError::internal(&panic))?,
            title: clues.title,
            description: clues.description,
            logos,
            handle: clues.handle,
        })
    }
}

/// The page's stylesheets that can be had in time.
async fn sheets(fetcher: &Fetcher, clues: &Clues) -> Vec<String> {
    let loading = clues.stylesheets.iter().map(|url| async move {
        let loading = fetcher.load(url.as_str(), STYLESHEET, SHEET_BYTES);
        let sheet = tokio::time::timeout(PATIENCE, loading).await.ok()?.ok()?;
        Some(String::from_utf8_lossy(&sheet.bytes).into_owned())
    });
    join_all(loading).await.into_iter().flatten().collect()
}

/// The pictures that can be had in time and drawn on a slide.
async fn logos(fetcher: &Fetcher, clues: &Clues) -> Vec<LogoCandidate> {
    let loading = clues.pictures.iter().map(|url| async move {
        let loading = fetcher.load(url.as_str(), PICTURE, PICTURE_BYTES);
        let bytes = tokio::time::timeout(PATIENCE, loading).await.ok()?.ok()?.bytes;
        let (bytes, facts) = tokio::task::spawn_blocking(move || {
            let facts = render::examine_picture(&bytes);
            (bytes, facts)
        })
        .await
        .ok()?;
        Some(LogoCandidate { url: url.to_string(), bytes, facts: facts.ok()? })
    });
    join_all(loading).await.into_iter().flatten().collect()
}
