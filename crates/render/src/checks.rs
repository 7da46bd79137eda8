//! The checks of a rendered slide, each with what was measured, its limit, and the mend.

use domain::content::Color;
use domain::{Check, CheckKind};
use takumi::prelude::Bitmap;

use crate::coverage::is_invisible;
use crate::error::Fault;
use crate::fit::Fit;
use crate::page::{Scene, address, layout_of};
use crate::palette::{DISPLAY_CONTRAST, TEXT_CONTRAST};
use crate::placed::{Area, Part, Placed};
use crate::words;

/// From this size on, a text counts as large display type: a phone shows a slide at a third, and
/// WCAG's 24 px are 72 px of the slide.
const DISPLAY_SIZE: f32 = 72.0;
/// Pixels kept clear at the left and right: the profile's grid crops 4:5 to 3:4.
const SAFE_MARGIN: f32 = 34.0;
/// Fewest pixels that a picture must have for each pixel of its place.
const PICTURE_DENSITY: f64 = 0.6;
/// The background is looked at on a slide drawn at a fifth of its size, without its text.
const SHRINK: f32 = 0.2;

/// All checks of one fitted slide.
pub(crate) fn checks(scene: Scene<'_>, index: usize, fit: &Fit<'_>) -> Result<Vec<Check>, Fault> {
    let placed = fit.placed()?;
    let background = background(fit)?;
    Ok(vec![
        overflow(scene, index, fit, &placed),
        contrast(index, &placed, &background),
        missing_glyphs(scene, index, fit),
        smallest_size(scene, index, &placed),
        picture(scene, index, &placed),
        safe_area(scene, index, &placed),
    ])
}

/// The failed check of a slide that can't even be laid out.
pub(crate) fn of_fault(index: usize, fault: &Fault) -> Check {
    let kind = match fault {
        Fault::NoSuchPicture(_) | Fault::Picture { .. } => CheckKind::PictureTooSmall,
        _ => CheckKind::Overflow,
    };
    check(index, kind, (1.0, 0.0), Some(fault.to_string()), "")
}

/// A check that passed where there is no complaint.
fn check(
    index: usize,
    kind: CheckKind,
    (measured, limit): (f64, f64),
    complaint: Option<String>,
    praise: &str,
) -> Check {
    let slide = index + 1;
    let passed = complaint.is_none();
    let message = format!("slide {slide}: {}", complaint.as_deref().unwrap_or(praise));
    Check { slide, kind, passed, measured: round(measured), limit: round(limit), message }
}

/// Two decimals: what was measured is stored and compared.
fn round(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

fn overflow(scene: Scene<'_>, index: usize, fit: &Fit<'_>, placed: &Placed) -> Check {
    let layout = layout_of(&scene.deck.slides[index]);
    let fullness = placed.fitted.iter().map(|fitted| fitted.takes / fitted.has.max(1.0)).fold(0.0, f32::max);
    let too_tall = placed.too_tall() > 0.0;
    let complaint = if too_tall {
        let surplus = surplus_words(fit, placed);
        let plural = if surplus == 1 { "word" } else { "words" };
        Some(format!(
            "about {surplus} {plural} too many for `{layout}`; shorten it or spread it over two slides"
        ))
    } else if placed.too_wide() > 0.0 {
        Some(format!("a line is wider than its place in `{layout}`; break or shorten it"))
    } else {
        None
    };
    check(index, CheckKind::Overflow, (f64::from(fullness), 1.0), complaint, "the words fit")
}

/// About how many words must go: the lines that are too many, in words of the longest text.
fn surplus_words(fit: &Fit<'_>, placed: &Placed) -> usize {
    let letters = |text: &str| text.chars().filter(|character| !is_invisible(*character)).count() as f32;
    let all: f32 = fit.page.texts.iter().map(|text| letters(text)).sum();
    let words = fit.page.texts.iter().map(|text| words::count(text)).sum::<usize>() as f32;
    let Some(longest) = placed.texts.iter().max_by_key(|block| block.rows()) else { return 1 };
    let own: f32 = longest.lines.iter().map(|(_, text)| letters(text)).sum();
    let rows = longest.rows().max(1) as f32;
    let too_many = (placed.too_tall() / longest.pitch()).ceil().max(1.0);
    (too_many * words * own / all.max(1.0) / rows).ceil() as usize
}

/// The slide at a fifth of its size, without its text.
fn background(fit: &Fit<'_>) -> Result<Bitmap, Fault> {
    let options = fit.page.bare(fit.scales, SHRINK);
    takumi::render(options).map_err(|error| Fault::Layout(error.to_string()))
}

fn contrast(index: usize, placed: &Placed, background: &Bitmap) -> Check {
    let mut worst = (21.0, TEXT_CONTRAST);
    let mut words = String::new();
    for block in &placed.texts {
        for (line, text) in block.lines.iter().filter(|(_, text)| !text.chars().any(is_pictograph)) {
            for ink in &block.inks {
                let least = if ink.size >= DISPLAY_SIZE { DISPLAY_CONTRAST } else { TEXT_CONTRAST };
                let ratio = lowest_contrast(ink.color, *line, background);
                if ratio / least < worst.0 / worst.1 {
                    worst = (ratio, least);
                    words.clone_from(text);
                }
            }
        }
    }
    let complaint = (worst.0 < worst.1).then(|| {
        let (ratio, least) = worst;
        format!(
            "“{}” has a contrast of {ratio:.1} : 1, under {least} : 1; take another palette or picture",
            words.trim()
        )
    });
    check(index, CheckKind::Contrast, worst, complaint, "every text stands out")
}

/// Colour emoji stay in a background that was drawn without text.
fn is_pictograph(character: char) -> bool {
    matches!(u32::from(character), 0x2190..=0x2bff | 0x1f000..=0x1faff)
}

fn lowest_contrast(ink: Color, line: Area, background: &Bitmap) -> f64 {
    const COLUMNS: u32 = 12;
    const ROWS: u32 = 3;
    let mut lowest = 21.0_f64;
    for n in 0..COLUMNS * ROWS {
        let x = line.x + line.width * ((n % COLUMNS) as f32 + 0.5) / COLUMNS as f32;
        let y = line.y + line.height * ((n / COLUMNS) as f32 + 0.5) / ROWS as f32;
        if let Some(behind) = pixel(background, x * SHRINK, y * SHRINK) {
            lowest = lowest.min(ink.contrast(behind));
        }
    }
    lowest
}

fn pixel(bitmap: &Bitmap, x: f32, y: f32) -> Option<Color> {
    if x < 0.0 || y < 0.0 || x >= bitmap.width() as f32 || y >= bitmap.height() as f32 {
        return None;
    }
    let at = (y as usize * bitmap.width() as usize + x as usize) * 4;
    let pixel = bitmap.as_raw().get(at..at + 3)?;
    Some(Color { red: pixel[0], green: pixel[1], blue: pixel[2] })
}

fn missing_glyphs(scene: Scene<'_>, index: usize, fit: &Fit<'_>) -> Check {
    let missing = scene.library.missing(&fit.page.texts.join(" "));
    let complaint = (!missing.is_empty()).then(|| {
        let shown: String = missing.iter().take(12).map(|character| format!(" {character}")).collect();
        let pack = font_pack(&missing);
        format!("no font has{shown}; add one that does with `slidewright fonts add DIR` ({pack})")
    });
    check(
        index,
        CheckKind::MissingGlyph,
        (missing.len() as f64, 0.0),
        complaint,
        "every character has a glyph",
    )
}

/// Debian's package of fonts for the script of the first missing character that has one.
fn font_pack(missing: &[char]) -> &'static str {
    let is_east_asian = |character: &char| {
        matches!(u32::from(*character), 0x1100..=0x11ff | 0x2e80..=0x9fff | 0xa960..=0xa97f
            | 0xac00..=0xd7ff | 0xf900..=0xfaff | 0xff00..=0xffef | 0x20000..=0x3ffff)
    };
    if missing.iter().any(is_east_asian) {
        "Debian's fonts-noto-cjk has it"
    } else {
        "Debian's fonts-noto-core has most scripts"
    }
}

