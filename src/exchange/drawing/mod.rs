//! A drawing as shapes: what the window shows of a chart, in a form that a picture, a page or a document can be made of.
//!
//! A chart is drawn once, in the window's own way; what it drew is taken over as it stands, so that nothing on paper can
//! differ from what was on the screen.

pub mod bounds;
mod chart;
pub mod faces;
pub mod png;
pub mod svg;

pub use chart::{Chart, PaperCharts};

/// A finished drawing. Lengths are points of the window: 96 to the inch where it is printed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drawing {
    /// Width and height; every mark lies inside, from the top left corner (0, 0).
    pub size: [f32; 2],
    /// What is drawn, the lowest first.
    pub marks: Vec<Mark>,
}

/// One thing that is drawn, inside its clip.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Nothing shows outside this rectangle: left, top, right, bottom.
    pub clip: [f32; 4],
    pub shape: MarkShape,
}

/// What a mark is made of.
#[derive(Clone, Debug, PartialEq)]
pub enum MarkShape {
    /// An outline, filled by the non-zero rule, stroked, or both.
    Path { steps: Vec<PathStep>, fill: Option<Colour>, stroke: Option<Line> },
    /// One run of letters of one face, size and colour on one baseline.
    Text(Letters),
}

/// A step along an outline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PathStep {
    Move([f32; 2]),
    Line([f32; 2]),
    /// The control point, and the end.
    Quadratic([[f32; 2]; 2]),
    /// Both control points, and the end.
    Cubic([[f32; 2]; 3]),
    Close,
}

impl PathStep {
    /// Once round a rectangle.
    #[must_use]
    pub fn rectangle([left, top, right, bottom]: [f32; 4]) -> Vec<Self> {
        let corners = [[right, top], [right, bottom], [left, bottom]];
        let lines = corners.into_iter().map(Self::Line);
        std::iter::once(Self::Move([left, top])).chain(lines).chain([Self::Close]).collect()
    }
}

/// A line of some width; dashes are steps of their own.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line {
    pub colour: Colour,
    pub width: f32,
}

/// Letters as they stand.
#[derive(Clone, Debug, PartialEq)]
pub struct Letters {
    pub words: String,
    /// The left end of the baseline.
    pub at: [f32; 2],
    /// The place of each character of `words` along the baseline, from `at`; as many as there are characters.
    pub along: Vec<f32>,
    /// How far the baseline is turned about `at`, clockwise, in radians.
    pub turn: f32,
    /// The size of the type.
    pub size: f32,
    pub face: Face,
    pub colour: Colour,
}

/// The faces of the program's own type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Face {
    Text,
    TextBold,
    TextItalic,
    /// With digits of one width.
    Numeric,
    NumericBold,
    Icon,
    IconFilled,
}

/// A colour that is not premultiplied, 0 to 255 each; at 255 `alpha` hides what is under it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Colour {
    pub red: u8,
    pub green: u8,
    pub blue: u8,
    pub alpha: u8,
}
