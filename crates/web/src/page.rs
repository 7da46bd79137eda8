//! What stands around every page: title, navigation, language, the files it loads.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use domain::{MemberRole, Problem, Right};
use fluent_bundle::FluentValue;
use serde::Deserialize;
use studio::{Signed, Standing, StudioError};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::assets;
use crate::catalogue::Catalogue;
use crate::pages::costs::taken_percent;
use crate::reader::Reader;
use crate::{back, labels, sentences};

pub(crate) mod zone;

use zone::Zone;

/// The frame of a page; templates ask it for words and addresses.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) title: String,
    pub(crate) words: &'static Catalogue,
    pub(crate) wants_fragment: bool,
    pub(crate) person: Option<Someone>,
    /// The part of the navigation that this page belongs to: `library`, `new`, `profiles` ...
    pub(crate) section: &'static str,
    /// A sentence about what was just done.
    pub(crate) notice: Option<String>,
    /// What went wrong with the form that led here.
    pub(crate) trouble: Option<String>,
    /// Sentences about budgets that are nearly spent.
    pub(crate) warnings: Vec<String>,
    /// The workspace's, in which times are shown.
    zone: Zone,
}

/// Who is signed in, as the frame shows it.
#[derive(Debug)]
pub(crate) struct Someone {
    pub(crate) name: String,
    pub(crate) workspace: String,
    pub(crate) role: MemberRole,
}

impl Page {
    pub(crate) fn new(reader: Reader, title: String) -> Self {
        Self {
            title,
            words: reader.words,
            wants_fragment: reader.wants_fragment,
            person: None,
            section: "",
            notice: None,
            trouble: back::said(),
            warnings: Vec::new(),
            zone: Zone::default(),
        }
    }

    pub(crate) fn signed(mut self, signed: &Signed) -> Self {
        self.zone = Zone::named(&signed.settings.time_zone);
        self.person = Some(Someone {
            name: signed.name.clone(),
            workspace: signed.workspace_name.clone(),
            role: signed.actor.role,
        });
        self
    }

    pub(crate) fn section(mut self, section: &'static str) -> Self {
        self.section = section;
        self
    }

    /// Says above the page which budgets are nearly spent.
    pub(crate) fn warned(mut self, nearing: &[Standing]) -> Self {
        self.warnings = nearing.iter().map(|one| self.nearing(one)).collect();
        self
    }

    fn nearing(&self, standing: &Standing) -> String {
        let parts = [
            ("percent", FluentValue::from(taken_percent(standing))),
            ("taken", FluentValue::from(standing.taken().to_string())),
            ("limit", FluentValue::from(standing.limit.unwrap_or_default().to_string())),
        ];
        self.words.fill(&format!("budget-near-{}", standing.scope), &parts)
    }

    /// Shows the sentence of this key above the page.
    pub(crate) fn notice(mut self, key: Option<&str>) -> Self {
        self.notice = key.filter(|key| is_notice(key)).map(|key| self.words.text(key));
        self
    }

    /// The words of a key.
    pub(crate) fn t(&self, key: &str) -> String {
        self.words.text(key)
    }

    /// The words for one of the product's own names: `named("stage", "hook")` is `stage-hook`.
    pub(crate) fn named(&self, kind: &str, name: impl std::fmt::Display) -> String {
        self.words.text(&format!("{kind}-{name}"))
    }

    /// The words of a key with one blank filled by a text.
    pub(crate) fn tt(&self, key: &str, name: &'static str, value: impl ToString) -> String {
        self.words.fill(key, &[(name, FluentValue::from(value.to_string()))])
    }

    /// The words of a key with one blank filled by a number, which may choose the plural.
    pub(crate) fn tn(&self, key: &str, name: &'static str, value: impl ToString) -> String {
        let value: i64 = value.to_string().parse().unwrap_or_default();
        self.words.fill(key, &[(name, FluentValue::from(value))])
    }

