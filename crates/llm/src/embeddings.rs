//! Vectors of texts: in batches within the provider's limits, always of one model.

use std::time::Duration;

use domain::{MicroUsd, named_enum};
use futures::FutureExt;
use futures::future::BoxFuture;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::answer::Attempt;
use crate::attempt::{Made, Order, SharedReport};
use crate::call::Purpose;
use crate::core::{Core, Known};
use crate::error::{Failed, Reason};
use crate::flow::stop::Stop;
use crate::gateway::Gateway;
use crate::money::estimated_tokens;
use crate::persist::Question;
use crate::purse::Payer;
use crate::routing::EmbeddingRoute;
use crate::wire::embedding::{EmbeddingRequest, read};
use crate::wire::failure::Failure;
use crate::wire::request::Repair;

const PATH: &str = "embeddings";

named_enum! {
    /// What a text is to a search; some models make other vectors of a question.
    pub enum TextKind ("kind of text") {
        Query = "search_query",
        Document = "search_document",
    }
}

/// Texts of which vectors are wanted.
#[derive(Clone)]
pub struct EmbeddingCall {
    pub payer: Payer,
    /// None of them empty.
    pub texts: Vec<String>,
    pub kind: TextKind,
    /// For all batches together.
    pub deadline: Duration,
    pub cancel: CancellationToken,
}

impl EmbeddingCall {
    #[must_use]
    pub fn new(payer: Payer, texts: Vec<String>, kind: TextKind) -> Self {
        Self { payer, texts, kind, deadline: Duration::from_secs(120), cancel: CancellationToken::new() }
    }
}

/// Without its texts, which never reach a log.
impl std::fmt::Debug for EmbeddingCall {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "EmbeddingCall of {} texts for {:?}", self.texts.len(), self.payer)
    }
}

/// A vector for each text, in their order, all of one length.
#[derive(Clone, Debug, PartialEq)]
pub struct Embeddings {
    pub vectors: Vec<Vec<f32>>,
    /// As it was asked for. Vectors of two models must never be compared.
    pub model: String,
    pub attempts: Vec<Attempt>,
}

impl Embeddings {
    /// Of all batches together.
    #[must_use]
    pub fn cost(&self) -> MicroUsd {
        self.attempts.iter().map(|attempt| attempt.row.cost).sum()
    }
}

impl Gateway {
    /// Makes vectors of texts, one batch after the other.
    ///
    /// # Errors
    /// As [`Gateway::ask`]; also where there is no model for it, a text is empty, or the lengths of vectors differ
    /// between batches. What earlier batches cost is spent, and in the attempts.
    pub async fn embed(&self, call: EmbeddingCall) -> Result<Embeddings, Failed> {
        let core = self.core.clone();
        let cancel = call.cancel.child_token();
        let call = EmbeddingCall { cancel: cancel.clone(), ..call };
        self.run(cancel, async move { core.embed(&call).await }).await
    }
}

struct Batch<'a> {
    call: &'a EmbeddingCall,
    id: Uuid,
    known: &'a Known,
    route: &'a EmbeddingRoute,
    texts: &'a [String],
}

impl Core {
    pub(crate) async fn embed(&self, call: &EmbeddingCall) -> Result<Embeddings, Failed> {
        let mut attempts = Vec::new();
        match self.embed_all(call, &mut attempts).await {
            Ok((vectors, model)) => Ok(Embeddings { vectors, model, attempts }),
            Err(reason) => Err(Failed { reason, attempts }),
        }
    }

