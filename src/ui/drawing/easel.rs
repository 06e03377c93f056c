//! A place without a display where a chart of the window is drawn by itself, always in the light theme and on nothing.

use egui::{
    Context, FullOutput, Pos2, RawInput, Rect, Shape, ThemePreference, Ui, Vec2, ViewportId,
    accesskit::{Node, NodeId, Role, TreeUpdate},
    vec2,
};

use super::shapes::drawing_of;
use crate::{
    exchange::drawing::Chart,
    ui::theme::{self, Tokens, hairline, rounded, size},
};

/// Pixels a point: places are rounded to whole ones, so the more there are the truer is the print.
const PIXELS: f32 = 2.0;
/// How tall a chart may grow, in points.
const TALLEST: f32 = 8000.0;
/// The first frames only settle: sizes that depend on each other, values that move.
const FRAMES: usize = 3;

/// Draws charts one after the other.
pub struct Easel {
    ctx: Context,
    time: f64,
    drawn: u64,
}

impl std::fmt::Debug for Easel {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Easel after {} charts", self.drawn)
    }
}

impl Default for Easel {
    fn default() -> Self {
        Self::new()
    }
}

impl Easel {
    /// An easel with the program's type and colours.
    #[must_use]
    pub fn new() -> Self {
        let ctx = Context::default();
        theme::install(&ctx);
        ctx.set_theme(ThemePreference::Light);
        ctx.enable_accesskit();
        Self { ctx, time: 0.0, drawn: 0 }
    }

    /// Draws a chart of this size, in points; `draw` is called with the place that it fills, several times.
    #[must_use]
    pub fn chart(&mut self, name: &str, size: Vec2, mut draw: impl FnMut(&mut Ui, Rect)) -> Chart {
        let place = Rect::from_min_size(Pos2::ZERO, size);
        self.settled(name, place, |ui| {
            draw(ui, place);
            place
        })
    }

    /// Draws a chart of this width that takes the height it needs.
    #[must_use]
    pub fn tall_chart(&mut self, name: &str, width: f32, mut draw: impl FnMut(&mut Ui)) -> Chart {
        let place = Rect::from_min_size(Pos2::ZERO, vec2(width, TALLEST));
        self.settled(name, place, |ui| {
            draw(ui);
            place.with_max_y(ui.min_rect().bottom().ceil().clamp(1.0, TALLEST))
        })
    }

    fn settled(&mut self, name: &str, page: Rect, mut draw: impl FnMut(&mut Ui) -> Rect) -> Chart {
        self.drawn += 1;
        let id = self.drawn;
        let mut frame = |easel: &mut Self| {
            let mut ground = page;
            let output = easel.frame(page, |ui| {
                let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(page).id_salt(("chart", id)));
                ground = draw(&mut inner);
            });
            (output, ground)
        };
        for _ in 1..FRAMES {
            frame(self).0.drop_without_applying_deltas();
        }
        let (output, ground) = frame(self);
        let shapes = output.shapes.iter().filter(|clipped| !is_card(&clipped.shape));
        let drawing = drawing_of(shapes, ground, PIXELS);
        let words = output.platform_output.accesskit_update.as_ref().map(told).unwrap_or_default();
        output.drop_without_applying_deltas();
        Chart { name: name.to_owned(), words, drawing }
    }

    fn frame(&mut self, page: Rect, mut draw: impl FnMut(&mut Ui)) -> FullOutput {
        let mut input = RawInput { screen_rect: Some(page), time: Some(self.time), ..RawInput::default() };
        input.viewports.entry(ViewportId::ROOT).or_default().native_pixels_per_point = Some(PIXELS);
        self.time += 1.0;
        self.ctx.run_ui(input, |ui| draw(ui))
    }
}

/// The white sheet that a page of the window lays a chart on is no part of the chart.
fn is_card(shape: &Shape) -> bool {
    let tokens = Tokens::light();
    matches!(shape, Shape::Rect(rect) if rect.fill == tokens.card
        && rect.stroke == hairline(tokens.hair)
        && rect.corner_radius == rounded(size::RADIUS_CARD))
}

/// What assistive technology would say of a frame, in the order in which it would.
fn told(update: &TreeUpdate) -> String {
    let find = |id: &NodeId| update.nodes.iter().find(|(of, _)| of == id).map(|(_, node)| node);
    let mut sentences: Vec<String> = Vec::new();
    let mut to_say: Vec<NodeId> = update.tree.as_ref().map(|tree| tree.root).into_iter().collect();
    while let Some(node) = to_say.pop().as_ref().and_then(find) {
        to_say.extend(node.children().iter().rev().copied());
        if let Some(words) = said(node).filter(|words| !sentences.contains(words)) {
            sentences.push(words);
        }
    }
    sentences.join(" ")
}

fn said(node: &Node) -> Option<String> {
    let label = node.label().unwrap_or_default().trim();
    let value = node.value().unwrap_or_default().trim();
    let words = match (node.role(), label.is_empty(), value.is_empty()) {
        (Role::ScrollBar | Role::Window, _, _) | (_, true, true) => return None,
        (_, false, true) => label.to_owned(),
        (_, true, false) => value.to_owned(),
        (_, false, false) => format!("{label}: {value}"),
    };
    Some(if words.ends_with(['.', '!', '?', ':']) { words } else { words + "." })
}
