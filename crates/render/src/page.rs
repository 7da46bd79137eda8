//! One slide as a page: its words through the theme's template into a tree that can be laid out.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::sync::Arc;

use domain::content::{Block, Layout};
use domain::{AssetId, Deck, Slide};
use takumi::prelude::{
    FromHtmlOptions, ImageData, ImageSource, ImageSourceInput, Lang, Node, NodeKind, RenderOptions, Style,
    StyleDeclarationBlock, Viewport,
};

use crate::error::Fault;
use crate::fit::Scales;
use crate::fonts::Library;
use crate::palette::{mix, on_picture};
use crate::picture::{Picture, scrim};
use crate::template::{Code, Comparison, PictureView, Quote, Stat, View};
use crate::theme::Theme;
use crate::{code, unbroken, words};

/// Most characters of any one text that are laid out at all; what fits is far less.
const MOST_CHARACTERS: usize = 2_000;
/// Most entries of any one list that are laid out at all.
const MOST_ENTRIES: usize = 40;
/// Where a page's pictures seem to lie.
const FOLDER: &str = "asset/";
/// Shortest word that is hyphenated in a headline, in letters.
const HEADLINE_WORD: usize = 13;

/// A deck's pictures by their id, decoded, or why they can't be.
pub(crate) type Pictures = BTreeMap<AssetId, Result<Picture, String>>;

/// What all slides of a deck share while it is rendered.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scene<'a> {
    pub(crate) library: &'a Library,
    pub(crate) theme: &'a Theme,
    pub(crate) deck: &'a Deck,
    pub(crate) pictures: &'a Pictures,
}

/// Where words may break: each next one only where the one before does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Breaking {
    Never,
    /// At the hyphens of the language.
    Hyphens,
    /// Anywhere, so that an address or a word of an unknown language can't overflow.
    Anywhere,
}

/// A slide that can be laid out at any scale.
#[derive(Clone, Debug)]
pub(crate) struct Page<'a> {
    scene: Scene<'a>,
    node: Node,
    /// Custom properties of the slide's root: colours, fonts, size.
    properties: String,
    images: HashMap<Arc<str>, ImageSource>,
    /// Every text on the slide, for the look-up of its characters.
    pub(crate) texts: Vec<String>,
}

/// The layout that shows all that a slide holds: the chosen one, or the one made for its block.
pub(crate) fn layout_of(slide: &Slide) -> Layout {
    let own = Layout::for_block(slide.block.as_ref());
    match slide.layout {
        Layout::Cover if slide.block.is_none() => Layout::Cover,
        Layout::CallToAction if slide.block.is_none() => Layout::CallToAction,
        Layout::Image if slide.block.is_none() && slide.picture.is_some() => Layout::Image,
        _ => own,
    }
}

