//! The approval page: waiting, rating, editing, rejecting, approving.

use super::Visit;
use crate::browser::key;

/// Marks the page that is open now, so that one can tell whether it was loaded again.
const MARK: &str = "window.samePage = true";
const FIRST: &str = ".variant:nth-of-type(1)";
const SECOND: &str = ".variant:nth-of-type(2)";

impl Visit {
    /// Waits until a stage's variants are all there; with scripts they come into the open page.
    pub(crate) fn written(&self, stage: &str, variants: usize) {
        let browser = &self.browser;
        let place = format!("/stages/{stage}");
        browser.until_path(&format!("stage {stage}"), |path| path.ends_with(&place));
        browser.ask(MARK);
        browser.until(&format!("the variants of {stage}"), || {
            browser.find("#stage[data-writing=false]")?;
            (browser.count(".variant[data-open]") == variants).then_some(())
        });
        if self.scripts() {
            assert_eq!(
                browser.ask("return window.samePage"),
                true,
                "what arrives needs no loading of the page"
            );
        }
        assert_eq!(browser.count(".ghost"), 0, "nothing is awaited any more");
        assert_eq!(browser.count(".keys"), 1, "the keys are named, on a page that stayed open too");
    }

    /// Writes feedback on the first variant that comes, while the others still arrive around it.
    pub(crate) fn written_while_typing(&self, stage: &str, variants: usize) {
        let browser = &self.browser;
        let place = format!("/stages/{stage}");
        browser.until_path(&format!("stage {stage}"), |path| path.ends_with(&place));
        let first = browser.attribute(&browser.see(".variant[id]"), "id").unwrap_or_default();
        let field = format!("#{first} .rating textarea");
        browser.click(&format!("#{first} .rating summary"));
        browser.type_into(&field, "Not finished with this thou");
        self.written(stage, variants);
        let typed = browser.attribute(&browser.see(&field), "value");
        assert_eq!(typed.as_deref(), Some("Not finished with this thou"), "what one types is not taken away");
        browser.keys(&["g"]);
        let typed = browser.attribute(&browser.see(&field), "value");
        assert_eq!(
            typed.as_deref(),
            Some("Not finished with this thoug"),
            "one goes on typing where one was"
        );
    }

    pub(crate) fn rate_with_the_mouse(&self) {
        let browser = &self.browser;
        browser.click(&format!("{FIRST} .stars label:nth-of-type(4)"));
        if self.scripts() {
            browser.see(&format!("{FIRST} .saved"));
        } else {
            browser.click(&format!("{FIRST} .rating .save"));
            self.notice("Your rating is saved.");
        }
        assert_eq!(self.stars(FIRST).as_deref(), Some("4"));
    }

    /// Keys act on the variant that has the focus.
    pub(crate) fn rate_with_keys(&self) {
        let browser = &self.browser;
        // Without the focus on one they approve nothing and rate nothing.
        browser.ask("document.activeElement?.blur()");
        browser.keys(&["a", "1"]);
        browser.focus(SECOND);
        browser.keys(&["2"]);
        browser.until("two stars", || self.stars(SECOND).filter(|stars| stars == "2"));
        browser.see(&format!("{SECOND} .saved"));
        browser.keys(&["5"]);
        browser.until("five stars", || self.stars(SECOND).filter(|stars| stars == "5"));
        assert_eq!(self.stars(FIRST).as_deref(), Some("4"), "the other one's rating stays");
    }

    pub(crate) fn give_feedback(&self) {
        let browser = &self.browser;
        let words = "Clear. Say sooner what it is good for.";
        let field = format!("{FIRST} .rating textarea");
        browser.click(&format!("{FIRST} .rating summary"));
        if self.scripts() {
            browser.ask(&format!("document.querySelector('{FIRST} .rating').dataset.old = 'yes'"));
            browser.type_into(&field, words);
            browser.read(&format!("{} / 500", words.chars().count()));
            browser.chord(key::CONTROL, key::ENTER);
            browser.see(&format!("{FIRST} .rating:not([data-old]) .saved"));
        } else {
            browser.type_into(&field, words);
            browser.click(&format!("{FIRST} .rating .save"));
            self.notice("Your rating is saved.");
        }
        browser.reload();
        let kept = browser.see(&field);
        assert_eq!(browser.attribute(&kept, "value").as_deref(), Some(words), "feedback outlives a reload");
        assert_eq!(self.stars(FIRST).as_deref(), Some("4"), "stars outlive a reload");
    }

    fn stars(&self, variant: &str) -> Option<String> {
        let chosen = self.browser.find(&format!("{variant} .stars input:checked"))?;
        self.browser.attribute(&chosen, "value")
    }

    /// One more of the same kind, beside those that are there.
    pub(crate) fn another_like_the_first(&self) {
        let browser = &self.browser;
        let before = browser.count(".variant[data-open]");
        browser.click(&format!("{FIRST} .again"));
        self.notice("Another one is being written");
        // Without scripts the page loads itself again after a moment.
        browser.until("one more variant", || (browser.count(".variant[data-open]") > before).then_some(()));
    }

    /// Edits the first variant's second slide, watching it change.
    pub(crate) fn edit_a_slide(&self) {
        let browser = &self.browser;
        let headline = "A value has one owner";
        let before = browser.count(".variant[data-open]");
        browser.click(&format!("{FIRST} a.edit"));
        if !self.scripts() {
            browser.until_path("the editing page", |path| path.ends_with("/edit"));
        }
        let field = "[data-slide='2'] input";
        if self.scripts() {
            let first = self.preview("the first slide", |_| true);
            browser.focus(field);
            let second = self.preview("the second slide", |picture| *picture != first);
            browser.look("edit");
            browser.fill(field, headline);
            self.preview("the slide with its new words", |picture| *picture != second && *picture != first);
            browser.read("It fits.");
        } else {
            browser.fill(field, headline);
            browser.press("Show slide 2 with these words");
            browser.read("It fits.");
            browser.look("edit");
        }
        browser.press("Save as a new variant");
        self.notice("Saved as a new variant.");
        let is_there = || (browser.count(".variant[data-open]") == before + 1).then_some(());
        browser.until("the new one beside the original", is_there);
        browser.read("Edited by hand");
        let kept = browser.ask("return document.querySelector('main').textContent");
        assert!(kept.as_str().is_some_and(|words| words.contains(headline)), "the new words are kept");
    }

    fn preview(&self, what: &str, fits: impl Fn(&String) -> bool) -> String {
        let browser = &self.browser;
        browser.until(what, || {
            let picture = browser.attribute(&browser.find("form.edit .preview img")?, "src")?;
            Some(picture).filter(|picture| picture.starts_with("data:image/") && fits(picture))
        })
    }

    /// A second round, written with what was said about the first.
    pub(crate) fn reject_all(&self, stage: &str, variants: usize) {
        let browser = &self.browser;
        let words = "Begin with what goes wrong without it.";
        browser.fill(".reject textarea", words);
        browser.press("Reject all and write anew");
        browser.read("Round 2");
        self.written(stage, variants);
        browser.read(words);
        assert_eq!(browser.count(".rounds a"), 2, "the first round can be looked at");
    }

    pub(crate) fn approve_with_the_button(&self) {
        self.browser.click(&format!("{FIRST} .approve"));
    }

    pub(crate) fn approve_with_a_key(&self) {
        self.browser.focus(FIRST);
        self.browser.keys(&["a"]);
    }
}
