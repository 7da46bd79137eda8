//! The dimensions of an outline: whole, flowing, and no two slides alike.

use std::collections::HashSet;

use domain::content::{Outline, OutlineSlide, Role};

use crate::context::Context;
use crate::measure::{Measure, Measures, NOTHING_TO_CHANGE, mean, ramp, share};
use crate::pieces::{overlap, stems};

pub(super) fn measures(outline: &Outline, context: &Context<'_>) -> Measures {
    let stems: Vec<HashSet<String>> = outline
        .slides
        .iter()
        .map(|slide| stems(&format!("{} {}", slide.working_title, slide.key_message), context.language))
        .collect();
    vec![
        ("completeness", completeness(outline, context)),
        ("flow", flow(&stems)),
        ("theme_diversity", theme_diversity(outline, &stems)),
    ]
}

fn completeness(outline: &Outline, context: &Context<'_>) -> Measure {
    let slides = &outline.slides;
    let role = |slide: Option<&OutlineSlide>, role| slide.is_some_and(|slide| slide.role == role);
    let makes_point = |slide: &&OutlineSlide| matches!(slide.role, Role::Point | Role::Proof | Role::Example);
    let body = slides.len().saturating_sub(2);
    let known = |slide: &OutlineSlide| {
        context.research.is_none_or(|research| slide.facts.iter().all(|id| research.fact(id).is_some()))
    };
    let checks = [
        ("a hook first", role(slides.first(), Role::Hook)),
        ("a call to action last", role(slides.last(), Role::Cta)),
        ("the number of slides asked for", slides.len() == context.slides),
        ("a message on every slide", slides.iter().all(|slide| !slide.key_message.trim().is_empty())),
        ("points on half of the slides between", slides.iter().filter(makes_point).count() * 2 >= body),
        ("facts that the research has", slides.iter().all(known)),
    ];
    let missing: Vec<&str> = checks.iter().filter(|(_, met)| !met).map(|(what, _)| *what).collect();
    let met = checks.len() - missing.len();
    let mut evidence = vec![format!("{met} of {} met, {} slides", checks.len(), slides.len())];
    let advice = match missing.first() {
        Some(what) => format!("Add what is missing: {what}."),
        None => NOTHING_TO_CHANGE.into(),
    };
    if !missing.is_empty() {
        evidence.push(format!("missing: {}", missing.join(", ")));
    }
    Measure::new(share(met, checks.len()), evidence, advice)
}

fn flow(stems: &[HashSet<String>]) -> Measure {
    let links: Vec<f64> = stems.windows(2).map(|two| overlap(&two[0], &two[1])).collect();
    let values: Vec<f64> = links.iter().map(|link| link_value(*link)).collect();
    let Some(value) = mean(&values) else { return Measure::unmeasured("One slide has no neighbour.") };
    let worst = values.iter().enumerate().min_by(|(_, a), (_, b)| a.total_cmp(b)).map_or(0, |(n, _)| n);
    let percent = 100.0 * links[worst];
    let evidence = vec![
        format!("neighbours share {:.0} % of their words on average", 100.0 * mean(&links).unwrap_or(0.0)),
        format!("weakest step: slide {} to {}, {percent:.0} %", worst + 1, worst + 2),
    ];
    let advice = if values[worst] >= 8.0 {
        NOTHING_TO_CHANGE.to_owned()
    } else if links[worst] < 0.1 {
        format!(
            "Take up a word of slide {} on slide {}, so that one leads to the other.",
            worst + 1,
            worst + 2
        )
    } else {
        format!("Slides {} and {} say nearly the same: move one on.", worst + 1, worst + 2)
    };
    Measure::new(value, evidence, advice)
}

/// 4 where nothing is shared, 10 from a tenth to a half, 0 where all is.
fn link_value(link: f64) -> f64 {
    if link < 0.1 { 4.0 + 0.6 * ramp(link, 0.0, 0.1) } else { ramp(link, 1.0, 0.5) }
}

/// Hook, summary and call to action repeat by their nature, and are left out.
fn theme_diversity(outline: &Outline, stems: &[HashSet<String>]) -> Measure {
    let own_theme = |slide: &OutlineSlide| !matches!(slide.role, Role::Hook | Role::Summary | Role::Cta);
    let themes: Vec<usize> = (0..stems.len()).filter(|n| own_theme(&outline.slides[*n])).collect();
    let pairs = themes.iter().enumerate().flat_map(|(n, a)| themes[n + 1..].iter().map(move |b| (*a, *b)));
    let closest = pairs
        .map(|(a, b)| (overlap(&stems[a], &stems[b]), a, b))
        .max_by(|one, other| one.0.total_cmp(&other.0));
    let Some((share, a, b)) = closest else {
        return Measure::unmeasured("There are not two slides with a theme of their own.");
    };
    let evidence =
        vec![format!("most alike: slides {} and {}, {:.0} % of their words", a + 1, b + 1, 100.0 * share)];
    let advice = if share > 0.5 {
        format!("Give slides {} and {} a thought each, or make them one.", a + 1, b + 1)
    } else {
        NOTHING_TO_CHANGE.to_owned()
    };
    Measure::new(ramp(share, 0.9, 0.3), evidence, advice)
}
