//! What a score is: its dimensions, the evidence for each, and the weighted total.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

crate::named_enum! {
    /// Where a dimension's weight is from.
    pub enum WeightOrigin ("weight origin") {
        /// Nobody fitted it: a starting belief.
        Prior = "prior",
        /// Fitted on real experiments.
        Fitted = "fitted",
    }
}

/// One aspect of a variant, measured.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Dimension {
    pub name: String,
    /// 0 to 10; `None` where it can't be measured (readability of a language with no
    /// published formula), and then it has no part in the total.
    pub value: Option<f64>,
    /// Share in the total before normalising, 0 or more.
    pub weight: f64,
    pub weight_origin: WeightOrigin,
    /// What was seen: the words, the number, the count.
    pub evidence: Vec<String>,
    /// One plain sentence: what would make it better, or that nothing need change.
    pub advice: String,
}

/// What must be true of a variant whatever its score: shown beside it, and taken off the total.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Flag {
    /// `similar`, `unsupported_figure` or `avoided_word`.
    pub name: String,
    /// What it is about: the figure, the word, or the other variant's strategy.
    #[serde(default)]
    pub about: String,
    /// A sentence: `unsupported figure: 73 %`.
    pub message: String,
}

/// A variant's score: a pure function of text, profile, language and learned patterns.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Score {
    /// 0 to 10.
    pub total: f64,
    pub dimensions: Vec<Dimension>,
    pub flags: Vec<Flag>,
}

/// What one flag takes off the total, in points of ten.
pub const FLAG_PENALTY: f64 = 1.0;

impl Score {
    /// Total = weighted mean of the measured dimensions, less [`FLAG_PENALTY`] a flag, within 0..=10.
    #[must_use]
    pub fn new(dimensions: Vec<Dimension>, flags: Vec<Flag>) -> Self {
        let measured = dimensions.iter().filter_map(|dimension| Some((dimension.value?, dimension.weight)));
        let (sum, weights) = measured
            .fold((0.0, 0.0), |(sum, weights), (value, weight)| (sum + value * weight, weights + weight));
        let mean = if weights > 0.0 { sum / weights } else { 0.0 };
        let penalty = FLAG_PENALTY * flags.len() as f64;
        Self { total: (mean - penalty).clamp(0.0, 10.0), dimensions, flags }
    }

    #[must_use]
    pub fn dimension(&self, name: &str) -> Option<&Dimension> {
        self.dimensions.iter().find(|dimension| dimension.name == name)
    }
}

#[cfg(test)]
mod tests {
    use super::{Dimension, Flag, Score, WeightOrigin};

    fn dimension(value: Option<f64>, weight: f64) -> Dimension {
        Dimension {
            name: "any".into(),
            value,
            weight,
            weight_origin: WeightOrigin::Prior,
            evidence: vec![],
            advice: String::new(),
        }
    }

    #[test]
    fn the_total_is_the_weighted_mean_of_what_was_measured() {
        let score = Score::new(
            vec![dimension(Some(8.0), 3.0), dimension(Some(4.0), 1.0), dimension(None, 100.0)],
            vec![],
        );
        assert!((score.total - 7.0).abs() < 1e-12);
    }

    #[test]
    fn flags_lower_it_and_never_below_zero() {
        let flag = Flag {
            name: "unsupported_figure".into(),
            about: "73 %".into(),
            message: "unsupported figure: 73 %".into(),
        };
        let score = Score::new(vec![dimension(Some(1.5), 1.0)], vec![flag.clone(), flag]);
        assert!(score.total.abs() < 1e-12);
        assert!(Score::new(vec![], vec![]).total.abs() < 1e-12);
    }
}
