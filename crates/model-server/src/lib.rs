//! A scripted model server for tests: it speaks OpenRouter's shapes, errors and failures on loopback.
//!
//! It is a crate of its own because more than one crate's tests talk to it, and no program does. A test
//! says what is answered: replies in a queue, a rule for what else is asked, and what a reply does to the
//! connection (late, stalled, cut off). What was asked is kept, so that a test can look at it.
//!
//! ```no_run
//! # async fn example() {
//! use model_server::{ModelServer, Reply};
//!
//! let server = ModelServer::start().await;
//! server.reply(Reply::error(429, "rate_limit_exceeded").retry_after(0));
//! server.reply(Reply::chat("{\"ok\":true}").cost("0.00423"));
//! // ... calls to server.address() ...
//! assert_eq!(server.asked().len(), 2);
//! # }
//! ```

#![expect(clippy::expect_used, reason = "what a test's helper can't do fails the test")]

mod lists;
mod reply;
mod send;
mod server;
mod stream;

pub use lists::{Listed, model_list};
pub use reply::Reply;
pub use server::{Asked, ModelServer};
