//! The pages, one subject a file; a page's template has its name.

pub(crate) mod account;
pub(crate) mod audit;
pub(crate) mod edit;
pub(crate) mod events;
pub(crate) mod health;
pub(crate) mod invitation;
pub(crate) mod library;
pub(crate) mod members;
pub(crate) mod missing;
pub(crate) mod new;
pub(crate) mod pictures;
pub(crate) mod profiles;
pub(crate) mod settings;
pub(crate) mod sign_in;
pub(crate) mod stage;
pub(crate) mod start;
pub(crate) mod themes;
pub(crate) mod tokens;
pub(crate) mod uploads;
