//! What one dimension found, and the curves that turn a count or a ratio into 0..=10.

/// One dimension before its weight: value, evidence, advice.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Measure {
    /// 0 to 10, or `None` where it was not measured.
    pub(crate) value: Option<f64>,
    pub(crate) evidence: Vec<String>,
    pub(crate) advice: String,
}

/// The dimensions of one stage by name, in the order of `weights.toml`.
pub(crate) type Measures = Vec<(&'static str, Measure)>;

pub(crate) const NOTHING_TO_CHANGE: &str = "Nothing need change here.";

impl Measure {
    /// A value, held within 0..=10, with what was seen and the mend.
    pub(crate) fn new(value: f64, evidence: Vec<String>, advice: impl Into<String>) -> Self {
        let value = if value.is_finite() { rounded(value.clamp(0.0, 10.0)) } else { 0.0 };
        Self { value: Some(value), evidence, advice: advice.into() }
    }

    /// What could not be measured, and why.
    pub(crate) fn unmeasured(why: impl Into<String>) -> Self {
        Self { value: None, evidence: vec!["not measured".into()], advice: why.into() }
    }
}

/// To six decimals: `exp` and its like differ in the last bit from machine to machine.
pub(crate) fn rounded(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

/// 0 at `none`, 10 at `full`, straight between, held at both ends; `full` may lie below `none`.
pub(crate) fn ramp(x: f64, none: f64, full: f64) -> f64 {
    (10.0 * (x - none) / (full - none)).clamp(0.0, 10.0)
}

/// 10 from `low` to `high`, falling outside as a bell: 10 exp(-(d / width)^2) at distance d.
pub(crate) fn band(x: f64, low: f64, high: f64, width: f64) -> f64 {
    let distance = (low - x).max(x - high).max(0.0) / width;
    10.0 * (-distance * distance).exp()
}

/// The entry of a table at a count; its last entry for every count beyond.
pub(crate) fn step(count: usize, table: &[f64]) -> f64 {
    table.get(count).or(table.last()).copied().unwrap_or(0.0)
}

/// 10 x part / whole; 10 where there is nothing to count.
pub(crate) fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 10.0 } else { 10.0 * part as f64 / whole as f64 }
}

pub(crate) fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// `“a”, “b”` for evidence and advice: at most six, then how many more.
pub(crate) fn quoted<T: AsRef<str>>(words: &[T]) -> String {
    const MOST: usize = 6;
    let mut shown: Vec<String> = words.iter().take(MOST).map(|word| format!("“{}”", word.as_ref())).collect();
    if words.len() > MOST {
        shown.push(format!("{} more", words.len() - MOST));
    }
    shown.join(", ")
}

/// `1 word`, `3 words`.
pub(crate) fn counted(count: usize, one: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") }
}

#[cfg(test)]
mod tests {
    use super::{band, counted, quoted, ramp, step};

    #[test]
    fn curves_hold_their_ends() {
        assert!((ramp(3.0, 0.0, 4.0) - 7.5).abs() < 1e-12);
        assert!((ramp(0.55, 0.8, 0.3) - 5.0).abs() < 1e-12);
        assert!(ramp(-1.0, 0.0, 4.0).abs() < 1e-12 && (ramp(9.0, 0.0, 4.0) - 10.0).abs() < 1e-12);
        assert!((band(7.0, 5.0, 12.0, 4.0) - 10.0).abs() < 1e-12);
        // One word over: 10 exp(-(1/4)^2) = 9.394...
        assert!((band(13.0, 5.0, 12.0, 4.0) - 9.394_130_628_134_757).abs() < 1e-9);
        assert!((step(9, &[0.0, 6.0, 2.0]) - 2.0).abs() < 1e-12);
    }

    #[test]
    fn evidence_is_short() {
        assert_eq!(quoted(&["a", "b"]), "“a”, “b”");
        assert!(quoted(&["a"; 9]).ends_with("3 more"));
        assert_eq!((counted(1, "word"), counted(0, "word")), ("1 word".into(), "0 words".into()));
    }
}
