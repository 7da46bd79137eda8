//! The weight of each dimension, from `data/weights.toml`.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use domain::{Dimension, Stage, WeightOrigin};
use serde::Deserialize;

use crate::measure::Measures;

/// What is known of a dimension beside its value.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weight {
    /// Share in the total of its stage.
    pub weight: f64,
    /// What is measured, how it becomes 0..=10, and where that is from.
    pub measures: String,
    pub formula: String,
    pub source: String,
}

/// The weights of all stages, by stage and dimension.
#[derive(Debug, Deserialize)]
pub struct Weights {
    pub origin: WeightOrigin,
    #[serde(flatten)]
    pub stages: BTreeMap<Stage, BTreeMap<String, Weight>>,
}

/// The weights that are built in.
#[must_use]
pub fn weights() -> &'static Weights {
    static WEIGHTS: OnceLock<Weights> = OnceLock::new();
    WEIGHTS.get_or_init(|| {
        // A file that doesn't parse would be found by the tests.
        toml::from_str(include_str!("../data/weights.toml"))
            .unwrap_or(Weights { origin: WeightOrigin::Prior, stages: BTreeMap::new() })
    })
}

/// The measures of a stage with their weights.
pub(crate) fn weighed(stage: Stage, measures: Measures) -> Vec<Dimension> {
    let weights = weights();
    let of_stage = weights.stages.get(&stage);
    let weigh = |(name, measure): (&str, crate::measure::Measure)| Dimension {
        name: name.to_owned(),
        value: measure.value,
        weight: of_stage.and_then(|stage| stage.get(name)).map_or(0.0, |weight| weight.weight),
        weight_origin: weights.origin,
        evidence: measure.evidence,
        advice: measure.advice,
    };
    measures.into_iter().map(weigh).collect()
}

/// What stands in the total by stage and name, for the documents.
#[must_use]
pub fn documented() -> String {
    let mut table = String::from(
        "| stage | dimension | weight | measures | value | source |\n|---|---|---|---|---|---|\n",
    );
    for stage in Stage::ALL {
        for (name, known) in weights().stages.get(stage).into_iter().flatten() {
            let Weight { weight, measures, formula, source } = known;
            table.push_str(&format!("| {stage} | {name} | {weight} | {measures} | {formula} | {source} |\n"));
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::{Weights, documented, weights};
    use domain::Stage;

    #[test]
    fn the_shares_of_every_stage_add_up_to_one() {
        let read: Weights = toml::from_str(include_str!("../data/weights.toml")).unwrap();
        assert_eq!(read.stages.len(), Stage::ALL.len());
        for (stage, dimensions) in &weights().stages {
            let sum: f64 = dimensions.values().map(|weight| weight.weight).sum();
            assert!((sum - 1.0).abs() < 1e-9, "{stage}: {sum}");
        }
    }

    #[test]
    fn the_table_in_the_documents_is_this_one() {
        let document = include_str!("../../../docs/scoring.md");
        let table = documented();
        assert!(document.contains(&table), "put this table into docs/scoring.md:\n\n{table}");
    }
}
