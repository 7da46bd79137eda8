//! Pages, fragments, JSON API and events over studio.
//!
//! A handler reads a form or a body, calls one operation of studio, and shows what came
//! back. There is no rule of the product here: every page works without JavaScript, and
//! the whole URL map is `routes.rs`.

mod api;
mod assets;
mod at;
mod back;
mod catalogue;
mod config;
mod error;
mod fields;
mod labels;
mod page;
mod pages;
mod reader;
mod routes;
mod security;
mod sentences;
mod serve;
mod session;
mod web;

pub use config::{Rate, WebConfig};
pub use routes::router;
pub use serve::serve;
