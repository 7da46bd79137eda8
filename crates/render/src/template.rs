//! The templates of a theme, in a sandbox: no file, no network, bounded work and size.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::content::Layout;
use minijinja::{AutoEscape, Environment, UndefinedBehavior};
use serde::Serialize;

use crate::code::Token;

/// Instructions that one slide's template may take; a built-in one takes under 2,000.
const FUEL: u64 = 100_000;
/// Largest HTML of one slide, in bytes.
const MOST_HTML: usize = 256 << 10;

/// Compiled templates, one a layout, and the frame that they extend.
#[derive(Clone, Debug)]
pub(crate) struct Templates(Arc<Environment<'static>>);

/// What a template is given: a slide's words, cleaned, and where it stands. Everything is data
/// and is escaped on its way into the page.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct View {
    pub(crate) layout: Layout,
    pub(crate) headline: String,
    pub(crate) body: Option<String>,
    pub(crate) bullets: Vec<String>,
    /// The number of the first bullet, where they are steps.
    pub(crate) numbered_from: Option<u32>,
    pub(crate) stat: Option<Stat>,
    pub(crate) quote: Option<Quote>,
    pub(crate) code: Option<Code>,
    pub(crate) comparison: Option<Comparison>,
    pub(crate) call_to_action: Option<String>,
    pub(crate) source_note: Option<String>,
    /// The address of the slide's picture among its files, and its shape.
    pub(crate) picture: Option<PictureView>,
    pub(crate) logo: Option<PictureView>,
    pub(crate) signature: Option<String>,
    /// The slide's number from 1, and how many there are.
    pub(crate) n: usize,
    pub(crate) total: usize,
    pub(crate) first: bool,
    pub(crate) last: bool,
    /// Counts slides round 1, 2, 3, for a theme that changes its treatment from slide to slide.
    pub(crate) tone: usize,
    pub(crate) rtl: bool,
}

#[derive(Clone, Debug, Serialize)]
pub(crate) struct Stat {
    pub(crate) value: String,
    pub(crate) label: String,
}

#[derive(Clone, Debug, Serialize)]
pub(crate) struct Quote {
    pub(crate) text: String,
    pub(crate) attribution: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
pub(crate) struct Code {
    pub(crate) language: Option<String>,
    pub(crate) lines: Vec<Vec<Token>>,
    /// Characters of the longest line, at least 1: a theme sets short code larger.
    pub(crate) columns: usize,
}

#[derive(Clone, Debug, Serialize)]
pub(crate) struct Comparison {
    pub(crate) left_title: String,
    pub(crate) left: Vec<String>,
    pub(crate) right_title: String,
    pub(crate) right: Vec<String>,
}

#[derive(Clone, Debug, Serialize)]
pub(crate) struct PictureView {
    pub(crate) src: String,
    pub(crate) width: u32,
    pub(crate) height: u32,
}

impl Templates {
    /// Compiles every template of a theme's files.
    pub(crate) fn new(files: &BTreeMap<String, String>) -> Result<Self, String> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_auto_escape_callback(|_| AutoEscape::Html);
        environment.set_fuel(Some(FUEL));
        environment.set_recursion_limit(32);
        for (name, text) in files.iter().filter(|(name, _)| name.ends_with(".html")) {
            environment
                .add_template_owned(name.clone(), text.clone())
                .map_err(|error| format!("{name}: {error}"))?;
        }
        Ok(Self(Arc::new(environment)))
    }

    /// The HTML of one slide.
    pub(crate) fn html(&self, view: &View) -> Result<String, String> {
        let name = format!("{}.html", view.layout);
        let html = self
            .0
            .get_template(&name)
            .and_then(|template| template.render(view))
            .map_err(|error| error.to_string())?;
        if html.len() > MOST_HTML {
            return Err(format!("it makes {} bytes of HTML; at most {MOST_HTML} are laid out", html.len()));
        }
        Ok(html)
    }
}
