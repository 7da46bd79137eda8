//! Everything can be reached without a mouse, and one sees where one is.

use std::collections::BTreeSet;

use serde_json::json;

use crate::browser::{Browser, key};

/// Where the focus is: its name for people, whether it is seen, and whether it lies open to view.
/// Stars show the outline on their label, since the radio button itself is invisible.
const WHERE: &str = "
    const at = document.activeElement;
    if (!at || at === document.body) return null;
    const outlined = (one) => {
        const style = getComputedStyle(one);
        return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    };
    const box = (at.closest('label') ?? at).getBoundingClientRect();
    const within = (value, most) => Math.min(Math.max(value, 1), most - 1);
    const uncovered = (part) => {
        const top = document.elementFromPoint(
            within(box.x + box.width / 2, innerWidth), within(box.y + box.height * part, innerHeight));
        return !!top && (at.contains(top) || top.contains(at) || !!at.closest('label')?.contains(top));
    };
    const open = [0.1, 0.5, 0.9].some(uncovered);
    const titled = document.getElementById(at.getAttribute('aria-labelledby'))?.innerText;
    const name = at.getAttribute('aria-label') || titled || at.labels?.[0]?.innerText || at.innerText || at.value || '';
    return {
        name: name.trim().replace(/\\s+/g, ' ').slice(0, 80),
        seen: at.matches(':focus-visible') && (outlined(at) || outlined(at.closest('label') ?? at)),
        open, what: at.outerHTML.slice(0, 160),
    };";

impl Browser {
    /// Goes through the page by Tab from its beginning: every stop is seen, and these are among them.
    pub(crate) fn tab_through(&self, page: &str, wanted: &[&str]) {
        self.ask("document.activeElement?.blur(); window.scrollTo(0, 0)");
        let mut names = BTreeSet::new();
        let mut first = None;
        for _ in 0..400 {
            self.keys(&[key::TAB]);
            let stop = self.script(WHERE, &json!([])).expect("the focus is somewhere");
            if stop.is_null() {
                break; // behind the last one
            }
            let name = stop["name"].as_str().unwrap_or_default().to_owned();
            assert_eq!(stop["seen"], true, "{page}: the focus can't be seen ({:?}): {stop}", self.device);
            assert_eq!(stop["open"], true, "{page}: the focus is covered ({:?}): {stop}", self.device);
            assert!(!name.is_empty(), "{page}: a stop has no name: {stop}");
            first.get_or_insert_with(|| name.clone());
            names.insert(name);
        }
        assert_eq!(first.as_deref(), Some("Skip to the content"), "{page}: the first stop");
        for wanted in wanted {
            assert!(names.contains(*wanted), "{page}: `{wanted}` can't be reached by Tab: {names:?}");
        }
    }
}
