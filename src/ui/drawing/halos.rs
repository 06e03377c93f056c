//! Words that stand on a halo of the ground's colour, drawn in the window as copies of the words around them.

use crate::exchange::drawing::{Letters, Line, Mark, MarkShape, faces};

/// How far a copy stands off at the most, in points.
const REACH: f32 = 3.0;

/// Puts one outline of the words, with a broad edge, in place of the copies that make a halo: words are then there once for
/// whoever reads them.
pub(super) fn joined(marks: Vec<Mark>) -> Vec<Mark> {
    let mut kept: Vec<Mark> = Vec::with_capacity(marks.len());
    let mut at = 0;
    while let Some(mark) = marks.get(at) {
        let copies = copies(&marks[at..]);
        if let (true, MarkShape::Text(words)) = (copies > 0, &mark.shape)
            && let Some(Mark { shape: MarkShape::Text(above), .. }) = marks.get(at + copies)
        {
            let halo = Letters { at: above.at, ..words.clone() };
            let edge = Line { colour: words.colour, width: 2.0 * distance(words, above) };
            let steps = faces::outlines(&halo);
            let shape = MarkShape::Path { steps, fill: Some(words.colour), stroke: Some(edge) };
            kept.push(Mark { clip: mark.clip, shape });
            at += copies;
        } else {
            kept.push(mark.clone());
            at += 1;
        }
    }
    kept
}

/// How many marks from the first are copies of words in one colour, close around the same words in another.
fn copies(marks: &[Mark]) -> usize {
    let Some(Mark { shape: MarkShape::Text(first), .. }) = marks.first() else { return 0 };
    let is_near = |other: &Letters| {
        other.words == first.words && other.size == first.size && distance(first, other) <= 2.0 * REACH
    };
    for (place, mark) in marks.iter().enumerate().skip(1) {
        match &mark.shape {
            MarkShape::Text(other) if is_near(other) && other.colour == first.colour => {}
            MarkShape::Text(other) if is_near(other) && distance(first, other) <= REACH => return place,
            _ => return 0,
        }
    }
    0
}

fn distance(one: &Letters, other: &Letters) -> f32 {
    (one.at[0] - other.at[0]).hypot(one.at[1] - other.at[1])
}
