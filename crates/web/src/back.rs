//! What went wrong with a plain form is said on the page that it was sent from.
//!
//! The answer leads back there, and the sentence goes along in a cookie that the next page uses up.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use url::Url;

use crate::security;
use crate::web::Web;

const NAME: &str = "slidewright-said";
/// Longer than leading back takes, shorter than it would puzzle.
const SECONDS: i64 = 30;

tokio::task_local! {
    /// What went wrong before this page was asked for.
    static SAID: Option<String>;
}

/// A sentence on its way back, beside the answer that would be shown elsewhere.
#[derive(Clone, Debug)]
pub(crate) struct Trouble(pub(crate) String);

/// What the page that is being made has to say of the form that led to it.
pub(crate) fn said() -> Option<String> {
    SAID.try_with(Clone::clone).ok().flatten()
}

/// Leads whoever sent a form that was refused back to its page.
pub(crate) async fn lead(State(web): State<Web>, request: Request, next: Next) -> Response {
    let back = sent_from(&web, &request);
    let said =
        CookieJar::from_headers(request.headers()).get(NAME).and_then(|cookie| decoded(cookie.value()));
    let was_said = said.is_some();
    let mut response = SAID.scope(said, next.run(request)).await;
    if let (Some(back), Some(Trouble(sentence))) = (back, response.extensions_mut().remove::<Trouble>()) {
        return (CookieJar::new().add(cookie(encoded(&sentence), SECONDS)), Redirect::to(&back))
            .into_response();
    }
    if was_said
        && is_page(response.headers())
        && let Ok(gone) = HeaderValue::from_str(&cookie(String::new(), 0).to_string())
    {
        response.headers_mut().append(header::SET_COOKIE, gone);
    }
    response
}

/// An address that only takes forms was loaded as a page: the one above it is meant.
pub(crate) async fn up(method: Method, uri: Uri) -> Response {
    if method != Method::GET {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    Redirect::to(&above(uri.path())).into_response()
}

/// The page whose forms are sent to this address.
fn above(path: &str) -> String {
    match path.rsplit_once('/') {
        Some((variant, "edits")) => format!("{variant}/edit"),
        Some(("", _)) | None => "/".to_owned(),
        Some((parent, _)) => parent.to_owned(),
    }
}

/// The page of ours that a plain form was sent from.
fn sent_from(web: &Web, request: &Request) -> Option<String> {
    let headers = request.headers();
    if request.method() != Method::POST || headers.contains_key("hx-request") {
        return None;
    }
    let referer: Url = headers.get(header::REFERER)?.to_str().ok()?.parse().ok()?;
    let mut query: Vec<(String, String)> = referer.query_pairs().into_owned().collect();
    // That something was done was said of what came before.
    query.retain(|(name, _)| name != "done");
    let mut to = referer.path().to_owned();
    if !query.is_empty() {
        let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(query).finish();
        to = format!("{to}?{query}");
    }
    security::is_from_here(web, headers, &referer).then_some(to)
}

fn is_page(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
}

fn cookie(value: String, seconds: i64) -> Cookie<'static> {
    let cookie = Cookie::build((NAME, value)).path("/").http_only(true).same_site(SameSite::Strict);
    cookie.max_age(time::Duration::seconds(seconds)).build()
}

fn encoded(sentence: &str) -> String {
    url::form_urlencoded::byte_serialize(sentence.as_bytes()).collect()
}

fn decoded(value: &str) -> Option<String> {
    let pair = format!("said={value}");
    let said = url::form_urlencoded::parse(pair.as_bytes()).next()?.1.into_owned();
    (!said.is_empty()).then_some(said)
}

#[cfg(test)]
mod tests {
    use super::{above, decoded, encoded};

    #[test]
    fn a_sentence_comes_back_as_it_went() {
        let said = "Größer; „als“ 5 + 3 = 8, \"so\" viel.\r\nx";
        assert!(encoded(said).bytes().all(|byte| byte.is_ascii_graphic() && byte != b';' && byte != b','));
        assert_eq!(decoded(&encoded(said)).as_deref(), Some(said));
        assert_eq!(decoded(""), None);
    }

    #[test]
    fn forms_have_a_page_above_them() {
        assert_eq!(above("/members/invitations"), "/members");
        assert_eq!(above("/carousels/1/stages/copy/rejections"), "/carousels/1/stages/copy");
        assert_eq!(above("/variants/1/edits"), "/variants/1/edit");
        assert_eq!(above("/sign-out"), "/");
    }
}
