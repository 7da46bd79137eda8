//! Profiles: who speaks, to whom, in which voice and colours; filled in step by step.

use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::{Problem, Profile, ProfileFields, ProfileId, ProfileStep, Right, StepProgress};
use studio::StudioError;

use crate::at::At;
use crate::error::PageError;
use crate::page::{Done, Page, html, html_with};
use crate::session::Person;
use crate::web::Web;

mod form;
pub(crate) mod logo;
pub(crate) mod site;

use form::{Field, Kind, Values, fields_of, patch};

#[derive(Template)]
#[template(path = "profiles.html")]
struct ProfilesPage {
    page: Page,
    profiles: Vec<Profile>,
}

impl ProfilesPage {
    fn percent(&self, profile: &Profile) -> u32 {
        percent(&profile.fields)
    }

    /// The first step that is not done, else the first.
    fn open_step(&self, profile: &Profile) -> ProfileStep {
        let steps = profile.fields.steps();
        steps.iter().find(|step| !step.is_done()).map_or(ProfileStep::Basics, |open| open.step)
    }
}

/// How far a profile is, and whether what was typed is saved.
#[derive(Debug)]
struct Progress {
    steps: [StepProgress; 5],
    percent: u32,
    saved: bool,
    problems: Vec<Problem>,
}

impl Progress {
    fn of(fields: &ProfileFields) -> Self {
        Self { steps: fields.steps(), percent: percent(fields), saved: false, problems: Vec::new() }
    }
}

/// The part of a step's page that changes as one types.
#[derive(Template)]
#[template(path = "profile_progress.html")]
struct ProgressFragment {
    page: Page,
    /// `None` where the profile is not made yet.
    id: Option<ProfileId>,
    step: ProfileStep,
    progress: Progress,
}

#[derive(Template)]
#[template(path = "profile.html")]
struct StepPage {
    page: Page,
    /// `None` where the profile is not made yet.
    id: Option<ProfileId>,
    /// What the form is saved as: a new profile is made when its first words are.
    saved_as: ProfileId,
    step: ProfileStep,
    progress: Progress,
    values: Values,
    fields: Vec<Field>,
    has_logo: bool,
    /// The name and title of each theme.
    themes: Vec<(String, String)>,
    families: Vec<String>,
}

impl StepPage {
    fn new(web: &Web, person: &Person, profile: Option<&Profile>, step: ProfileStep) -> Self {
        let nothing = ProfileFields::default();
        let known = profile.map_or(&nothing, |profile| &profile.fields);
        let renderer = web.studio.renderer();
        let title =
            person.reader.words.text(if profile.is_none() { "profile-new-title" } else { "profile-title" });
        let title = if known.name.is_empty() { title } else { known.name.clone() };
        Self {
            page: person.page_titled(title).section("profiles"),
            id: profile.map(|profile| profile.id),
            saved_as: profile.map_or_else(|| web.studio.fresh_profile_id(), |profile| profile.id),
            step,
            progress: Progress::of(known),
            values: Values::of(known),
            fields: fields_of(step),
            has_logo: known.logo.is_some(),
            themes: renderer.themes().map(|theme| (theme.name.to_string(), theme.title.clone())).collect(),
            families: renderer.families().map(str::to_owned).collect(),
        }
    }

    /// The page again, with what was typed and what is wrong with it.
    fn refused(self, typed: &[(String, String)], problems: Vec<Problem>) -> Response {
        let progress = Progress { problems, ..self.progress };
        let page = Self { values: self.values.typed(typed), progress, ..self };
        html_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
    }

    fn skip_to(&self) -> String {
        self.id.map_or_else(|| "/carousels".to_owned(), |id| after(id, self.step))
    }
}

fn percent(fields: &ProfileFields) -> u32 {
    (fields.share() * 100.0).round() as u32
}

