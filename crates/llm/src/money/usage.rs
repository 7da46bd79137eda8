//! What a provider says that a call used.

use domain::MicroUsd;

/// Counts of tokens, and the cost where the provider reports one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    pub input: u64,
    pub output: u64,
    /// Of the input, read from the provider's cache.
    pub cached: u64,
    /// Of the input, written to the provider's cache.
    pub cache_written: u64,
    /// Of the output, spent on reasoning.
    pub reasoning: u64,
    /// As reported; with a key of one's own at the provider, that provider's cost is in it too.
    pub cost: Option<MicroUsd>,
}

impl Usage {
    /// Whether it counts nothing at all, as servers do that don't count.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.input == 0 && self.output == 0
    }
}
