//! Small marks with a meaning: sides, sectors, evidence, status.

use egui::{
    Color32, Painter, Pos2, Rect, Response, Role, Sense, Shape, Stroke, StrokeKind, Ui, Vec2, WidgetInfo,
    pos2, vec2,
};

use crate::{
    model::{balance::Side, voices::SectorShape},
    ui::{
        icons,
        theme::{Tokens, rounded},
    },
};

/// Paints the mark of a side: a circle for operational, a square for commercial.
pub fn paint_side_mark(painter: &Painter, tokens: &Tokens, side: Side, centre: Pos2, width: f32) {
    match side {
        Side::Operational => {
            painter.circle_filled(centre, width / 2.0, tokens.teal);
        }
        Side::Commercial => {
            let rect = Rect::from_center_size(centre, Vec2::splat(width - 1.0));
            painter.rect_filled(rect, rounded(1.5), tokens.ochre);
        }
    }
}

/// Shows the mark of a side.
pub fn side_mark(ui: &mut Ui, side: Side, width: f32) -> Response {
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(width), Sense::hover());
    paint_side_mark(ui.painter(), Tokens::of(ui), side, rect.center(), width);
    response
}

/// Shows an evidence grade as five dots, filled to the grade.
pub fn evidence_dots(ui: &mut Ui, grade: Option<u8>, diameter: f32) -> Response {
    let gap = diameter / 2.0;
    let (rect, response) = ui.allocate_exact_size(vec2(5.0 * diameter + 4.0 * gap, diameter), Sense::hover());
    paint_evidence_dots(ui.painter(), Tokens::of(ui), grade, rect.left_center(), diameter);
    response.widget_info(|| {
        let words = grade.map_or("evidence not graded".to_owned(), |g| format!("evidence grade {g} of 5"));
        WidgetInfo::labeled(Role::Label, true, words)
    });
    response
}

/// Paints an evidence grade from its left end.
pub fn paint_evidence_dots(painter: &Painter, tokens: &Tokens, grade: Option<u8>, left: Pos2, diameter: f32) {
    for dot in 0..5_u8 {
        let centre = pos2(left.x + diameter * (0.5 + 1.5 * f32::from(dot)), left.y);
        if grade.is_some_and(|g| dot < g) {
            painter.circle_filled(centre, diameter / 2.0, tokens.ink2);
        } else {
            painter.circle_stroke(centre, diameter / 2.0 - 0.6, Stroke::new(1.2, tokens.line));
        }
    }
}

/// Paints the shape of a sector, filled or hollow, in a box of this width.
pub fn paint_shape(
    painter: &Painter,
    shape: SectorShape,
    centre: Pos2,
    width: f32,
    fill: Color32,
    outline: Stroke,
) {
    let r = width / 2.0;
    let ring = |n: usize, turn: f32, radius: f32| -> Vec<Pos2> {
        (0..n)
            .map(|i| centre + Vec2::angled(turn + i as f32 * std::f32::consts::TAU / n as f32) * radius)
            .collect()
    };
    let quarter = std::f32::consts::FRAC_PI_2;
    let convex = |points| Shape::convex_polygon(points, fill, outline);
    match shape {
        SectorShape::Hexagon => painter.add(convex(ring(6, 0.0, r))),
        SectorShape::Diamond => painter.add(convex(ring(4, -quarter, r * 1.08))),
        SectorShape::TriangleUp => painter.add(convex(vec![
            centre + vec2(0.0, -r),
            centre + vec2(r, r * 0.82),
            centre + vec2(-r, r * 0.82),
        ])),
        SectorShape::TriangleDown => painter.add(convex(vec![
            centre + vec2(0.0, r),
            centre + vec2(-r, -r * 0.82),
            centre + vec2(r, -r * 0.82),
        ])),
        SectorShape::Star => {
            let points: Vec<Pos2> = (0..10)
                .map(|i| {
                    let radius = if i % 2 == 1 { r * 0.48 } else { r * 1.12 };
                    centre + Vec2::angled(-quarter + i as f32 * std::f32::consts::PI / 5.0) * radius
                })
                .collect();
            paint_concave(painter, centre, points, fill, outline)
        }
        SectorShape::Plus => paint_concave(painter, centre, cross(centre, r, 0.0), fill, outline),
        SectorShape::Cross => {
            paint_concave(painter, centre, cross(centre, r, std::f32::consts::FRAC_PI_4), fill, outline)
        }
    };
}

