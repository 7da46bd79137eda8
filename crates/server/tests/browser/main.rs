//! The studio as a person meets it: a real Chromium drives the real program, at a phone's width
//! and a desk's, light and dark, with scripts and without. What has to hold on every page is in
//! `audit`; pictures of the pages are left in `target/screenshots`.
//!
//! `./test --prepare` installs Chromium and fetches axe; a machine without them fails.

#![allow(clippy::panic, reason = "a test fails by panicking")]

mod audit;
mod browser;
mod driver;
mod keyboard;
mod process;
mod steps;
mod story;
mod studio;
