//! How the workspace is set, and what it has to design with.

use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::{Problem, WorkspaceSettings};
use serde::Deserialize;
use studio::{Settings, StudioError, Theme};

use crate::error::PageError;
use crate::page::zone::Zone;
use crate::page::{Done, Page, html, html_with};
use crate::session::Person;
use crate::web::Web;

#[derive(Template)]
#[template(path = "settings.html")]
struct SettingsPage {
    page: Page,
    form: SettingsForm,
    problems: Vec<Problem>,
    themes: Vec<Theme>,
    families: Vec<String>,
}

/// The form as it was filled in.
#[derive(Debug, Deserialize)]
pub(crate) struct SettingsForm {
    name: String,
    /// Empty: that of each browser.
    language: String,
    time_zone: String,
    autopilot_floor: String,
}

impl From<Settings> for SettingsForm {
    fn from(Settings { name, workspace }: Settings) -> Self {
        Self {
            name,
            language: workspace.language.map(|language| language.to_string()).unwrap_or_default(),
            time_zone: workspace.time_zone,
            autopilot_floor: workspace.autopilot_floor.to_string(),
        }
    }
}

impl SettingsForm {
    fn read(&self, page: &Page) -> Result<Settings, Problem> {
        let wrong = |field: &str, message: String| Problem { field: field.to_owned(), message };
        let language = match self.language.as_str() {
            "" => None,
            code => Some(
                code.parse().map_err(|error: domain::NotALanguage| wrong("language", error.to_string()))?,
            ),
        };
        // In German the comma is the point.
        let floor = self.autopilot_floor.trim().replace(',', ".").parse();
        let autopilot_floor = floor.map_err(|_| wrong("autopilot_floor", page.t("settings-floor-wrong")))?;
        let time_zone = self.time_zone.clone();
        let workspace = WorkspaceSettings { language, time_zone, autopilot_floor };
        Ok(Settings { name: self.name.clone(), workspace })
    }
}

impl SettingsPage {
    fn new(web: &Web, page: Page, form: SettingsForm, problems: Vec<Problem>) -> Self {
        let renderer = web.studio.renderer();
        let themes = renderer.themes().cloned().collect();
        let families = renderer.families().map(str::to_owned).collect();
        Self { page, form, problems, themes, families }
    }

    /// The zones to choose from, the present one among them whatever it is.
    fn zones(&self) -> Vec<&str> {
        let mut zones: Vec<&str> = Zone::names().collect();
        if !zones.contains(&self.form.time_zone.as_str()) {
            zones.push(&self.form.time_zone);
        }
        zones
    }
}

pub(crate) async fn form(
    State(web): State<Web>,
    person: Person,
    Query(Done { done }): Query<Done>,
) -> Result<Response, PageError> {
    let settings = web.studio.settings(person.actor()).await.map_err(|error| person.error(error))?;
    let page = page(&person).notice(done.as_deref());
    Ok(html(&SettingsPage::new(&web, page, settings.into(), vec![])))
}

pub(crate) async fn save(
    State(web): State<Web>,
    person: Person,
    Form(form): Form<SettingsForm>,
) -> Result<Response, PageError> {
    let page = page(&person);
    let refused = |page, form, problems| {
        html_with(StatusCode::UNPROCESSABLE_ENTITY, &SettingsPage::new(&web, page, form, problems))
    };
    let new = match form.read(&page) {
        Ok(new) => new,
        Err(problem) => return Ok(refused(page, form, vec![problem])),
    };
    match web.studio.set_settings(person.actor(), new, None).await {
        Ok(_) => Ok(Redirect::to("/settings?done=done-settings").into_response()),
        Err(StudioError::Invalid { problems }) => Ok(refused(page, form, problems)),
        Err(error) => Err(person.error(error)),
    }
}

/// The page as the workspace is set, with what is wrong with an upload.
pub(super) async fn refused(
    web: &Web,
    person: &Person,
    problems: Vec<Problem>,
) -> Result<Response, PageError> {
    let settings = web.studio.settings(person.actor()).await.map_err(|error| person.error(error))?;
    let page = SettingsPage::new(web, page(person), settings.into(), problems);
    Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, &page))
}

fn page(person: &Person) -> Page {
    person.page("settings-title").section("settings")
}
