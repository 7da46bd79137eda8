//! What happens while a carousel is made, as it happens; a page or terminal listens.

use domain::{CarouselId, MicroUsd, Stage, State, Strategy, Variant, VariantId};
use tokio::sync::broadcast;

/// One thing that happened, after it was stored.
#[derive(Clone, Debug)]
pub enum Event {
    /// A round has begun, of which `wanted` variants are still to be written.
    Stage {
        stage: Stage,
        round: u32,
        wanted: usize,
    },
    Variant {
        id: VariantId,
        stage: Stage,
        strategy: Strategy,
        score: f64,
        cost: MicroUsd,
    },
    State(State),
    /// Something a person should know that stops nothing: what was skipped for a language.
    Note(String),
}

impl Event {
    pub(crate) fn of_variant(variant: &Variant) -> Self {
        Self::Variant {
            id: variant.id,
            stage: variant.stage,
            strategy: variant.strategy,
            score: variant.score.total,
            cost: variant.cost,
        }
    }
}

/// Events of all carousels; a listener that falls behind loses the oldest and reads the
/// stored state instead.
#[derive(Clone, Debug)]
pub(crate) struct Events(broadcast::Sender<(CarouselId, Event)>);

impl Events {
    pub(crate) fn new() -> Self {
        Self(broadcast::Sender::new(1024))
    }

    pub(crate) fn send(&self, carousel: CarouselId, event: Event) {
        // Nobody listening is fine.
        let _ = self.0.send((carousel, event));
    }

    pub(crate) fn subscribe(&self) -> broadcast::Receiver<(CarouselId, Event)> {
        self.0.subscribe()
    }
}
