//! What a call of each stage may take: whose purpose it is, which tier, how long an answer, how much time.

use std::time::Duration;

use domain::{Mode, Stage};
use llm::{Purpose, Tier};

/// The limits of one call.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plan {
    pub(super) purpose: Purpose,
    pub(super) tier: Tier,
    /// In tokens, what the model thinks included.
    pub(super) output_limit: u32,
    pub(super) deadline: Duration,
}

impl Plan {
    pub(super) fn of(stage: Stage, mode: Mode) -> Self {
        let (purpose, output_limit, seconds) = match stage {
            Stage::Research => (Purpose::Research, 8_000, 180),
            Stage::Outline => (Purpose::Outline, 4_000, 120),
            Stage::Copy => (Purpose::Copy, 6_000, 150),
            Stage::Hook => (Purpose::Hook, 1_500, 90),
            Stage::Visual => (Purpose::Visual, 1_500, 90),
            Stage::Caption => (Purpose::Caption, 6_000, 120),
        };
        Self { purpose, tier: tier(stage, mode), output_limit, deadline: Duration::from_secs(seconds) }
    }
}

/// Looks and captions follow from what is there already, so a smaller model does.
fn tier(stage: Stage, mode: Mode) -> Tier {
    let small = matches!(stage, Stage::Visual | Stage::Caption);
    match mode {
        Mode::Fast => Tier::Simple,
        Mode::Balanced if small => Tier::Simple,
        Mode::Balanced => Tier::Standard,
        Mode::Thorough if small => Tier::Standard,
        Mode::Thorough => Tier::Complex,
    }
}

/// How many results a search of the web may bring into a prompt.
pub(super) fn search_results(mode: Mode) -> u8 {
    match mode {
        Mode::Fast => 3,
        Mode::Balanced => 5,
        Mode::Thorough => 10,
    }
}
