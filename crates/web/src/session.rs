//! Who is signed in: the cookie, and the extractor that pages ask for.

use axum::extract::{FromRequestParts, OriginalUri};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use domain::Right;
use studio::{Actor, Signed, SignedIn, Standing, StudioError};

use crate::error::PageError;
use crate::page::Page;
use crate::reader::Reader;
use crate::web::Web;

/// As long as a session lives at the most, in days.
const DAYS: i64 = 90;

/// As long as a browser is known again, in days.
const BROWSER_DAYS: i64 = 365;

/// The `__Host-` prefix lets no other host of the domain set it; browsers take it over https alone.
fn name(web: &Web) -> &'static str {
    if web.config.is_https() { "__Host-slidewright" } else { "slidewright" }
}

/// The session's secret, where the request carries one.
pub(crate) fn cookie(web: &Web, headers: &HeaderMap) -> Option<String> {
    CookieJar::from_headers(headers).get(name(web)).map(|cookie| cookie.value().to_owned())
}

/// What this browser got when somebody was signed in with it, if that was ever.
pub(crate) fn browser(web: &Web, headers: &HeaderMap) -> Option<String> {
    CookieJar::from_headers(headers).get(browser_name(web)).map(|cookie| cookie.value().to_owned())
}

fn browser_name(web: &Web) -> &'static str {
    if web.config.is_https() { "__Host-slidewright-browser" } else { "slidewright-browser" }
}

/// Leads whoever has just signed in to a page, with the cookies that keep the session and that
/// know the browser again afterwards.
pub(crate) async fn welcome(
    web: &Web,
    reader: Reader,
    signed_in: SignedIn,
    to: &str,
) -> Result<Response, PageError> {
    let browser = web.studio.known_browser(&signed_in).await;
    let browser = browser.map_err(|error| PageError::new(error, reader))?;
    let kept = |name, value: String, days| {
        Cookie::build((name, value))
            .path("/")
            .http_only(true)
            .secure(web.config.is_https())
            .same_site(SameSite::Lax)
            .max_age(time::Duration::days(days))
    };
    let cookies = CookieJar::new().add(kept(name(web), signed_in.secret, DAYS)).add(kept(
        browser_name(web),
        browser,
        BROWSER_DAYS,
    ));
    Ok((cookies, Redirect::to(to)).into_response())
}

/// The cookie that ends it.
pub(crate) fn forget(web: &Web) -> CookieJar {
    CookieJar::new().add(Cookie::build((name(web), "")).path("/").max_age(time::Duration::ZERO))
}

/// A person who is signed in, and what they read.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    pub(crate) signed: Signed,
    pub(crate) reader: Reader,
    /// Budgets of the workspace that have reached their warning level.
    pub(crate) nearing: Vec<Standing>,
}

impl Person {
    pub(crate) fn actor(&self) -> Actor {
        self.signed.actor
    }

    pub(crate) fn may(&self, right: Right) -> bool {
        self.signed.actor.role.may(right)
    }

    /// What is around a page's own content; `title` is a key of the catalogue.
    pub(crate) fn page(&self, title: &str) -> Page {
        Page::new(self.reader, self.reader.words.text(title)).signed(&self.signed).warned(&self.nearing)
    }

    /// The same with a title that is a person's own words.
    pub(crate) fn page_titled(&self, title: impl Into<String>) -> Page {
        Page::new(self.reader, title.into()).signed(&self.signed).warned(&self.nearing)
    }

    /// An error as this person reads it.
    pub(crate) fn error(&self, error: StudioError) -> PageError {
        PageError::new(error, self.reader).for_person(&self.signed)
    }
}

/// Not signed in: to the first page, or to the one that asks for a password.
pub(crate) enum Stranger {
    Start,
    SignIn { next: String },
    Broken(PageError),
}

impl FromRequestParts<Web> for Person {
    type Rejection = Stranger;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Self::Rejection> {
        let reader = Reader::of(parts);
        let broken = |error| Stranger::Broken(PageError::new(error, reader));
        if let Some(secret) = cookie(web, &parts.headers)
            && let Some(signed) = web.studio.session(&secret).await.map_err(broken)?
        {
            let language = signed.language.or(signed.settings.language);
            let reader = reader.speaking(language.map(|language| language.to_string()).as_deref());
            let standings = web.studio.standings(signed.actor).await.map_err(broken)?;
            return Ok(Self { signed, reader, nearing: standings.nearing().collect() });
        }
        if !web.studio.has_account().await.map_err(broken)? {
            return Err(Stranger::Start);
        }
        let uri = OriginalUri::from_request_parts(parts, web).await.unwrap_or_else(|never| match never {});
        // After a form was sent, its own page is the one to come back to.
        let next = if parts.method == axum::http::Method::GET { uri.to_string() } else { "/".to_owned() };
        Err(Stranger::SignIn { next })
    }
}

impl IntoResponse for Stranger {
    fn into_response(self) -> Response {
        match self {
            Self::Start => Redirect::to("/start").into_response(),
            Self::SignIn { next } => {
                let next: String = url::form_urlencoded::byte_serialize(next.as_bytes()).collect();
                Redirect::to(&format!("/sign-in?next={next}")).into_response()
            }
            Self::Broken(error) => error.into_response(),
        }
    }
}
