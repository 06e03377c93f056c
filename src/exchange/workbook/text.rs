//! Texts as cells hold them.

use crate::{exchange::handout::harmless, model::wording::thousands};

/// The longest text that a cell of Excel is given, in characters.
const LONGEST: usize = 32_000;

/// A text made harmless for a cell, as far as one holds it. Whoever has it on a sheet of tables is told there that it is
/// cut.
pub(super) fn short(text: &str) -> String {
    let mut text = harmless::cell(text);
    cut(&mut text);
    text
}

/// The same, with a note of what was cut and on which sheet.
pub(super) fn noted(text: &str, sheet: &str, notes: &mut Vec<String>) -> String {
    let mut text = harmless::cell(text);
    note_if_cut(&mut text, || format!("The sheet {sheet}"), notes);
    text
}

/// Cuts a text that no cell holds, and says where it was.
pub(super) fn note_if_cut(text: &mut String, place: impl FnOnce() -> String, notes: &mut Vec<String>) {
    if cut(text) {
        let longest = thousands(LONGEST as u64);
        notes.push(format!("{} holds a text cut at {longest} characters.", place()));
    }
}

fn cut(text: &mut String) -> bool {
    let Some((end, _)) = text.char_indices().nth(LONGEST) else { return false };
    text.truncate(end);
    true
}
