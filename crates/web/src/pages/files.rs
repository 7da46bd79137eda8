//! A carousel's files to take out, and a carousel made of a file that was taken out before.

use askama::Template;
use axum::extract::{Multipart, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use domain::{Carousel, CarouselId, Problem, Right};
use studio::{Download, Imported, StudioError};

use crate::at::At;
use crate::error::PageError;
use crate::page::{Page, html, html_with};
use crate::session::Person;
use crate::web::Web;

pub(crate) async fn download(
    State(web): State<Web>,
    person: Person,
    At((id, name)): At<(CarouselId, String)>,
) -> Result<Response, PageError> {
    let failed = |error| person.error(error);
    let what = wanted(&name).ok_or(StudioError::NotFound("file")).map_err(failed)?;
    let file = web.studio.download(person.actor(), id, what).await.map_err(failed)?;
    let headers = [
        (header::CONTENT_TYPE, file.media_type.to_owned()),
        (header::CONTENT_DISPOSITION, attachment(&file.name)),
    ];
    Ok((headers, file.bytes).into_response())
}

/// The address of a file says what it is.
fn wanted(name: &str) -> Option<Download> {
    Some(match name {
        "slides-jpeg.zip" => Download::JpegZip,
        "slides-png.zip" => Download::PngZip,
        "carousel.pdf" => Download::Pdf,
        "carousel.json" => Download::Json,
        "caption.txt" => Download::Caption,
        _ => return None,
    })
}

/// The name under which a browser keeps a file: in plain letters for old ones, and as it is.
fn attachment(name: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    let plain: String = name.chars().map(|c| if is_plain(c) { c } else { '-' }).collect();
    let mut exact = String::new();
    for byte in name.bytes() {
        if is_plain(char::from(byte)) {
            exact.push(char::from(byte));
        } else {
            exact.push_str(&format!("%{byte:02X}"));
        }
    }
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{exact}")
}

#[derive(Template)]
#[template(path = "import.html")]
struct ImportPage {
    page: Page,
    problems: Vec<Problem>,
    /// The carousel that was made of the file, where not all of the file could be kept.
    made: Option<Carousel>,
    /// What could not be kept, a sentence each.
    notes: Vec<String>,
}

impl ImportPage {
    fn new(person: &Person, problems: Vec<Problem>) -> Self {
        let page = person.page("import-title").section("library");
        Self { page, problems, made: None, notes: vec![] }
    }
}

pub(crate) async fn import_form(person: Person) -> Result<Response, PageError> {
    person.actor().require(Right::Make).map_err(|error| person.error(error))?;
    Ok(html(&ImportPage::new(&person, vec![])))
}

pub(crate) async fn import(
    State(web): State<Web>,
    person: Person,
    parts: Multipart,
) -> Result<Response, PageError> {
    let refused = |problems: Vec<Problem>| {
        Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, &ImportPage::new(&person, problems)))
    };
    let wrong = |message: String| vec![Problem { field: String::new(), message }];
    let bytes = match uploaded(parts).await {
        Ok(Some(bytes)) => bytes,
        Ok(None) => return refused(wrong(person.reader.words.text("import-none"))),
        Err(sentence) => return refused(wrong(sentence)),
    };
    match web.studio.import(person.actor(), &bytes).await {
        Ok(Imported { carousel, notes }) if notes.is_empty() => {
            Ok(Redirect::to(&format!("/carousels/{}?done=done-imported", carousel.id)).into_response())
        }
        Ok(Imported { carousel, notes }) => {
            let page = ImportPage::new(&person, vec![]);
            Ok(html(&ImportPage { made: Some(carousel), notes, ..page }))
        }
        Err(StudioError::Invalid { problems }) => refused(problems),
        Err(error) => Err(person.error(error)),
    }
}

/// The uploaded file; none where the field was left empty.
async fn uploaded(mut parts: Multipart) -> Result<Option<Vec<u8>>, String> {
    while let Some(part) = parts.next_field().await.map_err(|error| error.body_text())? {
        if part.name() == Some("file") {
            let bytes = part.bytes().await.map_err(|error| error.body_text())?;
            return Ok(Some(bytes.to_vec()).filter(|bytes| !bytes.is_empty()));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::attachment;

    #[test]
    fn a_file_name_of_any_letters_stays_one_header() {
        assert_eq!(
            attachment("Bäume \"in\"\r\nder Stadt.pdf"),
            "attachment; filename=\"B-ume--in---der-Stadt.pdf\"; \
             filename*=UTF-8''B%C3%A4ume%20%22in%22%0D%0Ader%20Stadt.pdf"
        );
    }
}
