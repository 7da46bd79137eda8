//! One number as each language writes it: `1,200.5`, `1.200,5`, `1 200,5`, `1'200.5`.

use super::lexicon::Numbers;

/// More groups than this are a list of numbers, not one number.
const MOST_GROUPS: usize = 8;

/// A number that begins at the start of a text.
#[derive(Debug, PartialEq)]
pub(super) struct Number {
    /// Bytes that it takes.
    pub(super) length: usize,
    /// `None` where dots split it as in a version (`1.95.0`), or where it is beyond counting.
    pub(super) value: Option<f64>,
    /// Digits only, no separator.
    pub(super) plain: bool,
}

struct Group<'t> {
    before: Option<char>,
    digits: &'t str,
    end: usize,
}

/// Reads the number at the start of `text`, which begins with an ASCII digit.
pub(super) fn read(text: &str, numbers: &Numbers) -> Option<Number> {
    let groups = groups(text, numbers);
    let kept = one_number(&groups, numbers);
    let taken = groups.get(..kept.groups)?;
    let length = taken.last()?.end;
    let mut plain = String::with_capacity(length);
    for (n, group) in taken.iter().enumerate() {
        if n > 0 && n == kept.decimals_from {
            plain.push('.');
        }
        plain.push_str(group.digits);
    }
    let value = if kept.version { None } else { plain.parse().ok().filter(|value: &f64| value.is_finite()) };
    Some(Number { length, value, plain: taken.len() == 1 })
}

/// Runs of digits with the separators between them, as far as they may be one number.
fn groups<'t>(text: &'t str, numbers: &Numbers) -> Vec<Group<'t>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    let mut at = 0;
    let mut before = None;
    while groups.len() < MOST_GROUPS {
        let run = text[at..].bytes().take_while(u8::is_ascii_digit).count();
        if run == 0 || !may_follow(&groups, before, run) {
            break;
        }
        groups.push(Group { before, digits: &text[at..at + run], end: at + run });
        let Some(separator) = text[at + run..].chars().next() else { break };
        if separator != '.' && separator != ',' && !numbers.grouping.contains(&separator) {
            break;
        }
        before = Some(separator);
        at += run + separator.len_utf8();
    }
    groups
}

/// A space or apostrophe joins digits only as a grouping mark: before exactly three, after one to three.
fn may_follow(groups: &[Group<'_>], before: Option<char>, run: usize) -> bool {
    let (Some(first), Some(separator)) = (groups.first(), before) else { return true };
    if matches!(separator, '.' | ',') {
        return true;
    }
    run == 3 && first.digits.len() <= 3 && groups[1..].iter().all(|group| group.before == Some(separator))
}

struct Kept {
    groups: usize,
    /// The group that holds the decimals; beyond the last where there are none.
    decimals_from: usize,
    version: bool,
}

/// How many of the groups are one number, and which of them are decimals.
fn one_number(groups: &[Group<'_>], numbers: &Numbers) -> Kept {
    let whole = |groups| Kept { groups, decimals_from: usize::MAX, version: false };
    let (Some(first), Some(second)) = (groups.first(), groups.get(1)) else { return whole(groups.len()) };
    let Some(separator) = second.before else { return whole(1) };
    let run = groups[1..].iter().take_while(|group| group.before == Some(separator)).count();
    let threes = groups[1..=run].iter().all(|group| group.digits.len() == 3);
    let fits_grouping = threes && first.digits.len() <= 3 && first.digits != "0";
    let grouped = fits_grouping && numbers.grouping.contains(&separator);
    let next = groups.get(run + 1);
    // `1,200.5` in a text that writes `1.200,5`: the mark that comes last, once, is the decimal one.
    let foreign = fits_grouping && next.is_some_and(|group| group.before != Some(separator));
    if grouped || foreign || !matches!(separator, '.' | ',') {
        let decimals = next.is_some_and(|group| matches!(group.before, Some('.' | ',')));
        return if decimals {
            Kept { groups: run + 2, decimals_from: run + 1, version: false }
        } else {
            whole(run + 1)
        };
    }
    if run == 1 && (separator == numbers.decimal || separator == '.') {
        return Kept { groups: 2, decimals_from: 1, version: false };
    }
    if separator == '.' {
        return Kept { groups: run + 1, decimals_from: usize::MAX, version: true };
    }
    whole(1)
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::text::lexicon;

    #[track_caller]
    fn check(code: &str, text: &str, taken: &str, value: Option<f64>) {
        let numbers = &lexicon(code.parse().unwrap()).unwrap().numbers;
        let number = read(text, numbers).unwrap();
        assert_eq!((&text[..number.length], number.value), (taken, value), "{code}: {text}");
    }

    #[test]
    fn each_language_has_its_marks() {
        check("en", "1,200.5 m", "1,200.5", Some(1200.5));
        check("en", "1,200,500", "1,200,500", Some(1_200_500.0));
        check("en", "3.125", "3.125", Some(3.125));
        check("en", "2024 150 people", "2024", Some(2024.0));
        for code in ["de", "es", "it", "pt"] {
            check(code, "1.200,5", "1.200,5", Some(1200.5));
            check(code, "3,125", "3,125", Some(3.125));
            check(code, "12.000", "12.000", Some(12_000.0));
        }
        check("fr", "1 200,5", "1 200,5", Some(1200.5));
        check("fr", "1\u{202f}200\u{202f}500", "1\u{202f}200\u{202f}500", Some(1_200_500.0));
        check("de", "10 000", "10 000", Some(10_000.0));
        check("de", "1'200.50", "1'200.50", Some(1200.5));
        check("es", "1,200.50", "1,200.50", Some(1200.5));
        check("de", "1.5", "1.5", Some(1.5));
    }

    #[test]
    fn lists_and_versions_are_not_one_number() {
        check("en", "1,2,3", "1", Some(1.0));
        check("de", "1,2,3", "1", Some(1.0));
        check("en", "1.95.0", "1.95.0", None);
        check("en", "5, 6", "5", Some(5.0));
        check("en", "0.123.", "0.123", Some(0.123));
    }
}
