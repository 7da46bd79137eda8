//! A small WebDriver client. The protocol is plain JSON over HTTP, so no library is needed.

use std::fmt;
use std::process::Command;
use std::time::Duration;

use reqwest::{Client, Method};
use serde_json::{Value, json};
use tokio::runtime::{Builder, Runtime};

use crate::process::Running;

/// No single command takes longer.
const COMMAND: Duration = Duration::from_secs(120);

/// What the driver answers where something can't be done.
#[derive(Debug)]
pub(crate) struct Refused {
    /// The protocol's own word: `no such element`, `stale element reference`, …
    pub(crate) error: String,
    pub(crate) message: String,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.error, self.message)
    }
}

/// A driver of its own for one test, with one session.
#[derive(Debug)]
pub(crate) struct Driver {
    runtime: Runtime,
    client: Client,
    session: String,
    // Ends after the session, which ends the browser.
    _program: Running,
}

impl Driver {
    pub(crate) fn start(capabilities: &Value) -> Self {
        let mut command = Command::new("chromedriver");
        command.arg("--port=0");
        let (program, port) = Running::start(command, |line| {
            let port = line.strip_prefix("ChromeDriver was started successfully on port ")?;
            port.trim_end_matches('.').parse::<u16>().ok()
        });
        // The client asks for one even where all is plain HTTP on this machine.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder().no_proxy().timeout(COMMAND).build().expect("a client");
        let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
        let base = format!("http://127.0.0.1:{port}/session");
        let mut driver = Self { runtime, client, session: base, _program: program };
        let made = driver.post("", &json!({ "capabilities": { "alwaysMatch": capabilities } }));
        let made = made.unwrap_or_else(|refused| panic!("Chromium does not start: {refused}"));
        let id = made["sessionId"].as_str().expect("a session has an id");
        driver.session = format!("{}/{id}", driver.session);
        driver
    }

    pub(crate) fn post(&self, path: &str, body: &Value) -> Result<Value, Refused> {
        self.call(Method::POST, path, Some(body))
    }

    pub(crate) fn get(&self, path: &str) -> Result<Value, Refused> {
        self.call(Method::GET, path, None)
    }

    /// A command of the DevTools protocol, for what WebDriver has no words for.
    pub(crate) fn devtools(&self, command: &str, parameters: &Value) -> Value {
        let body = json!({ "cmd": command, "params": parameters });
        self.post("/goog/cdp/execute", &body).unwrap_or_else(|refused| panic!("{command}: {refused}"))
    }

    fn call(&self, method: Method, path: &str, body: Option<&Value>) -> Result<Value, Refused> {
        let mut request = self.client.request(method, format!("{}{path}", self.session));
        if let Some(body) = body {
            request = request.header("content-type", "application/json").body(body.to_string());
        }
        let answer = self.runtime.block_on(async { request.send().await?.bytes().await });
        let answer = answer.unwrap_or_else(|error| panic!("chromedriver is gone: {error}"));
        let mut answer: Value = serde_json::from_slice(&answer).expect("chromedriver answers in JSON");
        let value = answer["value"].take();
        match value["error"].as_str() {
            Some(error) => {
                let message = value["message"].as_str().unwrap_or_default();
                Err(Refused { error: error.to_owned(), message: message.to_owned() })
            }
            None => Ok(value),
        }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // Ends the browser. While a test is failing, one more failure would hide the first.
        let _ = self.runtime.block_on(async { self.client.delete(&self.session).send().await });
    }
}
