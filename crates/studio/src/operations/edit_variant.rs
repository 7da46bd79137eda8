//! A person's edit: a new variant beside the one it was made of.

use domain::{Content, MicroUsd, Right, Variant, VariantId, WrittenBy};

use super::read_carousel::CarouselInWork;
use crate::error::StudioError;
use crate::events::Event;
use crate::studio::{Actor, Studio};

impl Studio {
    /// Keeps an edited content as a new variant of the same round, scored as any other.
    ///
    /// # Errors
    /// Where there is no such variant, or the content does not pass its stage's schema and limits.
    pub async fn edit(
        &self,
        actor: Actor,
        original: VariantId,
        content: serde_json::Value,
    ) -> Result<Variant, StudioError> {
        actor.require(Right::Make)?;
        let mut tx = self.store.read(actor.workspace).await?;
        let original = store::variants::get(&mut tx, original).await?;
        let work = CarouselInWork::load(&mut tx, original.carousel).await?;
        drop(tx);
        let content = accepted(&original, &work, content)?;
        let score = self.judge(actor, &work, &content).await?;
        let mut tx = self.store.write(actor.workspace).await?;
        let Variant { carousel, stage, round, .. } = original;
        let position = store::variants::free_position(&mut tx, carousel, stage, round).await?;
        let variant = Variant {
            id: self.surroundings.variant_id(),
            position,
            written_by: WrittenBy::Person { member: Some(actor.member), edited_from: original.id },
            content,
            score,
            cost: MicroUsd::ZERO,
            created_at: self.surroundings.now(),
            ..original
        };
        store::variants::insert(&mut tx, &variant).await?;
        tx.commit().await?;
        self.events.send(variant.carousel, Event::of_variant(&variant));
        Ok(variant)
    }
}

fn accepted(
    original: &Variant,
    work: &CarouselInWork,
    content: serde_json::Value,
) -> Result<Content, StudioError> {
    let content = Content::from_json(original.stage, content)
        .map_err(|error| StudioError::invalid("content", error.to_string()))?;
    let problems = content.problems(work.carousel.brief.slides.get());
    if problems.is_empty() { Ok(content) } else { Err(StudioError::Invalid { problems }) }
}
