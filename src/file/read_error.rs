//! Why a file could not be read: where, what is wrong in plain words, and what to do.

use std::fmt;

use super::{characters::is_unseen, seal::Locked};

/// Lines of the file shown before the one that is meant, which most often say what it belongs to, and after it.
const BEFORE: usize = 4;
const AFTER: usize = 1;
/// The most of a line that is shown, in characters.
const SHOWN: usize = 110;

/// Why a file could not be read as a workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadError {
    pub kind: ReadErrorKind,
    /// The file's name, as the user knows it.
    pub file: String,
    /// The place, both from 1; columns count characters.
    pub line: usize,
    pub column: usize,
    /// What is wrong, in a sentence.
    pub what: String,
    /// What to do about it, in a sentence.
    pub remedy: String,
    /// The lines around the place; empty when the file cannot be shown.
    pub excerpt: Vec<ExcerptLine>,
}

/// What sort of fault it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReadErrorKind {
    /// Larger than any workspace may be.
    TooLarge,
    /// Nothing in it.
    Empty,
    /// Not text in UTF-8.
    NotText,
    /// Text, but not a workspace.
    NotAWorkspace,
    /// Made by a newer Evenhand.
    Newer,
    /// It ends in the middle.
    Truncated,
    /// Brackets within brackets past all use.
    TooDeep,
    /// A comma, bracket or quotation mark out of place.
    Grammar,
    /// A field that this format does not have.
    UnknownField,
    /// A field that must be there and is not.
    MissingField,
    /// A field or key that is there twice.
    DoubleField,
    /// Something else stands where a number, a text or one of a few words belongs.
    WrongValue,
    /// NaN, infinity, or a figure too large to hold.
    NotANumber,
    /// It is sealed, and what was sealed cannot be had.
    Locked,
    /// It reads well but is not a sound workspace: a double id, an id that nothing has, a probability of 1.2.
    Unsound,
}

impl ReadError {
    /// What is said of a sealed file that a passphrase does not open although it is, or was, its own.
    #[must_use]
    pub fn locked(file: &str, locked: &Locked) -> Self {
        let (what, remedy) = match locked {
            Locked::WrongPassphrase => (
                "The passphrase opens the newest backup and not the file.",
                "If the passphrase was changed since, try again with the new one. If not, the file was damaged: fetch it \
                 again, or open a backup.",
            ),
            _ => (
                "The file was cut short or changed after it was sealed.",
                "Fetch it again from where it came from, or open a backup.",
            ),
        };
        Self {
            kind: ReadErrorKind::Locked,
            file: file.to_owned(),
            line: 0,
            column: 0,
            what: what.to_owned(),
            remedy: remedy.to_owned(),
            excerpt: Vec::new(),
        }
    }
}

/// One line of an excerpt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExcerptLine {
    /// From 1.
    pub number: usize,
    pub text: String,
    /// In the line that is meant: the place in `text` to point at, in characters from 0.
    pub point: Option<usize>,
}

/// A fault found in a text, before it is known which file the text is from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub kind: ReadErrorKind,
    /// The place in bytes.
    pub at: usize,
    pub what: String,
    pub remedy: String,
}

impl Fault {
    pub(super) fn new(
        kind: ReadErrorKind,
        at: usize,
        what: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self { kind, at, what: what.into(), remedy: remedy.into() }
    }

    /// The fault as an error about the file of this name and text.
    pub(super) fn in_file(self, file: &str, text: &str) -> ReadError {
        let (line, column) = line_and_column(text, self.at);
        ReadError {
            kind: self.kind,
            file: file.to_owned(),
            line,
            column,
            what: self.what,
            remedy: self.remedy,
            excerpt: excerpt(text, line, column),
        }
    }
}

/// Line and column, both from 1, of a place in bytes; a place inside a character counts as the character's.
pub(super) fn line_and_column(text: &str, at: usize) -> (usize, usize) {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let before = &text[..at];
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    (before.matches('\n').count() + 1, before[start..].chars().count() + 1)
}

fn excerpt(text: &str, line: usize, column: usize) -> Vec<ExcerptLine> {
    let first = line.saturating_sub(BEFORE).max(1);
    let lines = text.lines().enumerate().skip(first - 1).take(line + AFTER + 1 - first);
    lines
        .map(|(index, whole)| {
            let number = index + 1;
            // A long line is shown from a little before the place. Of a line of many megabytes no more is looked at than
            // is shown.
            let long = whole.chars().nth(SHOWN).is_some();
            let from = if long { (column - 1).saturating_sub(SHOWN * 2 / 3) } else { 0 };
            let mut rest = whole.chars().skip(from);
            let mut text: String = rest
                .by_ref()
                .take(SHOWN)
                .map(|c| if c.is_control() || is_unseen(c) { ' ' } else { c })
                .collect();
            let dots = if from > 0 { 1 } else { 0 };
            if dots > 0 {
                text.insert(0, '…');
            }
            if rest.next().is_some() {
                text.push('…');
            }
            let point = (number == line).then(|| column - 1 - from + dots);
            ExcerptLine { number, text, point }
        })
        .collect()
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}, line {}, column {}: {}", self.file, self.line, self.column, self.what)?;
        write!(f, "{}", self.remedy)?;
        for line in &self.excerpt {
            write!(f, "\n{:>6} | {}", line.number, line.text)?;
            if let Some(point) = line.point {
                write!(f, "\n       | {}^", " ".repeat(point))?;
            }
        }
        Ok(())
    }
}

impl std::error::Error for ReadError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_lines_and_characters_from_one() {
        assert_eq!(line_and_column("aé\nbç(", 3), (1, 3));
        assert_eq!(line_and_column("aé\nbç(", 7), (2, 3));
        assert_eq!(line_and_column("", 9), (1, 1));
    }

    #[test]
    fn an_error_shows_its_place_in_the_file() {
        let fault = Fault::new(ReadErrorKind::Grammar, 4, "A comma is missing.", "Put one in.");
        assert_eq!(
            fault.in_file("w.ron", "one\ntwo\nthree\nfour").to_string(),
            "w.ron, line 2, column 1: A comma is missing.\nPut one in.\n     1 | one\n     2 | two\n       | ^\n     3 | three"
        );
    }

    #[test]
    fn a_long_line_is_shown_around_the_place() {
        let text = format!("{}X{}", "a".repeat(300), "b".repeat(300));
        let error = Fault::new(ReadErrorKind::Grammar, 300, "", "").in_file("w", &text);
        let line = &error.excerpt[0];
        assert_eq!(line.text.chars().nth(line.point.expect("the line that is meant")), Some('X'));
        assert_eq!(line.text.chars().count(), SHOWN + 2);
    }
}
