//! A person's edit: a new variant beside the one it was made of.

use domain::content::ThemeName;
use domain::{Content, MicroUsd, Problem, Right, Stage, Variant, VariantId, WrittenBy};
use render::Renderer;

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
        let content = accepted(&self.renderer(), original.stage, &work, content)?;
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

/// A content from outside, once it passes its stage's schema and limits and names a theme that
/// is there.
pub(super) fn accepted(
    renderer: &Renderer,
    stage: Stage,
    work: &CarouselInWork,
    content: serde_json::Value,
) -> Result<Content, StudioError> {
    let content = Content::from_json(stage, content)
        .map_err(|error| StudioError::invalid("content", error.to_string()))?;
    let mut problems = content.problems(work.carousel.brief.slides.get());
    problems.extend(theme_problem(renderer, &content));
    if problems.is_empty() { Ok(content) } else { Err(StudioError::Invalid { problems }) }
}

/// That there is no such theme, with those that there are.
pub(super) fn theme_problem(renderer: &Renderer, content: &Content) -> Option<Problem> {
    let Content::Visual(visual) = content else { return None };
    renderer.theme(&visual.theme).is_none().then(|| unknown_theme(renderer, "theme", &visual.theme))
}

pub(super) fn unknown_theme(renderer: &Renderer, field: &str, name: &ThemeName) -> Problem {
    let known: Vec<_> = renderer.themes().map(|theme| theme.name.to_string()).collect();
    let message = format!("`{name}` is not a theme here; choose one of {}", known.join(", "));
    Problem { field: field.to_owned(), message }
}
