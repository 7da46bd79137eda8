//! What the server tells the pages about where they are served.

use url::Url;

/// Where and how the studio is reached.
#[derive(Clone, Debug, Default)]
pub struct WebConfig {
    /// The address that people type, where a proxy stands before the server: links begin
    /// with it, and where it is https, cookies never travel unencrypted.
    pub public_url: Option<Url>,
    /// Take the visitor's address from `X-Forwarded-For`: only where a proxy of yours sets it.
    pub behind_proxy: bool,
    /// Let a carousel's source address lead to this machine or a private network.
    pub allow_private_addresses: bool,
    /// What the first visitor from elsewhere than this machine has to know to become the owner.
    pub setup_code: Option<String>,
    /// How often one caller may ask the API.
    pub api_rate: Rate,
}

/// A number of requests that may come at once, and how fast it fills up again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    pub per_second: u32,
    pub burst: u32,
}

/// Plenty for a person's script; a broken one that asks without end is stopped.
impl Default for Rate {
    fn default() -> Self {
        Self { per_second: 20, burst: 200 }
    }
}

impl WebConfig {
    pub(crate) fn is_https(&self) -> bool {
        self.public_url.as_ref().is_some_and(|url| url.scheme() == "https")
    }

    /// `https://studio.example.org`, without a path.
    pub(crate) fn origin(&self) -> Option<String> {
        self.public_url.as_ref().map(|url| url.origin().ascii_serialization())
    }
}
