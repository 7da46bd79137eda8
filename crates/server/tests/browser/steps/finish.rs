//! The finished carousel: swiping, order, words, looks, files, and what the client says.

use std::fs::File;
use std::io::Read;
use std::path::PathBuf;

use super::Visit;
use crate::browser::key;

/// The words that a client leaves.
const COMMENT: &str = "Lovely. Could slide two be shorter?";

impl Visit {
    /// Waits for the page of the finished carousel and tells its path.
    pub(crate) fn finished(&self) -> String {
        let browser = &self.browser;
        let path = browser.until_path("the finished carousel", |path| {
            path.strip_prefix("/carousels/").is_some_and(|id| id.len() == 36)
        });
        browser.see(".reel img");
        assert_eq!(browser.count(".reel img"), 8, "all slides are there");
        browser.look("carousel");
        path
    }

    pub(crate) fn swipe(&self) {
        let browser = &self.browser;
        if self.scripts() {
            browser.focus(".reel");
            browser.keys(&[key::RIGHT]);
            browser.see(".places a:nth-child(2)[aria-current]");
            browser.keys(&[key::RIGHT]);
            browser.see(".places a:nth-child(3)[aria-current]");
        } else {
            browser.click(".places a:nth-child(3)");
        }
        let far = "const reel = document.querySelector('.reel'); return reel.scrollLeft / reel.clientWidth";
        browser.until("the third slide", || browser.ask(far).as_f64().filter(|at| (at - 2.0).abs() < 0.1));
    }

    /// The second slide becomes the third.
    pub(crate) fn reorder(&self) {
        let browser = &self.browser;
        let before = self.headlines();
        if self.scripts() {
            browser.focus("#grip-2");
            browser.keys(&[key::DOWN]);
            let said = || browser.find("#said").and_then(|said| browser.attribute(&said, "textContent"));
            browser.until("said aloud", || said().filter(|text| text.contains("The new order is saved")));
        } else {
            browser.click("button[name=move][value='2:down']");
            self.notice("The new order is saved.");
        }
        browser.reload();
        let after = self.headlines();
        let swapped = [&before[0], &before[2], &before[1]];
        assert_eq!(after.iter().take(3).collect::<Vec<_>>(), swapped, "the order outlives a reload");
    }

    fn headlines(&self) -> Vec<String> {
        let browser = &self.browser;
        browser.see(".slides h3");
        browser.all(".slides h3 [lang]").iter().map(|headline| browser.text(headline)).collect()
    }

    pub(crate) fn change_words(&self) {
        let browser = &self.browser;
        let words = "Memory is given back at once";
        browser.press("Edit the words");
        browser.until_path("the words", |path| path.ends_with("/revision"));
        browser.look("revision");
        browser.fill("[data-slide='4'] input", words);
        browser.press("Save");
        self.notice("Saved. The slides show it.");
        assert!(self.headlines().iter().any(|headline| headline == words), "the new words are shown");
    }

    pub(crate) fn change_looks(&self) {
        let browser = &self.browser;
        let choice = "fieldset:nth-of-type(3) .choice";
        let shown = || browser.find("#looked img").and_then(|picture| browser.attribute(&picture, "src"));
        browser.press("Looks");
        browser.until_path("the looks", |path| path.ends_with("/looks"));
        let before = browser.until("the slides", shown);
        browser.look("looks");
        browser.click(choice);
        if self.scripts() {
            browser.until("the slides in their new looks", || shown().filter(|picture| *picture != before));
        }
        browser.press("Save these looks");
        self.notice("The new looks are saved.");
    }

