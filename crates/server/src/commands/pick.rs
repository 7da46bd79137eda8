//! `--pick`: shows the variants of a stage with their scores, and asks which to take.

use domain::{Carousel, Variant};
use studio::{Actor, Studio};

use super::summary;
use crate::terminal::{QUIET, STRONG, Terminal};

enum Answer {
    Take(usize),
    /// None of them: another round, with what the person says.
    Reject(Option<String>),
    Stop,
    Unclear,
}

/// Asks until a variant is approved or the round is rejected. `false` where the person stops.
pub(crate) async fn choose(
    studio: &Studio,
    actor: Actor,
    carousel: &Carousel,
    terminal: &Terminal,
) -> anyhow::Result<bool> {
    let Some(stage) = carousel.progress.state.stage() else { return Ok(true) };
    let variants = studio.last_round(actor, carousel, stage).await?;
    terminal.clear();
    terminal.note(&format!("\n{STRONG}{stage}{STRONG:#}"));
    for (n, variant) in variants.iter().enumerate() {
        show(n + 1, variant, terminal);
    }
    loop {
        let question = format!("Take which? 1-{} (Enter: 1), r WHY for others, q to stop:", variants.len());
        match understand(terminal.ask(&question).await?, variants.len()) {
            Answer::Take(n) => {
                studio.approve(actor, carousel.id, variants[n].id).await?;
                return Ok(true);
            }
            Answer::Reject(feedback) => match studio.reject(actor, carousel.id, feedback).await {
                Ok(_) => return Ok(true),
                Err(error) => terminal.note(&error.to_string()),
            },
            Answer::Stop => return Ok(false),
            Answer::Unclear => terminal.note("That is none of the choices."),
        }
    }
}

fn understand(answer: Option<String>, choices: usize) -> Answer {
    let Some(answer) = answer else { return Answer::Stop };
    match answer.split_once(char::is_whitespace) {
        None if answer.is_empty() => Answer::Take(0),
        None if answer == "q" => Answer::Stop,
        None if answer == "r" => Answer::Reject(None),
        Some(("r", feedback)) => Answer::Reject(Some(feedback.trim().to_owned())),
        _ => match answer.parse::<usize>() {
            Ok(n) if (1..=choices).contains(&n) => Answer::Take(n - 1),
            _ => Answer::Unclear,
        },
    }
}

fn show(n: usize, variant: &Variant, terminal: &Terminal) {
    let heading = format!("{STRONG}{n:2}  {:18} {:4.1}{STRONG:#}", variant.strategy, variant.score.total);
    terminal.note(&format!("{heading}  {QUIET}{}{QUIET:#}", summary::dimensions(&variant.score)));
    for line in summary::content(&variant.content) {
        terminal.note(&format!("      {line}"));
    }
    for flag in &variant.score.flags {
        terminal.note(&format!("      ! {}", flag.message));
    }
}
