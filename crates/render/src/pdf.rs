//! One document of all slides: a page a slide, text selectable, with alt text.

use std::collections::HashMap;
use std::sync::Arc;

use takumi::prelude::{ImageData, ImageSource, ImageSourceInput, Lang, Node, RgbaImage};
use takumi::unstable::base::style::{Style, StyleDeclarationBlock};
use takumi_pdf::{PageMargins, PageOptions, PdfMetadata, PdfOptions, UncoveredText};

use crate::error::{Fault, RenderError, SlideError};
use crate::fit::Fit;
use crate::page::Scene;
use crate::unhyphen::unhyphen;

/// A blurred shadow is drawn in a PDF with an opaque core; this many sharp ones look like it.
const SHADOW_LAYERS: u32 = 24;

/// Writes the fitted slides as one PDF.
pub(crate) fn write(
    scene: Scene<'_>,
    fits: &[Fit<'_>],
    title: &str,
    alt_text: &[String],
) -> Result<Vec<u8>, RenderError> {
    let mut images: HashMap<Arc<str>, ImageSource> = HashMap::new();
    let mut pages = Vec::with_capacity(fits.len());
    for (n, fit) in fits.iter().enumerate() {
        images.extend(fit.page.images().iter().map(|(src, image)| (Arc::clone(src), image.clone())));
        let alt = alt_text.get(n).map(|text| crate::words::clean(text)).unwrap_or_default();
        let page = page(fit, &alt, n + 1 == fits.len());
        pages.push(page.map_err(|fault| SlideError { slide: n + 1, fault })?);
    }
    let (width, height) = scene.deck.format.size();
    let language = scene.deck.language;
    let options = PdfOptions::builder()
        .fonts(scene.library.fonts())
        .node(styled(Node::container(pages), "display:block;margin:0"))
        .stylesheet(Arc::clone(&scene.theme.stylesheet_for_pdf))
        .images(images)
        .page(PageOptions { width: width as f32, height: height as f32, margin: PageMargins::uniform(0.0) })
        .font_families(Some(scene.library.fallback(language)))
        .lang(Lang::parse(language.code()).ok())
        .metadata(PdfMetadata { title: Some(title.to_owned()), ..PdfMetadata::default() })
        .producer(concat!("Slidewright ", env!("CARGO_PKG_VERSION")).to_owned())
        .uncovered_text(UncoveredText::Blank)
        .build();
    takumi_pdf::render(options).map_err(|error| RenderError::Pdf(error.to_string()))
}

/// A slide as a page, with its alt text on a picture that covers nothing.
fn page(fit: &Fit<'_>, alt: &str, last: bool) -> Result<Node, Fault> {
    let mut slide = fit.page.node(fit.scales);
    unhyphen(&mut slide, &fit.placed()?);
    let breaks = if last { "auto" } else { "page" };
    let children: Vec<Node> = alt_figure(alt).into_iter().chain([slide]).collect();
    let css =
        format!("display:block;position:relative;break-after:{breaks};break-inside:avoid;overflow:hidden");
    Ok(styled(Node::container(children), &css))
}

/// A clear pixel that carries the alt text; none where there is no text.
fn alt_figure(alt: &str) -> Option<Node> {
    if alt.is_empty() {
        return None;
    }
    let pixel = RgbaImage::new(vec![0, 0, 0, 0], 1, 1, true).ok()?;
    let node =
        Node::image(ImageData { src: ImageSourceInput::Rgba(pixel), width: Some(1.0), height: Some(1.0) });
    let attributes = [("alt".into(), alt.into())].into();
    let node = node.with_tag_name("img").with_attributes(attributes);
    Some(styled(node, "position:absolute;left:0;top:0;width:1px;height:1px"))
}

fn styled(node: Node, css: &str) -> Node {
    node.with_style(Style::from(StyleDeclarationBlock::parse_loosy(css)))
}

/// The stylesheet with every blurred `box-shadow` as layers of sharp ones.
pub(crate) fn stylesheet(css: &str) -> String {
    const PROPERTY: &str = "box-shadow:";
    let mut written = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(at) = rest.find(PROPERTY) {
        let (before, value) = rest.split_at(at + PROPERTY.len());
        let end = value.find([';', '}']).unwrap_or(value.len());
        written.push_str(before);
        written.push_str(&layered(value[..end].trim()).unwrap_or_else(|| value[..end].to_owned()));
        rest = &value[end..];
    }
    written.push_str(rest);
    written
}

/// `0 12px 40px rgba(0,0,0,0.2)` as sharp shadows that grow and fade; `None` for any other form.
fn layered(shadow: &str) -> Option<String> {
    let (lengths, color) = shadow.split_once("rgba(")?;
    let channels: Vec<f32> = color
        .strip_suffix(')')?
        .split(',')
        .map(|channel| channel.trim().parse().ok())
        .collect::<Option<_>>()?;
    let lengths: Vec<f32> = lengths
        .split_whitespace()
        .map(|length| length.trim_end_matches("px").parse().ok())
        .collect::<Option<_>>()?;
    let ([x, y, blur], [red, green, blue, alpha]) = (lengths.as_slice(), channels.as_slice()) else {
        return None;
    };
    let each = 1.0 - (1.0 - alpha).powf(1.0 / SHADOW_LAYERS as f32);
    let layers = (0..SHADOW_LAYERS).map(|n| {
        let spread = blur * ((n as f32 + 0.5) / SHADOW_LAYERS as f32 - 0.5);
        format!("{x}px {y}px 0 {spread:.2}px rgba({red},{green},{blue},{each:.5})")
    });
    Some(layers.collect::<Vec<_>>().join(","))
}

#[cfg(test)]
mod tests {
    use super::stylesheet;

    #[test]
    fn only_blurred_shadows_are_layered() {
        let css = ".a{box-shadow: 0 10px 40px rgba(0,0,0,0.2);color:red}.b{box-shadow:none}";
        let written = stylesheet(css);
        assert_eq!(written.matches("rgba(0,0,0,").count(), 24);
        assert!(written.ends_with("color:red}.b{box-shadow:none}"), "{written}");
    }
}
