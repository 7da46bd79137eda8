//! What a client sees and answers through a link, without an account.

use domain::{MemberRole, Right, Stars};
use store::links::{self, Answer, Link};
use time::OffsetDateTime;

use super::links::{Address, changed_at, is_approved};
use crate::error::StudioError;
use crate::operations::CarouselInWork;
use crate::studio::{Actor, Studio};

/// The longest comment, in characters.
const COMMENT: usize = 2_000;
/// More answers than a client gives: somebody is filling the database.
const MOST_ANSWERS: usize = 200;

/// The carousel behind a link.
#[derive(Clone, Debug)]
pub struct LinkedCarousel {
    pub link: Link,
    pub work: CarouselInWork,
    /// The first answer first.
    pub answers: Vec<Answer>,
    /// The slides were approved as they are now.
    pub approved: bool,
    /// When the slides were last chosen or changed.
    pub changed_at: Option<OffsetDateTime>,
    /// May only read. For showing this carousel's slides, and nothing else of the workspace.
    pub scope: Actor,
}

/// What a client answers: at least one of the three.
#[derive(Clone, Debug, Default)]
pub struct NewAnswer {
    pub stars: Option<Stars>,
    /// 1 to 2,000 characters.
    pub comment: Option<String>,
    /// The slides are approved as they were seen.
    pub approved: bool,
    /// When those were last chosen or changed.
    pub seen: Option<OffsetDateTime>,
}

impl Studio {
    /// Opens the carousel that a link leads to.
    ///
    /// # Errors
    /// `Unknown` where it is no link of ours, `Gone` where it has ended.
    pub async fn open_link(&self, secret: &str) -> Result<LinkedCarousel, StudioError> {
        let Address { workspace, link, expires_at } =
            self.address(secret).await?.ok_or(StudioError::Unknown(NOT_OURS))?;
        let now = self.surroundings.now();
        if expires_at <= now {
            return Err(StudioError::Gone(EXPIRED));
        }
        let mut tx = self.store.read(workspace).await?;
        let link = links::get(&mut tx, link).await.map_err(|error| match error {
            // Its carousel was deleted, and the link with it.
            store::StoreError::NotFound { .. } => StudioError::Gone(REVOKED),
            other => other.into(),
        })?;
        if link.revoked_at.is_some() {
            return Err(StudioError::Gone(REVOKED));
        }
        if link.expires_at <= now {
            return Err(StudioError::Gone(EXPIRED));
        }
        let work = CarouselInWork::load(&mut tx, link.carousel).await?;
        let answers = links::answers(&mut tx, link.id).await?;
        let changed_at = changed_at(&mut tx, link.carousel).await?;
        let approved = is_approved(&answers, changed_at);
        let scope = Actor { workspace, member: link.member, role: MemberRole::Viewer };
        Ok(LinkedCarousel { link, work, answers, approved, changed_at, scope })
    }

    /// Keeps what a client answers; earlier answers stay beside it.
    ///
    /// # Errors
    /// As [`Studio::open_link`]; `Invalid` where nothing or too much is said; `Taken` where other
    /// slides are approved than there are now.
    pub async fn answer_link(&self, secret: &str, new: NewAnswer) -> Result<Answer, StudioError> {
        let LinkedCarousel { link, answers, scope, .. } = self.open_link(secret).await?;
        scope.require(Right::Read)?;
        let answer = Answer {
            stars: new.stars,
            comment: new
                .comment
                .map(|comment| comment.trim().to_owned())
                .filter(|comment| !comment.is_empty()),
            approved: new.approved,
            at: self.surroundings.now(),
        };
        accept(&answer)?;
        if answers.len() >= MOST_ANSWERS {
            return Err(StudioError::Gone(
                "this link has taken as many answers as it can; ask for a new one",
            ));
        }
        let mut tx = self.store.write(scope.workspace).await?;
        if answer.approved && changed_at(&mut tx, link.carousel).await? != new.seen {
            return Err(StudioError::Taken(CHANGED.to_owned()));
        }
        links::answer(&mut tx, link.id, &answer).await?;
        let what = if answer.approved { "client_approved" } else { "client_answered" };
        self.note_of(&mut tx, None, Some(link.carousel), what, &link.name).await?;
        tx.commit().await?;
        Ok(answer)
    }
}

fn accept(answer: &Answer) -> Result<(), StudioError> {
    if answer.stars.is_none() && answer.comment.is_none() && !answer.approved {
        return Err(StudioError::invalid("comment", "is empty; give stars, a comment or your approval"));
    }
    let length = answer.comment.as_ref().map_or(0, |comment| comment.chars().count());
    if length > COMMENT {
        return Err(StudioError::invalid("comment", format!("is longer than {COMMENT} characters")));
    }
    Ok(())
}

const NOT_OURS: &str = "this is no link of this studio; check that the whole address was copied";
const EXPIRED: &str = "this link has expired; ask who sent it to you for a new one";
const CHANGED: &str = "the slides were changed since they were opened; look at them again, then approve";
const REVOKED: &str = "this link was taken back; ask who sent it to you for a new one";
