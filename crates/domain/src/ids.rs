//! Typed identifiers, so that a variant's id can't be passed where a carousel's is meant.
//!
//! Ids are made by the caller (version 7, ordered by time) and only carried here:
//! making one needs a clock and randomness, which this crate must not have.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )*};
}

id! {
    /// The tenant: everything a person makes belongs to exactly one workspace.
    WorkspaceId,
    /// A person who signs in, in whichever workspaces.
    AccountId,
    /// A person in a workspace.
    MemberId,
    /// A business profile: who speaks, to whom, in which voice and colours.
    ProfileId,
    /// One post in the making.
    CarouselId,
    /// One candidate of a round.
    VariantId,
    /// An invitation to become a member.
    InvitationId,
    /// A key for programs that call the API.
    TokenId,
    /// A client's way to one carousel.
    LinkId,
    /// A queued piece of work.
    JobId,
    /// A file that belongs to a carousel or profile: a photograph, a logo, a font.
    AssetId,
}
