//! The pages of a PDF as drawings, to be looked at before anything is written: laid out by the same hand.

use super::{
    Setting, blocks,
    strip::{self, Page, Strip, What},
};
use crate::{
    analysis::course::Course,
    exchange::{
        drawing::{Colour, Drawing, Face, Letters as Placed, Line, Mark, MarkShape, PathStep},
        report::{Paper, Stop, letters::Letters, look, words},
    },
};

/// The pages of a paper.
///
/// # Errors
/// When it was stopped, and when a font that is built in cannot be read.
pub(in crate::exchange::report) fn pages(paper: &Paper, course: &Course) -> Result<Vec<Drawing>, Stop> {
    let mut letters = Letters::new()?;
    let mut setting = Setting::new(&mut letters, paper);
    setting.title(paper);
    for block in &paper.blocks {
        if course.is_stopped() {
            return Err(Stop::Stopped);
        }
        setting.block(block);
    }
    let blocks::Set { strips, heads, .. } = setting.finished();
    let pages = strip::pages(strips, &heads);
    let of = pages.len();
    let drawn = pages.iter().enumerate().map(|(index, page)| {
        let mut sheet = Shown { letters: &mut letters, drawing: blank() };
        sheet.edges(paper, index + 1, of);
        sheet.strips(page);
        sheet.drawing
    });
    Ok(drawn.collect())
}

fn blank() -> Drawing {
    Drawing { size: look::PAGE, marks: Vec::new() }
}

/// A page in the drawing.
struct Shown<'a> {
    letters: &'a mut Letters,
    drawing: Drawing,
}

impl Shown<'_> {
    fn edges(&mut self, paper: &Paper, number: usize, of: usize) {
        let [left, right] = [0, 1].map(|at| words::whole(&paper.head[at]));
        self.edge(look::HEAD_LINE, [&left, &right]);
        self.fill([look::SIDE, look::FOOT_LINE - 15.0], [look::WIDTH, 0.6], look::HAIR);
        self.edge(look::FOOT_LINE, [&words::whole(&paper.foot), &format!("{number} of {of}")]);
    }

    fn edge(&mut self, y: f32, [left, right]: [&str; 2]) {
        let style = look::EDGE;
        self.words([look::SIDE, y], left, Face::Text, style.size, style.colour);
        let wide = self.letters.width(Face::Text, right) * style.size;
        self.words([look::SIDE + look::WIDTH - wide, y], right, Face::Text, style.size, style.colour);
    }

    fn strips(&mut self, page: &Page) {
        for (index, (top, strip)) in page.strips.iter().enumerate() {
            let at = [look::SIDE, look::TOP + top];
            let goes_on = index > 0 && page.strips[index - 1].1.behind.is_some();
            self.strip(strip, at, goes_on);
        }
    }

    fn strip(&mut self, strip: &Strip, at: [f32; 2], goes_on: bool) {
        if let Some((bar, tint)) = strip.behind {
            let above = if goes_on { strip.before } else { 0.0 };
            let (top, height) = (at[1] - above, strip.height + above);
            self.fill([at[0], top], [look::WIDTH, height], tint);
            self.fill([at[0], top], [3.0, height], bar);
        }
        for mark in &strip.marks {
            let at = [at[0] + mark.at[0], at[1] + mark.at[1]];
            match &mark.what {
                What::Words { text, face, size, colour } => self.words(at, text, *face, *size, *colour),
                What::Fill { size, colour } => self.fill(at, *size, *colour),
                What::Drawing { drawing, scale } => {
                    self.drawing.marks.extend(drawing.marks.iter().map(|mark| moved(mark, at, *scale)));
                }
                What::Link { .. } => {}
            }
        }
    }

    fn words(&mut self, at: [f32; 2], text: &str, face: Face, size: f32, colour: Colour) {
        let set = self.letters.set(face, text);
        let mut along = Vec::with_capacity(text.len());
        let mut x = 0.0;
        let mut glyphs = set.glyphs.iter().peekable();
        for (byte, _) in text.char_indices() {
            // Letters that are joined into one form stand where that begins.
            let mut begins = x;
            while let Some(glyph) = glyphs.peek().filter(|glyph| glyph.range.start <= byte) {
                begins = x;
                x += glyph.advance;
                glyphs.next();
            }
            along.push(begins * size);
        }
        let letters = Placed { words: text.to_owned(), at, along, turn: 0.0, size, face, colour };
        self.mark(MarkShape::Text(letters));
    }

    fn fill(&mut self, at: [f32; 2], size: [f32; 2], colour: Colour) {
        let steps = PathStep::rectangle([at[0], at[1], at[0] + size[0], at[1] + size[1]]);
        self.mark(MarkShape::Path { steps, fill: Some(colour), stroke: None });
    }

    fn mark(&mut self, shape: MarkShape) {
        let [width, height] = look::PAGE;
        self.drawing.marks.push(Mark { clip: [0.0, 0.0, width, height], shape });
    }
}

/// A mark of a drawing that stands at a place of the page, so many times its size.
fn moved(mark: &Mark, at: [f32; 2], scale: f32) -> Mark {
    let place = |[x, y]: [f32; 2]| [at[0] + x * scale, at[1] + y * scale];
    let [left, top, right, bottom] = mark.clip;
    let ([left, top], [right, bottom]) = (place([left, top]), place([right, bottom]));
    let shape = match &mark.shape {
        MarkShape::Path { steps, fill, stroke } => MarkShape::Path {
            steps: steps.iter().map(|step| step_at(step, place)).collect(),
            fill: *fill,
            stroke: stroke.map(|line| Line { width: line.width * scale, ..line }),
        },
        MarkShape::Text(letters) => MarkShape::Text(Placed {
            at: place(letters.at),
            along: letters.along.iter().map(|along| along * scale).collect(),
            size: letters.size * scale,
            ..letters.clone()
        }),
    };
    Mark { clip: [left, top, right, bottom], shape }
}

fn step_at(step: &PathStep, place: impl Fn([f32; 2]) -> [f32; 2]) -> PathStep {
    match *step {
        PathStep::Move(at) => PathStep::Move(place(at)),
        PathStep::Line(at) => PathStep::Line(place(at)),
        PathStep::Quadratic(points) => PathStep::Quadratic(points.map(place)),
        PathStep::Cubic(points) => PathStep::Cubic(points.map(place)),
        PathStep::Close => PathStep::Close,
    }
}
