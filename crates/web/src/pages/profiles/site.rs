//! What a profile's own site says, offered piece by piece: only what is chosen is kept.

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::{LIST_ENTRY, Problem, Profile, ProfileId, ProfileStep};
use serde_json::{Map, Value, json};
use studio::intake::{FetchLimits, Fetcher};
use studio::{LogoCandidate, StudioError, Suggestion};

use super::StepPage;
use crate::at::At;
use crate::error::PageError;
use crate::page::{Page, html};
use crate::session::Person;
use crate::web::Web;

#[derive(Template)]
#[template(path = "profile_site.html")]
struct SitePage {
    page: Page,
    id: ProfileId,
    found: Suggestion,
}

impl SitePage {
    fn is_empty(&self) -> bool {
        let Suggestion { title, description, colors, logos, handle, .. } = &self.found;
        [title, description, handle].iter().all(|text| text.is_empty())
            && colors.is_empty()
            && logos.is_empty()
    }

    /// The description, as long as an entry of a profile may be.
    fn about(&self) -> String {
        self.found.description.chars().take(LIST_ENTRY).collect()
    }

    fn bytes(&self, logo: &LogoCandidate) -> String {
        STANDARD.encode(&logo.bytes)
    }

    fn most(&self) -> usize {
        LIST_ENTRY
    }
}

/// Reads the site that stands in the profile, and offers what it says.
pub(crate) async fn read(
    State(web): State<Web>,
    person: Person,
    At(id): At<ProfileId>,
) -> Result<Response, PageError> {
    let failed = |error| person.error(error);
    let (profile, _) = web.studio.profile(person.actor(), id).await.map_err(failed)?;
    match suggestion(&web, &person, &profile).await {
        Ok(found) => {
            let page = person.page("site-title").section("profiles");
            Ok(html(&SitePage { page, id, found }))
        }
        Err(StudioError::Intake(error)) => {
            let problem = Problem { field: "site".to_owned(), message: error.to_string() };
            let basics = StepPage::new(&web, &person, Some(&profile), ProfileStep::Basics);
            Ok(basics.refused(&[], vec![problem]))
        }
        Err(error) => Err(failed(error)),
    }
}

async fn suggestion(web: &Web, person: &Person, profile: &Profile) -> Result<Suggestion, StudioError> {
    let allow_private_addresses = web.config.allow_private_addresses;
    let fetcher = Fetcher::new(FetchLimits { allow_private_addresses, ..FetchLimits::default() })?;
    web.studio.prefill(person.actor(), &fetcher, &profile.fields.site).await
}

/// Keeps what was chosen, as it stands in the form.
pub(crate) async fn take(
    State(web): State<Web>,
    person: Person,
    At(id): At<ProfileId>,
    Form(typed): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let failed = |error| person.error(error);
    let (profile, _) = web.studio.profile(person.actor(), id).await.map_err(failed)?;
    match keep(&web, &person, &profile, &typed).await {
        Ok(()) => Ok(Redirect::to(&format!("/profiles/{id}/basics?done=done-site")).into_response()),
        Err(StudioError::Invalid { problems }) => {
            let basics = StepPage::new(&web, &person, Some(&profile), ProfileStep::Basics);
            Ok(basics.refused(&typed, problems))
        }
        Err(error) => Err(failed(error)),
    }
}

async fn keep(
    web: &Web,
    person: &Person,
    profile: &Profile,
    typed: &[(String, String)],
) -> Result<(), StudioError> {
    let change = chosen(profile, typed);
    if !change.is_empty() {
        web.studio.patch_profile(person.actor(), profile.id, &change, None).await?;
    }
    let logo = typed.iter().find(|(name, bytes)| name == "logo" && !bytes.is_empty());
    if let Some((_, bytes)) = logo {
        let bytes = STANDARD.decode(bytes).unwrap_or_default(); // nothing is no picture, as set_logo says
        web.studio.set_logo(person.actor(), profile.id, bytes).await?;
    }
    Ok(())
}

/// The change of the profile that was confirmed.
fn chosen(profile: &Profile, typed: &[(String, String)]) -> Map<String, Value> {
    let is_taken = |name: &str| typed.iter().any(|(key, value)| key == "take" && value == name);
    let mut change = Map::new();
    for (name, text) in typed {
        match name.as_str() {
            "name" | "handle" if is_taken(name) => _ = change.insert(name.clone(), json!(text)),
            "unique_points" if is_taken(name) => {
                let mut points = profile.fields.unique_points.clone();
                if !points.contains(text) {
                    points.push(text.clone());
                }
                change.insert(name.clone(), json!(points));
            }
            "brand_color" if !text.is_empty() => _ = change.insert(name.clone(), json!(text)),
            _ => {}
        }
    }
    change
}

#[cfg(test)]
mod tests {
    use domain::{Profile, ProfileFields, ProfileId};
    use serde_json::json;

    use super::chosen;

    #[test]
    fn only_what_was_ticked_is_kept() {
        let fields =
            ProfileFields { unique_points: vec!["Open at night".to_owned()], ..ProfileFields::default() };
        let profile = Profile { id: ProfileId(uuid::Uuid::nil()), fields };
        let form = [
            ("name", "Ada's"),
            ("take", "unique_points"),
            ("unique_points", "Bread with time"),
            ("handle", "ada"),
            ("brand_color", ""),
            ("logo", ""),
        ];
        let typed = form.map(|(name, text)| (name.to_owned(), text.to_owned()));
        let change = chosen(&profile, &typed);
        assert_eq!(json!(change), json!({ "unique_points": ["Open at night", "Bread with time"] }));
    }
}
