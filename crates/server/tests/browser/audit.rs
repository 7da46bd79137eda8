//! What has to hold on every page: nothing on the console, nothing that axe finds, nothing wider
//! than the window, few bytes. And a picture of it, for people to look at.

use std::fs;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::{Value, json};

use crate::browser::Browser;

/// What a page may weigh as it comes over the wire, without pictures of slides: bytes.
const WEIGHT: u64 = 150_000;

/// Everything that axe knows of WCAG 2.2 AA and good practice.
const TAGS: [&str; 7] = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];

/// Where pages have no scripts, timers don't run either: what axe puts off is done at once.
const RUN_AXE: &str = "
    const done = arguments[arguments.length - 1];
    if (!arguments[1]) window.setTimeout = (then) => { Promise.resolve().then(then); return 0; };
    const found = (result) => result.violations.map((rule) => ({
        rule: rule.id, help: rule.help, url: rule.helpUrl,
        nodes: rule.nodes.map((node) => `${node.html.slice(0, 300)}\\n      ${node.failureSummary}`),
    }));
    axe.run(document, { runOnly: arguments[0], preload: false })
        .then((result) => done({ violations: found(result), passes: result.passes.length }),
              (error) => done({ broken: String(error) }));";

const MEASURE: &str = "
    const loaded = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
    const parts = loaded.filter((one) => !/\\/(slides|themes|looks)\\/|\\/(logo|events|preview)$/.test(new URL(one.name).pathname))
        .map((one) => [new URL(one.name).pathname, one.encodedBodySize]);
    return { parts, wide: document.documentElement.scrollWidth, window: document.documentElement.clientWidth };";

impl Browser {
    /// Checks the present page and takes its picture.
    pub(crate) fn look(&self, page: &str) {
        self.photograph(page);
        self.console(page);
        self.measure(page);
        self.axe(page);
        self.console(page);
    }

    /// Errors and warnings on the console since it was asked for last.
    fn console(&self, page: &str) {
        let said = self.said();
        assert!(said.is_empty(), "the console on {page} ({:?}): {said:#?}", self.device);
    }

    fn said(&self) -> Vec<String> {
        let log = self.driver.post("/se/log", &json!({ "type": "browser" })).expect("a console has a log");
        let entries = log.as_array().cloned().unwrap_or_default();
        let bad = entries.iter().filter(|entry| entry["level"] == "SEVERE" || entry["level"] == "WARNING");
        bad.map(|entry| entry["message"].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// Takes note of an answer that the console reports and that was meant to come.
    pub(crate) fn expect_refusal(&self, status: u16) {
        let said = self.said();
        let meant = format!("the server responded with a status of {status}");
        assert!(!said.is_empty() && said.iter().all(|line| line.contains(&meant)), "the console: {said:#?}");
    }

    fn measure(&self, page: &str) {
        let found = self.ask(MEASURE);
        let parts = found["parts"].as_array().cloned().unwrap_or_default();
        let weight: u64 = parts.iter().filter_map(|part| part[1].as_u64()).sum();
        assert!(weight > 1_000, "{page} weighs nothing: {found}");
        assert!(
            weight < WEIGHT,
            "{page} weighs {weight} bytes without slides; {WEIGHT} are allowed: {found}"
        );
        let (wide, window) = (found["wide"].as_u64(), found["window"].as_u64());
        assert!(wide <= window, "{page} is {wide:?} px wide in a window of {window:?} ({:?})", self.device);
    }

    fn axe(&self, page: &str) {
        let source = fs::read_to_string(axe_file()).expect("axe can be read");
        self.script(&source, &json!([])).expect("axe can be loaded");
        let body = json!({ "script": RUN_AXE, "args": [TAGS, self.device.scripts] });
        let result = self.driver.post("/execute/async", &body).expect("axe runs");
        let passes = result["passes"].as_u64().unwrap_or_default();
        assert!(passes > 5, "axe did not look at {page}: {result}");
        let violations = result["violations"].as_array().cloned().unwrap_or_default();
        let told: Vec<String> = violations.iter().map(told).collect();
        assert!(told.is_empty(), "axe on {page} ({:?}):\n{}", self.device, told.join("\n"));
    }

    /// Saves the whole page as a picture below `target/screenshots`.
    pub(crate) fn photograph(&self, page: &str) {
        let size = &self.driver.devtools("Page.getLayoutMetrics", &json!({}))["cssContentSize"];
        let clip = json!({ "x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1 });
        let taken = self.driver.devtools(
            "Page.captureScreenshot",
            &json!({ "format": "png", "captureBeyondViewport": true, "clip": clip }),
        );
        let bytes =
            BASE64.decode(taken["data"].as_str().unwrap_or_default()).expect("pictures come in base64");
        let scripts = if self.device.scripts { "" } else { "-plain" };
        let name = format!("{page}-{}-{}{scripts}.png", self.device.width, self.device.scheme());
        let folder = screenshots();
        fs::create_dir_all(&folder).expect("a folder for pictures");
        fs::write(folder.join(name), bytes).expect("a picture can be written");
    }
}

fn told(violation: &Value) -> String {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let nodes: Vec<String> = violation["nodes"].as_array().into_iter().flatten().map(text).collect();
    let (rule, help, url) = (text(&violation["rule"]), text(&violation["help"]), text(&violation["url"]));
    format!("  {rule}: {help} ({url})\n    {}", nodes.join("\n    "))
}

/// Beside the program that is tested.
fn screenshots() -> PathBuf {
    let program = Path::new(env!("CARGO_BIN_EXE_slidewright"));
    let target = program.parent().and_then(Path::parent).expect("a program lies in a folder of target");
    target.join("screenshots")
}

#[allow(clippy::disallowed_methods, reason = "what ./test prepares is handed over by the environment")]
fn axe_file() -> PathBuf {
    let named = std::env::var_os("SLIDEWRIGHT_TEST_AXE");
    named
        .map(PathBuf::from)
        .expect("SLIDEWRIGHT_TEST_AXE names axe.min.js: run ./test, or set it by tools/test-browser")
}
