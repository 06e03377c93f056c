//! The faces that a paper is set in, and words shaped with them.
//!
//! Words are shaped one at a time and remembered: a paper says the same words over and over. What our own face cannot
//! write is taken from the faces that the window falls back to; what none of them can is shown as an empty box, under
//! which the text can still be read by a machine.

use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use harfrust::{FontRef, ShapeOptions, ShaperData, UnicodeBuffer};
use skrifa::charmap::Charmap;

use crate::exchange::drawing::Face;

/// The font files, in the order of [`Font`] numbers; the last two stand in for what the others lack.
pub(super) fn fonts() -> [&'static [u8]; 8] {
    [
        Face::Text.bytes(),
        Face::TextBold.bytes(),
        Face::Numeric.bytes(),
        Face::NumericBold.bytes(),
        Face::Icon.bytes(),
        Face::IconFilled.bytes(),
        epaint_default_fonts::UBUNTU_LIGHT,
        epaint_default_fonts::HACK_REGULAR,
    ]
}

/// The place of a font among [`fonts`].
pub(super) type Font = usize;
const STAND_INS: [Font; 2] = [6, 7];
const HACK: Font = 7;
/// What stands for a character that no face has.
const BOX: char = '\u{25A1}';

/// The font that a face is made of.
pub(super) fn font_of(face: Face) -> Font {
    match face {
        Face::Text | Face::TextItalic => 0,
        Face::TextBold => 1,
        Face::Numeric => 2,
        Face::NumericBold => 3,
        Face::Icon => 4,
        Face::IconFilled => 5,
    }
}

/// One letter form; lengths are parts of the size of the type.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Glyph {
    pub font: Font,
    pub id: u32,
    pub advance: f32,
    pub offset: [f32; 2],
    /// The bytes of the text that it writes.
    pub range: Range<usize>,
}

/// A word as letter forms, and its width as a part of the size of the type.
#[derive(Debug, Default)]
pub(super) struct Shaped {
    pub glyphs: Vec<Glyph>,
    pub width: f32,
}

struct Loaded {
    font: FontRef<'static>,
    data: ShaperData,
    characters: Charmap<'static>,
    units: f32,
}

/// Shapes words, and remembers them.
pub(super) struct Letters {
    fonts: Vec<Loaded>,
    words: HashMap<Font, HashMap<String, Rc<Shaped>>>,
}

