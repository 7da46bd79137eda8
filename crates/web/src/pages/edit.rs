//! Editing a variant: a form of its words, how it will look while one types, and a new variant
//! when it is saved.

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use base64::Engine;
use domain::{Content, Problem, Right, Variant, VariantId};
use studio::{Picture, StudioError};

use crate::at::At;
use crate::error::{PageError, status};
use crate::fields::{Group, Kind, filled, groups};
use crate::page::{Page, html, html_with};
use crate::session::Person;
use crate::web::Web;

#[derive(Template)]
#[template(path = "edit.html", blocks = ["form"])]
pub(crate) struct EditPage {
    page: Page,
    variant: Variant,
    groups: Vec<Group>,
    problems: Vec<Problem>,
    themes: Vec<String>,
    way: Way,
    /// The slide that was asked for without a script.
    look: Option<Look>,
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
        let page = person.page("edit-title").section("library");
        Self { page, variant, groups, problems, themes, way, look: None }
    }

    /// Shows how a slide looks with what was typed.
    pub(crate) async fn looking(
        mut self,
        (web, person): (&Web, &Person),
        json: serde_json::Value,
        slide: usize,
    ) -> Result<Self, PageError> {
        self.look = Some(look((web, person), &self.variant, json, slide).await?);
        Ok(self)
    }

    /// As a page, or in the place of the variant's words.
    pub(crate) fn answer(&self, code: StatusCode) -> Response {
        // A script asks for the approval page alone; a finished carousel's form is a page.
        if self.is_in_place() { html_with(code, &self.as_form()) } else { html_with(code, self) }
    }

    fn is_in_place(&self) -> bool {
        self.page.wants_fragment && self.way.version.is_none()
    }

    /// The slide that the preview begins with.
    fn first(&self) -> usize {
        let first = || self.groups.iter().find_map(|group| group.slide);
        self.look.as_ref().map(|look| look.slide).or_else(first).unwrap_or(1)
    }

    fn has_preview(&self) -> bool {
        has_preview(&self.variant.content)
    }

    /// The slide that a group's words are on; what concerns the whole is seen on the first.
    fn slide_of(&self, group: &Group) -> usize {
        group.slide.unwrap_or(1)
    }
}

/// The slide that a form without a script asks to see instead of being saved.
pub(crate) fn asked_for(form: &[(String, String)]) -> Option<usize> {
    form.iter().find(|(name, _)| name == "look")?.1.parse().ok()
}

/// A slide with the words as they are typed, and what is wrong with them.
#[derive(Debug)]
struct Look {
    slide: usize,
    /// A data address; none where it can't be drawn.
    picture: Option<String>,
    /// Sentences: what does not fit, with the mend.
    problems: Vec<String>,
}

/// How the edited content will look, and whether it fits.
#[derive(Template)]
#[template(path = "preview.html")]
struct PreviewFragment {
    page: Page,
    look: Look,
}

pub(crate) async fn form(
    State(web): State<Web>,
    person: Person,
    At(id): At<VariantId>,
) -> Result<Response, PageError> {
    person.actor().require(Right::Make).map_err(|error| person.error(error))?;
    let variant = web.studio.variant(person.actor(), id).await.map_err(|error| person.error(error))?;
    let groups = groups(&variant.content);
    Ok(page(&web, &person, variant, groups, vec![]).answer(StatusCode::OK))
}

pub(crate) async fn save(
    State(web): State<Web>,
    person: Person,
    At(id): At<VariantId>,
    Form(form): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let failed = |error| person.error(error);
    let variant = web.studio.variant(person.actor(), id).await.map_err(failed)?;
    let json = filled(&variant.content, &form);
    if let Some(slide) = asked_for(&form) {
        let groups = typed(groups(&variant.content), &form);
        let page = page(&web, &person, variant, groups, vec![]);
        return Ok(page.looking((&web, &person), json, slide).await?.answer(StatusCode::OK));
    }
    match web.studio.edit(person.actor(), id, json).await {
        // The page stays open, and shows the new one beside the others.
        Ok(edited) if person.reader.wants_fragment => Ok(is_edited(&person, &edited)),
        Ok(edited) => {
            let (carousel, stage) = (edited.carousel, edited.stage);
            let to = format!("/carousels/{carousel}/stages/{stage}?done=done-edited#v-{}", edited.id);
            Ok(Redirect::to(&to).into_response())
        }
        Err(StudioError::Invalid { problems }) => {
            // What was typed stays, beside what is wrong with it.
            let groups = typed(groups(&variant.content), &form);
            let code = status(&StudioError::Invalid { problems: vec![] });
            Ok(page(&web, &person, variant, groups, problems).answer(code))
        }
        Err(error) => Err(failed(error)),
    }
}

pub(crate) async fn preview(
    State(web): State<Web>,
    person: Person,
    At(id): At<VariantId>,
    Form(form): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let failed = |error| person.error(error);
    let variant = web.studio.variant(person.actor(), id).await.map_err(failed)?;
    let json = filled(&variant.content, &form);
    let slide = form.iter().find(|(name, _)| name == "slide").and_then(|(_, n)| n.parse().ok()).unwrap_or(1);
    let look = look((&web, &person), &variant, json, slide).await?;
    Ok(html(&PreviewFragment { page: person.page("edit-title"), look }))
}

/// Tells the page's script which variant has come; what it says to the person is beside it.
fn is_edited(person: &Person, edited: &Variant) -> Response {
    let said = person.reader.words.text("done-edited");
    let event = serde_json::json!({ "edited": { "id": edited.id, "said": said } });
    let mut response = StatusCode::NO_CONTENT.into_response();
    if let Ok(event) = HeaderValue::from_str(&ascii(&event.to_string())) {
        response.headers_mut().insert("hx-trigger", event);
    }
    response
}

/// JSON that a header can carry: what is not ASCII escaped.
fn ascii(json: &str) -> String {
    let mut units = [0; 2];
    let escaped = json.chars().map(|letter| {
        if letter.is_ascii() {
            return letter.to_string();
        }
        letter.encode_utf16(&mut units).iter().map(|unit| format!("\\u{unit:04x}")).collect()
    });
    escaped.collect()
}

async fn look(
    (web, person): (&Web, &Person),
    variant: &Variant,
    json: serde_json::Value,
    slide: usize,
) -> Result<Look, PageError> {
    let page = person.page("edit-title");
    let drawn = web.studio.deck_preview(person.actor(), variant.carousel, variant.stage, json, slide).await;
    match drawn {
        Ok(preview) => {
            let misfits = preview.checks.iter().filter(|check| !check.passed);
            let misfits = misfits.map(|check| page.sentence(&check.message));
            let problems = preview.problems.iter().map(|one| page.problem(one)).chain(misfits).collect();
            Ok(Look { slide, picture: preview.picture.map(|picture| data_address(&picture)), problems })
        }
        Err(StudioError::Invalid { problems }) => {
            let problems = problems.iter().map(|one| page.problem(one)).collect();
            Ok(Look { slide, picture: None, problems })
        }
        Err(error) => Err(person.error(error)),
    }
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
