//! Repeated requests: the API's keys, so that one that is sent twice is done once.

use store::idempotency::{self, Begun};

use crate::error::StudioError;
use crate::studio::{Actor, Studio};

/// The longest key, in bytes.
const KEY: usize = 255;

impl Studio {
    /// Begins a request under a member's key; `digest` is of all that it asks.
    ///
    /// # Errors
    /// `Invalid` where the key is empty or too long.
    pub async fn begin_request(&self, actor: Actor, key: &str, digest: &str) -> Result<Begun, StudioError> {
        if key.is_empty() || key.len() > KEY {
            return Err(StudioError::invalid("Idempotency-Key", format!("has to have 1 to {KEY} bytes")));
        }
        let mut tx = self.store.write(actor.workspace).await?;
        let begun = idempotency::begin(&mut tx, actor.member, key, digest, self.surroundings.now()).await?;
        tx.commit().await?;
        Ok(begun)
    }

    /// Keeps what a request was answered, for a day.
    ///
    /// # Errors
    /// Where the database can't be written.
    pub async fn finish_request(
        &self,
        actor: Actor,
        key: &str,
        status: u16,
        body: &str,
    ) -> Result<(), StudioError> {
        let mut tx = self.store.write(actor.workspace).await?;
        idempotency::finish(&mut tx, actor.member, key, status, body).await?;
        Ok(tx.commit().await?)
    }

    /// Forgets a request that failed, so that it may be tried again with the same key.
    ///
    /// # Errors
    /// Where the database can't be written.
    pub async fn forget_request(&self, actor: Actor, key: &str) -> Result<(), StudioError> {
        let mut tx = self.store.write(actor.workspace).await?;
        idempotency::forget(&mut tx, actor.member, key).await?;
        Ok(tx.commit().await?)
    }
}
