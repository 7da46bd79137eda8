//! The longest texts that a slide takes, in characters (Unicode scalar values).
//!
//! These limits are a contract between writers and themes: a writer keeps within
//! them, and every shipped theme fits any text within them, in every format,
//! without going below its smallest size.

/// A slide's headline, and the hook on the cover.
pub const HEADLINE: usize = 90;
/// The line below the hook on the cover.
pub const SUBLINE: usize = 140;
/// The running text of a slide without a block.
pub const BODY: usize = 280;
/// The running text of a slide beside a block.
pub const BODY_WITH_BLOCK: usize = 140;
/// Bullets on one slide, and the length of each.
pub const BULLETS: std::ops::RangeInclusive<usize> = 2..=5;
pub const BULLET: usize = 100;
/// The one big figure of a slide (`4.2 million`), and what it counts.
pub const STAT_VALUE: usize = 16;
pub const STAT_LABEL: usize = 120;
pub const QUOTE: usize = 240;
pub const ATTRIBUTION: usize = 80;
/// Lines of code on one slide, and the length of each.
pub const CODE_LINES: usize = 12;
pub const CODE_LINE: usize = 44;
/// The two sides of a comparison: their titles, items a side, and each item.
pub const SIDE_TITLE: usize = 28;
pub const SIDE_ITEMS: std::ops::RangeInclusive<usize> = 1..=4;
pub const SIDE_ITEM: usize = 60;
/// The one call to action.
pub const CALL_TO_ACTION: usize = 60;
/// Where a figure or quote is from, in small type.
pub const SOURCE_NOTE: usize = 80;

/// Instagram's own limit on a caption with its hashtags, and on a comment.
pub const CAPTION: usize = 2_200;
/// Hashtags a caption may have (Instagram announced 5; its API's documents still say 30).
pub const HASHTAGS: usize = 5;
/// Alt text of one slide.
pub const ALT_TEXT: usize = 1_000;
