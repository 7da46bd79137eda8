//! What all calls of a gateway share: the connection, the purse, what holds calls back, and what is known of models.

use std::sync::{Arc, Mutex, PoisonError, RwLock};

use domain::MicroUsd;
use reqwest::Response;
use serde_json::Value;
use tokio_util::task::TaskTracker;

use crate::attempt::{Order, SharedReport};
use crate::call::Purpose;
use crate::capabilities::Capabilities;
use crate::catalogue::Catalogue;
use crate::connection::Connection;
use crate::error::Reason;
use crate::flow::breaker::Breakers;
use crate::flow::gate::Gate;
use crate::flow::rate::Rate;
use crate::http::{Http, NoClient};
use crate::money::Price;
use crate::purse::Purse;
use crate::routing::Routing;
use crate::settings::Settings;
use crate::surroundings::Surroundings;
use crate::wire::chat::Report;
use crate::wire::failure::Failure;

/// What a probe found, or what is assumed before.
#[derive(Clone, Debug)]
pub(crate) struct Known {
    pub(crate) capabilities: Capabilities,
    pub(crate) catalogue: Catalogue,
    /// Without the models that can't serve.
    pub(crate) routing: Routing,
}

pub(crate) struct Core {
    pub(crate) settings: Settings,
    pub(crate) http: Http,
    pub(crate) purse: Arc<dyn Purse>,
    pub(crate) surroundings: Surroundings,
    pub(crate) gate: Gate,
    pub(crate) rate: Rate,
    /// One for each model.
    pub(crate) breakers: Breakers,
    /// One for the key: refused once, it rests.
    pub(crate) key: Breakers,
    pub(crate) key_trouble: Mutex<Option<Reason>>,
    known: RwLock<Arc<Known>>,
    /// Calls that nobody waits for any longer end in their own time.
    pub(crate) tasks: TaskTracker,
}

impl Core {
    pub(crate) fn new(
        connection: Connection,
        settings: Settings,
        purse: Arc<dyn Purse>,
        surroundings: Surroundings,
    ) -> Result<Self, NoClient> {
        let (flights, resting, rate) = (settings.in_flight, settings.resting, settings.rate);
        let known = Known {
            capabilities: connection.assumed,
            catalogue: Catalogue::default(),
            routing: settings.routing.clone(),
        };
        Ok(Self {
            http: Http::new(connection, settings.timeouts.connect)?,
            purse,
            surroundings,
            gate: Gate::new(flights.per_key, flights.per_workspace, flights.waiting),
            rate: Rate::new(rate.per_minute, rate.burst),
            breakers: Breakers::new(resting.failures, resting.rest),
            key: Breakers::new(1, resting.key),
            key_trouble: Mutex::default(),
            known: RwLock::new(Arc::new(known)),
            tasks: TaskTracker::new(),
            settings,
        })
    }

    pub(crate) fn known(&self) -> Arc<Known> {
        self.known.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn know(&self, known: Known) {
        *self.known.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(known);
    }

    /// As it was set, or as the list says it.
    pub(crate) fn listed_price(&self, model: &str) -> Option<Price> {
        let set = self.settings.prices.get(model).cloned();
        set.or_else(|| self.known().catalogue.get(model)?.price.clone())
    }

    /// Never nothing.
    pub(crate) fn price(&self, model: &str) -> Price {
        self.listed_price(model).unwrap_or_default().or_floor(&self.settings.floor.tokens)
    }

    /// For one image, never nothing.
    pub(crate) fn image_price(&self, model: &str) -> MicroUsd {
        let listed = self.known().catalogue.get(model).and_then(|info| info.image_price?.to_micro());
        listed.filter(|price| *price > MicroUsd::ZERO).unwrap_or(self.settings.floor.image)
    }

    /// The model that savings are measured against, with its price; texts only.
    pub(crate) fn reference(&self, order: &Order) -> Option<(String, Price)> {
        if matches!(order.purpose, Purpose::Image | Purpose::Embedding) {
            return None;
        }
        let chosen = order.payer.reference_model.as_ref().or(self.settings.reference_model.as_ref());
        let model = chosen.or(self.settings.routing.complex.models.first())?.clone();
        let price = self.listed_price(&model)?;
        (price != Price::default()).then_some((model, price))
    }
}

impl Core {
    /// Sends JSON, and reads the whole answer as `read` understands it.
    pub(crate) async fn exchange<T>(
        &self,
        path: &str,
        body: &Value,
        report: &SharedReport,
        read: impl FnOnce(&str, &mut Report) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let response = self.begin(path, body, report).await?;
        let text = self.http.text(response).await?;
        let mut report = report.lock().unwrap_or_else(PoisonError::into_inner);
        read(&text, &mut report).map_err(|failure| self.without_key(failure))
    }

    /// Sends JSON, and keeps status and id at once: an answer that is cut off later can still be looked up.
    pub(crate) async fn begin(
        &self,
        path: &str,
        body: &Value,
        report: &SharedReport,
    ) -> Result<Response, Failure> {
        let sent = self.http.post(path, body, self.surroundings.now()).await;
        let mut report = report.lock().unwrap_or_else(PoisonError::into_inner);
        match &sent {
            Ok(response) => {
                report.status = Some(response.status().as_u16());
                let id = response.headers().get("x-generation-id").and_then(|id| id.to_str().ok());
                report.generation_id = id.map(str::to_owned);
            }
            Err(failure) => report.status = failure.status,
        }
        drop(report);
        sent
    }

    pub(crate) fn without_key(&self, failure: Failure) -> Failure {
        Failure { message: self.http.connection().without_key(&failure.message), ..failure }
    }
}

impl std::fmt::Debug for Core {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Core")
            .field("http", &self.http)
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}
