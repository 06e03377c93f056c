//! Words and drawings as a PDF has them: letters as text in the paper's own fonts, outlines as outlines.

use krilla::Data;
use krilla::color::rgb;
use krilla::geom::{Path, PathBuilder, Point, Rect, Transform};
use krilla::num::NormalizedF32;
use krilla::paint::{Fill, FillRule, LineCap, LineJoin, Stroke};
use krilla::surface::Surface;
use krilla::text::{Font as PdfFont, GlyphId, KrillaGlyph};

use crate::exchange::drawing::{Colour, Drawing, Face, Letters as Placed, Line, Mark, MarkShape, PathStep};
use crate::exchange::report::letters::{self, Glyph, Letters};

/// How far slanted letters lean.
const SLANT: f32 = -0.2;

/// The fonts as krilla takes them in, and the shaping of words.
pub(super) struct Pen {
    fonts: Vec<PdfFont>,
    pub letters: Letters,
}

impl Pen {
    /// # Errors
    /// When a font that is built in cannot be read.
    pub(super) fn new() -> Result<Self, String> {
        let fonts = letters::fonts()
            .into_iter()
            .map(|bytes| PdfFont::new(Data::from(bytes), 0).ok_or("A built-in font cannot be read."))
            .collect::<Result<_, _>>()?;
        Ok(Self { fonts, letters: Letters::new()? })
    }

    /// Draws a text on the baseline that begins at `at`.
    pub(super) fn words(
        &mut self,
        surface: &mut Surface<'_>,
        at: [f32; 2],
        text: &str,
        face: Face,
        size: f32,
    ) {
        let set = self.letters.set(face, text);
        self.glyphs(surface, at, text, &set.glyphs, size);
    }

    fn glyphs(&self, surface: &mut Surface<'_>, at: [f32; 2], text: &str, glyphs: &[Glyph], size: f32) {
        let mut x = at[0];
        for group in glyphs.chunk_by(|a, b| a.font == b.font) {
            let set: Vec<KrillaGlyph> = group.iter().map(krilla_glyph).collect();
            let Some(font) = self.fonts.get(group[0].font) else { continue };
            surface.draw_glyphs(Point::from_xy(x, at[1]), &set, font.clone(), text, size, false);
            x += group.iter().map(|glyph| glyph.advance).sum::<f32>() * size;
        }
    }

    /// Draws a drawing with its top left corner at `at`, `scale` times its size.
    pub(super) fn drawing(&mut self, surface: &mut Surface<'_>, at: [f32; 2], drawing: &Drawing, scale: f32) {
        surface.push_transform(&Transform::from_row(scale, 0.0, 0.0, scale, at[0], at[1]));
        for marks in drawing.marks.chunk_by(|a, b| a.clip == b.clip) {
            self.clipped(surface, marks);
        }
        surface.pop();
    }

    fn clipped(&mut self, surface: &mut Surface<'_>, marks: &[Mark]) {
        let [left, top, right, bottom] = marks[0].clip;
        let Some(clip) = Rect::from_ltrb(left, top, right, bottom).and_then(rectangle) else { return };
        surface.push_clip_path(&clip, &FillRule::NonZero);
        for mark in marks {
            match &mark.shape {
                MarkShape::Path { steps, fill, stroke } => outline(surface, steps, *fill, *stroke),
                MarkShape::Text(placed) => self.placed(surface, placed),
            }
        }
        surface.pop();
    }

    /// Letters that stand where the window put them.
    fn placed(&mut self, surface: &mut Surface<'_>, placed: &Placed) {
        let (x, y) = (placed.at[0], placed.at[1]);
        if ![x, y, placed.turn, placed.size].iter().all(|value| value.is_finite()) || placed.size <= 0.0 {
            return;
        }
        surface.set_stroke(None);
        surface.set_fill(fill(placed.colour));
        let slant = if placed.face == Face::TextItalic { SLANT } else { 0.0 };
        let (sin, cos) = (libm::sinf(placed.turn), libm::cosf(placed.turn));
        surface.push_transform(&Transform::from_row(cos, sin, slant * cos - sin, slant * sin + cos, x, y));
        if matches!(placed.face, Face::Icon | Face::IconFilled) {
            self.icons(surface, placed);
        } else {
            self.along(surface, placed);
        }
        surface.pop();
    }