fn smallest_size(scene: Scene<'_>, index: usize, placed: &Placed) -> Check {
    let floors = &scene.theme.smallest;
    let floor = |part: Part| match part {
        Part::Headline => floors.headline,
        Part::Body => floors.body,
        Part::Note => floors.note,
    };
    let sizes =
        placed.texts.iter().flat_map(|block| block.inks.iter().map(|ink| (ink.size, floor(block.part))));
    let nearest =
        sizes.min_by(|a, b| (a.0 / a.1).total_cmp(&(b.0 / b.1))).unwrap_or((floors.body, floors.body));
    let complaint = (nearest.0 + 0.01 < nearest.1).then(|| {
        format!(
            "a text is {:.0} px, under the {:.0} px that a phone shows legibly; shorten it",
            nearest.0, nearest.1
        )
    });
    let measured = (f64::from(nearest.0), f64::from(nearest.1));
    check(index, CheckKind::SmallestSize, measured, complaint, "every text is large enough")
}

fn picture(scene: Scene<'_>, index: usize, placed: &Placed) -> Check {
    let found = scene.deck.slides[index].picture.and_then(|id| {
        let picture = scene.pictures.get(&id)?.as_ref().ok()?;
        // The logo may be the same file in a smaller place.
        let places = placed.pictures.iter().filter(|(src, _)| *src == address(id));
        let (_, place) =
            places.max_by(|a, b| (a.1.width * a.1.height).total_cmp(&(b.1.width * b.1.height)))?;
        let (width, height) = (f64::from(picture.width), f64::from(picture.height));
        let density =
            (width / f64::from(place.width.max(1.0))).min(height / f64::from(place.height.max(1.0)));
        Some((density, picture.width, picture.height, *place))
    });
    let Some((density, width, height, place)) = found else {
        return check(
            index,
            CheckKind::PictureTooSmall,
            (1.0, PICTURE_DENSITY),
            None,
            "no picture to measure",
        );
    };
    let complaint = (density < PICTURE_DENSITY).then(|| {
        format!(
            "the picture has {width} x {height} pixels for a place of {:.0} x {:.0}; take a larger one",
            place.width, place.height
        )
    });
    check(
        index,
        CheckKind::PictureTooSmall,
        (density, PICTURE_DENSITY),
        complaint,
        "the picture is large enough",
    )
}

fn safe_area(scene: Scene<'_>, index: usize, placed: &Placed) -> Check {
    let (width, height) = scene.deck.format.size();
    let lines = placed.texts.iter().flat_map(|block| block.lines.iter().map(|(line, _)| line));
    let mut nearest = f32::MAX;
    let mut cut = false;
    for line in lines {
        nearest = nearest.min(line.x).min(width as f32 - line.right());
        cut |= line.y < 0.0 || line.bottom() > height as f32;
    }
    let nearest = if nearest == f32::MAX { width as f32 / 2.0 } else { nearest };
    let complaint = if cut {
        Some("a text runs over the edge; shorten it".to_owned())
    } else {
        (nearest < SAFE_MARGIN).then(|| {
            format!(
                "a text comes within {nearest:.0} px of the edge, where the profile's grid crops; shorten it"
            )
        })
    };
    let measured = (f64::from(nearest), f64::from(SAFE_MARGIN));
    check(index, CheckKind::SafeArea, measured, complaint, "every text keeps clear of the edges")
}
