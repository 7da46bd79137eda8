//! Spending by day as bars, in the units of the drawing.

use std::collections::BTreeMap;

use domain::MicroUsd;
use studio::{Days, Sum};

use super::table::part;

/// A bar with its gap.
const STEP: usize = 10;

#[derive(Debug)]
pub(super) struct Chart {
    pub(super) bars: Vec<Bar>,
    /// The dearest day.
    pub(super) most: Option<(String, MicroUsd)>,
}

#[derive(Debug)]
pub(super) struct Bar {
    pub(super) day: String,
    pub(super) cost: MicroUsd,
    pub(super) x: usize,
    /// From the top, of 100.
    pub(super) y: i64,
    pub(super) height: i64,
}

impl Chart {
    /// Every day has its place, and a day of a neighbouring month in which an attempt still counted.
    pub(super) fn new(days: Days, sums: &[Sum]) -> Self {
        let mut costs: BTreeMap<String, MicroUsd> = BTreeMap::new();
        let mut day = Some(days.first());
        while let Some(one) = day.filter(|one| *one <= days.last()) {
            costs.insert(one.to_string(), MicroUsd::ZERO);
            day = one.next_day();
        }
        costs.extend(sums.iter().filter_map(|sum| Some((sum.key.clone()?, sum.cost))));
        let most = costs.iter().max_by_key(|(_, cost)| **cost);
        let most = most.filter(|(_, cost)| **cost > MicroUsd::ZERO).map(|(day, cost)| (day.clone(), *cost));
        let top = most.as_ref().map(|(_, cost)| *cost).unwrap_or_default();
        let bars = costs.into_iter().enumerate().map(|(n, (day, cost))| {
            let height = part(cost, top);
            Bar { day, cost, x: n * STEP + 1, y: 100 - height, height }
        });
        Self { bars: bars.collect(), most }
    }

    pub(super) fn width(&self) -> usize {
        self.bars.len() * STEP
    }

    /// The days on which something was spent.
    pub(super) fn spent(&self) -> impl Iterator<Item = &Bar> {
        self.bars.iter().filter(|bar| bar.cost > MicroUsd::ZERO)
    }

    pub(super) fn first(&self) -> &str {
        self.bars.first().map(|bar| bar.day.as_str()).unwrap_or_default()
    }

    pub(super) fn last(&self) -> &str {
        self.bars.last().map(|bar| bar.day.as_str()).unwrap_or_default()
    }
}
