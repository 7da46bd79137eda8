//! The words of the interface, one file a language in `locales/`, in Fluent's format.
//!
//! A new language is a new file there and a line in [`FILES`].

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

/// Each language's code, its name in itself, and its words.
const FILES: [(&str, &str, &str); 2] = [
    ("en", "English", include_str!("../locales/en.ftl")),
    ("de", "Deutsch", include_str!("../locales/de.ftl")),
];

static ALL: LazyLock<Vec<Catalogue>> =
    LazyLock::new(|| FILES.iter().map(|(code, name, text)| Catalogue::new(code, name, text)).collect());

/// The words of one language.
pub(crate) struct Catalogue {
    pub(crate) code: &'static str,
    pub(crate) name: &'static str,
    bundle: FluentBundle<FluentResource>,
}

impl Catalogue {
    fn new(code: &'static str, name: &'static str, text: &str) -> Self {
        // What can't be read is left out: the test of the files says so before anybody else does.
        let resource = FluentResource::try_new(text.to_owned()).unwrap_or_else(|(resource, _)| resource);
        let language: LanguageIdentifier = code.parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![language]);
        bundle.set_use_isolating(false);
        // A word given twice keeps its first text; the test forbids it.
        let _ = bundle.add_resource(resource);
        Self { code, name, bundle }
    }

    /// Every language that there are words for.
    pub(crate) fn all() -> &'static [Self] {
        &ALL
    }

    /// The language of this code, where there are words for it.
    pub(crate) fn of(code: &str) -> Option<&'static Self> {
        ALL.iter().find(|catalogue| catalogue.code == code)
    }

    /// The first language that a browser asks for and that there is; else English.
    pub(crate) fn for_browser(accept_language: &str) -> &'static Self {
        let mut wanted: Vec<(f32, &str)> = accept_language
            .split(',')
            .map(|one| {
                let (tag, quality) = one.split_once(";q=").unwrap_or((one, "1"));
                (quality.trim().parse().unwrap_or(0.0), tag.trim())
            })
            .collect();
        wanted.sort_by(|a, b| b.0.total_cmp(&a.0));
        let code = |tag: &'_ str| tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
        wanted.iter().find_map(|(_, tag)| Self::of(&code(tag))).unwrap_or(&ALL[0])
    }

    /// Whether there is such a text.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.bundle.has_message(key)
    }

    /// A text without blanks to fill.
    pub(crate) fn text(&self, key: &str) -> String {
        self.format(key, None)
    }

    /// A text with its blanks filled.
    pub(crate) fn fill<'v>(&self, key: &str, values: &[(&'static str, FluentValue<'v>)]) -> String {
        let mut args = FluentArgs::new();
        for (name, value) in values {
            args.set(*name, value.clone());
        }
        self.format(key, Some(&args))
    }

    /// A key that is missing shows itself, which the tests of the pages look for.
    fn format(&self, key: &str, args: Option<&FluentArgs<'_>>) -> String {
        let pattern = self.bundle.get_message(key).and_then(|message| message.value());
        let Some(pattern) = pattern else {
            tracing::error!(key, language = self.code, "there is no such text");
            return key.to_owned();
        };
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, args, &mut errors);
        if !errors.is_empty() {
            tracing::error!(key, language = self.code, ?errors, "a text could not be filled");
        }
        text.into_owned()
    }
}

impl std::fmt::Debug for Catalogue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Catalogue").field("code", &self.code).finish_non_exhaustive()
    }
}
