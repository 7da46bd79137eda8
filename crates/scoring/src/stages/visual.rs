//! The dimensions of the looks: contrast, fit, completeness, and match with the profile and the text.

use domain::CheckKind;
use domain::content::{Color, Visual};

use crate::color::difference;
use crate::context::Context;
use crate::measure::{Measure, Measures, NOTHING_TO_CHANGE, mean, ramp, share};

use super::suits;

/// WCAG 2.2: least contrast of text, and of large display text.
const TEXT: f64 = 4.5;
const DISPLAY: f64 = 3.0;

pub(super) fn measures(visual: &Visual, context: &Context<'_>) -> Measures {
    vec![
        ("contrast", contrast(visual, context)),
        ("text_fit", text_fit(context)),
        ("palette_and_fonts", palette_and_fonts(visual, context)),
        ("profile_match", profile_match(visual, context)),
        ("text_match", suits::text_match(visual, context)),
    ]
}

/// What was measured against what is required, and where.
struct Ratio {
    place: String,
    measured: f64,
    required: f64,
}

fn contrast(visual: &Visual, context: &Context<'_>) -> Measure {
    let palette = visual.palette;
    let pair = |place: &str, front: Color, back: Color, required| Ratio {
        place: place.to_owned(),
        measured: front.contrast(back),
        required,
    };
    let mut ratios = vec![
        pair("text on background", palette.text, palette.background, TEXT),
        pair("text on surface", palette.text, palette.surface, TEXT),
        pair("muted on background", palette.muted, palette.background, TEXT),
        pair("muted on surface", palette.muted, palette.surface, TEXT),
        pair("text on accent", palette.on_accent, palette.accent, TEXT),
        pair("accent on background", palette.accent, palette.background, DISPLAY),
    ];
    let made = context.checks.iter().filter(|check| check.kind == CheckKind::Contrast);
    ratios.extend(made.filter(|check| check.limit > 0.0).map(|check| Ratio {
        place: format!("slide {}", check.slide),
        measured: check.measured,
        required: check.limit,
    }));
    let part = |ratio: &Ratio| ratio.measured / ratio.required;
    let Some(worst) = ratios.iter().min_by(|a, b| part(a).total_cmp(&part(b))) else {
        return Measure::unmeasured("There are no colours.");
    };
    let passes = part(worst) >= 1.0;
    // What can be read is enough: a dark theme is not better than a calm one for being starker.
    let value = if passes { 10.0 } else { 5.0 * part(worst) };
    let evidence = ratios
        .iter()
        .take(6)
        .chain(ratios.iter().skip(6).filter(|ratio| part(ratio) < 1.0))
        .map(|ratio| format!("{} {:.1}:1 (at least {}:1)", ratio.place, ratio.measured, ratio.required))
        .collect();
    let advice = if passes {
        NOTHING_TO_CHANGE.to_owned()
    } else {
        format!("Set {} further apart: {:.1}:1 is below {}:1.", worst.place, worst.measured, worst.required)
    };
    Measure::new(value, evidence, advice)
}

fn text_fit(context: &Context<'_>) -> Measure {
    let of_text = |kind| {
        matches!(
            kind,
            CheckKind::Overflow | CheckKind::SmallestSize | CheckKind::SafeArea | CheckKind::MissingGlyph
        )
    };
    let checks: Vec<_> = context.checks.iter().filter(|check| of_text(check.kind)).collect();
    if checks.is_empty() {
        return Measure::unmeasured("The slides are not rendered yet.");
    }
    let failed: Vec<_> = checks.iter().filter(|check| !check.passed).collect();
    let passed = checks.len() - failed.len();
    let mut evidence = vec![format!("{passed} of {} checks passed", checks.len())];
    evidence.extend(failed.iter().take(6).map(|check| check.message.clone()));
    let advice = failed.first().map_or_else(|| NOTHING_TO_CHANGE.to_owned(), |check| check.message.clone());
    Measure::new(share(passed, checks.len()), evidence, advice)
}

fn palette_and_fonts(visual: &Visual, context: &Context<'_>) -> Measure {
    let palette = visual.palette;
    let checks = [
        ("a text colour unlike the background", palette.text != palette.background),
        ("a text colour unlike the surface", palette.text != palette.surface),
        (
            "an accent unlike background and text",
            palette.accent != palette.background && palette.accent != palette.text,
        ),
        ("a colour for text on the accent", palette.on_accent != palette.accent),
        ("a family for headlines", !visual.fonts.display.trim().is_empty()),
        ("a family for running text", !visual.fonts.text.trim().is_empty()),
        ("a layout for every slide", visual.layouts.len() == context.slides),
    ];
    let missing: Vec<&str> = checks.iter().filter(|(_, met)| !met).map(|(what, _)| *what).collect();
    let met = checks.len() - missing.len();
    let mut evidence = vec![
        format!("{met} of {} present", checks.len()),
        format!("headlines in {}, text in {}", visual.fonts.display, visual.fonts.text),
    ];
    if missing.is_empty() {
        return Measure::new(10.0, evidence, NOTHING_TO_CHANGE);
    }
    evidence.push(format!("missing: {}", missing.join(", ")));
    Measure::new(share(met, checks.len()), evidence, format!("Add {}.", missing[0]))
}

fn profile_match(visual: &Visual, context: &Context<'_>) -> Measure {
    let profile = context.profile;
    let mut parts: Vec<(f64, String)> = Vec::new();
    if let Some(theme) = context.theme_asked.or(profile.theme.as_ref()) {
        let met = *theme == visual.theme;
        parts.push((if met { 10.0 } else { 0.0 }, format!("theme {} where {theme} is wanted", visual.theme)));
    }
    if let Some(fonts) = &profile.fonts {
        let met = *fonts == visual.fonts;
        let own = format!("fonts {} and {}", visual.fonts.display, visual.fonts.text);
        parts.push((if met { 10.0 } else { 0.0 }, own));
    }
    if let Some(brand) = profile.brand_color {
        let palette = visual.palette;
        let nearest = [palette.accent, palette.background, palette.surface]
            .into_iter()
            .map(|color| difference(color, brand))
            .fold(f64::INFINITY, f64::min);
        parts.push((
            ramp(nearest, 0.3, 0.05),
            format!("nearest colour to {brand} is {nearest:.2} away (OKLab)"),
        ));
    }
    let values: Vec<f64> = parts.iter().map(|(value, _)| *value).collect();
    let Some(value) = mean(&values) else {
        return Measure::unmeasured(
            "No theme was asked for, and the profile names no colour, font or theme.",
        );
    };
    let worst = parts.iter().min_by(|(a, _), (b, _)| a.total_cmp(b));
    let advice = match worst {
        Some((least, seen)) if *least < 5.0 => format!("Bring it nearer to the profile: {seen}."),
        _ => NOTHING_TO_CHANGE.to_owned(),
    };
    Measure::new(value, parts.iter().map(|(_, seen)| seen.clone()).collect(), advice)
}
