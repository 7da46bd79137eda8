//! The record of who did what: every change to people and what they share leaves a row.

use domain::{CarouselId, MemberId, Right};
use store::Tx;
use store::audit::{Entry, Recorded};

use crate::error::StudioError;
use crate::studio::{Actor, Studio};

impl Studio {
    /// The last things that were done in the workspace, the newest first, at most `limit`,
    /// from before the place `before` on.
    ///
    /// # Errors
    /// `Forbidden` to all but owners.
    pub async fn audit(
        &self,
        actor: Actor,
        before: Option<i64>,
        limit: u32,
    ) -> Result<Vec<Recorded>, StudioError> {
        actor.require(Right::Manage)?;
        let mut tx = self.store.read(actor.workspace).await?;
        Ok(store::audit::list(&mut tx, before, limit).await?)
    }

    /// Notes what a member did, on the transaction that did it.
    pub(crate) async fn note(
        &self,
        tx: &mut Tx,
        actor: Actor,
        what: &str,
        from: Option<String>,
        to: Option<String>,
    ) -> Result<(), StudioError> {
        let (who, when) = (Some(actor.member), self.surroundings.now());
        let entry = Entry { carousel: None, who, what: what.to_owned(), when, from, to };
        Ok(store::audit::record(tx, &entry).await?)
    }

    /// Notes what was done about a carousel or by nobody who is signed in here.
    pub(super) async fn note_of(
        &self,
        tx: &mut Tx,
        who: Option<MemberId>,
        carousel: Option<CarouselId>,
        what: &str,
        to: &str,
    ) -> Result<(), StudioError> {
        let (when, to) = (self.surroundings.now(), Some(to.to_owned()));
        let entry = Entry { carousel, who, what: what.to_owned(), when, from: None, to };
        Ok(store::audit::record(tx, &entry).await?)
    }
}
