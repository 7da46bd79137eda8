//! Another theme or other colours for a finished carousel: what is chosen is seen at once, and
//! nothing is stored before it is saved.

use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use domain::content::{Palette, ThemeName};
use domain::{CarouselId, Problem, Right};
use serde::Deserialize;
use studio::{CarouselInWork, Encoding, NewLooks, Renderer, StudioError};

use super::carousel::{address, expected, version};
use super::pictures;
use super::reel::Reel;
use crate::at::At;
use crate::error::{PageError, status};
use crate::page::{Page, html, html_with};
use crate::session::Person;
use crate::web::Web;

/// What a palette's colours are called in forms and in the catalogue.
const COLORS: [&str; 6] = ["background", "surface", "text", "muted", "accent", "on_accent"];

#[derive(Template)]
#[template(path = "looks.html")]
struct LooksPage {
    page: Page,
    id: CarouselId,
    title: String,
    version: String,
    form: LooksForm,
    themes: Vec<ThemeChoice>,
    /// The slides in the chosen looks.
    reel: Reel,
    /// The colours that the fields show: the typed ones, else those of the choice.
    colors: Vec<(&'static str, String)>,
    /// What does not fit in the chosen looks, a sentence each.
    misfits: Vec<String>,
    problems: Vec<Problem>,
}

/// A theme with its palettes.
struct ThemeChoice {
    title: String,
    description: String,
    choices: Vec<Choice>,
}

/// Looks to choose: a theme in one of its palettes.
struct Choice {
    value: String,
    src: String,
    colors: Vec<String>,
    kind: ChoiceKind,
}

/// What a choice is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ChoiceKind {
    /// As the carousel is.
    Present,
    /// A palette made of the profile's colour.
    Brand,
    /// One of the theme's own, from 1.
    Palette(usize),
}

/// What was chosen; the address of a picture in these looks says the same.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct LooksForm {
    /// `theme/0`: the theme in its first palette; `theme/brand`; empty: as it is.
    look: String,
    /// Present where the six colours count.
    own: Option<String>,
    background: String,
    surface: String,
    text: String,
    muted: String,
    accent: String,
    on_accent: String,
    version: String,
    done: Option<String>,
}

impl LooksForm {
    fn color(&self, name: &str) -> &str {
        match name {
            "background" => &self.background,
            "surface" => &self.surface,
            "text" => &self.text,
            "muted" => &self.muted,
            "accent" => &self.accent,
            _ => &self.on_accent,
        }
    }

    /// The looks that are meant; the palette is `None` where the theme and the profile decide.
    fn looks(&self, renderer: &Renderer) -> Result<NewLooks, StudioError> {
        let (theme, choice) = match self.look.split_once('/') {
            Some((theme, choice)) => (Some(ThemeName(theme.to_owned())), choice),
            None => (None, ""),
        };
        if self.own.is_some() {
            return Ok(NewLooks { theme, palette: Some(self.palette()?) });
        }
        let offered = theme.as_ref().and_then(|name| renderer.theme(name));
        let place = choice.parse::<usize>().ok();
        let palette = offered.zip(place).and_then(|(theme, place)| theme.palettes.get(place).copied());
        Ok(NewLooks { theme, palette })
    }

    fn palette(&self) -> Result<Palette, StudioError> {
        let mut problems = Vec::new();
        let mut color = |name: &str| {
            self.color(name).parse().map_err(|error: domain::content::NotAColor| {
                problems.push(Problem { field: name.to_owned(), message: error.to_string() });
            })
        };
        let read = COLORS.map(&mut color);
        let [Ok(background), Ok(surface), Ok(text), Ok(muted), Ok(accent), Ok(on_accent)] = read else {
            return Err(StudioError::Invalid { problems });
        };
        Ok(Palette { background, surface, text, muted, accent, on_accent })
    }

    /// The address of slide `n` in these looks.
    fn src(&self, id: CarouselId, n: usize) -> String {
        let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(self.pairs()).finish();
        format!("/carousels/{id}/looks/{n}.png?{query}")
    }

    fn pairs(&self) -> Vec<(String, String)> {
        let mut pairs = vec![("look".to_owned(), self.look.clone())];
        if self.own.is_some() {
            pairs.push(("own".to_owned(), "true".to_owned()));
            pairs.extend(COLORS.iter().map(|name| ((*name).to_owned(), self.color(name).to_owned())));
        }
        pairs
    }
}

fn named(palette: &Palette) -> [String; 6] {
    let Palette { background, surface, text, muted, accent, on_accent } = palette;
    [background, surface, text, muted, accent, on_accent].map(ToString::to_string)
}

impl LooksPage {
    fn is_chosen(&self, choice: &Choice) -> bool {
        self.form.look == choice.value
    }

    fn called(&self, choice: &Choice) -> String {
        match choice.kind {
            ChoiceKind::Present => self.page.t("looks-present"),
            ChoiceKind::Brand => self.page.t("looks-brand"),
            ChoiceKind::Palette(n) => self.page.tn("looks-palette", "n", n),
        }
    }

    fn color_label(&self, name: &str) -> String {
        self.page.t(&format!("color-{}", name.replace('_', "-")))
    }

    /// The height of a picture of this width, so that nothing jumps while it loads.
    fn height(&self, width: u32) -> u32 {
        width * self.reel.height / self.reel.width
    }
}

