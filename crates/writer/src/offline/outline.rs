//! The story in slides: hook, context, points in order, summary, call to action.

use domain::Strategy;
use domain::content::{Outline, OutlineSlide, Role};

use super::desk::Desk;
use super::headline::Headlines;
use super::material::Items;
use super::story::{Anchor, Manner, Point, Story};
use crate::draft::WriteError;

pub(super) fn write(desk: &Desk<'_>, strategy: Strategy) -> Result<Outline, WriteError> {
    let manner = match strategy {
        Strategy::Informational => Manner::Informational,
        Strategy::Action => Manner::Action,
        _ => Manner::Narrative,
    };
    let slots = desk.slides() - 2;
    let mut story = Story::new(desk.analysis, &desk.avoided, manner);
    let (points, takeaway) = story.points(slots);
    let Some(takeaway) = takeaway.filter(|_| points.len() == slots) else {
        return Err(desk.too_short(points.len()));
    };
    let mut headlines = Headlines::new(desk.analysis);
    let first = opening(desk, &mut headlines, &points, takeaway);
    let mut slides = vec![first];
    for (n, point) in points.iter().enumerate() {
        slides.push(slide(desk, &mut headlines, point, &points[..n])?);
    }
    let last = OutlineSlide {
        role: Role::Cta,
        working_title: desk.label("takeaway").to_owned(),
        key_message: desk.analysis.sentences[takeaway].text.clone(),
        facts: desk.facts(&[takeaway]),
    };
    slides.push(last);
    Ok(Outline { slides })
}

/// The first slide: the title, and the angle of the research.
fn opening(
    desk: &Desk<'_>,
    headlines: &mut Headlines<'_>,
    points: &[Point],
    takeaway: usize,
) -> OutlineSlide {
    let title = desk.title().unwrap_or(desk.topic()).to_owned();
    headlines.take(&title);
    let told = |n: usize| {
        n == takeaway
            || points.iter().any(|point| matches!(&point.anchor, Anchor::Sentences(all) if all.contains(&n)))
    };
    let approved = desk.brief.research.as_ref().map(|research| research.angle.clone());
    let best = desk.analysis.alone().filter(|n| !told(*n)).max_by(|a, b| {
        let score = |n: &usize| desk.analysis.sentences[*n].score - desk.analysis.detail(*n);
        score(a).total_cmp(&score(b)).then(b.cmp(a))
    });
    let said = |angle: &String| !matches!(desk.anchor(angle), Anchor::Sentences(all) if all.iter().any(|n| told(*n)));
    let angle = approved.filter(said).or_else(|| best.map(|n| desk.analysis.sentences[n].text.clone()));
    OutlineSlide {
        role: Role::Hook,
        working_title: if title.is_empty() { desk.label("summary").to_owned() } else { title.clone() },
        key_message: angle
            .or(Some(title).filter(|title| !title.is_empty()))
            .unwrap_or_else(|| desk.analysis.sentences[takeaway].text.clone()),
        facts: vec![],
    }
}

fn slide(
    desk: &Desk<'_>,
    headlines: &mut Headlines<'_>,
    point: &Point,
    before: &[Point],
) -> Result<OutlineSlide, WriteError> {
    let analysis = desk.analysis;
    let (title, message, facts) = match &point.anchor {
        Anchor::Sentences(sentences) if point.role == Role::Summary => {
            let label = desk.label("summary").to_owned();
            let texts: Vec<&str> = sentences.iter().map(|n| analysis.sentences[*n].text.as_str()).collect();
            (Some(label), texts.join(" "), desk.facts(sentences))
        }
        Anchor::Sentences(sentences) => {
            let opening = (point.role == Role::Context).then(|| desk.label("context").to_owned());
            let run = analysis.run(sentences[0], 280, 3, &std::collections::BTreeSet::new());
            let title = headlines
                .for_sentences(&run, opening.clone())
                .or_else(|| headlines.for_sentences(sentences, opening));
            (title, analysis.sentences[sentences[0]].text.clone(), desk.facts(sentences))
        }
        Anchor::List { part, items } => (list_title(desk, headlines, *part, items), items.message(), vec![]),
        Anchor::Own(text) => (None, text.clone(), vec![]),
    };
    let title = title.or_else(|| headlines.choose(numbered(desk, before.len() + 1)));
    Ok(OutlineSlide {
        role: point.role,
        working_title: title.ok_or_else(|| desk.too_short(before.len()))?,
        key_message: message,
        facts,
    })
}

/// Where nothing in the article names a slide: a label that is true of any, else a number.
fn numbered(desk: &Desk<'_>, n: usize) -> Vec<Option<String>> {
    desk.neutral_labels().chain([Some(format!("{} ({n})", desk.topic()))]).collect()
}

/// A list's headline: its section's heading, else which steps of how many it shows.
fn list_title(desk: &Desk<'_>, headlines: &mut Headlines<'_>, part: usize, items: &Items) -> Option<String> {
    let heading = desk.analysis.part_heading(&desk.analysis.parts[part]);
    let range = items.numbered_from.map(|from| {
        let to = from as usize + items.items.len() - 1;
        desk.label("steps_range").replace("{from}", &from.to_string()).replace("{to}", &to.to_string())
    });
    let steps = items.is_ordered().then(|| desk.label("steps").to_owned());
    let points = Some(desk.label("key_points").to_owned());
    let said = format!("{} {}", items.introduction.as_deref().unwrap_or_default(), items.message());
    let phrase = desk.analysis.phrases_within(&said).into_iter().next();
    // A part of the steps says which part it is, and of what.
    let candidates = if items.is_ordered() && items.items.len() < items.of {
        let lower = |range: &String| match desk.brief.language {
            domain::Language::GERMAN => range.clone(),
            _ => range.to_lowercase(),
        };
        let of = heading
            .as_ref()
            .zip(range.as_ref())
            .map(|(heading, range)| format!("{heading}: {}", lower(range)));
        [of, range, steps, phrase, points]
    } else {
        [heading, steps, range, phrase, points]
    };
    headlines.choose(candidates.into_iter().map(|text| text.filter(|text| !text.is_empty())))
}
