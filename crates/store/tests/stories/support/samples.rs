//! Domain objects as the program makes them, for the stories to keep.

use domain::content::{Caption, Hook};
use domain::{
    Action, Brief, Carousel, CarouselId, Content, Dimension, Flag, Format, JobId, Language, MicroUsd, Mode,
    Progress, Score, SlideCount, Source, SourceKind, Stage, Variant, VariantId, WeightOrigin, WriterChoice,
    WrittenBy,
};
use store::jobs::NewJob;
use store::{carousels, variants};

use super::{World, at};

pub(crate) fn progress(actions: &[Action]) -> Progress {
    actions.iter().fold(Progress::new(), |progress, action| progress.apply(action).unwrap())
}

/// Text that databases have stumbled over: quotes, umlauts, RTL, emoji with joiners, SQL.
pub(crate) const AWKWARD: &str = "Robert'); DROP TABLE carousels;-- \"Grüße\" שלום 👩🏽‍💻 \\ $1 %_";

impl World {
    pub(crate) fn new_carousel(&self, seconds: i64) -> Carousel {
        Carousel {
            id: CarouselId(self.uuid()),
            title: AWKWARD.into(),
            brief: Brief {
                topic: Some("Why bread rises".into()),
                source: Some(Source {
                    kind: SourceKind::Markdown,
                    text: format!("# Bread\n{AWKWARD}"),
                    url: None,
                    name: Some("bread.md".into()),
                }),
                slides: SlideCount::default(),
                format: Format::Portrait,
                language: Language::GERMAN,
                theme: None,
                mode: Mode::Balanced,
                writer: WriterChoice::Auto,
                autopilot: true,
                profile: None,
            },
            progress: Progress::new(),
            created_at: at(seconds),
            updated_at: at(seconds),
            archived_at: None,
        }
    }

    /// A carousel that is kept already.
    pub(crate) async fn carousel(&self) -> Carousel {
        let carousel = self.new_carousel(0);
        let mut tx = self.write().await;
        carousels::insert(&mut tx, &carousel, None).await.unwrap();
        tx.commit().await.unwrap();
        carousel
    }

    pub(crate) fn new_variant(
        &self,
        carousel: CarouselId,
        stage: Stage,
        round: u32,
        position: u32,
    ) -> Variant {
        let content = match stage {
            Stage::Caption => Content::Caption(Caption {
                caption: AWKWARD.into(),
                hashtags: vec![],
                alt_text: vec!["A loaf on a table".into()],
                first_comment: None,
            }),
            _ => Content::Hook(Hook { headline: "Bread is mostly air".into(), subline: None }),
        };
        let dimension = Dimension {
            name: "clarity".into(),
            value: Some(7.25),
            weight: 0.5,
            weight_origin: WeightOrigin::Prior,
            evidence: vec!["four words".into()],
            advice: "Nothing need change.".into(),
        };
        let flag = Flag {
            name: "unsupported_figure".into(),
            about: "73 %".into(),
            message: "unsupported figure: 73 %".into(),
        };
        Variant {
            id: VariantId(self.uuid()),
            carousel,
            stage,
            round,
            position,
            strategy: stage.strategies()[position as usize % stage.strategies().len()],
            written_by: WrittenBy::Offline { version: "1".into() },
            content,
            score: Score::new(vec![dimension], vec![flag]),
            cost: MicroUsd(i64::from(position) * 1_000_000_007),
            created_at: at(i64::from(position)),
        }
    }

    /// Variants of one stage and round that are kept already, from position 0.
    pub(crate) async fn variants(&self, carousel: CarouselId, stage: Stage, count: u32) -> Vec<Variant> {
        let kept: Vec<_> =
            (0..count).map(|position| self.new_variant(carousel, stage, 1, position)).collect();
        let mut tx = self.write().await;
        for variant in &kept {
            variants::insert(&mut tx, variant).await.unwrap();
        }
        tx.commit().await.unwrap();
        kept
    }

    pub(crate) fn new_job(&self, seconds: i64) -> NewJob {
        NewJob {
            id: JobId(self.uuid()),
            lane: "write".into(),
            name: "generate_round".into(),
            payload: serde_json::json!({ "text": AWKWARD }),
            carousel: None,
            dedupe_key: None,
            run_at: at(seconds),
            max_attempts: 3,
        }
    }

    /// Jobs that are queued already.
    pub(crate) async fn jobs(&self, count: u32) -> Vec<JobId> {
        let mut tx = self.write().await;
        let mut ids = vec![];
        for _ in 0..count {
            let job = self.new_job(0);
            assert!(store::jobs::enqueue(&mut tx, &job).await.unwrap());
            ids.push(job.id);
        }
        tx.commit().await.unwrap();
        ids
    }
}
