//! What guards every request, whatever it asks for: headers, and forged requests refused.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::Response;
use url::Url;

use crate::error::PageError;
use crate::reader::Reader;
use crate::session;
use crate::web::Web;

/// Scripts, styles and pictures come from here alone, and nothing is written into the page.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; \
                      connect-src 'self'; font-src 'self'; manifest-src 'self'; form-action 'self'; \
                      frame-ancestors 'none'; base-uri 'none'";

/// The page that documents the API sets styles from its script.
const POLICY_OF_DOCS: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
                              img-src 'self' data:; connect-src 'self'; font-src 'self'; \
                              frame-ancestors 'none'; base-uri 'none'";

/// Sets the headers that a browser guards a page by.
pub(crate) async fn headers(State(web): State<Web>, request: Request, next: Next) -> Response {
    let is_docs = request.uri().path().starts_with("/docs");
    let is_clients = is_clients(request.uri().path());
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let policy = if is_docs { POLICY_OF_DOCS } else { POLICY };
    let mut set = |name, value| headers.insert(name, HeaderValue::from_static(value));
    set(header::CONTENT_SECURITY_POLICY, policy);
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    // Who has the address of a client's link can answer there: it is told to nobody.
    set(header::REFERRER_POLICY, if is_clients { "no-referrer" } else { "same-origin" });
    if is_clients {
        set(HeaderName::from_static("x-robots-tag"), "noindex, nofollow");
    }
    set(header::X_FRAME_OPTIONS, "DENY");
    if web.config.is_https() {
        set(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
    // A page shows what belongs to one person: no cache keeps it unless its handler says so.
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// Below a client's link, whose secret is the second part of the path.
pub(crate) fn is_clients(path: &str) -> bool {
    path.starts_with("/l/")
}

/// Refuses a changing request by cookie that a foreign page may have sent.
///
/// What browsers say by `Sec-Fetch-Site` and `Origin` was judged before. A browser so old that
/// it sends neither sends `Referer`; where all three are missing, nothing shows where a request
/// with a session came from. Programs send a token and no cookie, and are not concerned.
pub(crate) async fn same_site(
    State(web): State<Web>,
    reader: Reader,
    request: Request,
    next: Next,
) -> Result<Response, PageError> {
    let headers = request.headers();
    let changes = !matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let says = headers.contains_key("sec-fetch-site") || headers.contains_key(header::ORIGIN);
    if changes && !says && session::cookie(&web, headers).is_some() && !referred_from_here(&web, headers) {
        return Err(PageError::forged(reader));
    }
    Ok(next.run(request).await)
}

fn referred_from_here(web: &Web, headers: &HeaderMap) -> bool {
    let referer = headers.get(header::REFERER).and_then(|value| value.to_str().ok());
    referer.and_then(|text| text.parse::<Url>().ok()).is_some_and(|page| is_from_here(web, headers, &page))
}

/// Whether a page is one of ours, by the address that was asked.
pub(crate) fn is_from_here(web: &Web, headers: &HeaderMap, page: &Url) -> bool {
    let from = page.origin().ascii_serialization();
    web.config.origin().is_some_and(|origin| origin == from)
        || host(headers)
            .is_some_and(|host| from == format!("http://{host}") || from == format!("https://{host}"))
}

pub(crate) fn host(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::HOST).and_then(|value| value.to_str().ok())
}

/// Who asks, by network address; a proxy's word is taken only where it is ours.
pub(crate) fn visitor(web: &Web, peer: SocketAddr, headers: &HeaderMap) -> IpAddr {
    let forwarded = || headers.get("x-forwarded-for")?.to_str().ok()?.rsplit(',').next()?.trim().parse().ok();
    if web.config.behind_proxy { forwarded().unwrap_or(peer.ip()) } else { peer.ip() }
}

/// Whether the visitor sits at this very machine: only there may anybody be let in without a
/// password. A proxy in between or a foreign name for this machine's address speaks against it.
pub(crate) fn is_at_this_machine(web: &Web, peer: SocketAddr, headers: &HeaderMap) -> bool {
    let proxied = ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via"];
    let name = host(headers).unwrap_or_default();
    let name = match name.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => name,
    };
    web.config.public_url.is_none()
        && peer.ip().to_canonical().is_loopback()
        && ["localhost", "127.0.0.1", "[::1]"].contains(&name)
        && !proxied.iter().any(|header| headers.contains_key(*header))
}

/// The address of the other end; axum's own extractor, under a shorter name.
pub(crate) type Peer = ConnectInfo<SocketAddr>;
