//! The line of everything that is worth the same as the leader where the dial stands, and the area of what is better:
//! λ·x + (1 − λ)·y = V(leader, λ).

use std::sync::Arc;

use egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, Ui, epaint::TextShape};

use super::{
    chart::{Plane, galley, paint_with_halo},
    labels::{Scene, boxes_along},
    reading::Reading,
    sentence::spoken_badge,
};
use crate::ui::theme::{Tokens, Type, mix};

/// How much of the option's tint the better area takes.
const TINT_SHARE: f32 = 0.42;
/// How many places along the line its words are tried in.
const TRIES: usize = 24;

/// The line and the area over it, on the screen.
#[derive(Debug)]
pub struct IsoLine {
    /// Where it meets the edges of the plane, from left to right, or from the top down.
    pub ends: [Pos2; 2],
    better: Vec<Pos2>,
    badge: String,
    colour: Color32,
    tint: Color32,
}

impl IsoLine {
    /// The line through the leader; `None` where no option leads or it only touches a corner.
    #[must_use]
    pub fn of(ui: &Ui, reading: &Reading<'_>, plane: Plane) -> Option<Self> {
        let (leader, share) = (reading.now.leader()?, reading.now.share?);
        let total = reading.now.options[leader].total.middle;
        let (better, cuts) = cut(share, total);
        let [a, b] = cuts[..] else { return None };
        let (a, b) = (plane.at(a.0, a.1), plane.at(b.0, b.1));
        if a.distance(b) < 1.0 {
            return None;
        }
        let upright = (a.x - b.x).abs() < 0.5;
        let in_order = if upright { a.y < b.y } else { a.x < b.x };
        let colour = Tokens::of(ui).option(reading.badge(leader));
        Some(Self {
            ends: if in_order { [a, b] } else { [b, a] },
            better: better.into_iter().map(|(x, y)| plane.at(x, y)).collect(),
            badge: spoken_badge(reading.workspace, leader),
            colour: colour.fill,
            tint: colour.tint,
        })
    }

    /// Paints the area of what is better.
    pub fn paint_better(&self, painter: &Painter, tokens: &Tokens) {
        let tint = mix(tokens.card, self.tint, TINT_SHARE);
        painter.add(Shape::convex_polygon(self.better.clone(), tint, Stroke::NONE));
    }

    /// Paints the line.
    pub fn paint(&self, ui: &Ui) {
        ui.painter().extend(Shape::dashed_line(&self.ends, Stroke::new(2.0, self.colour), 7.0, 5.0));
    }

    /// Paints the words of the line along it and those of the area in it, where nothing is in the way.
    pub fn paint_words(&self, ui: &Ui, is_moved: bool, plane: Plane, scene: &mut Scene) {
        let when = if is_moved { "at this weight" } else { "on today’s weight" };
        let long = format!("Better than {} {when}", self.badge);
        let short = format!("Better than {}", self.badge);
        for words in [long, short] {
            let words = galley(ui, &words, Type::Small, Tokens::of(ui).ink3);
            let size = words.size();
            let top_right = plane.area.right_top() + egui::vec2(-8.0 - size.x, 6.0);
            let places = [0.0, 28.0, 56.0, 84.0]
                .map(|down| Rect::from_min_size(top_right + egui::vec2(0.0, down), size));
            let inside =
                places.into_iter().filter(|rect| self.holds(rect.left_bottom() + egui::vec2(-4.0, 4.0)));
            if let Some(place) = scene.place_among(inside) {
                paint_with_halo(ui, place.rect.min, words, false);
                break;
            }
        }
        self.paint_words_along(ui, scene);
    }

    /// Whether a point lies in the better area.
    fn holds(&self, at: Pos2) -> bool {
        let way = self.ends[1] - self.ends[0];
        let to = at - self.ends[0];
        // With y downwards, what lies to the left of the way is above it, and right of an upright line is better.
        way.x * to.y - way.y * to.x < 0.0
    }

    fn paint_words_along(&self, ui: &Ui, scene: &mut Scene) {
        // Not every option's colour is dark enough for words.
        let ink = mix(self.colour, Tokens::of(ui).ink, 0.4);
        let words = galley(ui, &format!("Worth the same as {}", self.badge), Type::Small, ink);
        let size = words.size();
        let way = self.ends[1] - self.ends[0];
        let (length, angle) = (way.length(), way.angle());
        let along = way / length;
        let up = egui::vec2(along.y, -along.x);
        let room = length - size.x - 16.0;
        if room < 0.0 {
            return;
        }
        // The line itself is in the scene: the words beside it must only mind the other things there.
        let others = Scene {
            lines: scene.lines.iter().copied().filter(|line| *line != self.ends).collect(),
            ..scene.clone()
        };
        let last = TRIES - 1;
        let tried = (0..TRIES).map(|step| {
            // From two thirds along outwards, to both sides.
            let turn = step.div_ceil(2);
            let sign = if step % 2 == 0 { 1.0 } else { -1.0 };
            (0.66 + sign * turn as f32 / last as f32).clamp(0.0, 1.0)
        });
        for share in tried {
            let base = self.ends[0] + along * (8.0 + room * share);
            for lift in [up * 3.0, -up * (size.y + 3.0)] {
                let boxes = boxes_along(base + lift, angle, size);
                if others.is_free(&boxes) {
                    scene.marks.extend(boxes);
                    let at = base + lift + up * size.y;
                    let shape = TextShape::new(at, Arc::clone(&words), ink).with_angle(angle);
                    ui.painter().add(shape);
                    return;
                }
            }
        }
    }
}

/// Points of (commercial, operational) value.
type Points = Vec<(f64, f64)>;

/// Cuts the square of 0 to 100 along λ·x + (1 − λ)·y = total: the corners of the part above, and the points on the edge.
fn cut(share: f64, total: f64) -> (Points, Points) {
    let worth = |(x, y): (f64, f64)| share * x + (1.0 - share) * y - total;
    let corners = [(0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0)];
    let (mut above, mut cuts) = (Vec::new(), Vec::new());
    for (index, &from) in corners.iter().enumerate() {
        let to = corners[(index + 1) % corners.len()];
        let (here, there) = (worth(from), worth(to));
        if here >= 0.0 {
            above.push(from);
        }
        if (here >= 0.0) != (there >= 0.0) {
            let part = here / (here - there);
            let at = (from.0 + part * (to.0 - from.0), from.1 + part * (to.1 - from.1));
            above.push(at);
            cuts.push(at);
        }
    }
    (above, cuts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_cuts_the_square_where_the_total_is_the_leaders() {
        let (above, cuts) = cut(0.5, 75.0);
        assert_eq!(cuts, [(100.0, 50.0), (50.0, 100.0)]);
        assert_eq!(above, [(100.0, 50.0), (100.0, 100.0), (50.0, 100.0)]);
        assert_eq!(cut(1.0, 40.0).1, [(40.0, 0.0), (40.0, 100.0)]);
        assert_eq!(cut(0.0, 40.0).1, [(100.0, 40.0), (0.0, 40.0)]);
        assert_eq!(cut(0.5, 0.0).1, []);
    }
}
