//! Links for clients: a signed address that opens one carousel without an account.

use domain::{CarouselId, LinkId, Right, WorkspaceId};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use store::Tx;
use store::approvals;
use store::installation;
use store::links::{self, Answer, Link};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::{names, secrets};
use crate::error::StudioError;
use crate::studio::{Actor, Studio};

/// A link with what was answered through it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkInUse {
    pub link: Link,
    /// The first answer first.
    pub answers: Vec<Answer>,
    /// The slides were approved through it as they are now.
    pub approved: bool,
}

/// What an address of ours says, once its signature was checked.
pub(super) struct Address {
    pub(super) workspace: WorkspaceId,
    pub(super) link: LinkId,
    pub(super) expires_at: OffsetDateTime,
}

/// Workspace, link and end, in bytes.
type Signed = [u8; 40];

impl Studio {
    /// Makes a link to a carousel that ends after 1 to 90 days.
    ///
    /// # Errors
    /// `NotFound` where there is no such carousel, `Invalid`.
    pub async fn create_link(
        &self,
        actor: Actor,
        carousel: CarouselId,
        name: &str,
        days: u16,
    ) -> Result<Link, StudioError> {
        actor.require(Right::Make)?;
        if !(1..=90).contains(&days) {
            return Err(StudioError::invalid("days", "is not between 1 and 90"));
        }
        let now = self.surroundings.now();
        let link = Link {
            id: self.surroundings.link_id(),
            carousel,
            name: names::accepted("name", name)?,
            member: actor.member,
            created_at: now,
            expires_at: now + Duration::days(days.into()),
            revoked_at: None,
        };
        let mut tx = self.store.write(actor.workspace).await?;
        store::carousels::get(&mut tx, carousel).await?;
        links::insert(&mut tx, &link).await?;
        self.note_of(&mut tx, Some(actor.member), Some(carousel), "create_link", &link.name).await?;
        tx.commit().await?;
        Ok(link)
    }

    /// The links to a carousel with their answers, the newest link first.
    ///
    /// # Errors
    /// `NotFound` where there is no such carousel.
    pub async fn links(&self, actor: Actor, carousel: CarouselId) -> Result<Vec<LinkInUse>, StudioError> {
        actor.require(Right::Read)?;
        let mut tx = self.store.read(actor.workspace).await?;
        store::carousels::get(&mut tx, carousel).await?;
        let changed_at = changed_at(&mut tx, carousel).await?;
        let mut found = Vec::new();
        for link in links::of_carousel(&mut tx, carousel).await? {
            let answers = links::answers(&mut tx, link.id).await?;
            let approved = is_approved(&answers, changed_at);
            found.push(LinkInUse { link, answers, approved });
        }
        Ok(found)
    }

    /// Ends a link before its time.
    ///
    /// # Errors
    /// `NotFound` where there is no such link that was not revoked before.
    pub async fn revoke_link(&self, actor: Actor, id: LinkId) -> Result<(), StudioError> {
        actor.require(Right::Make)?;
        let mut tx = self.store.write(actor.workspace).await?;
        let link = links::get(&mut tx, id).await?;
        links::revoke(&mut tx, id, self.surroundings.now()).await?;
        self.note_of(&mut tx, Some(actor.member), Some(link.carousel), "revoke_link", &link.name).await?;
        Ok(tx.commit().await?)
    }

    /// The secret part of a link's address. Whoever has it can answer as the client.
    ///
    /// # Errors
    /// Where the database can't be used.
    pub async fn link_secret(&self, actor: Actor, link: &Link) -> Result<String, StudioError> {
        actor.require(Right::Make)?;
        let mut said: Signed = [0; 40];
        said[..16].copy_from_slice(actor.workspace.0.as_bytes());
        said[16..32].copy_from_slice(link.id.0.as_bytes());
        said[32..].copy_from_slice(&link.expires_at.unix_timestamp().to_be_bytes());
        let signature = self.signing().await?.chain_update(said).finalize().into_bytes();
        Ok(format!("{}.{}", secrets::text(&said), secrets::text(&signature)))
    }

    /// What an address says; `None` where it was not signed here.
    pub(super) async fn address(&self, secret: &str) -> Result<Option<Address>, StudioError> {
        let parts =
            secret.split_once('.').map(|(said, signature)| (secrets::bytes(said), secrets::bytes(signature)));
        let Some((Some(said), Some(signature))) = parts else { return Ok(None) };
        let Ok(said) = Signed::try_from(said) else { return Ok(None) };
        // In the same time whatever differs.
        if self.signing().await?.chain_update(said).verify_slice(&signature).is_err() {
            return Ok(None);
        }
        Ok(understood(&said))
    }

    /// Signs with the installation's key, which is made by whoever needs it first.
    pub(super) async fn signing(&self) -> Result<Hmac<Sha256>, StudioError> {
        let mut tx = self.store.read_for_all().await?;
        let kept = installation::get(&mut tx, installation::LINK_KEY).await?;
        drop(tx);
        let key = match kept {
            Some(key) => key,
            None => {
                let new = secrets::text(&self.surroundings.secret());
                let mut tx = self.store.write_for_all().await?;
                let key = installation::keep_first(&mut tx, installation::LINK_KEY, &new).await?;
                tx.commit().await?;
                key
            }
        };
        Hmac::new_from_slice(key.as_bytes()).map_err(|error| StudioError::internal(&error))
    }
}

fn understood(said: &Signed) -> Option<Address> {
    let (workspace, rest) = said.split_first_chunk::<16>()?;
    let (link, rest) = rest.split_first_chunk::<16>()?;
    let (end, _) = rest.split_first_chunk::<8>()?;
    Some(Address {
        workspace: WorkspaceId(Uuid::from_bytes(*workspace)),
        link: LinkId(Uuid::from_bytes(*link)),
        expires_at: OffsetDateTime::from_unix_timestamp(i64::from_be_bytes(*end)).ok()?,
    })
}

/// When the words, their order or the looks of a carousel were last chosen or changed.
pub(super) async fn changed_at(
    tx: &mut Tx,
    carousel: CarouselId,
) -> Result<Option<OffsetDateTime>, StudioError> {
    let approvals = approvals::live(tx, carousel).await?;
    Ok(approvals.values().map(|approval| approval.at).max())
}

/// Whether a client's approval is of what there is now: who approved other slides has not
/// approved these.
pub(super) fn is_approved(answers: &[Answer], changed_at: Option<OffsetDateTime>) -> bool {
    let counts = |answer: &Answer| answer.approved && changed_at.is_none_or(|changed| answer.at >= changed);
    answers.iter().any(counts)
}
