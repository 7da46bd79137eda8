//! Writes a candidate, and again where what came is not good enough: told why, a bounded number of
//! times, and the best attempt is kept.

use domain::{Check, Content, Mode, Score, Stage, Strategy};
use writer::Draft;

use super::failure::JobError;
use super::generate_round::Round;
use crate::studio::Studio;

/// Copy that scores less is worth another try, in points of ten.
const COPY_FLOOR: f64 = 6.0;
/// Dimensions below this are named as reasons.
const WEAK: f64 = 5.0;
/// However short the carousel, research with fewer facts is thin.
const LEAST_FACTS: usize = 3;

/// A draft with what is thought of it.
#[derive(Clone, Debug)]
pub(crate) struct Judged {
    pub(crate) draft: Draft,
    pub(crate) score: Score,
    /// Of the slides that it would make; those that failed alone.
    failed: Vec<Check>,
}

impl Studio {
    /// The best of as many attempts as the mode allows; what all of them cost is on it.
    pub(super) async fn write_best(&self, round: &Round, strategy: Strategy) -> Result<Judged, JobError> {
        let brief = &round.work.carousel.brief;
        let hand = self.writers.hand(brief.writer);
        let mut best = self.judged(round, hand.write(&round.brief, strategy).await?).await?;
        for _ in 0..rewrites(brief.mode, strategy.stage()) {
            let reasons = reasons(&best, brief.slides.get());
            if reasons.is_empty() {
                break;
            }
            let Some(writing) = hand.rewrite(&round.brief, strategy, &best.draft, &reasons) else { break };
            let again = match writing.await {
                Ok(again) => self.judged(round, again).await?,
                Err(error) => {
                    // What there is can be used; the loss is in the ledger.
                    tracing::info!(%strategy, %error, "a candidate could not be written again");
                    break;
                }
            };
            let cost = best.draft.cost + again.draft.cost;
            if again.is_better_than(&best) {
                best = again;
            }
            best.draft.cost = cost;
        }
        Ok(best)
    }

    async fn judged(&self, round: &Round, draft: Draft) -> Result<Judged, JobError> {
        let (score, checks) = self.judge_closely(round.actor, &round.work, &draft.content).await?;
        let failed = checks.into_iter().filter(|check| !check.passed).collect();
        Ok(Judged { draft, score, failed })
    }
}

impl Judged {
    fn facts(&self) -> usize {
        match &self.draft.content {
            Content::Research(research) => research.facts.len(),
            _ => 0,
        }
    }

    fn is_better_than(&self, other: &Self) -> bool {
        let rank = |one: &Self| (std::cmp::Reverse(one.failed.len()), one.facts());
        rank(self).cmp(&rank(other)).then(self.score.total.total_cmp(&other.score.total)).is_gt()
    }
}

/// How often a candidate of this stage may be written again.
fn rewrites(mode: Mode, stage: Stage) -> u32 {
    match (stage, mode) {
        (Stage::Copy, Mode::Balanced) | (Stage::Research, Mode::Balanced | Mode::Thorough) => 1,
        (Stage::Copy, Mode::Thorough) => 3,
        _ => 0,
    }
}

/// What is not good enough, each a sentence for the writer; nothing where it is good enough.
fn reasons(judged: &Judged, slides: usize) -> Vec<String> {
    match &judged.draft.content {
        Content::Research(research) => thin(research.facts.len(), slides).into_iter().collect(),
        Content::Copy(_) => of_copy(judged),
        _ => vec![],
    }
}

/// The first and the last slide need no fact of their own.
fn thin(facts: usize, slides: usize) -> Option<String> {
    let needed = slides.saturating_sub(2).max(LEAST_FACTS);
    (facts < needed).then(|| {
        format!(
            "the research is thin: it has {facts} facts, and a carousel of {slides} slides needs at least \
             {needed}; find more, each with its source"
        )
    })
}

fn of_copy(judged: &Judged) -> Vec<String> {
    let misfits = judged.failed.iter().map(|check| format!("slide {}: {}", check.slide, check.message));
    let flags = judged.score.flags.iter().map(|flag| flag.message.clone());
    let mut reasons: Vec<String> = misfits.chain(flags).collect();
    let total = judged.score.total;
    if total < COPY_FLOOR {
        reasons.push(format!("it scores {total:.1} of 10, and at least {COPY_FLOOR:.1} are wanted"));
        let weak = |value: &f64| *value < WEAK;
        reasons.extend(judged.score.dimensions.iter().filter_map(|dimension| {
            let value = dimension.value.filter(weak)?;
            let name = dimension.name.replace('_', " ");
            Some(format!("{name} is {value:.1} of 10: {}", dimension.advice))
        }));
    }
    reasons
}

#[cfg(test)]
mod tests {
    use super::{Mode, Stage, rewrites, thin};

    #[test]
    fn every_loop_is_bounded_by_the_mode() {
        for &stage in Stage::ALL {
            assert_eq!(rewrites(Mode::Fast, stage), 0, "{stage}");
            assert!(rewrites(Mode::Balanced, stage) <= 1, "{stage}");
            assert!(rewrites(Mode::Thorough, stage) <= 3, "{stage}");
        }
        assert_eq!(rewrites(Mode::Thorough, Stage::Research), 1, "research is deepened once");
    }

    #[test]
    fn research_is_thin_with_fewer_facts_than_slides_to_fill() {
        assert_eq!(thin(6, 8), None);
        assert!(thin(5, 8).is_some_and(|reason| reason.contains("5 facts") && reason.contains("at least 6")));
        assert!(thin(2, 2).is_some());
    }
}
