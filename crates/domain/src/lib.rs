//! What a carousel is and when it may change.
//!
//! Pure: no I/O, no async, no clock and no randomness; the same input gives the
//! same result. The words are those of the product: workspace, profile,
//! carousel, stage, round, variant, rating, approval, slide, theme.

mod carousel;
pub mod content;
mod deck;
mod email;
mod ids;
mod language;
mod member;
mod money;
mod profile;
mod score;
mod stage;
mod state;
mod state_group;
mod variant;
mod workspace;

pub use carousel::{
    Brief, Carousel, Format, Mode, NotASlideCount, SlideCount, Source, SourceKind, WriterChoice,
};
pub use content::{Content, Problem};
pub use deck::{Approved, Check, CheckKind, Deck, Slide};
pub use email::{Email, NotAnEmail};
pub use ids::{
    AccountId, AssetId, CarouselId, InvitationId, JobId, LinkId, MemberId, ProfileId, TokenId, VariantId,
    WorkspaceId,
};
pub use language::{Language, NotALanguage};
pub use member::{MemberRole, Right};
pub use money::MicroUsd;
pub use profile::{LIST_ENTRIES, LIST_ENTRY, Profile, ProfileFields, ProfileStep, StepProgress};
pub use score::{Dimension, FLAG_PENALTY, Flag, Score, WeightOrigin};
pub use stage::{Stage, Strategy, UnknownName};
pub use state::{Action, Progress, Refusal, State};
pub use state_group::StateGroup;
pub use variant::{FEEDBACK, NotStars, Rating, Stars, Variant, WrittenBy};
pub use workspace::WorkspaceSettings;
