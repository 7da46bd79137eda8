//! The finished slides as one swipes through them on a phone: the carousel's own page, the
//! choice of looks and the client's page show the same strip.

use studio::CarouselInWork;

/// A strip of slides.
#[derive(Clone, Debug)]
pub(crate) struct Reel {
    /// Who posts it: `@handle`, else the profile's name, else the carousel's title.
    pub(crate) who: String,
    pub(crate) slides: Vec<ReelSlide>,
    /// Of every slide, in pixels.
    pub(crate) width: u32,
    pub(crate) height: u32,
}

/// One slide of the strip.
#[derive(Clone, Debug)]
pub(crate) struct ReelSlide {
    /// From 1.
    pub(crate) n: usize,
    /// The address of its picture.
    pub(crate) src: String,
    pub(crate) alt: String,
}

impl Reel {
    /// The strip of a carousel whose slides have these addresses, by their number.
    pub(crate) fn new(work: &CarouselInWork, src: impl Fn(usize) -> String) -> Self {
        let (width, height) = work.carousel.brief.format.size();
        let alt = |n: usize| {
            let text = work.caption().and_then(|caption| caption.alt_text.get(n - 1));
            text.cloned().unwrap_or_default()
        };
        let slides = 1..=work.carousel.brief.slides.get();
        let slides = slides.map(|n| ReelSlide { n, src: src(n), alt: alt(n) }).collect();
        Self { who: who(work), slides, width, height }
    }
}

fn who(work: &CarouselInWork) -> String {
    let handle = work.profile.handle.trim().trim_start_matches('@');
    if !handle.is_empty() {
        return format!("@{handle}");
    }
    let name = work.profile.name.trim();
    if name.is_empty() { work.carousel.title.clone() } else { name.to_owned() }
}
