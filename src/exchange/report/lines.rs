//! Words broken into lines, where Unicode's rules for lines (UAX #14) allow it.

use icu_segmenter::LineSegmenter;
use icu_segmenter::options::LineBreakOptions;

use super::letters::Letters;
use crate::exchange::drawing::Face;

/// A stretch of text of one face.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Span {
    pub text: String,
    pub face: Face,
    /// The heading that it leads to, by its number in the paper.
    pub to: Option<usize>,
}

/// A part of a span on one line; lengths are points.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Segment {
    /// The span that it is of, by its place.
    pub span: usize,
    pub text: String,
    /// From the left end of the line.
    pub x: f32,
    /// Without the spaces at the end of the line.
    pub width: f32,
}

/// One line; its width leaves out the space that it ends with.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Line {
    pub segments: Vec<Segment>,
    pub width: f32,
}

/// Breaks spans into lines no wider than `width`, at letters of `size`. A word that is wider than a whole line is broken
/// inside. Always at least one line, if an empty one.
pub(super) fn broken(letters: &mut Letters, spans: &[Span], size: f32, width: f32) -> Vec<Line> {
    let text: String = spans.iter().map(|span| span.text.as_str()).collect();
    let mut breaking =
        Breaking { letters, spans, size, room: width.max(size), lines: vec![Line::default()], x: 0.0 };
    let segmenter = LineSegmenter::new_for_non_complex_scripts(LineBreakOptions::default());
    let mut from = 0;
    for to in segmenter.segment_str(&text).filter(|&to| to > 0 && !is_inside_range(&text, to)) {
        breaking.place(&text, from, to);
        from = to;
    }
    breaking.lines
}

/// Whether a line that ended here would part the two figures of a range, "1.2–2.8".
fn is_inside_range(text: &str, at: usize) -> bool {
    let before = text[..at].strip_suffix(['–', '-']);
    before.is_some_and(|before| before.ends_with(|c: char| c.is_ascii_digit()))
        && text[at..].starts_with(|c: char| c.is_ascii_digit())
}

struct Breaking<'a> {
    letters: &'a mut Letters,
    spans: &'a [Span],
    size: f32,
    room: f32,
    lines: Vec<Line>,
    /// Where the next word begins on the last line, after the spaces before it.
    x: f32,
}

impl Breaking<'_> {
    /// Puts what must stay together on this line or the next.
    fn place(&mut self, text: &str, from: usize, to: usize) {
        let body = from + text[from..to].trim_end_matches(' ').len();
        let wide = self.measured(text, from, body);
        if self.x > 0.0 && self.x + wide > self.room {
            self.next_line();
        }
        if wide <= self.room {
            self.put(text, from, to);
        } else {
            self.torn(text, from, to);
        }
    }

    /// Puts what is wider than a line letter by letter.
    fn torn(&mut self, text: &str, from: usize, to: usize) {
        let (mut start, mut wide) = (from, self.x);
        for (at, character) in text[from..to].char_indices() {
            let at = from + at;
            let one = self.measured(text, at, at + character.len_utf8());
            if wide + one > self.room && at > start && character != ' ' {
                self.put(text, start, at);
                self.next_line();
                (start, wide) = (at, 0.0);
            }
            wide += one;
        }
        self.put(text, start, to);
    }

    fn next_line(&mut self) {
        self.lines.push(Line::default());
        self.x = 0.0;
    }

    /// How wide this part of the text is, in whatever faces it is set.
    fn measured(&mut self, text: &str, from: usize, to: usize) -> f32 {
        let parts = self.parts(from, to);
        parts
            .into_iter()
            .map(|(span, a, b)| self.letters.width(self.spans[span].face, &text[a..b]))
            .sum::<f32>()
            * self.size
    }

    /// The spans that this part of the text lies in, with what of it lies in each.
    fn parts(&self, from: usize, to: usize) -> Vec<(usize, usize, usize)> {
        let (mut all, mut start) = (Vec::new(), 0);
        for (index, span) in self.spans.iter().enumerate() {
            let end = start + span.text.len();
            let (a, b) = (from.max(start), to.min(end));
            if a < b {
                all.push((index, a, b));
            }
            start = end;
        }
        all
    }

    fn put(&mut self, text: &str, from: usize, to: usize) {
        for (span, a, b) in self.parts(from, to) {
            let (part, face) = (&text[a..b], self.spans[span].face);
            let seen = part.trim_end_matches(' ');
            let wide = self.letters.width(face, part) * self.size;
            let seen_wide =
                if seen.len() == part.len() { wide } else { self.letters.width(face, seen) * self.size };
            let Some(line) = self.lines.last_mut() else { return };
            if !seen.is_empty() {
                line.width = self.x + seen_wide;
            }
            match line.segments.last_mut() {
                Some(last) if last.span == span => {
                    last.text.push_str(part);
                    last.width = self.x + seen_wide - last.x;
                }
                _ => line.segments.push(Segment { span, text: part.to_owned(), x: self.x, width: seen_wide }),
            }
            self.x += wide;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str, width: f32) -> Vec<String> {
        let spans = [Span { text: text.to_owned(), face: Face::Text, to: None }];
        let lines = broken(&mut Letters::new().unwrap(), &spans, 10.0, width);
        assert!(lines.iter().all(|line| line.width <= width + 0.01), "{lines:?}");
        lines.iter().map(|line| line.segments.iter().map(|segment| segment.text.as_str()).collect()).collect()
    }

    #[test]
    fn lines_break_between_words_and_lose_nothing() {
        let text = "It reaches 70\u{A0}% of people in need, and no need group falls behind.";
        let broken = lines(text, 90.0);
        assert!(broken.len() > 3);
        assert_eq!(broken.concat(), text);
        assert!(broken.iter().any(|line| line.contains("70\u{A0}%")), "{broken:?}");
    }

    #[test]
    fn a_range_of_figures_stays_on_one_line() {
        for line in lines("£2.0m (1.2–2.8) and £8.1m (6.0–9.4)", 46.0) {
            assert!(!line.trim_end().ends_with('–'), "{line}");
        }
        assert_eq!(lines("north–south of it", 30.0)[0], "north–");
    }

    #[test]
    fn a_word_wider_than_the_line_is_broken_inside() {
        let text = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
        let broken = lines(text, 60.0);
        assert!(broken.len() > 4);
        assert_eq!(broken.concat(), text);
    }

    #[test]
    fn no_words_are_one_empty_line() {
        assert_eq!(lines("", 50.0), [""]);
    }

    #[test]
    fn a_word_of_two_faces_is_not_torn_at_the_seam() {
        let spans = [("half", Face::TextBold), ("hearted words", Face::Text)].map(|(text, face)| Span {
            text: text.to_owned(),
            face,
            to: None,
        });
        let lines = broken(&mut Letters::new().unwrap(), &spans, 10.0, 60.0);
        assert_eq!(lines[0].segments.len(), 2, "{lines:?}");
    }
}
