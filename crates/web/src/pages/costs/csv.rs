//! The ledger as comma-separated values (RFC 4180), one row an attempt.

use domain::MicroUsd;
use studio::LedgerEntry;
use time::format_description::well_known::Rfc3339;

const COLUMNS: [&str; 29] = [
    "at",
    "day",
    "attempt",
    "call",
    "carousel",
    "purpose",
    "mode",
    "tier",
    "connection",
    "model_asked",
    "model_used",
    "provider",
    "tokens_in",
    "tokens_out",
    "tokens_cached",
    "tokens_cache_written",
    "tokens_reasoning",
    "cost_usd",
    "cost_micro_usd",
    "basis",
    "reserved_usd",
    "reserved_micro_usd",
    "reference_cost_usd",
    "reference_cost_micro_usd",
    "reference_model",
    "latency_ms",
    "outcome",
    "status",
    "generation_id",
];

pub(super) fn head() -> String {
    line(&COLUMNS.map(str::to_owned))
}

pub(super) fn rows(entries: &[LedgerEntry]) -> String {
    entries.iter().map(row).collect()
}

fn row(entry: &LedgerEntry) -> String {
    let said = |text: &Option<String>| text.as_deref().map(cell).unwrap_or_default();
    let reference = entry.reference_cost;
    line(&[
        entry.at.format(&Rfc3339).unwrap_or_default(),
        cell(&entry.period.day),
        entry.attempt.to_string(),
        entry.call.to_string(),
        entry.carousel.map(|id| id.to_string()).unwrap_or_default(),
        cell(&entry.purpose),
        said(&entry.mode),
        said(&entry.tier),
        cell(&entry.connection),
        cell(&entry.model_asked),
        said(&entry.model_used),
        said(&entry.provider),
        entry.tokens_in.to_string(),
        entry.tokens_out.to_string(),
        entry.tokens_cached.to_string(),
        entry.tokens_cache_written.to_string(),
        entry.tokens_reasoning.to_string(),
        dollars(entry.cost),
        entry.cost.0.to_string(),
        cell(&entry.basis),
        dollars(entry.reserved),
        entry.reserved.0.to_string(),
        reference.map(dollars).unwrap_or_default(),
        reference.map(|cost| cost.0.to_string()).unwrap_or_default(),
        said(&entry.reference_model),
        entry.latency_ms.to_string(),
        cell(&entry.outcome),
        entry.status.map(|status| status.to_string()).unwrap_or_default(),
        said(&entry.generation_id),
    ])
}

fn line(cells: &[String; 29]) -> String {
    format!("{}\r\n", cells.join(","))
}

/// With six decimals and without a sign of currency, so that programs can add it up.
fn dollars(amount: MicroUsd) -> String {
    amount.to_string().replace('$', "")
}

/// A text as one cell. What a provider says may begin like a formula: spreadsheets take it for a
/// text behind an apostrophe.
fn cell(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
    let text = if is_formula { format!("'{text}") } else { text.to_owned() };
    if text.contains(['"', ',', '\r', '\n']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use domain::MicroUsd;

    use super::{cell, dollars};

    #[test]
    fn a_cell_is_one_cell_and_never_a_formula() {
        assert_eq!(cell("maker/model-5"), "maker/model-5");
        assert_eq!(cell("=HYPERLINK(\"x\",\"y\")"), "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"");
        for begins in ["=1", "+1", "-1", "@x", "\tx"] {
            assert!(cell(begins).starts_with('\''), "{begins}");
        }
        assert_eq!(cell("two\r\nlines"), "\"two\r\nlines\"");
        assert_eq!(dollars(MicroUsd(4_230)), "0.004230");
    }
}
