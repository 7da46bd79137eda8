//! A browser without scripts: it keeps its cookie, follows where it is led, and reads pages.

use std::cell::RefCell;
use std::net::SocketAddr;
use std::path::Path;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::request::Builder;
use axum::http::{Request, StatusCode, header};
use domain::{MemberId, WorkspaceId};
use studio::{Studio, Surroundings};
use tempfile::TempDir;
use tokio::sync::watch;
use tower::ServiceExt;
use uuid::Uuid;
use web::{WebConfig, router};

/// A studio that nobody has visited yet.
pub(crate) struct House {
    pub(crate) studio: Studio,
    pages: Router,
    _stopping: watch::Sender<bool>,
    folder: TempDir,
}

impl House {
    pub(crate) async fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let studio = Studio::open(folder.path(), Surroundings::real()).await.expect("a studio");
        let (stopping, stopped) = watch::channel(false);
        let config = WebConfig { allow_private_addresses: true, ..WebConfig::default() };
        Self { studio: studio.clone(), pages: router(studio, config, stopped), _stopping: stopping, folder }
    }

    pub(crate) fn browser(&self) -> Browser {
        Browser { pages: self.pages.clone(), session: RefCell::default() }
    }

    /// The data folder.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Another workspace on the same data.
    pub(crate) async fn elsewhere(&self) -> WorkspaceId {
        let (workspace, member) = (WorkspaceId(Uuid::from_u128(9_001)), MemberId(Uuid::from_u128(9_002)));
        let store = store::Store::open_folder(self.folder()).await.expect("the same data");
        let mut tx = store.write(workspace).await.expect("a transaction");
        let now = Surroundings::real().now();
        store::workspaces::make(&mut tx, "other", member, "Mallory", now).await.expect("another workspace");
        tx.commit().await.expect("another workspace");
        store.close().await;
        workspace
    }

    /// The browser of whoever came first.
    pub(crate) async fn owner(&self) -> Browser {
        let browser = self.browser();
        let form = [
            ("name", "Ada"),
            ("workspace", "Engines"),
            ("email", "ada@example.org"),
            ("password", "a difference engine"),
        ];
        let answer = browser.post("/start", &form).await;
        assert_eq!(answer.to, "/profiles/new", "{}", answer.text);
        browser
    }
}

pub(crate) struct Browser {
    pages: Router,
    pub(crate) session: RefCell<String>,
}

/// An answer, read to its end.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    /// Where it leads on to.
    pub(crate) to: String,
    pub(crate) text: String,
}

impl Answer {
    /// What stands between two marks, the first time.
    pub(crate) fn between(&self, before: &str, after: &str) -> &str {
        let at = self.text.find(before).unwrap_or_else(|| panic!("{before} is not in {}", self.text));
        let rest = &self.text[at + before.len()..];
        rest.split(after).next().unwrap_or_default()
    }

    pub(crate) fn says(&self, words: &str) -> bool {
        self.text.contains(words)
    }
}

impl Browser {
    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.ask(Request::get(path), Body::empty()).await
    }

    pub(crate) async fn post(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        self.ask(request_with_form(path), body(form)).await
    }

    /// As the script sends it while one types.
    pub(crate) async fn typed(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        self.ask(request_with_form(path).header("hx-request", "true"), body(form)).await
    }

    pub(crate) async fn upload(&self, path: &str, field: &str, file: &[u8]) -> Answer {
        let head =
            format!("--fold\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"f\"\r\n\r\n");
        let body = [head.as_bytes(), file, b"\r\n--fold--\r\n"].concat();
        let request = Request::post(path)
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=fold");
        self.ask(request, Body::from(body)).await
    }

    async fn ask(&self, request: Builder, body: Body) -> Answer {
        let request = request.header(header::HOST, "localhost:3000").header(header::ACCEPT_LANGUAGE, "en");
        let request = request.header(header::COOKIE, format!("slidewright={}", self.session.borrow()));
        let mut request = request.body(body).expect("a request");
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 4000))));
        let answer = self.pages.clone().oneshot(request).await.expect("the router answers");
        let said =
            |name| answer.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let cookies = answer.headers().get_all(header::SET_COOKIE).iter().filter_map(|one| one.to_str().ok());
        for cookie in cookies.filter_map(|one| one.strip_prefix("slidewright=")) {
            self.session.replace(cookie.split(';').next().unwrap_or_default().to_owned());
        }
        let (status, to) = (answer.status(), said(header::LOCATION).to_owned());
        let bytes = to_bytes(answer.into_body(), 64 << 20).await.expect("the whole answer");
        Answer { status, to, text: String::from_utf8_lossy(&bytes).into_owned() }
    }
}

fn request_with_form(path: &str) -> Builder {
    Request::post(path)
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
}

fn body(form: &[(&str, &str)]) -> Body {
    Body::from(url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish())
}
