//! The figures of a text: numbers with what they count, as they are written.

use std::ops::Range;

use domain::Language;

use super::lexicon::{Numbers, lexicon, signs};
use super::numbers;

/// What sort of figure it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FigureKind {
    /// A number with no unit that is known.
    Count,
    Percent,
    Money,
    /// With a unit: `5 km`, `3 days`.
    Measure,
    /// `3x`, `10 times`.
    Multiple,
    Year,
    /// `3 May 2024`, `2024-05-03`.
    Date,
    /// `10:30`.
    Time,
    /// `16:9`, `1/2`.
    Ratio,
    Ordinal,
    /// Part of a name or an adjective: `64-bit`, `80-column`, `3-step`. It tells one kind from
    /// another, and counts nothing.
    Attribute,
    /// `1.95.0`.
    Version,
}

/// A figure as it stands in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// As it is written, with sign, scale and unit: `73 %`, `$4.2 million`, `3–5 days`.
    pub text: String,
    /// Where, in bytes.
    pub span: Range<usize>,
    /// The number, scaled (`4.2 million` is 4,200,000); the lower end of a range;
    /// year x 10,000 + month x 100 + day of a date (year 0 where it is not said);
    /// hours of a time. `None` for a version, and for dates such as 03/05/2024 that can be read in two ways.
    pub value: Option<f64>,
    /// The upper end of a range.
    pub upper: Option<f64>,
    /// The unit by one name whatever the language: `%`, `EUR`, `day`, `km`, `x`.
    pub unit: Option<String>,
    pub kind: FigureKind,
}

/// The figures of a text that are written in digits, in order, by the number formats of its language.
///
/// A language without word lists is read by the English formats. Digits inside a
/// word (`utf8`, `3D`, `IPv4`) are no figures.
#[must_use]
pub fn figures(text: &str, language: Language) -> Vec<Figure> {
    Scanner::new(text, language, false).run()
}

/// As [`figures`], with small numbers written as words too: `three days`.
pub(crate) fn figures_and_number_words(text: &str, language: Language) -> Vec<Figure> {
    Scanner::new(text, language, true).run()
}

/// How far beyond a number its unit is looked for, in bytes.
const UNIT_WINDOW: usize = 64;

struct Scanner<'t> {
    text: &'t str,
    numbers: Option<&'static Numbers>,
    number_words: bool,
    english: bool,
}

/// A number with its scale and unit: a figure, or one end of a range.
#[derive(Debug)]
struct Quantity {
    span: Range<usize>,
    value: Option<f64>,
    scale: f64,
    unit: Option<String>,
    kind: FigureKind,
}

impl Quantity {
    fn new(span: Range<usize>, value: Option<f64>, kind: FigureKind) -> Self {
        Self { span, value, scale: 1.0, unit: None, kind }
    }
}

impl<'t> Scanner<'t> {
    fn new(text: &'t str, language: Language, number_words: bool) -> Self {
        let lists = lexicon(language).or_else(|| lexicon(Language::ENGLISH));
        let english = language == Language::ENGLISH;
        Self { text, numbers: lists.map(|lists| &lists.numbers), number_words, english }
    }

    fn run(&self) -> Vec<Figure> {
        let Some(numbers) = self.numbers else { return Vec::new() };
        let mut figures = Vec::new();
        let mut at = 0;
        let mut free = 0; // the end of the last figure: nothing reaches back over it
        while let Some(c) = self.text[at..].chars().next() {
            if !c.is_alphanumeric() {
                at += c.len_utf8();
                continue;
            }
            if let Some(figure) = self.figure(numbers, at, free) {
                at = figure.span.end.max(at + c.len_utf8());
                free = at;
                figures.push(figure);
                // What is glued to a figure belongs to it: `16GB-Karte`.
                at += alphanumerics(&self.text[at..]);
            } else {
                at += alphanumerics(&self.text[at..]).max(c.len_utf8());
            }
        }
        figures
    }

    fn figure(&self, numbers: &Numbers, at: usize, free: usize) -> Option<Figure> {
        let first = self.quantity(numbers, at, free)?;
        let range = self.range_end(numbers, &first);
        let (mut value, mut upper, mut unit, mut kind) = (first.value, None, first.unit.clone(), first.kind);
        let mut span = first.span.clone();
        if let Some(second) = range {
            span.end = second.span.end;
            if first.scale <= 1.0 {
                value = value.map(|value| value * second.scale);
            }
            upper = second.value;
            if unit.is_none() {
                unit = second.unit;
                kind = second.kind;
            }
        }
        let text = self.text[span.clone()].split_whitespace().collect::<Vec<_>>().join(" ");
        Some(Figure { text, span, value, upper, unit, kind })
    }

