//! A studio in a folder of its own, with people in it.

use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};

use domain::{Email, Format, MemberRole, Mode, SlideCount, Source, SourceKind, WriterChoice};
use studio::{
    Acceptance, Actor, NewCarousel, NewOwner, Password, SignedIn, Studio, StudioError, Surroundings,
};
use tempfile::TempDir;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

pub(crate) const PASSWORD: &str = "a loaf of rye at dawn";
pub(crate) const HERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 1));

pub(crate) struct Bench {
    pub(crate) studio: Studio,
    pub(crate) folder: TempDir,
    seconds: Arc<AtomicI64>,
}

impl Bench {
    pub(crate) async fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let (seconds, ids) = (Arc::new(AtomicI64::new(0)), AtomicU32::new(1));
        let clock = seconds.clone();
        let surroundings = Surroundings::with(
            move || OffsetDateTime::UNIX_EPOCH + Duration::seconds(clock.load(Ordering::SeqCst)),
            move || Uuid::from_u128(u128::from(ids.fetch_add(1, Ordering::SeqCst))),
            || 0.0,
        );
        let studio = Studio::open(folder.path(), surroundings).await.expect("a studio");
        Self { studio, folder, seconds }
    }

    /// With the owner's account, Ada's.
    pub(crate) async fn with_owner() -> (Self, SignedIn) {
        let bench = Self::new().await;
        let owner = bench.studio.create_owner(ada()).await.expect("an owner");
        (bench, owner)
    }

    pub(crate) fn wait(&self, time: Duration) {
        self.seconds.fetch_add(time.whole_seconds(), Ordering::SeqCst);
    }

    /// Invites somebody in a role, who accepts; the email is the name's.
    pub(crate) async fn join(&self, inviter: Actor, name: &str, role: MemberRole) -> SignedIn {
        let (_, secret) = self.studio.invite(inviter, name, role).await.expect("an invitation");
        self.studio.accept_invitation(&secret, acceptance(name)).await.expect("a member")
    }

    /// The owner of another workspace on the same data.
    pub(crate) async fn stranger(&self) -> Actor {
        let workspace = domain::WorkspaceId(Uuid::from_u128(9_001));
        let member = domain::MemberId(Uuid::from_u128(9_002));
        let store = store::Store::open_folder(self.folder.path()).await.expect("the same data");
        let mut tx = store.write(workspace).await.expect("a transaction");
        store::workspaces::make(&mut tx, "other", member, "Mallory", OffsetDateTime::UNIX_EPOCH)
            .await
            .expect("another workspace");
        tx.commit().await.expect("another workspace");
        store.close().await;
        Actor { workspace, member, role: MemberRole::Owner }
    }
}

pub(crate) fn email(text: &str) -> Email {
    text.parse().expect("an email")
}

pub(crate) fn ada() -> NewOwner {
    NewOwner {
        name: "Ada".into(),
        workspace_name: "Ada's bakery".into(),
        email: Some(email("ada@example.org")),
        password: Some(Password::new(PASSWORD)),
    }
}

/// The owner who tries it alone.
pub(crate) fn alone() -> NewOwner {
    NewOwner { email: None, password: None, ..ada() }
}

pub(crate) fn acceptance(name: &str) -> Acceptance {
    Acceptance {
        name: name.into(),
        email: email(&format!("{name}@example.org")),
        password: Password::new(PASSWORD),
        from: HERE,
    }
}

pub(crate) fn carousel() -> NewCarousel {
    NewCarousel {
        topic: Some("Why bread rises".into()),
        source: Some(Source {
            kind: SourceKind::Plain,
            text: "Bread rises because yeast eats sugar and breathes out gas.".into(),
            url: None,
            name: None,
        }),
        slides: SlideCount::default(),
        format: Format::Portrait,
        language: None,
        theme: None,
        mode: Mode::Balanced,
        writer: WriterChoice::Auto,
        autopilot: false,
        profile: None,
    }
}

/// The fields that were refused, with the reasons.
pub(crate) fn invalid<T: std::fmt::Debug>(result: Result<T, StudioError>) -> String {
    match result.expect_err("it is refused") {
        error @ StudioError::Invalid { .. } => error.to_string(),
        other => panic!("not invalid: {other}"),
    }
}
