//! A member's stars and feedback on a variant.

use domain::{FEEDBACK, Rating, Right, Stars, VariantId};

use crate::error::StudioError;
use crate::studio::{Actor, Studio};

impl Studio {
    /// Rates a variant, before or after its approval; a later rating by the same member
    /// counts instead, and the earlier one stays in the history.
    ///
    /// # Errors
    /// Where there is no such variant in this workspace, or the feedback is too long.
    pub async fn rate(
        &self,
        actor: Actor,
        variant: VariantId,
        stars: Stars,
        feedback: Option<String>,
    ) -> Result<Rating, StudioError> {
        actor.require(Right::Review)?;
        if feedback.as_ref().is_some_and(|text| text.chars().count() > FEEDBACK) {
            return Err(StudioError::invalid("feedback", format!("is longer than {FEEDBACK} characters")));
        }
        let mut tx = self.store.write(actor.workspace).await?;
        store::variants::get(&mut tx, variant).await?;
        let rating =
            Rating { variant, member: actor.member, stars, feedback, rated_at: self.surroundings.now() };
        store::ratings::put(&mut tx, &rating).await?;
        tx.commit().await?;
        Ok(rating)
    }

    /// Every member's rating of a variant that counts.
    ///
    /// # Errors
    /// Where the database can't be read.
    pub async fn ratings(&self, actor: Actor, variant: VariantId) -> Result<Vec<Rating>, StudioError> {
        actor.require(Right::Read)?;
        let mut tx = self.store.read(actor.workspace).await?;
        Ok(store::ratings::current(&mut tx, variant).await?)
    }
}