    /// The other end, where the quantity is the first of a range: `3–5 days`, `3 to 5 days`.
    fn range_end(&self, numbers: &Numbers, first: &Quantity) -> Option<Quantity> {
        if matches!(first.kind, FigureKind::Date | FigureKind::Version | FigureKind::Ordinal) {
            return None;
        }
        let after = &self.text[first.span.end..];
        let dashed = after
            .strip_prefix(['-', '‑'])
            .or_else(|| after.trim_start_matches([' ', '\u{a0}', '\u{202f}']).strip_prefix(['–', '—']))
            .map(|rest| rest.trim_start_matches([' ', '\u{a0}', '\u{202f}']));
        let rest = dashed.or_else(|| {
            let rest = after.strip_prefix([' ', '\u{a0}'])?;
            numbers
                .ranges
                .iter()
                .find_map(|word| rest.strip_prefix(word.as_str())?.strip_prefix([' ', '\u{a0}']))
        })?;
        let start = self.text.len() - rest.len();
        // A currency sign may stand before the second end too.
        let sign = signs().currencies.iter().find_map(|(sign, _)| rest.strip_prefix(sign.as_str()));
        let at = sign.map_or(start, |rest| self.text.len() - rest.len());
        let second = self.quantity(numbers, at, start)?;
        // `73 % to 4 million` are two figures; `$3 to 5 million` is a range.
        let both = match (&first.unit, &second.unit) {
            (Some(one), Some(other)) => one == other,
            (Some(_), None) => first.kind == FigureKind::Money,
            (None, _) => true,
        };
        let plain = !matches!(second.kind, FigureKind::Date | FigureKind::Version | FigureKind::Ordinal);
        (both && plain && second.value > first.value).then_some(second)
    }

    /// The number at `at` with what stands around it; its span may begin before `at`, at a sign.
    fn quantity(&self, numbers: &Numbers, at: usize, free: usize) -> Option<Quantity> {
        let rest = &self.text[at..];
        if !rest.starts_with(|c: char| c.is_ascii_digit() || fraction_sign(c).is_some()) {
            return self.word_quantity(numbers, at);
        }
        if self.glued_before(at) {
            return None;
        }
        let mut quantity = self.special(numbers, at).or_else(|| self.plain(numbers, at))?;
        let end = quantity.span.end;
        if !matches!(quantity.kind, FigureKind::Date | FigureKind::Version | FigureKind::Time) {
            self.scale(numbers, &mut quantity);
            self.unit(numbers, &mut quantity);
        }
        if matches!(quantity.kind, FigureKind::Count | FigureKind::Measure) && is_hyphened(&self.text[end..])
        {
            quantity.kind = FigureKind::Attribute;
        }
        self.month_before(numbers, &mut quantity, free);
        self.sign_before(&mut quantity, free);
        let glued = self.text[quantity.span.end..].starts_with(|c: char| c.is_alphanumeric() || c == '_');
        (!glued).then_some(quantity)
    }

    fn glued_before(&self, at: usize) -> bool {
        self.text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_')
    }

    fn plain(&self, numbers: &Numbers, at: usize) -> Option<Quantity> {
        let rest = &self.text[at..];
        if let Some(value) = rest.chars().next().and_then(fraction_sign) {
            let end = at + rest.chars().next().map_or(0, char::len_utf8);
            return Some(Quantity::new(at..end, Some(value), FigureKind::Ratio));
        }
        let number = numbers::read(rest, numbers)?;
        let mut end = at + number.length;
        let mut value = number.value;
        let Some(whole) = value else { return Some(Quantity::new(at..end, None, FigureKind::Version)) };
        if let Some((part, c)) = self.text[end..].chars().next().and_then(|c| Some((fraction_sign(c)?, c))) {
            value = Some(whole + part);
            end += c.len_utf8();
        }
        let year = number.plain && number.length == 4 && (1500.0..=2100.0).contains(&whole);
        let mut quantity =
            Quantity::new(at..end, value, if year { FigureKind::Year } else { FigureKind::Count });
        if let Some(length) = ordinal(&self.text[end..], numbers) {
            quantity.span.end += length;
            quantity.kind = FigureKind::Ordinal;
        } else if year && whole % 10.0 == 0.0 {
            quantity.span.end += decade(&self.text[end..]);
        }
        Some(quantity)
    }

