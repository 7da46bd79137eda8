//! Texts that are lists more than prose: a changelog is told from its newest release, and a how-to
//! shows all of its steps.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use common::{brief, carousel, texts};
use domain::content::{Block, Copy};
use domain::{Content, Source, SourceKind};
use writer::{Article, read_article};

fn markdown(text: &str) -> Article {
    let source = Source { kind: SourceKind::Markdown, text: text.to_owned(), url: None, name: None };
    read_article(&source).unwrap()
}

fn copies(contents: &[Content]) -> Vec<&Copy> {
    let mut copies = Vec::new();
    for content in contents {
        if let Content::Copy(copy) = content {
            copies.push(copy);
        }
    }
    copies
}

/// One release with sections of lists, and a sentence or two; each mentions its version.
fn release(version: &str) -> String {
    let items = |what: &str, count: usize| -> String {
        let ways = ["faster", "smaller", "quieter", "safer", "clearer"];
        (0..count).map(|n| format!("- Make the {what} of {version} {} on old machines\n", ways[n])).collect()
    };
    format!(
        "## {version} (2026-0{}-01)\n\n### Kitchen\n\n{}\n### Garden\n\n{}\n### Cellar\n\n{}\n### Roof\n\n{}\n### Repairs\n\n\
         Kettles that were built for {version} need a new fuse before the first use in winter. \
         Lamps of {version} are no longer sold with a plug for the United Kingdom.\n\n",
        version.chars().next().unwrap(),
        items("kettle", 5),
        items("mower", 4),
        items("pump", 5),
        items("chimney", 3),
    )
}

#[test]
fn a_changelog_is_told_from_its_newest_release() {
    let text = format!("# House releases\n\n{}{}{}", release("3.1"), release("2.4"), release("1.9"));
    let article = markdown(&text);
    let mut brief = brief(article);
    brief.slides = 6.try_into().unwrap();
    let stages = carousel(&mut brief, 0).unwrap();
    for contents in &stages[..3] {
        for content in contents {
            let said = content.to_json().to_string();
            assert!(said.contains("3.1") && !said.contains("2.4") && !said.contains("1.9"), "{said}");
        }
    }
    let Content::Research(research) = &stages[0][0] else { panic!("no research") };
    assert!(research.facts.len() >= 8, "lists give facts: {:#?}", research.facts);
    assert!(
        research.facts.iter().any(|fact| fact.claim.starts_with("Kitchen: ")),
        "each under its section's name: {:#?}",
        research.facts
    );
    assert!(copies(&stages[2])[0].slides.iter().any(|slide| slide.headline == "Kitchen"));
}

#[test]
fn steps_that_need_two_slides_get_two() {
    let steps: Vec<String> =
        (1..=9).map(|n| format!("{n}. Turn valve number {n} to the left until it clicks.")).collect();
    let prose = [
        "A heating system with air in it wastes about 15 % of its energy.",
        "Bleeding radiators takes half an hour and needs no plumber.",
        "Radiators that gurgle have air at their highest point.",
        "Most radiators have a square valve at the side.",
        "Pumps must be off before the first valve is opened.",
        "Old valves break when they are forced with pliers.",
        "Water from a radiator is black and stains every carpet.",
        "The pressure gauge should show 1.5 bar at the end.",
        "Heating engineers recommend the work once a year in September.",
    ];
    let text = format!(
        "# Bleeding radiators\n\n{}\n\n{}\n\n## Valve by valve\n\n{}\n\n## Afterwards\n\n{}\n",
        prose[0..2].join(" "),
        prose[2..4].join(" "),
        steps.join("\n"),
        prose[4..].join("\n\n"),
    );
    let mut brief = brief(markdown(&text));
    let stages = carousel(&mut brief, 0).unwrap();
    for copy in copies(&stages[2]) {
        let shown: usize = copy
            .slides
            .iter()
            .filter_map(|slide| match &slide.block {
                Some(Block::Bullets { items, numbered_from: Some(_) }) => Some(items.len()),
                _ => None,
            })
            .sum();
        assert!(shown == 9, "{shown} of 9 steps: {:#?}", copy.slides.iter().map(texts).collect::<Vec<_>>());
        let titles: Vec<&str> = copy.slides.iter().map(|slide| slide.headline.as_str()).collect();
        assert!(titles.contains(&"Valve by valve: steps 1 to 5"), "{titles:?}");
        assert!(titles.contains(&"Valve by valve: steps 6 to 9"), "{titles:?}");
    }
}