    /// The files are those that were promised.
    pub(crate) fn download(&self) {
        let browser = &self.browser;
        browser.press("Download");
        browser.press("Slides as JPEG (zip)");
        let slides = self.downloaded("zip");
        let mut archive = zip::ZipArchive::new(File::open(slides).expect("a file")).expect("a zip");
        let names = archive.file_names().map(|name| name.expect("a name").into_owned());
        let names: Vec<String> = names.collect();
        let pictures: Vec<&String> = names.iter().filter(|name| name.ends_with(".jpg")).collect();
        assert_eq!(pictures.len(), 8, "{names:?}");
        for name in pictures {
            let mut bytes = Vec::new();
            archive.by_name(name).expect("its entry").read_to_end(&mut bytes).expect("whole");
            let size = imagesize::blob_size(&bytes).expect("a picture");
            assert_eq!((size.width, size.height), (1080, 1350), "{name}");
        }
    }

    /// Takes everything out as JSON and brings it in again.
    pub(crate) fn import(&self) {
        let browser = &self.browser;
        browser.press("Download");
        browser.press("Everything as JSON");
        let file = self.downloaded("json");
        browser.go("/carousels/import");
        browser.look("import");
        browser.type_into("[name=file]", &file.display().to_string());
        browser.press("Import");
        self.notice("Imported.");
        assert_eq!(browser.count(".reel img"), 8, "all slides came along");
    }

    fn downloaded(&self, extension: &str) -> PathBuf {
        self.browser.until(&format!("a downloaded .{extension}"), || {
            let mut files =
                self.downloads().read_dir().ok()?.filter_map(Result::ok).map(|entry| entry.path());
            files.find(|path| path.extension().is_some_and(|own| own == extension))
        })
    }

    /// A link for somebody without an account: its path.
    pub(crate) fn make_link(&self) -> String {
        let browser = &self.browser;
        browser.fill(".link-form [name=name]", "Client & Co");
        browser.press("Make a link");
        self.notice("The link is made.");
        let address = browser.attribute(&browser.see(".address input"), "value").unwrap_or_default();
        browser.look("carousel-link");
        let path = address.strip_prefix(&self.studio.address).map(|path| format!("/{path}"));
        path.unwrap_or_else(|| panic!("the link leads here: {address}"))
    }

    /// The client looks, rates and approves, and is nobody's member.
    pub(crate) fn answer(&self, link: &str) {
        let browser = &self.browser;
        browser.go(link);
        browser.read("Client & Co");
        assert!(browser.find(".bar nav").is_none(), "a client sees these slides alone");
        browser.look("client");
        browser.click(".stars label:nth-of-type(5)");
        browser.fill("[name=comment]", COMMENT);
        browser.press("Approve");
        self.notice("Thank you");
        browser.read("You have approved these slides.");
        browser.look("client-answered");
    }

    /// What the client said is read; then the link is closed.
    pub(crate) fn read_answer(&self, carousel: &str, link: &str) {
        let browser = &self.browser;
        browser.go(carousel);
        browser.read(COMMENT);
        browser.look("carousel-answered");
        browser.press("Take back");
        self.notice("The link is taken back");
        browser.go(link);
        browser.read("This link is closed");
        browser.expect_refusal(410);
        browser.look("client-closed");
    }

    /// The shelf: a copy is made, and put away.
    pub(crate) fn tidy_the_library(&self) {
        let browser = &self.browser;
        browser.go("/carousels");
        let before = browser.count(".cover");
        browser.look("library");
        browser.tab_through("the library", &["New carousel", "Search titles", "Show"]);
        browser.click(".cover:nth-child(1) .more summary");
        browser.press("Duplicate");
        self.notice("Duplicated; this is the copy.");
        browser.go("/carousels");
        assert_eq!(browser.count(".cover"), before + 1, "the copy stands beside it");
        browser.click(".cover:nth-child(1) .more summary");
        browser.press("Archive");
        self.notice("Archived.");
        browser.go("/carousels");
        assert_eq!(browser.count(".cover"), before, "what is archived is away");
        browser.go("/carousels?archived=true");
        assert_eq!(browser.count(".cover"), 1, "and found again");
        browser.look("library-archived");
    }
}
