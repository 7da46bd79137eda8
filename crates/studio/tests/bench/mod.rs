//! A studio in a folder of its own, with a real database and renderer and a writer that fails
//! as it is told to.

#![allow(clippy::panic, reason = "the bench fails its test, and one scripted writer is to panic")]
#![allow(dead_code, reason = "each file of tests uses its part")]

use std::fs;
use std::path::Path;
use std::pin::Pin;
use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use domain::{
    Carousel, CarouselId, Format, MemberId, MemberRole, Mode, Refusal, SlideCount, Source, SourceKind, Stage,
    State, Strategy, VariantId, WorkspaceId, WriterChoice,
};
use studio::{Actor, NewCarousel, Outcome, Studio, StudioError, Surroundings};
use tempfile::TempDir;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;
use writer::{Draft, OfflineWriter, StageBrief, WriteError, Writer};

/// How the writer answers, one entry a call, the offline writer's own answer after the last.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Answer {
    Unavailable,
    Refused,
    Panic,
}

/// The offline writer with mishaps.
#[derive(Debug, Default)]
pub(crate) struct Scripted {
    offline: OfflineWriter,
    answers: Mutex<Vec<Answer>>,
    pub(crate) calls: AtomicU32,
}

impl Writer for Scripted {
    fn write<'a>(
        &'a self,
        brief: &'a StageBrief,
        strategy: Strategy,
    ) -> Pin<Box<dyn Future<Output = Result<Draft, WriteError>> + Send + 'a>> {
        self.calls.fetch_add(1, Ordering::SeqCst);
        let answer = self.answers.lock().expect("no panic while it is held").pop();
        let unavailable =
            |retryable| WriteError::Unavailable { message: "the scripted writer is away".into(), retryable };
        match answer {
            None => self.offline.write(brief, strategy),
            Some(Answer::Unavailable) => Box::pin(async move { Err(unavailable(true)) }),
            Some(Answer::Refused) => Box::pin(async move { Err(unavailable(false)) }),
            Some(Answer::Panic) => panic!("the scripted writer breaks"),
        }
    }
}

/// A studio in a folder of its own, whose clock runs a minute a look, so that no test waits
/// for a retry.
pub(crate) struct Bench {
    pub(crate) studio: Studio,
    pub(crate) actor: Actor,
    pub(crate) writer: Arc<Scripted>,
    pub(crate) folder: TempDir,
}

impl Bench {
    pub(crate) async fn new(answers: &[Answer]) -> Self {
        let folder = tempfile::tempdir().expect("the bench works");
        let (minutes, ids) = (AtomicI64::new(0), AtomicU32::new(1));
        let surroundings = Surroundings::with(
            move || OffsetDateTime::UNIX_EPOCH + Duration::minutes(minutes.fetch_add(1, Ordering::SeqCst)),
            move || Uuid::from_u128(u128::from(ids.fetch_add(1, Ordering::SeqCst))),
            || 0.0,
        );
        Self::with(folder, surroundings, answers).await
    }

    /// With the system's clock, for the worker that runs beside the test.
    pub(crate) async fn real(answers: &[Answer]) -> Self {
        Self::with(tempfile::tempdir().expect("the bench works"), Surroundings::real(), answers).await
    }

    async fn with(folder: TempDir, surroundings: Surroundings, answers: &[Answer]) -> Self {
        let writer = Arc::new(Scripted { answers: Mutex::new(answers.to_vec()), ..Scripted::default() });
        let studio = Studio::open(folder.path(), surroundings)
            .await
            .expect("the bench works")
            .with_writer(writer.clone());
        let actor = studio.owner().await.expect("the bench works");
        Self { studio, actor, writer, folder }
    }

    pub(crate) async fn create(&self, autopilot: bool) -> Carousel {
        self.studio.create_for_run(self.actor, request(autopilot)).await.expect("the bench works")
    }

    pub(crate) async fn work(&self, carousel: &Carousel) -> Carousel {
        let work = self.studio.work_on(self.actor, carousel.id, "bench", std::future::pending());
        match work.await.expect("the bench works") {
            Outcome::Settled(carousel) => *carousel,
            Outcome::Stopped => panic!("nobody stopped it"),
        }
    }

    /// A carousel that the autopilot brought to its end.
    pub(crate) async fn ready(&self) -> Carousel {
        let ready = self.work(&self.create(true).await).await;
        assert_eq!(ready.progress.state, State::Ready);
        ready
    }

    /// The same member with another role.
    pub(crate) fn with_role(&self, role: MemberRole) -> Actor {
        Actor { role, ..self.actor }
    }

    /// Somebody of another workspace.
    pub(crate) fn stranger(&self) -> Actor {
        Actor {
            workspace: WorkspaceId(Uuid::from_u128(77)),
            member: MemberId(Uuid::from_u128(78)),
            role: MemberRole::Owner,
        }
    }

    /// The best variants of every stage up to `last` are approved by the member.
    pub(crate) async fn approve_up_to(&self, last: Stage) -> Carousel {
        let mut carousel = self.create(false).await;
        loop {
            carousel = self.work(&carousel).await;
            let stage = carousel.progress.state.stage().expect("a stage is open");
            if stage > last {
                return carousel;
            }
            let best = self.best(&carousel, stage).await;
            carousel = self.studio.approve(self.actor, carousel.id, best).await.expect("the bench works");
            if stage == Stage::Caption {
                return carousel;
            }
        }
    }

    pub(crate) async fn state(&self, id: CarouselId) -> State {
        self.studio.read_carousel(self.actor, id).await.expect("the bench works").carousel.progress.state
    }

    pub(crate) async fn best(&self, carousel: &Carousel, stage: Stage) -> VariantId {
        self.studio.last_round(self.actor, carousel, stage).await.expect("the bench works")[0].id
    }
}

pub(crate) fn request(autopilot: bool) -> NewCarousel {
    let article = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/meetings.md");
    let source = Source {
        kind: SourceKind::Markdown,
        text: fs::read_to_string(article).expect("the bench works"),
        url: None,
        name: Some("meetings.md".into()),
    };
    NewCarousel {
        topic: None,
        source: Some(source),
        slides: SlideCount::default(),
        format: Format::Portrait,
        language: None,
        theme: None,
        mode: Mode::Balanced,
        writer: WriterChoice::Auto,
        autopilot,
        profile: None,
    }
}

pub(crate) fn conflict<T: std::fmt::Debug>(result: Result<T, StudioError>) -> Refusal {
    match result.expect_err("a conflict") {
        StudioError::Conflict { refusal, .. } => refusal,
        other => panic!("not a conflict: {other}"),
    }
}
