//! What a client sees through a link: the slides as they will be posted, and a form for stars, a
//! comment and approval. There is no account, nothing else of the workspace, and looking at the
//! page changes nothing.

use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use domain::content::Caption;
use domain::{Problem, Stars};
use serde::Deserialize;
use studio::{Answer, LinkedCarousel, NewAnswer, StudioError};

use super::carousel::{expected, open_stage, version};
use super::links::stars;
use super::pictures;
use super::reel::Reel;
use crate::at::At;
use crate::error::{PageError, status};
use crate::page::{Page, html, html_with};
use crate::reader::Reader;
use crate::web::Web;

#[derive(Template)]
#[template(path = "client.html")]
struct ClientPage {
    page: Page,
    secret: String,
    linked: LinkedCarousel,
    /// None while the carousel is being changed.
    finished: Option<Finished>,
    form: AnswerForm,
    problems: Vec<Problem>,
}

/// What there is to judge.
struct Finished {
    reel: Reel,
    caption: Caption,
}

/// Where a link leads that opens nothing.
#[derive(Template)]
#[template(path = "client_over.html")]
struct OverPage {
    page: Page,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct AnswerForm {
    stars: String,
    comment: String,
    /// Of the slides that were shown with the form.
    version: String,
    /// Sent by the button that approves, and by it alone.
    approved: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct ClientQuery {
    done: Option<String>,
}

impl ClientPage {
    fn new(reader: Reader, secret: String, linked: LinkedCarousel) -> Self {
        let finished = finished(&linked, &secret);
        let page = Page::new(reader, linked.work.carousel.title.clone());
        Self { page, secret, linked, finished, form: AnswerForm::default(), problems: vec![] }
    }

    fn stars_of(&self, answer: &Answer) -> Option<String> {
        stars(answer)
    }

    fn is_chosen(&self, stars: u8) -> bool {
        self.form.stars == stars.to_string()
    }

    /// Which slides the client looks at.
    fn version(&self) -> String {
        self.linked.changed_at.map(|at| at.unix_timestamp_nanos().to_string()).unwrap_or_default()
    }
}

fn finished(linked: &LinkedCarousel, secret: &str) -> Option<Finished> {
    let work = &linked.work;
    if open_stage(work).is_some() {
        return None;
    }
    let reel = Reel::new(work, |n| format!("/l/{secret}/slides/{n}.jpg?v={}", version(&work.carousel)));
    Some(Finished { reel, caption: work.caption()?.clone() })
}

pub(crate) async fn page(
    State(web): State<Web>,
    reader: Reader,
    At(secret): At<String>,
    Query(query): Query<ClientQuery>,
) -> Result<Response, PageError> {
    let linked = match web.studio.open_link(&secret).await {
        Ok(linked) => linked,
        Err(error) => return over(error, reader),
    };
    let page = ClientPage::new(reader, secret, linked);
    Ok(html(&ClientPage { page: page.page.notice(query.done.as_deref()), ..page }))
}

pub(crate) async fn answer(
    State(web): State<Web>,
    reader: Reader,
    At(secret): At<String>,
    Form(form): Form<AnswerForm>,
) -> Result<Response, PageError> {
    let new = NewAnswer {
        stars: form.stars.parse::<u8>().ok().and_then(|stars| Stars::try_from(stars).ok()),
        comment: Some(form.comment.clone()),
        approved: form.approved.is_some(),
        seen: expected(&form.version),
    };
    let linked = match web.studio.open_link(&secret).await {
        Ok(linked) => linked,
        Err(error) => return over(error, reader),
    };
    let page = ClientPage::new(reader, secret.clone(), linked);
    if page.finished.is_none() {
        // It was taken back into work while the client was looking: there is nothing to approve.
        return Ok(html_with(StatusCode::CONFLICT, &page));
    }
    match web.studio.answer_link(&secret, new).await {
        Ok(_) => Ok(Redirect::to(&format!("/l/{secret}?done=done-answered#answers")).into_response()),
        Err(StudioError::Invalid { problems }) => {
            let problems = problems.into_iter().map(|problem| named(reader, problem)).collect();
            let code = status(&StudioError::Invalid { problems: vec![] });
            Ok(html_with(code, &ClientPage { form, problems, ..page }))
        }
        Err(StudioError::Taken(_)) => {
            let field = reader.words.text("client-approve");
            let problem = Problem { field, message: reader.words.text("client-changed") };
            Ok(html_with(StatusCode::CONFLICT, &ClientPage { form, problems: vec![problem], ..page }))
        }
        Err(error) => over(error, reader),
    }
}

fn named(reader: Reader, problem: Problem) -> Problem {
    Problem { field: reader.words.text("client-comment"), ..problem }
}

/// One of the carousel's slides, and no other carousel's.
pub(crate) async fn slide(
    State(web): State<Web>,
    reader: Reader,
    At((secret, name)): At<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, PageError> {
    let failed = |error| PageError::new(error, reader);
    let linked = match web.studio.open_link(&secret).await {
        Ok(linked) => linked,
        Err(error) => return over(error, reader),
    };
    let wanted = pictures::parsed(&name).filter(|_| finished(&linked, &secret).is_some());
    let (n, encoding) = wanted.ok_or(StudioError::NotFound("slide")).map_err(failed)?;
    let picture = web.studio.slide_picture(linked.scope, linked.link.carousel, n, encoding).await;
    Ok(pictures::answer(&headers, picture.map_err(failed)?))
}

/// A page that says why the link opens nothing; what is no fault of the link is an error as any.
fn over(error: StudioError, reader: Reader) -> Result<Response, PageError> {
    let title = match error {
        StudioError::Unknown(_) => "client-unknown",
        StudioError::Gone(_) => "client-gone",
        error => return Err(PageError::new(error, reader)),
    };
    let page = Page::new(reader, reader.words.text(title));
    Ok(html_with(status(&error), &OverPage { page }))
}
