//! A profile's logo: shown, uploaded, taken away.

use axum::extract::{Multipart, State};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use domain::{Problem, ProfileId, ProfileStep};
use serde_json::{Map, Value};
use studio::StudioError;

use super::StepPage;
use crate::at::At;
use crate::error::PageError;
use crate::session::Person;
use crate::web::Web;

pub(crate) async fn show(
    State(web): State<Web>,
    person: Person,
    At(id): At<ProfileId>,
) -> Result<Response, PageError> {
    let (bytes, media_type) =
        web.studio.logo(person.actor(), id).await.map_err(|error| person.error(error))?;
    Ok(([(header::CONTENT_TYPE, media_type)], bytes).into_response())
}

/// Takes the file of the form as the logo; its other button takes the logo away.
pub(crate) async fn upload(
    State(web): State<Web>,
    person: Person,
    At(id): At<ProfileId>,
    parts: Multipart,
) -> Result<Response, PageError> {
    let stored = match read(parts).await {
        Ok(Upload::Picture(bytes)) => web.studio.set_logo(person.actor(), id, bytes).await.map(|_| ()),
        Ok(Upload::Nothing) => {
            let patch = Map::from_iter([("logo".to_owned(), Value::Null)]);
            web.studio.patch_profile(person.actor(), id, &patch, None).await.map(|_| ())
        }
        Err(message) => {
            Err(StudioError::Invalid { problems: vec![Problem { field: "logo".to_owned(), message }] })
        }
    };
    match stored {
        Ok(()) => Ok(Redirect::to(&format!("/profiles/{id}/looks?done=done-logo#logo")).into_response()),
        Err(StudioError::Invalid { problems }) => {
            let profile = web.studio.profile(person.actor(), id).await;
            let (profile, _) = profile.map_err(|error| person.error(error))?;
            Ok(StepPage::new(&web, &person, Some(&profile), ProfileStep::Looks).refused(&[], problems))
        }
        Err(error) => Err(person.error(error)),
    }
}

enum Upload {
    Picture(Vec<u8>),
    /// The logo is to go.
    Nothing,
}

async fn read(mut parts: Multipart) -> Result<Upload, String> {
    while let Some(part) = parts.next_field().await.map_err(|error| error.body_text())? {
        match part.name() {
            Some("remove") => return Ok(Upload::Nothing),
            Some("file") => {
                let bytes = part.bytes().await.map_err(|error| error.body_text())?;
                if !bytes.is_empty() {
                    return Ok(Upload::Picture(bytes.to_vec()));
                }
            }
            _ => {}
        }
    }
    Err("is no file yet; choose a PNG, JPEG or WebP picture".to_owned())
}
