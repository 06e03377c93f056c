//! What egui drew, taken over as a drawing: every shape as outlines, every run of text as letters in their places.

use egui::{
    Color32, CornerRadius, Pos2, Rect, Shape, Stroke, StrokeKind, Vec2,
    emath::{GuiRounding as _, Rot2},
    epaint::{ClippedShape, ColorMode, PathStroke, RectShape},
    vec2,
};

use super::{halos, letters, meshes};
use crate::exchange::drawing::{Colour, Drawing, Line, Mark, MarkShape, PathStep};

/// How far the control points of a quarter of a circle stand off, as a share of its radius.
const QUARTER: f32 = 0.552_284_8;

/// Takes over what shapes show of `ground`. `pixels` is how many of them a point had when they were drawn: lines and boxes
/// stand on whole pixels on the screen, and so they do here.
#[must_use]
pub fn drawing_of<'a>(
    shapes: impl IntoIterator<Item = &'a ClippedShape>,
    ground: Rect,
    pixels: f32,
) -> Drawing {
    let mut taker = Taker { ground, pixels, clip: ground, marks: Vec::new() };
    for clipped in shapes {
        taker.clip = clipped.clip_rect.intersect(ground);
        if taker.clip.is_positive() {
            taker.take(&clipped.shape);
        }
    }
    Drawing { size: ground.size().into(), marks: halos::joined(taker.marks) }
}

/// Takes one shape after the other.
pub(super) struct Taker {
    ground: Rect,
    pixels: f32,
    clip: Rect,
    marks: Vec<Mark>,
}

impl Taker {
    fn take(&mut self, shape: &Shape) {
        if !shape.visual_bounding_rect().intersects(self.clip) && !matches!(shape, Shape::Vec(_)) {
            return;
        }
        match shape {
            // What is drawn by a graphics driver has no outlines; no chart is.
            Shape::Noop | Shape::Callback(_) | Shape::Band(_) => {}
            Shape::Vec(shapes) => shapes.iter().for_each(|shape| self.take(shape)),
            Shape::Circle(circle) => {
                let steps = ellipse(circle.center, Vec2::splat(circle.radius), 0.0);
                self.outline(steps, circle.fill, circle.stroke);
            }
            Shape::Ellipse(of) => self.outline(ellipse(of.center, of.radius, of.angle), of.fill, of.stroke),
            Shape::LineSegment { points, stroke } => self.segment(*points, *stroke),
            Shape::Path(path) => {
                self.outline(straight(&path.points, path.closed), path.fill, plain(&path.stroke));
            }
            Shape::Rect(rect) => self.rect(rect),
            Shape::Text(text) => {
                let pos = text.pos.round_to_pixels(self.pixels);
                letters::take(self, text, pos);
            }
            Shape::Mesh(mesh) => {
                for (outline, fill) in meshes::regions(mesh) {
                    self.outline(outline, fill, Stroke::NONE);
                }
            }
            Shape::QuadraticBezier(curve) => {
                let [from, by, to] = curve.points;
                let mut steps =
                    vec![PathStep::Move(from.into()), PathStep::Quadratic([by, to].map(Into::into))];
                steps.extend(curve.closed.then_some(PathStep::Close));
                self.outline(steps, curve.fill, plain(&curve.stroke));
            }
            Shape::CubicBezier(curve) => {
                let [from, a, b, to] = curve.points;
                let mut steps =
                    vec![PathStep::Move(from.into()), PathStep::Cubic([a, b, to].map(Into::into))];
                steps.extend(curve.closed.then_some(PathStep::Close));
                self.outline(steps, curve.fill, plain(&curve.stroke));
            }
        }
    }

    fn segment(&mut self, [mut a, mut b]: [Pos2; 2], stroke: Stroke) {
        if a.x == b.x {
            stroke.round_center_to_pixel(self.pixels, &mut a.x);
            b.x = a.x;
        }
        if a.y == b.y {
            stroke.round_center_to_pixel(self.pixels, &mut a.y);
            b.y = a.y;
        }
        self.outline(straight(&[a, b], false), Color32::TRANSPARENT, stroke);
    }

    fn rect(&mut self, shape: &RectShape) {
        // What is blurred is a shadow, which says nothing.
        if shape.blur_width > 0.0 {
            return;
        }
        let rect = match shape.round_to_pixels {
            Some(false) => shape.rect,
            _ => shape.rect.round_to_pixels(self.pixels),
        };
        let corners = shape.corner_radius;
        let steps = rounded(rect, corners, 0.0);
        let steps = turned(steps, rect.center(), shape.angle);
        if shape.stroke.is_empty() || shape.stroke_kind == StrokeKind::Middle {
            self.outline(steps, shape.fill, shape.stroke);
            return;
        }
        self.outline(steps, shape.fill, Stroke::NONE);
        let half = shape.stroke.width / 2.0;
        let by = if shape.stroke_kind == StrokeKind::Inside { -half } else { half };
        let edge = turned(rounded(rect.expand(by), corners, by), rect.center(), shape.angle);
        self.outline(edge, Color32::TRANSPARENT, shape.stroke);
    }

    /// Adds an outline that is filled, stroked, or both; nothing where it is neither.
    pub(super) fn outline(&mut self, steps: Vec<PathStep>, fill: Color32, stroke: Stroke) {
        let stroke = (!stroke.is_empty()).then(|| Line { colour: colour(stroke.color), width: stroke.width });
        let fill = (fill.a() > 0).then(|| colour(fill));
        let is_seen = fill.is_some() || stroke.is_some();
        if is_seen && steps.iter().flat_map(points).all(|[x, y]| x.is_finite() && y.is_finite()) {
            let origin = self.ground.min;
            let steps = steps.into_iter().map(|step| moved(step, |at| at - origin.to_vec2())).collect();
            self.add(MarkShape::Path { steps, fill, stroke });
        }
    }

