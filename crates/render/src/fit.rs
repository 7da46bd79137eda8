//! The largest size at which a slide's words fit, found by bisection on measured boxes.
//!
//! A theme writes every size as `smallest + spread * --t`, that of an inner slide's headline as
//! `smallest + spread * --head`. Both go from 0 to 1, so nothing is ever set below the theme's smallest size.
//! A slide by itself has one scale for both; then the inner slides of a deck agree on theirs ([`share`]).

use crate::error::Fault;
use crate::page::{Breaking, Page, Scene, layout_of};
use crate::placed::{Placed, place};
use domain::content::Layout;

/// Steps of the scale: fine enough that the next one would not be seen.
const STEPS: u32 = 32;
/// How many steps hyphens must gain before running text is broken by them.
const WORTH_HYPHENS: u32 = 5;

/// How far running text that is too long goes below the deck's size before its headline goes too.
const BODY_ALONE: u32 = 12;
/// How far a slide goes below what it could have for the sake of the others.
const HELD_BACK: u32 = 16;

/// The scales of a slide, in steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Scales {
    head: u32,
    body: u32,
}

impl Scales {
    fn both(step: u32) -> Self {
        Self { head: step, body: step }
    }

    /// Of an inner slide's headline: 0 (smallest) to 1 (largest).
    pub(crate) fn head(self) -> f32 {
        scale(self.head)
    }

    /// Of everything else.
    pub(crate) fn body(self) -> f32 {
        scale(self.body)
    }
}

fn scale(step: u32) -> f32 {
    step as f32 / STEPS as f32
}

/// A slide at the scales that it is set in.
#[derive(Clone, Debug)]
pub(crate) struct Fit<'a> {
    pub(crate) page: Page<'a>,
    pub(crate) scales: Scales,
    /// Whether the words fit at all; where they don't, they are set at the smallest size.
    pub(crate) fits: bool,
    /// The page without hyphens and the step that it fits at, where hyphens were worth more.
    whole: Option<(Page<'a>, u32)>,
}

impl<'a> Fit<'a> {
    fn at(page: Page<'a>, step: u32) -> Self {
        Self { page, scales: Scales::both(step), fits: true, whole: None }
    }

    pub(crate) fn placed(&self) -> Result<Placed, Fault> {
        place(self.page.options(self.scales))
    }

    /// Sets the slide at these scales, without hyphens where they are not needed for it.
    fn set(&mut self, scales: Scales) {
        self.scales = scales;
        if let Some((page, step)) = self.whole.take()
            && scales.head.max(scales.body) <= step
        {
            self.page = page;
        }
    }
}

/// Fits one slide, by itself.
pub(crate) fn fit<'a>(scene: Scene<'a>, index: usize) -> Result<Fit<'a>, Fault> {
    let whole = scene.page(index, Breaking::Never)?;
    let step = largest(&whole)?;
    if step == Some(STEPS) {
        return Ok(Fit::at(whole, STEPS));
    }
    let hyphened = scene.page(index, Breaking::Hyphens)?;
    let with_hyphens = largest(&hyphened)?;
    match (step, with_hyphens) {
        (Some(step), Some(more)) if more < step + WORTH_HYPHENS => Ok(Fit::at(whole, step)),
        (Some(step), None) => Ok(Fit::at(whole, step)),
        (Some(step), Some(more)) => Ok(Fit { whole: Some((whole, step)), ..Fit::at(hyphened, more) }),
        (None, Some(step)) => Ok(Fit::at(hyphened, step)),
        (None, None) => {
            let page = scene.page(index, Breaking::Anywhere)?;
            let step = largest(&page)?;
            Ok(Fit { fits: step.is_some(), ..Fit::at(page, step.unwrap_or(0)) })
        }
    }
}

/// The largest step at which the page fits; `None` where it does not at the smallest.
fn largest(page: &Page<'_>) -> Result<Option<u32>, Fault> {
    largest_of(page, 0, STEPS, Scales::both)
}

