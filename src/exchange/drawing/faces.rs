//! The program's own type, and what stands behind it where it has no such letter.

use skrifa::{
    FontRef, GlyphId, MetadataProvider,
    instance::{LocationRef, Size},
    outline::{DrawSettings, OutlinePen},
};

use super::{Face, Letters, PathStep};
use crate::file::characters::is_unseen;

impl Face {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Text,
        Self::TextBold,
        Self::TextItalic,
        Self::Numeric,
        Self::NumericBold,
        Self::Icon,
        Self::IconFilled,
    ];

    /// Its TrueType file. Italic is the upright face, slanted.
    #[must_use]
    pub fn bytes(self) -> &'static [u8] {
        match self {
            Self::Text | Self::TextItalic => {
                include_bytes!("../../../assets/fonts/AtkinsonHyperlegibleNext_400Regular.ttf")
            }
            Self::TextBold => {
                include_bytes!("../../../assets/fonts/AtkinsonHyperlegibleNext_600SemiBold.ttf")
            }
            Self::Numeric => {
                include_bytes!("../../../assets/fonts/AtkinsonHyperlegibleNextNumeric_400Regular.ttf")
            }
            Self::NumericBold => {
                include_bytes!("../../../assets/fonts/AtkinsonHyperlegibleNextNumeric_600SemiBold.ttf")
            }
            Self::Icon => include_bytes!("../../../assets/fonts/Phosphor.ttf"),
            Self::IconFilled => include_bytes!("../../../assets/fonts/Phosphor-Fill.ttf"),
        }
    }

    /// Its family where letters are kept as text; whoever keeps them so embeds the face under this name.
    #[must_use]
    pub fn family(self) -> &'static str {
        match self {
            Self::Text | Self::TextBold | Self::TextItalic => "Atkinson Hyperlegible Next",
            Self::Numeric | Self::NumericBold => "Atkinson Hyperlegible Next Numeric",
            Self::Icon => "Phosphor",
            Self::IconFilled => "Phosphor Fill",
        }
    }

    /// Its weight, 100 to 900.
    #[must_use]
    pub fn weight(self) -> u16 {
        match self {
            Self::TextBold | Self::NumericBold => 600,
            _ => 400,
        }
    }

    /// Whether its letters are signs that no word is made of.
    #[must_use]
    pub fn is_of_icons(self) -> bool {
        matches!(self, Self::Icon | Self::IconFilled)
    }

    /// How far upright letters lean, as a share of their height.
    fn lean(self) -> f32 {
        if self == Self::TextItalic { 0.25 } else { 0.0 }
    }
}

/// What the window draws letters from that a face of its own lacks, in this order.
const BEHIND: [&[u8]; 2] = [epaint_default_fonts::UBUNTU_LIGHT, epaint_default_fonts::EGUI_ICONS];

/// What stands for a letter that none of them has.
const NO_SUCH_LETTER: [char; 2] = ['\u{25FB}', '?'];

/// A letter in the file that has it.
struct Found {
    font: FontRef<'static>,
    glyph: GlyphId,
}

fn found(face: Face, letter: char) -> Option<Found> {
    let files = std::iter::once(face.bytes()).chain(BEHIND);
    files.filter_map(|bytes| FontRef::new(bytes).ok()).find_map(|font| {
        let glyph = font.charmap().map(letter).filter(|glyph| glyph.to_u32() != 0)?;
        Some(Found { font, glyph })
    })
}

/// Whether the face itself has the letter.
#[must_use]
pub fn has(face: Face, letter: char) -> bool {
    FontRef::new(face.bytes()).is_ok_and(|font| font.charmap().map(letter).is_some_and(|g| g.to_u32() != 0))
}

/// How wide a letter is in type of this size; nought for one that nothing is drawn of.
#[must_use]
pub fn width_of(face: Face, letter: char, size: f32) -> f32 {
    found(face, letter)
        .and_then(|of| of.font.glyph_metrics(Size::new(size), LocationRef::default()).advance_width(of.glyph))
        .unwrap_or(0.0)
}