fn cross(centre: Pos2, r: f32, turn: f32) -> Vec<Pos2> {
    let t = r * 0.36;
    let corners = [
        (-t, -r),
        (t, -r),
        (t, -t),
        (r, -t),
        (r, t),
        (t, t),
        (t, r),
        (-t, r),
        (-t, t),
        (-r, t),
        (-r, -t),
        (-t, -t),
    ];
    let rot = egui::emath::Rot2::from_angle(turn);
    corners.into_iter().map(|(x, y)| centre + rot * vec2(x, y)).collect()
}

/// A polygon that is star-shaped about its centre, as a fan of triangles; egui fills only convex ones.
fn paint_concave(
    painter: &Painter,
    centre: Pos2,
    points: Vec<Pos2>,
    fill: Color32,
    outline: Stroke,
) -> egui::layers::ShapeIdx {
    if fill != Color32::TRANSPARENT {
        let mut mesh = egui::Mesh::default();
        mesh.colored_vertex(centre, fill);
        for &point in &points {
            mesh.colored_vertex(point, fill);
        }
        let n = points.len() as u32;
        for i in 0..n {
            mesh.add_triangle(0, 1 + i, 1 + (i + 1) % n);
        }
        painter.add(mesh);
        // A thin line of the same colour smooths the edge, which a mesh has not.
        painter.add(Shape::closed_line(points.clone(), Stroke::new(0.8, fill)));
    }
    painter.add(Shape::closed_line(points, outline))
}

/// How far a room has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Nothing,
    Begun,
    Complete,
    /// Somebody is left out or unheard.
    Flag,
}

impl Status {
    /// The status in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Nothing => "nothing yet",
            Self::Begun => "begun",
            Self::Complete => "complete",
            Self::Flag => "somebody is left out or unheard",
        }
    }
}

/// Paints the status mark of a room around a point.
pub fn paint_status(painter: &Painter, tokens: &Tokens, status: Status, centre: Pos2, width: f32) {
    let r = width / 2.0 - 1.2;
    match status {
        Status::Nothing => {
            painter.circle_stroke(centre, r, Stroke::new(1.4, tokens.ink3));
        }
        Status::Begun => {
            painter.circle_stroke(centre, r, Stroke::new(1.4, tokens.ink2));
            let half: Vec<Pos2> = (0..=16)
                .map(|i| {
                    let angle = -std::f32::consts::FRAC_PI_2 + i as f32 * std::f32::consts::PI / 16.0;
                    centre + Vec2::angled(angle) * r
                })
                .collect();
            painter.add(Shape::convex_polygon(half, tokens.ink2, Stroke::NONE));
        }
        Status::Complete => {
            painter.circle_filled(centre, r + 0.7, tokens.ink2);
            let at = |x: f32, y: f32| centre + vec2((x - 0.5) * width, (y - 0.5) * width);
            painter.line(vec![at(0.29, 0.52), at(0.44, 0.67), at(0.72, 0.37)], Stroke::new(1.7, tokens.rail));
        }
        Status::Flag => {
            painter.text(
                centre,
                egui::Align2::CENTER_CENTER,
                icons::FLAG.0,
                icons::Icon::filled_font(width + 1.0),
                tokens.crimson,
            );
        }
    }
}

/// Paints hatching over a place whose figure is not known.
pub fn paint_hatching(painter: &Painter, tokens: &Tokens, rect: Rect) {
    let painter = painter.with_clip_rect(rect.intersect(painter.clip_rect()));
    let mut x = rect.left() - rect.height();
    while x < rect.right() {
        painter.line_segment(
            [pos2(x, rect.bottom()), pos2(x + rect.height(), rect.top())],
            Stroke::new(1.0, tokens.line),
        );
        x += 6.0;
    }
    painter.rect_stroke(rect, rounded(2.0), Stroke::new(1.0, tokens.line), StrokeKind::Inside);
}
