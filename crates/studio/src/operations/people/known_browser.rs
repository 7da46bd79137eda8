//! Browsers in which somebody signed in before: a stranger who guesses at an account's password
//! is made to wait, but not the owner in their own browser.

use std::net::IpAddr;

use domain::AccountId;
use hmac::Mac;
use store::accounts::Account;

use super::secrets;
use super::sign_in::SignedIn;
use super::throttle::Trier;
use crate::error::StudioError;
use crate::studio::Studio;

/// From where somebody comes to sign in.
#[derive(Clone, Debug)]
pub struct Visit {
    pub from: IpAddr,
    /// What [`Studio::known_browser`] gave this browser.
    pub browser: Option<String>,
}

impl From<IpAddr> for Visit {
    fn from(from: IpAddr) -> Self {
        Self { from, browser: None }
    }
}

/// Stands before what is signed, so that nothing else that is signed here can be taken for it.
const KIND: &[u8] = b"browser";

impl Studio {
    /// For a cookie that outlives the session: it says that this browser was signed in to the
    /// account, and opens nothing by itself.
    ///
    /// # Errors
    /// Where the database can't be used.
    pub async fn known_browser(&self, signed_in: &SignedIn) -> Result<String, StudioError> {
        let one = secrets::text(&self.surroundings.secret()[..16]);
        let signature = self.signature_of(signed_in.account, &one).await?;
        Ok(format!("{one}.{}", secrets::text(&signature.finalize().into_bytes())))
    }

    /// Whose failures the attempt counts among.
    pub(super) async fn trier(&self, visit: &Visit, account: Option<&Account>) -> Result<Trier, StudioError> {
        let anybody = Trier::Anybody(visit.from);
        let said = visit.browser.as_deref().and_then(|text| text.split_once('.'));
        let (Some(account), Some((one, signature))) = (account, said) else { return Ok(anybody) };
        let Some(signature) = secrets::bytes(signature) else { return Ok(anybody) };
        let is_ours = self.signature_of(account.id, one).await?.verify_slice(&signature).is_ok();
        Ok(if is_ours { Trier::Known(one.to_owned()) } else { anybody })
    }

    async fn signature_of(
        &self,
        account: AccountId,
        one: &str,
    ) -> Result<hmac::Hmac<sha2::Sha256>, StudioError> {
        let signing = self.signing().await?;
        Ok(signing.chain_update(KIND).chain_update(account.0.as_bytes()).chain_update(one.as_bytes()))
    }
}
