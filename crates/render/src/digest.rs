//! What a slide's picture depends on, as a digest: the same digest, the same bytes.

use domain::{Deck, Slide};
use sha2::{Digest, Sha256};

use crate::encode::Encoding;
use crate::error::RenderError;
use crate::fit::sharing;
use crate::page::{Pictures, Scene};
use crate::renderer::Renderer;

impl Renderer {
    /// A digest of all that the picture of one slide (`index` from 0) depends on: the program's
    /// version, the theme's and the fonts' files, the deck's looks, and the slide with those
    /// that it agrees with on its size. A photograph or logo is meant by its id, whose bytes never
    /// change.
    ///
    /// # Errors
    /// As [`render_slide`](Self::render_slide), before anything is laid out.
    pub fn slide_digest(
        &self,
        deck: &Deck,
        index: usize,
        encoding: Encoding,
    ) -> Result<[u8; 32], RenderError> {
        let theme = self.accept(deck)?;
        let slides = deck.slides.len();
        if index >= slides {
            return Err(RenderError::NoSuchSlide { slide: index + 1, slides });
        }
        let scene = Scene { library: self.library(), theme, deck, pictures: &Pictures::new() };
        let group = sharing(scene, index);
        let shared: Vec<&Slide> = group.iter().map(|n| &deck.slides[*n]).collect();
        let looks = (deck.format, deck.language, deck.palette, &deck.fonts, &deck.signature, deck.logo);
        let drawn = (looks, shared, group, index, slides, format!("{encoding:?}"));
        let drawn = serde_json::to_vec(&drawn).unwrap_or_default();
        Ok(of([
            concat!(env!("CARGO_PKG_VERSION"), " takumi 2.19.0").as_bytes(),
            crate::builtin::BASE_CSS.as_bytes(),
            &theme.digest,
            &self.library().digest(),
            &drawn,
        ]))
    }
}

/// SHA-256 of parts, each with its length, so that no two lists of parts run into one.
pub(crate) fn of<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}
