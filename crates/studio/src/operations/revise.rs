//! Changes a finished carousel in place: an edited variant takes the place of the approved one,
//! and the stages after it stay.

use domain::content::{Caption, Copy, Layout, Visual};
use domain::{Action, Carousel, CarouselId, Content, MicroUsd, Right, Stage, Variant, WrittenBy};
use store::approvals::Approval;
use store::{Conflict, StoreError};
use time::OffsetDateTime;

use super::edit_variant::accepted;
use super::read_carousel::CarouselInWork;
use crate::error::StudioError;
use crate::events::Event;
use crate::studio::{Actor, Studio};

impl Studio {
    /// Replaces the approved content of one stage of a carousel that is ready or was taken out.
    ///
    /// Words of another kind (a list where running text was) bring their slide's layout along, and
    /// alt texts that nobody has changed say what the slides say now.
    /// With `expected`, the time at which the carousel was last changed as the caller knows it,
    /// nothing is overwritten that somebody else changed since.
    ///
    /// # Errors
    /// Where the carousel is in another state or was changed meanwhile, the content does not pass
    /// its stage's schema and limits, or the role may not.
    pub async fn revise(
        &self,
        actor: Actor,
        id: CarouselId,
        stage: Stage,
        content: serde_json::Value,
        expected: Option<OffsetDateTime>,
    ) -> Result<Carousel, StudioError> {
        let work = self.to_be_revised(actor, id, stage, expected).await?;
        let content = accepted(&self.renderer(), stage, &work, content)?;
        let mut changes = vec![content];
        if let (Content::Copy(new), Some(old), Some(visual)) = (&changes[0], work.copy(), work.visual()) {
            changes.extend(relaid(old, new, visual).map(Content::Visual));
        }
        changes.extend(retold(&work, &changes[0]).map(Content::Caption));
        self.put_in_place(actor, work, changes, "revise").await
    }

    /// The carousel, where it may be revised and is as the caller knows it.
    pub(super) async fn to_be_revised(
        &self,
        actor: Actor,
        id: CarouselId,
        stage: Stage,
        expected: Option<OffsetDateTime>,
    ) -> Result<CarouselInWork, StudioError> {
        actor.require(Right::Make)?;
        let mut tx = self.store.read(actor.workspace).await?;
        let work = CarouselInWork::load(&mut tx, id).await?;
        let progress = &work.carousel.progress;
        progress
            .apply(&Action::Revise { stage })
            .map_err(|refusal| StudioError::Conflict { refusal, state: progress.state.name() })?;
        if expected.is_some_and(|expected| expected != work.carousel.updated_at) {
            return Err(StoreError::Conflict(Conflict::Changed).into());
        }
        Ok(work)
    }

    /// Keeps contents of different stages in place of the approved ones, all or none; `what` is
    /// the name of the whole change in the record.
    pub(super) async fn put_in_place(
        &self,
        actor: Actor,
        mut work: CarouselInWork,
        changes: Vec<Content>,
        what: &str,
    ) -> Result<Carousel, StudioError> {
        let read_at = work.carousel.updated_at;
        let originals = work.approved.clone();
        // Each is judged beside the others as they will be.
        for content in &changes {
            if let Some(approved) = work.approved.get_mut(&content.stage()) {
                approved.content = content.clone();
            }
        }
        let mut variants = Vec::new();
        for content in changes {
            let original = originals
                .get(&content.stage())
                .ok_or_else(|| StudioError::internal(&"an approved stage is missing"))?;
            let score = self.judge(actor, &work, &content).await?;
            variants.push(Variant {
                id: self.surroundings.variant_id(),
                written_by: WrittenBy::Person { member: Some(actor.member), edited_from: original.id },
                content,
                score,
                cost: MicroUsd::ZERO,
                created_at: self.surroundings.now(),
                ..original.clone()
            });
        }
        let mut tx = self.store.write(actor.workspace).await?;
        let now = self.surroundings.now();
        store::carousels::touch(&mut tx, work.carousel.id, read_at, now).await?;
        let mut carousel = store::carousels::get(&mut tx, work.carousel.id).await?;
        // One change, however many stages it touches.
        if let Some(Variant { stage, .. }) = variants.first() {
            let action = Action::Revise { stage: *stage };
            self.transition_as(&mut tx, actor, &mut carousel, &action, what).await?;
        }
        for variant in &mut variants {
            let Variant { carousel: id, stage, round, .. } = *variant;
            variant.position = store::variants::free_position(&mut tx, id, stage, round).await?;
            store::variants::insert(&mut tx, variant).await?;
            let member = Some(actor.member);
            let approval = Approval { carousel: id, stage, variant: variant.id, member, at: now };
            store::approvals::replace(&mut tx, &approval).await?;
        }
        self.rescore(&mut tx, carousel.id).await?;
        tx.commit().await?;
        for variant in &variants {
            self.events.send(carousel.id, Event::of_variant(variant));
        }
        self.announce(&carousel);
        Ok(carousel)
    }
}

/// The caption with the alt texts of what the slides say now; `None` where none follows. One that
/// is not what the words before would have given was written by somebody, and stays.
fn retold(work: &CarouselInWork, change: &Content) -> Option<Caption> {
    let (copy, hook, caption) = (work.copy()?, work.hook(), work.caption()?);
    let (new_copy, new_hook) = match change {
        Content::Copy(new) => (new, hook),
        Content::Hook(new) => (copy, Some(new)),
        _ => return None,
    };
    let language = work.carousel.brief.language;
    let before = writer::alt_texts(copy, hook, language);
    let after = writer::alt_texts(new_copy, new_hook, language);
    let mut retold = caption.clone();
    for (text, (before, after)) in retold.alt_text.iter_mut().zip(before.iter().zip(after)) {
        if text == before {
            *text = after;
        }
    }
    (retold != *caption).then_some(retold)
}

/// The looks with a fitting layout for each slide whose words are of another kind now; `None`
/// where every layout fits as before.
fn relaid(old: &Copy, new: &Copy, visual: &Visual) -> Option<Visual> {
    let mut relaid = visual.clone();
    for (n, layout) in relaid.layouts.iter_mut().enumerate() {
        let of = |copy: &Copy| copy.slides.get(n).map(|slide| Layout::for_block(slide.block.as_ref()));
        let (before, after) = (of(old), of(new));
        // Covers, pictures and the call to action are set by their place, not by their words.
        if before != after && before == Some(*layout) {
            *layout = after.unwrap_or(*layout);
        }
    }
    (relaid != *visual).then_some(relaid)
}