impl<'a> Scene<'a> {
    /// The page of a slide, which must be one of the deck's.
    pub(crate) fn page(&self, index: usize, breaking: Breaking) -> Result<Page<'a>, Fault> {
        let slide = &self.deck.slides[index];
        bounded(slide)?;
        let view = self.view(index, slide, breaking)?;
        let html = self
            .theme
            .templates
            .html(&view)
            .map_err(|reason| Fault::Template { layout: view.layout.to_string(), reason })?;
        let html = format!("<div class=\"{}\">{html}</div>", self.classes(&view, breaking));
        let mut node = takumi::from_html(&html, FromHtmlOptions::default())
            .map_err(|error| Fault::Layout(error.to_string()))?;
        unbroken::spans(&mut node);
        own_pictures_only(&node)
            .map_err(|reason| Fault::Template { layout: view.layout.to_string(), reason })?;
        let texts = texts(&view).iter().map(|text| unbroken::unmarked(text)).collect();
        let mut page = Page { scene: *self, node, properties: String::new(), images: HashMap::new(), texts };
        page.properties = self.properties(slide);
        for id in [slide.picture, self.deck.logo].into_iter().flatten() {
            if let Some(Ok(picture)) = self.pictures.get(&id) {
                page.images.insert(address(id).into(), picture.source.clone());
            }
        }
        Ok(page)
    }

    fn view(&self, index: usize, slide: &Slide, breaking: Breaking) -> Result<View, Fault> {
        let language = self.deck.language;
        let narrow = |text: &String| unbroken::hold(&words::clean(text), language, breaking, 0, false);
        let body = |text: &String| {
            let text = words::clean(text);
            let hold = |text: &str| unbroken::hold(text, language, breaking, 0, false);
            let held = hold(&words::tie_body(&text));
            if unbroken::is_held(&held) { hold(&words::tie_uneven(&text)) } else { held }
        };
        let headline = words::tie_headline(&words::clean(&slide.headline));
        let each = |items: &[String]| items.iter().map(body).collect::<Vec<_>>();
        let each_narrow = |items: &[String]| items.iter().map(narrow).collect::<Vec<_>>();
        let mut view = View {
            layout: layout_of(slide),
            headline: unbroken::hold(&headline, language, breaking, HEADLINE_WORD, true),
            body: filled(slide.body.as_ref()).map(body),
            bullets: Vec::new(),
            numbered_from: None,
            stat: None,
            quote: None,
            code: None,
            comparison: None,
            call_to_action: filled(slide.call_to_action.as_ref()).map(body),
            source_note: filled(slide.source_note.as_ref()).map(body),
            picture: slide.picture.map(|id| self.picture(id)).transpose()?,
            logo: self.deck.logo.map(|id| self.picture(id)).transpose()?,
            signature: filled(self.deck.signature.as_ref()).map(|text| words::clean(text)),
            n: index + 1,
            total: self.deck.slides.len(),
            first: index == 0,
            last: index + 1 == self.deck.slides.len(),
            tone: index % 3 + 1,
            rtl: language.is_right_to_left(),
        };
        match &slide.block {
            None => {}
            Some(Block::Bullets { items, numbered_from }) => {
                view.bullets = each(items);
                view.numbered_from = *numbered_from;
            }
            Some(Block::Stat { value, label }) => {
                view.stat = Some(Stat { value: words::clean(value), label: body(label) });
            }
            Some(Block::Quote { text, attribution }) => {
                view.quote =
                    Some(Quote { text: body(text), attribution: filled(attribution.as_ref()).map(body) });
            }
            Some(Block::Code { language, code }) => view.code = Some(code_view(language.as_deref(), code)),
            Some(Block::Comparison { left_title, left, right_title, right }) => {
                view.comparison = Some(Comparison {
                    left_title: narrow(left_title),
                    left: each_narrow(left),
                    right_title: narrow(right_title),
                    right: each_narrow(right),
                });
            }
        }
        Ok(view)
    }

    fn picture(&self, id: AssetId) -> Result<PictureView, Fault> {
        match self.pictures.get(&id) {
            None => Err(Fault::NoSuchPicture(id)),
            Some(Err(reason)) => Err(Fault::Picture { id, reason: reason.clone() }),
            Some(Ok(picture)) => {
                Ok(PictureView { src: address(id), width: picture.width, height: picture.height })
            }
        }
    }

    fn classes(&self, view: &View, breaking: Breaking) -> String {
        let mut classes = format!("slide l-{} f{} tone-{}", view.layout, self.deck.format, view.tone);
        let marks = [
            (view.rtl, " rtl"),
            (view.first, " first"),
            (view.last, " last"),
            (view.picture.is_some(), " pictured"),
            (breaking == Breaking::Anywhere, " anywhere"),
            (view.picture.is_some() && view.layout != Layout::Image, " backed"),
        ];
        for (_, mark) in marks.iter().filter(|(holds, _)| *holds) {
            classes.push_str(mark);
        }
        classes
    }

    /// The custom properties of the root: only validated colours, registered families and numbers
    /// made here get into a stylesheet.
    fn properties(&self, slide: &Slide) -> String {
        let mut palette = self.deck.palette;
        let (width, height) = self.deck.format.size();
        let family = |wanted: &str, own: &str| {
            let known = self.library.has(wanted) && crate::families::is_family_name(wanted);
            if known { wanted.to_owned() } else { own.to_owned() }
        };
        let fonts = &self.deck.fonts;
        let strength =
            slide.picture.and_then(|id| self.pictures.get(&id)).and_then(|found| found.as_ref().ok());
        if strength.is_some() && layout_of(slide) != Layout::Image {
            palette = on_picture(&palette);
        }
        let (veil, strength) = strength.map_or((palette.background, 0.0), |picture| scrim(picture, &palette));
        let mut css = String::with_capacity(512);
        for (name, color) in [
            ("background", palette.background),
            ("surface", palette.surface),
            ("text", palette.text),
            ("muted", palette.muted),
            ("accent", palette.accent),
            ("on-accent", palette.on_accent),
            ("line", mix(palette.background, palette.text, 0.16)),
            ("tint", mix(palette.background, palette.accent, 0.12)),
            ("ghost", mix(palette.background, palette.text, 0.07)),
        ] {
            let _ = write!(css, "--{name}:{color};");
        }
        let _ = write!(
            css,
            "--veil:rgba({},{},{},{strength:.2});--display:'{}';--body:'{}';--mono:'{}';--width:{width}px;--height:{height}px;--w:{width};--h:{height};",
            veil.red,
            veil.green,
            veil.blue,
            family(&fonts.display, &self.theme.fonts.display),
            family(&fonts.text, &self.theme.fonts.text),
            self.theme.mono,
        );
        css
    }
}

