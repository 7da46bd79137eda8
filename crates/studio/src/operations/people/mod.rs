//! People: who signs in, who is a member, and what each shares with programs and clients.

mod account;
mod audit;
mod client;
mod first_visit;
mod guard;
mod idempotency;
mod invitations;
mod known_browser;
mod links;
mod members;
mod names;
mod passwords;
mod secrets;
mod session;
mod settings;
mod sign_in;
mod throttle;
mod tokens;

pub use account::ChangePassword;
pub use client::{LinkedCarousel, NewAnswer};
pub use first_visit::NewOwner;
pub(crate) use guard::Guard;
pub use invitations::{Acceptance, InvitationShown};
pub use known_browser::Visit;
pub use links::LinkInUse;
pub use passwords::Password;
pub use session::Signed;
pub use settings::Settings;
pub use sign_in::SignedIn;
pub use store::audit::Recorded;
pub use store::idempotency::Begun;
pub use store::invitations::Invitation;
pub use store::links::{Answer, Link};
pub use store::members::{Member, Membership};
pub use store::tokens::Token;
