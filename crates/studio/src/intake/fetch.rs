//! A source from an address: one page, within limits of size, time and redirects, and
//! never from a private network unless a flag allows it.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use domain::Source;
use futures::StreamExt;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::header::{ACCEPT, CONTENT_TYPE, LOCATION};
use reqwest::{Client, Response, redirect};
use url::{Host, Url};

use super::address::is_public;
use super::{IntakeError, MOST_BYTES, source_from_bytes};

/// How long and how far a fetch may go.
#[derive(Clone, Copy, Debug)]
pub struct FetchLimits {
    /// For the whole fetch, redirects included.
    pub time: Duration,
    pub redirects: usize,
    pub bytes: u64,
    pub allow_private_addresses: bool,
}

impl Default for FetchLimits {
    fn default() -> Self {
        Self {
            time: Duration::from_secs(20),
            redirects: 5,
            bytes: MOST_BYTES,
            allow_private_addresses: false,
        }
    }
}

/// Fetches pages, within its limits.
#[derive(Clone, Debug)]
pub struct Fetcher {
    client: Client,
    limits: FetchLimits,
}

impl Fetcher {
    /// # Errors
    /// Where the machine has no usable certificates.
    pub fn new(limits: FetchLimits) -> Result<Self, IntakeError> {
        // Whoever installed one first wins; both are the same.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder()
            .user_agent(concat!("Slidewright/", env!("CARGO_PKG_VERSION")))
            // A proxy would look names up for us, past the check of addresses.
            .no_proxy()
            .redirect(redirect::Policy::none())
            .dns_resolver(Arc::new(CheckedResolver { allow_private: limits.allow_private_addresses }))
            .build()
            .map_err(|error| IntakeError::NoCertificates(sentence(&error)))?;
        Ok(Self { client, limits })
    }

    /// The text behind an address.
    ///
    /// # Errors
    /// Where the address is none, private, unreachable, too slow, too large, or not a text.
    pub async fn fetch(&self, address: &str) -> Result<Source, IntakeError> {
        let page = self.load(address, PAGE, self.limits.bytes).await?;
        let name = name_for(&page.media_type, &page.url);
        source_from_bytes(&page.bytes, Some(name), Some(page.url.to_string()))
    }

    /// The bytes behind an address, at most `most` of them.
    pub(crate) async fn load(
        &self,
        address: &str,
        wanted: Wanted,
        most: u64,
    ) -> Result<Fetched, IntakeError> {
        let slow = || IntakeError::Unreachable {
            url: address.to_owned(),
            reason: format!("no answer within {} seconds", self.limits.time.as_secs()),
        };
        let following = self.follow(address, wanted, most);
        tokio::time::timeout(self.limits.time, following).await.map_err(|_| slow())?
    }

    async fn follow(&self, address: &str, wanted: Wanted, most: u64) -> Result<Fetched, IntakeError> {
        let mut url = Url::parse(address).map_err(|_| IntakeError::NotAnAddress(address.to_owned()))?;
        for _ in 0..=self.limits.redirects {
            self.check(&url)?;
            let response = self.get(&url, wanted).await?;
            let Some(next) = redirect_target(&url, &response) else {
                return read(url, response, wanted, most).await;
            };
            url = next;
        }
        Err(IntakeError::TooManyRedirects { url: address.to_owned(), most: self.limits.redirects })
    }

    /// Refuses what is no web address, and an IP address written out that is private:
    /// names are checked when they are resolved, so that a name can't change in between.
    fn check(&self, url: &Url) -> Result<(), IntakeError> {
        let literal = match url.host() {
            Some(Host::Ipv4(v4)) => Some(IpAddr::V4(v4)),
            Some(Host::Ipv6(v6)) => Some(IpAddr::V6(v6)),
            Some(Host::Domain(_)) => None,
            None => return Err(IntakeError::NotAnAddress(url.to_string())),
        };
        if !matches!(url.scheme(), "http" | "https") {
            return Err(IntakeError::NotAnAddress(url.to_string()));
        }
        match literal {
            Some(address) if !self.limits.allow_private_addresses && !is_public(address) => {
                Err(IntakeError::PrivateAddress(url.to_string()))
            }
            _ => Ok(()),
        }
    }

