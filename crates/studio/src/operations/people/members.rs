//! Who belongs to the workspace, and in which role.

use domain::{MemberId, MemberRole, Right};
use store::Tx;
use store::members::{self, Member};

use crate::error::StudioError;
use crate::studio::{Actor, Studio};

impl Studio {
    /// The members, oldest first.
    ///
    /// # Errors
    /// Where the database can't be read.
    pub async fn members(&self, actor: Actor) -> Result<Vec<Member>, StudioError> {
        actor.require(Right::Read)?;
        let mut tx = self.store.read(actor.workspace).await?;
        Ok(members::list(&mut tx).await?)
    }

    /// Gives a member another role; it counts from their next click on.
    ///
    /// # Errors
    /// `NotFound`; `Taken` where the workspace would be left without an owner.
    pub async fn set_role(&self, actor: Actor, id: MemberId, role: MemberRole) -> Result<(), StudioError> {
        actor.require(Right::Manage)?;
        let mut tx = self.store.write(actor.workspace).await?;
        let member = leaving_an_owner(&mut tx, id, role == MemberRole::Owner).await?;
        members::set_role(&mut tx, id, role).await?;
        let said = |role: MemberRole| Some(format!("{}: {role}", member.name));
        self.note(&mut tx, actor, "set_role", said(member.role), said(role)).await?;
        Ok(tx.commit().await?)
    }

    /// Removes a member: their sessions end, their tokens are revoked, what they did stays.
    ///
    /// # Errors
    /// `NotFound`; `Taken` where the workspace would be left without an owner.
    pub async fn remove_member(&self, actor: Actor, id: MemberId) -> Result<(), StudioError> {
        actor.require(Right::Manage)?;
        let now = self.surroundings.now();
        let mut tx = self.store.write(actor.workspace).await?;
        let member = leaving_an_owner(&mut tx, id, false).await?;
        members::remove(&mut tx, id, now).await?;
        store::sessions::end_of_member(&mut tx, id).await?;
        store::tokens::revoke_of_member(&mut tx, id, now).await?;
        self.note(&mut tx, actor, "remove_member", Some(member.name), None).await?;
        Ok(tx.commit().await?)
    }
}

/// The member, unless they are the last owner and would be none any more.
async fn leaving_an_owner(tx: &mut Tx, id: MemberId, stays: bool) -> Result<Member, StudioError> {
    // Two owners who demote each other at once would leave none.
    store::workspaces::lock(tx).await?;
    let members = members::list(tx).await?;
    let owners = members.iter().filter(|member| member.role == MemberRole::Owner).count();
    let member = members.into_iter().find(|member| member.id == id);
    let member = member.ok_or(StudioError::NotFound("member"))?;
    if member.role == MemberRole::Owner && owners == 1 && !stays {
        return Err(StudioError::Taken(LAST_OWNER.to_owned()));
    }
    Ok(member)
}

const LAST_OWNER: &str = "this is the last owner of the workspace; make another member an owner first";
