//! What a call costs, in exact integers: prices as providers write them, tokens, and amounts.

mod decimal;
mod estimate;
mod price;
mod usage;

pub use decimal::Femto;
pub(crate) use estimate::tokens as estimated_tokens;
pub use price::{LongPrompt, Price};
pub use usage::Usage;
