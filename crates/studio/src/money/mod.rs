//! The money that models may spend: the gateway's purse, kept in the store's accounts.

mod abandoned;
mod budgets;
mod costs;
mod period;
mod purse;

pub use budgets::Budgets;
pub use costs::{
    Attempt, By, Costs, Days, LedgerEntry, LedgerPage, Month, NotAMonth, Past, RawAnswer, Scope, Standing,
    Standings, Sum, saved,
};
pub(crate) use purse::StudioPurse;

use domain::MicroUsd;

/// No single attempt counts for more: so that no figure that somebody reports, however absurd, can
/// overflow a counter.
const MOST: MicroUsd = MicroUsd(1_000_000_000_000);

/// An amount as the accounts can take it: never below zero, never so much that a sum breaks.
fn sane(amount: MicroUsd) -> MicroUsd {
    amount.clamp(MicroUsd::ZERO, MOST)
}

#[cfg(test)]
mod tests {
    use super::{MOST, MicroUsd, sane};

    #[test]
    fn an_absurd_amount_is_brought_within_what_counters_hold() {
        assert_eq!(sane(MicroUsd(i64::MAX)), MOST);
        assert_eq!(sane(MicroUsd(-1)), MicroUsd::ZERO);
        assert_eq!(sane(MicroUsd(4_230)), MicroUsd(4_230));
    }
}
