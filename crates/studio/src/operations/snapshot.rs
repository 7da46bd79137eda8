//! How a carousel is now, in the words of its events: for a page that was opened late.

use domain::{CarouselId, Right, State};

use crate::error::StudioError;
use crate::events::Event;
use crate::studio::{Actor, Studio};

impl Studio {
    /// The events that would have led to the present state: the open round, each of its variants
    /// that is there, and the state. Subscribe first, so that nothing is missed in between; a
    /// variant may then come twice.
    ///
    /// # Errors
    /// Where there is no such carousel in this workspace.
    pub async fn snapshot(&self, actor: Actor, id: CarouselId) -> Result<Vec<Event>, StudioError> {
        actor.require(Right::Read)?;
        let mut tx = self.store.read(actor.workspace).await?;
        let state = store::carousels::get(&mut tx, id).await?.progress.state;
        let mut events = Vec::new();
        if let State::Generating { stage, round }
        | State::AwaitingApproval { stage, round }
        | State::Failed { stage, round, .. } = state
        {
            let variants = store::variants::of_round(&mut tx, id, stage, round).await?;
            let is_there = |strategy| variants.iter().any(|variant| variant.strategy == strategy);
            let missing = stage.strategies().iter().filter(|strategy| !is_there(**strategy)).count();
            let wanted = if matches!(state, State::Generating { .. }) { missing } else { 0 };
            events.push(Event::Stage { stage, round, wanted });
            events.extend(variants.iter().map(Event::of_variant));
        }
        events.push(Event::State(state));
        Ok(events)
    }
}
