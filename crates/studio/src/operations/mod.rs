//! What the product does, one operation a file: pages, the API, the command line and jobs
//! all call these.

mod create_carousel;
mod decide;
mod edit_variant;
mod export;
mod preview_themes;
mod rate_variant;
mod read_carousel;
mod report;
mod resume;
mod transition;

pub use create_carousel::NewCarousel;
pub use export::{Exported, ExportedFile};
pub use read_carousel::CarouselInWork;
pub(crate) use read_carousel::rank;
pub use report::{CarouselReport, StageReport, VariantReport};
