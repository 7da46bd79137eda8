//! The figures of six languages, written by hand, and what must hold for any text.

use domain::Language;
use proptest::prelude::*;

use super::{Figure, FigureKind, figures};

/// Text of each figure with value, upper end and unit, as `73 % = 73 %`.
fn read(code: &str, text: &str) -> Vec<String> {
    let language: Language = code.parse().unwrap();
    figures(text, language).iter().map(show).collect()
}

fn show(figure: &Figure) -> String {
    let value = figure.value.map_or("-".to_owned(), |value| value.to_string());
    let upper = figure.upper.map_or(String::new(), |upper| format!("..{upper}"));
    let unit = figure.unit.as_ref().map_or(String::new(), |unit| format!(" {unit}"));
    format!("{} = {value}{upper}{unit}", figure.text)
}

#[test]
fn english() {
    let cases: &[(&str, &[&str])] = &[
        ("It rose 73 % to 4.2 million users.", &["73 % = 73 %", "4.2 million = 4200000"]),
        (
            "About $1,200 or US$1.5bn or 20k",
            &["$1,200 = 1200 USD", "US$1.5bn = 1500000000 USD", "20k = 20000"],
        ),
        ("wait 3–5 days, or 3 to 5 days", &["3–5 days = 3..5 day", "3 to 5 days = 3..5 day"]),
        (
            "73 percent and 73 per cent, up 5 percentage points",
            &["73 percent = 73 %", "73 per cent = 73 %", "5 percentage points = 5 pp"],
        ),
        (
            "On May 3, 2024 and 3 May 2024 and 2024-05-03",
            &["May 3, 2024 = 20240503", "3 May 2024 = 20240503", "2024-05-03 = 20240503"],
        ),
        (
            "In March 2025, in the 1990s, 2019-2024",
            &["2025 = 2025", "1990s = 1990", "2019-2024 = 2019..2024"],
        ),
        ("Rust 1.95.0 on utf8 and 3D with 16GB of RAM", &["1.95.0 = -", "16GB = 16 GB"]),
        (
            "a 5-day, 10-fold, 3x faster, the 2nd of 1/2 at 10:30",
            &["5-day = 5 day", "10-fold = 10 x", "3x = 3 x", "2nd = 2", "1/2 = 0.5", "10:30 = 10.5"],
        ),
        (
            "-5 °C, 1080 x 1350 px; 2½ hours (16:9)",
            &[
                "-5 °C = -5 °C",
                "1080 = 1080",
                "1350 px = 1350 px",
                "2½ hours = 2.5 hour",
                "16:9 = 1.7777777777777777",
            ],
        ),
        ("$3 to $5 million; 1,2,3", &["$3 to $5 million = 3000000..5000000 USD", "1 = 1", "2 = 2", "3 = 3"]),
    ];
    for (text, wanted) in cases {
        assert_eq!(read("en", text), *wanted, "{text}");
    }
}

#[test]
fn german() {
    assert_eq!(
        read("de", "73 Prozent von 1.200,5 km in 3 bis 5 Tagen"),
        ["73 Prozent = 73 %", "1.200,5 km = 1200.5 km", "3 bis 5 Tagen = 3..5 day"]
    );
    assert_eq!(
        read("de", "4,2 Millionen Euro am 3. Mai 2024, dem 03.05.2024, in den 1990er Jahren"),
        [
            "4,2 Millionen Euro = 4200000 EUR",
            "3. Mai 2024 = 20240503",
            "03.05.2024 = 20240503",
            "1990er Jahren = 1990 year"
        ]
    );
    assert_eq!(
        read("de", "1,5 Mrd. € und 12 €/Monat, 10 000 Kilometer"),
        ["1,5 Mrd = 1500000000", "12 € = 12 EUR", "10 000 Kilometer = 10000 km"]
    );
}