impl Letters {
    /// # Errors
    /// When a font that is built in cannot be read.
    pub(super) fn new() -> Result<Self, String> {
        let loaded = |bytes: &'static [u8]| {
            let font =
                FontRef::new(bytes).map_err(|error| format!("A built-in font cannot be read: {error}"))?;
            let (data, characters) = (ShaperData::new(&font), Charmap::new(&font));
            let units = data.shaper(&font).build().units_per_em().max(1) as f32;
            Ok::<_, String>(Loaded { font, data, characters, units })
        };
        let fonts = fonts().into_iter().map(loaded).collect::<Result<_, _>>()?;
        Ok(Self { fonts, words: HashMap::new() })
    }

    /// How wide a text is at size 1.
    pub(super) fn width(&mut self, face: Face, text: &str) -> f32 {
        words(text).map(|(_, word)| self.word(face, word).width).sum()
    }

    /// A text as letter forms, from left to right.
    pub(super) fn set(&mut self, face: Face, text: &str) -> Shaped {
        let mut all = Shaped::default();
        for (at, word) in words(text) {
            let shaped = self.word(face, word);
            all.width += shaped.width;
            all.glyphs.extend(
                shaped.glyphs.iter().map(|glyph| Glyph {
                    range: glyph.range.start + at..glyph.range.end + at,
                    ..glyph.clone()
                }),
            );
        }
        all
    }

    fn word(&mut self, face: Face, word: &str) -> Rc<Shaped> {
        let font = font_of(face);
        if let Some(known) = self.words.get(&font).and_then(|words| words.get(word)) {
            return Rc::clone(known);
        }
        let shaped = Rc::new(self.shaped(font, word));
        self.words.entry(font).or_default().insert(word.to_owned(), Rc::clone(&shaped));
        shaped
    }

    fn shaped(&self, font: Font, word: &str) -> Shaped {
        let mut all = Shaped::default();
        for (font, is_box, range) in self.stretches(font, word) {
            if is_box {
                self.push_boxes(&mut all, &word[range.clone()], range.start);
            } else {
                self.push_shaped(&mut all, font, &word[range.clone()], range.start);
            }
        }
        all
    }

    /// The word in stretches of one font; what no font has is to be shown as boxes.
    fn stretches(&self, font: Font, word: &str) -> Vec<(Font, bool, Range<usize>)> {
        let mut all: Vec<(Font, bool, Range<usize>)> = Vec::new();
        for (at, character) in word.char_indices().filter(|&(_, character)| !is_invisible(character)) {
            let has = |font: &Font| self.fonts[*font].characters.map(character).is_some();
            let of = std::iter::once(font).chain(STAND_INS).find(has);
            let (of, is_box) = (of.unwrap_or(HACK), of.is_none());
            let end = at + character.len_utf8();
            match all.last_mut() {
                Some(last) if (last.0, last.1, last.2.end) == (of, is_box, at) => last.2.end = end,
                _ => all.push((of, is_box, at..end)),
            }
        }
        all
    }

    fn push_boxes(&self, all: &mut Shaped, text: &str, start: usize) {
        let hack = &self.fonts[HACK];
        let Some(id) = hack.characters.map(BOX) else { return };
        let mut buffer = UnicodeBuffer::new();
        buffer.add(BOX, 0);
        buffer.guess_segment_properties();
        let shaped = hack.data.shaper(&hack.font).build().shape(buffer, ShapeOptions::new());
        let advance = shaped.glyph_positions().first().map_or(0.6, |at| at.x_advance as f32 / hack.units);
        for (at, character) in text.char_indices() {
            let range = start + at..start + at + character.len_utf8();
            all.glyphs.push(Glyph { font: HACK, id: id.to_u32(), advance, offset: [0.0; 2], range });
            all.width += advance;
        }
    }

    fn push_shaped(&self, all: &mut Shaped, font: Font, text: &str, start: usize) {
        let loaded = &self.fonts[font];
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        // What no face of ours writes from right to left is shown as boxes; nothing here may turn round.
        buffer.set_direction(harfrust::Direction::LeftToRight);
        let shaped = loaded.data.shaper(&loaded.font).build().shape(buffer, ShapeOptions::new());
        let (infos, places) = (shaped.glyph_infos(), shaped.glyph_positions());
        for (index, (info, at)) in infos.iter().zip(places).enumerate() {
            let begin = info.cluster as usize;
            let end = infos[index..].iter().map(|next| next.cluster as usize).find(|&next| next > begin);
            let advance = at.x_advance as f32 / loaded.units;
            all.glyphs.push(Glyph {
                font,
                id: info.glyph_id,
                advance,
                offset: [at.x_offset as f32 / loaded.units, at.y_offset as f32 / loaded.units],
                range: start + begin..start + end.unwrap_or(text.len()),
            });
            all.width += advance;
        }
    }
}

/// Words and the single spaces between them, each with its place in the text.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
        let length = if rest.starts_with(' ') { 1 } else { rest.find(' ').unwrap_or(rest.len()) };
        let word = (at, &rest[..length]);
        at += length;
        Some(word)
    })
}

/// Whether a character leaves no trace on paper: joiners, marks of direction, places where a word may break.
fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{206F}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{E0000}'..='\u{E0FFF}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_is_written_by_some_letter_form() {
        let mut letters = Letters::new().unwrap();
        let text = "Cost £10.8m → “ŵ” Ωж 人 אב 5−3";
        let set = letters.set(Face::Text, text);
        let mut written: Vec<_> = set.glyphs.iter().map(|glyph| glyph.range.clone()).collect();
        written.sort_by_key(|range| range.start);
        for (at, character) in text.char_indices() {
            assert!(written.iter().any(|range| range.contains(&at)), "{character:?}");
        }
        assert!(set.glyphs.iter().all(|glyph| glyph.id != 0));
        assert!((set.width - letters.width(Face::Text, text)).abs() < 1e-4);
    }

    #[test]
    fn what_leaves_no_trace_takes_no_room() {
        let mut letters = Letters::new().unwrap();
        assert_eq!(letters.width(Face::Text, "ab"), letters.width(Face::Text, "a\u{200B}b"));
        assert_eq!(letters.width(Face::Text, ""), 0.0);
    }

    #[test]
    fn digits_of_the_numeric_face_are_all_as_wide() {
        let mut letters = Letters::new().unwrap();
        let one = letters.width(Face::Numeric, "1111");
        assert!((one - letters.width(Face::Numeric, "8080")).abs() < 1e-4);
    }
}
