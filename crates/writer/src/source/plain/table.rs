//! Tables of plain texts: columns between bars, or set apart by blanks.

use crate::source::article::Passage;
use crate::source::clean;

/// A table whose rows all have as many cells, with or without lines drawn around them.
pub(super) fn table(block: &[&str]) -> Option<Passage> {
    let drawn = |line: &&&str| !line.chars().any(char::is_alphanumeric);
    let rows: Vec<&str> = block.iter().filter(|line| !drawn(line)).copied().collect();
    let barred = rows.len() >= 2 && rows.iter().all(|row| row.matches('|').count() >= 1);
    let cells = |row: &&str| -> Vec<String> {
        let row = row.trim();
        let parts: Vec<&str> = if barred { row.trim_matches('|').split('|').collect() } else { columns(row) };
        parts.into_iter().map(clean::line).collect()
    };
    let mut grid: Vec<Vec<String>> = rows.iter().map(cells).collect();
    let width = grid.first()?.len();
    let even = grid.iter().all(|row| row.len() == width);
    // The line below the first row makes it the header.
    let headed = block.iter().position(|line| drawn(&line)).is_some_and(|at| at >= 1)
        || block.iter().filter(|line| drawn(line)).count() >= 2;
    let enough = if barred {
        width >= 2
    } else {
        width >= 3 && rows.len() >= 3 || width == 2 && headed && rows.len() >= 3
    };
    let short = grid.iter().flatten().all(|cell| cell.chars().count() <= 120);
    if !even || !enough || !short {
        return None;
    }
    let header = if headed { grid.remove(0) } else { vec![] };
    (!grid.is_empty()).then_some(Passage::Table { header, rows: grid })
}

/// What stands between gaps of two blanks and more.
pub(super) fn columns(row: &str) -> Vec<&str> {
    row.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect()
}
