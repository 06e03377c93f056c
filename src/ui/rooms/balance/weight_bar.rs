//! One bar of points with its handle, and under it every ballot's mark.

use egui::{Color32, Mesh, Painter, Rect, Shape, Stroke, StrokeKind, Ui, pos2, vec2};

use super::weigh_scene::WeighScene;
use crate::ui::theme::{Tokens, hairline, rounded, size};

/// Where points lie on a bar.
#[derive(Clone, Copy, Debug)]
pub struct Scale {
    pub zero: f32,
    pub end: f32,
    /// The points at its right end.
    pub most: f64,
}

impl Scale {
    /// Where so many points lie.
    #[must_use]
    pub fn x(&self, points: f64) -> f32 {
        self.zero + (points / self.most).clamp(0.0, 1.0) as f32 * (self.end - self.zero)
    }
}

/// Paints the bar of a factor in its row; `lit` while it has the keyboard or is dragged.
pub fn paint(ui: &Ui, scene: &WeighScene, f: usize, (band, scale): (Rect, Scale), lit: bool) {
    let tokens = Tokens::of(ui);
    let painter = ui.painter();
    let ballots = &scene.ballots[f];
    let now = scene.given[f];
    let y = if ballots.is_empty() { band.center().y } else { band.top() + 15.0 };
    let whole = Rect::from_x_y_ranges(scale.zero..=scale.end, y - 6.0..=y + 6.0);
    let fill = tokens.side(scene.factors()[f].side).fill;
    painter.rect_filled(whole, rounded(size::RADIUS_BAR), tokens.track);
    let at = scale.x(now.unwrap_or(0.0));
    if now.is_some() {
        painter.rect_filled(whole.with_max_x(at), rounded(size::RADIUS_BAR), fill);
    }
    paint_ballots(painter, tokens, scene, f, (band.top() + 32.0, scale));
    let handle = Rect::from_center_size(pos2(at, y), vec2(11.0, 20.0));
    let edge = if lit { tokens.focus } else { tokens.primary };
    painter.rect(handle, rounded(4.0), tokens.card, Stroke::new(2.0, edge), StrokeKind::Inside);
    for x in [-1.5, 1.5] {
        painter.vline(at + x, y - 4.0..=y + 4.0, Stroke::new(1.2, tokens.primary));
    }
    if lit {
        let ring = Stroke::new(2.0, tokens.focus);
        painter.rect_stroke(handle.expand(2.5), rounded(6.0), ring, StrokeKind::Outside);
    }
}

fn paint_ballots(painter: &Painter, tokens: &Tokens, scene: &WeighScene, f: usize, (y, scale): (f32, Scale)) {
    let ballots = &scene.ballots[f];
    let Some(spread) = scene.analysis.voices.said().spread.get(f).copied().flatten() else { return };
    if ballots.is_empty() {
        return;
    }
    painter.hline(scale.x(spread.min)..=scale.x(spread.max), y, hairline(tokens.line));
    let quartiles = scale.x(spread.lower_quartile)..=scale.x(spread.upper_quartile);
    painter.rect_filled(Rect::from_x_y_ranges(quartiles, y - 3.0..=y + 3.0), rounded(3.0), tokens.line);
    let places = ballots.iter().map(|&points| scale.x(points));
    painter.add(ticks(places, (y - 5.0, y + 5.0), tokens.ink3));
    painter.vline(scale.x(spread.median), y - 6.0..=y + 6.0, Stroke::new(2.5, tokens.ink));
}

/// Upright marks as one mesh, those at the same place on the screen once: hundreds cost no more than one line each
/// corner.
pub fn ticks(places: impl Iterator<Item = f32>, (top, bottom): (f32, f32), colour: Color32) -> Shape {
    const WIDTH: f32 = 1.5;
    // Two marks less than a third of a point apart look like one.
    let mut places: Vec<i32> = places.map(|x| (x * 3.0).round() as i32).collect();
    places.sort_unstable();
    places.dedup();
    let mut mesh = Mesh::default();
    mesh.reserve_vertices(4 * places.len());
    for place in places {
        let x = place as f32 / 3.0;
        let rect = Rect::from_x_y_ranges(x - WIDTH / 2.0..=x + WIDTH / 2.0, top..=bottom);
        mesh.add_colored_rect(rect, colour);
    }
    Shape::mesh(mesh)
}
