//! The renderer: fonts and themes read once, shared by every request.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use domain::content::ThemeName;
use domain::{AssetId, Check, Deck};
use rayon::prelude::*;
use takumi::prelude::SvgOptions;

use crate::builtin::THEMES;
use crate::checks;
use crate::encode::{Encoding, encode};
use crate::error::{Fault, RenderError, SlideError};
use crate::families;
use crate::fit::{Fit, fit, share, sharing};
use crate::fonts::Library;
use crate::page::{Pictures, Scene};
use crate::pdf;
use crate::picture;
use crate::theme::Theme;

/// Most slides of one deck: twice what Instagram takes, so that one more is a clear message
/// elsewhere and not an error here.
pub(crate) const MOST_SLIDES: usize = 20;

/// The files that a deck names by their ids: photographs and a logo, as they were uploaded.
pub type Assets = BTreeMap<AssetId, Vec<u8>>;

/// Renders decks. Cheap to share; building one reads every font and theme.
#[derive(Debug)]
pub struct Renderer {
    library: Library,
    themes: Vec<Theme>,
    warnings: Vec<String>,
}

impl Renderer {
    /// The built-in themes and fonts, and those of `<data>/themes` and `<data>/fonts`.
    ///
    /// A font or theme of the data folder that can't be used is left out, with a sentence in
    /// [`warnings`](Self::warnings).
    ///
    /// # Errors
    /// Where the data folder can't be read.
    pub fn new(data: Option<&Path>) -> Result<Self, RenderError> {
        let themes = THEMES.iter().map(Theme::builtin).collect::<Result<_, _>>()?;
        let mut renderer = Self { library: Library::builtin()?, themes, warnings: Vec::new() };
        if let Some(data) = data {
            renderer.add_fonts(&data.join("fonts"))?;
            renderer.add_themes(&data.join("themes"))?;
        }
        Ok(renderer)
    }

    fn add_fonts(&mut self, folder: &Path) -> Result<(), RenderError> {
        for file in families::files(folder)? {
            if let Err(error) = self.library.add_file(&file) {
                self.warnings.push(error.to_string());
            }
        }
        Ok(())
    }

