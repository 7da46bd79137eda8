//! A headless Chromium as a person uses it: looks for words, presses, types, waits for what comes.

use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::driver::{Driver, Refused};

/// How long a person would wait before something is taken to be broken. Nothing waits that
/// long where it works: it is looked for again and again.
const PATIENCE: Duration = Duration::from_secs(45);
const PAUSE: Duration = Duration::from_millis(60);
/// The protocol's name for a reference to an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// Keys that are no characters, as the protocol names them.
pub(crate) mod key {
    pub(crate) const CONTROL: &str = "\u{E009}";
    pub(crate) const ENTER: &str = "\u{E007}";
    pub(crate) const TAB: &str = "\u{E004}";
    pub(crate) const DOWN: &str = "\u{E015}";
    pub(crate) const RIGHT: &str = "\u{E014}";
}

/// Which browser a person sits at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Device {
    /// In CSS pixels.
    pub(crate) width: u32,
    pub(crate) dark: bool,
    pub(crate) scripts: bool,
}

impl Device {
    pub(crate) const fn is_phone(self) -> bool {
        self.width < 600
    }

    pub(crate) const fn scheme(self) -> &'static str {
        if self.dark { "dark" } else { "light" }
    }

    fn capabilities(self, downloads: &Path) -> Value {
        let mut preferences = json!({
            "download.default_directory": downloads,
            "download.prompt_for_download": false,
            "intl.accept_languages": "en",
        });
        if !self.scripts {
            preferences["profile.managed_default_content_settings.javascript"] = json!(2);
        }
        json!({
            "browserName": "chrome",
            "goog:loggingPrefs": { "browser": "ALL" },
            "goog:chromeOptions": {
                "args": ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1440,900"],
                "prefs": preferences,
            },
        })
    }
}

/// One window on a studio.
#[derive(Debug)]
pub(crate) struct Browser {
    pub(crate) driver: Driver,
    pub(crate) device: Device,
    /// Where the studio is, with a slash at the end.
    address: String,
}

/// Something on the page.
#[derive(Clone, Debug)]
pub(crate) struct Element(String);

impl Browser {
    pub(crate) fn start(device: Device, address: &str, downloads: &Path) -> Self {
        let driver = Driver::start(&device.capabilities(downloads));
        let browser = Self { driver, device, address: address.to_owned() };
        let height = if device.is_phone() { 844 } else { 900 };
        browser.driver.devtools(
            "Emulation.setDeviceMetricsOverride",
            &json!({ "width": device.width, "height": height, "deviceScaleFactor": 1, "mobile": device.is_phone() }),
        );
        browser.driver.devtools(
            "Emulation.setEmulatedMedia",
            &json!({ "features": [{ "name": "prefers-color-scheme", "value": device.scheme() }] }),
        );
        browser
    }

    /// Opens a page of the studio by its path.
    pub(crate) fn go(&self, path: &str) {
        self.open(&format!("{}{}", self.address, path.trim_start_matches('/')));
    }

    pub(crate) fn open(&self, address: &str) {
        let opened = self.driver.post("/url", &json!({ "url": address }));
        opened.unwrap_or_else(|refused| panic!("{address} does not open: {refused}"));
    }

    pub(crate) fn reload(&self) {
        self.driver.post("/refresh", &json!({})).expect("a page can be loaded again");
    }

    /// The present page's path, without query and fragment.
    pub(crate) fn path(&self) -> String {
        let url = self.driver.get("/url").expect("a page has an address");
        let url = url.as_str().unwrap_or_default();
        let path = url.strip_prefix(&self.address).map_or_else(|| url.to_owned(), |rest| format!("/{rest}"));
        path.split(['?', '#']).next().unwrap_or_default().to_owned()
    }

    /// Runs a script as a debugger does: it works where pages have none, too.
    pub(crate) fn script(&self, script: &str, arguments: &Value) -> Result<Value, Refused> {
        self.driver.post("/execute/sync", &json!({ "script": script, "args": arguments }))
    }

    pub(crate) fn ask(&self, script: &str) -> Value {
        self.script(script, &json!([])).unwrap_or_else(|refused| panic!("{script}: {refused}"))
    }

    /// Tries until there is something, and fails with what the page shows instead.
    pub(crate) fn until<T>(&self, what: &str, mut attempt: impl FnMut() -> Option<T>) -> T {
        let began = Instant::now();
        while began.elapsed() < PATIENCE {
            if let Some(found) = attempt() {
                return found;
            }
            sleep(PAUSE);
        }
        self.photograph("failed");
        let shown = self.script("return document.body.innerText.slice(0, 1500)", &json!([]));
        panic!("{what}: not on {} within {PATIENCE:?}, which shows {shown:?}", self.path());
    }

    pub(crate) fn until_path(&self, what: &str, fits: impl Fn(&str) -> bool) -> String {
        self.until(what, || Some(self.path()).filter(|path| fits(path)))
    }

    pub(crate) fn find(&self, css: &str) -> Option<Element> {
        self.all(css).into_iter().next()
    }

    pub(crate) fn all(&self, css: &str) -> Vec<Element> {
        self.search("css selector", css)
    }

