//! How often one caller may ask: generous to a person's script, and a bound on a broken one.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use axum::Router;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Request as AnyRequest, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};
use tower_governor::governor::GovernorConfigBuilder;
use tower_governor::key_extractor::KeyExtractor;
use tower_governor::{GovernorError, GovernorLayer};

use super::caller;
use super::problem::ApiError;
use crate::config::Rate;
use crate::web::Web;
use crate::{security, session};

const LIMIT: HeaderName = HeaderName::from_static("ratelimit-limit");
const REMAINING: HeaderName = HeaderName::from_static("ratelimit-remaining");
const RESET: HeaderName = HeaderName::from_static("ratelimit-reset");
/// As the library calls them.
const ITS_LIMIT: HeaderName = HeaderName::from_static("x-ratelimit-limit");
const ITS_REMAINING: HeaderName = HeaderName::from_static("x-ratelimit-remaining");

/// After how many requests those who have long been quiet are forgotten.
const FORGET_AFTER: u32 = 4096;

/// One caller: a token, a session, or else an address.
#[derive(Clone, Debug)]
struct CallerKey(Web);

impl KeyExtractor for CallerKey {
    /// A digest, so that no secret stays in memory.
    type Key = [u8; 32];

    fn extract<T>(&self, request: &AnyRequest<T>) -> Result<Self::Key, GovernorError> {
        let headers = request.headers();
        if let Some(token) = caller::token(headers) {
            return Ok(Sha256::digest(token).into());
        }
        if let Some(session) = session::cookie(&self.0, headers) {
            return Ok(Sha256::digest(session).into());
        }
        let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
        let ConnectInfo(peer) = peer.ok_or(GovernorError::UnableToExtractKey)?;
        Ok(Sha256::digest(security::visitor(&self.0, *peer, headers).to_string()).into())
    }
}

/// What the answers' headers need, and who is forgotten when.
#[derive(Clone)]
struct Counted {
    rate: Rate,
    asked: Arc<AtomicU32>,
    forget_the_quiet: Arc<dyn Fn() + Send + Sync>,
}

/// The same routes, at most as often as the configuration says.
pub(super) fn limited(web: &Web, routes: Router<Web>) -> Router<Web> {
    let rate = web.config.api_rate;
    let config = GovernorConfigBuilder::default()
        .key_extractor(CallerKey(web.clone()))
        .period(Duration::from_secs(1) / rate.per_second.max(1))
        .burst_size(rate.burst.max(1))
        .use_headers()
        .finish();
    let Some(config) = config.map(Arc::new) else { return routes };
    let callers = config.clone();
    let counted = Counted {
        rate,
        asked: Arc::default(),
        forget_the_quiet: Arc::new(move || callers.limiter().retain_recent()),
    };
    routes
        .layer(GovernorLayer::new(config).error_handler(refused))
        .layer(from_fn_with_state(counted, headers))
}

fn refused(error: GovernorError) -> Response {
    let GovernorError::TooManyRequests { wait_time, headers } = error else {
        return ApiError::of_status(StatusCode::INTERNAL_SERVER_ERROR).into_response();
    };
    // Its seconds are rounded down: who waits one more is let in.
    let mut response =
        ApiError::of_status(StatusCode::TOO_MANY_REQUESTS).retry_after(wait_time + 1).into_response();
    response.headers_mut().extend(
        headers.into_iter().flatten().filter(|(name, _)| {
            name.as_ref().is_some_and(|name| *name == ITS_LIMIT || *name == ITS_REMAINING)
        }),
    );
    response
}

/// Names the headers as the IETF's draft does.
async fn headers(State(counted): State<Counted>, request: Request, next: Next) -> Response {
    if counted.asked.fetch_add(1, Ordering::Relaxed) % FORGET_AFTER == FORGET_AFTER - 1 {
        (counted.forget_the_quiet)();
    }
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let Some(remaining) = taken(headers, &ITS_REMAINING) else { return response };
    let burst = taken(headers, &ITS_LIMIT).unwrap_or(counted.rate.burst);
    let whole_again = burst.saturating_sub(remaining).div_ceil(counted.rate.per_second.max(1));
    headers.insert(LIMIT, HeaderValue::from(burst));
    headers.insert(REMAINING, HeaderValue::from(remaining));
    headers.insert(RESET, HeaderValue::from(whole_again));
    response
}

fn taken(headers: &mut HeaderMap, name: &HeaderName) -> Option<u32> {
    headers.remove(name)?.to_str().ok()?.parse().ok()
}
