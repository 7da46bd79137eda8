//! Editing a variant: a form of its words, how it will look while one types, and a new variant
//! when it is saved.

use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use base64::Engine;
use domain::{Content, Problem, Right, Variant, VariantId};
use studio::{Picture, StudioError};

use crate::error::{PageError, status};
use crate::fields::{Group, Kind, filled, groups};
use crate::page::{Page, html, html_with};
use crate::session::Person;
use crate::web::Web;

#[derive(Template)]
#[template(path = "edit.html")]
pub(crate) struct EditPage {
    page: Page,
    variant: Variant,
    groups: Vec<Group>,
    problems: Vec<Problem>,
    themes: Vec<String>,
    way: Way,
}

/// Where what is typed goes, and what becomes of it.
#[derive(Debug)]
pub(crate) struct Way {
    pub(crate) save_to: String,
    pub(crate) back_to: String,
    /// Keys of the catalogue.
    pub(crate) lead: &'static str,
    pub(crate) save: &'static str,
    /// When a finished carousel was last changed.
    pub(crate) version: Option<String>,
}

impl EditPage {
    pub(crate) fn new(
        (web, person): (&Web, &Person),
        variant: Variant,
        groups: Vec<Group>,
        problems: Vec<Problem>,
        way: Way,
    ) -> Self {
        let renderer = web.studio.renderer();
        let themes = renderer.themes().map(|theme| theme.name.to_string()).collect();
        Self { page: person.page("edit-title").section("library"), variant, groups, problems, themes, way }
    }

    /// The slide that the preview begins with.
    fn first(&self) -> usize {
        self.groups.iter().find_map(|group| group.slide).unwrap_or(1)
    }

    fn has_preview(&self) -> bool {
        has_preview(&self.variant.content)
    }
}

/// How the edited content will look, and whether it fits.
#[derive(Template)]
#[template(path = "preview.html")]
struct PreviewFragment {
    page: Page,
    /// A JPEG as a data address; none where a stage has no slides to show.
    picture: Option<String>,
    /// Sentences: what does not fit, with the mend.
    problems: Vec<String>,
}

pub(crate) async fn form(
    State(web): State<Web>,
    person: Person,
    Path(id): Path<VariantId>,
) -> Result<Response, PageError> {
    person.actor().require(Right::Make).map_err(|error| person.error(error))?;
    let variant = web.studio.variant(person.actor(), id).await.map_err(|error| person.error(error))?;
    let groups = groups(&variant.content);
    Ok(html(&page(&web, &person, variant, groups, vec![])))
}

pub(crate) async fn save(
    State(web): State<Web>,
    person: Person,
    Path(id): Path<VariantId>,
    Form(form): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let failed = |error| person.error(error);
    let variant = web.studio.variant(person.actor(), id).await.map_err(failed)?;
    let json = filled(&variant.content, &form);
    match web.studio.edit(person.actor(), id, json).await {
        Ok(edited) => {
            let (carousel, stage) = (edited.carousel, edited.stage);
            let to = format!("/carousels/{carousel}/stages/{stage}?done=done-edited#v-{}", edited.id);
            Ok(Redirect::to(&to).into_response())
        }
        Err(StudioError::Invalid { problems }) => {
            // What was typed stays, beside what is wrong with it.
            let groups = typed(groups(&variant.content), &form);
            let code = status(&StudioError::Invalid { problems: vec![] });
            Ok(html_with(code, &page(&web, &person, variant, groups, problems)))
        }
        Err(error) => Err(failed(error)),
    }
}

pub(crate) async fn preview(
    State(web): State<Web>,
    person: Person,
    Path(id): Path<VariantId>,
    Form(form): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let failed = |error| person.error(error);
    let variant = web.studio.variant(person.actor(), id).await.map_err(failed)?;
    let json = filled(&variant.content, &form);
    let slide = form.iter().find(|(name, _)| name == "slide").and_then(|(_, n)| n.parse().ok()).unwrap_or(1);
    let page = person.page("edit-title");
    let drawn = web.studio.deck_preview(person.actor(), variant.carousel, variant.stage, json, slide).await;
    let fragment = match drawn {
        Ok(preview) => {
            let misfits = preview.checks.iter().filter(|check| !check.passed);
            let misfits = misfits.map(|check| page.sentence(&check.message));
            let problems = preview.problems.iter().map(|one| page.problem(one)).chain(misfits).collect();
            PreviewFragment { page, picture: preview.picture.map(|picture| data_address(&picture)), problems }
        }
        Err(StudioError::Invalid { problems }) => {
            let problems = problems.iter().map(|one| page.problem(one)).collect();
            PreviewFragment { page, picture: None, problems }
        }
        Err(error) => return Err(failed(error)),
    };
    Ok(html(&fragment))
}

fn data_address(picture: &Picture) -> String {
    let bytes = base64::engine::general_purpose::STANDARD.encode(&picture.bytes);
    format!("data:{};base64,{bytes}", picture.media_type)
}

/// Stages whose content is seen on slides.
fn has_preview(content: &Content) -> bool {
    matches!(content, Content::Copy(_) | Content::Hook(_) | Content::Visual(_))
}

/// The fields with what was typed into them.
pub(crate) fn typed(mut groups: Vec<Group>, form: &[(String, String)]) -> Vec<Group> {
    for field in groups.iter_mut().flat_map(|group| &mut group.fields) {
        if let Some((_, typed)) = form.iter().find(|(name, _)| *name == field.at) {
            field.value.clone_from(typed);
        }
    }
    groups
}

fn page(
    web: &Web,
    person: &Person,
    variant: Variant,
    groups: Vec<Group>,
    problems: Vec<Problem>,
) -> EditPage {
    let way = Way {
        save_to: format!("/variants/{}/edits", variant.id),
        back_to: format!("/carousels/{}/stages/{}", variant.carousel, variant.stage),
        lead: "edit-lead",
        save: "edit-save",
        version: None,
    };
    EditPage::new((web, person), variant, groups, problems, way)
}