    /// Dates, times and ratios, which are more than one number.
    fn special(&self, numbers: &Numbers, at: usize) -> Option<Quantity> {
        let rest = &self.text[at..];
        let (a, a_length) = small(rest)?;
        let after = &rest[a_length..];
        let (mark, second) = after.chars().next().map(|c| (c, &after[c.len_utf8()..]))?;
        if !matches!(mark, '-' | '.' | '/' | ':') {
            return self.day_month(numbers, at, a, a_length);
        }
        let Some((b, b_length)) = small(second) else { return self.day_month(numbers, at, a, a_length) };
        let two = a_length + 1 + b_length;
        let third = rest[two..].strip_prefix(mark).and_then(small);
        let quantity = |length: usize, value, kind| Some(Quantity::new(at..at + length, value, kind));
        match (mark, third) {
            ('-', Some((c, c_length))) if a_length == 4 && is_month_day(b, c) => {
                quantity(two + 1 + c_length, date(a, b, c), FigureKind::Date)
            }
            ('.' | '/', Some((c, c_length))) if is_month_day(b, a) && matches!(c_length, 2 | 4) => {
                let year = if c_length == 2 { 2000.0 + c } else { c };
                let value = if self.english && mark == '/' { None } else { date(year, b, a) };
                quantity(two + 1 + c_length, value, FigureKind::Date)
            }
            ('/', Some((c, 4))) if is_month_day(a, b) => {
                let value = if self.english { None } else { date(c, a, b) };
                quantity(two + 5, value, FigureKind::Date)
            }
            (':', None) if b_length == 2 && a < 24.0 && b < 60.0 => {
                quantity(two, Some(a + b / 60.0), FigureKind::Time)
            }
            ('/' | ':', None) if b > 0.0 => quantity(two, Some(a / b), FigureKind::Ratio),
            _ => None,
        }
    }

    /// `3 May 2024`, `3. Mai`, `3 de mayo de 2024`, `1er mai`.
    fn day_month(&self, numbers: &Numbers, at: usize, day: f64, length: usize) -> Option<Quantity> {
        if !(1.0..=31.0).contains(&day) || length > 2 {
            return None;
        }
        let mut end = at + length;
        end += ordinal(&self.text[end..], numbers).unwrap_or(0);
        end += usize::from(self.text[end..].starts_with('.'));
        let (month, month_end) = self.month_after(numbers, end)?;
        let (year, end) = self.year_after(month_end).unwrap_or((0.0, month_end));
        Some(Quantity::new(at..end, date(year, f64::from(month), day), FigureKind::Date))
    }

    fn month_after(&self, numbers: &Numbers, at: usize) -> Option<(u32, usize)> {
        let mut words = next_words(self.text, at);
        let mut word = words.next()?;
        if matches!(word.lower.as_str(), "de" | "of" | "di") {
            word = words.next()?;
        }
        let month = month(numbers, &word.lower)?;
        let dot = word.lower.chars().count() <= 4 && self.text[word.end..].starts_with('.');
        Some((month, word.end + usize::from(dot)))
    }