#[test]
fn spanish_french_italian_portuguese() {
    assert_eq!(
        read("es", "el 73 por ciento, 1.200,5 euros, 3 a 5 días, 3 de mayo de 2024, 20 mil millones, 1.º"),
        [
            "73 por ciento = 73 %",
            "1.200,5 euros = 1200.5 EUR",
            "3 a 5 días = 3..5 day",
            "3 de mayo de 2024 = 20240503",
            "20 mil millones = 20000000000",
            "1.º = 1"
        ]
    );
    assert_eq!(
        read("fr", "1 200,5 euros, 73 % des gens, 1er mai 2024, 4,2 millions d’euros, 2 à 3 semaines, 14 h"),
        [
            "1 200,5 euros = 1200.5 EUR",
            "73 % = 73 %",
            "1er mai 2024 = 20240501",
            "4,2 millions d’euros = 4200000 EUR",
            "2 à 3 semaines = 2..3 week",
            "14 h = 14 hour"
        ]
    );
    assert_eq!(
        read("it", "il 73 per cento, € 1.200,50, 3 maggio 2024, 5 volte, 2 miliardi di euro"),
        [
            "73 per cento = 73 %",
            "€ 1.200,50 = 1200.5 EUR",
            "3 maggio 2024 = 20240503",
            "5 volte = 5 x",
            "2 miliardi di euro = 2000000000 EUR"
        ]
    );
    assert_eq!(
        read("pt", "R$ 1.200,50, 73 por cento, 3 de maio de 2024, 10 mil milhões, 5 quilômetros"),
        [
            "R$ 1.200,50 = 1200.5 BRL",
            "73 por cento = 73 %",
            "3 de maio de 2024 = 20240503",
            "10 mil milhões = 10000000000",
            "5 quilômetros = 5 km"
        ]
    );
}

#[test]
fn kinds_are_told_apart() {
    let kinds: Vec<FigureKind> =
        figures("5 apples, 5 %, $5, 5 km, 5x, 2024, 3 May, 10:30, 1/3, 5th, 1.2.3", Language::ENGLISH)
            .iter()
            .map(|figure| figure.kind)
            .collect();
    use FigureKind as K;
    assert_eq!(
        kinds,
        [
            K::Count,
            K::Percent,
            K::Money,
            K::Measure,
            K::Multiple,
            K::Year,
            K::Date,
            K::Time,
            K::Ratio,
            K::Ordinal,
            K::Version
        ]
    );
}

proptest! {
    #[test]
    fn any_text_gives_figures_in_order_that_stand_in_it(text in "[0-9.,:/ %$€½–a-zäß\u{202f}\u{fffd}א\n-]{0,80}|\\PC{0,60}") {
        for code in ["en", "de", "es", "fr", "it", "pt", "ar"] {
            let mut end = 0;
            for figure in figures(&text, code.parse().unwrap()) {
                prop_assert!(figure.span.start >= end && figure.span.end > figure.span.start);
                prop_assert!(text.get(figure.span.clone()).is_some());
                prop_assert!(figure.value.is_none_or(f64::is_finite));
                end = figure.span.end;
            }
        }
    }
}

#[test]
fn a_number_that_names_a_kind_is_no_measure() {
    for (code, text) in [
        ("en", "It runs on 64-bit systems."),
        ("en", "An 80-column terminal is enough."),
        ("en", "A 3-step recipe for bread."),
        ("en", "The 250-page manual."),
        ("de", "Ein 64-Bit-System mit 3-Tage-Frist."),
    ] {
        let found = figures(text, code.parse().unwrap());
        assert!(!found.is_empty(), "{text}");
        assert!(found.iter().all(|figure| figure.kind == FigureKind::Attribute), "{text}: {found:?}");
    }
    let plain = figures("64 bits, 80 columns, $20-a-month, 3–5 days, -40 °C", Language::ENGLISH);
    assert!(plain.iter().all(|figure| figure.kind != FigureKind::Attribute), "{plain:?}");
}
