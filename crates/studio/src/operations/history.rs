//! All that happened to a carousel: every round of every stage, and who did what.

use std::collections::BTreeMap;

use domain::{CarouselId, Right, Stage};
use time::OffsetDateTime;

use super::stage_view::{ApprovalView, name, named};
use crate::error::StudioError;
use crate::studio::{Actor, Studio};

/// An approval that counts or once did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastApproval {
    pub approval: ApprovalView,
    /// When it ceased to count.
    pub withdrawn_at: Option<OffsetDateTime>,
}

/// A round that was turned down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastRejection {
    /// May be empty.
    pub feedback: String,
    /// The member's name; `None` is the program itself.
    pub by: Option<String>,
    pub at: OffsetDateTime,
}

/// One round, as it went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoundHistory {
    pub round: u32,
    pub variants: u32,
    pub approvals: Vec<PastApproval>,
    pub rejection: Option<PastRejection>,
}

/// One thing that was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deed {
    /// The member's name; `None` is the program itself.
    pub by: Option<String>,
    /// In a word: `approve`, `reject`, `rename`.
    pub what: String,
    pub at: OffsetDateTime,
    /// The state before and after, where it changed: `generating copy 2`.
    pub from: Option<String>,
    pub to: Option<String>,
}

/// All that happened to a carousel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct History {
    /// The stages that were begun, each with its rounds, the first one first.
    pub stages: BTreeMap<Stage, Vec<RoundHistory>>,
    /// The first thing first.
    pub deeds: Vec<Deed>,
}

impl Studio {
    /// All that happened to a carousel.
    ///
    /// # Errors
    /// Where there is none in this workspace.
    pub async fn history(&self, actor: Actor, id: CarouselId) -> Result<History, StudioError> {
        actor.require(Right::Read)?;
        let mut tx = self.store.read(actor.workspace).await?;
        let carousel = store::carousels::get(&mut tx, id).await?;
        let names = store::workspaces::names(&mut tx).await?;
        let counts = store::variants::rounds(&mut tx, id).await?;
        let approvals = store::approvals::history(&mut tx, id).await?;
        let rejections = store::rejections::of_carousel(&mut tx, id).await?;
        let entries = store::audit::of_carousel(&mut tx, id).await?;
        let round = |stage: Stage, round: u32| RoundHistory {
            round,
            variants: counts
                .iter()
                .find(|count| count.stage == stage && count.round == round)
                .map_or(0, |count| count.variants),
            approvals: approvals
                .iter()
                .filter(|past| past.approval.stage == stage && past.round == round)
                .map(|past| PastApproval {
                    approval: named(&past.approval, &names),
                    withdrawn_at: past.withdrawn_at,
                })
                .collect(),
            rejection: rejections.iter().find(|one| one.stage == stage && one.round == round).map(|one| {
                PastRejection {
                    feedback: one.feedback.clone(),
                    by: one.member.map(|member| name(member, &names)),
                    at: one.at,
                }
            }),
        };
        let begun = Stage::ALL.iter().map(|stage| (*stage, carousel.progress.last_round(*stage)));
        let begun = begun.filter(|(_, rounds)| *rounds > 0);
        let deeds = entries.into_iter().map(|entry| Deed {
            by: entry.who.map(|member| name(member, &names)),
            what: entry.what,
            at: entry.when,
            from: entry.from,
            to: entry.to,
        });
        Ok(History {
            stages: begun
                .map(|(stage, rounds)| (stage, (1..=rounds).map(|n| round(stage, n)).collect()))
                .collect(),
            deeds: deeds.collect(),
        })
    }
}