    fn along(&mut self, surface: &mut Surface<'_>, placed: &Placed) {
        let mut glyphs: Vec<Glyph> = Vec::new();
        let mut start = None;
        for ((byte, character), &along) in placed.words.char_indices().zip(&placed.along) {
            if character.is_control() || !along.is_finite() {
                continue;
            }
            let along = along / placed.size;
            let begin = *start.get_or_insert(along);
            let so_far: f32 = glyphs.iter().map(|glyph| glyph.advance).sum();
            if let Some(last) = glyphs.last_mut() {
                last.advance += along - begin - so_far;
            }
            let mut text = [0; 4];
            let set = self.letters.set(placed.face, character.encode_utf8(&mut text));
            glyphs.extend(
                set.glyphs
                    .into_iter()
                    .map(|glyph| Glyph { range: glyph.range.start + byte..glyph.range.end + byte, ..glyph }),
            );
        }
        self.glyphs(surface, [start.unwrap_or(0.0) * placed.size, 0.0], &placed.words, &glyphs, placed.size);
    }

    /// Icons are pictures: their code points say nothing to anybody, so they go in as outlines.
    fn icons(&mut self, surface: &mut Surface<'_>, placed: &Placed) {
        let Some(font) = self.fonts.get(letters::font_of(placed.face)).cloned() else { return };
        for (character, &along) in placed.words.chars().zip(&placed.along) {
            let mut text = [0; 4];
            let set = self.letters.set(placed.face, character.encode_utf8(&mut text));
            let own = letters::font_of(placed.face);
            let glyphs: Vec<KrillaGlyph> =
                set.glyphs.iter().filter(|glyph| glyph.font == own).map(krilla_glyph).collect();
            surface.draw_glyphs(Point::from_xy(along, 0.0), &glyphs, font.clone(), "", placed.size, true);
        }
    }
}

fn krilla_glyph(glyph: &Glyph) -> KrillaGlyph {
    let [x, y] = glyph.offset;
    KrillaGlyph::new(GlyphId::new(glyph.id), glyph.advance, x, y, 0.0, glyph.range.clone(), None)
}

fn outline(surface: &mut Surface<'_>, steps: &[PathStep], inside: Option<Colour>, line: Option<Line>) {
    let Some(path) = path(steps) else { return };
    let line = line.filter(|line| line.width.is_finite() && line.width > 0.0 && line.colour.alpha > 0);
    let inside = inside.filter(|inside| inside.alpha > 0);
    if inside.is_none() && line.is_none() {
        return;
    }
    surface.set_fill(inside.and_then(fill));
    surface.set_stroke(line.map(|line| Stroke {
        paint: paint(line.colour).into(),
        width: line.width,
        opacity: opacity(line.colour),
        line_cap: LineCap::Butt,
        line_join: LineJoin::Round,
        ..Stroke::default()
    }));
    surface.draw_path(&path);
    surface.set_stroke(None);
}

fn path(steps: &[PathStep]) -> Option<Path> {
    let mut path = PathBuilder::new();
    let is_sound = |points: &[[f32; 2]]| points.iter().flatten().all(|value| value.is_finite());
    for step in steps {
        match *step {
            PathStep::Move(p) if is_sound(&[p]) => path.move_to(p[0], p[1]),
            PathStep::Line(p) if is_sound(&[p]) => path.line_to(p[0], p[1]),
            PathStep::Quadratic([c, p]) if is_sound(&[c, p]) => path.quad_to(c[0], c[1], p[0], p[1]),
            PathStep::Cubic([c, d, p]) if is_sound(&[c, d, p]) => {
                path.cubic_to(c[0], c[1], d[0], d[1], p[0], p[1])
            }
            PathStep::Close => path.close(),
            _ => return None,
        }
    }
    path.finish()
}

fn rectangle(rect: Rect) -> Option<Path> {
    let mut path = PathBuilder::new();
    path.push_rect(rect);
    path.finish()
}

/// Fills a rectangle: rules and what stands behind words.
pub(super) fn filled(surface: &mut Surface<'_>, at: [f32; 2], size: [f32; 2], colour: Colour) {
    let Some(path) = Rect::from_xywh(at[0], at[1], size[0], size[1]).and_then(rectangle) else { return };
    surface.set_stroke(None);
    surface.set_fill(fill(colour));
    surface.draw_path(&path);
}

/// The fill of one colour.
pub(super) fn fill(colour: Colour) -> Option<Fill> {
    Some(Fill { paint: paint(colour).into(), opacity: opacity(colour), rule: FillRule::NonZero })
}

fn paint(colour: Colour) -> rgb::Color {
    rgb::Color::new(colour.red, colour.green, colour.blue)
}

fn opacity(colour: Colour) -> NormalizedF32 {
    NormalizedF32::new(f32::from(colour.alpha) / 255.0).unwrap_or(NormalizedF32::ONE)
}
