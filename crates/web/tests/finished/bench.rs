//! A studio with its pages, a real database and renderer, and people who are signed in.

use std::fs;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::Path;

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Request, StatusCode, header};
use domain::{Carousel, Format, MemberRole, Mode, SlideCount, Source, SourceKind, State, WriterChoice};
use studio::{Acceptance, Actor, NewCarousel, NewOwner, Outcome, Password, Studio, Surroundings};
use tempfile::TempDir;
use tokio::sync::watch;
use tower::ServiceExt;
use web::{WebConfig, router};

pub(crate) struct Bench {
    pub(crate) studio: Studio,
    pub(crate) actor: Actor,
    /// The owner's session.
    pub(crate) owner: String,
    pages: Router,
    _stopping: watch::Sender<bool>,
    _folder: TempDir,
}

/// An answer, read to its end.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Answer {
    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.body.to_vec()).expect("a page is text")
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("headers are plain"))
    }

    /// Where the answer leads on to.
    pub(crate) fn to(&self) -> &str {
        assert_eq!(self.status, StatusCode::SEE_OTHER, "{}", self.text());
        self.header("location")
    }
}

impl Bench {
    pub(crate) async fn new() -> Self {
        let folder = tempfile::tempdir().expect("the bench works");
        let studio = Studio::open(folder.path(), Surroundings::real()).await.expect("the bench works");
        let owner = NewOwner {
            name: "Ada".into(),
            workspace_name: "Engines".into(),
            email: Some("ada@example.org".parse().expect("an email")),
            password: Some(Password::new("a difference engine")),
        };
        let owner = studio.create_owner(owner).await.expect("the bench works");
        let (stopping, stopped) = watch::channel(false);
        let pages = router(studio.clone(), WebConfig::default(), stopped);
        let (actor, owner) = (owner.actor, owner.secret);
        Self { studio, actor, owner, pages, _stopping: stopping, _folder: folder }
    }

    /// The session of another member.
    pub(crate) async fn member(&self, role: MemberRole) -> String {
        let invited = self.studio.invite(self.actor, "Charles", role).await.expect("the bench works");
        let acceptance = Acceptance {
            name: "Charles".into(),
            email: format!("{role}@example.org").parse().expect("an email"),
            password: Password::new("an analytical engine"),
            from: IpAddr::V4(Ipv4Addr::LOCALHOST),
        };
        self.studio.accept_invitation(&invited.1, acceptance).await.expect("the bench works").secret
    }

    /// A carousel that waits for a choice, or with the autopilot a finished one.
    pub(crate) async fn carousel(&self, autopilot: bool) -> Carousel {
        let carousel = self.studio.create_carousel(self.actor, request(autopilot)).await;
        let id = carousel.expect("the bench works").id;
        let work = self.studio.work_on(self.actor, id, "bench", std::future::pending());
        match work.await.expect("the bench works") {
            Outcome::Settled(carousel) => *carousel,
            Outcome::Stopped => panic!("nobody stopped it"),
        }
    }

    pub(crate) async fn ready(&self) -> Carousel {
        let ready = self.carousel(true).await;
        assert_eq!(ready.progress.state, State::Ready);
        ready
    }

    pub(crate) async fn get(&self, session: &str, path: &str) -> Answer {
        self.ask(Request::get(path), session, Body::empty()).await
    }

    /// Sends a form, as a page of the studio does.
    pub(crate) async fn post(&self, session: &str, path: &str, form: &[(&str, &str)]) -> Answer {
        let form = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let request = Request::post(path)
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.ask(request, session, Body::from(form)).await
    }

    /// Sends a form that could carry files.
    pub(crate) async fn post_parts(&self, session: &str, path: &str, form: &[(&str, &str)]) -> Answer {
        let part = |(name, text): &(&str, &str)| {
            format!("--fold\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n")
        };
        let body = form.iter().map(part).collect::<String>() + "--fold--\r\n";
        let request = Request::post(path)
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=fold");
        self.ask(request, session, Body::from(body)).await
    }

    /// Sends a file in the field `file`.
    pub(crate) async fn upload(&self, session: &str, path: &str, file: &[u8]) -> Answer {
        let mut body =
            b"--fold\r\nContent-Disposition: form-data; name=\"file\"; filename=\"c.json\"\r\n\r\n".to_vec();
        body.extend_from_slice(file);
        body.extend_from_slice(b"\r\n--fold--\r\n");
        let request = Request::post(path)
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=fold");
        self.ask(request, session, Body::from(body)).await
    }

    pub(crate) async fn ask(
        &self,
        request: axum::http::request::Builder,
        session: &str,
        body: Body,
    ) -> Answer {
        let mut request = request.header(header::HOST, "localhost:3000").body(body).expect("a request");
        if !session.is_empty() {
            let cookie = format!("slidewright={session}").parse().expect("a cookie");
            request.headers_mut().insert(header::COOKIE, cookie);
        }
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 4000))));
        let answer = self.pages.clone().oneshot(request).await.expect("the router answers");
        let (status, headers) = (answer.status(), answer.headers().clone());
        let body = to_bytes(answer.into_body(), 64 << 20).await.expect("the whole answer");
        Answer { status, headers, body }
    }
}

pub(crate) fn request(autopilot: bool) -> NewCarousel {
    let article = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/meetings.md");
    let source = Source {
        kind: SourceKind::Markdown,
        text: fs::read_to_string(article).expect("the example is there"),
        url: None,
        name: Some("meetings.md".into()),
    };
    NewCarousel {
        topic: None,
        source: Some(source),
        slides: SlideCount::try_from(5).expect("a count"),
        format: Format::Portrait,
        language: None,
        theme: None,
        mode: Mode::Fast,
        writer: WriterChoice::Auto,
        autopilot,
        profile: None,
    }
}
