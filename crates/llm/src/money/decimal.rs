//! Decimals of dollars, read digit by digit: a price for a token has more digits than a float keeps.

use domain::MicroUsd;

/// Digits after the point that are kept; what is smaller is rounded up.
const DIGITS: i32 = 15;
const FEMTO_PER_MICRO: u128 = 1_000_000_000;

/// An amount in millionths of a thousand-millionth of a US dollar (10^-15): a price for one token fits in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Femto(pub u128);

impl Femto {
    pub const ZERO: Self = Self(0);

    /// Dollars for a million tokens, as price lists say it: `per_million(3, 0)` is $3.000000.
    #[must_use]
    pub const fn per_million(dollars: u64, micros: u64) -> Self {
        Self((dollars as u128 * 1_000_000 + micros as u128) * 1_000)
    }

    #[must_use]
    pub const fn from_micro(amount: MicroUsd) -> Self {
        Self(amount.0.unsigned_abs() as u128 * FEMTO_PER_MICRO)
    }

    /// Reads `0.0000001`, `"0.01"`, `4.23e-3`; `None` for what is no decimal, negative (some lists write
    /// -1 where the price varies) or beyond all sense.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().trim_matches('"').trim();
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
            None => (text, 0),
        };
        let mantissa = mantissa.strip_prefix('+').unwrap_or(mantissa);
        let (whole, part) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        if whole.is_empty() && part.is_empty() {
            return None;
        }
        let places = exponent.checked_sub(i32::try_from(part.len()).ok()?)?.checked_add(DIGITS)?;
        let digits = format!("{whole}{part}");
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        shift(digits.trim_start_matches('0'), places).map(Self)
    }

    /// Rounded up to the next millionth of a dollar; `None` beyond the range of [`MicroUsd`].
    #[must_use]
    pub fn to_micro(self) -> Option<MicroUsd> {
        i64::try_from(self.0.div_ceil(FEMTO_PER_MICRO)).ok().map(MicroUsd)
    }

    #[must_use]
    pub fn times(self, count: u64) -> Self {
        Self(self.0.saturating_mul(u128::from(count)))
    }

    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

/// Moves the point by so many places; what falls off behind it counts as one more.
fn shift(digits: &str, places: i32) -> Option<u128> {
    if digits.is_empty() {
        return Some(0);
    }
    if places >= 0 {
        let factor = 10_u128.checked_pow(places.unsigned_abs())?;
        return digits.parse::<u128>().ok()?.checked_mul(factor);
    }
    let dropped = usize::try_from(places.unsigned_abs()).ok()?;
    if dropped >= digits.len() {
        return Some(1);
    }
    let (kept, rest) = digits.split_at(digits.len() - dropped);
    let more = u128::from(rest.bytes().any(|byte| byte != b'0'));
    kept.parse::<u128>().ok()?.checked_add(more)
}

#[cfg(test)]
mod tests {
    use super::{Femto, MicroUsd};

    fn micro(text: &str) -> Option<i64> {
        Femto::parse(text).and_then(Femto::to_micro).map(|amount| amount.0)
    }

    #[test]
    fn decimals_are_read_exactly_and_rounded_up() {
        assert_eq!(Femto::parse("0.0000000983"), Some(Femto(98_300_000)));
        assert_eq!(Femto::parse("\"0.01\""), Some(Femto(10_000_000_000_000)));
        assert_eq!(micro("0.00423"), Some(4_230));
        assert_eq!(micro("4.23e-3"), Some(4_230));
        assert_eq!(micro("4.23E-03"), Some(4_230));
        assert_eq!(micro("1e2"), Some(100_000_000));
        assert_eq!(micro("0.0000001"), Some(1), "a tenth of a millionth is no nothing");
        assert_eq!(micro("0.004230000000000000000001"), Some(4_231));
        assert_eq!(micro("1e-400"), Some(1));
        assert_eq!(micro("0"), Some(0));
        assert_eq!(micro("0.000"), Some(0));
        assert_eq!(micro("0e99"), Some(0));
        // A float would make 0.30000000000000004 of it.
        assert_eq!(micro("0.3"), Some(300_000));
    }

    #[test]
    fn what_is_no_amount_is_none() {
        for text in ["", "-1", "-0.5", "abc", "1.2.3", ".", "e5", "1e", "NaN", "null", "1e40", "0x10", "١"] {
            assert_eq!(Femto::parse(text), None, "{text}");
        }
        assert_eq!(micro("99999999999999"), None, "more than is counted");
    }

    #[test]
    fn prices_are_written_for_a_million_tokens() {
        assert_eq!(Femto::per_million(3, 0), Femto::parse("0.000003").unwrap_or_default());
        assert_eq!(Femto::per_million(0, 98_300), Femto::parse("0.0000000983").unwrap_or_default());
        assert_eq!(Femto::from_micro(MicroUsd(7)).to_micro(), Some(MicroUsd(7)));
    }
}
