//! Where everything on a slide came to stand: the one measurement that fit and checks share.

use domain::content::Color;
use takumi::prelude::RenderOptions;
use takumi::unstable::base::geometry::NodeId;
use takumi::unstable::base::layout::measure::MeasuredNode;
use takumi::unstable::base::layout::node::NodeKind;
use takumi::unstable::base::layout::tree::{LayoutResults, RenderNode};

use crate::error::Fault;

/// A box in pixels of the slide.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Area {
    pub(crate) x: f32,
    pub(crate) y: f32,
    pub(crate) width: f32,
    pub(crate) height: f32,
}

impl Area {
    pub(crate) fn right(&self) -> f32 {
        self.x + self.width
    }

    pub(crate) fn bottom(&self) -> f32 {
        self.y + self.height
    }
}

/// What a text is for, which decides its smallest size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    Headline,
    Body,
    Note,
}

/// How some of a block's text is set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Ink {
    pub(crate) size: f32,
    pub(crate) color: Color,
}

/// A block of lines.
#[derive(Clone, Debug)]
pub(crate) struct TextBlock {
    pub(crate) part: Part,
    /// The box that its lines stand in.
    pub(crate) room: Area,
    pub(crate) lines: Vec<(Area, String)>,
    pub(crate) inks: Vec<Ink>,
}

impl TextBlock {
    /// How many lines it has; a line may be several runs.
    pub(crate) fn rows(&self) -> usize {
        let mut rows = 0;
        let mut last = f32::MIN;
        for (line, _) in &self.lines {
            if line.y > last + line.height / 2.0 {
                rows += 1;
                last = line.y;
            }
        }
        rows
    }

    /// From one line to the next, in pixels.
    pub(crate) fn pitch(&self) -> f32 {
        let ends = self.lines.first().zip(self.lines.last());
        let height = ends.map_or(0.0, |((first, _), (last, _))| last.y - first.y);
        let own = self.lines.first().map_or(40.0, |(line, _)| line.height);
        if self.rows() > 1 { height / (self.rows() - 1) as f32 } else { own.max(1.0) }
    }
}

/// A box of class `fit`: the height that it has, and the height that its content takes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fitted {
    pub(crate) has: f32,
    pub(crate) takes: f32,
}

/// A laid-out slide.
#[derive(Clone, Debug, Default)]
pub(crate) struct Placed {
    pub(crate) texts: Vec<TextBlock>,
    pub(crate) fitted: Vec<Fitted>,
    /// The boxes of pictures, by their address.
    pub(crate) pictures: Vec<(String, Area)>,
}

impl Placed {
    /// By how many pixels the content is taller than its box; 0 where it fits.
    pub(crate) fn too_tall(&self) -> f32 {
        self.fitted.iter().map(|fitted| fitted.takes - fitted.has - 0.5).fold(0.0, f32::max)
    }

    /// By how many pixels a line is wider than its box; 0 where all fit.
    pub(crate) fn too_wide(&self) -> f32 {
        let excess = |block: &TextBlock| {
            block
                .lines
                .iter()
                .map(|(line, _)| (line.right() - block.room.right()).max(block.room.x - line.x))
                .fold(0.0, f32::max)
        };
        let most = self.texts.iter().map(excess).fold(0.0, f32::max);
        if most > 1.5 { most } else { 0.0 }
    }
}

/// Lays a slide out without drawing it.
pub(crate) fn place(mut options: RenderOptions<'_>) -> Result<Placed, Fault> {
    let failed = |error: takumi::prelude::Error| Fault::Layout(error.to_string());
    let size = options.viewport().size;
    let node = options.node().clone();
    let context = options.take_render_context();
    let mut root = RenderNode::from_node(&context, node);
    let results = LayoutResults::compute_document(&root, (*options.viewport()).into());
    let measured = MeasuredNode::of(&mut root, &results, size.into()).map_err(failed)?;
    let mut placed = Placed::default();
    let walk = Walk { root: &root, results: &results };
    let around = Around { part: Part::Body, left: f32::MIN, right: f32::MAX };
    walk.visit(&mut Vec::new(), NodeId::ROOT, &measured, around, &mut placed).map_err(failed)?;
    Ok(placed)
}

