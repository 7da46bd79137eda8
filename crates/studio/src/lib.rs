//! What the product does: one operation a file, and the bodies of jobs.
//!
//! The only place where two adapters meet (store, renderer, writer). No transaction is
//! held across an outside call; no HTTP and no HTML is here: pages, the API, the command
//! line and jobs all call the same operations.

mod desk;
mod error;
mod events;
mod folder;
pub mod intake;
mod jobs;
mod looks;
mod models;
mod money;
mod operations;
mod pictures;
mod site;
mod studio;
mod surroundings;
mod writers;

pub use error::StudioError;
pub use events::Event;
pub use jobs::Outcome;
pub use money::{
    Attempt, Budgets, By, Costs, Days, LedgerEntry, LedgerPage, Month, NotAMonth, Past, RawAnswer, Scope,
    Standing, Standings, Sum, saved,
};
pub use operations::people::{
    Acceptance, Answer, Begun, ChangePassword, Invitation, InvitationShown, Link, LinkInUse, LinkedCarousel,
    Member, Membership, NewAnswer, NewOwner, Password, Recorded, Settings, Signed, SignedIn, Token, Visit,
};
pub use operations::{
    ApprovalView, Card, CarouselChange, CarouselInWork, CarouselReport, Chosen, Cursor, Deed, Download,
    Downloaded, Exported, ExportedFile, History, Imported, LibraryFilter, LibraryPage, LogoCandidate,
    NewCarousel, NewLooks, NotACursor, PastApproval, PastRejection, Preview, RatingView, RetryWith,
    RoundHistory, StageReport, StageView, Suggestion, UploadedTheme, VariantReport, VariantView,
};
pub use pictures::Picture;
pub use render::{Added, Encoding, PictureFacts, RenderError, Renderer, Theme, add_fonts};
pub use studio::{Actor, Studio};
pub use surroundings::Surroundings;