    async fn get(&self, url: &Url, wanted: Wanted) -> Result<Response, IntakeError> {
        self.client.get(url.clone()).header(ACCEPT, wanted.accept).send().await.map_err(|error| {
            if sentence(&error).contains(PRIVATE) {
                return IntakeError::PrivateAddress(url.to_string());
            }
            IntakeError::Unreachable { url: url.to_string(), reason: sentence(&error) }
        })
    }
}

/// What a server is asked for, and which of its answers are taken.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted {
    accept: &'static str,
    /// The beginnings of the media types.
    kinds: &'static [&'static str],
}

/// A page or another text.
pub(crate) const PAGE: Wanted = Wanted {
    accept: "text/html, text/markdown, text/plain;q=0.9, */*;q=0.1",
    kinds: &["text/", "application/xhtml+xml"],
};
pub(crate) const STYLESHEET: Wanted = Wanted { accept: "text/css", kinds: &["text/css"] };
pub(crate) const PICTURE: Wanted = Wanted { accept: "image/png, image/jpeg, image/webp", kinds: &["image/"] };

/// What was found behind an address.
#[derive(Debug)]
pub(crate) struct Fetched {
    /// Where it was found, after all redirects.
    pub(crate) url: Url,
    /// Without parameters, in small letters: `text/html`.
    pub(crate) media_type: String,
    pub(crate) bytes: Vec<u8>,
}

async fn read(url: Url, response: Response, wanted: Wanted, most: u64) -> Result<Fetched, IntakeError> {
    if !response.status().is_success() {
        return Err(IntakeError::BadStatus { url: url.to_string(), status: response.status().as_u16() });
    }
    let kind =
        response.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or("text/html");
    let media_type = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if !wanted.kinds.iter().any(|kind| media_type.starts_with(kind)) {
        return Err(IntakeError::NotText { url: url.to_string(), kind: media_type });
    }
    let mut bytes = Vec::new();
    let mut body = response.bytes_stream();
    while let Some(chunk) = body.next().await {
        let chunk = chunk
            .map_err(|error| IntakeError::Unreachable { url: url.to_string(), reason: sentence(&error) })?;
        bytes.extend_from_slice(&chunk);
        if bytes.len() as u64 > most {
            return Err(IntakeError::TooLong { name: url.to_string() });
        }
    }
    Ok(Fetched { url, media_type, bytes })
}

/// A file name whose ending says the kind of text, since a path may have none.
fn name_for(essence: &str, url: &Url) -> String {
    let last = url.path_segments().and_then(|mut segments| segments.next_back()).unwrap_or_default();
    match essence {
        "text/html" | "application/xhtml+xml" => "page.html".to_owned(),
        "text/markdown" => "page.md".to_owned(),
        _ if last.is_empty() => "page.txt".to_owned(),
        _ => last.to_owned(),
    }
}

fn redirect_target(from: &Url, response: &Response) -> Option<Url> {
    if !response.status().is_redirection() {
        return None;
    }
    let location = response.headers().get(LOCATION)?.to_str().ok()?;
    from.join(location).ok()
}

/// The innermost cause, which is the one that a person can act on.
fn sentence(error: &(dyn std::error::Error + 'static)) -> String {
    let mut innermost = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    innermost.to_string()
}

const PRIVATE: &str = "the name leads to a private address";

/// Resolves names as the system does, and hides the addresses that are not public, so
/// that the address checked is the address connected to.
#[derive(Debug)]
struct CheckedResolver {
    allow_private: bool,
}

impl Resolve for CheckedResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let allow_private = self.allow_private;
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            let allowed: Vec<SocketAddr> =
                found.iter().copied().filter(|address| allow_private || is_public(address.ip())).collect();
            if allowed.is_empty() && !found.is_empty() {
                return Err(PRIVATE.into());
            }
            Ok(Box::new(allowed.into_iter()) as Addrs)
        })
    }
}
