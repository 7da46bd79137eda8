//! What happens to a carousel, as server-sent events: the present state first, then each
//! thing as it happens. A page without events asks again now and then.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::response::Sse;
use axum::response::sse::{Event as Sent, KeepAlive};
use domain::{CarouselId, State as CarouselState};
use futures::{Stream, StreamExt, stream};
use serde_json::json;
use studio::{Actor, Event, StudioError};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::watch;

use crate::at::At;
use crate::catalogue::Catalogue;
use crate::error::PageError;
use crate::sentences::sentence;
use crate::session::Person;
use crate::web::Web;

pub(crate) async fn stream(
    State(web): State<Web>,
    person: Person,
    At(id): At<CarouselId>,
) -> Result<Sse<impl Stream<Item = Result<Sent, Infallible>> + use<>>, PageError> {
    let words = Some(person.reader.words);
    listen(&web, person.actor(), id, words).await.map_err(|error| person.error(error))
}

/// The events of a carousel, for whoever may read it; notes in these words, for programs as they are.
///
/// # Errors
/// Where there is no such carousel in the actor's workspace.
pub(crate) async fn listen(
    web: &Web,
    actor: Actor,
    id: CarouselId,
    words: Option<&'static Catalogue>,
) -> Result<Sse<impl Stream<Item = Result<Sent, Infallible>> + use<>>, StudioError> {
    // Listening begins before the state is read, so that nothing falls between the two.
    let events = web.studio.subscribe();
    let now = web.studio.snapshot(actor, id).await?;
    let listening = Listening { events, stopping: web.stopping.clone(), id, words };
    let first = stream::iter(now).map(move |event| sent(&event, words));
    let later =
        stream::unfold(listening, |mut listening| async move { Some((listening.next().await?, listening)) });
    Ok(Sse::new(first.chain(later).map(Ok)).keep_alive(KeepAlive::new().interval(Duration::from_secs(15))))
}

struct Listening {
    events: Receiver<(CarouselId, Event)>,
    stopping: watch::Receiver<bool>,
    id: CarouselId,
    words: Option<&'static Catalogue>,
}

impl Listening {
    /// `None` when the server stops.
    async fn next(&mut self) -> Option<Sent> {
        loop {
            let received = tokio::select! {
                received = self.events.recv() => received,
                _ = self.stopping.wait_for(|stop| *stop) => return None,
            };
            match received {
                Ok((id, event)) if id == self.id => return Some(sent(&event, self.words)),
                Ok(_) => {}
                // Whoever fell behind reads the page again.
                Err(RecvError::Lagged(_)) => return Some(named("state", &json!({}))),
                Err(RecvError::Closed) => return None,
            }
        }
    }
}

fn sent(event: &Event, words: Option<&'static Catalogue>) -> Sent {
    match event {
        Event::Stage { stage, round, wanted } => {
            named("stage", &json!({ "stage": stage, "round": round, "wanted": wanted }))
        }
        Event::Variant { id, stage, strategy, score, cost } => named(
            "variant",
            &json!({ "id": id, "stage": stage, "strategy": strategy, "score": score, "cost_micro_usd": cost }),
        ),
        Event::State(now) => state(now),
        Event::Note(note) => {
            let note = words.map_or_else(|| note.clone(), |words| sentence(words, note));
            named("note", &json!({ "note": note }))
        }
    }
}

fn state(state: &CarouselState) -> Sent {
    named("state", &serde_json::to_value(state).unwrap_or_default())
}

fn named(name: &str, data: &serde_json::Value) -> Sent {
    Sent::default().event(name).data(data.to_string())
}
