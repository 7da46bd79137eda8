//! Keys for programs that call the API: a secret that acts for a member, at most within a scope.

use domain::{MemberRole, Right, TokenId};
use store::tokens::{self, Shown, Token};
use time::Duration;

use super::{names, secrets};
use crate::error::StudioError;
use crate::studio::{Actor, Studio};

/// How every token begins, so that scanners for leaked secrets find it.
const PREFIX: &str = "slw_";
/// How exactly its last use is noted: not every request writes.
const USED: Duration = Duration::minutes(1);

impl Studio {
    /// Makes a token; its secret is shown this once and not kept.
    ///
    /// # Errors
    /// `Forbidden` where it could do more than its maker may, `Invalid` where the name is missing.
    pub async fn create_token(
        &self,
        actor: Actor,
        name: &str,
        scope: MemberRole,
    ) -> Result<(Token, String), StudioError> {
        for right in [Right::Manage, Right::Make, Right::Review, Right::Read] {
            if scope.may(right) {
                actor.require(right)?;
            }
        }
        let token = Token {
            id: self.surroundings.token_id(),
            name: names::accepted("name", name)?,
            scope,
            member: actor.member,
            created_at: self.surroundings.now(),
            last_used_at: None,
        };
        let secret = format!("{PREFIX}{}", secrets::text(&self.surroundings.secret()));
        let mut tx = self.store.write(actor.workspace).await?;
        tokens::insert(&mut tx, &secrets::digest(&secret), &token).await?;
        let said = Some(format!("{}: {scope}", token.name));
        self.note(&mut tx, actor, "create_token", None, said).await?;
        tx.commit().await?;
        Ok((token, secret))
    }

    /// A member's own tokens, the newest first; an owner sees everybody's.
    ///
    /// # Errors
    /// Where the database can't be read.
    pub async fn tokens(&self, actor: Actor) -> Result<Vec<Token>, StudioError> {
        actor.require(Right::Read)?;
        let mut tx = self.store.read(actor.workspace).await?;
        let own = (!actor.role.may(Right::Manage)).then_some(actor.member);
        Ok(tokens::list(&mut tx, own).await?)
    }

    /// Revokes a token: an own one, or as an owner anybody's.
    ///
    /// # Errors
    /// `NotFound` where there is no such token that still counts.
    pub async fn revoke_token(&self, actor: Actor, id: TokenId) -> Result<(), StudioError> {
        actor.require(Right::Read)?;
        let own = (!actor.role.may(Right::Manage)).then_some(actor.member);
        let mut tx = self.store.write(actor.workspace).await?;
        tokens::revoke(&mut tx, id, own, self.surroundings.now()).await?;
        self.note(&mut tx, actor, "revoke_token", Some(id.to_string()), None).await?;
        Ok(tx.commit().await?)
    }

    /// Whom a token acts for; `None` where it was revoked, its member removed, or it never was.
    ///
    /// # Errors
    /// Where the database can't be used.
    pub async fn authenticate(&self, secret: &str) -> Result<Option<Actor>, StudioError> {
        if !secret.starts_with(PREFIX) {
            return Ok(None);
        }
        let mut tx = self.store.read_for_all().await?;
        let shown = tokens::open(&mut tx, &secrets::digest(secret)).await?;
        drop(tx);
        let Some(Shown { token, workspace, role }) = shown else { return Ok(None) };
        let now = self.surroundings.now();
        if token.last_used_at.is_none_or(|last| now >= last + USED) {
            let mut tx = self.store.write(workspace).await?;
            tokens::used(&mut tx, token.id, now).await?;
            tx.commit().await?;
        }
        Ok(Some(Actor { workspace, member: token.member, role: role.at_most(token.scope) }))
    }
}
