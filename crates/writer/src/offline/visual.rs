//! The looks: a theme and palette on offer, and the layout that each slide's words ask for.

use domain::Strategy;
use domain::content::{Layout, Visual};

use super::desk::Desk;
use crate::brief::ThemeOffer;
use crate::draft::WriteError;

pub(super) fn write(desk: &Desk<'_>, strategy: Strategy) -> Result<Visual, WriteError> {
    let (theme, palette) = choose(desk, strategy).ok_or(WriteError::NoThemes)?;
    let slides = desk.slides();
    let copy = desk.brief.copy.as_ref();
    let layouts = (0..slides).map(|n| {
        if n == 0 {
            return Layout::Cover;
        }
        if n + 1 == slides {
            return Layout::CallToAction;
        }
        Layout::for_block(copy.and_then(|copy| copy.slides.get(n)).and_then(|slide| slide.block.as_ref()))
    });
    Ok(Visual {
        theme: theme.name.clone(),
        palette: *theme.palettes.get(palette % theme.palettes.len().max(1)).ok_or(WriteError::NoThemes)?,
        fonts: desk.brief.profile.fonts.clone().unwrap_or_else(|| theme.fonts.clone()),
        layouts: layouts.collect(),
        backgrounds: vec![None; slides],
    })
}

/// The theme and which of its palettes. A theme that was asked for shows another palette under each
/// strategy; without one each strategy has its theme. A new round moves on to the next palette.
fn choose<'a>(desk: &Desk<'a>, strategy: Strategy) -> Option<(&'a ThemeOffer, usize)> {
    let strategies = strategy.stage().strategies();
    let place = strategies.iter().position(|one| *one == strategy).unwrap_or(0);
    let turn = desk.brief.round.saturating_sub(1) as usize;
    let offers = &desk.brief.themes;
    let asked = desk.brief.theme.as_ref().or(desk.brief.profile.theme.as_ref());
    if let Some(offer) = asked.and_then(|name| offers.iter().find(|offer| offer.name == *name)) {
        return Some((offer, place + turn * strategies.len()));
    }
    let named = offers.iter().find(|offer| offer.name.0 == strategy.name());
    let offer = named.or_else(|| offers.get(place % offers.len().max(1)))?;
    Some((offer, turn))
}
