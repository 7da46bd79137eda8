//! The server itself: takes what is asked, keeps it, and answers by the test's script.

use std::collections::{HashMap, VecDeque};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, Uri};
use axum::response::Response;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::reply::Reply;
use crate::send::send;

/// One request, as it came.
#[derive(Clone, Debug)]
pub struct Asked {
    pub method: String,
    /// Below the server's address, with the query: `/chat/completions`.
    pub path: String,
    pub headers: HashMap<String, String>,
    /// `Null` where there was none, or no JSON.
    pub body: Value,
}

impl Asked {
    /// The text of the last message of a chat.
    #[must_use]
    pub fn last_message(&self) -> &str {
        let messages = self.body["messages"].as_array().map_or(&[][..], Vec::as_slice);
        messages.last().and_then(|message| message["content"].as_str()).unwrap_or_default()
    }

    #[must_use]
    pub fn model(&self) -> &str {
        self.body["model"].as_str().unwrap_or_default()
    }
}

type Rule = Arc<dyn Fn(&Asked) -> Option<Reply> + Send + Sync>;

#[derive(Default)]
struct Script {
    queue: VecDeque<Reply>,
    lists: HashMap<String, Value>,
    rule: Option<Rule>,
    asked: Vec<Asked>,
    at_once: usize,
    most_at_once: usize,
}

/// A server on a free port of loopback; it ends when this is dropped.
#[must_use]
pub struct ModelServer {
    address: SocketAddr,
    script: Arc<Mutex<Script>>,
    serving: JoinHandle<()>,
}

impl std::fmt::Debug for ModelServer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ModelServer").field("address", &self.address).finish_non_exhaustive()
    }
}

impl Drop for ModelServer {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

impl ModelServer {
    /// # Panics
    /// Where loopback has no free port.
    pub async fn start() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let script = Arc::new(Mutex::new(Script::default()));
        let router = Router::new().fallback(answer).with_state(script.clone());
        let serving = tokio::spawn(async move {
            axum::serve(listener, router).await.expect("a server");
        });
        Self { address, script, serving }
    }

    /// The base address that a client is given: `http://127.0.0.1:41234/api/v1`.
    #[must_use]
    pub fn address(&self) -> String {
        format!("http://{}/api/v1", self.address)
    }

    /// Answers one POST with this, after what is queued already.
    pub fn reply(&self, reply: Reply) -> &Self {
        self.script().queue.push_back(reply);
        self
    }

    /// Answers every POST that the queue has nothing for; `None` is the plain 404 of an unknown path.
    pub fn rule(&self, rule: impl Fn(&Asked) -> Option<Reply> + Send + Sync + 'static) -> &Self {
        self.script().rule = Some(Arc::new(rule));
        self
    }

    /// Answers every GET of a path, its query left out: `/models`.
    pub fn list(&self, path: &str, body: Value) -> &Self {
        self.script().lists.insert(path.to_owned(), body);
        self
    }

    /// The POST requests so far, in the order in which they came.
    #[must_use]
    pub fn asked(&self) -> Vec<Asked> {
        let script = self.script();
        script.asked.iter().filter(|asked| asked.method == "POST").cloned().collect()
    }

    /// Every request so far, the lists too.
    #[must_use]
    pub fn asked_at_all(&self) -> Vec<Asked> {
        self.script().asked.clone()
    }

    /// How many requests waited for the begin of their answers at the same time, at most.
    #[must_use]
    pub fn most_at_once(&self) -> usize {
        self.script().most_at_once
    }

    fn script(&self) -> MutexGuard<'_, Script> {
        lock(&self.script)
    }
}

fn lock(script: &Mutex<Script>) -> MutexGuard<'_, Script> {
    script.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn answer(
    State(script): State<Arc<Mutex<Script>>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let asked = asked(&method, &uri, &headers, &body);
    let _one = AtOnce::of(&script);
    let reply = choose(&script, &asked).unwrap_or_else(|| Reply::error(404, "not_found"));
    send(reply, &asked.body).await
}

/// A request in the count of those that wait; it ends when the client goes away, too.
struct AtOnce<'a>(&'a Mutex<Script>);

impl<'a> AtOnce<'a> {
    fn of(script: &'a Mutex<Script>) -> Self {
        let mut counts = lock(script);
        counts.at_once += 1;
        counts.most_at_once = counts.most_at_once.max(counts.at_once);
        drop(counts);
        Self(script)
    }
}

impl Drop for AtOnce<'_> {
    fn drop(&mut self) {
        lock(self.0).at_once -= 1;
    }
}

fn asked(method: &Method, uri: &Uri, headers: &HeaderMap, body: &[u8]) -> Asked {
    let whole = uri.path_and_query().map_or(uri.path(), |path| path.as_str());
    let text = |value: &axum::http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    Asked {
        method: method.to_string(),
        path: whole.strip_prefix("/api/v1").unwrap_or(whole).to_owned(),
        headers: headers.iter().map(|(name, value)| (name.to_string(), text(value))).collect(),
        body: serde_json::from_slice(body).unwrap_or(Value::Null),
    }
}

fn choose(script: &Mutex<Script>, asked: &Asked) -> Option<Reply> {
    let mut script = lock(script);
    script.asked.push(asked.clone());
    if asked.method == "GET" {
        let path = asked.path.split('?').next().unwrap_or_default();
        return script.lists.get(path).map(Reply::json);
    }
    if let Some(reply) = script.queue.pop_front() {
        return Some(reply);
    }
    let rule = script.rule.clone();
    // A rule may take its time, or look at the server.
    drop(script);
    rule.and_then(|rule| rule(asked))
}