/// What a box inherits from those around it.
#[derive(Clone, Copy)]
struct Around {
    part: Part,
    /// The sides of the nearest box of class `fit`.
    left: f32,
    right: f32,
}

struct Walk<'a> {
    root: &'a RenderNode,
    results: &'a LayoutResults,
}

impl Walk<'_> {
    fn visit(
        &self,
        path: &mut Vec<usize>,
        id: NodeId,
        measured: &MeasuredNode,
        mut around: Around,
        placed: &mut Placed,
    ) -> Result<(), takumi::prelude::Error> {
        let Some(node) = self.root.node_at_path(path) else { return Ok(()) };
        let layout = self.results.layout(id)?;
        let offset = layout.content_box_offset();
        let room = Area {
            x: measured.transform[4] + offset.x,
            y: measured.transform[5] + offset.y,
            width: layout.content_box_width(),
            height: layout.content_box_height(),
        };
        around.part = part_of(node).unwrap_or(around.part);
        if is_fit(node) {
            (around.left, around.right) = (room.x, room.right());
        }
        record_text(node, measured, around, room, placed);
        record_picture(node, room, placed);
        if node.children.is_none() {
            return Ok(());
        }
        let children = self.results.box_children(id)?;
        let leading = measured.children.len().saturating_sub(children.len());
        if is_fit(node) {
            let takes = measured.children.iter().map(|child| child.transform[5] + child.height - room.y);
            placed.fitted.push(Fitted { has: room.height, takes: takes.fold(0.0, f32::max) });
        }
        for (child, measured) in children.iter().zip(&measured.children[leading..]) {
            let depth = path.len();
            path.push(child.render_index);
            path.extend(child.inline_path.iter().flatten());
            self.visit(path, child.node_id, measured, around, placed)?;
            path.truncate(depth);
        }
        Ok(())
    }
}

fn record_text(node: &RenderNode, measured: &MeasuredNode, around: Around, room: Area, placed: &mut Placed) {
    let lines: Vec<(Area, String)> = measured
        .runs
        .iter()
        .filter(|run| !run.text.trim().is_empty())
        .map(|run| {
            let area = Area { x: room.x + run.x, y: room.y + run.y, width: run.width, height: run.height };
            (area, run.text.clone())
        })
        .collect();
    if lines.is_empty() {
        return;
    }
    let mut inks = Vec::new();
    collect_inks(node, &mut inks);
    // A box grows with a word that is too long for it, but never the box that all must fit in.
    let (left, right) = (room.x.max(around.left), room.right().min(around.right));
    let room = Area { x: left, width: right - left, ..room };
    placed.texts.push(TextBlock { part: around.part, room, lines, inks });
}

/// How every text below a node is set, each way once.
fn collect_inks(node: &RenderNode, inks: &mut Vec<Ink>) {
    let text = match (&node.anonymous_text_content, node.node.as_ref().map(|node| &node.kind)) {
        (Some(text), _) => Some(text.as_str()),
        (None, Some(NodeKind::Text(data))) => Some(data.text.as_str()),
        _ => None,
    };
    if text.is_some_and(|text| !text.trim().is_empty()) {
        let [red, green, blue, _] = node.context.current_color.0;
        let ink = Ink { size: node.context.sizing.font_size, color: Color { red, green, blue } };
        if !inks.contains(&ink) {
            inks.push(ink);
        }
    }
    for child in node.children.iter().flat_map(|children| children.iter()) {
        collect_inks(child, inks);
    }
}

fn record_picture(node: &RenderNode, room: Area, placed: &mut Placed) {
    use takumi::unstable::base::layout::node::ImageSourceInput;
    if let Some(NodeKind::Image(image)) = node.node.as_ref().map(|node| &node.kind)
        && let ImageSourceInput::Url(src) = &image.src
    {
        placed.pictures.push((src.to_string(), room));
    }
}

fn is_fit(node: &RenderNode) -> bool {
    node.node.as_ref().is_some_and(|node| node.classes().any(|class| class == "fit"))
}

fn part_of(node: &RenderNode) -> Option<Part> {
    let node = node.node.as_ref()?;
    if node.tag_name() == Some("h1") || node.classes().any(|class| class == "headline") {
        return Some(Part::Headline);
    }
    node.classes().any(|class| class == "note").then_some(Part::Note)
}
