//! Themes as pictures, to choose by.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use domain::ProfileId;
use domain::content::ThemeName;
use studio::StudioError;

use super::pictures::answer;
use crate::at::At;
use crate::error::PageError;
use crate::session::Person;
use crate::web::Web;

/// `bold_vibrant.jpg`: sample words in that theme.
pub(crate) async fn plain(
    State(web): State<Web>,
    person: Person,
    At(name): At<String>,
    headers: HeaderMap,
) -> Result<Response, PageError> {
    draw(&web, &person, None, &name, &headers).await
}

/// The same in the colour, fonts and logo of a profile.
pub(crate) async fn of_profile(
    State(web): State<Web>,
    person: Person,
    At((id, name)): At<(ProfileId, String)>,
    headers: HeaderMap,
) -> Result<Response, PageError> {
    draw(&web, &person, Some(id), &name, &headers).await
}

async fn draw(
    web: &Web,
    person: &Person,
    profile: Option<ProfileId>,
    name: &str,
    headers: &HeaderMap,
) -> Result<Response, PageError> {
    let failed = |error| person.error(error);
    let theme = name.strip_suffix(".jpg").ok_or(StudioError::NotFound("theme")).map_err(failed)?;
    let theme = ThemeName(theme.to_owned());
    let picture = web.studio.theme_picture(person.actor(), &theme, profile).await.map_err(failed)?;
    Ok(answer(headers, picture))
}