    /// What a theme is called: `bold_vibrant` is "Bold vibrant".
    pub(crate) fn theme(&self, name: &str) -> String {
        let key = format!("strategy-{name}");
        if self.words.has(&key) {
            return self.words.text(&key);
        }
        // One that was uploaded has no name in the catalogue.
        let spaced = name.replace('_', " ");
        let mut letters = spaced.chars();
        letters
            .next()
            .map(|first| first.to_uppercase().chain(letters).collect::<String>())
            .unwrap_or_default()
    }

    /// A sentence of the inner crates in the words of the page, with a capital and a full stop.
    pub(crate) fn sentence(&self, text: &str) -> String {
        sentences::sentence(self.words, text)
    }

    /// A part of a line in the words of the page, begun and ended as it is.
    pub(crate) fn fragment(&self, text: &str) -> String {
        sentences::fragment(self.words, text)
    }

    /// What is wrong with a field; with none, a sentence of its own.
    pub(crate) fn problem(&self, problem: &Problem) -> String {
        let message = self.fragment(&problem.message);
        if problem.field.is_empty() {
            return sentences::finished(&message);
        }
        sentences::finished(&format!("{}: {message}", labels::field(self.words, &problem.field)))
    }

    /// Everything that an error says.
    pub(crate) fn error(&self, error: &StudioError) -> String {
        let said: Vec<String> = match error {
            StudioError::Invalid { problems } => problems.iter().map(|one| self.problem(one)).collect(),
            StudioError::Unfit(slides) => {
                let slides = slides.iter().map(|slide| self.sentence(slide));
                std::iter::once(self.t("error-unfit")).chain(slides).collect()
            }
            other => vec![self.sentence(&other.to_string())],
        };
        said.join(" ")
    }

    /// A time to the minute, where the workspace is.
    pub(crate) fn moment(&self, at: &OffsetDateTime) -> String {
        self.written("moment", at)
    }

    /// A day, where the workspace is.
    pub(crate) fn day(&self, at: &OffsetDateTime) -> String {
        self.written("day", at)
    }

    /// The same time for machines: what `datetime` of a `<time>` takes.
    pub(crate) fn stamp(&self, at: &OffsetDateTime) -> String {
        self.zone.at(*at).format(&Rfc3339).unwrap_or_default()
    }

    fn written(&self, key: &str, at: &OffsetDateTime) -> String {
        let here = self.zone.at(*at);
        let two = |part: u8| FluentValue::from(format!("{part:02}"));
        let parts = [
            ("year", FluentValue::from(here.year().to_string())),
            ("month", two(here.month().into())),
            ("day", two(here.day())),
            ("hour", two(here.hour())),
            ("minute", two(here.minute())),
        ];
        self.words.fill(key, &parts)
    }

    /// The address of a style, script or picture.
    pub(crate) fn asset(&self, name: &str) -> String {
        assets::address(name)
    }

    pub(crate) fn may(&self, right: &str) -> bool {
        let right = match right {
            "manage" => Right::Manage,
            "make" => Right::Make,
            "review" => Right::Review,
            _ => Right::Read,
        };
        self.person.as_ref().is_some_and(|person| person.role.may(right))
    }

    pub(crate) fn languages(&self) -> &'static [Catalogue] {
        Catalogue::all()
    }
}

/// The address of a page says what was just done.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Done {
    /// The key of a notice.
    #[serde(default)]
    pub(crate) done: Option<String>,
}

/// A notice comes in through the address: only our own keys are shown.
fn is_notice(key: &str) -> bool {
    key.starts_with("done-") && Catalogue::all()[0].has(key)
}

/// A filled template as an answer.
pub(crate) fn html(template: &impl Template) -> Response {
    html_with(StatusCode::OK, template)
}

pub(crate) fn html_with(status: StatusCode, template: &impl Template) -> Response {
    match template.render() {
        Ok(text) => (status, Html(text)).into_response(),
        Err(error) => {
            tracing::error!(%error, "a template could not be filled");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
