//! What a workspace may spend: read and set.

use domain::{MicroUsd, Right};
pub use store::money::Budgets;
use store::money::budgets;

use crate::error::StudioError;
use crate::studio::{Actor, Studio};

impl Studio {
    /// The workspace's limits.
    ///
    /// # Errors
    /// Where the database can't be read.
    pub async fn budgets(&self, actor: Actor) -> Result<Budgets, StudioError> {
        actor.require(Right::Read)?;
        let mut tx = self.store.read(actor.workspace).await?;
        Ok(budgets::get(&mut tx).await?)
    }

    /// Sets the workspace's limits; what is spent already counts. Where they are as asked, nothing is
    /// written.
    ///
    /// # Errors
    /// `Forbidden` to all but owners; `Invalid` where a limit is below zero, or the warning level not
    /// from 1 to 100.
    pub async fn set_budgets(&self, actor: Actor, new: Budgets) -> Result<(), StudioError> {
        actor.require(Right::Manage)?;
        let limits = [("carousel", new.carousel), ("day", new.day), ("month", new.month)];
        for (field, limit) in limits {
            if limit.is_some_and(|limit| limit < MicroUsd::ZERO) {
                return Err(StudioError::invalid(field, "is below zero; leave it out for no limit"));
            }
        }
        if !(1..=100).contains(&new.warn_percent) {
            return Err(StudioError::invalid("warn_percent", "is not from 1 to 100"));
        }
        if self.budgets(actor).await? == new {
            return Ok(());
        }
        let mut tx = self.store.write(actor.workspace).await?;
        budgets::set(&mut tx, &new).await?;
        self.note(&mut tx, actor, "set_budgets", None, None).await?;
        tx.commit().await?;
        Ok(())
    }
}
