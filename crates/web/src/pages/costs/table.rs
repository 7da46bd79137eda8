//! Sums as a table whose rows have a bar each.

use domain::MicroUsd;
use studio::{By, Sum};

use crate::page::Page;

/// The sums of one kind.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) title: String,
    pub(super) rows: Vec<Row>,
}

#[derive(Debug)]
pub(super) struct Row {
    pub(super) name: String,
    pub(super) link: Option<String>,
    pub(super) cost: MicroUsd,
    /// How long its bar is, of 100; the dearest has the longest.
    pub(super) bar: i64,
    pub(super) calls: String,
    pub(super) tokens_in: String,
    pub(super) tokens_out: String,
}

impl Table {
    pub(super) fn new(page: &Page, by: By, sums: &[Sum]) -> Self {
        let most = sums.iter().map(|sum| sum.cost).max().unwrap_or_default();
        let row = |sum: &Sum| Row {
            name: name(page, by, sum),
            link: link(by, sum),
            cost: sum.cost,
            bar: part(sum.cost, most),
            calls: grouped(sum.calls),
            tokens_in: grouped(sum.tokens_in),
            tokens_out: grouped(sum.tokens_out),
        };
        let title = page.named("costs-by", by);
        Self { title, rows: sums.iter().map(row).collect() }
    }
}

fn name(page: &Page, by: By, sum: &Sum) -> String {
    match (by, &sum.key, &sum.title) {
        (By::Purpose, Some(purpose), _) => named(page, "purpose", purpose),
        (By::Carousel, None, _) => page.t("costs-no-carousel"),
        (By::Carousel, Some(_), None) => page.t("costs-deleted"),
        (By::Carousel, Some(_), Some(title)) => title.clone(),
        (_, key, _) => key.clone().unwrap_or_default(),
    }
}

fn link(by: By, sum: &Sum) -> Option<String> {
    sum.title.as_ref().filter(|_| by == By::Carousel)?;
    Some(format!("/carousels/{}", sum.key.as_ref()?))
}

/// A word of the ledger in words of the page; one that a later version wrote, as it is.
pub(super) fn named(page: &Page, kind: &str, name: &str) -> String {
    let key = format!("{kind}-{}", name.replace('_', "-"));
    if page.words.has(&key) { page.t(&key) } else { name.replace('_', " ") }
}

/// Of 100; what is not nothing is seen.
pub(super) fn part(of: MicroUsd, most: MicroUsd) -> i64 {
    if of.0 <= 0 || most.0 <= 0 {
        return 0;
    }
    let part = i128::from(of.0) * 100 / i128::from(most.0);
    i64::try_from(part).unwrap_or(100).clamp(1, 100)
}

/// A count with a narrow space between thousands, which reads the same in every language.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.char_indices() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push('\u{202f}');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use domain::MicroUsd;

    use super::{grouped, part};

    #[test]
    fn counts_are_grouped_and_the_smallest_sum_has_a_bar() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1_234_567), "1\u{202f}234\u{202f}567");
        assert_eq!(part(MicroUsd(1), MicroUsd(i64::MAX)), 1);
        assert_eq!(part(MicroUsd(i64::MAX), MicroUsd(i64::MAX)), 100);
        assert_eq!(part(MicroUsd(0), MicroUsd(0)), 0);
    }
}