    /// A year of four digits right after a month: `, 2024`, ` de 2024`.
    fn year_after(&self, at: usize) -> Option<(f64, usize)> {
        let rest = self.text[at..].strip_prefix(',').unwrap_or(&self.text[at..]);
        let rest = rest.strip_prefix([' ', '\u{a0}'])?;
        let rest = ["de ", "del "].iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest);
        let (year, length) = small(rest)?;
        let ends = !rest[length..].starts_with(|c: char| c.is_alphanumeric());
        (length == 4 && ends).then(|| (year, self.text.len() - rest.len() + length))
    }

    /// `May 3, 2024`: the month stands before the day.
    fn month_before(&self, numbers: &Numbers, quantity: &mut Quantity, free: usize) {
        let day = quantity.value.filter(|day| (1.0..=31.0).contains(day) && day.fract() == 0.0);
        let (Some(day), true) = (day, self.english) else { return };
        if !matches!(quantity.kind, FigureKind::Count | FigureKind::Ordinal) || quantity.unit.is_some() {
            return;
        }
        let before = &self.text[free..quantity.span.start];
        let Some(before) = before.strip_suffix([' ', '\u{a0}']) else { return };
        let start = before
            .rfind(|c: char| !c.is_alphabetic() && c != '.')
            .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
        let word = before[start..].trim_end_matches('.');
        let capital = word.starts_with(char::is_uppercase);
        let Some(month) = month(numbers, &word.to_lowercase()).filter(|_| capital) else { return };
        quantity.span.start = free + start;
        quantity.kind = FigureKind::Date;
        let (year, end) = self.year_after(quantity.span.end).unwrap_or((0.0, quantity.span.end));
        quantity.span.end = end;
        quantity.value = date(year, f64::from(month), day);
    }

    /// A currency before the number, and its sign.
    fn sign_before(&self, quantity: &mut Quantity, free: usize) {
        if matches!(quantity.kind, FigureKind::Date | FigureKind::Version) {
            return;
        }
        let before = &self.text[free..quantity.span.start];
        let near = before.strip_suffix([' ', '\u{a0}', '\u{202f}']).unwrap_or(before);
        let currency = signs().currencies.iter().find_map(|(sign, name)| {
            let rest = near.strip_suffix(sign.as_str())?;
            let letters = sign.starts_with(char::is_alphabetic);
            let own_word = !letters || !rest.ends_with(char::is_alphanumeric);
            own_word.then_some((name, rest))
        });
        if let (Some((name, rest)), true) = (currency, quantity.unit.is_none()) {
            quantity.span.start = free + rest.len();
            quantity.unit = Some(name.clone());
            quantity.kind = FigureKind::Money;
        }
        let before = &self.text[free..quantity.span.start];
        let Some(rest) = before.strip_suffix(['-', '−', '+']) else { return };
        if !rest.is_empty() && !rest.ends_with(|c: char| c.is_whitespace() || c == '(')
            || free > 0 && rest.is_empty()
        {
            return;
        }
        if !before.ends_with('+') {
            quantity.value = quantity.value.map(|value| -value);
        }
        quantity.span.start = free + rest.len();
    }

    /// `k`, `M`, `million`: what the number is multiplied by.
    fn scale(&self, numbers: &Numbers, quantity: &mut Quantity) {
        if matches!(quantity.kind, FigureKind::Ordinal | FigureKind::Year) {
            return;
        }
        let end = quantity.span.end;
        let rest = &self.text[end..];
        let attached = signs().scales.iter().find(|(sign, _)| {
            rest.strip_prefix(sign.as_str()).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        });
        let found = attached
            .map(|(sign, by)| (*by, end + sign.len()))
            .or_else(|| longest(self.text, end, |phrase| numbers.scales.get(phrase).copied()));
        let Some((by, end)) = found else { return };
        quantity.scale = by;
        quantity.value = quantity.value.map(|value| value * by);
        quantity.span.end = end;
    }

    fn unit(&self, numbers: &Numbers, quantity: &mut Quantity) {
        if quantity.kind == FigureKind::Ordinal {
            return;
        }
        let end = quantity.span.end;
        let found = self
            .sign_after(end)
            .or_else(|| longest(self.text, end, |phrase| numbers.units.get(phrase).cloned()));
        let Some((unit, end)) = found else { return };
        quantity.kind = match unit.as_str() {
            "%" => FigureKind::Percent,
            "x" => FigureKind::Multiple,
            name if signs().currencies.iter().any(|(_, currency)| currency == name) => FigureKind::Money,
            _ => FigureKind::Measure,
        };
        quantity.unit = Some(unit);
        quantity.span.end = end;
    }

    /// A unit's or currency's sign after the number, with at most one space between.
    fn sign_after(&self, at: usize) -> Option<(String, usize)> {
        let rest = &self.text[at..];
        let near = rest.strip_prefix([' ', '\u{a0}', '\u{202f}', '\u{2009}']).unwrap_or(rest);
        let all = signs().units.iter().chain(&signs().currencies);
        let (name, after) = all.into_iter().find_map(|(sign, name)| {
            let after = near.strip_prefix(sign.as_str())?;
            let letters = sign.ends_with(char::is_alphabetic);
            let goes_on = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’' | '_');
            (!letters || !after.starts_with(goes_on)).then_some((name, after))
        })?;
        // `1080 x 1350` is two figures, and in `5 $10` the sign is the next one's.
        let digit = |c: char| c.is_ascii_digit();
        let of_next =
            after.starts_with(digit) || name == "x" && after.trim_start_matches(' ').starts_with(digit);
        (!of_next).then(|| (name.clone(), self.text.len() - after.len()))
    }

    /// A small number written as a word: `three days`.
    fn word_quantity(&self, numbers: &Numbers, at: usize) -> Option<Quantity> {
        if !self.number_words || self.glued_before(at) {
            return None;
        }
        let word = next_words(self.text, at).next().filter(|word| word.start == at)?;
        let value = *numbers.words.get(&word.lower)?;
        let mut quantity = Quantity::new(at..word.end, Some(value), FigureKind::Count);
        self.scale(numbers, &mut quantity);
        self.unit(numbers, &mut quantity);
        Some(quantity)
    }
}

