//! The first visit, and a carousel from a text that nobody here wrote.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::Visit;

impl Visit {
    /// Whoever comes first to a studio on this machine needs no password.
    pub(crate) fn first_visit(&self) {
        let browser = &self.browser;
        browser.go("/");
        browser.until_path("the first visit", |path| path == "/start");
        browser.look("start");
        browser.fill("[name=name]", "Ada Example");
        browser.fill("[name=workspace]", "Example & Sons");
        browser.press("Make my workspace");
        browser.until_path("the studio", |path| path != "/start");
    }

    pub(crate) fn empty_library(&self) {
        self.browser.go("/carousels");
        self.browser.read("Your first carousel is minutes away");
        self.browser.look("library-empty");
        self.browser.press("New carousel");
        self.browser.until_path("the form", |path| path == "/carousels/new");
    }

    /// Without anything to write from, the form says so and keeps what was typed.
    pub(crate) fn new_without_text(&self) {
        let browser = &self.browser;
        browser.look("new");
        browser.fill("[name=slides]", "7");
        browser.press("Write it");
        browser.see(".problems");
        browser.expect_refusal(422);
        let slides = browser.see("[name=slides]");
        assert_eq!(browser.attribute(&slides, "value").as_deref(), Some("7"), "what was typed is kept");
        browser.look("new-refused");
    }

    /// As a page that was saved from the web.
    pub(crate) fn new_from_file(&self) {
        let page = documentation("book/ch04-01-what-is-ownership.html");
        self.browser.go("/carousels/new");
        self.browser.type_into("[name=file]", &page.display().to_string());
        self.browser.press("Write it");
    }

    /// As words that were copied from a page.
    pub(crate) fn new_from_clipboard(&self) {
        let browser = &self.browser;
        let page = documentation("book/ch04-01-what-is-ownership.html");
        browser.open(&format!("file://{}", page.display()));
        let copied = browser.ask("return document.querySelector('main').innerText");
        let copied = copied.as_str().unwrap_or_default();
        assert!(copied.split_whitespace().count() > 1_000, "the page has a text");
        browser.go("/carousels/new");
        browser.paste("[name=text]", copied);
        browser.press("Write it");
    }
}

/// A page of the documentation that comes with the toolchain.
fn documentation(path: &str) -> PathBuf {
    let rustc = Command::new("rustc").args(["--print", "sysroot"]).output().expect("rustc is installed");
    let sysroot = String::from_utf8(rustc.stdout).expect("a path");
    let page = Path::new(sysroot.trim()).join("share/doc/rust/html").join(path);
    assert!(page.is_file(), "{} is missing: rustup component add rust-docs", page.display());
    page
}