/// Where one goes on after a step; after the last, making carousels.
fn after(id: ProfileId, step: ProfileStep) -> String {
    let next = ProfileStep::ALL.iter().skip_while(|one| **one != step).nth(1);
    next.map_or_else(|| "/carousels?done=done-profile".to_owned(), |next| format!("/profiles/{id}/{next}"))
}

/// A button may ask for more than saving: to read the site that was just typed.
fn next(id: ProfileId, step: ProfileStep, typed: &[(String, String)]) -> Redirect {
    let wants_site = typed.iter().any(|(name, value)| name == "then" && value == "site");
    let to = if wants_site { format!("/profiles/{id}/site") } else { after(id, step) };
    Redirect::to(&to)
}

pub(crate) async fn list(
    State(web): State<Web>,
    person: Person,
    Query(Done { done }): Query<Done>,
) -> Result<Response, PageError> {
    let profiles = web.studio.profiles(person.actor()).await.map_err(|error| person.error(error))?;
    let page = person.page("profiles-title").section("profiles").notice(done.as_deref());
    Ok(html(&ProfilesPage { page, profiles }))
}

pub(crate) async fn new(State(web): State<Web>, person: Person) -> Result<Response, PageError> {
    person.actor().require(Right::Make).map_err(|error| person.error(error))?;
    Ok(html(&StepPage::new(&web, &person, None, ProfileStep::Basics)))
}

pub(crate) async fn step(
    State(web): State<Web>,
    person: Person,
    At((id, step)): At<(ProfileId, ProfileStep)>,
    Query(Done { done }): Query<Done>,
) -> Result<Response, PageError> {
    let (profile, _) = web.studio.profile(person.actor(), id).await.map_err(|error| person.error(error))?;
    let mut page = StepPage::new(&web, &person, Some(&profile), step);
    page.page = page.page.notice(done.as_deref());
    Ok(html(&page))
}

/// The form of a profile that is not made yet says so.
fn begins(typed: &[(String, String)]) -> bool {
    typed.iter().any(|(name, _)| name == "begin")
}

/// Saves a step: as one types, which is answered with the progress, or by its button.
pub(crate) async fn save(
    State(web): State<Web>,
    person: Person,
    At((id, step)): At<(ProfileId, ProfileStep)>,
    Form(typed): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let change = patch(step, &typed);
    let saved = if begins(&typed) {
        web.studio.begin_profile(person.actor(), id, &change).await
    } else {
        web.studio.patch_profile(person.actor(), id, &change, None).await
    };
    match saved {
        Ok(_) if !person.reader.wants_fragment => Ok(next(id, step, &typed).into_response()),
        Ok((profile, _)) => {
            let progress = Progress { saved: true, ..Progress::of(&profile.fields) };
            let fragment =
                ProgressFragment { page: person.page("profile-title"), id: Some(id), step, progress };
            // Loaded again, the page is that of the profile that was just begun.
            let place = [("hx-replace-url", format!("/profiles/{id}/{step}"))];
            Ok((begins(&typed).then_some(place), html(&fragment)).into_response())
        }
        Err(StudioError::Invalid { problems }) => refused(&web, &person, (id, step), &typed, problems).await,
        Err(error) => Err(person.error(error)),
    }
}

async fn refused(
    web: &Web,
    person: &Person,
    (id, step): (ProfileId, ProfileStep),
    typed: &[(String, String)],
    problems: Vec<Problem>,
) -> Result<Response, PageError> {
    let profile = match web.studio.profile(person.actor(), id).await {
        Ok((profile, _)) => Some(profile),
        Err(StudioError::NotFound(_)) if begins(typed) => None,
        Err(error) => return Err(person.error(error)),
    };
    let page = StepPage { saved_as: id, ..StepPage::new(web, person, profile.as_ref(), step) };
    if !person.reader.wants_fragment {
        return Ok(page.refused(typed, problems));
    }
    let progress = Progress { problems, ..page.progress };
    let fragment = ProgressFragment { page: person.page("profile-title"), id: page.id, step, progress };
    Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, &fragment))
}
