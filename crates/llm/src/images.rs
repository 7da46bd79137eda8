//! Pictures: a description goes out, bytes come back. What they are cropped to is somebody else's matter.

use std::time::Duration;

use domain::MicroUsd;
use futures::FutureExt;
use futures::future::BoxFuture;
use serde_json::json;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::answer::Attempt;
use crate::attempt::{Made, Order, SharedReport};
use crate::call::Purpose;
use crate::core::{Core, Known};
use crate::error::{Failed, Reason};
use crate::flow::stop::Stop;
use crate::gateway::Gateway;
use crate::persist::Question;
use crate::purse::Payer;
use crate::wire::failure::Failure;
use crate::wire::image::{Picture, body, read};
use crate::wire::request::Repair;

const PATH: &str = "images";

/// A picture that is wanted.
#[derive(Clone)]
pub struct ImageCall {
    pub payer: Payer,
    pub prompt: String,
    /// Such as `4:5`; providers come near it, or not.
    pub aspect_ratio: String,
    /// `512`, `1K`, `2K` or `4K`.
    pub resolution: String,
    pub seed: Option<i64>,
    /// Pictures that it shall resemble: https addresses or data URLs.
    pub references: Vec<String>,
    pub deadline: Duration,
    pub cancel: CancellationToken,
}

impl ImageCall {
    #[must_use]
    pub fn new(payer: Payer, prompt: impl Into<String>, aspect_ratio: impl Into<String>) -> Self {
        Self {
            payer,
            prompt: prompt.into(),
            aspect_ratio: aspect_ratio.into(),
            resolution: "1K".to_owned(),
            seed: None,
            references: Vec::new(),
            deadline: Duration::from_secs(240),
            cancel: CancellationToken::new(),
        }
    }
}

/// Without its prompt, which never reaches a log.
impl std::fmt::Debug for ImageCall {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ImageCall").field("payer", &self.payer).finish_non_exhaustive()
    }
}

/// A picture as it came: JPEG, PNG or WebP by its first bytes; size and shape are not checked.
#[derive(Clone, PartialEq, Eq)]
pub struct Image {
    pub bytes: Vec<u8>,
    /// `image/jpeg`, `image/png` or `image/webp`.
    pub media_type: &'static str,
    pub model: String,
    pub attempts: Vec<Attempt>,
}

impl Image {
    /// Of all attempts together.
    #[must_use]
    pub fn cost(&self) -> MicroUsd {
        self.attempts.iter().map(|attempt| attempt.row.cost).sum()
    }
}

impl std::fmt::Debug for Image {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} of {} bytes", self.media_type, self.bytes.len())
    }
}

impl Gateway {
    /// Has a picture made.
    ///
    /// # Errors
    /// As [`Gateway::ask`]; also where the connection makes no pictures.
    pub async fn image(&self, call: ImageCall) -> Result<Image, Failed> {
        let core = self.core.clone();
        let cancel = call.cancel.child_token();
        let call = ImageCall { cancel: cancel.clone(), ..call };
        self.run(cancel, async move { core.image(&call).await }).await
    }
}

struct Painting<'a> {
    call: &'a ImageCall,
    id: Uuid,
    known: &'a Known,
}

impl Core {
    async fn image(&self, call: &ImageCall) -> Result<Image, Failed> {
        let known = self.known();
        let models = &known.routing.image.models;
        let mut attempts = Vec::new();
        if models.is_empty() || !known.capabilities.images {
            return Err(Failed { reason: Reason::NoModel { what: "images".to_owned() }, attempts });
        }
        let stop = Stop::new(call.deadline, call.cancel.clone());
        let painting = Painting { call, id: self.surroundings.id(), known: &known };
        match self.persist(&painting, models, &stop, &mut attempts).await {
            Ok(Picture { bytes, media_type }) => {
                let model =
                    attempts.last().map(|attempt| attempt.row.model_asked.clone()).unwrap_or_default();
                Ok(Image { bytes, media_type, model, attempts })
            }
            Err(reason) => Err(Failed { reason, attempts }),
        }
    }
}

impl Question for Painting<'_> {
    type Good = Picture;

    fn ask<'a>(
        &'a self,
        core: &'a Core,
        model: &'a str,
        _repair: Option<Repair>,
        stop: &'a Stop,
    ) -> BoxFuture<'a, Result<Made<Picture>, Reason>> {
        async move {
            let order = Order {
                call: self.id,
                purpose: Purpose::Image,
                tier: None,
                payer: self.call.payer.clone(),
                model: model.to_owned(),
                worst: core.image_price(model),
                price: None,
                searches: 0,
                timeout: core.settings.timeouts.image,
            };
            core.attempt(&order, stop, |report| self.exchange(core, model, report).boxed()).await
        }
        .boxed()
    }
}

impl Painting<'_> {
    async fn exchange(&self, core: &Core, model: &str, report: SharedReport) -> Result<Picture, Failure> {
        let call = self.call;
        let info = self.known.catalogue.get(model);
        let reference = |url: &String| json!({"type": "image_url", "image_url": {"url": url}});
        let references: Vec<_> = call.references.iter().map(reference).collect();
        let parameters = [
            ("n", Some(json!(1))),
            ("aspect_ratio", Some(json!(call.aspect_ratio))),
            ("resolution", Some(json!(call.resolution))),
            ("output_format", Some(json!("jpeg"))),
            ("seed", call.seed.map(|seed| json!(seed))),
            ("input_references", (!references.is_empty()).then(|| json!(references))),
        ];
        let takes = |name: &str| info.is_none_or(|info| info.takes(name));
        core.exchange(PATH, &body(model, &call.prompt, &parameters, takes), &report, read).await
    }
}