/// The largest step from `least` to `most` at which the page fits in the scales of the step.
fn largest_of(
    page: &Page<'_>,
    least: u32,
    most: u32,
    scales: impl Fn(u32) -> Scales,
) -> Result<Option<u32>, Fault> {
    if fits(page, scales(most))? {
        return Ok(Some(most));
    }
    if !fits(page, scales(least))? {
        return Ok(None);
    }
    let (mut low, mut high) = (least, most);
    while high - low > 1 {
        let middle = low.midpoint(high);
        if fits(page, scales(middle))? {
            low = middle;
        } else {
            high = middle;
        }
    }
    Ok(Some(low))
}

fn fits(page: &Page<'_>, scales: Scales) -> Result<bool, Fault> {
    let placed = place(page.options(scales))?;
    Ok(placed.too_tall() <= 0.0 && placed.too_wide() <= 0.0)
}

/// Whether the layout's sizes are those of the deck's running text and not its own.
fn is_running(layout: Layout) -> bool {
    matches!(layout, Layout::Text | Layout::Bullets)
}

/// Whether the layout has a headline in the size of all inner slides.
fn is_inner(layout: Layout) -> bool {
    !matches!(layout, Layout::Cover | Layout::CallToAction | Layout::Image)
}

/// The slides whose sizes depend on one another, `index` among them: all inner slides. What stands alone in its
/// design depends on itself.
pub(crate) fn sharing(scene: Scene<'_>, index: usize) -> Vec<usize> {
    let slides = &scene.deck.slides;
    if !is_inner(layout_of(&slides[index])) {
        return vec![index];
    }
    (0..slides.len()).filter(|n| is_inner(layout_of(&slides[*n]))).collect()
}

/// Lets the inner slides agree on one size for headlines and one for running text, `indices` being the slides of
/// `fits`.
///
/// The size is one that two slides in three reach. What could be larger is held to it; what is too long for it
/// gets its own, the headline or the text alone where that is enough. A slide that could not be fitted does not
/// count. The other layouts keep their own scale and take over the headline's.
pub(crate) fn share(scene: Scene<'_>, fits: &mut [Result<Fit<'_>, Fault>], indices: &[usize]) {
    let layouts: Vec<Layout> = indices.iter().map(|n| layout_of(&scene.deck.slides[*n])).collect();
    let steps = |counts: fn(Layout) -> bool| -> Vec<u32> {
        let fitted = fits.iter().zip(&layouts).filter(|(_, layout)| counts(**layout));
        let mut steps: Vec<u32> = fitted
            .filter_map(|(fit, _)| fit.as_ref().ok().filter(|fit| fit.fits))
            .map(|fit| fit.scales.body)
            .collect();
        steps.sort_unstable();
        steps
    };
    let running = steps(is_running);
    let steps = if running.is_empty() { steps(is_inner) } else { running };
    let Some(&shared) = steps.get(steps.len() / 3) else { return };
    for (fit, layout) in fits.iter_mut().zip(layouts).filter(|(_, layout)| is_inner(*layout)) {
        let Ok(fitted) = fit else { continue };
        if !fitted.fits {
            continue;
        }
        match agreed(fitted, layout, shared) {
            Ok(scales) => fitted.set(scales),
            Err(fault) => *fit = Err(fault),
        }
    }
}

/// The scales of a fitted slide in a deck of this size.
fn agreed(fit: &Fit<'_>, layout: Layout, shared: u32) -> Result<Scales, Fault> {
    let own = fit.scales.body;
    let shared = shared.max(own.saturating_sub(HELD_BACK));
    if !is_running(layout) {
        let head = if own < shared {
            largest_of(&fit.page, own, shared, |head| Scales { head, body: own })?
        } else {
            Some(shared)
        };
        return Ok(Scales { head: head.unwrap_or(own), body: own });
    }
    if own >= shared {
        return Ok(Scales::both(shared));
    }
    let least = shared.saturating_sub(BODY_ALONE);
    let body = largest_of(&fit.page, least, shared, |body| Scales { head: shared, body })?;
    let head = largest_of(&fit.page, 0, shared, |head| Scales { head, body: shared })?;
    Ok(match (head, body) {
        (Some(head), Some(body)) if body > head => Scales { head: shared, body },
        (Some(head), _) => Scales { head, body: shared },
        (None, Some(body)) => Scales { head: shared, body },
        (None, None) => Scales::both(own),
    })
}