    async fn embed_all(
        &self,
        call: &EmbeddingCall,
        attempts: &mut Vec<Attempt>,
    ) -> Result<(Vec<Vec<f32>>, String), Reason> {
        let known = self.known();
        let route = known.routing.embedding.as_ref();
        let route = route.ok_or_else(|| Reason::NoModel { what: "embeddings".to_owned() })?;
        if let Some(empty) = call.texts.iter().position(|text| text.trim().is_empty()) {
            return Err(Reason::Unsendable(format!("text {} is empty", empty + 1)));
        }
        let stop = Stop::new(call.deadline, call.cancel.clone());
        let id = self.surroundings.id();
        let models = [route.model.clone()];
        let mut vectors: Vec<Vec<f32>> = Vec::with_capacity(call.texts.len());
        let limits = self.settings.batch;
        for texts in batches(&call.texts, limits.texts, limits.tokens) {
            let batch = Batch { call, id, known: &known, route, texts };
            let more = self.persist(&batch, &models, &stop, attempts).await?;
            let differs = |first: &Vec<f32>| more.iter().any(|one| one.len() != first.len());
            if vectors.first().is_some_and(differs) {
                let problem = "vectors of two batches differ in length".to_owned();
                return Err(Reason::InvalidAnswer { problem });
            }
            vectors.extend(more);
        }
        Ok((vectors, route.model.clone()))
    }
}

impl Question for Batch<'_> {
    type Good = Vec<Vec<f32>>;

    fn ask<'a>(
        &'a self,
        core: &'a Core,
        model: &'a str,
        _repair: Option<Repair>,
        stop: &'a Stop,
    ) -> BoxFuture<'a, Result<Made<Self::Good>, Reason>> {
        async move {
            let order = self.order(core, model);
            core.attempt(&order, stop, |report| self.exchange(core, model, report).boxed()).await
        }
        .boxed()
    }
}

impl Batch<'_> {
    fn order(&self, core: &Core, model: &str) -> Order {
        let price = core.price(model);
        let tokens = self.texts.iter().map(|text| estimated_tokens(text)).sum();
        Order {
            call: self.id,
            purpose: Purpose::Embedding,
            tier: None,
            payer: self.call.payer.clone(),
            model: model.to_owned(),
            worst: price.worst(tokens, 0, 0),
            price: Some(price),
            searches: 0,
            timeout: core.settings.timeouts.text,
        }
    }

    async fn exchange(
        &self,
        core: &Core,
        model: &str,
        report: SharedReport,
    ) -> Result<Vec<Vec<f32>>, Failure> {
        let request = EmbeddingRequest {
            model,
            inputs: self.texts,
            dimensions: self.route.dimensions,
            input_type: self.known.capabilities.routes.then(|| self.call.kind.name()),
        };
        core.exchange(PATH, &request.body(), &report, |body, report| {
            read(body, self.texts.len(), self.route.dimensions, report)
        })
        .await
    }
}

/// Cuts by the number of texts and by their tokens; a text above the limit goes alone, and the provider decides.
fn batches(texts: &[String], most_texts: usize, most_tokens: u64) -> Vec<&[String]> {
    let mut batches = Vec::new();
    let (mut begin, mut tokens) = (0, 0);
    for (n, text) in texts.iter().enumerate() {
        let own = estimated_tokens(text);
        if n > begin && (n - begin >= most_texts.max(1) || tokens + own > most_tokens) {
            batches.push(&texts[begin..n]);
            (begin, tokens) = (n, 0);
        }
        tokens += own;
    }
    if begin < texts.len() {
        batches.push(&texts[begin..]);
    }
    batches
}

#[cfg(test)]
mod tests {
    use super::{batches, estimated_tokens};

    #[test]
    fn batches_are_cut_by_number_and_by_tokens() {
        let texts: Vec<String> = (0..10).map(|n| format!("text number {n}")).collect();
        let sizes =
            |most, tokens| batches(&texts, most, tokens).iter().map(|one| one.len()).collect::<Vec<_>>();
        let one = estimated_tokens(&texts[0]);
        assert_eq!(sizes(4, u64::MAX), [4, 4, 2]);
        assert_eq!(sizes(100, one * 3), [3, 3, 3, 1]);
        assert_eq!(sizes(0, u64::MAX).len(), 10);
        assert_eq!(sizes(100, 1).len(), 10, "a text above the limit goes alone");
        assert!(batches(&[], 4, 4).is_empty());
    }
}
