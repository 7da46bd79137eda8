//! The slides as they are rendered, put together from approved stages that may not quite agree.

use crate::samples::{copy, hook, id, outline, research, visual};
use domain::content::{Block, FactSource, Layout, Role, limits};
use domain::{Approved, AssetId, Deck, Format, Language};
use proptest::prelude::*;

#[test]
fn each_slide_has_its_role_its_layout_and_its_own_words() {
    let (research, outline, copy, hook) = (research(), outline(5), copy(5), hook());
    let mut visual = visual(5);
    let picture = AssetId(uuid::Uuid::from_u128(7));
    visual.backgrounds[2] = Some(picture);
    let approved = Approved { research: &research, outline: &outline, copy: &copy, hook: Some(&hook) };
    let deck = Deck::assemble(approved, &visual, Format::Square, Language::GERMAN);

    assert_eq!((deck.format, deck.language), (Format::Square, Language::GERMAN));
    assert_eq!((&deck.theme, deck.palette, &deck.fonts), (&visual.theme, visual.palette, &visual.fonts));
    let roles: Vec<Role> = deck.slides.iter().map(|slide| slide.role).collect();
    assert_eq!(roles, [Role::Hook, Role::Point, Role::Point, Role::Point, Role::Cta]);
    let layouts: Vec<Layout> = deck.slides.iter().map(|slide| slide.layout).collect();
    assert_eq!(layouts, visual.layouts);
    assert_eq!(deck.slides[2].picture, Some(picture));

    let cover = &deck.slides[0];
    assert_eq!((&cover.headline, &cover.body, &cover.block), (&hook.headline, &hook.subline, &None));
    for (slide, words) in deck.slides.iter().zip(&copy.slides).skip(1) {
        assert_eq!((&slide.headline, &slide.body), (&words.headline, &words.body));
        assert_eq!(slide.block, words.block);
    }
    let calls: Vec<_> = deck.slides.iter().map(|slide| slide.call_to_action.as_deref()).collect();
    assert_eq!(calls, [None, None, None, None, Some("Water the tree in front of your door")]);
}

#[test]
fn until_a_hook_is_approved_the_copys_own_first_slide_stands() {
    let (research, outline, copy) = (research(), outline(2), copy(2));
    let approved = Approved { research: &research, outline: &outline, copy: &copy, hook: None };
    let deck = Deck::assemble(approved, &visual(2), Format::Portrait, Language::ENGLISH);
    assert_eq!(deck.slides[0].headline, copy.slides[0].headline);
    assert_eq!(deck.slides[0].block, copy.slides[0].block);
}

#[test]
fn a_figure_or_quote_names_the_page_it_is_from_and_other_slides_name_none() {
    let (mut research, outline, copy, visual) = (research(), outline(5), copy(5), visual(5));
    let notes = |research: &_| -> Vec<Option<String>> {
        let approved = Approved { research, outline: &outline, copy: &copy, hook: None };
        let deck = Deck::assemble(approved, &visual, Format::Portrait, Language::ENGLISH);
        deck.slides.into_iter().map(|slide| slide.source_note).collect()
    };
    let note = Some("Tree register of the town".to_owned());
    assert_eq!(notes(&research), [note.clone(), None, note, None, None]);

    let url = format!("https://example.org/{}", "x".repeat(100));
    research.facts[1].source = FactSource::Url { url, title: None };
    let shown = notes(&research)[0].clone().unwrap();
    assert_eq!(shown.chars().count(), limits::SOURCE_NOTE);
    assert!(shown.starts_with("https://example.org/xxx") && shown.ends_with("x…"), "{shown}");

    let title = Some(format!(
        "  The register of every tree in the streets and parks of the town, {}",
        "x".repeat(40)
    ));
    research.facts[1].source = FactSource::Url { url: "https://example.org".into(), title };
    let shown = notes(&research)[0].clone().unwrap();
    assert_eq!(shown, "The register of every tree in the streets and parks of the town,…");

    research.facts[1].source = FactSource::Sentence { text: "From the person's own text.".into() };
    assert_eq!(notes(&research), [const { None::<String> }; 5]);
}

proptest! {
    /// Stages of different lengths, unknown facts and wild words still give one slide a copy slide.
    #[test]
    fn stages_that_do_not_agree_still_make_a_deck(
        lengths in (0_usize..12, 0_usize..12, 0_usize..12), words in ".{0,200}", hooked: bool
    ) {
        let (mut research, outline, mut copy, visual) =
            (research(), outline(lengths.0), copy(lengths.1), visual(lengths.2));
        research.facts[0].id = id(&words);
        research.facts[0].source = FactSource::Url { url: words.clone(), title: None };
        for slide in &mut copy.slides {
            slide.facts = vec![id("unknown"), id(&words)];
            slide.block = Some(Block::Stat { value: words.clone(), label: words.clone() });
        }
        let hook = hook();
        let hook = hooked.then_some(&hook);
        let approved = Approved { research: &research, outline: &outline, copy: &copy, hook };
        let deck = Deck::assemble(approved, &visual, Format::Tall, Language::ENGLISH);
        prop_assert_eq!(deck.slides.len(), copy.slides.len());
        prop_assert_eq!(deck.slides.iter().filter(|slide| slide.call_to_action.is_some()).count(), copy.slides.len().min(1));
        for note in deck.slides.iter().filter_map(|slide| slide.source_note.as_ref()) {
            prop_assert!(note.chars().count() <= limits::SOURCE_NOTE);
        }
    }
}
