//! Puts a finished carousel's slides in another order.

use domain::content::{Caption, Copy, Outline, Visual};
use domain::{Carousel, CarouselId, Content, Stage};
use time::OffsetDateTime;

use super::read_carousel::CarouselInWork;
use crate::error::StudioError;
use crate::studio::{Actor, Studio};

impl Studio {
    /// Puts the slides in this order: their present numbers, from 1, each once. Words, roles,
    /// layouts, pictures and alt texts go along.
    ///
    /// # Errors
    /// Where it is no order of all slides, the cover would not stay first or the call to action
    /// last; else as [`Studio::revise`].
    pub async fn reorder(
        &self,
        actor: Actor,
        id: CarouselId,
        order: Vec<usize>,
        expected: Option<OffsetDateTime>,
    ) -> Result<Carousel, StudioError> {
        let work = self.to_be_revised(actor, id, Stage::Outline, expected).await?;
        let slides = work.carousel.brief.slides.get();
        check(&order, slides)?;
        if order.is_sorted() {
            return Ok(work.carousel);
        }
        let places: Vec<usize> = order.into_iter().map(|number| number - 1).collect();
        let changes = reordered(&work, &places)
            .ok_or_else(|| StudioError::internal(&"an approved stage is missing"))?;
        self.put_in_place(actor, work, changes, "reorder").await
    }
}

fn check(order: &[usize], slides: usize) -> Result<(), StudioError> {
    let refused = |message: String| Err(StudioError::invalid("order", message));
    let mut sorted = order.to_vec();
    sorted.sort_unstable();
    if sorted != (1..=slides).collect::<Vec<_>>() {
        return refused(format!(
            "names not every slide once; give the numbers 1 to {slides} in the new order"
        ));
    }
    if order.first() != Some(&1) {
        return refused("moves the cover; it stays the first slide".to_owned());
    }
    if order.last() != Some(&slides) {
        return refused("moves the call to action; it stays the last slide".to_owned());
    }
    Ok(())
}

/// Every stage that has an entry a slide; `places` are counted from 0.
fn reordered(work: &CarouselInWork, places: &[usize]) -> Option<Vec<Content>> {
    let (outline, copy) = (work.outline()?, work.copy()?);
    let (visual, caption) = (work.visual()?, work.caption()?);
    Some(vec![
        Content::Outline(Outline { slides: permuted(&outline.slides, places)? }),
        Content::Copy(Copy { slides: permuted(&copy.slides, places)?, ..copy.clone() }),
        Content::Visual(Visual {
            layouts: permuted(&visual.layouts, places)?,
            backgrounds: permuted(&visual.backgrounds, places)?,
            ..visual.clone()
        }),
        Content::Caption(Caption { alt_text: permuted(&caption.alt_text, places)?, ..caption.clone() }),
    ])
}

fn permuted<T: Clone>(entries: &[T], places: &[usize]) -> Option<Vec<T>> {
    places.iter().map(|place| entries.get(*place).cloned()).collect()
}
