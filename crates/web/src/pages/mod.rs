//! The pages, one subject a file; a page's template has its name.

pub(crate) mod edit;
pub(crate) mod events;
pub(crate) mod health;
pub(crate) mod library;
pub(crate) mod missing;
pub(crate) mod new;
pub(crate) mod pictures;
pub(crate) mod sign_in;
pub(crate) mod stage;
pub(crate) mod start;