    pub(crate) fn count(&self, css: &str) -> usize {
        self.all(css).len()
    }

    /// Waits for it.
    pub(crate) fn see(&self, css: &str) -> Element {
        self.until(css, || self.find(css))
    }

    /// Waits for words anywhere on the page.
    pub(crate) fn read(&self, words: &str) {
        let quoted = json!(words);
        let script = format!("return document.body.innerText.includes({quoted})");
        self.until(words, || self.script(&script, &json!([])).ok()?.as_bool().filter(|there| *there));
    }

    fn search(&self, using: &str, value: &str) -> Vec<Element> {
        // A page that is just being left has no elements.
        let Ok(found) = self.driver.post("/elements", &json!({ "using": using, "value": value })) else {
            return Vec::new();
        };
        let found = found.as_array().cloned().unwrap_or_default();
        found.iter().filter_map(|one| Some(Element(one[ELEMENT].as_str()?.to_owned()))).collect()
    }

    /// The visible text of an element; nothing where it is gone.
    pub(crate) fn text(&self, element: &Element) -> String {
        let text = self.driver.get(&format!("/element/{}/text", element.0));
        text.ok().and_then(|text| text.as_str().map(str::to_owned)).unwrap_or_default()
    }

    pub(crate) fn attribute(&self, element: &Element, name: &str) -> Option<String> {
        let value = self.driver.get(&format!("/element/{}/property/{name}", element.0)).ok()?;
        value.as_str().map(str::to_owned).or_else(|| (!value.is_null()).then(|| value.to_string()))
    }

    /// Clicks what a selector finds, as soon as it can be clicked.
    pub(crate) fn click(&self, css: &str) {
        self.until(&format!("click {css}"), || self.try_click(&self.find(css)?));
    }

    /// Clicks the button, link, tab or summary that is named so.
    pub(crate) fn press(&self, name: &str) {
        self.press_in("", name);
    }

    /// The same within a part of the page: the path of an element in XPath.
    pub(crate) fn press_in(&self, part: &str, name: &str) {
        let named = format!("[normalize-space()={}]", json!(name));
        let kinds = ["button", "a", "summary", "label"].map(|kind| format!("{part}//{kind}{named}"));
        let path = kinds.join(" | ");
        self.until(&format!("press {name}"), || {
            self.search("xpath", &path).iter().find_map(|element| self.try_click(element))
        });
    }

    fn try_click(&self, element: &Element) -> Option<()> {
        let clicked = self.driver.post(&format!("/element/{}/click", element.0), &json!({}));
        if clicked.as_ref().is_err_and(|refused| refused.error == "element click intercepted") {
            // It lies below a bar that stays: a person scrolls it to the middle first.
            let middle = "arguments[0].scrollIntoView({ block: 'center' })";
            let _ = self.script(middle, &json!([{ ELEMENT: element.0 }]));
        }
        clicked.ok().map(drop)
    }

    /// Replaces what stands in a field.
    pub(crate) fn fill(&self, css: &str, text: &str) {
        let field = self.see(css);
        self.driver.post(&format!("/element/{}/clear", field.0), &json!({})).expect("a field can be emptied");
        self.type_into(css, text);
    }

    /// Types at the end of a field; for a field for files, chooses the file of that path.
    pub(crate) fn type_into(&self, css: &str, text: &str) {
        self.until(&format!("type into {css}"), || {
            let field = self.find(css)?;
            self.driver.post(&format!("/element/{}/value", field.0), &json!({ "text": text })).ok()
        });
    }

    /// Puts a long text into a field at once, as pasting does.
    pub(crate) fn paste(&self, css: &str, text: &str) {
        let field = self.see(css);
        self.script("arguments[0].focus()", &json!([{ ELEMENT: field.0 }])).expect("a field takes the focus");
        self.driver.devtools("Input.insertText", &json!({ "text": text }));
    }

    /// Chooses from a list by an option's value.
    pub(crate) fn choose(&self, css: &str, value: &str) {
        self.click(&format!("{css} option[value={}]", json!(value)));
    }

    pub(crate) fn focus(&self, css: &str) {
        self.until(&format!("focus {css}"), || {
            self.script("arguments[0].focus()", &json!([{ ELEMENT: self.find(css)?.0 }])).ok()
        });
    }

    /// Presses keys one after the other, wherever the focus is.
    pub(crate) fn keys(&self, keys: &[&str]) {
        let steps = keys.iter().flat_map(|key| [("keyDown", key), ("keyUp", key)]);
        self.strokes(steps.map(|(kind, key)| json!({ "type": kind, "value": key })).collect());
    }

    /// Presses a key while another is held.
    pub(crate) fn chord(&self, held: &str, key: &str) {
        let steps = [("keyDown", held), ("keyDown", key), ("keyUp", key), ("keyUp", held)];
        self.strokes(steps.map(|(kind, key)| json!({ "type": kind, "value": key })).to_vec());
    }

    fn strokes(&self, strokes: Vec<Value>) {
        let actions = json!({ "actions": [{ "type": "key", "id": "keyboard", "actions": strokes }] });
        self.driver.post("/actions", &actions).expect("keys can be pressed");
    }
}
