//! One faultless content of every stage, for a carousel of any length, for tests to bend.

use domain::content::{
    Block, Caption, Copy, CopySlide, Fact, FactId, FactSource, FontPair, Hashtag, Hook, Layout, Outline,
    OutlineSlide, Palette, Research, Role, ThemeName, Visual,
};
use domain::{Content, Stage};

pub(crate) fn id(text: &str) -> FactId {
    FactId(text.to_owned())
}

pub(crate) fn research() -> Research {
    let sentence = "A lime of thirty years keeps 1.4 kg of dust off the street in a year.";
    Research {
        angle: "Street trees pay for their watering within nine years.".into(),
        facts: vec![
            Fact {
                id: id("f1"),
                claim: sentence.into(),
                source: FactSource::Sentence { text: sentence.into() },
                date: None,
                unconfirmed: false,
            },
            Fact {
                id: id("f2"),
                claim: "The town planted 212 trees in 2024.".into(),
                source: FactSource::Url {
                    url: "https://example.org/trees".into(),
                    title: Some("Tree register of the town".into()),
                },
                date: Some("2024".into()),
                unconfirmed: true,
            },
        ],
        questions: vec!["What does a tree cost?".into()],
        visual_ideas: vec!["the crown's shadow at noon".into()],
        sources: vec!["Tree register of the town, 2024".into()],
    }
}

pub(crate) fn outline(slides: usize) -> Outline {
    let role = |n| match n {
        0 => Role::Hook,
        n if n + 1 == slides => Role::Cta,
        _ => Role::Point,
    };
    let slide = |n| OutlineSlide {
        role: role(n),
        working_title: format!("Part {}", n + 1),
        key_message: "A street tree is worth its water.".into(),
        facts: vec![id("f1")],
    };
    Outline { slides: (0..slides).map(slide).collect() }
}

pub(crate) fn copy_slide(block: Option<Block>) -> CopySlide {
    CopySlide {
        headline: "Shade is cheaper than asphalt".into(),
        body: Some("A lime cools the pavement below it.".into()),
        block,
        facts: vec![id("f2")],
    }
}

pub(crate) fn copy(slides: usize) -> Copy {
    Copy {
        slides: (0..slides).map(|n| copy_slide(blocks().get(n).cloned())).collect(),
        call_to_action: "Water the tree in front of your door".into(),
    }
}

/// One block of every kind.
pub(crate) fn blocks() -> Vec<Block> {
    vec![
        Block::Stat { value: "1.4 kg".into(), label: "of dust a tree and year".into() },
        Block::Bullets {
            items: vec!["ten litres a day".into(), "in the evening".into()],
            numbered_from: None,
        },
        Block::Quote { text: "Nobody misses a tree that was never planted.".into(), attribution: None },
        Block::Code { language: Some("rust".into()), code: "let trees = 212;\n\nplant(trees);".into() },
        Block::Comparison {
            left_title: "Asphalt".into(),
            left: vec!["52 °C at noon".into()],
            right_title: "Below the lime".into(),
            right: vec!["34 °C at noon".into()],
        },
    ]
}

pub(crate) fn hook() -> Hook {
    Hook {
        headline: "Your street has a free air conditioner".into(),
        subline: Some("It only wants water".into()),
    }
}

pub(crate) fn visual(slides: usize) -> Visual {
    let color = |text: &str| text.parse().unwrap();
    Visual {
        theme: ThemeName("modern_minimal".into()),
        palette: Palette {
            background: color("#ffffff"),
            surface: color("#f2f4f1"),
            text: color("#14201a"),
            muted: color("#4c5a52"),
            accent: color("#1f7a4d"),
            on_accent: color("#ffffff"),
        },
        fonts: FontPair { display: "Inter".into(), text: "Inter".into() },
        layouts: (0..slides).map(|n| Layout::for_block(blocks().get(n))).collect(),
        backgrounds: vec![None; slides],
    }
}

pub(crate) fn caption(slides: usize) -> Caption {
    Caption {
        caption: "Street trees, counted.".into(),
        hashtags: vec![Hashtag("streettrees".into()), Hashtag("stadtbäume".into())],
        alt_text: vec!["A lime in a street, with its shadow".into(); slides],
        first_comment: None,
    }
}

pub(crate) fn content(stage: Stage, slides: usize) -> Content {
    match stage {
        Stage::Research => Content::Research(research()),
        Stage::Outline => Content::Outline(outline(slides)),
        Stage::Copy => Content::Copy(copy(slides)),
        Stage::Hook => Content::Hook(hook()),
        Stage::Visual => Content::Visual(visual(slides)),
        Stage::Caption => Content::Caption(caption(slides)),
    }
}