pub(crate) async fn page(
    State(web): State<Web>,
    person: Person,
    At(id): At<CarouselId>,
    Query(form): Query<LooksForm>,
) -> Result<Response, PageError> {
    person.actor().require(Right::Make).map_err(|error| person.error(error))?;
    Ok(html(&show(&web, &person, id, form, vec![]).await?))
}

async fn show(
    web: &Web,
    person: &Person,
    id: CarouselId,
    mut form: LooksForm,
    mut problems: Vec<Problem>,
) -> Result<LooksPage, PageError> {
    let failed = |error| person.error(error);
    let work = web.studio.read_carousel(person.actor(), id).await.map_err(failed)?;
    let visual = work.visual().ok_or_else(|| failed(StudioError::NotFound("approved visual")))?;
    let renderer = web.studio.renderer();
    let (mut misfits, mut palette) = (vec![], visual.palette);
    match form.looks(&renderer) {
        Ok(looks) => {
            palette = looks.palette.unwrap_or(palette);
            let preview = web.studio.preview_looks(person.actor(), id, looks, 1).await.map_err(failed)?;
            misfits = preview.checks.into_iter().map(|check| check.message).collect();
        }
        // The slides stay as they are until the colours can be read.
        Err(StudioError::Invalid { problems: wrong }) => {
            // Where saving was refused for the same, it is said once.
            if problems.is_empty() {
                problems = wrong;
            }
            form.own = None;
        }
        Err(error) => return Err(failed(error)),
    }
    let reel = match form.pairs().as_slice() {
        [(_, look)] if look.is_empty() => Reel::new(&work, |n| address(&work.carousel, n)),
        _ => Reel::new(&work, |n| form.src(id, n)),
    };
    let colors = COLORS.into_iter().zip(named(&palette)).collect();
    Ok(LooksPage {
        page: person.page("looks-title").section("library").notice(form.done.as_deref()),
        id,
        title: work.carousel.title.clone(),
        version: version(&work.carousel),
        themes: themes(&work, &renderer),
        form,
        reel,
        colors,
        misfits,
        problems,
    })
}

/// As it is, then every theme in each of its palettes.
fn themes(work: &CarouselInWork, renderer: &Renderer) -> Vec<ThemeChoice> {
    let id = work.carousel.id;
    let choice = |look: String, colors: Vec<String>, kind| {
        let form = LooksForm { look, ..LooksForm::default() };
        Choice { src: form.src(id, 1), value: form.look, colors, kind }
    };
    let present = work.visual().map(|visual| Choice {
        src: address(&work.carousel, 1),
        ..choice(String::new(), named(&visual.palette).to_vec(), ChoiceKind::Present)
    });
    let present = ThemeChoice {
        title: String::new(),
        description: String::new(),
        choices: present.into_iter().collect(),
    };
    let offered = renderer.themes().map(|theme| {
        let brand = work
            .profile
            .brand_color
            .map(|color| choice(format!("{}/brand", theme.name), vec![color.to_string()], ChoiceKind::Brand));
        let own = theme.palettes.iter().enumerate().map(|(n, palette)| {
            choice(format!("{}/{n}", theme.name), named(palette).to_vec(), ChoiceKind::Palette(n + 1))
        });
        ThemeChoice {
            title: theme.title.clone(),
            description: theme.description.clone(),
            choices: brand.into_iter().chain(own).collect(),
        }
    });
    std::iter::once(present).chain(offered).collect()
}

pub(crate) async fn save(
    State(web): State<Web>,
    person: Person,
    At(id): At<CarouselId>,
    Form(form): Form<LooksForm>,
) -> Result<Response, PageError> {
    let known = expected(&form.version);
    let looks = form.looks(&web.studio.renderer());
    let saved = match looks {
        Ok(looks) => web.studio.change_looks(person.actor(), id, looks, known).await,
        Err(error) => Err(error),
    };
    let problems = match saved {
        Ok(_) => return Ok(Redirect::to(&format!("/carousels/{id}?done=done-looks")).into_response()),
        // What does not fit is said beside the preview.
        Err(StudioError::Unfit(_)) => {
            vec![Problem { field: String::new(), message: person.reader.words.text("looks-unfit") }]
        }
        Err(StudioError::Invalid { problems }) => problems,
        Err(error) => return Err(person.error(error)),
    };
    let code = status(&StudioError::Invalid { problems: vec![] });
    Ok(html_with(code, &show(&web, &person, id, form, problems).await?))
}

/// A slide in looks that are not stored.
pub(crate) async fn picture(
    State(web): State<Web>,
    person: Person,
    At((id, name)): At<(CarouselId, String)>,
    Query(form): Query<LooksForm>,
    headers: HeaderMap,
) -> Result<Response, PageError> {
    let failed = |error| person.error(error);
    let (n, encoding) = pictures::parsed(&name).ok_or(StudioError::NotFound("slide")).map_err(failed)?;
    if encoding != Encoding::Png {
        return Err(failed(StudioError::NotFound("slide")));
    }
    let looks = form.looks(&web.studio.renderer()).map_err(failed)?;
    let picture = web.studio.looks_picture(person.actor(), id, looks, n).await.map_err(failed)?;
    Ok(pictures::answer(&headers, picture))
}
