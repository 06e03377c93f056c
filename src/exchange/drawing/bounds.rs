//! How far a mark reaches.

use super::{MarkShape, PathStep, faces};

/// A box: everything of a mark lies in it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    pub left: f32,
    pub top: f32,
    pub right: f32,
    pub bottom: f32,
}

impl Bounds {
    /// The clip of a mark as a box.
    #[must_use]
    pub fn of_clip([left, top, right, bottom]: [f32; 4]) -> Self {
        Self { left, top, right, bottom }
    }

    /// Whether another lies inside, but for what rounding does.
    #[must_use]
    pub fn holds(&self, other: &Self) -> bool {
        const SLACK: f32 = 0.01;
        other.left >= self.left - SLACK
            && other.top >= self.top - SLACK
            && other.right <= self.right + SLACK
            && other.bottom <= self.bottom + SLACK
    }

    fn with(self, [x, y]: [f32; 2]) -> Self {
        Self {
            left: self.left.min(x),
            top: self.top.min(y),
            right: self.right.max(x),
            bottom: self.bottom.max(y),
        }
    }
}

/// The box around a shape, by its control points and half its line; `None` for one of which nothing shows.
#[must_use]
pub fn bounds(shape: &MarkShape) -> Option<Bounds> {
    match shape {
        MarkShape::Path { steps, stroke, .. } => around(steps, stroke.map_or(0.0, |line| line.width / 2.0)),
        MarkShape::Text(letters) => around(&faces::outlines(letters), 0.0),
    }
}

fn around(steps: &[PathStep], more: f32) -> Option<Bounds> {
    let mut points = steps.iter().flat_map(|step| match step {
        PathStep::Move(at) | PathStep::Line(at) => std::slice::from_ref(at),
        PathStep::Quadratic(points) => points,
        PathStep::Cubic(points) => points,
        PathStep::Close => &[],
    });
    let [x, y] = *points.next()?;
    let first = Bounds { left: x, top: y, right: x, bottom: y };
    let around = points.fold(first, |bounds, at| bounds.with(*at));
    let Bounds { left, top, right, bottom } = around;
    Some(Bounds { left: left - more, top: top - more, right: right + more, bottom: bottom + more })
}
