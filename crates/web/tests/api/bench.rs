//! A studio that is served, and programs that call it.

use std::path::Path;
use std::time::Duration;

use domain::{MemberId, MemberRole, WorkspaceId};
use reqwest::header::HeaderMap;
use reqwest::{Client, Method, Response};
use serde_json::{Value, json};
use studio::{Actor, Studio, Surroundings};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use uuid::Uuid;
use web::{Rate, WebConfig};

/// A text that somebody could have written.
pub(crate) const ARTICLE: &str = include_str!("../../../../examples/city-trees.md");

pub(crate) struct Bench {
    pub(crate) studio: Studio,
    pub(crate) owner: Actor,
    folder: TempDir,
    address: String,
    client: Client,
    stop: Option<oneshot::Sender<()>>,
    serving: Option<JoinHandle<()>>,
}

/// What the server answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    async fn of(response: Response) -> Self {
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Self { status, headers, body: response.bytes().await.expect("a body").to_vec() }
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("readable headers"))
    }

    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("text")
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The JSON of an answer that has to be of this status.
    #[track_caller]
    pub(crate) fn with(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", String::from_utf8_lossy(&self.body));
        self.json()
    }

    /// The problem, without what differs from run to run.
    #[track_caller]
    pub(crate) fn problem(&self, status: u16) -> Value {
        let mut problem = self.with(status);
        assert_eq!(self.header("content-type"), "application/problem+json");
        let id = problem["error_id"].take();
        assert!(id.as_str().is_some_and(|id| id.parse::<Uuid>().is_ok()), "{id}");
        assert_eq!(self.header("x-request-id"), id.as_str().expect("an id"));
        problem
    }
}

/// A call that is being put together.
pub(crate) struct Call<'a> {
    bench: &'a Bench,
    request: reqwest::RequestBuilder,
}

impl Call<'_> {
    pub(crate) fn by(mut self, token: &str) -> Self {
        self.request = self.request.bearer_auth(token);
        self
    }

    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.request = self.request.header(name, value);
        self
    }

    pub(crate) fn body(mut self, kind: &str, body: impl Into<reqwest::Body>) -> Self {
        self.request = self.request.header("content-type", kind).body(body);
        self
    }

    pub(crate) async fn json(self, body: &Value) -> Answer {
        self.body("application/json", body.to_string()).send().await
    }

    pub(crate) async fn send(self) -> Answer {
        let request = self.request.build().expect("a request");
        Answer::of(self.bench.client.execute(request).await.expect("an answer")).await
    }
}

impl Bench {
    pub(crate) async fn new() -> Self {
        Self::at_rate(Rate { per_second: 10_000, burst: 100_000 }).await
    }

    pub(crate) async fn at_rate(api_rate: Rate) -> Self {
        // Another test was first; there is one for all.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let folder = tempfile::tempdir().expect("a folder");
        let studio = Studio::open(folder.path(), Surroundings::real()).await.expect("a studio");
        let owner = studio.owner().await.expect("an owner");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let (stop, stopped) = oneshot::channel::<()>();
        let config = WebConfig { api_rate, ..WebConfig::default() };
        let serving = web::serve(listener, studio.clone(), config, async { drop(stopped.await) });
        let serving = tokio::spawn(async { serving.await.expect("it serves until it is told to stop") });
        let client = Client::builder().timeout(Duration::from_secs(120)).build().expect("a client");
        Self { studio, owner, folder, address, client, stop: Some(stop), serving: Some(serving) }
    }

    /// Ends the server, and fails where it broke.
    pub(crate) async fn close(mut self) {
        drop(self.stop.take());
        self.serving.take().expect("it runs").await.expect("it ended well");
    }

    pub(crate) fn address(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }

    /// A call below `/api/v1`, or of a whole path.
    pub(crate) fn call(&self, method: &str, path: &str) -> Call<'_> {
        let path = if path.starts_with("/api") || path.starts_with("/docs") || path.starts_with("/sign") {
            path.to_owned()
        } else {
            format!("/api/v1{path}")
        };
        let method = Method::from_bytes(method.as_bytes()).expect("a method");
        Call { bench: self, request: self.client.request(method, self.address(&path)) }
    }

    pub(crate) fn get(&self, path: &str) -> Call<'_> {
        self.call("GET", path)
    }

    pub(crate) fn post(&self, path: &str) -> Call<'_> {
        self.call("POST", path)
    }

    /// A token of the owner's that acts in this role.
    pub(crate) async fn token(&self, scope: MemberRole) -> String {
        self.studio.create_token(self.owner, scope.name(), scope).await.expect("a token").1
    }

    /// The owner of another workspace on the same data.
    pub(crate) async fn stranger(&self) -> Actor {
        let workspace = WorkspaceId(Uuid::from_u128(9_001));
        let member = MemberId(Uuid::from_u128(9_002));
        let store = store::Store::open_folder(self.folder.path()).await.expect("the same data");
        let mut tx = store.write(workspace).await.expect("a transaction");
        let now = self.studio_time();
        store::workspaces::make(&mut tx, "other", member, "Mallory", now).await.expect("another workspace");
        tx.commit().await.expect("another workspace");
        store.close().await;
        Actor { workspace, member, role: MemberRole::Owner }
    }

    /// The data folder.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    fn studio_time(&self) -> time::OffsetDateTime {
        Surroundings::real().now()
    }

    /// Makes a carousel of the article.
    pub(crate) async fn carousel(&self, token: &str, autopilot: bool) -> String {
        let asked =
            json!({ "source": { "text": ARTICLE }, "slides": 5, "mode": "fast", "autopilot": autopilot });
        let made = self.post("/carousels").by(token).json(&asked).await.with(202);
        made["id"].as_str().expect("an id").to_owned()
    }

    /// Listens to a carousel until its state is what is waited for, and gives that.
    pub(crate) async fn listen(&self, token: &str, id: &str, is_there: impl Fn(&Value) -> bool) -> Value {
        let address = self.address(&format!("/api/v1/carousels/{id}/events"));
        let mut events = self.client.get(address).bearer_auth(token).send().await.expect("events");
        assert_eq!(events.headers()["content-type"], "text/event-stream");
        let mut heard = String::new();
        while let Some(chunk) = events.chunk().await.expect("events") {
            heard.push_str(std::str::from_utf8(&chunk).expect("text"));
            while let Some((event, rest)) = heard.split_once("\n\n") {
                let state = event.strip_prefix("event: state\ndata: ").map(str::to_owned);
                heard = rest.to_owned();
                let Some(state) = state else { continue };
                let state: Value = serde_json::from_str(&state).expect("JSON");
                assert_ne!(state["state"], "failed", "{state}");
                if is_there(&state) {
                    return state;
                }
            }
        }
        panic!("the events ended: {heard}")
    }
}