    fn add_themes(&mut self, folder: &Path) -> Result<(), RenderError> {
        if !folder.exists() {
            return Ok(());
        }
        let failed = |reason| RenderError::File { path: folder.to_owned(), reason };
        let mut folders = Vec::new();
        for entry in fs::read_dir(folder).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            // A theme that is just being put here is not one yet.
            let is_hidden = path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
            if path.is_dir() && !is_hidden {
                folders.push(path);
            }
        }
        folders.sort();
        for path in folders {
            match Theme::folder(&path) {
                Ok(theme) if self.theme(&theme.name).is_some() => self.warnings.push(format!(
                    "the theme `{}` in {} has the name of a built-in one; rename its folder",
                    theme.name,
                    path.display()
                )),
                Ok(theme) => self.themes.push(theme),
                Err(error) => self.warnings.push(error.to_string()),
            }
        }
        Ok(())
    }

    /// What of the data folder could not be used, a sentence each.
    #[must_use]
    pub fn warnings(&self) -> &[String] {
        &self.warnings
    }

    /// The themes, built-in ones first.
    pub fn themes(&self) -> impl Iterator<Item = &Theme> {
        self.themes.iter()
    }

    /// The font families that words can be set in, built-in ones first.
    pub fn families(&self) -> impl Iterator<Item = &str> {
        self.library.families()
    }

    #[must_use]
    pub fn theme(&self, name: &ThemeName) -> Option<&Theme> {
        self.themes.iter().find(|theme| theme.name == *name)
    }

    /// All checks of all slides, passed ones too, in the order of the slides.
    ///
    /// # Errors
    /// Where the deck has no slides, too many, or names an unknown theme. A slide that can't be
    /// laid out is a failed check.
    pub fn check(&self, deck: &Deck, assets: &Assets) -> Result<Vec<Check>, RenderError> {
        let theme = self.accept(deck)?;
        let all: Vec<usize> = (0..deck.slides.len()).collect();
        let pictures = decode_all(deck, assets, &all);
        let scene = Scene { library: &self.library, theme, deck, pictures: &pictures };
        let fits = fit_all(scene, &all);
        let checks: Vec<Vec<Check>> = fits
            .par_iter()
            .enumerate()
            .map(|(index, fit)| {
                let checks = fit.as_ref().map_err(|fault| checks::of_fault(index, fault));
                let checks = checks.and_then(|fit| {
                    checks::checks(scene, index, fit).map_err(|fault| checks::of_fault(index, &fault))
                });
                checks.unwrap_or_else(|failed| vec![failed])
            })
            .collect();
        Ok(checks.concat())
    }

    /// Every slide as a file; a slide that can't be rendered leaves the others.
    ///
    /// Words that do not fit are drawn at the smallest size and run over; [`check`](Self::check)
    /// reports them, and nothing with a failed check should be published.
    ///
    /// # Errors
    /// Where the deck has no slides, too many, or names an unknown theme.
    pub fn render(
        &self,
        deck: &Deck,
        assets: &Assets,
        encoding: Encoding,
    ) -> Result<Vec<Result<Vec<u8>, SlideError>>, RenderError> {
        let theme = self.accept(deck)?;
        let all: Vec<usize> = (0..deck.slides.len()).collect();
        let pictures = decode_all(deck, assets, &all);
        let scene = Scene { library: &self.library, theme, deck, pictures: &pictures };
        let fits = fit_all(scene, &all);
        let files = fits.into_par_iter().enumerate().map(|(index, fit)| {
            fit.and_then(|fit| draw(scene, &fit, encoding))
                .map_err(|fault| SlideError { slide: index + 1, fault })
        });
        Ok(files.collect())
    }

    /// One slide (`index` from 0), with the same bytes as in [`render`](Self::render).
    ///
    /// # Errors
    /// As [`render`](Self::render), and where the slide itself can't be rendered.
    pub fn render_slide(
        &self,
        deck: &Deck,
        index: usize,
        assets: &Assets,
        encoding: Encoding,
    ) -> Result<Vec<u8>, RenderError> {
        let theme = self.accept(deck)?;
        let slides = deck.slides.len();
        if index >= slides {
            return Err(RenderError::NoSuchSlide { slide: index + 1, slides });
        }
        let library = &self.library;
        let group = sharing(Scene { library, theme, deck, pictures: &Pictures::new() }, index);
        let pictures = decode_all(deck, assets, &group);
        let scene = Scene { library, theme, deck, pictures: &pictures };
        let mut fits = fit_all(scene, &group);
        let at = group.iter().position(|n| *n == index).unwrap_or(0);
        let drawn = fits.swap_remove(at).and_then(|fit| draw(scene, &fit, encoding));
        drawn.map_err(|fault| SlideError { slide: index + 1, fault }.into())
    }

    /// One PDF with a page a slide; its text can be selected, and each page has its alt text.
    ///
    /// # Errors
    /// As [`render`](Self::render), and where any one slide can't be laid out.
    pub fn pdf(
        &self,
        deck: &Deck,
        assets: &Assets,
        title: &str,
        alt_text: &[String],
    ) -> Result<Vec<u8>, RenderError> {
        let theme = self.accept(deck)?;
        let all: Vec<usize> = (0..deck.slides.len()).collect();
        let pictures = decode_all(deck, assets, &all);
        let scene = Scene { library: &self.library, theme, deck, pictures: &pictures };
        let fits = fit_all(scene, &all)
            .into_iter()
            .enumerate()
            .map(|(index, fit)| fit.map_err(|fault| SlideError { slide: index + 1, fault }))
            .collect::<Result<Vec<_>, _>>()?;
        pdf::write(scene, &fits, title, alt_text)
    }

    pub(crate) fn library(&self) -> &Library {
        &self.library
    }

    pub(crate) fn accept(&self, deck: &Deck) -> Result<&Theme, RenderError> {
        match deck.slides.len() {
            0 => return Err(RenderError::NoSlides),
            count if count > MOST_SLIDES => return Err(RenderError::TooManySlides(count)),
            _ => {}
        }
        self.theme(&deck.theme).ok_or_else(|| RenderError::UnknownTheme {
            name: deck.theme.to_string(),
            known: self.themes.iter().map(|theme| theme.name.to_string()).collect::<Vec<_>>().join(", "),
        })
    }
}

/// The pictures that these slides use, each decoded once.
fn decode_all(deck: &Deck, assets: &Assets, slides: &[usize]) -> Pictures {
    let used: BTreeSet<AssetId> =
        slides.iter().filter_map(|n| deck.slides[*n].picture).chain(deck.logo).collect();
    used.into_par_iter()
        .filter_map(|id| assets.get(&id).map(|bytes| (id, picture::decode(bytes))))
        .collect::<Vec<_>>()
        .into_iter()
        .collect()
}

/// Fits slides in parallel, then lets them agree on their sizes.
fn fit_all<'a>(scene: Scene<'a>, slides: &[usize]) -> Vec<Result<Fit<'a>, Fault>> {
    let mut fits: Vec<_> = slides.par_iter().map(|index| fit(scene, *index)).collect();
    share(scene, &mut fits, slides);
    fits
}

fn draw(scene: Scene<'_>, fit: &Fit<'_>, encoding: Encoding) -> Result<Vec<u8>, Fault> {
    let failed = |error: takumi::prelude::Error| Fault::Layout(error.to_string());
    if encoding != Encoding::Svg {
        let bitmap = takumi::render(fit.page.options(fit.scales)).map_err(failed)?;
        return encode(&bitmap, encoding);
    }
    let language = scene.deck.language;
    let options = SvgOptions::builder()
        .viewport(fit.page.viewport())
        .fonts(scene.library.fonts())
        .node(fit.page.node(fit.scales))
        .images(fit.page.images().clone())
        .stylesheet(scene.theme.stylesheet.clone())
        .font_families(Some(scene.library.fallback(language)))
        .lang(takumi::prelude::Lang::parse(language.code()).ok())
        .build();
    takumi::render_svg(options).map(String::into_bytes).map_err(failed)
}
