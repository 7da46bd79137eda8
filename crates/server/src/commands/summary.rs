//! What was chosen and why, in a few lines a stage.

use domain::{Content, Score, Stage};
use studio::{CarouselReport, Exported, StageReport, VariantReport};

use crate::terminal::{GOOD, QUIET, STRONG, Terminal};

pub(crate) fn print(terminal: &Terminal, exported: &Exported) {
    for stage in &exported.report.stages {
        let Some(chosen) = chosen(stage) else { continue };
        let name = format!("{STRONG}{:9}{STRONG:#} {:18} {:4.1}", stage.name, chosen.strategy, chosen.score);
        terminal.line(&format!("{name}  {QUIET}{}{QUIET:#}", why(stage, chosen)));
        if let Ok(content) = Content::from_json(stage.name, chosen.content.clone()) {
            for line in self::content(&content).into_iter().take(most_lines(stage.name)) {
                terminal.line(&format!("          {line}"));
            }
        }
    }
    let failed = exported.checks.iter().filter(|check| !check.passed).count();
    terminal.line(&format!("\n{GOOD}{}{GOOD:#}", closing(&exported.report, exported.checks.len(), failed)));
    for file in &exported.files {
        terminal.line(&format!("  {:>8}  {}", size(file.bytes), file.path.display()));
    }
}

fn closing(report: &CarouselReport, checks: usize, failed: usize) -> String {
    let slides = report.deck.as_ref().map_or(0, |deck| deck.slides.len());
    format!(
        "{slides} slides, {} of {checks} checks passed, cost {}. Carousel {}",
        checks - failed,
        report.cost_micro_usd,
        report.carousel_id
    )
}

fn chosen(stage: &StageReport) -> Option<&VariantReport> {
    stage.variants.iter().find(|variant| Some(variant.id) == stage.approved)
}

/// The dimension in which the chosen variant is furthest ahead of the next best.
fn why(stage: &StageReport, chosen: &VariantReport) -> String {
    let Some(rival) = stage.variants.iter().find(|variant| variant.id != chosen.id) else {
        return "the only variant".to_owned();
    };
    let other = format!("{} ({:.1})", rival.strategy, rival.score);
    if rival.score > chosen.score {
        return format!("chosen over {other}");
    }
    let lead = chosen.dimensions.iter().filter_map(|dimension| {
        let (mine, theirs) = (dimension.value?, value_of(rival, &dimension.name)?);
        Some((dimension.weight * (mine - theirs), dimension.name.as_str(), mine, theirs))
    });
    let furthest = lead.filter(|(lead, ..)| *lead > 0.0).max_by(|a, b| a.0.total_cmp(&b.0));
    match furthest {
        _ if rival.score == chosen.score => format!("level with {other}, and first in order"),
        Some((_, name, mine, theirs)) => {
            format!("ahead of {other} by {}: {mine:.1} against {theirs:.1}", name.replace('_', " "))
        }
        None => format!("ahead of {other}, which has more flags"),
    }
}

fn value_of(variant: &VariantReport, name: &str) -> Option<f64> {
    variant.dimensions.iter().find(|dimension| dimension.name == name)?.value
}

/// Every dimension with its value: `flow 8.2 · completeness 10.0`.
pub(crate) fn dimensions(score: &Score) -> String {
    let parts = score.dimensions.iter().map(|dimension| {
        let name = dimension.name.replace('_', " ");
        dimension.value.map_or_else(|| format!("{name} -"), |value| format!("{name} {value:.1}"))
    });
    parts.collect::<Vec<_>>().join(" · ")
}

/// A content in a few lines.
pub(crate) fn content(content: &Content) -> Vec<String> {
    match content {
        Content::Research(research) => {
            vec![research.angle.clone(), facts(research.facts.len())]
        }
        Content::Outline(outline) => {
            outline.slides.iter().map(|slide| format!("{:8} {}", slide.role, slide.working_title)).collect()
        }
        Content::Copy(copy) => copy.slides.iter().map(|slide| slide.headline.clone()).collect(),
        Content::Hook(hook) => std::iter::once(&hook.headline).chain(&hook.subline).cloned().collect(),
        Content::Visual(visual) => {
            vec![format!("{}, {} with {}", visual.theme, visual.fonts.display, visual.palette.accent)]
        }
        Content::Caption(caption) => caption.as_posted().lines().map(str::to_owned).collect(),
    }
}

fn facts(count: usize) -> String {
    if count == 1 { "1 fact".to_owned() } else { format!("{count} facts") }
}

/// The summary of an outline or copy is its list of slides; a caption's is its first line.
fn most_lines(stage: Stage) -> usize {
    match stage {
        Stage::Outline => 0, // the copy's headlines tell it better
        Stage::Copy => usize::MAX,
        Stage::Research | Stage::Visual | Stage::Caption => 1,
        Stage::Hook => 2,
    }
}

fn size(bytes: u64) -> String {
    if bytes < 1024 { format!("{bytes} B") } else { format!("{} kB", bytes.div_ceil(1024)) }
}
