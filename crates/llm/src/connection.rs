//! Where models are reached: an address, perhaps a key, and what is assumed of it until a probe knows better.

use secrecy::{ExposeSecret, SecretString};
use thiserror::Error;
use url::Url;

use crate::capabilities::Capabilities;

const OPENROUTER: &str = "https://openrouter.ai/api/v1";

/// How a program names itself to a router; all of it is public there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attribution {
    /// The program's address.
    pub site: Option<String>,
    pub title: Option<String>,
}

/// A server of models. Its key is in no output of `Debug`, in no log and in no error.
#[derive(Clone, Debug)]
pub struct Connection {
    /// For people and the ledger: `openrouter`.
    pub name: String,
    pub base: Url,
    key: Option<SecretString>,
    pub attribution: Attribution,
    /// What is assumed before anybody looked.
    pub assumed: Capabilities,
    /// An HTTP proxy on the way.
    pub proxy: Option<Url>,
}

/// An address that can't be one of a model server.
#[derive(Debug, Error)]
#[error(
    "`{address}` can't be the address of a model server: {reason}; give one such as {OPENROUTER} or http://127.0.0.1:11434/v1."
)]
pub struct BadAddress {
    pub address: String,
    pub reason: &'static str,
}

impl Connection {
    /// OpenRouter with a key of its own.
    ///
    /// # Errors
    /// Never with the address that is built in.
    pub fn openrouter(key: SecretString) -> Result<Self, BadAddress> {
        Self::openrouter_at(OPENROUTER, key)
    }

    /// The same at another address: a gateway before it, or a test.
    ///
    /// # Errors
    /// Where the address is none.
    pub fn openrouter_at(address: &str, key: SecretString) -> Result<Self, BadAddress> {
        let connection = Self::compatible(address, Some(key))?;
        Ok(Self { name: "openrouter".to_owned(), assumed: Capabilities::OPENROUTER, ..connection })
    }

    /// Any server that speaks OpenAI's chat completions, with or without a key: Ollama, vLLM, llama.cpp.
    ///
    /// # Errors
    /// Where the address is no http or https address, or has a password in it.
    pub fn compatible(address: &str, key: Option<SecretString>) -> Result<Self, BadAddress> {
        let bad = |reason| BadAddress { address: without_password(address), reason };
        let mut base = Url::parse(address.trim()).map_err(|_| bad("it is no address"))?;
        if !matches!(base.scheme(), "http" | "https") || !base.has_host() {
            return Err(bad("it is no http or https address"));
        }
        if !base.username().is_empty() || base.password().is_some() {
            return Err(bad("a password in an address ends up in logs; give it as the key"));
        }
        if base.query().is_some() || base.fragment().is_some() {
            return Err(bad("paths are added to it, so it can't have a query"));
        }
        if !base.path().ends_with('/') {
            base.set_path(&format!("{}/", base.path()));
        }
        let key = key.filter(|key| !key.expose_secret().trim().is_empty());
        let name = base.host_str().unwrap_or("models").to_owned();
        let assumed = Capabilities::PLAIN;
        Ok(Self { name, base, key, attribution: Attribution::default(), assumed, proxy: None })
    }

    /// The address of a path below the base.
    pub(crate) fn url(&self, path: &str) -> Url {
        let mut url = self.base.clone();
        let (path, query) = path.split_once('?').map_or((path, None), |(path, query)| (path, Some(query)));
        url.set_path(&format!("{}{}", self.base.path(), path.trim_start_matches('/')));
        url.set_query(query);
        url
    }

    /// For the header, and for nothing else.
    pub(crate) fn key(&self) -> Option<&str> {
        self.key.as_ref().map(|key| key.expose_secret().trim())
    }

    /// A provider's message may repeat the key, or its begin and end, which some do.
    pub(crate) fn without_key(&self, message: &str) -> String {
        self.key().map_or_else(|| message.to_owned(), |key| message.replace(key, "[key]"))
    }
}

fn without_password(address: &str) -> String {
    match address.rsplit_once('@') {
        Some((before, host)) => {
            let scheme = before.split_once("://").map_or("", |(scheme, _)| scheme);
            format!("{scheme}://[password]@{host}")
        }
        None => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Connection, SecretString};

    #[test]
    fn paths_are_added_to_the_base_with_and_without_a_slash() {
        for base in ["http://127.0.0.1:11434/v1", "http://127.0.0.1:11434/v1/"] {
            let connection = Connection::compatible(base, None).unwrap();
            assert_eq!(
                connection.url("/chat/completions").as_str(),
                "http://127.0.0.1:11434/v1/chat/completions"
            );
            assert_eq!(connection.url("models?a=b").as_str(), "http://127.0.0.1:11434/v1/models?a=b");
        }
    }

    #[test]
    fn keys_and_passwords_are_never_shown() {
        let key = SecretString::from("sk-or-v1-abcdef");
        let connection = Connection::openrouter(key).unwrap();
        assert!(!format!("{connection:?}").contains("abcdef"));
        assert_eq!(connection.without_key("Bad key sk-or-v1-abcdef!"), "Bad key [key]!");
        let error = Connection::compatible("http://me:secret@host/v1", None).unwrap_err().to_string();
        assert!(!error.contains("secret") && error.contains("give it as the key"), "{error}");
        for address in ["", "host", "ftp://host", "http://host?a", "file:///etc"] {
            assert!(Connection::compatible(address, None).is_err(), "{address}");
        }
        assert!(Connection::compatible("http://host", Some("  ".into())).unwrap().key().is_none());
    }
}
