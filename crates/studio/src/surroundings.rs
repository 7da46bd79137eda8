//! Clock, ids, secrets and randomness: everything that would make two runs differ comes in here.

use std::fmt;
use std::sync::Arc;

use domain::{
    AccountId, AssetId, CarouselId, InvitationId, JobId, LinkId, MemberId, ProfileId, TokenId, VariantId,
    WorkspaceId,
};
use store::workspaces::Home;
use time::OffsetDateTime;
use uuid::Uuid;

/// What operations ask of the world outside, so that tests can set it.
#[derive(Clone)]
pub struct Surroundings {
    clock: Arc<dyn Fn() -> OffsetDateTime + Send + Sync>,
    ids: Arc<dyn Fn() -> Uuid + Send + Sync>,
    jitter: Arc<dyn Fn() -> f64 + Send + Sync>,
}

impl Surroundings {
    /// The system's clock, version 7 ids and the thread's random numbers.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is the one door through which they come in")]
    pub fn real() -> Self {
        Self {
            clock: Arc::new(OffsetDateTime::now_utc),
            ids: Arc::new(Uuid::now_v7),
            jitter: Arc::new(|| rand::Rng::random(&mut rand::rng())),
        }
    }

    /// Surroundings of the caller's making.
    #[must_use]
    pub fn with(
        clock: impl Fn() -> OffsetDateTime + Send + Sync + 'static,
        ids: impl Fn() -> Uuid + Send + Sync + 'static,
        jitter: impl Fn() -> f64 + Send + Sync + 'static,
    ) -> Self {
        Self { clock: Arc::new(clock), ids: Arc::new(ids), jitter: Arc::new(jitter) }
    }

    /// To the microsecond, as times are kept: what was returned compares equal to what is stored.
    #[must_use]
    pub fn now(&self) -> OffsetDateTime {
        let now = (self.clock)();
        now - time::Duration::nanoseconds(i64::from(now.nanosecond() % 1000))
    }

    /// Uniform in 0..1, to spread retries.
    #[must_use]
    pub fn jitter(&self) -> f64 {
        (self.jitter)()
    }

    /// 256 random bits that nobody can guess, in tests too.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is the one door through which they come in")]
    pub fn secret(&self) -> [u8; 32] {
        rand::Rng::random(&mut rand::rng())
    }

    /// Ids for an owner and a workspace, should there be none yet.
    pub(crate) fn home(&self) -> Home {
        Home { workspace: WorkspaceId((self.ids)()), owner: MemberId((self.ids)()) }
    }

    #[must_use]
    pub fn account_id(&self) -> AccountId {
        AccountId((self.ids)())
    }

    #[must_use]
    pub fn member_id(&self) -> MemberId {
        MemberId((self.ids)())
    }

    #[must_use]
    pub fn invitation_id(&self) -> InvitationId {
        InvitationId((self.ids)())
    }

    #[must_use]
    pub fn token_id(&self) -> TokenId {
        TokenId((self.ids)())
    }

    #[must_use]
    pub fn link_id(&self) -> LinkId {
        LinkId((self.ids)())
    }

    #[must_use]
    pub fn carousel_id(&self) -> CarouselId {
        CarouselId((self.ids)())
    }

    #[must_use]
    pub fn variant_id(&self) -> VariantId {
        VariantId((self.ids)())
    }

    #[must_use]
    pub fn profile_id(&self) -> ProfileId {
        ProfileId((self.ids)())
    }

    #[must_use]
    pub fn asset_id(&self) -> AssetId {
        AssetId((self.ids)())
    }

    #[must_use]
    pub fn job_id(&self) -> JobId {
        JobId((self.ids)())
    }
}

impl fmt::Debug for Surroundings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Surroundings").finish_non_exhaustive()
    }
}
