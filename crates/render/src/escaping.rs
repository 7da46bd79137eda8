//! A person's text never becomes markup, a template or a style: seen on the laid-out slide, where
//! every character of it must stand as it was written.

use domain::content::{Block, Layout, Role, ThemeName};
use domain::{Deck, Format, Language, Slide};

use crate::builtin::THEMES;
use crate::fit::fit;
use crate::fonts::Library;
use crate::page::{Pictures, Scene};
use crate::theme::Theme;

const HOSTILE: &[&str] = &[
    "<b>bold</b>",
    "{{7*7}}",
    "{% raw %}x{% endraw %}",
    "</style><script>alert(1)</script>",
    "url(file:///etc/passwd)",
    "&amp;&lt;&#65;",
    "\"onload='x'",
    "a;}*{color:red",
    "<!-- no -->",
    "]]><img src=x>",
    "--t:9;display:none",
    "\\u003cb\\u003e",
];

fn deck(theme: &Theme, text: &str) -> Deck {
    let block = |layout| match layout {
        Layout::Bullets => {
            Some(Block::Bullets { items: vec![text.to_owned(), text.to_owned()], numbered_from: None })
        }
        Layout::Stat => Some(Block::Stat { value: "7".to_owned(), label: text.to_owned() }),
        Layout::Quote => Some(Block::Quote { text: text.to_owned(), attribution: Some(text.to_owned()) }),
        Layout::Code => Some(Block::Code { language: Some(text.to_owned()), code: text.to_owned() }),
        Layout::Comparison => Some(Block::Comparison {
            left_title: text.to_owned(),
            left: vec![text.to_owned()],
            right_title: text.to_owned(),
            right: vec![text.to_owned()],
        }),
        _ => None,
    };
    let slides = Layout::ALL.iter().map(|layout| Slide {
        role: Role::Point,
        layout: *layout,
        headline: text.to_owned(),
        body: Some(text.to_owned()),
        block: block(*layout),
        call_to_action: Some(text.to_owned()),
        source_note: Some(text.to_owned()),
        picture: None,
    });
    let mut fonts = theme.fonts.clone();
    fonts.display = text.to_owned();
    Deck {
        format: Format::Portrait,
        language: Language::ENGLISH,
        theme: ThemeName(text.to_owned()),
        palette: theme.palettes[0],
        fonts,
        signature: Some(text.to_owned()),
        logo: None,
        slides: slides.collect(),
    }
}

/// The characters of a text that are drawn, in order, without those a line break may take.
fn drawn(text: &str) -> String {
    text.chars().filter(|character| !character.is_whitespace()).collect()
}

#[test]
fn hostile_text_is_drawn_as_it_was_written() {
    let library = Library::builtin().unwrap();
    for builtin in THEMES {
        let theme = Theme::builtin(builtin).unwrap();
        for hostile in HOSTILE {
            let deck = deck(&theme, hostile);
            let pictures = Pictures::new();
            let scene = Scene { library: &library, theme: &theme, deck: &deck, pictures: &pictures };
            for (index, slide) in deck.slides.iter().enumerate() {
                let placed = fit(scene, index).unwrap().placed().unwrap();
                let seen: Vec<String> = placed
                    .texts
                    .iter()
                    .map(|block| {
                        drawn(&block.lines.iter().map(|(_, text)| text.as_str()).collect::<String>())
                    })
                    .collect();
                let wanted = drawn(hostile);
                // Headline, body and call to action at the least stand on every layout.
                let times = seen.iter().filter(|text| **text == wanted).count();
                assert!(times >= 3, "{} {}: {hostile} in {seen:?}", theme.name, slide.layout);
            }
        }
    }
}
