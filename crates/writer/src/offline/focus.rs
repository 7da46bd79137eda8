//! What part of a long text the story is told from: one release of a changelog, the beginning of a
//! reference with its hundreds of entries.

use crate::source::{Article, Passage, Section};

/// Fewer releases than this make no changelog.
const RELEASES: usize = 3;
/// A release with fewer words than this has no story of its own.
const LEAST: usize = 150;
/// So many of the newest releases are looked at.
const NEWEST: usize = 4;
/// A text with more sections and words than these is looked up, not read from end to end.
const MANY_SECTIONS: usize = 60;
const MANY_WORDS: usize = 8_000;
/// Of such a text as many words are read as a chapter has.
const CHAPTER: usize = 3_000;

/// The part of an article to tell from, where that isn't the whole.
pub(super) fn focused(article: &Article) -> Option<Article> {
    newest_release(article).or_else(|| first_round(article)).or_else(|| beginning(article))
}

/// Where the same headings come again and again, what stands under them the first time is the newest.
fn first_round(article: &Article) -> Option<Article> {
    let headings: Vec<Option<&str>> = article.sections.iter().map(|one| one.heading.as_deref()).collect();
    let again = |n: &usize| {
        headings[*n].is_some() && headings.iter().filter(|one| **one == headings[*n]).count() >= RELEASES
    };
    let first = (0..headings.len()).find(again)?;
    let second = (first + 1..headings.len()).find(|n| headings[*n] == headings[first])?;
    let round = &article.sections[..second];
    (words(round) >= 2 * LEAST).then(|| Article { sections: round.to_vec(), ..article.clone() })
}

/// Whether most sections of some level are releases.
pub(super) fn is_changelog(article: &Article) -> bool {
    level_of_releases(article).is_some()
}

fn level_of_releases(article: &Article) -> Option<u8> {
    (1..=3).find(|level| {
        let named = |section: &&Section| section.level == *level && section.heading.is_some();
        let all = article.sections.iter().filter(named).count();
        let releases = article.sections.iter().filter(named).filter(|one| is_release(one)).count();
        releases >= RELEASES && releases * 10 >= all * 6
    })
}

fn newest_release(article: &Article) -> Option<Article> {
    let level = level_of_releases(article)?;
    let starts: Vec<usize> = (0..article.sections.len())
        .filter(|n| article.sections[*n].level == level && is_release(&article.sections[*n]))
        .collect();
    let of = |place: usize| {
        let from = starts[place];
        let ends = |n: &usize| article.sections[*n].level <= level;
        let to = (from + 1..article.sections.len()).find(ends).unwrap_or(article.sections.len());
        from..to
    };
    let enough = |place: &usize| words(&article.sections[of(*place)]) >= LEAST;
    let Some(place) = (0..starts.len().min(NEWEST)).find(enough) else {
        // Many small ones: all of them, each under its own name, and none of them names the whole.
        let title = article.title.as_deref().map(without_version).filter(|title| !title.is_empty());
        return Some(Article { title, ..article.clone() });
    };
    let range = of(place);
    let name = article.sections[range.start].heading.clone();
    let title = article.title.clone().filter(|title| Some(title) != name.as_ref() && !has_version(title));
    let title = match (title, name) {
        (Some(title), Some(name)) => Some(format!("{title}: {name}")),
        (title, name) => name.or(title),
    };
    Some(Article { title, sections: article.sections[range].to_vec(), ..article.clone() })
}

fn is_release(section: &Section) -> bool {
    section.heading.as_deref().is_some_and(|text| text.split_whitespace().count() <= 9 && has_version(text))
}

/// `1.95`, `v2.0.1-rc1`, `(5.2-1)` or `2026-04-16` as a word.
fn has_version(text: &str) -> bool {
    text.split_whitespace().any(|word| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric()).trim_start_matches(['v', 'V']);
        let number: String =
            bare.chars().take_while(|c| c.is_ascii_digit() || matches!(c, '.' | '-')).collect();
        number.split(['.', '-']).filter(|part| !part.is_empty()).count() >= 2
    })
}

fn without_version(title: &str) -> String {
    let named = title.split_whitespace().filter(|word| !has_version(word));
    named.collect::<Vec<_>>().join(" ")
}

fn beginning(article: &Article) -> Option<Article> {
    if article.sections.len() <= MANY_SECTIONS || article.words() <= MANY_WORDS {
        return None;
    }
    let to = (1..article.sections.len()).find(|n| words(&article.sections[..*n]) >= CHAPTER)?;
    Some(Article { sections: article.sections[..to].to_vec(), ..article.clone() })
}

pub(super) fn words(sections: &[Section]) -> usize {
    let passages = sections.iter().flat_map(|section| &section.passages);
    let count = |text: &String| text.split_whitespace().count();
    passages
        .map(|passage| match passage {
            Passage::Paragraph(text) | Passage::Quote { text, .. } => count(text),
            Passage::List { items, .. } => items.iter().map(count).sum(),
            Passage::Code { .. } | Passage::Table { .. } => 0,
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::has_version;

    #[test]
    fn a_release_is_told_by_its_version() {
        for text in [
            "Version 1.95",
            "v2.0.1-rc1",
            "apt (1.8.0~alpha3)",
            "bash (5.2-1)",
            "2026-04-16",
            "What is new in 3.4",
        ] {
            assert!(has_version(text), "{text}");
        }
        for text in ["Language", "Chapter 3", "The 1990s", "x86-64 support"] {
            assert!(!has_version(text), "{text}");
        }
    }
}
