//! What holds calls back: how many at once, how many in a time, whom to leave alone, when to try again.

pub(crate) mod breaker;
pub(crate) mod gate;
pub(crate) mod rate;
pub(crate) mod retry;
pub(crate) mod stop;
