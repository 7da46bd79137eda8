//! What stands between a guesser and an account: the count of failures, and a bound on how
//! many passwords are hashed at once, since each takes 19 MB and a processor.

use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::Duration;

use domain::Email;
use store::accounts::Account;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use super::known_browser::Visit;
use super::passwords::{Password, is_up_to_date};
use super::throttle::{Throttle, Trier};
use crate::error::StudioError;
use crate::studio::Studio;

/// Passwords that are hashed at once.
const AT_ONCE: usize = 2;

#[derive(Debug)]
pub(crate) struct Guard {
    throttle: Mutex<Throttle>,
    hashing: Semaphore,
}

impl Guard {
    pub(crate) fn new() -> Self {
        Self { throttle: Mutex::default(), hashing: Semaphore::new(AT_ONCE) }
    }

    async fn compute<T: Send + 'static>(
        &self,
        slow: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, StudioError> {
        let _turn = self.hashing.acquire().await.map_err(|closed| StudioError::internal(&closed))?;
        spawn_blocking(slow).await.map_err(|panic| StudioError::internal(&panic))
    }
}

impl Studio {
    /// The hash under which a password is kept.
    pub(super) async fn hash(&self, password: Password) -> Result<String, StudioError> {
        let salt = self.surroundings.secret();
        self.guard.compute(move || password.hash(&salt[..16])).await?
    }

    /// The account whose email and password these are, after a count of failures.
    pub(super) async fn account_of(
        &self,
        email: &Email,
        password: &Password,
        visit: &Visit,
    ) -> Result<Account, StudioError> {
        let mut tx = self.store.read_for_all().await?;
        let account = store::accounts::by_email(&mut tx, email).await?;
        drop(tx);
        let who = self.trier(visit, account.as_ref()).await?;
        self.begin_attempt(email, &who)?;
        let hash = account.as_ref().and_then(|account| account.password_hash.clone());
        if !self.is_right(password, hash.as_deref()).await? {
            return Err(StudioError::SignIn(WRONG));
        }
        let Some(account) = account else { return Err(StudioError::SignIn(WRONG)) };
        self.forgive_attempt(email, &who);
        if hash.is_some_and(|hash| !is_up_to_date(&hash)) {
            self.hash_anew(&account, password).await?;
        }
        Ok(account)
    }

    pub(super) fn begin_attempt(&self, email: &Email, who: &Trier) -> Result<(), StudioError> {
        let mut throttle = self.guard.throttle.lock().unwrap_or_else(PoisonError::into_inner);
        throttle
            .begin(email, who, self.surroundings.now())
            .map_err(|wait| StudioError::TooMany { retry_after: whole_seconds(wait) })
    }

    pub(super) fn forgive_attempt(&self, email: &Email, who: &Trier) {
        self.guard.throttle.lock().unwrap_or_else(PoisonError::into_inner).forgive(email, who);
    }

    /// As much work where there is no such account: how long it takes says nothing.
    pub(super) async fn is_right(
        &self,
        password: &Password,
        hash: Option<&str>,
    ) -> Result<bool, StudioError> {
        let (password, hash) = (password.clone(), hash.map(str::to_owned));
        let check = move || {
            let nobodys = nobodys_hash();
            let is_right = password.is_of(hash.as_deref().unwrap_or(nobodys));
            is_right && hash.is_some()
        };
        self.guard.compute(check).await
    }

    async fn hash_anew(&self, account: &Account, password: &Password) -> Result<(), StudioError> {
        let Some(email) = &account.email else { return Ok(()) };
        let hash = self.hash(password.clone()).await?;
        let mut tx = self.store.write_for_all().await?;
        store::accounts::set_password(&mut tx, account.id, email, &hash).await?;
        Ok(tx.commit().await?)
    }
}

/// Rounded up: whoever waits that long is let in.
fn whole_seconds(wait: time::Duration) -> Duration {
    let wait = wait.unsigned_abs();
    Duration::from_secs(wait.as_secs() + u64::from(wait.subsec_nanos() > 0))
}

/// A hash of no password, as costly to check as a person's. Made at the first attempt,
/// whoever's it is.
fn nobodys_hash() -> &'static str {
    static HASH: OnceLock<String> = OnceLock::new();
    HASH.get_or_init(|| Password::new("").hash(&[0; 16]).unwrap_or_default())
}

const WRONG: &str = "the email or the password is wrong; try again, or ask an owner for a new invitation";
