//! The largest size at which a slide's words fit, found by bisection on measured boxes.
//!
//! A theme writes every size as `smallest + spread * --t`; `--t` goes from 0 to 1,
//! so nothing is ever set below the theme's smallest size. Slides next to each
//! other in one layout share the smaller `--t`.

use crate::error::Fault;
use crate::page::{Breaking, Page, Scene, layout_of};
use crate::placed::{Placed, place};

/// Steps of the scale: fine enough that the next one would not be seen.
const STEPS: u32 = 32;
/// How many steps hyphens must gain before running text is broken by them.
const WORTH_HYPHENS: u32 = 5;

/// A slide at the scale that it is set in.
#[derive(Clone, Debug)]
pub(crate) struct Fit<'a> {
    pub(crate) page: Page<'a>,
    /// In steps of the scale.
    step: u32,
    /// Whether the words fit at all; where they don't, they are set at the smallest size.
    pub(crate) fits: bool,
}

impl Fit<'_> {
    /// 0 (smallest) to 1 (largest).
    pub(crate) fn scale(&self) -> f32 {
        scale(self.step)
    }

    pub(crate) fn placed(&self) -> Result<Placed, Fault> {
        place(self.page.options(self.scale()))
    }
}

fn scale(step: u32) -> f32 {
    step as f32 / STEPS as f32
}

/// Fits one slide, by itself.
pub(crate) fn fit<'a>(scene: Scene<'a>, index: usize) -> Result<Fit<'a>, Fault> {
    let whole = scene.page(index, Breaking::Never)?;
    let step = largest(&whole)?;
    if step == Some(STEPS) {
        return Ok(Fit { page: whole, step: STEPS, fits: true });
    }
    let hyphened = scene.page(index, Breaking::Hyphens)?;
    let with_hyphens = largest(&hyphened)?;
    match (step, with_hyphens) {
        (Some(step), Some(more)) if more < step + WORTH_HYPHENS => Ok(Fit { page: whole, step, fits: true }),
        (Some(step), None) => Ok(Fit { page: whole, step, fits: true }),
        (_, Some(step)) => Ok(Fit { page: hyphened, step, fits: true }),
        (None, None) => {
            let page = scene.page(index, Breaking::Anywhere)?;
            let step = largest(&page)?;
            Ok(Fit { page, step: step.unwrap_or(0), fits: step.is_some() })
        }
    }
}

/// The largest step at which the page fits; `None` where it does not at the smallest.
fn largest(page: &Page<'_>) -> Result<Option<u32>, Fault> {
    if fits(page, STEPS)? {
        return Ok(Some(STEPS));
    }
    if !fits(page, 0)? {
        return Ok(None);
    }
    let (mut low, mut high) = (0, STEPS);
    while high - low > 1 {
        let middle = low.midpoint(high);
        if fits(page, middle)? {
            low = middle;
        } else {
            high = middle;
        }
    }
    Ok(Some(low))
}

fn fits(page: &Page<'_>, step: u32) -> Result<bool, Fault> {
    let placed = place(page.options(scale(step)))?;
    Ok(placed.too_tall() <= 0.0 && placed.too_wide() <= 0.0)
}

/// The slides around `index` that share its size: neighbours of one layout, itself among them.
pub(crate) fn sharing(scene: Scene<'_>, index: usize) -> std::ops::Range<usize> {
    let slides = &scene.deck.slides;
    let same = |n: &usize| layout_of(&slides[*n]) == layout_of(&slides[index]);
    let start = (0..index).rev().take_while(same).last().unwrap_or(index);
    let end = (index..slides.len()).take_while(same).last().unwrap_or(index);
    start..end + 1
}

/// Gives neighbours of one layout the smallest of their sizes. A slide that could not be fitted
/// does not pull the others down.
pub(crate) fn share(scene: Scene<'_>, fits: &mut [Result<Fit<'_>, Fault>], first: usize) {
    for at in 0..fits.len() {
        let group = sharing(scene, first + at);
        let step = group
            .filter_map(|n| n.checked_sub(first).and_then(|n| fits.get(n)))
            .filter_map(|fit| fit.as_ref().ok())
            .filter(|fit| fit.fits)
            .map(|fit| fit.step)
            .min();
        if let (Ok(fit), Some(step)) = (&mut fits[at], step)
            && fit.fits
        {
            fit.step = step;
        }
    }
}