/// Whether a hyphen joins a word to a number: `64-bit`.
fn is_hyphened(after: &str) -> bool {
    after.strip_prefix(['-', '‑']).is_some_and(|rest| rest.starts_with(char::is_alphabetic))
}

struct Word {
    start: usize,
    end: usize,
    lower: String,
}

/// The next few words after `at`, on the same or the next line; a hyphen may join the first to a number.
fn next_words(text: &str, at: usize) -> impl Iterator<Item = Word> + '_ {
    let mut from = at;
    if text[from..].starts_with(['-', '‑']) {
        from += text[from..].chars().next().map_or(0, char::len_utf8);
    }
    let window =
        (UNIT_WINDOW..UNIT_WINDOW + 4).find(|more| text.is_char_boundary(from + more)).unwrap_or(UNIT_WINDOW);
    let end = if from + window < text.len() { from + window } else { text.len() };
    std::iter::from_fn(move || {
        let rest = text.get(from..end)?;
        let blank = rest.len() - rest.trim_start().len();
        if rest[..blank].matches('\n').count() > 1 {
            return None;
        }
        let start = from + blank;
        let inside = |c: char| c.is_alphabetic() || matches!(c, '\'' | '’' | '-');
        let length = text[start..end].find(|c: char| !inside(c)).unwrap_or(end - start);
        let word = text[start..start + length].trim_end_matches(['-', '\'', '’']);
        from = start + word.len();
        (!word.is_empty()).then(|| Word { start, end: from, lower: word.to_lowercase() })
    })
}

/// The longest phrase of one to three words after `at` that `find` knows, with its end.
fn longest<T>(text: &str, at: usize, find: impl Fn(&str) -> Option<T>) -> Option<(T, usize)> {
    let mut phrase = String::new();
    let mut found = None;
    for word in next_words(text, at).take(3) {
        if !phrase.is_empty() {
            phrase.push(' ');
        }
        phrase.push_str(&word.lower);
        found = find(&phrase).map(|what| (what, word.end)).or(found);
    }
    found
}

/// One to four digits at the start, as a number, and how many.
fn small(text: &str) -> Option<(f64, usize)> {
    let length = text.bytes().take(5).take_while(u8::is_ascii_digit).count();
    (1..=4).contains(&length).then_some(())?;
    Some((text[..length].parse().ok()?, length))
}

fn is_month_day(month: f64, day: f64) -> bool {
    (1.0..=12.0).contains(&month) && (1.0..=31.0).contains(&day)
}

#[allow(clippy::unnecessary_wraps)] // what it gives is a figure's optional value
fn date(year: f64, month: f64, day: f64) -> Option<f64> {
    Some(year * 10_000.0 + month * 100.0 + day)
}

fn month(numbers: &Numbers, word: &str) -> Option<u32> {
    let at = numbers.months.iter().position(|names| names.iter().any(|name| name == word))?;
    u32::try_from(at + 1).ok()
}

/// The length of an ordinal's ending right after its number.
fn ordinal(after: &str, numbers: &Numbers) -> Option<usize> {
    let mut endings: Vec<&String> = numbers.ordinals.iter().collect();
    endings.sort_by_key(|ending| std::cmp::Reverse(ending.len()));
    endings
        .into_iter()
        .find(|ending| {
            after.strip_prefix(ending.as_str()).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        })
        .map(String::len)
}

/// The length of a decade's ending: `1990s`, `1990er`.
fn decade(after: &str) -> usize {
    let ending = ["s", "ers", "ern", "er"].iter().find(|ending| {
        after.strip_prefix(**ending).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    });
    ending.map_or(0, |ending| ending.len())
}

fn fraction_sign(c: char) -> Option<f64> {
    Some(match c {
        '¼' => 0.25,
        '½' => 0.5,
        '¾' => 0.75,
        '⅓' => 1.0 / 3.0,
        '⅔' => 2.0 / 3.0,
        '⅛' => 0.125,
        _ => return None,
    })
}

fn alphanumerics(text: &str) -> usize {
    text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len())
}