impl<'a> Page<'a> {
    /// The slide's tree at these scales.
    pub(crate) fn node(&self, scales: Scales) -> Node {
        let css = format!("{}--t:{:.4};--head:{:.4};", self.properties, scales.body(), scales.head());
        let lang = Lang::parse(self.scene.deck.language.code()).ok();
        let node = self.node.clone().with_style(Style::from(StyleDeclarationBlock::parse_loosy(&css)));
        let node = match lang {
            Some(lang) => node.with_lang(lang),
            None => node,
        };
        if self.scene.deck.language.is_right_to_left() {
            return node.with_dir(takumi::prelude::Direction::Rtl);
        }
        node
    }

    /// What takumi needs to lay the slide out, or to draw it.
    pub(crate) fn options(&self, scales: Scales) -> RenderOptions<'a> {
        RenderOptions::builder()
            .viewport(self.viewport())
            .fonts(self.scene.library.fonts())
            .node(self.node(scales))
            .images(self.images.clone())
            .stylesheet(Arc::clone(&self.scene.theme.stylesheet))
            .font_families(Some(self.scene.library.fallback(self.scene.deck.language)))
            .lang(Lang::parse(self.scene.deck.language.code()).ok())
            .build()
    }

    /// The slide without its text, shrunk: what is behind the words.
    pub(crate) fn bare(&self, scales: Scales, shrink: f32) -> RenderOptions<'a> {
        let (width, height) = self.scene.deck.format.size();
        let shrunk = |side: u32| (side as f32 * shrink).round() as u32;
        let node = self.node(scales);
        let classes = format!("{} bare", node.class_name().unwrap_or_default());
        RenderOptions::builder()
            .viewport(Viewport::new((shrunk(width), shrunk(height))).with_device_pixel_ratio(shrink))
            .fonts(self.scene.library.fonts())
            .node(node.with_class_name(classes))
            .images(self.images.clone())
            .stylesheet(Arc::clone(&self.scene.theme.stylesheet))
            .font_families(Some(self.scene.library.fallback(self.scene.deck.language)))
            .lang(Lang::parse(self.scene.deck.language.code()).ok())
            .build()
    }

    pub(crate) fn viewport(&self) -> Viewport {
        Viewport::new(self.scene.deck.format.size())
    }

    pub(crate) fn images(&self) -> &HashMap<Arc<str>, ImageSource> {
        &self.images
    }
}

/// The address of a picture inside a page.
pub(crate) fn address(id: AssetId) -> String {
    format!("{FOLDER}{id}")
}

