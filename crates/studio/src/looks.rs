//! The deck as a person would see it at any stage: from what is approved, a content that may
//! not be, and where no looks are approved, those that would be proposed.

use domain::content::{Copy, Hook, Layout, Role, ThemeName, Visual};
use domain::{Content, Deck};
use writer::ThemeOffer;

use crate::operations::CarouselInWork;
use crate::studio::Studio;

/// What is proposed where nobody asked for a theme.
const PROPOSED: &str = "modern_minimal";

impl Studio {
    /// The slides as they would be with this content; `None` where its stage has no slides, or
    /// the stages before it are not approved.
    pub(crate) fn deck_with(&self, work: &CarouselInWork, content: &Content) -> Option<Deck> {
        match content {
            Content::Research(_) | Content::Outline(_) => None,
            // The hook is chosen after the words, and other words ask for other layouts.
            Content::Copy(copy) => work.deck(copy, None, &self.looks(work, copy, Layouts::OfWords)?),
            Content::Hook(hook) => self.deck_of(work, work.copy()?, Some(hook)),
            Content::Visual(visual) => work.deck(work.copy()?, work.hook(), visual),
            Content::Caption(_) => self.deck_so_far(work),
        }
    }

    /// The slides as far as they are approved.
    pub(crate) fn deck_so_far(&self, work: &CarouselInWork) -> Option<Deck> {
        self.deck_of(work, work.copy()?, work.hook())
    }

    fn deck_of(&self, work: &CarouselInWork, copy: &Copy, hook: Option<&Hook>) -> Option<Deck> {
        work.deck(copy, hook, &self.looks(work, copy, Layouts::AsApproved)?)
    }

    /// The approved looks, else those that would be proposed.
    fn looks(&self, work: &CarouselInWork, copy: &Copy, layouts: Layouts) -> Option<Visual> {
        let of_words = layouts_of(work, copy)?;
        Some(match (work.visual(), layouts) {
            (Some(approved), Layouts::AsApproved) => approved.clone(),
            (Some(approved), Layouts::OfWords) => Visual { layouts: of_words, ..approved.clone() },
            (None, _) => {
                let theme = self.proposed(work)?;
                Visual {
                    palette: *theme.palettes.first()?,
                    theme: theme.name,
                    fonts: theme.fonts,
                    backgrounds: vec![None; of_words.len()],
                    layouts: of_words,
                }
            }
        })
    }

    /// The theme that was asked for, else the profile's, else the calmest.
    fn proposed(&self, work: &CarouselInWork) -> Option<ThemeOffer> {
        let mut offers = self.theme_offers(work);
        let calmest = ThemeName(PROPOSED.to_owned());
        let wanted = [work.carousel.brief.theme.as_ref(), work.profile.theme.as_ref(), Some(&calmest)];
        let place = wanted
            .into_iter()
            .flatten()
            .find_map(|name| offers.iter().position(|offer| offer.name == *name))
            .unwrap_or(0);
        (place < offers.len()).then(|| offers.swap_remove(place))
    }
}

/// Which layouts the slides are given where looks are approved.
#[derive(Clone, Copy, Debug)]
enum Layouts {
    AsApproved,
    /// Those that each slide's words ask for.
    OfWords,
}

/// The layout that each slide's words ask for.
fn layouts_of(work: &CarouselInWork, copy: &Copy) -> Option<Vec<Layout>> {
    let roles = work.outline()?.slides.iter().map(|slide| slide.role);
    let layouts = copy.slides.iter().zip(roles).map(|(slide, role)| match role {
        Role::Hook => Layout::Cover,
        Role::Cta => Layout::CallToAction,
        _ => Layout::for_block(slide.block.as_ref()),
    });
    Some(layouts.collect())
}
