//! The story in slides: hook, context, points in the article's order, call to action.

use domain::Strategy;
use domain::content::{Outline, OutlineSlide, Role};

use super::desk::Desk;
use super::headline::Headlines;
use super::story::{Closing, Manner, Plan, plan};
use crate::draft::WriteError;

pub(super) fn write(desk: &Desk<'_>, strategy: Strategy) -> Result<Outline, WriteError> {
    let manner = match strategy {
        Strategy::Informational => Manner::Informational,
        Strategy::Action => Manner::Action,
        _ => Manner::Narrative,
    };
    let slots = desk.slides() - 2;
    let plan = plan(desk, manner, slots);
    let found = plan.points.len() + usize::from(plan.closing.is_some());
    let Some(closing) = plan.closing.filter(|_| plan.points.len() == slots) else {
        return Err(desk.too_short(found));
    };
    let mut headlines = Headlines::new(desk.analysis);
    let mut slides = vec![opening(desk, &mut headlines, &plan, closing)];
    for (n, point) in plan.points.iter().enumerate() {
        let title = headlines.for_piece(point.piece).or_else(|| {
            let numbered = format!("{} ({})", desk.topic(), n + 1);
            headlines.choose([Some(numbered)])
        });
        slides.push(OutlineSlide {
            role: point.role,
            working_title: title.ok_or_else(|| desk.too_short(n))?,
            key_message: point.piece.message.clone(),
            facts: desk.facts(&point.piece.sentences),
        });
    }
    slides.push(ending(desk, closing));
    Ok(Outline { slides })
}

fn ending(desk: &Desk<'_>, closing: Closing) -> OutlineSlide {
    let (working_title, key_message, facts) = match closing {
        Closing::Sentence(n) => {
            (desk.label("takeaway"), desk.analysis.sentences[n].text.as_str(), desk.facts(&[n]))
        }
        Closing::Title => {
            let title = desk.title().unwrap_or(desk.topic());
            (title, title, vec![])
        }
    };
    OutlineSlide {
        role: Role::Cta,
        working_title: working_title.to_owned(),
        key_message: key_message.to_owned(),
        facts,
    }
}

/// The first slide: the title, and the angle of the research.
fn opening(
    desk: &Desk<'_>,
    headlines: &mut Headlines<'_>,
    plan: &Plan<'_>,
    closing: Closing,
) -> OutlineSlide {
    let title = desk.title().unwrap_or(desk.topic()).to_owned();
    headlines.take(&title);
    let told = |n: usize| {
        closing == Closing::Sentence(n) || plan.points.iter().any(|point| point.piece.sentences.contains(&n))
    };
    let approved = desk.brief.research.as_ref().map(|research| research.angle.clone());
    let untold = |angle: &String| desk.find(angle).is_none_or(|n| !told(n));
    OutlineSlide {
        role: Role::Hook,
        working_title: if title.is_empty() { desk.label("summary").to_owned() } else { title.clone() },
        key_message: approved
            .filter(untold)
            .or(Some(title).filter(|title| !title.is_empty()))
            .unwrap_or_else(|| ending(desk, closing).key_message),
        facts: vec![],
    }
}
