//! Requests to one connection: its headers, its errors by status, its bodies within a limit.

use std::time::Duration;

use futures::StreamExt;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Client, Method, Proxy, RequestBuilder, Response, redirect};
use serde_json::Value;
use thiserror::Error;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc2822;

use crate::connection::Connection;
use crate::wire::error;
use crate::wire::failure::{Failure, FailureKind};

/// An image in base64, or the vectors of a batch, stay well below it.
const MOST_BYTES: usize = 64 << 20;
/// An error says little.
const MOST_ERROR_BYTES: usize = 64 << 10;

/// The client of a connection.
#[derive(Clone, Debug)]
pub(crate) struct Http {
    client: Client,
    connection: Connection,
}

/// The client can't be made.
#[derive(Debug, Error)]
#[error(
    "The connection to models can't be set up ({0}); look at the machine's certificates, the proxy and the key."
)]
pub struct NoClient(String);

impl Http {
    pub(crate) fn new(connection: Connection, connect: Duration) -> Result<Self, NoClient> {
        // Whoever installed one first wins; both are the same.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut client = Client::builder()
            .user_agent(concat!("Slidewright/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(connect)
            // The key goes to this address and to no other.
            .redirect(redirect::Policy::none())
            // Only the server crate reads the environment.
            .no_proxy()
            .default_headers(headers(&connection)?);
        if let Some(proxy) = &connection.proxy {
            client = client.proxy(Proxy::all(proxy.clone()).map_err(|error| NoClient(error.to_string()))?);
        }
        let client = client.build().map_err(|error| NoClient(error.to_string()))?;
        Ok(Self { client, connection })
    }

    pub(crate) fn connection(&self) -> &Connection {
        &self.connection
    }

    /// Sends JSON; an answer of failure is read to its end and becomes one here.
    pub(crate) async fn post(
        &self,
        path: &str,
        body: &Value,
        now: OffsetDateTime,
    ) -> Result<Response, Failure> {
        let request = self.client.request(Method::POST, self.connection.url(path));
        self.send(request.header(CONTENT_TYPE, "application/json").body(body.to_string()), now).await
    }

    pub(crate) async fn get(&self, path: &str, now: OffsetDateTime) -> Result<String, Failure> {
        let response = self.send(self.client.request(Method::GET, self.connection.url(path)), now).await?;
        self.text(response).await
    }

    async fn send(&self, request: RequestBuilder, now: OffsetDateTime) -> Result<Response, Failure> {
        let response = request.send().await.map_err(|error| self.not_sent(error))?;
        let status = response.status().as_u16();
        if (200..300).contains(&status) {
            return Ok(response);
        }
        let headers = response.headers().clone();
        let body = self.read(response, MOST_ERROR_BYTES).await.unwrap_or_default();
        let mut failure = error::from_status(status, &String::from_utf8_lossy(&body));
        failure.status = Some(status);
        failure.message = self.connection.without_key(&failure.message);
        // The platform's own limit is one of the key; a provider's is one of the model.
        failure.of_the_key =
            headers.contains_key("x-ratelimit-limit") || headers.contains_key("x-ratelimit-reset");
        failure.retry_after = retry_after(&headers, now).or(failure.retry_after);
        Err(failure)
    }

    /// The body as text.
    pub(crate) async fn text(&self, response: Response) -> Result<String, Failure> {
        let bytes = self.read(response, MOST_BYTES).await?;
        String::from_utf8(bytes).map_err(|_| Failure::new(FailureKind::Broken, "the answer is no text"))
    }

    async fn read(&self, response: Response, most: usize) -> Result<Vec<u8>, Failure> {
        let mut body = Vec::new();
        let mut pieces = response.bytes_stream();
        while let Some(piece) = pieces.next().await {
            let piece = piece.map_err(|error| self.cut_off(error))?;
            if body.len() + piece.len() > most {
                return Err(Failure::new(
                    FailureKind::Broken,
                    format!("the answer has more than {most} bytes"),
                ));
            }
            body.extend_from_slice(&piece);
        }
        Ok(body)
    }

    pub(crate) fn cut_off(&self, error: reqwest::Error) -> Failure {
        Failure::new(FailureKind::Broken, format!("the answer breaks off: {}", self.sentence(error)))
    }

    /// Where no connection came about, nothing can have been billed.
    fn not_sent(&self, error: reqwest::Error) -> Failure {
        let kind = if error.is_connect() { FailureKind::Unreachable } else { FailureKind::Broken };
        Failure::new(kind, self.sentence(error))
    }

    /// The error with its causes, without the address.
    fn sentence(&self, error: reqwest::Error) -> String {
        let error = error.without_url();
        let mut said = error.to_string();
        let mut cause = std::error::Error::source(&error);
        while let Some(inner) = cause {
            said = format!("{said}: {inner}");
            cause = inner.source();
        }
        self.connection.without_key(&said)
    }
}

fn headers(connection: &Connection) -> Result<HeaderMap, NoClient> {
    let value =
        |text: &str| HeaderValue::from_str(text).map_err(|_| NoClient("a header can't be sent".to_owned()));
    let mut headers = HeaderMap::new();
    if let Some(key) = connection.key() {
        let unfit = |_| NoClient("the key has letters that no key has".to_owned());
        let mut bearer = HeaderValue::from_str(&format!("Bearer {key}")).map_err(unfit)?;
        bearer.set_sensitive(true);
        headers.insert(AUTHORIZATION, bearer);
    }
    if let Some(site) = &connection.attribution.site {
        headers.insert(HeaderName::from_static("http-referer"), value(site)?);
    }
    if let Some(title) = &connection.attribution.title {
        headers.insert(HeaderName::from_static("x-openrouter-title"), value(title)?);
    }
    Ok(headers)
}

/// Seconds or a date; else when a limit is said to begin anew.
fn retry_after(headers: &HeaderMap, now: OffsetDateTime) -> Option<Duration> {
    let text = |name: &str| headers.get(name)?.to_str().ok().map(str::trim);
    let until = |at: OffsetDateTime| Some((at - now).try_into().unwrap_or(Duration::ZERO));
    if let Some(after) = text("retry-after") {
        if let Ok(seconds) = after.parse::<f64>() {
            return Duration::try_from_secs_f64(seconds).ok();
        }
        return OffsetDateTime::parse(after, &Rfc2822).ok().and_then(until);
    }
    // Milliseconds of the epoch as seen; the documentation does not say.
    let reset: i64 = text("x-ratelimit-reset")?.parse().ok()?;
    let seconds = if reset > 100_000_000_000 { reset / 1_000 } else { reset };
    OffsetDateTime::from_unix_timestamp(seconds).ok().filter(|at| *at > now).and_then(until)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use reqwest::header::HeaderMap;
    use time::macros::datetime;

    use super::retry_after;

    #[test]
    fn when_to_come_back_is_said_in_four_ways() {
        let now = datetime!(2026-11-22 10:00:00 UTC);
        let after = |name: &'static str, value: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(name, value.parse().unwrap());
            retry_after(&headers, now).map(|after| after.as_millis())
        };
        assert_eq!(after("retry-after", "40"), Some(40_000));
        assert_eq!(after("retry-after", "0.5"), Some(500));
        assert_eq!(after("retry-after", "Sun, 22 Nov 2026 10:01:00 GMT"), Some(60_000));
        assert_eq!(after("retry-after", "Sun, 22 Nov 2026 09:00:00 GMT"), Some(0));
        assert_eq!(after("retry-after", "soon"), None);
        assert_eq!(after("retry-after", "-1"), None);
        let epoch = now.unix_timestamp();
        let headers = |reset: i64| {
            let mut headers = HeaderMap::new();
            headers.insert("x-ratelimit-reset", reset.into());
            retry_after(&headers, now)
        };
        assert_eq!(headers((epoch + 5) * 1_000), Some(Duration::from_secs(5)));
        assert_eq!(headers(epoch + 5), Some(Duration::from_secs(5)));
        assert_eq!(headers(5), None);
    }
}
