//! Text that was laid out, as runs of letters in their places.

use egui::{
    Color32, FontFamily, FontId, Pos2, Stroke,
    emath::Rot2,
    epaint::TextShape,
    text::{LayoutJob, LayoutSection},
    vec2,
};

use super::shapes::{Taker, colour, straight};
use crate::exchange::drawing::{Face, Letters, MarkShape};

/// Takes over a text that stands at `pos`.
pub(super) fn take(taker: &mut Taker, shape: &TextShape, pos: Pos2) {
    let galley = &shape.galley;
    let turn = Rot2::from_angle(shape.angle);
    let mut sections = Sections::of(&galley.job);
    for row in &galley.rows {
        let mut run: Option<Run<'_>> = None;
        for glyph in &row.glyphs {
            let Some(section) = sections.of_next(glyph.chr) else { continue };
            let at = row.pos.to_vec2() + glyph.pos.to_vec2();
            if run.as_ref().is_some_and(|run| run.goes_on(section, at.y)) {
                if let Some(run) = &mut run {
                    run.push(glyph.chr, at.x, glyph.advance_width);
                }
            } else {
                finish(taker, shape, (pos, turn), run.take());
                run = Some(Run::begin(section, at, glyph.chr, glyph.advance_width));
            }
        }
        finish(taker, shape, (pos, turn), run);
        if row.ends_with_newline {
            sections.skip_line_end();
        }
    }
}

/// Which section of a text each of its letters belongs to.
struct Sections<'a> {
    job: &'a LayoutJob,
    at: usize,
    section: usize,
}

impl<'a> Sections<'a> {
    fn of(job: &'a LayoutJob) -> Self {
        Self { job, at: 0, section: 0 }
    }

    /// The section of the next letter. What stands in place of letters that were cut off belongs to the last one.
    fn of_next(&mut self, letter: char) -> Option<&'a LayoutSection> {
        let next = self.job.text.get(self.at..).and_then(|rest| rest.chars().next());
        if next == Some(letter) {
            while self
                .job
                .sections
                .get(self.section)
                .is_some_and(|section| section.byte_range.end.0 <= self.at)
            {
                self.section += 1;
            }
            self.at += letter.len_utf8();
        }
        self.job.sections.get(self.section).or(self.job.sections.last())
    }

    fn skip_line_end(&mut self) {
        if self.job.text.get(self.at..).is_some_and(|rest| rest.starts_with('\n')) {
            self.at += 1;
        }
    }
}

/// Letters of one section on one baseline.
struct Run<'a> {
    section: &'a LayoutSection,
    at: egui::Vec2,
    words: String,
    along: Vec<f32>,
    end: f32,
}

impl<'a> Run<'a> {
    fn begin(section: &'a LayoutSection, at: egui::Vec2, letter: char, width: f32) -> Self {
        Self { section, at, words: letter.to_string(), along: vec![0.0], end: width }
    }

    fn goes_on(&self, section: &LayoutSection, baseline: f32) -> bool {
        std::ptr::eq(self.section, section) && self.at.y == baseline
    }

    fn push(&mut self, letter: char, x: f32, width: f32) {
        self.words.push(letter);
        self.along.push(x - self.at.x);
        self.end = x - self.at.x + width;
    }
}

fn finish(taker: &mut Taker, shape: &TextShape, (pos, turn): (Pos2, Rot2), run: Option<Run<'_>>) {
    let Some(run) = run else { return };
    let format = &run.section.format;
    let tinted = |of: Color32| {
        let of = if of == Color32::PLACEHOLDER { shape.fallback_color } else { of };
        of.gamma_multiply(shape.opacity_factor)
    };
    let ink = tinted(shape.override_text_color.unwrap_or(format.color));
    let size = format.font_id.size;
    let place = |x: f32, y: f32| pos + turn * (run.at + vec2(x, y));
    let rules = [
        (format.strikethrough, -0.25 * size),
        (format.underline, 0.12 * size),
        (shape.underline, 0.12 * size),
    ];
    for (stroke, y) in rules {
        let stroke = Stroke::new(stroke.width, tinted(stroke.color));
        taker.outline(straight(&[place(0.0, y), place(run.end, y)], false), Color32::TRANSPARENT, stroke);
    }
    if ink.a() == 0 || run.words.trim().is_empty() {
        return;
    }
    let letters = Letters {
        at: taker.here(place(0.0, 0.0)),
        along: run.along.clone(),
        turn: shape.angle,
        size,
        face: face_of(&format.font_id, format.italics),
        colour: colour(ink),
        words: run.words,
    };
    taker.add(MarkShape::Text(letters));
}

/// The face that a font of the theme stands for.
fn face_of(font: &FontId, italics: bool) -> Face {
    let name = match &font.family {
        FontFamily::Proportional => "text",
        FontFamily::Monospace => "number",
        FontFamily::Name(name) => name,
    };
    match name {
        "strong" => Face::TextBold,
        "number" => Face::Numeric,
        "number-strong" => Face::NumericBold,
        "icons" => Face::Icon,
        "icons-fill" => Face::IconFilled,
        _ if italics => Face::TextItalic,
        _ => Face::Text,
    }
}