/// The outlines of letters where they stand in their drawing, to be filled by the non-zero rule.
#[must_use]
pub fn outlines(letters: &Letters) -> Vec<PathStep> {
    let (sin, cos) = letters.turn.sin_cos();
    let mut steps = Vec::new();
    for (letter, along) in letters.words.chars().zip(&letters.along) {
        let drawn = found(letters.face, letter).or_else(|| {
            let is_seen = !letter.is_whitespace() && !is_unseen(letter);
            let stand_in = || NO_SUCH_LETTER.into_iter().find_map(|other| found(letters.face, other));
            is_seen.then(stand_in).flatten()
        });
        let Some(of) = drawn else { continue };
        let Some(outline) = of.font.outline_glyphs().get(of.glyph) else { continue };
        let lean = letters.face.lean();
        let place = |x: f32, y: f32| {
            // Type has its heights upwards.
            let (x, y) = (along + x + lean * y, -y);
            [letters.at[0] + x * cos - y * sin, letters.at[1] + x * sin + y * cos]
        };
        let mut pen = Pen { steps: &mut steps, place };
        let settings = DrawSettings::unhinted(Size::new(letters.size), LocationRef::default());
        // A damaged glyph is left out; these files are the program's own.
        drop(outline.draw(settings, &mut pen));
    }
    steps
}

struct Pen<'a, F> {
    steps: &'a mut Vec<PathStep>,
    place: F,
}

impl<F: Fn(f32, f32) -> [f32; 2]> OutlinePen for Pen<'_, F> {
    fn move_to(&mut self, x: f32, y: f32) {
        self.steps.push(PathStep::Move((self.place)(x, y)));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.steps.push(PathStep::Line((self.place)(x, y)));
    }

    fn quad_to(&mut self, a: f32, b: f32, x: f32, y: f32) {
        self.steps.push(PathStep::Quadratic([(self.place)(a, b), (self.place)(x, y)]));
    }

    fn curve_to(&mut self, a: f32, b: f32, c: f32, d: f32, x: f32, y: f32) {
        self.steps.push(PathStep::Cubic([(self.place)(a, b), (self.place)(c, d), (self.place)(x, y)]));
    }

    fn close(&mut self) {
        self.steps.push(PathStep::Close);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::drawing::Colour;

    fn of(words: &str) -> Letters {
        Letters {
            words: words.to_owned(),
            at: [10.0, 20.0],
            along: (0..words.chars().count()).map(|place| place as f32 * 12.0).collect(),
            turn: 0.0,
            size: 16.0,
            face: Face::Text,
            colour: Colour { red: 0, green: 0, blue: 0, alpha: 255 },
        }
    }

    #[test]
    fn a_letter_stands_on_its_baseline() {
        let ends = |steps: Vec<PathStep>| -> Vec<[f32; 2]> {
            let end = |step: PathStep| match step {
                PathStep::Move(at) | PathStep::Line(at) => Some(at),
                PathStep::Quadratic([_, at]) | PathStep::Cubic([_, _, at]) => Some(at),
                PathStep::Close => None,
            };
            steps.into_iter().filter_map(end).collect()
        };
        let points = ends(outlines(&of("H")));
        let lowest = points.iter().map(|at| at[1]).fold(f32::MIN, f32::max);
        let highest = points.iter().map(|at| at[1]).fold(f32::MAX, f32::min);
        assert!((lowest - 20.0).abs() < 0.01, "{lowest}");
        assert!((highest - (20.0 - 0.668 * 16.0)).abs() < 0.3, "{highest}");
        // A quarter turn clockwise: up becomes right.
        let turned = ends(outlines(&Letters { turn: std::f32::consts::FRAC_PI_2, ..of("H") }));
        assert!(turned.iter().all(|at| at[0] >= 9.99), "{turned:?}");
    }

    #[test]
    fn a_letter_that_the_face_lacks_comes_from_behind_it_and_one_that_all_lack_is_a_box() {
        assert!(!has(Face::Text, 'Ж'));
        assert_ne!(outlines(&of("Ж")), outlines(&of("\u{6F22}")));
        let boxed = outlines(&of("\u{6F22}"));
        assert!(!boxed.is_empty());
        assert_eq!(boxed, outlines(&of("\u{5B57}")));
        assert!(outlines(&of(" \u{202E}")).is_empty());
    }

    #[test]
    fn every_face_has_its_letters() {
        for face in Face::ALL {
            assert!(face.is_of_icons() || ['A', '£', '–', '−', '7'].iter().all(|letter| has(face, *letter)));
            assert!(FontRef::new(face.bytes()).is_ok());
        }
        assert!(width_of(Face::Numeric, '1', 10.0) - width_of(Face::Numeric, '8', 10.0) < 1e-3);
    }
}
