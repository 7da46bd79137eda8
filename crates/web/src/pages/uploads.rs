//! Fonts and themes that a person brings.

use axum::extract::{Multipart, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::Problem;
use studio::StudioError;

use super::settings;
use crate::error::PageError;
use crate::session::Person;
use crate::web::Web;

/// The most that an upload may carry, in bytes: a family of fonts for East Asian scripts.
pub(crate) const MOST: usize = 96 << 20;

pub(crate) async fn fonts(
    State(web): State<Web>,
    person: Person,
    parts: Multipart,
) -> Result<Response, PageError> {
    let added = match Upload::read(parts).await {
        Ok(upload) => web.studio.upload_fonts(person.actor(), upload.files).await.map(|_| Vec::new()),
        Err(message) => Err(invalid("fonts", message)),
    };
    answer(&web, &person, added, "done-fonts").await
}

pub(crate) async fn theme(
    State(web): State<Web>,
    person: Person,
    parts: Multipart,
) -> Result<Response, PageError> {
    let added = match Upload::read(parts).await {
        Ok(Upload { name, mut files }) => {
            let bytes = files.pop().map(|(_, bytes)| bytes).unwrap_or_default();
            web.studio.upload_theme(person.actor(), &name, bytes).await.map(|theme| theme.warnings)
        }
        Err(message) => Err(invalid("theme", message)),
    };
    answer(&web, &person, added, "done-theme").await
}

/// What may be used and should be mended is said like what could not be used.
async fn answer(
    web: &Web,
    person: &Person,
    added: Result<Vec<String>, StudioError>,
    done: &str,
) -> Result<Response, PageError> {
    match added {
        Ok(warnings) if warnings.is_empty() => {
            Ok(Redirect::to(&format!("/settings?done={done}#themes")).into_response())
        }
        Ok(warnings) => {
            let problem = |message| Problem { field: "theme".to_owned(), message };
            settings::refused(web, person, warnings.into_iter().map(problem).collect()).await
        }
        Err(StudioError::Invalid { problems }) => settings::refused(web, person, problems).await,
        Err(error) => Err(person.error(error)),
    }
}

fn invalid(field: &str, message: String) -> StudioError {
    StudioError::Invalid { problems: vec![Problem { field: field.to_owned(), message }] }
}

/// The files of a form, and the name that it gives them.
#[derive(Default)]
struct Upload {
    name: String,
    files: Vec<(String, Vec<u8>)>,
}

impl Upload {
    async fn read(mut parts: Multipart) -> Result<Self, String> {
        let mut upload = Self::default();
        while let Some(part) = parts.next_field().await.map_err(|error| error.body_text())? {
            let file = part.file_name().map(str::to_owned);
            let is_name = part.name() == Some("name");
            let bytes = part.bytes().await.map_err(|error| error.body_text())?;
            match file {
                Some(file) if !bytes.is_empty() => upload.files.push((file, bytes.to_vec())),
                None if is_name => upload.name = String::from_utf8_lossy(&bytes).trim().to_owned(),
                _ => {}
            }
        }
        Ok(upload)
    }
}
