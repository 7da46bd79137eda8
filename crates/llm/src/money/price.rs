//! The price of a model, and what tokens cost at it.

use domain::MicroUsd;

use super::{Femto, Usage};

/// A model's prices, each for one token or one request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Price {
    pub input: Femto,
    pub output: Femto,
    pub request: Femto,
    /// For a token read from the cache; without one it costs as any other.
    pub cache_read: Option<Femto>,
    /// For a token written to the cache; without one it costs as any other.
    pub cache_write: Option<Femto>,
    /// For one search of the web.
    pub web_search: Femto,
    /// Higher prices that count from some length of the prompt on.
    pub long_prompts: Vec<LongPrompt>,
}

/// Prices from a length of the prompt on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LongPrompt {
    /// In tokens.
    pub from: u64,
    pub input: Femto,
    pub output: Femto,
}

impl Price {
    /// So many dollars for a million tokens of input and of output.
    #[must_use]
    pub fn per_million(input: u64, output: u64) -> Self {
        Self { input: Femto::per_million(input, 0), output: Femto::per_million(output, 0), ..Self::default() }
    }

    /// The same, with the floor's price for input and output where there is none: free is never taken as free.
    #[must_use]
    pub fn or_floor(&self, floor: &Self) -> Self {
        let or = |price: Femto, floor: Femto| if price == Femto::ZERO { floor } else { price };
        Self {
            input: or(self.input, floor.input),
            output: or(self.output, floor.output),
            web_search: or(self.web_search, floor.web_search),
            ..self.clone()
        }
    }

    /// The most that a call can cost: every token of input at the dearest price, the whole limit of output.
    #[must_use]
    pub fn worst(&self, input: u64, output_limit: u64, searches: u64) -> MicroUsd {
        let (of_input, of_output) = self.at(input);
        let dearest = of_input.max(self.cache_write.unwrap_or_default());
        let sum = dearest.times(input).plus(of_output.times(output_limit)).plus(self.request);
        amount(sum.plus(self.web_search.times(searches)))
    }

    /// What the counted tokens and searches cost, rounded up.
    #[must_use]
    pub fn cost(&self, usage: &Usage, searches: u64) -> MicroUsd {
        let (input, output) = self.at(usage.input);
        let cached = usage.cached.min(usage.input);
        let written = usage.cache_written.min(usage.input - cached);
        let plain = usage.input - cached - written;
        let sum = input
            .times(plain)
            .plus(self.cache_read.unwrap_or(input).times(cached))
            .plus(self.cache_write.unwrap_or(input).times(written))
            .plus(output.times(usage.output))
            .plus(self.request)
            .plus(self.web_search.times(searches));
        amount(sum)
    }

    /// Of input and output, for a prompt of this length.
    fn at(&self, input: u64) -> (Femto, Femto) {
        let reached = self.long_prompts.iter().filter(|long| long.from <= input);
        reached.fold((self.input, self.output), |(a, b), long| (a.max(long.input), b.max(long.output)))
    }
}

/// Beyond all sense is more than any budget.
fn amount(sum: Femto) -> MicroUsd {
    sum.to_micro().unwrap_or(MicroUsd(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::{Femto, LongPrompt, MicroUsd, Price, Usage};

    #[test]
    fn the_worst_case_takes_the_dearest_input_and_the_whole_limit() {
        let price = Price { cache_write: Some(Femto::per_million(4, 0)), ..Price::per_million(2, 10) };
        assert_eq!(price.worst(1_000, 2_000, 0), MicroUsd(4_000 + 20_000));
        let long =
            LongPrompt { from: 1_000, input: Femto::per_million(5, 0), output: Femto::per_million(15, 0) };
        let price = Price { long_prompts: vec![long], ..price };
        assert_eq!(price.worst(999, 2_000, 0), MicroUsd(3_996 + 20_000));
        assert_eq!(price.worst(1_000, 2_000, 0), MicroUsd(5_000 + 30_000));
    }

    #[test]
    fn cached_tokens_cost_their_own_price() {
        let price = Price { cache_read: Some(Femto::per_million(0, 100_000)), ..Price::per_million(1, 5) };
        let usage = Usage { input: 1_000, output: 10, cached: 800, ..Usage::default() };
        assert_eq!(price.cost(&usage, 0), MicroUsd(200 + 80 + 50));
        let impossible = Usage { input: 10, cached: 800, cache_written: 800, ..Usage::default() };
        assert_eq!(price.cost(&impossible, 0), MicroUsd(1));
    }

    #[test]
    fn nothing_is_free_below_the_floor() {
        let floor = Price::per_million(1, 5);
        assert_eq!(Price::default().or_floor(&floor), floor);
        let half_free = Price { input: Femto::per_million(0, 50_000), ..Price::default() };
        assert_eq!(half_free.or_floor(&floor).output, floor.output);
        assert_eq!(half_free.or_floor(&floor).input, half_free.input);
        assert_eq!(Price::per_million(u64::MAX, 1).worst(u64::MAX, u64::MAX, 0), MicroUsd(i64::MAX));
    }
}