/// A theme shows the deck's own files and nothing from elsewhere, not even from inside its markup.
fn own_pictures_only(root: &Node) -> Result<(), String> {
    let mut sources: Vec<&str> = root.image_urls().collect();
    let mut open = vec![root];
    while let Some(node) = open.pop() {
        match &node.kind {
            NodeKind::Container { children } => open.extend(children),
            NodeKind::Image(ImageData { src: ImageSourceInput::Url(src), .. }) => sources.push(src),
            _ => {}
        }
    }
    let Some(foreign) = sources.iter().find(|src| !src.starts_with(FOLDER)) else { return Ok(()) };
    let start: String = foreign.chars().take(40).collect();
    Err(format!("it asks for the picture `{start}`, which is not one of the deck's files"))
}

fn filled(text: Option<&String>) -> Option<&String> {
    text.filter(|text| !text.trim().is_empty())
}

fn code_view(language: Option<&str>, text: &str) -> Code {
    let name = language.map(words::clean).filter(|name| !name.is_empty() && name.chars().count() <= 20);
    let lower = name.as_ref().map(|name| name.to_lowercase());
    let lines: Vec<String> = text.trim_end().lines().map(words::clean_code).collect();
    let columns = lines.iter().map(|line| line.chars().count()).max().unwrap_or(0).max(1);
    let lines = lines.iter().map(|line| code::tokens(line, lower.as_deref())).collect();
    Code { language: name, lines, columns }
}

/// Every text of a view, for the look-up of its characters.
fn texts(view: &View) -> Vec<String> {
    let mut texts = vec![view.headline.clone()];
    texts.extend(
        [&view.body, &view.call_to_action, &view.source_note, &view.signature].into_iter().flatten().cloned(),
    );
    texts.extend(view.bullets.iter().cloned());
    if let Some(stat) = &view.stat {
        texts.extend([stat.value.clone(), stat.label.clone()]);
    }
    if let Some(quote) = &view.quote {
        texts.push(quote.text.clone());
        texts.extend(quote.attribution.clone());
    }
    if let Some(code) = &view.code {
        texts.extend(code.language.clone());
        texts.extend(code.lines.iter().flatten().map(|token| token.text.clone()));
    }
    if let Some(sides) = &view.comparison {
        texts.extend([sides.left_title.clone(), sides.right_title.clone()]);
        texts.extend(sides.left.iter().chain(&sides.right).cloned());
    }
    texts
}

/// Refuses what would take seconds to lay out, long before the limits of a slide are looked at.
fn bounded(slide: &Slide) -> Result<(), Fault> {
    let text = |field: &'static str, text: &str| match text.chars().nth(MOST_CHARACTERS) {
        None => Ok(()),
        Some(_) => Err(Fault::TooLong { field, length: text.chars().count(), most: MOST_CHARACTERS }),
    };
    let list = |field: &'static str, items: &[String]| {
        if items.len() > MOST_ENTRIES {
            return Err(Fault::TooMany { field, count: items.len(), most: MOST_ENTRIES });
        }
        items.iter().try_for_each(|item| text(field, item))
    };
    text("headline", &slide.headline)?;
    text("body", slide.body.as_deref().unwrap_or_default())?;
    text("call to action", slide.call_to_action.as_deref().unwrap_or_default())?;
    text("source note", slide.source_note.as_deref().unwrap_or_default())?;
    match &slide.block {
        None => Ok(()),
        Some(Block::Bullets { items, .. }) => list("bullets", items),
        Some(Block::Stat { value, label }) => text("figure", value).and_then(|()| text("label", label)),
        Some(Block::Quote { text: quote, attribution }) => {
            text("quote", quote)?;
            text("attribution", attribution.as_deref().unwrap_or_default())
        }
        Some(Block::Code { code, .. }) => {
            let lines = code.lines().count();
            if lines > MOST_ENTRIES {
                return Err(Fault::TooMany { field: "code", count: lines, most: MOST_ENTRIES });
            }
            text("code", code)
        }
        Some(Block::Comparison { left_title, left, right_title, right }) => {
            text("comparison", left_title)?;
            text("comparison", right_title)?;
            list("comparison", left)?;
            list("comparison", right)
        }
    }
}
