//! The steps of the story, each as a person would do it.

mod begin;
mod choose;
mod finish;
mod people;

use std::fs;
use std::path::PathBuf;

use crate::browser::{Browser, Device};
use crate::studio::Studio;

/// A person at a browser in front of a studio of their own.
#[derive(Debug)]
pub(crate) struct Visit {
    pub(crate) browser: Browser,
    pub(crate) studio: Studio,
}

impl Visit {
    pub(crate) fn new(device: Device) -> Self {
        let studio = Studio::start();
        let downloads = studio.folder().join("downloads");
        fs::create_dir(&downloads).expect("a folder for downloads");
        let browser = Browser::start(device, &studio.address, &downloads);
        Self { browser, studio }
    }

    pub(crate) fn downloads(&self) -> PathBuf {
        self.studio.folder().join("downloads")
    }

    pub(crate) fn scripts(&self) -> bool {
        self.browser.device.scripts
    }

    /// The sentence at the top that says what was just done.
    pub(crate) fn notice(&self, words: &str) {
        let browser = &self.browser;
        browser.until(words, || {
            browser.find(".notice").map(|notice| browser.text(&notice)).filter(|text| text.contains(words))
        });
    }

    /// The end of every story.
    pub(crate) fn ends_well(&self) {
        self.studio.is_well();
    }
}
