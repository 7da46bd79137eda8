//! What the product does, one operation a file: pages, the API, the command line and jobs
//! all call these.

mod change_carousel;
mod change_looks;
mod costs;
mod create_carousel;
mod decide;
mod download;
mod draw;
mod draw_theme;
mod duplicate;
mod edit_variant;
mod export;
mod fitting_slides;
mod give_source;
mod history;
mod import;
mod library;
pub(crate) mod people;
mod prefill;
mod preview_themes;
mod profiles;
mod rate_variant;
mod read_carousel;
mod regenerate_one;
mod reorder;
mod report;
mod resume;
mod retry;
mod revise;
mod set_logo;
mod snapshot;
mod stage_view;
mod transition;
mod upload;

pub use change_carousel::CarouselChange;
pub use change_looks::NewLooks;
pub use costs::{
    Attempt, By, Costs, Days, LedgerEntry, LedgerPage, Month, NotAMonth, Past, RawAnswer, Scope, Standing,
    Standings, Sum, saved,
};
pub use create_carousel::NewCarousel;
pub use download::{Download, Downloaded};
pub use draw::Preview;
pub use export::{Exported, ExportedFile};
pub use history::{Deed, History, PastApproval, PastRejection, RoundHistory};
pub use import::Imported;
pub use library::{Card, Cursor, LibraryFilter, LibraryPage, NotACursor};
pub use prefill::{LogoCandidate, Suggestion};
pub use read_carousel::CarouselInWork;
pub(crate) use read_carousel::rank;
pub use report::{CarouselReport, StageReport, VariantReport};
pub use retry::RetryWith;
pub use stage_view::{ApprovalView, Chosen, RatingView, StageView, VariantView};
pub use upload::UploadedTheme;