    /// A point of the window as a point of the drawing.
    pub(super) fn here(&self, at: Pos2) -> [f32; 2] {
        (at - self.ground.min.to_vec2()).into()
    }

    /// Adds a mark in the clip of the shape that is being taken.
    pub(super) fn add(&mut self, shape: MarkShape) {
        let (min, max) = (self.here(self.clip.min), self.here(self.clip.max));
        self.marks.push(Mark { clip: [min[0], min[1], max[0], max[1]], shape });
    }
}

/// A colour as drawings have it.
pub(super) fn colour(of: Color32) -> Colour {
    let [red, green, blue, alpha] = of.to_srgba_unmultiplied();
    Colour { red, green, blue, alpha }
}

/// The stroke of a path; where its colour runs, the colour in its middle.
fn plain(stroke: &PathStroke) -> Stroke {
    match &stroke.color {
        ColorMode::Solid(colour) => Stroke::new(stroke.width, *colour),
        ColorMode::UV(of) => {
            let whole = Rect::from_min_max(Pos2::ZERO, Pos2::new(1.0, 1.0));
            Stroke::new(stroke.width, of(whole, whole.center()))
        }
    }
}

/// The outline through these points.
pub(super) fn straight(points: &[Pos2], closed: bool) -> Vec<PathStep> {
    let mut steps: Vec<PathStep> = Vec::with_capacity(points.len() + 1);
    for (place, point) in points.iter().enumerate() {
        let at = (*point).into();
        steps.push(if place == 0 { PathStep::Move(at) } else { PathStep::Line(at) });
    }
    if closed && !steps.is_empty() {
        steps.push(PathStep::Close);
    }
    steps
}

fn ellipse(centre: Pos2, radius: Vec2, turn: f32) -> Vec<PathStep> {
    let turn = Rot2::from_angle(turn);
    let at = |x: f32, y: f32| -> [f32; 2] { (centre + turn * vec2(x * radius.x, y * radius.y)).into() };
    let quarter = |from: (f32, f32), to: (f32, f32)| {
        PathStep::Cubic([
            at(from.0 + QUARTER * to.0, from.1 + QUARTER * to.1),
            at(to.0 + QUARTER * from.0, to.1 + QUARTER * from.1),
            at(to.0, to.1),
        ])
    };
    let (east, south, west, north) = ((1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0));
    vec![
        PathStep::Move(at(1.0, 0.0)),
        quarter(east, south),
        quarter(south, west),
        quarter(west, north),
        quarter(north, east),
        PathStep::Close,
    ]
}

/// A box whose corners are rounded by so much more (or less) than is said of it.
fn rounded(rect: Rect, corners: CornerRadius, more: f32) -> Vec<PathStep> {
    let most = (rect.width().min(rect.height()) / 2.0).max(0.0);
    let radius = |of: u8| if of == 0 { 0.0 } else { (f32::from(of) + more).clamp(0.0, most) };
    let [nw, ne, se, sw] = [corners.nw, corners.ne, corners.se, corners.sw].map(radius);
    let (min, max) = (rect.min, rect.max);
    let (east, south, west, north) = (vec2(1.0, 0.0), vec2(0.0, 1.0), vec2(-1.0, 0.0), vec2(0.0, -1.0));
    let mut steps = vec![PathStep::Move([min.x + nw, min.y])];
    let sides = [
        ([max.x - ne, min.y], rect.right_top(), ne, (west, south)),
        ([max.x, max.y - se], rect.right_bottom(), se, (north, west)),
        ([min.x + sw, max.y], rect.left_bottom(), sw, (east, north)),
        ([min.x, min.y + nw], rect.left_top(), nw, (south, east)),
    ];
    for (place, (end, corner, radius, (from, to))) in sides.into_iter().enumerate() {
        if radius > 0.0 || place < 3 {
            steps.push(PathStep::Line(end));
        }
        if radius > 0.0 {
            let off = radius * (1.0 - QUARTER);
            let by = [corner + from * off, corner + to * off, corner + to * radius];
            steps.push(PathStep::Cubic(by.map(Into::into)));
        }
    }
    steps.push(PathStep::Close);
    steps
}

fn turned(steps: Vec<PathStep>, about: Pos2, angle: f32) -> Vec<PathStep> {
    if angle == 0.0 {
        return steps;
    }
    let turn = Rot2::from_angle(angle);
    steps.into_iter().map(|step| moved(step, |at| about + turn * (at - about))).collect()
}

fn moved(step: PathStep, by: impl Fn(Pos2) -> Pos2) -> PathStep {
    let to = |at: [f32; 2]| -> [f32; 2] { by(at.into()).into() };
    match step {
        PathStep::Move(at) => PathStep::Move(to(at)),
        PathStep::Line(at) => PathStep::Line(to(at)),
        PathStep::Quadratic(points) => PathStep::Quadratic(points.map(to)),
        PathStep::Cubic(points) => PathStep::Cubic(points.map(to)),
        PathStep::Close => PathStep::Close,
    }
}

fn points(step: &PathStep) -> &[[f32; 2]] {
    match step {
        PathStep::Move(at) | PathStep::Line(at) => std::slice::from_ref(at),
        PathStep::Quadratic(points) => points,
        PathStep::Cubic(points) => points,
        PathStep::Close => &[],
    }
}
